// A search box with what it has found below it, for a dialog.
//
// With the keyboard: type, arrow down to what is found, Enter. Escape leaves.

import { button, walk } from "./dialog.js";
import { make, newId } from "./dom.js";

export class SearchBox {
  /** `search` is called when the words have changed, `close` when it is left without a choice. */
  constructor({ label, hint, words = "", search, close }) {
    const ids = { input: newId(), hint: newId() };
    this.input = make("input", {
      class: "govuk-input",
      type: "text",
      id: ids.input,
      autocomplete: "off",
      "aria-describedby": ids.hint,
      oninput: search,
      onfocus: () => this.input.select(),
    });
    this.input.value = words;
    this.status = make("p", { class: "editor-search__status", role: "status" });
    this.list = make("ul", { class: "editor-search__results" });
    this.element = make(
      "div",
      { class: "editor-search", onkeydown: (event) => walk(event, [this.input, ...this.list.querySelectorAll("button")]) },
      make("label", { class: "govuk-label", for: ids.input }, label),
      make("div", { class: "govuk-hint", id: ids.hint }, hint),
      this.input,
      this.status,
      this.list,
      make(
        "div",
        { class: "govuk-button-group" },
        button("Cancel", { class: "govuk-button govuk-button--secondary", onclick: () => close() }),
      ),
    );
  }

  get words() {
    return this.input.value.trim();
  }

  /** Show what was found, as items of a list; `none` is said where that is nothing. */
  show(items, { none }) {
    this.list.replaceChildren(...items);
    const count = items.length === 1 ? "1 result" : `${items.length} results`;
    this.say(items.length ? count : none);
  }

  say(words) {
    this.status.textContent = words;
  }
}
