// The picture node: a picture that the report keeps, with its alternative text; its content is the caption.

import { Node, pm } from "../django_prose_editor/editor.js";
import { make } from "./dom.js";
import { openPictureDialog } from "./picture-dialog.js";
import { around, selected } from "./selection.js";

const { NodeSelection, TextSelection } = pm.state;

export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "inline*",
  defining: true,
  isolating: true,
  draggable: true,

  addOptions() {
    return { pictures: null };
  },

  addAttributes() {
    const from = (name) => ({
      rendered: false,
      parseHTML: (element) => element.querySelector("img")?.getAttribute(name) ?? "",
    });
    return { image: from("data-image"), alt: from("alt") };
  },

  parseHTML() {
    return [
      {
        tag: "figure",
        getAttrs: (element) => (element.querySelector("img[data-image]") ? {} : false),
        contentElement: (element) => element.querySelector("figcaption") ?? document.createElement("figcaption"),
      },
    ];
  },

  renderHTML({ node }) {
    const { image, alt } = node.attrs;
    return ["figure", ["img", { "data-image": image, alt }], ["figcaption", 0]];
  },

  addNodeView() {
    return ({ node, editor }) => {
      const { pictures } = this.options;
      const image = make("img", {
        contenteditable: "false",
        draggable: "false",
        ondblclick: () => editor.isEditable && pictures && openPictureDialog(editor, pictures),
      });
      const missing = make("span", { class: "editor-picture__missing", contenteditable: "false" });
      const caption = make("figcaption", { class: "editor-picture__caption" });
      const dom = make("figure", { class: "editor-picture" }, image, missing, caption);
      const show = ({ attrs, content }) => {
        const address = pictures?.addressOf(attrs.image);
        if (address && image.getAttribute("src") !== address) image.src = address;
        image.hidden = !address;
        image.alt = attrs.alt;
        missing.textContent = attrs.alt ? "" : "This picture has no alternative text.";
        caption.classList.toggle("editor-picture__caption--empty", content.size === 0);
      };
      show(node);
      return {
        dom,
        contentDOM: caption,
        update: (changed) => {
          if (changed.type !== node.type) return false;
          show(changed);
          return true;
        },
        ignoreMutation: (mutation) => !caption.contains(mutation.target) || mutation.target === caption,
      };
    };
  },

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        if (selected(editor, "picture") && this.options.pictures) return openPictureDialog(editor, this.options.pictures);
        return goOnBelow(editor);
      },
      Backspace: ({ editor }) => selectWhole(editor),
    };
  },
});

// Enter in a caption goes on in a paragraph below the picture.
function goOnBelow(editor) {
  const picture = around(editor, "picture");
  if (!picture) return false;
  const below = picture.pos + picture.node.nodeSize;
  const { tr, schema } = editor.state;
  tr.insert(below, schema.nodes.paragraph.create());
  editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, below + 1)).scrollIntoView());
  return true;
}

// Backspace at the beginning of a caption selects the picture, so that a second one removes it.
function selectWhole(editor) {
  const { selection, doc, tr } = editor.state;
  const picture = around(editor, "picture");
  if (!picture || selection.node || !selection.empty || selection.$from.parentOffset > 0) return false;
  editor.view.dispatch(tr.setSelection(NodeSelection.create(doc, picture.pos)));
  return true;
}
