// A block in which somebody else writes: it says who, and its fields can be read but not written in. Who is in
// mid-sentence when it is taken over may end it: it closes when they pause.

import { focusOn } from "./clash.js";
import { make } from "./dom.js";

/** How long without a key before it closes. By then what was typed is on its way to the server. */
const PAUSE = 2000;

const closing = new WeakMap();

/**
 * Give a block to its holder by name, or back with null. `isLost` says that it was written in here until now, and
 * `takeOver` is called when its button is pressed.
 */
export function hold(block, name, { isLost, takeOver }) {
  const { fieldset } = block;
  const { heldBy, goesTo } = fieldset.dataset;
  if ((heldBy ?? goesTo) === (name ?? undefined)) return;
  closing.get(fieldset)?.abort();
  const before = fieldset.querySelector(":scope > .portal-held");
  const hadFocus = Boolean(before?.contains(document.activeElement));
  delete fieldset.dataset.heldBy;
  delete fieldset.dataset.goesTo;
  if (!name) {
    before?.remove();
    setReadOnly(fieldset, false);
    if (hadFocus) focusOn(fieldset);
    return;
  }
  const now = notice(name, { isLost, takeOver });
  if (before) before.replaceWith(now);
  else fieldset.querySelector(":scope > legend").after(now);
  if (hadFocus) now.focus({ preventScroll: true });
  if (block.hasFocus && block.quietFor < PAUSE) closeAfterPause(block, name);
  else close(fieldset, name);
}

function closeAfterPause({ fieldset, quietFor }, name) {
  const stop = new AbortController();
  const { signal } = stop;
  let timer;
  const closeIn = (time) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stop.abort();
      close(fieldset, name);
    }, time);
  };
  closing.set(fieldset, stop);
  fieldset.dataset.goesTo = name;
  signal.addEventListener("abort", () => clearTimeout(timer));
  for (const type of ["keydown", "input"]) fieldset.addEventListener(type, () => closeIn(PAUSE), { signal });
  closeIn(PAUSE - quietFor);
}

// The focus goes to the notice before its field is closed: it would be lost, and the next space would turn the page.
function close(fieldset, name) {
  const { activeElement } = document;
  const isWriting = fieldset.contains(activeElement) && activeElement.matches("[contenteditable], input, textarea, select");
  delete fieldset.dataset.goesTo;
  fieldset.dataset.heldBy = name;
  if (isWriting) fieldset.querySelector(":scope > .portal-held").focus({ preventScroll: true });
  setReadOnly(fieldset, true);
}

function notice(name, { isLost, takeOver }) {
  const isYou = name.startsWith("you,");
  const words = isYou ? "You are writing here in another window." : `${name} is writing here.`;
  const lost = [
    isYou ? "You have taken over in another window. " : `${name} has taken over. `,
    make("span", { class: "portal-held__saved" }, "What you typed is saved; take over to go on."),
  ];
  const label = isLost ? lost[0].trim() : words;
  return make(
    "div",
    { class: "portal-held", role: "group", "aria-label": label, tabindex: "-1", onkeydown: keepInPlace },
    make("p", {}, ...(isLost ? lost : [words])),
    make(
      "button",
      { type: "button", class: "govuk-button govuk-button--secondary portal-button--small", onclick: takeOver },
      "Take over",
    ),
  );
}

// A space that was still meant for the text does not turn the page.
function keepInPlace(event) {
  if (event.key === " " && event.target === event.currentTarget) event.preventDefault();
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
