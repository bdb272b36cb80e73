// Two people have changed the same words: both texts side by side in the block, with the three choices.

/** Show the server's page of the two. `choose` is called with "mine", "theirs" or "join". */
export function showClash(block, html, choose) {
  const { fieldset, hasFocus } = block;
  fieldset.querySelector(".portal-clash")?.remove();
  const markup = document.createElement("template");
  markup.innerHTML = html;
  const clash = document.importNode(markup.content, true).querySelector(".portal-clash");
  clash.querySelectorAll("[data-without-script]").forEach((words) => (words.hidden = true));
  clash.querySelectorAll("[data-with-script]").forEach((words) => (words.hidden = false));
  fieldset.querySelector(":scope > legend").after(clash);
  clash.addEventListener("click", (event) => {
    const button = event.target.closest("[data-resolve]");
    if (!button) return;
    event.preventDefault();
    clash.remove();
    choose(button.dataset.resolve);
  });
  // Who writes elsewhere meanwhile is not torn away.
  if (hasFocus || document.activeElement === document.body) clash.focus();
}

/**
 * Go on with what somebody has chosen. Nothing is lost by it: where theirs stands, one's own text is saved first and
 * then replaced, so that it is in the history.
 */
export function resolveClash(block, { version, theirs, joined }, choice) {
  if (choice === "theirs") block.keepFirst(version);
  block.goOnFrom(version, { mine: null, theirs: theirs.html, join: joined.html }[choice]);
  focusOn(block.fieldset);
}

export function focusOn(fieldset) {
  const text = fieldset.querySelector("rich-text-editor");
  if (text?.editor) text.editor.commands.focus();
  else if (text) text.addEventListener("editor:ready", ({ detail }) => detail.editor.commands.focus(), { once: true });
  else fieldset.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}
