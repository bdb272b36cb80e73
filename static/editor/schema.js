// What a text may hold: the same little HTML that reports/richtext/ keeps, no more.

import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Gapcursor,
  HardBreak,
  Heading,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  TrailingNode,
  UndoRedo,
  wrappingInputRule,
} from "../django_prose_editor/editor.js";
import { openLinkDialog } from "./dialogs.js";
import { Figure } from "./figure.js";
import { Language } from "./language.js";
import { Note } from "./note.js";
import { Picture } from "./picture.js";
import { Reference } from "./reference.js";
import { around, listDepth } from "./selection.js";

const MAX_LIST_DEPTH = 2;
const IN_ITEM = "(paragraph | bulletList | orderedList)";

const PortalHeading = Heading.configure({ levels: [3, 4] }).extend({
  parseHTML() {
    return [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level > 3 ? 4 : 3 } }));
  },
  addKeyboardShortcuts() {
    return {
      "Mod-Alt-1": ({ editor }) => editor.commands.toggleHeading({ level: 3 }),
      "Mod-Alt-2": ({ editor }) => editor.commands.toggleHeading({ level: 4 }),
    };
  },
});

// Only addresses that leave the portal; what is written in the text stays what it is otherwise.
const PortalLink = Link.configure({ isAllowedUri: (address) => /^(https?:\/\/|mailto:)/i.test(address ?? "") }).extend({
  addAttributes() {
    return { href: this.parent().href };
  },
  addKeyboardShortcuts() {
    return { "Mod-k": ({ editor }) => openLinkDialog(editor) };
  },
});

// Always counted from 1, so a typed "3." stays as it is typed.
const PortalOrderedList = OrderedList.extend({
  addAttributes: () => ({}),
  addNodeView: null,
  renderHTML: () => ["ol", 0],
  addInputRules() {
    return [wrappingInputRule({ find: /^1[.)]\s$/, type: this.type })];
  },
});

// Tab is left to the browser here: it takes the reader out of the editor.
const PortalListItem = ListItem.extend({
  content: `paragraph ${IN_ITEM}*`,
  addCommands() {
    return {
      indentItem:
        () =>
        ({ editor, commands }) =>
          listDepth(editor) < MAX_LIST_DEPTH && commands.sinkListItem("listItem"),
      outdentItem:
        () =>
        ({ commands }) =>
          commands.liftListItem("listItem"),
    };
  },
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => editor.commands.splitListItem("listItem"),
      "Mod-]": ({ editor }) => editor.commands.indentItem(),
      "Mod-[": ({ editor }) => editor.commands.outdentItem(),
    };
  },
});

const PortalQuote = Blockquote.extend({ content: "paragraph+" });

// Tab goes from cell to cell, and in the last one makes a row. Escape lets the next Tab leave the editor instead.
const PortalTable = Table.extend({
  addStorage: () => ({ isLeaving: false }),
  addKeyboardShortcuts() {
    const { Tab: next, "Shift-Tab": previous, ...shortcuts } = this.parent();
    const unlessLeaving = (go) => (props) => !this.storage.isLeaving && go(props);
    const leave = ({ editor }) => {
      this.storage.isLeaving = Boolean(around(editor, "table"));
      return this.storage.isLeaving;
    };
    return { ...shortcuts, Tab: unlessLeaving(next), "Shift-Tab": unlessLeaving(previous), Escape: leave };
  },
  onSelectionUpdate() {
    this.storage.isLeaving = false;
  },
  onBlur() {
    this.storage.isLeaving = false;
  },
});

// No widths, no colours: a cell knows only how far it spans.
const spans = {
  addAttributes() {
    const { colspan, rowspan } = this.parent();
    return { colspan, rowspan, colwidth: { default: null, rendered: false, parseHTML: () => null } };
  },
};
const PortalTableCell = TableCell.extend({ content: `${IN_ITEM}+`, ...spans });
const PortalTableHeader = TableHeader.extend({ content: `${IN_ITEM}+`, ...spans });

const words = ({ figures, references }) => [
  Text,
  Paragraph,
  PortalLink,
  Language,
  Bold,
  Italic,
  UndoRedo,
  Note,
  Figure.configure({ figures }),
  Reference.configure({ references }),
];

/**
 * The extensions for a kind of text: "blocks" for whole texts, "words" for a single paragraph. `stores` has the figures,
 * references and pictures that the page knows of, or null for each.
 */
export function extensionsFor(kind, stores) {
  if (kind === "words") return [Document.extend({ content: "paragraph" }), ...words(stores)];
  return [
    Document,
    ...words(stores),
    PortalHeading,
    HardBreak,
    BulletList,
    PortalOrderedList,
    PortalListItem,
    PortalQuote,
    Picture.configure({ pictures: stores.pictures }),
    PortalTable,
    TableRow,
    PortalTableCell,
    PortalTableHeader,
    Dropcursor,
    Gapcursor,
    TrailingNode.configure({ notAfter: ["paragraph", "heading", "bulletList", "orderedList"] }),
  ];
}
