// Comments beside a section's text, on its page and in its editor: passages are marked in the text, words that are
// selected can be commented on, and in the editor the panel sends its forms without leaving the page.

import { initAll } from "../build/govuk-frontend.min.js";
import { make } from "./dom.js";
import { panelNamed } from "./panel.js";

const NOT_TEXT = [".point-remark", ".figure__was", ".note-ref", ".editor-note", ".govuk-visually-hidden"]
  .concat("button", "textarea", "legend", "label")
  .join();
const STANDS_FOR = ".figure, .figure--missing, .cross-reference, .editor-figure";
const ENDS_A_LINE = "p, li, h2, h3, h4, h5, h6, br, td, th, blockquote, figcaption";
const LONGEST_BEFORE = 100;

const panel = panelNamed("comments");
const place = panel?.querySelector("[data-panel-place]") ?? document.querySelector("[data-comments]");

if (place) {
  listen();
  offerToComment();
  if (panel) wakePanel();
  else mark();
}

// The passages in the text

/** Mark where comments stand, and let each lead there. */
function mark() {
  const ranges = [];
  for (const thread of place.querySelectorAll("[data-words]")) {
    const block = document.getElementById(`block-${thread.dataset.block}`);
    const range = block && rangeOf(block, thread.dataset.words);
    thread.querySelector("[data-shows-passage]")?.remove();
    if (!range) continue;
    if (!thread.closest("details:not([open])")) ranges.push(range);
    const show = make("button", { type: "button", class: "portal-button--link", "data-shows-passage": "" });
    show.append("Show in the text");
    show.addEventListener("click", () => showPassage(range));
    thread.querySelector(".portal-comment__verbs").prepend(show);
  }
  highlight("portal-comment", ranges);
}

function showPassage(range) {
  const around = range.startContainer.parentElement;
  highlight("portal-comment-now", [range]);
  if (panel && !isBeside()) panel.open = false;
  if (!around.isContentEditable) {
    around.tabIndex = -1;
    around.focus({ preventScroll: true });
  }
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  around.scrollIntoView({ block: "center", behavior: isCalm ? "auto" : "smooth" });
}

/** Whether there is room for the panel beside the text. */
function isBeside() {
  return getComputedStyle(panel.querySelector(".portal-panel__body")).position === "fixed";
}

// An older browser marks nothing; "Show in the text" leads there all the same.
function highlight(name, ranges) {
  if (window.Highlight) CSS.highlights.set(name, new Highlight(...ranges));
}

/** Where words stand in a block. What stands in brackets is a figure or a cross-reference, whatever it reads. */
function rangeOf(block, words) {
  const parts = words.match(/\[[^[\]\n]+\]|[\p{L}\p{N}_]+/gu)?.slice(0, 300) ?? [];
  const pattern = parts.map((part) => (part.startsWith("[") ? "[^]{0,120}?" : part)).join("[^\\p{L}\\p{N}_]*");
  const nodes = textNodes(block);
  const found = new RegExp(pattern, "u").exec(nodes.map((node) => node.data).join(" "));
  if (!parts.length || !found) return null;
  const range = document.createRange();
  range.setStart(...at(nodes, found.index));
  range.setEnd(...at(nodes, found.index + found[0].length));
  return range;
}

function textNodes(block) {
  const texts = [...block.querySelectorAll(".ProseMirror")];
  const nodes = [];
  for (const root of texts.length ? texts : [block]) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) nodes.push(walk.currentNode);
  }
  return nodes.filter((node) => !node.parentElement.closest(NOT_TEXT));
}

// The nodes are joined by a space each.
function at(nodes, offset) {
  for (const node of nodes) {
    if (offset <= node.length) return [node, offset];
    offset -= node.length + 1;
  }
  return [nodes.at(-1), nodes.at(-1).length];
}

// Commenting on a selection

function offerToComment() {
  if (!panel && !place.querySelector("[data-comment-form]")) return;
  const offer = make(
    "button",
    { type: "button", class: "govuk-button portal-button--small portal-comment-offer", hidden: "" },
    "Comment on these words",
  );
  document.body.append(offer);
  offer.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  offer.addEventListener("click", () => begin(selected()));
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => placeOffer(offer, selected()), 250);
  });
  place.addEventListener("focusin", () => (offer.hidden = true));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey && event.altKey && event.code === "KeyM") || !selected()) return;
    event.preventDefault();
    begin(selected());
  });
}

