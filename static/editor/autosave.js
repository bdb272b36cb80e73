// Saves the section while it is written, and tells how that stands. Without this script the form saves it as a whole.
//
// Others may rely on, as events of the document: "section:saved" and "section:merged" (detail: block, version, words),
// "section:swapped" (detail: block, fieldset), and may ask by "section:flush" (detail: wait, a list of promises) that
// everything is saved.

import { Block } from "./block.js";
import { focusOn, resolveClash, showClash } from "./clash.js";
import { openCopyDialog } from "./copy-text.js";
import { Outbox } from "./outbox.js";
import { markBlock, SavingLine } from "./saving-line.js";
import { stateOf, stateOfBlock } from "./saving-words.js";
import { newMark } from "./server.js";
import { SignInAgain } from "./sign-in-again.js";
import { Together } from "./together.js";

/** How long a page waits before it looks at what was typed: not at every key. */
const LOOK_AFTER = 150;

class SectionPage {
  #wakes = null;
  #isAsking = false;
  #isSendingForm = false;
  #signedInAt = 0;

  constructor(bar) {
    const { saveUrl, heartbeatUrl, leaveUrl, sessionUrl, signInUrl, signOutUrl, doneUrl, person, name } = bar.dataset;
    this.bar = bar;
    this.form = bar.closest("form");
    this.doneUrl = doneUrl;
    this.blocks = [...this.form.querySelectorAll("fieldset[data-block]")].map((fieldset) => new Block(fieldset));
    this.line = new SavingLine(bar.querySelector("[data-saving-line]"));
    const common = { window: newMark(), person };
    this.outbox = new Outbox(this.blocks, { addressOf: ({ number }) => saveUrl.replace("/0/", `/${number}/`), common });
    this.signIn = new SignInAgain({ person, name, session: sessionUrl, signIn: signInUrl, signOut: signOutUrl });
    this.together = new Together(this.form, this.blocks, { heartbeatUrl, leaveUrl, common });
  }

  start() {
    this.#listenToWriting();
    this.#listenToSaving();
    this.#listenToTheOthers();
    this.#listenToThePage();
    this.#changeTheButtons();
    this.outbox.wake();
    this.together.beat();
  }

  #listenToWriting() {
    for (const type of ["input", "change"]) this.form.addEventListener(type, ({ target }) => this.#touch(target));
    this.form.addEventListener("focusout", () => this.#look());
  }

  #touch(field) {
    const block = this.blocks.find(({ id }) => id === field.closest("fieldset[data-block]")?.id);
    if (!block) return;
    block.touch();
    this.#look();
    if (this.outbox.halt?.kind === "signed-out" && !this.outbox.halt.wasAsked) this.#askToSignIn();
  }

