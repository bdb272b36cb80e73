// Moves a section's blocks: the buttons wait until everything is saved, and a block can be dragged by its handle.
// Without this script the same buttons save the form themselves.

const form = document.querySelector("form[data-arranges]");

if (form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name='arrange']");
    if (!button || button.dataset.isReady) return;
    event.preventDefault();
    sendOnceSaved(button);
  });
  form.querySelectorAll("fieldset[data-block]").forEach(addHandle);
  document.addEventListener("section:swapped", ({ detail }) => addHandle(detail.fieldset));
  document.addEventListener("section:saved", ({ detail }) => forgetCarried(`block-${detail.block}`));
}

// Whoever saves this page by itself (autosave.js) is asked to finish first; the form then holds nothing unsaved.
async function sendOnceSaved(button) {
  const wait = [];
  document.dispatchEvent(new CustomEvent("section:flush", { detail: { wait } }));
  button.setAttribute("aria-disabled", "true");
  try {
    await Promise.all(wait);
  } catch {
    button.removeAttribute("aria-disabled");
    return; // what is not saved says so itself
  }
  button.dataset.isReady = "yes";
  form.requestSubmit(button);
}

// Whoever changes what was carried over from the report before has checked it.
function forgetCarried(block) {
  const mark = document.getElementById(block)?.querySelector(".portal-carried");
  if (mark && !mark.contains(document.activeElement)) mark.remove();
}

// Dragging is for the pointer only; the keyboard has the buttons.
function addHandle(block) {
  const tools = block.querySelector(".portal-block-tools");
  const handle = document.createElement("span");
  handle.className = "portal-block-tools__handle";
  handle.setAttribute("aria-hidden", "true");
  handle.title = "Drag to move";
  handle.draggable = true;
  tools.prepend(handle);
  handle.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/x-block", block.id);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(block, 0, 0);
    form.classList.add("portal-arranging");
  });
  handle.addEventListener("dragend", () => {
    form.classList.remove("portal-arranging");
    clearMarks();
  });
  block.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("text/x-block")) return;
    event.preventDefault();
    clearMarks();
    block.classList.add(isUpperHalf(block, event) ? "portal-drop-above" : "portal-drop-below");
  });
  block.addEventListener("drop", (event) => {
    const dragged = event.dataTransfer.getData("text/x-block");
    if (!dragged) return;
    event.preventDefault();
    if (dragged !== block.id) place(dragged, isUpperHalf(block, event) ? blockBefore(block) : block.id);
  });
}

function place(dragged, after) {
  if (dragged === after) return;
  const button = document.createElement("button");
  button.name = "arrange";
  button.value = `after:${number(dragged)}:${number(after)}`;
  button.hidden = true;
  form.append(button);
  sendOnceSaved(button);
}

function blockBefore(block) {
  const blocks = [...form.querySelectorAll("fieldset[data-block]")];
  return blocks[blocks.indexOf(block) - 1]?.id ?? "block-0";
}

function isUpperHalf(block, event) {
  const { top, height } = block.getBoundingClientRect();
  return event.clientY < top + height / 2;
}

function clearMarks() {
  form.querySelectorAll(".portal-drop-above, .portal-drop-below").forEach((block) => {
    block.classList.remove("portal-drop-above", "portal-drop-below");
  });
}

function number(id) {
  return id.slice("block-".length);
}
