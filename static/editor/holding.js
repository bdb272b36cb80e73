// A block in which somebody else writes: it says who, and its fields can be read but not written in.

import { make } from "./dom.js";

/** Give a block to its holder by name, or back with null. `takeOver` is called when its button is pressed. */
export function hold({ fieldset }, name, takeOver) {
  if (fieldset.dataset.heldBy === (name ?? undefined)) return;
  fieldset.querySelector(":scope > .portal-held")?.remove();
  if (name) {
    fieldset.dataset.heldBy = name;
    fieldset.querySelector(":scope > legend").after(notice(name, takeOver));
  } else {
    delete fieldset.dataset.heldBy;
  }
  setReadOnly(fieldset, Boolean(name));
}

function notice(name, takeOver) {
  const isYou = name.startsWith("you,");
  return make(
    "div",
    { class: "portal-held" },
    make("p", {}, isYou ? "You are writing here in another window." : `${name} is writing here.`),
    make(
      "button",
      { type: "button", class: "govuk-button govuk-button--secondary portal-button--small", onclick: takeOver },
      "Take over",
    ),
  );
}

function setReadOnly(fieldset, isReadOnly) {
  fieldset.querySelectorAll("input:not([type=hidden]), textarea").forEach((field) => {
    if (!field.closest("rich-text-editor")) field.readOnly = isReadOnly;
  });
  fieldset.querySelectorAll("rich-text-editor").forEach((text) => {
    if (text.editor) setEditable(text.editor, !isReadOnly);
  });
}

function setEditable(editor, isEditable) {
  editor.setEditable(isEditable, false);
  if (isEditable) editor.view.dom.removeAttribute("aria-readonly");
  else editor.view.dom.setAttribute("aria-readonly", "true");
}

/** Keep to it where the browser does not by itself: choices, rows that are added, editors that start later. */
export function guardHeldBlocks(form) {
  const refuse = (event) => {
    const isKeyToLeave = event.key === "Tab" || event.key === "Escape";
    const isChoice = event.target.closest("select, [type=checkbox], [type=radio], label, [data-adds-row-to]");
    if (isChoice && !isKeyToLeave && event.target.closest("[data-held-by]")) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  for (const type of ["mousedown", "click", "keydown"]) form.addEventListener(type, refuse, { capture: true });
  form.addEventListener("editor:ready", ({ target, detail }) => {
    if (target.closest("[data-held-by]")) setEditable(detail.editor, false);
  });
}