  #look() {
    this.#wakes ??= setTimeout(() => {
      this.#wakes = null;
      this.outbox.wake();
    }, LOOK_AFTER);
  }

  #listenToSaving() {
    const { outbox } = this;
    outbox.addEventListener("change", () => this.#show());
    outbox.addEventListener("clash", ({ detail }) => this.#offerChoice(detail));
    outbox.addEventListener("halt", () => this.#whenHalted());
    document.addEventListener("section:merged", ({ detail }) => {
      const block = this.blocks.find(({ number }) => number === detail.block);
      this.line.announce(`“${block.title}” now shows what others have changed.`);
    });
  }

  #offerChoice({ block, answer }) {
    block.problem = `${answer.by || "Somebody else"} changed the same words. Choose which to keep.`;
    showClash(block, answer.html, (choice) => {
      resolveClash(block, answer, choice);
      if (choice !== "theirs") this.together.takeOver(block); // to make one text of the two
      this.outbox.wake();
    });
  }

  // Who has nothing unsaved is not interrupted: they are asked at their next key.
  async #whenHalted() {
    const { outbox, signIn } = this;
    if (outbox.halt.kind === "signed-out") return outbox.unsaved.length && this.#askToSignIn();
    await signIn.check();
    if (signIn.other) outbox.stop("signed-out");
  }

  async #askToSignIn() {
    if (this.#isAsking || !this.outbox.halt) return;
    this.#isAsking = true;
    this.outbox.halt.wasAsked = true;
    while (this.blocks.some((block) => block.isTyping)) await seconds(0.2);
    if (Date.now() - this.#signedInAt < 5000) await seconds(2); // it did not help a moment ago
    const isSignedIn = await this.signIn.ask();
    this.#isAsking = false;
    if (!isSignedIn) return;
    this.#signedInAt = Date.now();
    this.outbox.resume();
  }

  #listenToTheOthers() {
    const { outbox, together } = this;
    together.addEventListener("heard", () => outbox.halt && outbox.resume());
    together.addEventListener("behind", ({ detail }) => {
      detail.blocks.forEach((block) => (block.isBehind = true));
      outbox.wake();
    });
    together.addEventListener("taken-over", ({ detail: { block, name } }) => {
      this.line.announce(`${name} has taken over “${block.title}”.`);
    });
    together.addEventListener("won", ({ detail: { block } }) => block.hasFocus || focusOn(block.fieldset));
    together.addEventListener("reload", () => outbox.flush().then(() => location.reload(), ignore));
    together.addEventListener("refused", ({ detail }) => this.#whenRefused(detail));
  }

  async #whenRefused({ status, reason }) {
    const { outbox, signIn } = this;
    if (status === "signed-out" || status === "wrong-token") {
      if (!(await signIn.check())) return outbox.halt || outbox.stop("signed-out");
      if (outbox.halt) outbox.resume();
    } else if (status === "removed" || status === "not-allowed") {
      if (!outbox.halt) outbox.stop("refused", reason);
    }
  }

  #listenToThePage() {
    const { outbox, together } = this;
    document.addEventListener("section:flush", ({ detail }) => detail.wait.push(outbox.flush()));
    window.addEventListener("online", () => outbox.tryAgain());
    window.addEventListener("beforeunload", (event) => {
      if (!outbox.unsaved.length || this.#isSendingForm) return;
      event.preventDefault();
      outbox.flush().catch(ignore);
    });
    window.addEventListener("pagehide", () => {
      outbox.sendLast();
      together.leave();
    });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#comeBack());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) outbox.flush().catch(ignore);
      else together.beat();
    });
  }

  // Back to a page that the browser has kept as it was: others may have gone on meanwhile.
  #comeBack() {
    this.blocks.forEach((block) => (block.isBehind = true));
    this.outbox.tryAgain();
    this.together.beat();
  }

  // "Save section" saves what waits and leads to the section; the Enter key in a field only saves.
  #changeTheButtons() {
    for (const place of [this.bar, document.querySelector(".portal-trail")]) {
      place.querySelectorAll("[data-without-script]").forEach((words) => (words.hidden = true));
      place.querySelectorAll("[data-with-script]").forEach((words) => (words.hidden = false));
    }
    this.form.addEventListener("submit", (event) => {
      this.#isSendingForm = Boolean(event.submitter?.name);
      if (this.#isSendingForm) return;
      event.preventDefault();
      const isDone = this.bar.contains(event.submitter);
      this.outbox.flush().then(() => isDone && location.assign(this.doneUrl), ignore);
    });
  }

  #show() {
    const { halt, unsaved } = this.outbox;
    const actions = {
      "Sign in": () => this.#askToSignIn(),
      "Try again": () => this.outbox.resume(),
      "Copy the text": () => openCopyDialog(unsaved.length ? unsaved : this.blocks),
    };
    this.line.show(stateOf(this.outbox, this.blocks), actions);
    const isHeldUp = Boolean(halt || this.outbox.trouble);
    for (const block of this.blocks) markBlock(block, stateOfBlock(block, { isHeldUp }));
  }
}

const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));

/** Of what is not saved: the line says so itself. */
const ignore = () => {};

const bar = document.querySelector("[data-saving]");
if (bar) new SectionPage(bar).start();
