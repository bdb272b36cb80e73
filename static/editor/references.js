// What a cross-reference can lead to: the sections, charts and tables of the report, asked for once.
//
//   GET  {"targets": [{"ref": "section:12", "text": "section 4.1", "label": "4.1 Child exploitation"}, …]}

const stores = new Map();

/** The targets of a page, from the address that stands on an element around the editor; null where there is none. */
export function referencesFrom(element) {
  const address = element.closest("[data-references-url]")?.dataset.referencesUrl;
  if (!address) return null;
  if (!stores.has(address)) stores.set(address, new References(address));
  return stores.get(address);
}

class References {
  #asked = null;
  #targets = null;
  #watchers = new Set();

  constructor(address) {
    this.address = address;
  }

  /** All targets in the order of the report. Rejects when the server cannot be asked; then another try is made. */
  all() {
    this.#asked ??= this.#ask().catch((error) => {
      this.#asked = null;
      throw error;
    });
    return this.#asked;
  }

  /** What is known now of a target: `{state, text, label}`, where state is loading, known, unknown or failed. */
  wordsOf(ref) {
    if (!this.#targets) return { state: "loading", text: "…", label: "Loading" };
    const target = this.#targets.get(ref);
    if (target) return { state: "known", text: target.text, label: target.label };
    const noun = ref.startsWith("section:") ? "section" : "chart or table";
    return { state: "unknown", text: `[no such ${noun}]`, label: "It is not in the report any more" };
  }

  /** Call back with what is known, now and when the server has answered. Returns a function that ends this. */
  watch(ref, callback) {
    const tell = () => callback(this.wordsOf(ref));
    this.#watchers.add(tell);
    tell();
    const failed = { state: "failed", text: "[not loaded]", label: "The portal could not be reached for this reference" };
    this.all().catch(() => callback(failed));
    return () => this.#watchers.delete(tell);
  }

  async #ask() {
    const response = await fetch(this.address, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`references: ${response.status}`);
    const { targets } = await response.json();
    this.#targets = new Map(targets.map((target) => [target.ref, target]));
    for (const tell of this.#watchers) tell();
    return targets;
  }
}
