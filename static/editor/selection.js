// What is selected.

import { pm } from "../django_prose_editor/editor.js";

/** The attributes of the selected node if it is a `name`, else null. */
export function selected(editor, name) {
  const { selection } = editor.state;
  return selection instanceof pm.state.NodeSelection && selection.node.type.name === name ? selection.node.attrs : null;
}

/** How many lists the cursor is in, one inside the other. */
export function listDepth(editor) {
  const { $from } = editor.state.selection;
  let depth = 0;
  for (let level = $from.depth; level > 0; level -= 1) depth += $from.node(level).type.name === "listItem";
  return depth;
}

/** The node of this name that the cursor is in or that is selected, with its place: `{node, pos}`, else null. */
export function around(editor, name) {
  const { selection } = editor.state;
  if (selection.node?.type.name === name) return { node: selection.node, pos: selection.from };
  const { $from } = selection;
  for (let level = $from.depth; level > 0; level -= 1) {
    if ($from.node(level).type.name === name) return { node: $from.node(level), pos: $from.before(level) };
  }
  return null;
}

/** Whether the table at the cursor has header cells in its first row ("row") or in its first column ("column"). */
export function hasHeader(editor, where) {
  const table = around(editor, "table")?.node;
  if (!table) return false;
  const cells = [];
  if (where === "row") table.firstChild.forEach((cell) => cells.push(cell));
  // The first row may be a header row: its corner says nothing of the column
  else table.forEach((row, _, place) => (place > 0 || table.childCount === 1) && cells.push(row.firstChild));
  return cells.every((cell) => cell?.type.name === "tableHeader");
}
