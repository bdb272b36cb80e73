// What is pasted. The schema drops what a text cannot hold; here, what would be lost or wrong is made right before.

import { pm } from "../django_prose_editor/editor.js";
import { make } from "./dom.js";

const { Fragment, Slice } = pm.model;

/** Pasted HTML with Word's lists as lists, its footnotes as notes, and headings brought to two levels. */
export function tidyPastedHtml(html) {
  const { body } = new DOMParser().parseFromString(quiet(html), "text/html");
  notesFromFootnotes(body);
  listsFromParagraphs(body);
  listsFromWrappers(body);
  rowsFromInnerTables(body);
  quotesFromStyles(body);
  headerCells(body);
  headingsFromRoles(body);
  levelHeadings(body);
  dropEmptyParagraphs(body);
  return body.innerHTML;
}

const BLOCKS =
  "address, article, blockquote, br, caption, dd, div, dl, dt, figcaption, figure, h1, h2, h3, h4, h5, h6, hr, li, ol, p, pre, " +
  "section, table, tbody, td, tfoot, th, thead, tr, ul";
const MOST_CHARACTERS = 200_000;

/**
 * Why a paste must be refused, or null. Browsers take minutes to lay out what is refused here; a shorter word that is
 * too long all the same comes in, and saving says so beside the text, where it can be mended.
 */
export function refusal(clipboard, { longestWord }) {
  const text = clipboard.getData("text/html").replace(/<[^>]*>/g, " ") || clipboard.getData("text/plain");
  if (text.length > MOST_CHARACTERS) return "It is too long. Paste it in smaller parts.";
  if (text.split(/\s+/).some((word) => word.length > longestWord)) {
    return `It has a word of more than ${longestWord.toLocaleString("en-GB")} characters, so it is not a text.`;
  }
  return null;
}

/** The picture that is pasted or dropped by itself, or null: what comes with words comes as those. */
export function pictureIn(data) {
  if (data.getData("text/plain").trim()) return null;
  return [...data.files].find((file) => file.type.startsWith("image/")) ?? null;
}

/** What is said of the pictures that a paste with words leaves out; "" where there are none. */
export function leftOut(data, { hasPictures }) {
  const html = data.getData("text/html");
  if (html.includes("data-pm-slice")) return "";
  const count = html.replace(/<!--[\s\S]*?-->/g, "").match(/<img\b/gi)?.length ?? 0; // Word has each in a comment, too
  if (!count) return "";
  const [were, them] = count === 1 ? ["picture was", "it"] : ["pictures were", "them"];
  return `${count} ${were} left out${hasPictures ? `: add ${them} with Picture` : ""}.`;
}

/** HTML without its blocks: their words come into one paragraph, and stay words of their own. */
export function withoutBlocks(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  dissolveBlocks(body);
  return body.innerHTML;
}

/** Pasted content as words of one paragraph. */
export function asWords(slice, schema) {
  const words = [];
  slice.content.descendants((node) => {
    if (node.isTextblock && words.length) words.push(schema.text(" "));
    if (node.isInline) words.push(node);
    return !node.isInline;
  });
  return new Slice(Fragment.from(words), 0, 0);
}

// The schema drops style sheets, pictures and handlers, but only after the browser has reported them against the content security
// policy, and every text from Word has a style sheet.
const quiet = (html) =>
  html
    .replace(/<style[\s\S]*?<\/style>|<img[^>]*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\son[a-z]+\s*=/gi, " data-dropped="));

function dropEmptyParagraphs(body) {
  for (const paragraph of body.querySelectorAll("p:not(td p, th p)")) {
    if (!paragraph.textContent.trim() && !paragraph.querySelector("span[data-figure], span[data-note], span[data-ref]"))
      paragraph.remove();
  }
}

// Word writes a footnote as a link "#_ftn1" in the text and a <div id="ftn1"> at the end.
function notesFromFootnotes(body) {
  for (const reference of body.querySelectorAll('a[href*="#_ftn"], a[href*="#_edn"]')) {
    const name = reference.getAttribute("href").split("#_")[1];
    const footnote = body.querySelector(`[id="${CSS.escape(name)}"]`);
    if (!footnote || footnote.contains(reference)) continue;
    const copy = footnote.cloneNode(true);
    copy.querySelector('a[href*="ref"]')?.remove();
    reference.replaceWith(make("span", { "data-note": copy.textContent.replace(/\s+/g, " ").trim() }));
    footnote.dataset.isNote = "";
  }
  for (const footnote of body.querySelectorAll("[data-is-note]")) footnote.remove();
}

// Word writes a list as paragraphs that name their list and level in a style and carry their bullet as text.
function listsFromParagraphs(body) {
  let lists = [];
  for (const paragraph of body.querySelectorAll('p[style*="mso-list"]')) {
    const { level, ...kind } = listOf(paragraph);
    if (!level) continue;
    if (paragraph.previousElementSibling !== lists[0]?.list) lists = [];
    while (lists.length && (lists.at(-1).level > level || isAnother(lists.at(-1), { level, ...kind }))) lists.pop();
    if (lists.at(-1)?.level !== level) {
      const list = openList(paragraph, kind.tag, lists.at(-1)?.list.lastElementChild);
      lists.push({ list, level, ...kind });
    }
    for (const bullet of paragraph.querySelectorAll(MARKER)) bullet.remove();
    const item = make("li", {}, ...paragraph.childNodes);
    lists.at(-1).list.append(item);
    paragraph.remove();
  }
}

