// The dialogs of note and link, and the list of keyboard shortcuts.

import { button, dialogForm, field, openDialog } from "./dialog.js";
import { make } from "./dom.js";
import { selected } from "./selection.js";

const WARNING = "govuk-button govuk-button--secondary";

/** Ask for a note's text and put it at the cursor, or into the note that is selected. */
export function openNoteDialog(editor) {
  const present = selected(editor, "note")?.text ?? null;
  const text = make("textarea", {
    class: "govuk-textarea",
    rows: 4,
    maxlength: 1000,
    spellcheck: "true",
    lang: "en-GB",
  });
  text.value = present ?? "";
  const fill = (close) => {
    const { group, fail } = field(text, { label: "Text of the note", hint: "The report numbers its notes by itself." });
    const submit = () =>
      text.value.trim() ? close(text.value.replace(/\s+/g, " ").trim()) : fail("Enter the text of the note");
    const remove = present !== null && button("Remove note", { class: WARNING, onclick: () => close("") });
    return dialogForm(
      { submit, submitLabel: present === null ? "Insert note" : "Save note", extra: [remove], close },
      group,
    );
  };
  openDialog({ title: present === null ? "Insert a note" : "Edit the note", fill }).then((answer) => {
    const chain = editor.chain();
    if (answer === "") chain.deleteSelection();
    else if (answer !== null) chain.insertContent({ type: "note", attrs: { text: answer } });
    chain.run();
    editor.view.focus();
  });
  return true;
}

/** Ask for a link's address, and for its words where none are selected. */
export function openLinkDialog(editor) {
  const present = editor.getAttributes("link").href ?? "";
  const needsWords = editor.state.selection.empty && !present;
  const words = make("input", { class: "govuk-input", type: "text" });
  const address = make("input", {
    class: "govuk-input",
    type: "text",
    inputmode: "url",
    autocapitalize: "none",
    spellcheck: "false",
  });
  address.value = present.replace(/^mailto:/i, "");
  const fill = (close) => {
    const hint = "A web address such as https://www.gov.uk, or an email address";
    const askWords = field(words, { label: "Words to show" });
    const askAddress = field(address, { label: "Address", hint });
    const submit = () => {
      const href = addressFrom(address.value);
      if (needsWords && !words.value.trim()) askWords.fail("Enter the words to show");
      else if (!href) askAddress.fail("Enter a web address that begins with https://, or an email address");
      else close({ href, words: words.value.trim() });
    };
    const remove = present && button("Remove link", { class: WARNING, onclick: () => close({ href: "" }) });
    return dialogForm(
      { submit, submitLabel: "Save link", extra: [remove], close },
      needsWords && askWords.group,
      askAddress.group,
    );
  };
  openDialog({ title: present ? "Edit the link" : "Insert a link", fill }).then((answer) => {
    const chain = editor.chain();
    if (answer && needsWords) {
      chain.insertContent({
        type: "text",
        text: answer.words,
        marks: [{ type: "link", attrs: { href: answer.href } }],
      });
    } else if (answer) {
      chain.extendMarkRange("link");
      if (answer.href) chain.setLink({ href: answer.href });
      else chain.unsetLink();
    }
    chain.run();
    editor.view.focus();
  });
  return true;
}

/** A whole address from what was typed, or null: `gov.uk` becomes `https://gov.uk`, `a@b.uk` an email link. */
export function addressFrom(typed) {
  const text = typed.trim();
  if (/^(https?:\/\/[^\s<>"]+|mailto:[^\s<>"]+@[^\s<>"]+)$/i.test(text)) return text;
  if (/^[^\s<>"@:/]+@[^\s<>"@:/]+\.[a-z]{2,}$/i.test(text)) return `mailto:${text}`;
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+([/?#][^\s<>"]*)?$/i.test(text)) return `https://${text}`;
  return null;
}

/** Say that what was pasted is not taken, and why. */
export function openRefusal(reason) {
  const fill = (close) =>
    make("div", {}, make("p", { class: "govuk-body" }, reason), button("Close", { onclick: () => close() }));
  openDialog({ title: "This cannot be pasted", fill });
}

/** List the shortcuts. `keys` is pairs of what it does and how it is typed. */
export function openHelpDialog(keys) {
  const row = ([what, how]) =>
    make(
      "tr",
      { class: "govuk-table__row" },
      make("th", { class: "govuk-table__header", scope: "row" }, what),
      make("td", { class: "govuk-table__cell" }, how),
    );
  const table = () =>
    make("table", { class: "govuk-table" }, make("tbody", { class: "govuk-table__body" }, ...keys.map(row)));
  openDialog({
    title: "Keyboard shortcuts",
    fill: (close) => make("div", {}, table(), button("Close", { onclick: () => close() })),
  });
}
