// What the toolbar offers, in its order. Each tool says what it is called, what it does and whether it can.

import { openLinkDialog, openNoteDialog } from "./dialogs.js";
import { openFigureDialog } from "./figure-dialog.js";
import { openPictureDialog } from "./picture-dialog.js";
import { openReferenceDialog } from "./reference-dialog.js";
import { around, hasHeader } from "./selection.js";

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const keys = (...names) =>
  names
    .map(
      (name) => ({ Mod: isMac ? "⌘" : "Ctrl", Alt: isMac ? "⌥" : "Alt", Shift: isMac ? "⇧" : "Shift" })[name] ?? name,
    )
    .join(isMac ? " " : "+");

const mark = (name, label, key) => ({
  name,
  label,
  keys: keys("Mod", key),
  run: (editor) => editor.chain().toggleMark(name).run(),
  can: (editor) => editor.can().toggleMark(name),
  isOn: (editor) => editor.isActive(name),
});

const heading = (name, label, level) => ({
  name,
  label,
  keys: keys("Mod", "Alt", String(level - 2)),
  run: (editor) => editor.chain().toggleHeading({ level }).run(),
  can: (editor) => editor.can().toggleHeading({ level }),
  isOn: (editor) => editor.isActive("heading", { level }),
});

const list = (name, label, command, node, key) => ({
  name,
  label,
  keys: keys("Mod", "Shift", key),
  run: (editor) => editor.chain()[command]().run(),
  can: (editor) => editor.can()[command](),
  isOn: (editor) => editor.isActive(node),
});

const step = (name, label, command, ...shortcut) => ({
  name,
  label,
  keys: keys(...shortcut),
  run: (editor) => editor.chain()[command]().run(),
  can: (editor) => editor.can()[command](),
  keepsFocus: true,
});

const link = {
  name: "link",
  label: "Link",
  keys: keys("Mod", "K"),
  run: (editor) => openLinkDialog(editor),
  can: () => true,
  opens: "dialog",
};

const note = {
  name: "note",
  label: "Note",
  keys: keys("Mod", "Alt", "F"),
  run: (editor) => openNoteDialog(editor),
  can: () => true,
  opens: "dialog",
};

const figure = (figures) => ({
  name: "figure",
  label: "Insert figure",
  keys: "/ at the start of a word",
  run: (editor) => openFigureDialog(editor, figures),
  can: () => true,
  opens: "dialog",
});

const quote = {
  name: "quote",
  label: "Quote",
  keys: keys("Mod", "Shift", "B"),
  run: (editor) => editor.chain().toggleBlockquote().run(),
  can: (editor) => editor.can().toggleBlockquote(),
  isOn: (editor) => editor.isActive("blockquote"),
};

const picture = (pictures) => ({
  name: "picture",
  label: "Picture",
  keys: "",
  run: (editor) => openPictureDialog(editor, pictures),
  can: (editor) => around(editor, "picture") !== null || (!editor.isActive("table") && !editor.isActive("listItem")),
  opens: "dialog",
});

const reference = (references) => ({
  name: "reference",
  label: "Cross-reference",
  keys: keys("Mod", "Alt", "R"),
  run: (editor) => openReferenceDialog(editor, references),
  can: () => true,
  opens: "dialog",
});

const table = { name: "table", label: "Table", keys: "", can: () => true, opens: "menu" };

// On a phone these wait behind "More".
const later = (tool) => ({ ...tool, isLater: true });

/** Groups of tools for a kind of text; what there is nothing of on the page cannot be inserted. */
export function toolsFor(kind, { figures, references, pictures }) {
  const marks = [mark("bold", "Bold", "B"), mark("italic", "Italic", "I")];
  const inserts = [figures && figure(figures), later(note), references && later(reference(references))].filter(Boolean);
  if (kind === "words") return [marks, [link], inserts];
  return [
    [heading("heading", "Heading", 3), later(heading("subheading", "Sub-heading", 4))],
    marks,
    [
      list("bullets", "Bulleted list", "toggleBulletList", "bulletList", "8"),
      list("numbers", "Numbered list", "toggleOrderedList", "orderedList", "7"),
      later(step("indent", "Indent", "indentItem", "Mod", "]")),
      later(step("outdent", "Outdent", "outdentItem", "Mod", "[")),
    ],
    [link, later(quote), later(table), pictures && later(picture(pictures))].filter(Boolean),
    inserts,
    [later(step("undo", "Undo", "undo", "Mod", "Z")), later(step("redo", "Redo", "redo", "Mod", "Shift", "Z"))],
  ];
}

const change = (label, command, isOn) => ({
  label,
  run: (editor) => editor.chain()[command]().run(),
  can: (editor) => editor.can()[command](),
  isOn,
});

/** What the table menu offers, in groups. */
export const TABLE_MENU = [
  [
    {
      label: "Insert table",
      run: (editor) => editor.chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
      can: (editor) => !editor.isActive("table") && editor.can().insertTable(),
    },
  ],
  [
    change("Add row above", "addRowBefore"),
    change("Add row below", "addRowAfter"),
    change("Add column left", "addColumnBefore"),
    change("Add column right", "addColumnAfter"),
  ],
  [
    change("Header row", "toggleHeaderRow", (editor) => hasHeader(editor, "row")),
    change("Header column", "toggleHeaderColumn", (editor) => hasHeader(editor, "column")),
  ],
  [change("Delete row", "deleteRow"), change("Delete column", "deleteColumn"), change("Delete table", "deleteTable")],
];

/** Pairs of what and how for the list of shortcuts. */
export function shortcutsFor(groups) {
  const listed = groups.flat().filter((tool) => tool.keys);
  return [
    ...listed.map(({ label, keys: how }) => [label, how]),
    ["Use the figure that is offered for a number", keys("Alt", "Enter")],
    ["Change a figure, note, picture or cross-reference that is selected", "Enter"],
    ["Next cell of a table, previous cell", `Tab, ${keys("Shift", "Tab")}`],
    ["Go to the toolbar", keys("Alt", "F10")],
    ["Leave the editor", "Tab; in a table Escape, then Tab"],
  ];
}