/** The range that is selected within the text of one block, and the block. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const block = elementOf(range.startContainer).closest("[id^='block-'].block, fieldset[id^='block-']");
  if (!block || place.contains(document.activeElement)) return null;
  if (!block.contains(range.endContainer)) range.setEndAfter(block.lastChild);
  return range.toString().trim() ? { range, block } : null;
}

function placeOffer(offer, chosen) {
  offer.hidden = !chosen;
  if (!chosen) return;
  const { bottom, left } = chosen.range.getBoundingClientRect();
  const furthest = document.documentElement.clientWidth - offer.offsetWidth - 8;
  offer.style.top = `${bottom + scrollY + 8}px`;
  offer.style.left = `${Math.max(8, Math.min(left, furthest)) + scrollX}px`;
}

async function begin({ range, block }) {
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const marked = wordsOf(range).trim();
  const values = {
    block: block.id.slice("block-".length),
    before: wordsOf(before).slice(-LONGEST_BEFORE),
    marked,
    passage: marked.replaceAll(/[[\]]/g, ""),
  };
  if (panel && !(await opened())) return;
  const form = place.querySelector("[data-comment-form] form");
  for (const [name, value] of Object.entries(values)) form.elements[`comment-${name}`].value = value;
  form.elements["comment-passage"].dispatchEvent(new KeyboardEvent("keyup")); // its characters are counted
  form.closest("details")?.setAttribute("open", "");
  form.elements["comment-text"].focus();
}

/** The words of a range as the server looks for them: a line for each block, figures and references in brackets. */
function wordsOf(range) {
  const words = range.cloneContents();
  words.querySelectorAll(NOT_TEXT).forEach((element) => element.remove());
  words.querySelectorAll(STANDS_FOR).forEach((element) => {
    if (element.textContent.trim()) element.replaceWith(`[${element.textContent.replaceAll(/[[\]]/g, "")}]`);
  });
  words.querySelectorAll(ENDS_A_LINE).forEach((element) => element.after("\n"));
  return words.textContent;
}

function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
}

// The forms and lists

function listen() {
  // Words that are typed or pasted here instead may stand in any block.
  place.addEventListener("input", ({ target }) => {
    if (target.name !== "comment-passage") return;
    for (const name of ["block", "before", "marked"]) target.form.elements[`comment-${name}`].value = "";
  });
}

// The panel in the editor

function wakePanel() {
  panel.addEventListener("toggle", () => {
    if (!panel.open) highlight("portal-comment", []);
    else if (!isTyped()) fetchList();
  });
  place.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target, event.submitter);
  });
  let waiting;
  for (const name of ["section:saved", "section:merged", "section:swapped"])
    document.addEventListener(name, () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => panel.open && fetchList(), 1000);
    });
}

/** Whether the panel stands open with its list. */
async function opened() {
  if (panel.open && place.querySelector("[data-comments]")) return true;
  panel.open = true;
  return fetchList();
}

let fetching = null;

function fetchList() {
  fetching ??= fetchPart(panel.dataset.address).then((found) => {
    fetching = null;
    if (isTyped()) return true; // a newer list can wait
    if (found.list) put(found.list);
    else say("The comments could not be fetched. Open the panel again to try once more.");
    return Boolean(found.list);
  });
  return fetching;
}

async function send(form, submitter) {
  const body = new FormData(form, submitter);
  body.set("from", "panel");
  submitter?.setAttribute("aria-disabled", "true");
  say("Saving");
  if (await flushed()) take(await fetchPart(form.action, { method: "POST", body }), form);
  else say("The text itself is not saved yet. Send your comment again once it is.");
  submitter?.removeAttribute("aria-disabled");
}

/** Show what came of a form: the list as it is now, or the form again with what is wrong. */
function take({ page, said, list }, form) {
  const again = page?.querySelector(`form[action="${form.getAttribute("action")}"]:has(.govuk-form-group--error)`);
  if (list) {
    const known = new Set(threads().map(({ id }) => id));
    const about = form.closest(".portal-comment")?.id;
    put(list, form);
    lookAt(threads().find(({ id }) => (about ? id === about : !known.has(id))));
    say(said ?? "");
  } else if (again) {
    form.replaceWith(again);
    say("Not saved: see what is wrong.");
    again.querySelector(".govuk-form-group--error :is(textarea, input, select)").focus();
  } else say("Not saved yet. Your words are still here: try again.");
}

function threads() {
  return [...place.querySelectorAll(".portal-comment")];
}

// A comment finds its passage in what the server has: what was typed until now goes there first.
async function flushed() {
  const wait = [];
  document.dispatchEvent(new CustomEvent("section:flush", { detail: { wait } }));
  return Promise.all(wait).then(() => true, () => false);
}

/** Another page as an answer (somebody was signed out) has neither the list nor the form. */
async function fetchPart(address, options = {}) {
  try {
    const response = await fetch(address, { ...options, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const said = page.querySelector(".govuk-notification-banner__content")?.textContent.trim();
    return { page, said, list: response.ok ? page.querySelector("[data-comments]") : null };
  } catch {
    return {};
  }
}

/** Show a list in place of the one before; what was typed stays, but for the form that was sent. */
function put(list, sent = null) {
  const typed = [...place.querySelectorAll("textarea")].filter((field) => field.value && !sent?.contains(field));
  place.replaceChildren(list);
  for (const { id, value } of typed) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = value;
    field.closest("details").open = true;
  }
  initAll({ scope: place });
  mark();
}

function lookAt(thread) {
  if (!thread) return;
  thread.closest("details")?.setAttribute("open", "");
  thread.tabIndex = -1;
  thread.focus();
}

function isTyped() {
  return [...place.querySelectorAll("textarea")].some((field) => field.value.trim());
}

function say(words) {
  panel.querySelector("[data-panel-status]").textContent = words;
}
