// A number that somebody types may be one that the portal keeps. Then the figure is offered in its place: it stays right
// when the value changes. Nothing is replaced that nobody has said yes to.

const PAUSE = 400; // milliseconds without a key before the server is asked

// The number that ends at the cursor, or before the one sign that has been typed after it.
const TYPED = /(?:^|[\s(“‘"'–])((?:\d{1,3}(?:,\d{3})+|\d{2,})(?:\.\d+)?%?)[\s.,;:)”’"']?$/;
const YEAR = /^(19|20)\d\d$/;
const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
const NO_FIGURE_BEFORE = new RegExp(`(?:${MONTHS}|section|chapter|page|paragraph|article|aged|ages?)\\s+$`, "i");
const NO_FIGURE_AFTER = new RegExp(`^[\\d/]|^\\s*(?:${MONTHS}|a\\.?m\\b|p\\.?m\\b)|^[.:]\\d`, "i");

export class Offers {
  #timer;
  #declined = new Set();
  #offer = null;

  /** `onChange` is called when there is another offer, or none any more. */
  constructor(editor, figures, onChange) {
    this.editor = editor;
    this.figures = figures;
    this.onChange = onChange;
    editor.on("update", () => this.#later());
  }

  /** `{number, first, others}` while a number is offered, else null. */
  get current() {
    return this.#offer;
  }

  /** Put the offered figure in place of the number. Says whether there was one. */
  take() {
    if (!this.#offer) return false;
    const { from, to, first } = this.#offer;
    const { figure, ...words } = first;
    this.figures.learn(figure, words);
    this.#set(null);
    this.editor.commands.insertContentAt({ from, to }, { type: "figure", attrs: figure });
    this.editor.view.focus();
    return true;
  }

  /** Select the number, so that another figure can be put in its place. */
  select() {
    const { from, to } = this.#offer;
    this.#set(null);
    this.editor.commands.setTextSelection({ from, to });
  }

  decline() {
    this.#declined.add(this.#offer.number);
    this.#set(null);
    this.editor.view.focus();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#set(null);
    this.#timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    const { doc } = this.editor.state;
    const typed = this.#typed();
    if (!typed || this.#declined.has(typed.number)) return;
    let found;
    try {
      found = await this.figures.withNumber(typed.number);
    } catch {
      return; // an offer less is no loss
    }
    if (!found.length || this.editor.isDestroyed || !this.editor.state.doc.eq(doc)) return;
    this.#set({ ...typed, first: found[0], others: found.length - 1 });
  }

  #typed() {
    const { $from, empty } = this.editor.state.selection;
    if (!empty || !$from.parent.isTextblock) return null;
    const before = $from.parent.textBetween(0, $from.parentOffset, null, "\ufffc");
    const after = $from.parent.textBetween($from.parentOffset, $from.parent.content.size, null, "\ufffc");
    const match = TYPED.exec(before);
    if (!match) return null;
    const number = match[1];
    const at = before.lastIndexOf(number);
    const rest = before.slice(at + number.length) + after;
    if (YEAR.test(number) || NO_FIGURE_BEFORE.test(before.slice(0, at)) || NO_FIGURE_AFTER.test(rest)) return null;
    const from = $from.start() + at;
    return { number, from, to: from + number.length };
  }

  #set(offer) {
    if (offer === this.#offer) return;
    this.#offer = offer;
    this.onChange();
  }
}
