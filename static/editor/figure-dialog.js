// Choosing a figure: search a measure by any word, see where its number comes from, choose what of it to show.
//
// With the keyboard: type, arrow down to a number, Enter. Escape leaves.

import { openDialog, button } from "./dialog.js";
import { make, newId } from "./dom.js";
import { SHOWS } from "./figures.js";
import { selected } from "./selection.js";

const PAUSE = 200; // milliseconds without a key before the server is asked

/** Let the user choose a figure and put it at the cursor. `otherwise` is typed when nothing is chosen. */
export function openFigureDialog(editor, figures, { otherwise = "" } = {}) {
  const present = selected(editor, "figure");
  const fill = (close) => new Search(figures, close, present?.code ?? "").element;
  openDialog({ title: present ? "Change the figure" : "Insert a figure", isWide: true, fill }).then((figure) => {
    const chain = editor.chain().focus();
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
    const ids = { input: newId(), hint: newId() };
    this.input = make("input", {
      class: "govuk-input",
      type: "text",
      id: ids.input,
      autocomplete: "off",
      "aria-describedby": ids.hint,
      oninput: () => this.#later(),
      onfocus: () => this.input.select(),
    });
    this.input.value = words;
    this.status = make("p", { class: "editor-search__status", role: "status" });
    this.list = make("ul", { class: "editor-search__results" });
    this.element = make(
      "div",
      { class: "editor-search", onkeydown: (event) => this.#key(event) },
      make("label", { class: "govuk-label", for: ids.input }, "Search for a measure"),
      make("div", { class: "govuk-hint", id: ids.hint }, "Type any word of its name, then choose the number to show."),
      this.input,
      this.status,
      this.list,
      make(
        "div",
        { class: "govuk-button-group" },
        button("Cancel", { class: "govuk-button govuk-button--secondary", onclick: () => close() }),
      ),
    );
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
      const results = await this.figures.search(this.input.value.trim(), signal);
      if (!signal.aborted) this.#show(results);
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      this.list.replaceChildren();
      this.status.textContent = "The figures cannot be searched just now. Try again in a moment.";
    }
  }

  #show(results) {
    this.list.replaceChildren(...results.map((result) => this.#result(result)));
    const words = this.input.value.trim();
    if (results.length) this.status.textContent = results.length === 1 ? "1 result" : `${results.length} results`;
    else this.status.textContent = words ? `No measure has the words “${words}”` : "";
  }

  #result(measure) {
    const about = [measure.period_label, measure.area, measure.source, measure.status].filter(Boolean).join(" · ");
    return make(
      "li",
      { class: "editor-search__result" },
      make("strong", { class: "editor-search__name" }, measure.name),
      make("span", { class: "editor-search__about" }, about),
      make("div", { class: "editor-search__shows" }, ...measure.shows.map((choice) => this.#choice(measure, choice))),
    );
  }

  #choice(measure, { show, text, label: what = SHOWS[show] ?? show }) {
    const label = `${measure.name}, ${measure.period_label}`;
    const choose = () => {
      const figure = { code: measure.code, period: measure.period, show };
      this.figures.learn(figure, text, label);
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

  // Arrows walk from the search box through all numbers and back; Enter in the box goes to the first number.
  #key(event) {
    const stops = [this.input, ...this.list.querySelectorAll("button")];
    const at = stops.indexOf(event.target);
    const inBox = at === 0;
    const next = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      ArrowRight: inBox ? null : at + 1,
      ArrowLeft: inBox ? null : at - 1,
      Home: inBox ? null : 1,
      End: inBox ? null : stops.length - 1,
      Enter: inBox ? 1 : null,
    }[event.key];
    if (at === -1 || next === null || next === undefined) return;
    event.preventDefault();
    stops[Math.min(Math.max(next, 0), stops.length - 1)].focus();
  }
}
