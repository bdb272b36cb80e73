// A panel beside the text that is written. Beside the text there is room for one: opening it closes the others.

/** The panel of this name, awake; null where the page has none. */
export function panelNamed(name) {
  const panel = document.querySelector(`[data-panel="${name}"]`);
  if (!panel) return null;
  const close = panel.querySelector("[data-panel-close]");
  close.hidden = false;
  close.addEventListener("click", () => {
    panel.open = false;
    panel.querySelector("summary").focus();
  });
  panel.addEventListener("toggle", () => {
    if (!panel.open) return;
    for (const other of document.querySelectorAll("[data-panel][open]")) if (other !== panel) other.open = false;
  });
  return panel;
}
