// Under the text: what is at the cursor and what can be done with it, how many words there are, and help.

import { button } from "./dialog.js";
import { openHelpDialog, openLinkDialog, openNoteDialog } from "./dialogs.js";
import { make } from "./dom.js";
import { openFigureDialog } from "./figure-dialog.js";
import { selected } from "./selection.js";

const LINK_LOOK = "editor__foot-button";

export class Footer {
  #shown;

  constructor(editor, { figures, maxLength, shortcuts }) {
    this.editor = editor;
    this.figures = figures;
    this.maxLength = maxLength;
    this.about = make("p", { class: "editor__about", role: "status" });
    this.tip = make("p", { class: "editor__tip" }, figures && "Type / to insert a figure");
    this.actions = make("span", { class: "editor__actions" });
    this.excess = make("p", { class: "editor__excess", role: "status" });
    this.count = make("p", { class: "editor__count" });
    const help = button("Keyboard help", {
      class: LINK_LOOK,
      "aria-haspopup": "dialog",
      onclick: () => openHelpDialog(shortcuts),
    });
    this.element = make(
      "div",
      { class: "editor__foot" },
      make("div", { class: "editor__here" }, this.tip, this.about, this.actions),
      make("div", { class: "editor__sums" }, this.excess, this.count, help),
    );
  }

  /** `isChanged` says that the text is another, not only the place in it. */
  update({ isChanged }) {
    if (isChanged) this.#sum();
    this.#describe();
  }

  #sum() {
    const text = plainText(this.editor.state.doc);
    const count = wordCount(text);
    this.count.textContent = count === 1 ? "1 word" : `${count.toLocaleString("en-GB")} words`;
    const excess = text.length - this.maxLength;
    const message =
      excess > 0 ? `${excess.toLocaleString("en-GB")} ${excess === 1 ? "character" : "characters"} too many` : "";
    if (this.excess.textContent !== message) this.excess.textContent = message;
  }

  #describe() {
    const here = this.#here();
    if (here?.text === this.#shown) return;
    this.#shown = here?.text;
    this.tip.hidden = Boolean(here);
    this.about.textContent = here?.text ?? "";
    this.actions.replaceChildren(
      ...(here?.actions ?? []).map(([label, run]) => button(label, { class: LINK_LOOK, onclick: run })),
    );
  }

  #here() {
    const { editor, figures } = this;
    const remove = () => editor.chain().focus().deleteSelection().run();
    const figure = selected(editor, "figure");
    if (figure && figures) {
      const { text, label } = figures.wordsOf(figure);
      return {
        text: `${text}: ${label}`,
        actions: [
          ["Change figure", () => openFigureDialog(editor, figures)],
          ["Remove", remove],
        ],
      };
    }
    const note = selected(editor, "note");
    if (note)
      return {
        text: `Note: ${note.text}`,
        actions: [
          ["Edit note", () => openNoteDialog(editor)],
          ["Remove", remove],
        ],
      };
    const { href } = editor.getAttributes("link");
    if (!href) return null;
    const unlink = () => editor.chain().focus().extendMarkRange("link").unsetLink().run();
    return {
      text: `Link to ${href.replace(/^mailto:/i, "")}`,
      actions: [
        ["Edit link", () => openLinkDialog(editor)],
        ["Remove", unlink],
      ],
    };
  }
}

/** The text as `plain_text` in reports/richtext.py reads it: a line for each block, a figure as its code, no notes. */
function plainText(doc) {
  const leaf = (node) => ({ figure: `[${node.attrs.code}]`, hardBreak: "\n" })[node.type.name] ?? "";
  return doc.textBetween(0, doc.content.size, "\n", leaf).trim();
}

/** Words have a letter or a digit; a dash or a bullet alone is none. */
export function wordCount(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
