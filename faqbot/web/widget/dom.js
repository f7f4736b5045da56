// Making elements. Text only ever becomes text: nothing here, or elsewhere in the widget, parses markup by the browser.

const SVG = "http://www.w3.org/2000/svg";

/** Outlines on a field of 24 by 24. */
const ICONS = {
  chat: "M5 4.5h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6.5L8 21v-3.5H5a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM8 9.5h8M8 13h5",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 19V5.5M6 11.5l6-6 6 6",
  thumb: "M7 10.5v9H4v-9zM7 10.5l4-7a2.2 2.2 0 0 1 2.3 2.6l-.6 3.4h5.1a2 2 0 0 1 2 2.4l-1.2 6a2 2 0 0 1-2 1.6H7",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  out: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  back: "M11 5l-7 7 7 7M4.5 12H20",
};

/**
 * Make an element.
 * @param {string} tag its name, and behind dots its classes: "p.quiet"
 * @param {Record<string, unknown>} [settings] attributes; functions under the names of events; false and null are left out
 * @param {...(Node | string)} children
 */
function make(tag, settings = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  if (name === "button") node.type = "button";
  for (const [key, value] of Object.entries(settings)) {
    if (typeof value === "function") node.addEventListener(key, value);
    else if (value !== false && value != null) node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

/** @param {keyof typeof ICONS} name */
function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Whether an input method is at work on what is typed, so that Enter and the arrows are its own. */
const isComposing = (event) => event.isComposing || event.keyCode === 229;
