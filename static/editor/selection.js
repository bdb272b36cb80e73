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
