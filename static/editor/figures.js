// What the server knows of figures: searching them, and the words of those that stand in a text.
//
// The endpoint answers two questions in JSON:
//
//   GET ?q=words
//     {"results": [{"code": "MACE_CHILDREN", "name": "Children discussed at MACE", "period": "may22-apr23",
//       "period_label": "May 2022 to April 2023", "area": "Staffordshire", "source": "Staffordshire Police",
//       "status": "Agreed", "shows": [{"show": "value", "text": "610", "label": "Value"}, …]}]}
//     Empty words ask for what is most likely wanted. Words are looked for in names and codes. A label may be left out.
//
//   GET ?codes=CODE:PERIOD:SHOW,CODE:PERIOD:SHOW
//     {"texts": {"MACE_CHILDREN:may22-apr23:value": {"text": "610", "label": "Children discussed at MACE, May 2022 …"}}}
//     What is left out, or null, is unknown: it is shown as "[no figure]".

const AT_ONCE = 40;

export const SHOWS = {
  value: "Value",
  change: "Change",
  "percent-change": "Change in per cent",
  share: "Share",
  comparator: "Comparator",
};

const stores = new Map();

/** The figures of an endpoint; all editors of a page that name the same one share it. */
export function figuresFrom(address) {
  if (!address) return null;
  if (!stores.has(address)) stores.set(address, new Figures(address));
  return stores.get(address);
}

export const keyOf = ({ code, period, show }) => `${code}:${period}:${show}`;

class Figures {
  #known = new Map();
  #watchers = new Map();
  #wanted = new Set();

  constructor(address) {
    this.address = address;
  }

  /** Measures that fit the words. Rejects when the server cannot be asked. */
  async search(words, signal) {
    return (await this.#get({ q: words }, signal)).results;
  }

  /** What is known now: `{state, text, label}`, where state is loading, known, unknown or failed. */
  wordsOf(figure) {
    return this.#known.get(keyOf(figure)) ?? { state: "loading", text: "…", label: "Loading" };
  }

  /** Call back with what is known, now and whenever it changes. Returns a function that ends this. */
  watch(figure, callback) {
    const key = keyOf(figure);
    if (!this.#watchers.has(key)) this.#watchers.set(key, new Set());
    this.#watchers.get(key).add(callback);
    callback(this.wordsOf(figure));
    if (!["known", "unknown"].includes(this.wordsOf(figure).state)) this.#want(key);
    return () => this.#watchers.get(key).delete(callback);
  }

  /** Remember the words of a figure that a search has just given. */
  learn(figure, text, label) {
    this.#tell(keyOf(figure), { state: "known", text, label });
  }

  #want(key) {
    if (this.#wanted.size === 0) setTimeout(() => this.#ask());
    this.#wanted.add(key);
  }

  #ask() {
    const keys = [...this.#wanted];
    this.#wanted.clear();
    for (let start = 0; start < keys.length; start += AT_ONCE) this.#askFor(keys.slice(start, start + AT_ONCE));
  }

  async #askFor(keys) {
    let texts;
    try {
      texts = (await this.#get({ codes: keys.join(",") })).texts;
    } catch {
      const failed = {
        state: "failed",
        text: "[figure not loaded]",
        label: "The portal could not be reached for this figure",
      };
      for (const key of keys) this.#tell(key, failed);
      return;
    }
    const unknown = { state: "unknown", text: "[no figure]", label: "No figure is stored for this measure and period" };
    for (const key of keys) this.#tell(key, texts[key] ? { state: "known", ...texts[key] } : unknown);
  }

  #tell(key, words) {
    this.#known.set(key, words);
    for (const callback of this.#watchers.get(key) ?? []) callback(words);
  }

  async #get(question, signal) {
    const address = new URL(this.address, document.baseURI);
    for (const [name, value] of Object.entries(question)) address.searchParams.set(name, value);
    const response = await fetch(address, { headers: { Accept: "application/json" }, signal });
    if (!response.ok) throw new Error(`figures: ${response.status}`);
    return response.json();
  }
}
