// One block of the section as this page has it: what is written, what of it the server has, and on which version it is.

import { baseOf, clearErrors, fill, fits, read, setBase, showErrors, swap } from "./block-fields.js";
import { newMark } from "./server.js";

/** How long after the last key it is sent, and how long at most while typing goes on. */
const PAUSE = 1000;
const LONGEST = 4500;

export class Block {
  /** Sent and not answered yet. It is sent again as it was, under the same key, until there is an answer. */
  attempt = null;
  /** Others have saved something in it that the page does not show. */
  isBehind = false;
  /** When it was last saved from here, as people write it. */
  savedAt = "";
  /** Why it cannot be saved as it stands: a sentence, or "". */
  problem = "";
  isClashing = false;
  /** That it was taken out of the section by somebody, in words; what is written in it is kept with it. */
  takenOut = "";

  #refused = null;
  #needsSwap = false;
  #firstKeyAt = 0;
  #lastKeyAt = 0;

  constructor(fieldset) {
    this.id = fieldset.id;
    this.number = Number(fieldset.dataset.block);
    // A page that came back with something unsaved says so; a choice that it offers has to be made first.
    this.saved = document.querySelector("[data-unsaved]") ? null : this.text;
    this.isClashing = Boolean(fieldset.querySelector(".portal-clash"));
    if (this.isClashing) this.problem = "Choose which of the two texts to keep.";
  }

  get fieldset() {
    return document.getElementById(this.id);
  }

  get title() {
    const kind = this.fieldset.querySelector("legend").textContent.trim();
    const heading = this.fieldset.querySelector(`[name="${this.id}-heading"]`)?.value.trim();
    return heading || kind;
  }

  get text() {
    return JSON.stringify(read(this.fieldset));
  }

  get version() {
    return Number(baseOf(this.fieldset).version);
  }

  get isUnsaved() {
    return this.text !== this.saved || Boolean(this.attempt && this.attempt.text !== this.saved);
  }

  get isStuck() {
    return this.isClashing || this.#isRefused;
  }

  get hasFocus() {
    return this.fieldset.contains(document.activeElement);
  }

  /** Whether somebody is in the middle of a sentence. */
  get isTyping() {
    return this.quietFor < PAUSE;
  }

  /** How long ago the last key was, in milliseconds. */
  get quietFor() {
    return Date.now() - this.#lastKeyAt;
  }

  touch() {
    this.#lastKeyAt = Date.now();
    this.#firstKeyAt ||= this.#lastKeyAt;
  }

  /** The moment from which it may be sent; never, where there is nothing to send. */
  readyAt({ isUrgent }) {
    if (this.isStuck) return Infinity;
    if (this.isUnsaved) {
      return isUrgent || this.attempt ? 0 : Math.min(this.#lastKeyAt + PAUSE, this.#firstKeyAt + LONGEST);
    }
    return this.isBehind && (!this.hasFocus || !this.#needsSwap) ? 0 : Infinity;
  }

  begin() {
    this.attempt ??= { key: newMark(), text: this.text, fields: read(this.fieldset), base: baseOf(this.fieldset) };
    this.#firstKeyAt = 0;
    return this.attempt;
  }

  /** The server has it. Gives whether others' changes were taken in with it. */
  accept({ status, version, at, merged }) {
    const { text } = this.attempt;
    this.attempt = null;
    this.saved = text;
    if (status === "saved") this.savedAt = at;
    this.problem = this.takenOut = "";
    clearErrors(this.fieldset);
    if (!merged) {
      this.#standOn(version);
      return false;
    }
    if (this.text === text && this.#takeIn(merged)) {
      this.#standOn(version);
      this.saved = this.text;
      return true;
    }
    this.isBehind = true;
    if (status === "saved") setBase(this.fieldset, { version, shows: "sent" });
    return false;
  }

  /** The server will not have it as it stands: it waits until it is written otherwise. */
  refuse(words, errors = {}) {
    this.#refused = this.attempt.text;
    this.attempt = null;
    const others = this.#refused === this.text ? showErrors(this.fieldset, errors) : [];
    this.problem = [words, ...others].join(" ");
  }

  /** Put both texts, or theirs, in place of what is written; or let it stand, on top of theirs. */
  goOnFrom(version, html = null) {
    this.isClashing = false;
    this.isBehind = false;
    this.problem = "";
    if (html) swap(this.fieldset, html);
    setBase(this.fieldset, { version, shows: "saved" });
  }

  /** What is written now is to be kept before anything else is, on top of this version. */
  keepFirst(version) {
    setBase(this.fieldset, { version, shows: "saved" });
    this.attempt = null;
    this.begin();
  }

  get #isRefused() {
    return this.#refused !== null && this.#refused === this.text;
  }

  #standOn(version) {
    setBase(this.fieldset, { version, shows: "saved" });
    this.isBehind = this.#needsSwap = false;
  }

  #takeIn({ fields, html }) {
    if (fits(this.fieldset, fields)) fill(this.fieldset, fields);
    else if (!this.hasFocus) swap(this.fieldset, html);
    else {
      this.#needsSwap = true;
      return false;
    }
    return true;
  }
}
