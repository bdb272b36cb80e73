// The toolbar: one stop for Tab; arrow keys, Home and End walk through it; Escape goes back to the text. Where the window
// is narrow, the tools that are needed less wait behind "More" (static/scss/_editor.scss hides them).

import { icon, make, newId } from "./dom.js";
import { TABLE_MENU } from "./tools.js";

const MORE = { can: () => true };

export class Toolbar {
  #buttons = new Map();
  #menu = null;

  /** `groups` are those of tools.js; `labelledBy` is the id of the field's label. */
  constructor(editor, groups, { labelledBy, label }) {
    this.editor = editor;
    this.element = make("div", {
      class: "editor__toolbar",
      role: "toolbar",
      "aria-labelledby": labelledBy,
      "aria-label": labelledBy ? null : label,
      onkeydown: (event) => this.#key(event),
      // The text keeps its focus and selection under the mouse
      onmousedown: (event) => event.preventDefault(),
      onfocusin: (event) => this.#stopAt(event.target),
    });
    for (const tools of groups) {
      this.element.append(make("div", { class: "editor__tools" }, ...tools.map((tool) => this.#button(tool))));
    }
    if (groups.flat().some((tool) => tool.isLater)) this.element.append(this.#more());
    this.#stopAt(this.element.querySelector("button"));
  }

  focus() {
    const [first, ...others] = this.#stops();
    (others.find((button) => button.tabIndex === 0) ?? first).focus();
  }

  /** Show what is on and what can be done at the cursor. */
  update() {
    for (const [button, tool] of this.#buttons) {
      button.setAttribute("aria-disabled", String(!tool.can(this.editor)));
      if (tool.isOn) button.setAttribute("aria-pressed", String(tool.isOn(this.editor)));
    }
  }

  #button(tool) {
    const button = make(
      "button",
      {
        type: "button",
        class: `editor__tool${tool.isLater ? " editor__tool--later" : ""}`,
        tabindex: "-1",
        title: tool.keys ? `${tool.label} (${tool.keys})` : null,
        "data-tool": tool.name,
        "aria-haspopup": tool.opens,
        "aria-expanded": tool.opens === "menu" ? "false" : null,
        onclick: (event) => this.#run(tool, button, event),
      },
      icon(tool.name),
      make("span", { class: "editor__tool-name" }, tool.label, tool.opens === "menu" && icon("down")),
    );
    this.#buttons.set(button, tool);
    return button;
  }

  #more() {
    const name = make("span", { class: "editor__tool-name" }, "More");
    const button = make(
      "button",
      {
        type: "button",
        class: "editor__tool editor__tool--more",
        tabindex: "-1",
        "aria-expanded": "false",
        onclick: () => {
          const isOpen = this.element.classList.toggle("editor__toolbar--all");
          button.setAttribute("aria-expanded", String(isOpen));
        },
      },
      icon("more"),
      name,
    );
    this.#buttons.set(button, MORE);
    return button;
  }

  // Those that can be seen: the window may be too narrow for some.
  #stops() {
    return [...this.#buttons.keys()].filter((button) => button.offsetParent);
  }

  #run(tool, button, event) {
    if (!tool.can(this.editor)) return;
    if (tool.opens === "menu") {
      if (this.#menu) this.#menu.close();
      else this.#menu = new Menu(this, button, () => (this.#menu = null));
      return;
    }
    tool.run(this.editor);
    // A click with the keyboard has no detail; undo can then be pressed again and again.
    if (tool.keepsFocus && event.detail === 0) button.focus();
    else if (!tool.opens) this.editor.view.focus();
  }

  #stopAt(button) {
    if (!this.#buttons.has(button)) return;
    for (const other of this.#buttons.keys()) other.tabIndex = other === button ? 0 : -1;
  }

  #key(event) {
    const buttons = this.#stops();
    const at = buttons.indexOf(event.target);
    if (at === -1) return;
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      buttons[(next + buttons.length) % buttons.length].focus();
    } else if (event.key === "Escape") {
      this.editor.view.focus();
    } else if (event.key === "ArrowDown" && this.#buttons.get(event.target).opens === "menu") {
      event.preventDefault();
      if (!this.#menu) event.target.click();
    }
  }
}

/** The table menu, open from its making until `close`. */
class Menu {
  #items = [];
  #isOpen = true;

  constructor(toolbar, opener, onClose) {
    this.editor = toolbar.editor;
    this.opener = opener;
    this.onClose = onClose;
    const id = newId();
    opener.id ||= newId();
    const groups = TABLE_MENU.map((actions) =>
      make("div", { role: "group", class: "editor-menu__group" }, ...actions.map((action) => this.#item(action))),
    );
    this.element = make(
      "div",
      {
        class: "editor-menu",
        role: "menu",
        id,
        "aria-labelledby": opener.id,
        onkeydown: (event) => this.#key(event),
        onfocusout: (event) =>
          this.element.contains(event.relatedTarget) || event.relatedTarget === opener || this.close(),
      },
      ...groups,
    );
    opener.setAttribute("aria-expanded", "true");
    opener.setAttribute("aria-controls", id);
    toolbar.element.append(this.element);
    this.#place(toolbar.element);
    (this.#items.find((item) => item.getAttribute("aria-disabled") === "false") ?? this.#items[0]).focus();
  }

  close() {
    if (!this.#isOpen) return; // taking it away moves the focus, which closes it
    this.#isOpen = false;
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.removeAttribute("aria-controls");
    this.onClose();
    this.element.remove();
  }

  #item(action) {
    const run = () => {
      if (item.getAttribute("aria-disabled") === "true") return;
      this.close();
      action.run(this.editor);
      this.editor.view.focus(); // not by TipTap's own command: it waits for the next picture, and keys may come before
    };
    const item = make(
      "button",
      {
        type: "button",
        class: "editor-menu__item",
        role: action.isOn ? "menuitemcheckbox" : "menuitem",
        "aria-checked": action.isOn ? String(action.isOn(this.editor)) : null,
        tabindex: "-1",
        "aria-disabled": String(!action.can(this.editor)),
        onclick: run,
      },
      action.label,
    );
    this.#items.push(item);
    return item;
  }

  // Under its button, but never beyond the toolbar's right edge
  #place(toolbar) {
    const left = Math.min(this.opener.offsetLeft, toolbar.clientWidth - this.element.offsetWidth);
    this.element.style.left = `${Math.max(0, left)}px`;
    this.element.style.top = `${this.opener.offsetTop + this.opener.offsetHeight}px`;
  }

  #key(event) {
    event.stopPropagation();
    const at = this.#items.indexOf(document.activeElement);
    const last = this.#items.length - 1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.#items[(next + last + 1) % (last + 1)].focus();
    } else if (event.key === "Escape") {
      this.close();
      this.opener.focus();
    }
  }
}
