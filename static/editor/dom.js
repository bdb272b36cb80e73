// Making elements.

/** An element with attributes, listeners (`onclick` and the like) and children. What is null or false is left out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

let lastId = 0;

/** An id that nothing else on the page has. */
export function newId() {
  lastId += 1;
  return `editor-${lastId}`;
}

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  heading: "M4 3.5v13M15 3.5v13M4 10h11",
  subheading: "M5 7.5v9M13 7.5v9M5 12h8",
  bold: "M6 3.75h5a3 3 0 0 1 0 6H6zM6 9.75h5.75a3.25 3.25 0 0 1 0 6.5H6z",
  italic: "M8.5 3.75h6M5.5 16.25h6M11.75 3.75l-3.5 12.5",
  bullets: "M8 5h9M8 10h9M8 15h9M3.5 5h.6M3.5 10h.6M3.5 15h.6",
  numbers: "M8.5 5H17M8.5 10H17M8.5 15H17M3 3.75 4.25 3v4.5M3 12.75c.3-1.2 2.4-1.1 2.2.4-.1.9-2.2 2-2.2 3.1h2.5",
  indent: "M3 4h14M10 8h7M10 12h7M3 16h14M3.5 7.75 6.5 10l-3 2.25",
  outdent: "M3 4h14M10 8h7M10 12h7M3 16h14M6.5 7.75 3.5 10l3 2.25",
  link: "M8.4 11.6a3.2 3.2 0 0 0 4.5 0l2.9-2.9a3.2 3.2 0 0 0-4.5-4.5L10 5.5M11.6 8.4a3.2 3.2 0 0 0-4.5 0l-2.9 2.9a3.2 3.2 0 0 0 4.5 4.5l1.3-1.3",
  table: "M3 3.75h14v12.5H3zM3 8h14M3 12.1h14M9.5 8v8.25",
  figure: "M2.75 17h14.5M5 14v-3.5M10 14V3.5M15 14V7.5",
  note: "M4.5 3h11v9.5l-4 4.5h-7zM15.5 12.5h-4V17M7.5 7h5M7.5 10h3.5",
  undo: "M7 3.75 3 7.75l4 4M3.25 7.75H11.5a4.4 4.4 0 0 1 0 8.75H8",
  redo: "M13 3.75l4 4-4 4M16.75 7.75H8.5a4.4 4.4 0 0 0 0 8.75H12",
  quote: "M4 13.5c2.6-.5 3.7-2.3 3.7-5.5H3.6v4h2.6M12.4 13.5c2.6-.5 3.7-2.3 3.7-5.5H12v4h2.6",
  picture: "M3 4h14v12H3zM3 14l4-4 3 3 3.5-3.5L17 13M7.2 7.4h.01",
  reference: "M5 3h7.5L15 5.5V9M5 3v14h4M8 7h4M8 10h2.5M11 14.5h6M14.5 12l2.5 2.5-2.5 2.5",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  down: "M5.5 8l4.5 4.5L14.5 8",
};

/** A small line drawing, hidden from assistive technology: words stand beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  for (const [key, value] of Object.entries({
    viewBox: "0 0 20 20",
    class: "editor__icon",
    "aria-hidden": "true",
    focusable: "false",
  })) {
    svg.setAttribute(key, value);
  }
  svg.append(path);
  return svg;
}