const MARKER = '[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]';

function listOf(paragraph) {
  const [, words = ""] = /mso-list:([^;]*)/i.exec(paragraph.getAttribute("style"));
  const level = Number(/level(\d)/i.exec(words)?.[1] ?? 0);
  const marker = paragraph.querySelector(MARKER)?.textContent.trim() ?? "";
  const tag = /^\(?([0-9]+|[a-z]|[ivx]+)[.)]/i.test(marker) ? "ol" : "ul";
  return { level, tag, name: words.replace(/\s*level\d+/i, "").trim() };
}

const isAnother = (list, { level, tag, name }) => list.level === level && (list.tag !== tag || list.name !== name);

function openList(paragraph, tag, parentItem) {
  const list = make(tag);
  if (parentItem) parentItem.append(list);
  else paragraph.before(list);
  return list;
}

// A cell holds no table: each row of one becomes a paragraph in it. The innermost come first.
function rowsFromInnerTables(body) {
  for (const table of [...body.querySelectorAll("td table, th table")].reverse()) {
    const rows = [...table.rows].map((row) => make("p", {}, ...[...row.cells].flatMap(wordsOf)));
    table.replaceWith(...rows.filter((row) => row.textContent.trim()));
  }
}

function wordsOf(cell) {
  dissolveBlocks(cell);
  return [...cell.childNodes, " "];
}

function dissolveBlocks(element) {
  for (const block of [...element.querySelectorAll(BLOCKS)].reverse()) block.replaceWith(" ", ...block.childNodes, " ");
}

// Word on the web puts each point into a list of its own, in a wrapper; its level stands on the point.
function listsFromWrappers(body) {
  const wrappers = [...body.querySelectorAll(".ListContainerWrapper")];
  for (const wrapper of wrappers) {
    const list = wrapper.querySelector("ul, ol");
    if (list) wrapper.replaceWith(list);
  }
  for (const item of body.querySelectorAll("li[data-aria-level]")) {
    const list = item.parentElement;
    const before = list.previousElementSibling;
    const level = Number(item.dataset.ariaLevel);
    if (!before?.matches("ul[data-joined], ol[data-joined]")) list.dataset.joined = "";
    else if (level > 1) intoLastItem(before, list);
    else if (before.tagName === list.tagName) before.append(...list.children);
    else list.dataset.joined = "";
    if (!list.childElementCount) list.remove();
  }
}

function intoLastItem(before, list) {
  const last = before.lastElementChild;
  const below = last.querySelector(":scope > ul, :scope > ol");
  if (below?.tagName === list.tagName) below.append(...list.children);
  else last.append(list);
}

// Word's styles Quote and Intense Quote are paragraphs with a class; neighbours are one quote.
function quotesFromStyles(body) {
  for (const paragraph of body.querySelectorAll("p[class*='Quote']")) {
    const before = paragraph.previousElementSibling;
    if (before?.matches("blockquote[data-from-style]")) before.append(paragraph);
    else {
      const quote = make("blockquote", { "data-from-style": "" });
      paragraph.replaceWith(quote);
      quote.append(paragraph);
    }
  }
}

// A row that is repeated on each page, or one in which everything is bold, heads its columns; a bold column its rows.
function headerCells(body) {
  for (const table of body.querySelectorAll("table")) {
    if (table.querySelector("th")) continue;
    const rows = [...table.rows];
    const isHead = (row) => row.parentElement.tagName === "THEAD" || isAllBold([...row.cells]);
    const above = rows.slice(0, -1); // the last row is never a head
    const heads = above.findIndex((row) => !isHead(row));
    const below = rows.slice(heads === -1 ? above.length : heads);
    for (const row of rows.slice(0, -below.length)) for (const cell of [...row.cells]) asHeader(cell);
    const first = below.map((row) => row.cells[0]).filter(Boolean);
    if (below.every((row) => row.cells.length > 1) && isAllBold(first)) first.forEach(asHeader);
  }
}

const isBold = (node) => Boolean(node.parentElement.closest("b, strong, [style*='font-weight:bold'], [style*='font-weight:700']"));

function isAllBold(cells) {
  const words = cells.flatMap((cell) => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode);
    return found;
  });
  return words.length > 0 && words.every(isBold);
}

function asHeader(cell) {
  const header = make("th", {}, ...cell.childNodes);
  for (const name of ["colspan", "rowspan"]) if (cell.hasAttribute(name)) header.setAttribute(name, cell.getAttribute(name));
  for (const bold of header.querySelectorAll("b, strong")) bold.replaceWith(...bold.childNodes); // headers are bold anyway
  cell.replaceWith(header);
}

// Word on the web writes headings as paragraphs with a role.
function headingsFromRoles(body) {
  for (const heading of body.querySelectorAll("[role=heading][aria-level]")) {
    const level = Math.min(Math.max(Number(heading.getAttribute("aria-level")) || 1, 1), 6);
    if (!/^H\d$/.test(heading.tagName)) heading.replaceWith(make(`h${level}`, {}, ...heading.childNodes));
  }
}

// As the server does: the highest level that is used becomes the heading, all below it sub-headings.
function levelHeadings(body) {
  const headings = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((heading) => heading.textContent.trim());
  const highest = headings.map((heading) => heading.tagName).sort()[0];
  for (const heading of headings)
    heading.replaceWith(make(heading.tagName === highest ? "h3" : "h4", {}, ...heading.childNodes));
}
