// A number that somebody types may be one that the portal keeps. Then the figure is offered in its place: it stays right
// when the value changes. Nothing is replaced that nobody has said yes to.

const PAUSE = 400; // milliseconds without a key before the server is asked

const MOST = 40; // of the numbers in a long paste
const NUMBER = /(?<=^|[\s(“‘"'–])(?:\d{1,3}(?:,\d{3})+|\d{2,})(?:\.\d+)?%?(?=$|[\s.,;:)”’"'–])/g;
const YEAR = /^(19|20)\d\d$/;
const MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";
const NO_FIGURE_BEFORE = new RegExp(`(?:${MONTHS}|section|chapter|page|paragraph|article|aged|ages?)\\s+$|\\d–$`, "i");
const NO_FIGURE_AFTER = new RegExp(`^[\\d/]|^\\s*(?:${MONTHS}|a\\.?m\\b|p\\.?m\\b)|^[.,:–]\\d`, "i");

export class Offers {
  #timer;
  #declined = new Set();
  #offer = null;
  #changed = null; // from where to where the text is another since it was last looked through

  /** `onChange` is called when there is another offer, or none any more. */
  constructor(editor, figures, onChange) {
    this.editor = editor;
    this.figures = figures;
    this.onChange = onChange;
    editor.on("transaction", ({ transaction }) => this.#follow(transaction));
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
    const { view, state } = this.editor;
    this.figures.learn(figure, words);
    this.#set(null);
    view.dispatch(state.tr.replaceWith(from, to, state.schema.nodes.figure.create(figure)));
    view.focus();
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
    this.#later();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  // What is offered goes with its number. Who moves on without a word is not asked again before they change more there.
  #follow(transaction) {
    const { docChanged, selectionSet, mapping, doc } = transaction;
    if (docChanged) {
      this.#changed = changedBy(transaction, this.#changed);
      this.#set(moved(this.#offer, mapping, doc));
    } else if (selectionSet && this.#offer) {
      this.#changed = null;
      this.#set(null);
    }
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PAUSE);
  }

  async #look() {
    const { doc } = this.editor.state;
    for (const typed of this.#typed().slice(0, MOST)) {
      let found;
      try {
        found = await this.figures.withNumber(typed.number);
      } catch {
        return; // an offer less is no loss
      }
      if (this.editor.isDestroyed || !this.editor.state.doc.eq(doc)) return;
      if (found.length) return this.#set({ ...typed, first: found[0], others: found.length - 1 });
    }
    this.#changed = null;
  }

  // The numbers of what was changed, the one at the cursor first.
  #typed() {
    if (!this.#changed) return [];
    const { doc, selection } = this.editor.state;
    const found = [];
    doc.nodesBetween(this.#changed.from, this.#changed.to, (node, at) => {
      if (node.isTextblock) found.push(...numbersIn(node, at + 1));
      return !node.isTextblock;
    });
    const isAtCursor = ({ to }) => Number(to === selection.from || to + 1 === selection.from);
    return found
      .filter(({ number }) => !this.#declined.has(number))
      .sort((one, other) => isAtCursor(other) - isAtCursor(one));
  }

  #set(offer) {
    if (offer === this.#offer) return;
    this.#offer = offer;
    this.onChange();
  }
}

/** Each number of a paragraph that may be a figure: `{number, from, to}`. `start` is where its words begin. */
function numbersIn(paragraph, start) {
  const text = paragraph.textBetween(0, paragraph.content.size, null, "\ufffc");
  return [...text.matchAll(NUMBER)]
    .map(({ 0: number, index }) => ({ number, from: start + index, to: start + index + number.length }))
    .filter(({ number, from, to }) => {
      const [before, after] = [text.slice(0, from - start), text.slice(to - start)];
      return !YEAR.test(number) && !NO_FIGURE_BEFORE.test(before) && !NO_FIGURE_AFTER.test(after);
    });
}

// What others have changed is theirs to make figures of.
function changedBy(transaction, before) {
  const { mapping } = transaction;
  const places = before ? [mapping.map(before.from, -1), mapping.map(before.to, 1)] : [];
  if (!transaction.getMeta("preventUpdate")) {
    mapping.maps.forEach((map, index) => {
      const rest = mapping.slice(index + 1);
      map.forEach((_from, _to, from, to) => places.push(rest.map(from, -1), rest.map(to, 1)));
    });
  }
  return places.length ? { from: Math.min(...places), to: Math.max(...places) } : null;
}

function moved(offer, mapping, doc) {
  if (!offer) return null;
  const [from, to] = [mapping.map(offer.from, 1), mapping.map(offer.to, -1)];
  const isThere = from < to && doc.textBetween(from, to, null, "\ufffc") === offer.number;
  return isThere ? { ...offer, from, to } : null;
}
