// Sends what is written: one request at a time, soon after the last key, and again until the server has answered.

import { post } from "./server.js";

const PAUSES = [1, 2, 4, 8, 15, 30].map((seconds) => seconds * 1000);

/**
 * Events: "change" whenever something about saving is different, "halt" when nothing can be sent any more, and
 * "clash" with the block and the server's answer as `detail`.
 */
export class Outbox extends EventTarget {
  /** Why nothing can be sent at all: `kind` is "signed-out" or "refused", with a `reason`. Null while it can. */
  halt = null;
  /** "no-connection" or "trouble" while it is tried again. */
  trouble = null;
  savedAt = null;

  #blocks;
  #addressOf;
  #common;
  #inFlight = null;
  #timer = null;
  #tries = 0;
  #retryAt = 0;
  #isUrgent = false;
  #waiting = [];

  constructor(blocks, { addressOf, common }) {
    super();
    this.#blocks = blocks;
    this.#addressOf = addressOf;
    this.#common = common;
  }

  get unsaved() {
    return this.#blocks.filter((block) => block.isUnsaved);
  }

  get isSending() {
    return Boolean(this.#inFlight);
  }

  /** Look again at what there is to send. */
  wake() {
    this.#settle();
    this.dispatchEvent(new Event("change"));
    clearTimeout(this.#timer);
    if (this.#inFlight || this.halt) return;
    const { at } = this.#first();
    if (at < Infinity) this.#timer = setTimeout(() => this.#sendNext(), Math.max(at, this.#retryAt) - Date.now());
  }

  /** Send what waits now. Resolves when all is saved, rejects where something cannot be saved for now. */
  flush() {
    this.#isUrgent = true;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.tryAgain();
    });
  }

  tryAgain() {
    this.#retryAt = 0;
    this.trouble = null;
    this.wake();
  }

  resume() {
    this.halt = null;
    this.tryAgain();
  }

  stop(kind, reason = "") {
    this.halt = { kind, reason };
    this.wake();
    this.dispatchEvent(new Event("halt"));
  }

  /** The page is being left: no answer will be read. The same keys make it harmless where it was sent already. */
  sendLast() {
    for (const block of this.unsaved) {
      if (!block.isStuck) this.#post(block, { keepalive: true });
    }
  }

  #first() {
    const [first] = this.#blocks
      .map((block) => ({ block, at: block.readyAt({ isUrgent: this.#isUrgent }) }))
      .sort((one, other) => one.at - other.at);
    return first ?? { at: Infinity };
  }

  async #sendNext() {
    const { block, at } = this.#first();
    if (at > Date.now()) return this.wake();
    this.#inFlight = block;
    const answering = this.#post(block);
    this.dispatchEvent(new Event("change"));
    const answer = await answering;
    this.#inFlight = null;
    this.#take(block, answer);
    this.wake();
  }

  #post(block, options) {
    const { fields, base, key } = block.begin();
    const { version, shows } = base;
    const more = { [`${block.id}-version`]: version, [`${block.id}-shows`]: shows, key, ...this.#common };
    return post(this.#addressOf(block), [...fields, ...Object.entries(more)], options);
  }

  #take(block, answer) {
    this.trouble = null;
    if (answer.status in ANSWERS) {
      this.#tries = 0;
      return ANSWERS[answer.status](this, block, answer);
    }
    this.trouble = answer.status === "no-connection" ? "no-connection" : "trouble";
    this.#retryAt = Date.now() + PAUSES[Math.min(this.#tries, PAUSES.length - 1)];
    this.#tries += 1;
  }

  #settle() {
    if (!this.unsaved.length) {
      this.#isUrgent = false;
      this.#waiting.splice(0).forEach(({ resolve }) => resolve());
    } else if (this.halt || this.trouble || this.#blocks.some((block) => block.isUnsaved && block.isStuck)) {
      this.#waiting.splice(0).forEach(({ reject }) => reject(new Error("Not saved yet")));
    }
  }
}

const ANSWERS = {
  saved: (outbox, block, answer) => {
    const isMerged = block.accept(answer);
    outbox.savedAt = answer.at;
    const detail = { block: block.number, version: answer.version, words: answer.words };
    if (answer.status === "saved") document.dispatchEvent(new CustomEvent("section:saved", { detail }));
    if (isMerged) document.dispatchEvent(new CustomEvent("section:merged", { detail }));
  },
  unchanged: (...args) => ANSWERS.saved(...args),
  clash: (outbox, block, answer) => {
    block.attempt = null;
    block.isClashing = true;
    outbox.dispatchEvent(new CustomEvent("clash", { detail: { block, answer } }));
  },
  wrong: (_, block, { errors }) => block.refuse("Correct what is marked.", errors),
  "too-large": (_, block) => block.refuse("It is too long to be saved. Shorten it, or make two parts of it."),
  "signed-out": (outbox) => outbox.stop("signed-out"),
  "wrong-token": (outbox) => outbox.stop("signed-out"),
  "not-allowed": (outbox, _, { reason }) => outbox.stop("refused", reason),
  "not-found": (outbox) => outbox.stop("refused", "You cannot write in this section any more."),
  removed: (outbox, block, answer) => {
    if (!answer.version) return outbox.stop("refused", answer.reason); // it is the whole section
    ANSWERS.saved(outbox, block, { ...answer, status: "saved" });
    block.takenOut = answer.reason;
  },
};
