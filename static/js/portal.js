// Wakes GOV.UK Frontend's components. Every page works without it.

import { initAll } from "../build/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
document.querySelectorAll("[data-module='portal-table']").forEach(watchTable);

// What htmx brings in is woken too; its first call, for the page itself, has been answered above.
document.body.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) wake(detail.elt);
});

// So is a block of a section that was brought up to date.
document.addEventListener("section:swapped", ({ detail }) => wake(detail.fieldset));

function wake(part) {
  initAll({ scope: part });
  part.querySelectorAll("[data-module='portal-table']").forEach(watchTable);
}

// A table is a stop for the tab key only while there is something to scroll.
function watchTable(region) {
  new ResizeObserver(() => {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  }).observe(region);
}

// The summary of errors links to the field that is sent. Where an editor stands in its place, the editor is meant.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".govuk-error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field || field.offsetParent) return;
  field.closest(".govuk-form-group")?.querySelector("[contenteditable='true']")?.focus();
});

// Long forms ask before they are left with something unsaved. What comes back with a fault is not saved yet.
document.querySelectorAll("form[data-warn-unsaved]").forEach((form) => {
  let isUnsaved = Boolean(document.querySelector(".govuk-error-summary, [data-unsaved]"));
  form.addEventListener("input", () => (isUnsaved = true));
  form.addEventListener("change", () => (isUnsaved = true));
  form.addEventListener("submit", () => (isUnsaved = false));
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
});
