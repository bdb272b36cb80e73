// Signing in without leaving the page, when a session has ended in the middle of a sentence.

import { button, openDialog } from "./dialog.js";
import { make } from "./dom.js";
import { get, post, setToken } from "./server.js";

const LOOK_EVERY = 2000;

export class SignInAgain {
  #isOpen = false;

  /** Who has opened the page, and the addresses of the session's state, of signing in and of signing out. */
  constructor({ person, name, ...addresses }) {
    this.addresses = addresses;
    this.person = Number(person);
    this.name = name;
  }

  /** Whether whoever has opened the page is signed in; the page then has the token of the new session. */
  async check() {
    const state = await get(this.addresses.session);
    this.other = state?.signed_in && state.person !== this.person ? state : null;
    if (!state?.signed_in) return false;
    setToken(state.csrf);
    return !this.other;
  }

  /** Ask for it in a dialog. Resolves to whether it was done. */
  async ask() {
    if (await this.check()) return true;
    if (this.#isOpen) return false;
    this.#isOpen = true;
    const isOther = Boolean(this.other);
    const title = isOther ? "Somebody else is signed in" : "Sign in again";
    const isDone = await openDialog({ title, fill: (close) => (isOther ? this.#refuse(close) : this.#signIn(close)) });
    this.#isOpen = false;
    return isDone === "again" ? this.ask() : Boolean(isDone);
  }

  #signIn(close) {
    const frame = make("iframe", { class: "portal-sign-in__frame", title: "Sign in", src: this.addresses.signIn });
    const looking = setInterval(() => look(), LOOK_EVERY);
    const look = async () => {
      if (!frame.isConnected) return clearInterval(looking);
      if (await this.check()) close(true);
      else if (this.other) close("again");
    };
    frame.addEventListener("load", look);
    return make(
      "div",
      { class: "portal-sign-in" },
      make(
        "p",
        { tabindex: "-1", autofocus: "" }, // and not the form: whoever is still typing must not type into it
        "You were signed out. What you wrote is still on this page, and is saved as soon as you have signed in.",
      ),
      frame,
      make(
        "p",
        {},
        make(
          "a",
          { class: "govuk-link", href: this.addresses.signIn, target: "_blank" },
          "Sign in in a new window instead",
        ),
      ),
      button("Not now", { class: "govuk-button govuk-button--secondary", onclick: () => close() }),
    );
  }

  // Saving as somebody else would put a wrong name to the text.
  #refuse(close) {
    const { name } = this.other;
    const change = async () => {
      await post(this.addresses.signOut, []);
      close("again");
    };
    return make(
      "div",
      { class: "portal-sign-in" },
      make(
        "p",
        {},
        `${name} is signed in in this browser now. ${this.name} opened this page, and only ${this.name} can save ` +
          "what is written here. It stays on the page.",
      ),
      make(
        "div",
        { class: "govuk-button-group" },
        button(`Sign ${name} out and sign in as ${this.name}`, { onclick: change }),
        button("Not now", { class: "govuk-button govuk-button--secondary", onclick: () => close() }),
      ),
    );
  }
}
