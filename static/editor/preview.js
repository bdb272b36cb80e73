// The pages of a section beside its text: fetched when the panel is opened and after each save, one request at a time.

import { panelNamed } from "./panel.js";

const panel = panelNamed("preview");
const status = panel.querySelector("[data-panel-status]");
const place = panel.querySelector("[data-panel-place]");

let isFetching = false;
let isStale = true;

panel.addEventListener("toggle", renew);
document.addEventListener("section:saved", () => {
  isStale = true;
  renew();
});

async function renew() {
  if (!panel.open || !isStale || isFetching) return;
  isFetching = true;
  isStale = false;
  status.textContent = "Making the pages";
  place.setAttribute("aria-busy", "true");
  try {
    place.replaceChildren(await pages());
    status.textContent = "The pages are up to date";
  } catch {
    status.textContent = "The pages could not be fetched. They are fetched again after the next save.";
  }
  place.removeAttribute("aria-busy");
  isFetching = false;
  renew(); // what was saved in the meantime
}

// Somebody who has been signed out gets another page, which does not belong here.
async function pages() {
  const response = await fetch(panel.dataset.address, { headers: { "HX-Request": "true" } });
  const found = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-preview-pages]");
  if (!response.ok || !found) throw new Error(response.statusText);
  return found;
}
