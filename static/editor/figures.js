// What the server knows of figures: searching them, and the words of those that stand in a text.
//
// The endpoint answers two questions in JSON:
//
//   GET ?q=words
//     {"results": [{"code": "MACE_CHILDREN", "name": "Children discussed at MACE", "period": "may22-apr23",
//       "period_label": "May 2022 to April 2023", "area": "Staffordshire", "source": "Staffordshire Police",
//       "status": "Agreed", "shows": [{"show": "value", "text": "610", "label": "Value"}, …]}]}
//     Empty words ask for what is most likely wanted. Words are looked for in names and codes; a number finds the figures
//     that read so, too. A label may be left out.
//
//   GET ?codes=CODE:PERIOD:SHOW,CODE:PERIOD:SHOW
//     {"texts": {"MACE_CHILDREN:may22-apr23:value": {"text": "610", "label": "Children discussed at MACE, May 2022 …",
//       "about": "Staffordshire · Staffordshire Police · Agreed"}}}
//     What is left out, or null, is unknown: it is shown as "[no figure]".

const AT_ONCE = 40;

export const SHOWS = {
  value: "Value",
  change: "Change",
  "percent-change": "Change in per cent",
  share: "Share",
  comparator: "Comparator",
};

/** Where a figure comes from, for those who read it: its area, its source, its status. */
export const aboutOf = ({ area, source, status }) => [area, source, status].filter(Boolean).join(" · ");

const NUMBER = /\d[\d,]*(?:\.\d+)?%?/g;
const bare = (number) => number.replaceAll(",", "");

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
  #withNumber = new Map();

  constructor(address) {
    this.address = address;
  }

  /** Measures that fit the words. Rejects when the server cannot be asked. */
  async search(words, signal) {
    return (await this.#get({ q: words }, signal)).results;
  }

  /** The figures whose text is this number and no other: `{figure, text, label, about}`, each measure and period once. */
  withNumber(number) {
    if (!this.#withNumber.has(number)) {
      const found = this.#findNumber(number);
      found.catch(() => this.#withNumber.delete(number));
      this.#withNumber.set(number, found);
    }
    return this.#withNumber.get(number);
  }

  async #findNumber(number) {
    const reads = ({ text }) => {
      const numbers = text.match(NUMBER) ?? [];
      return numbers.length === 1 && bare(numbers[0]) === bare(number);
    };
    const found = [];
    for (const measure of await this.search(number)) {
      const { code, period } = measure;
      const choice = measure.shows.find(reads);
      if (!choice) continue;
      const label = `${measure.name}, ${measure.period_label}`;
      found.push({ figure: { code, period, show: choice.show }, text: choice.text, label, about: aboutOf(measure) });
    }
    const isOther = ({ figure }) => Number(figure.show !== "value");
    return found.sort((one, other) => isOther(one) - isOther(other)); // values first, else in the server's order
  }

  /** What is known now: `{state, text, label, about}`, where state is loading, known, unknown or failed. */
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
  learn(figure, words) {
    this.#tell(keyOf(figure), { state: "known", ...words });
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
