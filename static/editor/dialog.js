// A dialog over the page. It hangs on the body, not in the form, so that Enter in it never sends the form.

import { make, newId } from "./dom.js";

/**
 * Open a modal dialog. `fill(close)` gives its content; `close(value)` ends it.
 * Resolves to that value, or to null when it is left with Escape or Cancel.
 */
export function openDialog({ title, isWide = false, fill }) {
  return new Promise((resolve) => {
    const headingId = newId();
    const dialog = make("dialog", {
      class: `editor-dialog${isWide ? " editor-dialog--wide" : ""}`,
      "aria-labelledby": headingId,
    });
    const close = (value = null) => {
      resolve(value);
      dialog.close(); // gives the focus back to where it was
      dialog.remove();
    };
    dialog.append(make("h2", { class: "govuk-heading-m", id: headingId }, title), fill(close));
    dialog.addEventListener("close", () => close());
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A form for a dialog. `submit` is called when it is sent; it never leaves the page. */
export function dialogForm({ submit, submitLabel, extra = [], close }, ...content) {
  const send = (event) => {
    event.preventDefault();
    submit();
  };
  return make(
    "form",
    { onsubmit: send, novalidate: "" },
    ...content,
    make(
      "div",
      { class: "govuk-button-group" },
      button(submitLabel, { type: "submit" }),
      ...extra,
      button("Cancel", { class: "govuk-button govuk-button--secondary", onclick: () => close() }),
    ),
  );
}

export function button(label, attributes = {}) {
  return make("button", { type: "button", class: "govuk-button", ...attributes }, label);
}

/** A labelled input with a hint, whose `fail(message)` shows an error beside it. */
export function field(control, { label, hint = "" }) {
  const ids = { control: newId(), hint: newId(), error: newId() };
  control.id = ids.control;
  const error = make("p", { class: "govuk-error-message", id: ids.error, hidden: "" });
  const group = make(
    "div",
    { class: "govuk-form-group" },
    make("label", { class: "govuk-label", for: ids.control }, label),
    hint && make("div", { class: "govuk-hint", id: ids.hint }, hint),
    error,
    control,
  );
  if (hint) control.setAttribute("aria-describedby", ids.hint);
  const fail = (message) => {
    group.classList.add("govuk-form-group--error");
    error.replaceChildren(make("span", { class: "govuk-visually-hidden" }, "Error: "), message);
    error.hidden = false;
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", [hint && ids.hint, ids.error].filter(Boolean).join(" "));
    control.focus();
  };
  return { group, fail };
}

/** Let arrow keys, Home and End walk from a search box, the first of `stops`, through what it has found and back. */
export function walk(event, stops) {
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
