// Adding a picture, and changing what is said of one to people who cannot see it.

import { button, dialogForm, field, openDialog } from "./dialog.js";
import { make } from "./dom.js";
import { around } from "./selection.js";

const LONGEST_ALT = 500;

/** Ask for a picture and its alternative text, or for another text of the picture at the cursor. */
export function openPictureDialog(editor, pictures, { file = null } = {}) {
  const present = file ? null : around(editor, "picture");
  const fill = (close) => new PictureForm(pictures, close, present?.node.attrs, file).element;
  openDialog({ title: present ? "Change the picture" : "Add a picture", fill }).then((answer) => {
    if (answer?.remove) remove(editor, present);
    else if (answer && present) change(editor, present, answer);
    else if (answer) insert(editor, answer);
    editor.view.focus();
  });
  return true;
}

function insert(editor, attrs) {
  editor.chain().insertContent({ type: "picture", attrs }).run();
}

function change(editor, { node, pos }, { alt }) {
  editor.view.dispatch(editor.state.tr.setNodeMarkup(pos, null, { ...node.attrs, alt }));
}

function remove(editor, { node, pos }) {
  editor.view.dispatch(editor.state.tr.delete(pos, pos + node.nodeSize));
}

class PictureForm {
  constructor(pictures, close, present, file) {
    this.pictures = pictures;
    this.close = close;
    this.present = present;
    this.given = file;
    this.file = make("input", { class: "govuk-file-upload", type: "file", accept: "image/jpeg,image/png" });
    this.alt = make("textarea", {
      class: "govuk-textarea",
      rows: 3,
      maxlength: LONGEST_ALT,
      spellcheck: "true",
      lang: "en-GB",
    });
    this.alt.value = present?.alt ?? "";
    this.status = make("p", { class: "govuk-body", role: "status" });
    this.askFile = field(this.file, {
      label: "Picture",
      hint: "A JPEG or PNG of up to 20 MB. It is made as small as print allows, and where it was taken is removed.",
    });
    this.askAlt = field(this.alt, {
      label: "Alternative text",
      hint: "Say what the picture shows to somebody who cannot see it. A caption can be typed below the picture later.",
    });
    this.element = dialogForm(
      {
        submit: () => this.#submit(),
        submitLabel: present ? "Save" : "Add picture",
        extra: [present && removal(close)],
        close,
      },
      this.#ofFile(),
      this.askAlt.group,
      this.status,
    );
  }

  #ofFile() {
    if (this.present) return make("img", { class: "editor-picture__shown", src: this.pictures.addressOf(this.present.image), alt: "" });
    if (this.given) return make("p", { class: "govuk-body" }, "The picture is the one that you pasted.");
    return this.askFile.group;
  }

  async #submit() {
    const alt = this.alt.value.replace(/\s+/g, " ").trim();
    const file = this.given ?? this.file.files[0];
    if (!this.present && !file) this.askFile.fail("Choose a picture");
    else if (!alt) this.askAlt.fail("Enter what the picture shows");
    else if (this.present) this.close({ alt });
    else if (!this.isSending) await this.#send(file, alt);
  }

  async #send(file, alt) {
    this.isSending = true;
    this.status.textContent = "Adding the picture…";
    const { image, error } = await this.pictures.keep(file);
    this.isSending = false;
    this.status.textContent = "";
    if (image) this.close({ image: String(image), alt });
    else if (this.given) this.status.textContent = error;
    else this.askFile.fail(error);
  }
}

const removal = (close) =>
  button("Remove picture", {
    class: "govuk-button govuk-button--secondary",
    onclick: () => close({ remove: true }),
  });
