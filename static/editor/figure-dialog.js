// Choosing a figure: search a measure by any word, see where its number comes from, choose what of it to show.

import { openDialog } from "./dialog.js";
import { make } from "./dom.js";
import { SHOWS, aboutOf } from "./figures.js";
import { SearchBox } from "./search-box.js";
import { selected } from "./selection.js";

const PAUSE = 200; // milliseconds without a key before the server is asked

/**
 * Let the user choose a figure and put it at the cursor, or in place of the selection. `otherwise` is typed when nothing
 * is chosen; `words` are searched at once.
 */
export function openFigureDialog(editor, figures, { otherwise = "", words = "" } = {}) {
  const present = selected(editor, "figure");
  const fill = (close) => new Search(figures, close, present?.code ?? words).element;
  openDialog({ title: present ? "Change the figure" : "Insert a figure", isWide: true, fill }).then((figure) => {
    const chain = editor.chain();
    if (figure) chain.insertContent({ type: "figure", attrs: figure });
    else if (otherwise) chain.insertContent({ type: "text", text: otherwise });
    chain.run();
    editor.view.focus();
  });
}

class Search {
  #timer;
  #asked = new AbortController();

  constructor(figures, close, words) {
    this.figures = figures;
    this.close = close;
    this.box = new SearchBox({
      label: "Search for a measure",
      hint: "Type any word of its name, or the number itself, then choose what to show.",
      words,
      search: () => this.#later(),
      close,
    });
    this.element = this.box.element;
    this.#search();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), PAUSE);
  }

  async #search() {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const results = await this.figures.search(this.box.words, signal);
      if (!signal.aborted) this.#show(results);
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      this.box.show([], { none: "The figures cannot be searched just now. Try again in a moment." });
    }
  }

  #show(results) {
    const { words } = this.box;
    this.box.show(results.map((result) => this.#result(result)), { none: words && `No measure has the words “${words}”` });
  }

  #result(measure) {
    return make(
      "li",
      { class: "editor-search__result" },
      make("strong", { class: "editor-search__name" }, measure.name),
      make("span", { class: "editor-search__about" }, [measure.period_label, aboutOf(measure)].join(" · ")),
      make("div", { class: "editor-search__shows" }, ...measure.shows.map((choice) => this.#choice(measure, choice))),
    );
  }

  #choice(measure, { show, text, label: what = SHOWS[show] ?? show }) {
    const label = `${measure.name}, ${measure.period_label}`;
    const choose = () => {
      const figure = { code: measure.code, period: measure.period, show };
      this.figures.learn(figure, { text, label, about: aboutOf(measure) });
      this.close(figure);
    };
    return make(
      "button",
      { type: "button", class: "editor-search__choice", "aria-label": `${text} ${what}: ${label}`, onclick: choose },
      make("span", { class: "editor-search__number" }, text),
      " ",
      make("span", { class: "editor-search__what" }, what),
    );
  }
}
