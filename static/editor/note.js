// The note node: words that the report prints as a numbered note. Its text is an attribute, written in a dialog.

import { Node } from "../django_prose_editor/editor.js";
import { openNoteDialog } from "./dialogs.js";
import { make } from "./dom.js";
import { selected } from "./selection.js";

export const Note = Node.create({
  name: "note",
  group: "inline",
  inline: true,
  atom: true,

  addAttributes() {
    return { text: { default: "", rendered: false, parseHTML: (element) => element.getAttribute("data-note") } };
  },

  parseHTML() {
    return [{ tag: "span[data-note]" }];
  },

  renderHTML({ node }) {
    return ["span", { "data-note": node.attrs.text }];
  },

  renderText() {
    return "";
  },

  // The number is counted by the style sheet, so that it is right after every edit.
  addNodeView() {
    return ({ node, editor }) => {
      const { text } = node.attrs;
      const dom = make("span", {
        class: "editor-note",
        role: "img",
        contenteditable: "false",
        title: text,
        "aria-label": `Note: ${text}`,
        ondblclick: () => editor.isEditable && openNoteDialog(editor),
      });
      return { dom, ignoreMutation: () => true };
    };
  },

  addKeyboardShortcuts() {
    return {
      "Mod-Alt-f": ({ editor }) => openNoteDialog(editor),
      Enter: ({ editor }) => selected(editor, "note") !== null && openNoteDialog(editor),
    };
  },
});
