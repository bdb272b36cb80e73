// The rich text editor: an element around a textarea. The textarea stays what the form posts and what a script may read;
// the editor writes into it after every change and sends its "input" event.
//
//   <rich-text-editor><textarea name="body" data-editor="blocks" data-figures-url="…" data-max-length="50000">
//
// It starts by itself wherever it appears on the page, later too, and after it was cloned or moved. In an empty form of a
// formset (an id with __prefix__) it waits for its clone. Events on the textarea: "input", "change", "editor:ready".

import { Editor } from "../django_prose_editor/editor.js";
import { openRefusal } from "./dialogs.js";
import { make, newId } from "./dom.js";
import { figuresFrom } from "./figures.js";
import { Footer } from "./footer.js";
import { asWords, refusal, tidyPastedHtml } from "./paste.js";
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

  /** Put another text in place of the present one; it can be undone. */
  setHtml(html) {
    this.#editor.commands.setContent(html, { emitUpdate: true });
  }

  #start() {
    const textarea = this.querySelector("textarea");
    if (!textarea || textarea.id.includes("__prefix__")) return;
    // What a clone has brought with it
    this.querySelector(".editor__frame")?.remove();
    this.textarea = textarea;
    const kind = textarea.dataset.editor;
    const figures = figuresFrom(textarea.dataset.figuresUrl);
    const isEditable = !textarea.disabled && !textarea.readOnly;
    this.#editor = new Editor({
      element: null,
      editable: isEditable,
      content: textarea.value,
      extensions: extensionsFor(kind, figures),
      injectCSS: false, // static/scss/_editor.scss has it: a style element would need a nonce
      editorProps: { attributes: this.#attributes(), ...scrolling, ...pasting(kind, () => this.#editor.schema) },
    });
    this.#draw(kind, figures, isEditable);
    this.#listen();
    textarea.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail: { editor: this.#editor } }));
  }

  #stop() {
    if (!this.#editor) return;
    this.#leave.abort();
    this.#leave = new AbortController();
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

  #draw(kind, figures, isEditable) {
    const { textarea } = this;
    const groups = toolsFor(kind, figures);
    const text = make("div", { class: "editor__page" });
    const isWrong = textarea.matches(".govuk-textarea--error, [aria-invalid=true]");
    this.#frame = make("div", {
      class: `editor__frame editor__frame--${kind}${isWrong ? " editor__frame--error" : ""}`,
    });
    this.footer = new Footer(this.#editor, {
      figures,
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
    editor.on("transaction", ({ transaction }) => this.#update({ isChanged: transaction.docChanged }));
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
    if (this.#editor.isEmpty) return "";
    const html = this.#editor.getHTML();
    if (this.textarea.dataset.editor === "words") return html.replace(/^<p>|<\/p>$/g, "");
    return html.replace(/(<p><\/p>)+$/, ""); // the place to go on writing after a table
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
    }
  }
}

// The cursor stays clear of toolbar and footer, which keep to the edges of the window.
const ROOM = { top: 90, bottom: 150, left: 0, right: 0 };
const scrolling = { scrollMargin: ROOM, scrollThreshold: ROOM };

const pasting = (kind, schema) => ({
  handlePaste: (view, event) => {
    const reason = refusal(event.clipboardData);
    if (reason) openRefusal(reason);
    return Boolean(reason);
  },
  // What was copied in an editor of ours comes back as it is.
  transformPastedHTML: (html) => (html.includes("data-pm-slice") ? html : tidyPastedHtml(html)),
  ...(kind === "words" && { transformPasted: (slice) => asWords(slice, schema()) }),
});

customElements.define("rich-text-editor", RichTextEditor);
