// Words in another language than English, so that they are read out in it. They come by paste or from a Word file.

import { Mark } from "../django_prose_editor/editor.js";

export const Language = Mark.create({
  name: "language",

  addAttributes() {
    return { lang: { default: null } };
  },

  parseHTML() {
    return [{ tag: "span[lang]", getAttrs: ({ lang }) => (/^(en|x)\b/i.test(lang) ? false : null) }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["span", HTMLAttributes, 0];
  },
});
