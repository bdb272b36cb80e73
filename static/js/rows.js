// Adds an empty row to a block without saving the page. Without this script the same button saves and comes back.

wake(document);

// A block of a section that was brought up to date (static/editor/autosave.js)
document.addEventListener("section:swapped", ({ detail }) => wake(detail.fieldset));

function wake(part) {
  part.querySelectorAll("[data-adds-row-to]").forEach((button) => {
    button.type = "button";
    button.querySelector("[data-without-script]").hidden = true;
    button.querySelector("[data-with-script]").hidden = false;
    button.addEventListener("click", () => addRow(button));
  });
}

function addRow(button) {
  const prefix = button.dataset.addsRowTo;
  const total = document.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const place = Number(total.value);
  const markup = document.querySelector(`template[data-row-of="${prefix}"]`).innerHTML;
  const rows = document.querySelector(`[data-rows="${prefix}"]`);
  rows.insertAdjacentHTML(
    "beforeend",
    markup.replaceAll("__prefix__", place).replaceAll("__number__", place + 1),
  );
  total.value = place + 1;
  button.hidden = place + 1 >= Number(button.dataset.most);
  focusOn(rows.lastElementChild);
}

// The editor of a text wakes up after the row has been put in.
function focusOn(row) {
  row.scrollIntoView({ block: "center" });
  if (!row.querySelector("rich-text-editor")) row.querySelector("textarea, select").focus();
  row.addEventListener("editor:ready", ({ detail }) => detail.editor.commands.focus(), { once: true });
}
