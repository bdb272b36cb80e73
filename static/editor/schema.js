// What a text may hold: the same little HTML that reports/richtext.py keeps, no more.

import {
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
import { Note } from "./note.js";
import { listDepth } from "./selection.js";

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

// Tab is left to the browser here and in tables: it takes the reader out of the editor.
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

const PortalTable = Table.extend({
  addKeyboardShortcuts() {
    const { Tab: _next, "Shift-Tab": _previous, ...shortcuts } = this.parent();
    return shortcuts;
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

const words = (figures) => [Text, Paragraph, PortalLink, Bold, Italic, UndoRedo, Note, Figure.configure({ figures })];

/** The extensions for a kind of text: "blocks" for whole texts, "words" for a single paragraph. */
export function extensionsFor(kind, figures) {
  if (kind === "words") return [Document.extend({ content: "paragraph" }), ...words(figures)];
  return [
    Document,
    ...words(figures),
    PortalHeading,
    HardBreak,
    BulletList,
    PortalOrderedList,
    PortalListItem,
    PortalTable,
    TableRow,
    PortalTableCell,
    PortalTableHeader,
    Dropcursor,
    Gapcursor,
    TrailingNode.configure({ notAfter: ["paragraph", "heading", "bulletList", "orderedList"] }),
  ];
}
