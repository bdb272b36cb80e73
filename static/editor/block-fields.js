// The fields of one block's fieldset: reading them, filling them in, and saying what is wrong with them.

const CONTROLS = "input[name], select[name], textarea[name]";

/** What the fieldset holds, as a form would send it: pairs of name and value, without what it was started from. */
export function read(fieldset) {
  return controlsOf(fieldset)
    .filter((control) => !isBase(control, fieldset) && (!canBeChecked(control) || control.checked))
    .map((control) => [control.name, control.value]);
}

/** Put values into the fields, by name; each by its smallest change, so that the cursor stays where it is. */
export function fill(fieldset, values) {
  controlsOf(fieldset)
    .filter((control) => control.name in values)
    .forEach((control) => put(control, values[control.name]));
}

/** Whether these values are for the very fields that the fieldset has. */
export function fits(fieldset, values) {
  const names = new Set(controlsOf(fieldset).map((control) => control.name));
  return names.size === Object.keys(values).length && Object.keys(values).every((name) => names.has(name));
}

/** The version of the block on which the text stands, and whether the page shows all that it holds. */
export function baseOf(fieldset) {
  return { version: baseField(fieldset, "version").value, shows: baseField(fieldset, "shows").value };
}

export function setBase(fieldset, { version, shows }) {
  baseField(fieldset, "version").value = version;
  baseField(fieldset, "shows").value = shows;
}

/** Another fieldset in place of this one; what it held is not changed, so that it can be put back. */
export function swap(fieldset, html) {
  const markup = document.createElement("template");
  markup.innerHTML = html;
  const next = document.importNode(markup.content, true).querySelector("fieldset");
  fieldset.replaceWith(next);
  document.dispatchEvent(new CustomEvent("section:swapped", { detail: { block: next.id, fieldset: next } }));
  return next;
}

/** Show each field's errors beside it, in the words of the server; gives those that belong to no field here. */
export function showErrors(fieldset, errors) {
  clearErrors(fieldset);
  const homeless = [];
  for (const [name, texts] of Object.entries(errors)) {
    const control = controlsOf(fieldset).find((each) => each.name === name && each.type !== "hidden");
    if (control) showError(control, texts.join(" "));
    else homeless.push(...texts);
  }
  return homeless;
}

export function clearErrors(fieldset) {
  fieldset.querySelectorAll(".govuk-form-group--error").forEach((group) => {
    group.classList.remove("govuk-form-group--error");
    group.querySelectorAll(".govuk-error-message").forEach((message) => message.remove());
    group.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
    group.querySelector(".editor__frame--error")?.classList.remove("editor__frame--error");
  });
}

function showError(control, text) {
  const group = control.closest(".govuk-form-group");
  const message = document.createElement("p");
  message.className = "govuk-error-message";
  message.id = `${control.id}_error`;
  message.innerHTML = '<span class="govuk-visually-hidden">Error:</span> ';
  message.append(text);
  group.classList.add("govuk-form-group--error");
  const editor = control.closest("rich-text-editor");
  (editor ?? control).before(message);
  editor?.querySelector(".editor__frame")?.classList.add("editor__frame--error");
  const field = editor?.querySelector("[contenteditable]") ?? control;
  field.setAttribute("aria-invalid", "true");
  const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  field.setAttribute("aria-describedby", [...described.add(message.id)].join(" "));
}

// What else stands in the fieldset, such as the buttons of a choice, has other names.
function controlsOf(fieldset) {
  return [...fieldset.querySelectorAll(CONTROLS)].filter(({ name }) => name.startsWith(`${fieldset.id}-`));
}

function baseField(fieldset, name) {
  return fieldset.querySelector(`[name="${fieldset.id}-${name}"]`);
}

function isBase({ name }, { id }) {
  return name === `${id}-version` || name === `${id}-shows`;
}

function canBeChecked({ type }) {
  return type === "checkbox" || type === "radio";
}

function put(control, value) {
  const editor = control.closest("rich-text-editor");
  const text = String(value ?? "");
  if (editor?.editor) editor.setHtml(text);
  else if (control.type === "checkbox") control.checked = value === true;
  else if (control.type === "radio") control.checked = control.value === text;
  else if (control === document.activeElement && control.setRangeText) changeAround(control, text);
  else control.value = text;
}

// The part in which the two differ, so that the cursor stays at its words.
function changeAround(control, text) {
  const before = control.value;
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === text.at(-1 - end)) end += 1;
  if (start < Math.max(before.length, text.length)) {
    control.setRangeText(text.slice(start, text.length - end), start, before.length - end, "preserve");
  }
}
