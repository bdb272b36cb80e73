// Choosing what a cross-reference leads to.

import { openDialog } from "./dialog.js";
import { make } from "./dom.js";
import { SearchBox } from "./search-box.js";
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
    this.box = new SearchBox({
      label: "Find a section, chart or table",
      hint: "Type any word of its title. Its number stays right when sections move. At the beginning of a sentence the report gives it a capital letter.",
      search: () => this.#show(),
      close,
    });
    this.box.say("Loading");
    this.element = this.box.element;
    references.all().then(
      (targets) => {
        this.#targets = targets;
        this.#show();
      },
      () => this.box.say("The report cannot be searched just now. Try again in a moment."),
    );
  }

  #show() {
    const words = this.box.words.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ text, label }) => words.every((word) => `${label} ${text}`.toLowerCase().includes(word));
    const found = this.#targets.filter(fits);
    this.box.show(found.map((target) => this.#target(target)), { none: "Nothing in the report has these words" });
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
