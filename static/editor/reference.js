// The cross-reference node: the report puts "section 4.1" or a chart's name in its place, and a link.

import { Node } from "../django_prose_editor/editor.js";
import { make } from "./dom.js";
import { openReferenceDialog } from "./reference-dialog.js";
import { selected } from "./selection.js";

export const Reference = Node.create({
  name: "reference",
  group: "inline",
  inline: true,
  atom: true,
  marks: "",

  addOptions() {
    return { references: null };
  },

  addAttributes() {
    return { ref: { rendered: false, parseHTML: (element) => element.getAttribute("data-ref") } };
  },

  parseHTML() {
    return [{ tag: "span[data-ref]" }];
  },

  renderHTML({ node }) {
    return ["span", { "data-ref": node.attrs.ref }];
  },

  renderText({ node }) {
    return this.options.references?.wordsOf(node.attrs.ref).text ?? `[${node.attrs.ref}]`;
  },

  addNodeView() {
    return ({ node, editor }) => {
      const { references } = this.options;
      const { ref } = node.attrs;
      const dom = make("span", {
        class: "editor-figure editor-reference",
        role: "img",
        contenteditable: "false",
        ondblclick: () => editor.isEditable && references && openReferenceDialog(editor, references),
      });
      const say = ({ state, text, label }) => {
        dom.textContent = text;
        dom.title = `Cross-reference to ${label}`;
        dom.dataset.state = state;
        dom.setAttribute("aria-label", `${text}, cross-reference to ${label}`);
      };
      if (!references) say({ state: "known", text: `[${ref}]`, label: ref });
      const unwatch = references?.watch(ref, say);
      return { dom, destroy: unwatch, ignoreMutation: () => true };
    };
  },

  addKeyboardShortcuts() {
    const open = ({ editor }) => this.options.references !== null && openReferenceDialog(editor, this.options.references);
    return {
      "Mod-Alt-r": open,
      Enter: (props) => selected(props.editor, "reference") !== null && open(props),
    };
  },
});
