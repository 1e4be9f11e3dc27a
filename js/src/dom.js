// Elements without a framework. Text goes in as text nodes, never as markup.
/** @import { Child } from "./types.d.ts" */

/**
 * Make an element: `on…` properties are listeners, the others attributes (`true` is an empty one).
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown> | null} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else {
      attribute(element, name, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * Listen, with the event's own type.
 *
 * @template {keyof HTMLElementEventMap} Type
 * @param {HTMLElement} element
 * @param {Type} type
 * @param {(event: HTMLElementEventMap[Type]) => void} listener
 * @param {AddEventListenerOptions} [options]
 */
export function on(element, type, listener, options) {
  element.addEventListener(type, listener, options);
}

/**
 * Set an attribute, or remove it where the value is null, undefined or false.
 *
 * @param {Element} element
 * @param {string} name
 * @param {unknown} value
 */
export function attribute(element, name, value) {
  const text =
    value === true ? "" : value === null || value === undefined || value === false ? null : String(value);
  if (text === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/**
 * Set an element's text, touching the page only where it differs.
 *
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Draw an icon from the path of a 24 × 24 outline.
 *
 * @param {string} path
 * @returns {SVGSVGElement}
 */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "nemo-icon");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export const ICONS = {
  add: "M12 5v14M5 12h14",
  audio:
    "M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z",
  check: "m5 13 4 4L19 7",
  close: "M6 6l12 12M18 6 6 18",
  download: "M12 4v11m0 0 4-4m-4 4-4-4M5 19h14",
  film: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.7h4M4 14.3h4M16 9.7h4M16 14.3h4",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5h.01",
  other: "M5 7h14M5 12h14M5 17h9",
  send: "M12 19V5m0 0-6 6m6-6 6 6",
  stop: "M7 7h10v10H7z",
  text: "M5 7V5h14v2M12 5v14M9 19h6",
  upload: "M12 16V5m0 0-4 4m4-4 4 4M5 19h14",
  fit: "M4 6v12M20 6v12M8 12h8M8 12l3-3M8 12l3 3M16 12l-3-3M16 12l-3 3",
  redo: "M15 5l4 4-4 4M19 9H9a5 5 0 0 0 0 10h4",
  undo: "M9 5 5 9l4 4M5 9h10a5 5 0 0 1 0 10h-4",
  zoomIn: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM16.2 16.2 20 20M11 8v6M8 11h6",
  zoomOut: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM16.2 16.2 20 20M8 11h6",
};

/**
 * Give the focus on before its element goes: left to the browser it is the page's, and whoever uses keys or a screen
 * reader begins at the top.
 *
 * @param {HTMLElement} from what is about to be hidden or removed
 * @param {HTMLElement | null | undefined} to
 */
export function passFocus(from, to) {
  if (from.matches(":focus, :focus-within")) to?.focus();
}

/**
 * Bring a parent's children in line with a list, keeping the elements of items that stay (and their focus).
 *
 * @template Item
 * @template {HTMLElement} Row
 * @param {HTMLElement} parent
 * @param {Map<string, { row: Row, update: (item: Item) => void }>} rows kept by the caller between calls
 * @param {Item[]} items
 * @param {(item: Item) => string} key
 * @param {(item: Item) => { row: Row, update: (item: Item) => void }} create
 */
export function reconcile(parent, rows, items, key, create) {
  const wanted = new Set(items.map(key));
  for (const [id, { row }] of rows) {
    if (!wanted.has(id)) {
      row.remove();
      rows.delete(id);
    }
  }
  /** @type {Element | null} */
  let next = parent.firstElementChild;
  for (const item of items) {
    const id = key(item);
    const entry = rows.get(id) ?? create(item);
    rows.set(id, entry);
    if (entry.row === next) next = next.nextElementSibling;
    else parent.insertBefore(entry.row, next);
    entry.update(item);
  }
}

/** @type {(prefix: string) => string} Ids that are unique in this page (and good enough across pages). */
export function uniqueId(prefix) {
  // crypto.randomUUID is missing on plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return `${prefix}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * A function that makes something of each object once.
 *
 * @template {object} K
 * @template V
 * @param {(of: K) => V} make
 * @returns {(of: K) => V}
 */
export function once(make) {
  /** @type {WeakMap<K, V>} */
  const made = new WeakMap();
  return (of) => {
    if (!made.has(of)) made.set(of, make(of));
    return /** @type {V} */ (made.get(of));
  };
}
