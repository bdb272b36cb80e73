// The rich text editor: an element around a textarea. The textarea stays what the form posts and what a script may read;
// the editor writes into it after every change and sends its "input" event.
//
//   <rich-text-editor><textarea name="body" data-editor="blocks" data-figures-url="…" data-max-length="50000" data-longest-word="1000">
//
// An element around it may say where pictures are kept and what can be referred to: data-images-url, data-image-url (the
// address of the picture 0) and data-references-url.
//
// It starts by itself wherever it appears on the page, later too, and after it was cloned or moved. In an empty form of a
// formset (an id with __prefix__) it waits for its clone. Events on the textarea: "input", "change", "editor:ready", and
// "editor:set" where setHtml has put another text in.

import { Editor, createDocument } from "../django_prose_editor/editor.js";
import { changesBetween } from "./changes.js";
import { openRefusal } from "./dialogs.js";
import { make, newId } from "./dom.js";
import { figuresFrom } from "./figures.js";
import { Footer } from "./footer.js";
import { Offers } from "./offers.js";
import { asWords, leftOut, pictureIn, refusal, tidyPastedHtml, withoutBlocks } from "./paste.js";
import { openPictureDialog } from "./picture-dialog.js";
import { picturesFrom } from "./pictures.js";
import { referencesFrom } from "./references.js";
import { extensionsFor } from "./schema.js";
import { Toolbar } from "./toolbar.js";
import { shortcutsFor, toolsFor } from "./tools.js";

class RichTextEditor extends HTMLElement {
  #editor = null;
  #frame = null;
  #leave = new AbortController();
  #written = "";
  #settled = "";
  #isDrawing = false;
  #isChanged = false;

