// Choosing what a cross-reference leads to: type a word, arrow down, Enter.

import { button, openDialog, walk } from "./dialog.js";
import { make, newId } from "./dom.js";
import { selected } from "./selection.js";

/** Let the user choose a section, chart or table and put a reference to it at the cursor. */
export function openReferenceDialog(editor, references) {
  const isChange = selected(editor, "reference") !== null;
  const title = isChange ? "Change the cross-reference" : "Insert a cross-reference";
  const fill = (close) => new Choice(references, close).element;
  openDialog({ title, isWide: true, fill }).then((ref) => {
    const chain = editor.chain();
    if (ref) chain.insertContent({ type: "reference", attrs: { ref } });
    chain.run();
    editor.view.focus();
  });
  return true;
}

class Choice {
  #targets = [];

  constructor(references, close) {
    this.close = close;
    const ids = { input: newId(), hint: newId() };
    this.input = make("input", {
      class: "govuk-input",
      type: "text",
      id: ids.input,
      autocomplete: "off",
      "aria-describedby": ids.hint,
      oninput: () => this.#show(),
    });
    this.status = make("p", { class: "editor-search__status", role: "status" }, "Loading");
    this.list = make("ul", { class: "editor-search__results" });
    this.element = make(
      "div",
      { class: "editor-search", onkeydown: (event) => walk(event, [this.input, ...this.list.querySelectorAll("button")]) },
      make("label", { class: "govuk-label", for: ids.input }, "Find a section, chart or table"),
      make("div", { class: "govuk-hint", id: ids.hint }, "Type any word of its title. Its number stays right when sections move. At the beginning of a sentence the report gives it a capital letter."),
      this.input,
      this.status,
      this.list,
      make(
        "div",
        { class: "govuk-button-group" },
        button("Cancel", { class: "govuk-button govuk-button--secondary", onclick: () => close() }),
      ),
    );
    references.all().then(
      (targets) => {
        this.#targets = targets;
        this.#show();
      },
      () => (this.status.textContent = "The report cannot be searched just now. Try again in a moment."),
    );
  }

  #show() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ text, label }) => words.every((word) => `${label} ${text}`.toLowerCase().includes(word));
    const found = this.#targets.filter(fits);
    this.list.replaceChildren(...found.map((target) => this.#target(target)));
    const count = found.length === 1 ? "1 result" : `${found.length} results`;
    this.status.textContent = found.length ? count : "Nothing in the report has these words";
  }

  #target({ ref, text, label }) {
    return make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "editor-search__line", onclick: () => this.close(ref) },
        make("span", { class: "editor-search__name" }, label),
        make("span", { class: "editor-search__about" }, `Reads: ${text}`),
      ),
    );
  }
}
