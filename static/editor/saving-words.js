// What the page says about saving, in words: of the whole section, and of a block.

const NO_CONNECTION =
  "No connection. Your text is on this page; it is saved as soon as the connection is back.";
const NO_ANSWER =
  "Not saved yet: the portal does not answer. Your text is on this page, and is sent again until it does.";

/** A kind (trouble, saving, saved, idle), words, and the names of what can be done about it. */
export function stateOf({ halt, trouble, unsaved, savedAt }, blocks) {
  if (halt?.kind === "refused") return inTrouble(`Not saved: ${halt.reason}`, ["Copy the text", "Try again"]);
  if (halt) return inTrouble(unsaved.length ? `Not saved yet: ${SIGNED_OUT} ${HERE}` : SIGNED_OUT_NOW, ["Sign in"]);
  if (trouble) return inTrouble(trouble === "no-connection" ? NO_CONNECTION : NO_ANSWER);
  const stuck = blocks.find((block) => block.isStuck && block.problem);
  if (stuck) return inTrouble(`Not saved yet: “${stuck.title}”. ${stuck.problem}`);
  if (unsaved.length) return { kind: "saving", words: "Saving…" };
  const away = blocks.find(({ takenOut }) => takenOut);
  if (away) return inTrouble(away.takenOut);
  return savedAt ? { kind: "saved", words: `Saved ${savedAt}` } : { kind: "idle", words: "Saved as you write" };
}

const SIGNED_OUT = "you are signed out.";
const SIGNED_OUT_NOW = "You are signed out. Sign in before you go on writing.";
const HERE = "Your text is on this page.";

/** The small mark at a block; no words where there is nothing to say. */
export function stateOfBlock(block, { isHeldUp }) {
  if (block.isStuck) return inTrouble(`Not saved yet. ${block.problem}`);
  if (block.isUnsaved) return isHeldUp ? inTrouble("Not saved yet") : { kind: "saving", words: "Saving…" };
  if (block.takenOut) return inTrouble(block.takenOut);
  return { kind: "saved", words: block.savedAt ? `Saved ${block.savedAt}` : "" };
}

function inTrouble(words, actions = []) {
  return { kind: "trouble", words, actions };
}