  // After the current script has ended: a clone then has its own ids, and a moved element is in place again.
  connectedCallback() {
    queueMicrotask(() => this.isConnected && !this.#editor && this.#start());
  }

  disconnectedCallback() {
    queueMicrotask(() => !this.isConnected && this.#stop());
  }

  /** TipTap's own editor, null before the start. */
  get editor() {
    return this.#editor;
  }

  /**
   * Put another text in place of the present one, by the smallest changes, so that the cursor stays where it was. What
   * came from elsewhere is not undone with what was typed here, and is no "input".
   */
  setHtml(html) {
    const { state, view, schema } = this.#editor;
    const changes = changesBetween(state.doc, createDocument(html, schema));
    if (!changes.length) return;
    const { tr } = state;
    for (const { from, to, slice } of changes) tr.replace(from, to, slice);
    view.dispatch(tr.setMeta("addToHistory", false).setMeta("preventUpdate", true));
    this.#written = this.textarea.value = this.#html();
    this.textarea.dispatchEvent(new CustomEvent("editor:set", { bubbles: true }));
  }

  #start() {
    const textarea = this.querySelector("textarea");
    if (!textarea || textarea.id.includes("__prefix__")) return;
    // What a clone has brought with it
    this.querySelector(".editor__frame")?.remove();
    this.textarea = textarea;
    const kind = textarea.dataset.editor;
    const stores = {
      figures: figuresFrom(textarea.dataset.figuresUrl),
      references: referencesFrom(this),
      pictures: kind === "blocks" ? picturesFrom(this) : null,
    };
    const isEditable = !textarea.disabled && !textarea.readOnly;
    this.#editor = new Editor({
      element: null,
      editable: isEditable,
      content: textarea.value,
      extensions: extensionsFor(kind, stores),
      injectCSS: false, // static/scss/_editor.scss has it: a style element would need a nonce
      editorProps: { attributes: this.#attributes(), ...scrolling, ...this.#pasting(kind, stores.pictures) },
    });
    this.#draw(kind, stores, isEditable);
    this.#listen();
    textarea.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail: { editor: this.#editor } }));
  }

  #stop() {
    if (!this.#editor) return;
    this.#leave.abort();
    this.#leave = new AbortController();
    this.offers?.stop();
    this.#editor.destroy();
    this.#editor = null;
    this.#frame.remove();
    this.classList.remove("editor--ready");
  }

  // The label names the text and the toolbar; hint and error describe the text as they described the textarea.
  #attributes() {
    const { textarea } = this;
    const label = textarea.labels[0];
    // Its own id, but not one that it was given here before it was cloned
    if (label && (!label.id || label.id.endsWith("-label"))) label.id = `${textarea.id || newId()}-label`;
    const attributes = {
      role: "textbox",
      "aria-multiline": String(textarea.dataset.editor !== "words"),
      "aria-labelledby": label?.id,
      "aria-label": label ? null : (textarea.getAttribute("aria-label") ?? textarea.name),
      "aria-describedby": textarea.getAttribute("aria-describedby"),
      "aria-invalid": textarea.getAttribute("aria-invalid"),
      "aria-required": textarea.getAttribute("aria-required"),
      "aria-readonly": textarea.disabled || textarea.readOnly ? "true" : null,
      class: "editor__text",
      lang: "en-GB",
      spellcheck: "true",
    };
    return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value));
  }

  #pasting(kind, pictures) {
    const take = (data) => {
      if (takePicture(data, this.#editor, pictures)) return true;
      this.footer.say(leftOut(data, { hasPictures: Boolean(pictures) }));
      return false;
    };
    const inOneParagraph = {
      transformPasted: (slice) => asWords(slice, this.#editor.schema),
      transformPastedHTML: (html) => withoutBlocks(tidy(html)),
    };
    return {
      handlePaste: (view, { clipboardData }) => {
        const reason = refusal(clipboardData, { longestWord: Number(this.textarea.dataset.longestWord ?? Infinity) });
        if (reason) openRefusal(reason);
        return Boolean(reason) || take(clipboardData);
      },
      handleDrop: (view, { dataTransfer }) => take(dataTransfer),
      transformPastedHTML: tidy,
      ...(kind === "words" && inOneParagraph),
    };
  }

  #draw(kind, stores, isEditable) {
    const { textarea } = this;
    const groups = toolsFor(kind, stores);
    const text = make("div", { class: "editor__page" });
    const isWrong = textarea.matches(".govuk-textarea--error, [aria-invalid=true]");
    this.#frame = make("div", {
      class: `editor__frame editor__frame--${kind}${isWrong ? " editor__frame--error" : ""}`,
    });
    this.offers =
      isEditable && stores.figures
        ? new Offers(this.#editor, stores.figures, () => this.#update({ isChanged: false }))
        : null;
    this.footer = new Footer(this.#editor, {
      stores,
      offers: this.offers,
      maxLength: Number(textarea.dataset.maxLength ?? Infinity),
      shortcuts: shortcutsFor(groups),
    });
    if (isEditable) {
      const { id: labelledBy } = textarea.labels[0] ?? {};
      this.toolbar = new Toolbar(this.#editor, groups, {
        labelledBy,
        label: textarea.getAttribute("aria-label") ?? textarea.name,
      });
      this.#frame.append(this.toolbar.element);
    }
    this.#frame.append(text, this.footer.element);
    this.append(this.#frame);
    this.#editor.mount(text);
    // The textarea keeps its id: a label or an error summary that points to it leads into the editor.
    textarea.tabIndex = -1;
    textarea.setAttribute("aria-hidden", "true");
    this.classList.add("editor--ready");
    this.#update({ isChanged: true });
  }

  #listen() {
    const { signal } = this.#leave;
    const editor = this.#editor;
    editor.on("update", () => this.#write());
    editor.on("transaction", ({ transaction }) => {
      const isPasted = ["paste", "drop"].includes(transaction.getMeta("uiEvent"));
      if (transaction.docChanged && !isPasted && !transaction.getMeta("preventUpdate")) this.footer.say("");
      this.#update({ isChanged: transaction.docChanged });
    });
    editor.on("blur", () => this.#settle());
    this.textarea.addEventListener("focus", () => editor.view.focus(), { signal });
    this.textarea.form?.addEventListener("reset", () => setTimeout(() => this.#read()), { signal });
    // A browser may put back what was typed before the page was left, after the script has run.
    window.addEventListener("pageshow", () => this.#written !== this.textarea.value && this.#read(), { signal });
    this.#written = this.#settled = this.textarea.value;
    this.#frame.addEventListener("keydown", (event) => this.#key(event), { signal });
  }

  #write() {
    this.#written = this.#html();
    this.textarea.value = this.#written;
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // As a textarea does: "change" when it is left with another text than it was entered with
  #settle() {
    if (this.#settled === this.textarea.value) return;
    this.#settled = this.textarea.value;
    this.textarea.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #read() {
    this.#written = this.textarea.value;
    this.#editor.commands.setContent(this.#written, { emitUpdate: false });
  }

  #html() {
    const html = this.#editor.getHTML();
    if (this.textarea.dataset.editor === "words") return html.replace(/^<p>|<\/p>$/g, "");
    return html.replace(/(<p><\/p>)+$/, ""); // an empty text, or the place to go on writing after a table
  }

  // Once for each picture that the browser draws, however many changes there were
  #update({ isChanged }) {
    this.#isChanged ||= isChanged;
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      if (!this.#editor) return;
      this.toolbar?.update();
      this.footer.update({ isChanged: this.#isChanged });
      this.#isChanged = false;
    });
  }

  #key(event) {
    if (event.altKey && event.key === "F10" && this.toolbar) {
      event.preventDefault();
      this.toolbar.focus();
    } else if (event.altKey && event.key === "Enter" && this.offers?.take()) {
      event.preventDefault();
    }
  }
}

// The cursor stays clear of toolbar and footer, which keep to the edges of the window.
const ROOM = { top: 90, bottom: 150, left: 0, right: 0 };
const scrolling = { scrollMargin: ROOM, scrollThreshold: ROOM };

// What was copied in an editor of ours comes back as it is.
const tidy = (html) => (html.includes("data-pm-slice") ? html : tidyPastedHtml(html));

// A picture by itself asks for its alternative text, then it is added.
function takePicture(data, editor, pictures) {
  const file = pictures && pictureIn(data);
  if (!file) return false;
  openPictureDialog(editor, pictures, { file });
  return true;
}

customElements.define("rich-text-editor", RichTextEditor);
