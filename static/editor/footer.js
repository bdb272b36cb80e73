// Under the text: what is at the cursor and what can be done with it, how many words there are, and help.

import { button } from "./dialog.js";
import { openHelpDialog, openLinkDialog, openNoteDialog } from "./dialogs.js";
import { make } from "./dom.js";
import { openFigureDialog } from "./figure-dialog.js";
import { SHOWS } from "./figures.js";
import { openPictureDialog } from "./picture-dialog.js";
import { openReferenceDialog } from "./reference-dialog.js";
import { around, selected } from "./selection.js";

const LINK_LOOK = "editor__foot-button";

export class Footer {
  #shown;

  /** `offers` are those of offers.js, null without figures. */
  constructor(editor, { stores, offers, maxLength, shortcuts }) {
    const { figures } = stores;
    this.editor = editor;
    this.stores = stores;
    this.offers = offers;
    this.maxLength = maxLength;
    this.about = make("p", { class: "editor__about", role: "status" });
    this.tip = make("p", { class: "editor__tip" }, figures && "Type / to insert a figure");
    this.actions = make("span", { class: "editor__actions" });
    this.said = make("p", { class: "editor__said", role: "status" });
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
      this.said,
      make("div", { class: "editor__here" }, this.tip, this.about, this.actions),
      make("div", { class: "editor__sums" }, this.excess, this.count, help),
    );
  }

  /** `isChanged` says that the text is another, not only the place in it. */
  update({ isChanged }) {
    if (isChanged) this.#sum();
    this.#describe();
  }

  /** Say something of what has just been done; "" takes it back. */
  say(words) {
    if (this.said.textContent !== words) this.said.textContent = words;
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
    const { editor } = this;
    const { figures, references, pictures } = this.stores;
    if (this.offers?.current) return this.#offered();
    const andGoOn = (run) => () => {
      run();
      editor.view.focus();
    };
    const remove = andGoOn(() => editor.commands.deleteSelection());
    const figure = selected(editor, "figure");
    if (figure && figures) {
      const { text, label, about } = figures.wordsOf(figure);
      return {
        text: [`${text}: ${label}`, about].filter(Boolean).join(" · "),
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
    const reference = selected(editor, "reference");
    if (reference && references) {
      const { text, label } = references.wordsOf(reference.ref);
      return {
        text: `${text}: cross-reference to ${label}`,
        actions: [
          ["Change cross-reference", () => openReferenceDialog(editor, references)],
          ["Remove", remove],
        ],
      };
    }
    const picture = around(editor, "picture")?.node.attrs;
    if (picture && pictures) {
      return {
        text: picture.alt ? `Picture: ${picture.alt}` : "This picture has no alternative text",
        actions: [["Change picture", () => openPictureDialog(editor, pictures)]],
      };
    }
    const { href } = editor.getAttributes("link");
    if (!href) return this.#inTable();
    const unlink = andGoOn(() => editor.chain().extendMarkRange("link").unsetLink().run());
    return {
      text: `Link to ${href.replace(/^mailto:/i, "")}`,
      actions: [
        ["Edit link", () => openLinkDialog(editor)],
        ["Remove", unlink],
      ],
    };
  }

  #offered() {
    const { editor, offers } = this;
    const { number, first, others } = offers.current;
    const { show } = first.figure;
    const what = show === "value" ? first.label : `${SHOWS[show].toLowerCase()} of ${first.label}`;
    const more = [`Other figures (${others})`, () => {
      offers.select();
      openFigureDialog(editor, this.stores.figures, { words: number });
    }];
    return {
      text: `${number} is ${what}. Use the figure?`,
      actions: [["Use it (Alt+Enter)", () => offers.take()], ...(others ? [more] : []), ["No", () => offers.decline()]],
    };
  }

  #inTable() {
    return this.editor.isActive("table") ? { text: IN_TABLE, actions: [] } : null;
  }
}

// WCAG asks that who is held by a table is told how to leave it.
const IN_TABLE = "In a table, Tab goes to the next cell. To leave it, press Escape, then Tab.";

/** The text as `plain_text` in reports/richtext/ reads it: a line for each block, a figure as its code, no notes. */
function plainText(doc) {
  const leaf = ({ type, attrs }) =>
    ({ figure: `[${attrs.code}]`, reference: `[${attrs.ref}]`, hardBreak: "\n" })[type.name] ?? "";
  return doc.textBetween(0, doc.content.size, "\n", leaf).trim();
}

/** Words have a letter or a digit; a dash or a bullet alone is none. */
export function wordCount(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
