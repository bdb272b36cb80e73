// Takes the text of blocks out of the page, for whoever can no longer save it here.

import { dialogForm, openDialog } from "./dialog.js";
import { make } from "./dom.js";

/** Show the text of the blocks, ready to be copied. */
export function openCopyDialog(blocks) {
  const html = blocks.map(asHtml).join("");
  const text = make("textarea", { class: "govuk-textarea", rows: 10, readonly: "", "aria-label": "The text" });
  text.value = blocks.map(asWords).join("\n\n");
  text.setSelectionRange(0, 0); // read from the beginning
  const status = make("p", { role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.write([
        new ClipboardItem({ "text/html": asBlob(html, "text/html"), "text/plain": asBlob(text.value, "text/plain") }),
      ]);
      status.textContent = "Copied. You can paste it into a document.";
    } catch {
      text.select(); // the browser keeps its clipboard to itself
      status.textContent = "The text is selected: press Ctrl and C to copy it.";
    }
  };
  return openDialog({
    title: "Copy the text",
    isWide: true,
    fill: (close) => dialogForm({ submit: copy, submitLabel: "Copy", close }, make("p", {}, text), status),
  });
}

function asHtml(block) {
  const fields = written(block).map(({ value, isRich }) => (isRich ? value : escaped(value)));
  return `<h2>${escaped(block.title)}</h2>${fields.map((value) => `<div>${value}</div>`).join("")}`;
}

function asWords(block) {
  return [block.title, ...written(block).map(({ value, isRich }) => (isRich ? wordsOf(value) : value))].join("\n");
}

function written({ fieldset }) {
  return [...fieldset.querySelectorAll("textarea[name], input[type=text][name]")]
    .map((control) => ({ value: control.value.trim(), isRich: control.matches("rich-text-editor textarea") }))
    .filter(({ value }) => value);
}

function wordsOf(html) {
  const { body } = new DOMParser().parseFromString(html.replace(/<\/(p|li|h\d|tr|figcaption)>/g, "\n$&"), "text/html");
  return body.textContent.replace(/\n{3,}/g, "\n\n").trim();
}

function escaped(text) {
  return make("span", {}, text).innerHTML;
}

function asBlob(text, type) {
  return new Blob([text], { type });
}
