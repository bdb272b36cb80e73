// Who else is in the section, and who writes in which block: a heartbeat to the server, and what it answers.

import { make } from "./dom.js";
import { guardHeldBlocks, hold } from "./holding.js";
import { post, postLast } from "./server.js";

const EVERY = 10_000;

/**
 * Events: "heard" when the server has answered, "refused" with its answer when it did not want to, "behind" with the
 * blocks in which others have saved something, "taken-over" with block and name, "won" with the block that was
 * taken over from somebody, "reload" when the page is to be shown anew.
 */
export class Together extends EventTarget {
  #blocks;
  #heartbeatUrl;
  #leaveUrl;
  #common;
  #here = null;
  #mine = null;
  #lost = new Set();
  #isAsking = false;
  #asksAgain = false;

  constructor(form, blocks, { heartbeatUrl, leaveUrl, common }) {
    super();
    this.#blocks = blocks;
    this.#heartbeatUrl = heartbeatUrl;
    this.#leaveUrl = leaveUrl;
    this.#common = common;
    this.element = make("div", { class: "portal-here", hidden: "" });
    form.prepend(this.element);
    guardHeldBlocks(form);
    form.addEventListener("focusin", ({ target }) => this.#enter(this.#blockOf(target)));
    document.addEventListener("section:swapped", () => this.#showHolders());
    setInterval(() => this.beat(), EVERY);
  }

  /** Tell the server that this window is here, and hear who else is. */
  async beat({ takesOver = false } = {}) {
    if (this.#isAsking) {
      this.#asksAgain ||= takesOver ? "take-over" : "beat";
      return;
    }
    this.#isAsking = true;
    const asked = this.#here;
    const fields = { ...this.#common, block: asked?.number ?? "", ...(takesOver && { take_over: 1 }) };
    const answer = await post(this.#heartbeatUrl, Object.entries(fields));
    this.#isAsking = false;
    if (answer.people) this.#hear(answer, { takesOver });
    else this.dispatchEvent(new CustomEvent("refused", { detail: answer }));
    if (answer.status === "wrong") this.#here = null; // the block is no longer in the section
    const again = this.#asksAgain || (asked !== this.#here && "beat");
    this.#asksAgain = false;
    if (again) this.beat({ takesOver: again === "take-over" });
  }

  /** Write in a block from now on, whoever does now. */
  takeOver(block) {
    this.#here = block;
    this.beat({ takesOver: true });
  }

  leave() {
    postLast(this.#leaveUrl, Object.entries(this.#common));
  }

  #blockOf(element) {
    const fieldset = element.closest("fieldset[data-block]");
    return this.#blocks.find(({ id }) => id === fieldset?.id) ?? null;
  }

  #enter(block) {
    if (block === this.#here || block?.fieldset.dataset.heldBy) return;
    this.#here = block;
    if (block) this.beat();
  }

  #hear({ people, held, yours, version }, { takesOver }) {
    const lost = this.#mine && this.#mine.number !== yours && held[this.#mine.number] ? this.#mine : null;
    this.dispatchEvent(new Event("heard"));
    this.held = held;
    this.#mine = this.#blocks.find(({ number }) => number === yours) ?? null;
    const goesToTakeOver = this.#asksAgain === "take-over";
    if (this.#here && held[this.#here.number] && !goesToTakeOver) this.#here = null;
    this.#lost = new Set([...this.#lost, lost].filter((block) => block && held[block.number]));
    this.#showHolders();
    this.#showPeople(people, version);
    if (lost) this.dispatchEvent(new CustomEvent("taken-over", { detail: { block: lost, name: held[lost.number] } }));
    if (takesOver && this.#mine) this.dispatchEvent(new CustomEvent("won", { detail: { block: this.#mine } }));
    const behind = this.#blocks.filter((block) => version[block.number] > block.version);
    if (behind.length) this.dispatchEvent(new CustomEvent("behind", { detail: { blocks: behind } }));
  }

  #showHolders() {
    for (const block of this.#blocks) {
      const name = this.held?.[block.number] ?? null;
      hold(block, name, { isLost: this.#lost.has(block), takeOver: () => this.takeOver(block) });
    }
  }

  #showPeople(people, version) {
    const others = people.filter((each) => !each.is_here).map((each) => this.#inWords(each));
    const known = new Set(this.#blocks.map(({ number }) => String(number)));
    const standing = Object.keys(version);
    const isArranged = standing.length !== known.size || standing.some((number) => !known.has(number));
    const words = others.length ? `Also here: ${[...new Set(others)].join("; ")}` : "";
    if (words === this.shown && isArranged === this.isArranged) return;
    [this.shown, this.isArranged] = [words, isArranged];
    this.element.replaceChildren(
      ...(words ? [make("p", { class: "portal-here__people" }, words)] : []),
      ...(isArranged ? [this.#arranged()] : []),
    );
    this.element.hidden = !words && !isArranged;
  }

  #inWords({ name, is_you: isYou, block }) {
    const where = this.#blocks.find(({ number }) => number === block);
    return `${isYou ? "you, in another window" : name}${where ? ` (writes in “${where.title}”)` : ""}`;
  }

  #arranged() {
    const show = () => this.dispatchEvent(new Event("reload"));
    return make(
      "p",
      {},
      "Somebody has added a part to this section or taken one out. ",
      make("button", { type: "button", class: "portal-saving__action", onclick: show }, "Show it as it is now"),
    );
  }
}
