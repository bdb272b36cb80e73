// What the page says about saving: one calm line, and a small mark at each block.

import { make } from "./dom.js";

export class SavingLine {
  #said = "";
  #wasTrouble = false;

  constructor(element) {
    this.words = make("span", { class: "portal-saving__words" });
    this.actions = make("span", { class: "portal-saving__actions" });
    this.heard = make("span", { class: "govuk-visually-hidden", role: "status" });
    element.replaceChildren(this.words, this.actions, this.heard);
    element.hidden = false;
    this.element = element;
    keepClearOf(element.closest(".portal-save-bar"));
  }

  /** `does` has what each of the actions does. What is well is seen, and heard only after it was not. */
  show({ kind, words, actions = [] }, does) {
    if (words === this.#said) return;
    this.#said = words;
    this.element.dataset.kind = kind;
    this.words.textContent = words;
    this.actions.replaceChildren(...actions.map((action) => asButton(action, does[action])));
    if (kind === "trouble" || (kind === "saved" && this.#wasTrouble)) this.announce(words);
    if (kind !== "saving") this.#wasTrouble = kind === "trouble";
  }

  announce(words) {
    this.heard.textContent = words;
  }
}

// What keeps to the lower edge of the window stands on the bar, which grows with what it has to say.
function keepClearOf(bar) {
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--portal-save-bar", `${bar.offsetHeight}px`);
  }).observe(bar);
}

function asButton(words, onclick) {
  return make("button", { type: "button", class: "portal-saving__action", onclick }, words);
}

/** Say at a block how it stands; nothing before it was first written in. */
export function markBlock({ fieldset }, { kind, words }) {
  let mark = fieldset.querySelector(":scope > .portal-block-state");
  if (!words && !mark) return;
  if (!mark) {
    mark = make("p", { class: "portal-block-state" });
    fieldset.querySelector(":scope > legend").after(mark);
  }
  if (mark.textContent === words) return;
  mark.dataset.kind = kind;
  mark.textContent = words;
}
