// The figure node: a number in prose that is not written but placed. Stored as three attributes, shown as its words.

import { Node, Plugin } from "../django_prose_editor/editor.js";
import { make } from "./dom.js";
import { openFigureDialog } from "./figure-dialog.js";
import { selected } from "./selection.js";

export const Figure = Node.create({
  name: "figure",
  group: "inline",
  inline: true,
  atom: true,

  addOptions() {
    return { figures: null };
  },

  addAttributes() {
    const from = (name) => ({ rendered: false, parseHTML: (element) => element.getAttribute(name) });
    return { code: from("data-figure"), period: from("data-period"), show: from("data-show") };
  },

  parseHTML() {
    return [{ tag: "span[data-figure]" }];
  },

  renderHTML({ node }) {
    const { code, period, show } = node.attrs;
    return ["span", { "data-figure": code, "data-period": period, "data-show": show }];
  },

  // What goes into the clipboard as plain text
  renderText({ node }) {
    return this.options.figures?.wordsOf(node.attrs).text ?? `[${node.attrs.code}]`;
  },

  addNodeView() {
    return ({ node, editor }) => {
      const { figures } = this.options;
      const dom = make("span", {
        class: "editor-figure",
        role: "img",
        contenteditable: "false",
        ondblclick: () => editor.isEditable && figures && openFigureDialog(editor, figures),
      });
      const say = ({ state, text, label, about }) => {
        dom.textContent = text;
        dom.title = [label, about].filter(Boolean).join("\n");
        dom.dataset.state = state;
        dom.setAttribute("aria-label", [text, label, about].filter(Boolean).join(", "));
      };
      if (!figures)
        say({ state: "known", text: `[${node.attrs.code}]`, label: `${node.attrs.code}, ${node.attrs.period}` });
      const unwatch = figures?.watch(node.attrs, say);
      return { dom, destroy: unwatch, ignoreMutation: () => true };
    };
  },

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        if (selected(editor, "figure") === null || !this.options.figures) return false;
        openFigureDialog(editor, this.options.figures);
        return true;
      },
    };
  },

  // A slash at the start of a word asks for a figure; after "and" or a digit it is only a slash.
  addProseMirrorPlugins() {
    const { editor, options } = this;
    const handleTextInput = (view, from, to, text) => {
      const before = view.state.doc.resolve(from);
      const previous = before.parent.textBetween(Math.max(0, before.parentOffset - 1), before.parentOffset, null, "x");
      if (text !== "/" || !options.figures || /\S/.test(previous)) return false;
      openFigureDialog(editor, options.figures, { otherwise: "/" });
      return true;
    };
    return [new Plugin({ props: { handleTextInput } })];
  },
});
