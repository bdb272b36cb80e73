// What the toolbar offers, in its order. Each tool says what it is called, what it does and whether it can.

import { openLinkDialog, openNoteDialog } from "./dialogs.js";
import { openFigureDialog } from "./figure-dialog.js";

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
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
  can: (editor) => editor.can().toggleMark(name),
  isOn: (editor) => editor.isActive(name),
});

const heading = (name, label, level) => ({
  name,
  label,
  keys: keys("Mod", "Alt", String(level - 2)),
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  can: (editor) => editor.can().toggleHeading({ level }),
  isOn: (editor) => editor.isActive("heading", { level }),
});

const list = (name, label, command, node, key) => ({
  name,
  label,
  keys: keys("Mod", "Shift", key),
  run: (editor) => editor.chain().focus()[command]().run(),
  can: (editor) => editor.can()[command](),
  isOn: (editor) => editor.isActive(node),
});

const step = (name, label, command, ...shortcut) => ({
  name,
  label,
  keys: keys(...shortcut),
  run: (editor, { isFromKeyboard }) => (isFromKeyboard ? editor.chain() : editor.chain().focus())[command]().run(),
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

const table = { name: "table", label: "Table", keys: "", can: () => true, opens: "menu" };

/** Groups of tools for a kind of text. Without figures there is nothing to insert. */
export function toolsFor(kind, figures) {
  const marks = [mark("bold", "Bold", "B"), mark("italic", "Italic", "I")];
  const inserts = figures ? [figure(figures), note] : [note];
  if (kind === "words") return [marks, [link], inserts];
  return [
    [heading("heading", "Heading", 3), heading("subheading", "Sub-heading", 4)],
    marks,
    [
      list("bullets", "Bulleted list", "toggleBulletList", "bulletList", "8"),
      list("numbers", "Numbered list", "toggleOrderedList", "orderedList", "7"),
      step("indent", "Indent", "indentItem", "Mod", "]"),
      step("outdent", "Outdent", "outdentItem", "Mod", "["),
    ],
    [link, table],
    inserts,
    [step("undo", "Undo", "undo", "Mod", "Z"), step("redo", "Redo", "redo", "Mod", "Shift", "Z")],
  ];
}

const change = (label, command) => ({
  label,
  run: (editor) => editor.chain().focus()[command]().run(),
  can: (editor) => editor.can()[command](),
});

/** What the table menu offers, in groups. */
export const TABLE_MENU = [
  [
    {
      label: "Insert table",
      run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
      can: (editor) => !editor.isActive("table") && editor.can().insertTable(),
    },
  ],
  [
    change("Add row above", "addRowBefore"),
    change("Add row below", "addRowAfter"),
    change("Add column left", "addColumnBefore"),
    change("Add column right", "addColumnAfter"),
  ],
  [change("Header row on or off", "toggleHeaderRow"), change("Header column on or off", "toggleHeaderColumn")],
  [change("Delete row", "deleteRow"), change("Delete column", "deleteColumn"), change("Delete table", "deleteTable")],
];

/** Pairs of what and how for the list of shortcuts. */
export function shortcutsFor(groups) {
  const listed = groups.flat().filter((tool) => tool.keys);
  return [
    ...listed.map(({ label, keys: how }) => [label, how]),
    ["Go to the toolbar", keys("Alt", "F10")],
    ["Leave the editor", "Tab"],
  ];
}
