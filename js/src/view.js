// What the panels of one view share, and the few pieces that several of them draw.
/** @import { Store } from "./store.js" */
/** @import { Fault, Key } from "./types.d.ts" */
/** @import { Words } from "./text.js" */
/** @import { Uploads } from "./upload.js" */
/** @import { Videos } from "./video.js" */

import { h, ICONS, icon, uniqueId } from "./dom.js";

/**
 * One place where a widget is shown. Work belongs to the store; a pane may go at any time.
 */
export class Pane {
  playback = new Playback();
  closed = false;
  /** @type {(() => void)[]} */
  #cleanups = [];

  /** @param {Store} store */
  constructor(store) {
    this.store = store;
  }

  /**
   * Call `changed` now and whenever one of the keys changes, as long as the pane lives.
   *
   * @param {Key[]} keys
   * @param {() => void} changed
   */
  subscribe(keys, changed) {
    this.onClose(this.store.subscribe(keys, changed));
  }

  /** @param {() => void} cleanup */
  onClose(cleanup) {
    this.#cleanups.push(cleanup);
  }

  close() {
    this.closed = true;
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
  }
}

/** A pane with files and videos in it. */
export class View extends Pane {
  /**
   * @param {Store} store
   * @param {Uploads} uploads
   * @param {Videos} videos
   * @param {Words} t
   */
  constructor(store, uploads, videos, t) {
    super(store);
    this.uploads = uploads;
    this.videos = videos;
    this.t = t;
  }
}

/** Where this view's player is; the timeline follows it and sends it elsewhere. */
class Playback {
  time = 0;
  seekable = false;
  /** What the player takes for the video's length, in ms; 0 where it doesn't know yet. */
  length = 0;
  /** @type {(ms: number) => void} */
  seek = () => {};
  /** @type {Set<() => void>} */
  #watchers = new Set();

  /** @param {() => void} watcher */
  watch(watcher) {
    this.#watchers.add(watcher);
    watcher();
  }

  /**
   * @param {number} time in ms
   * @param {boolean} seekable
   * @param {number} [length] in ms
   */
  moved(time, seekable, length = 0) {
    this.time = time;
    this.length = length;
    this.seekable = seekable;
    for (const watcher of this.#watchers) watcher();
  }
}

/**
 * A panel with its heading.
 *
 * @param {string} name
 * @param {string} title
 * @param {...(Node | string)} extras shown in the heading's line
 */
export function panel(name, title, ...extras) {
  const id = uniqueId(name);
  const head = h("div", { class: "nemo-panel-head" }, h("h3", { id }, title), ...extras);
  return h("section", { class: `nemo-panel nemo-${name}`, "aria-labelledby": id }, head);
}

/**
 * @param {string} label
 * @param {() => void} pressed
 * @param {{ path?: string, look?: "primary" | "quiet" | "jump", props?: Record<string, unknown> }} [options]
 */
export function button(label, pressed, { path, look, props } = {}) {
  const look_ = look ? ` nemo-${look}` : "";
  return h(
    "button",
    { type: "button", class: `nemo-button${look_}`, onclick: pressed, ...props },
    path ? icon(path) : null,
    h("span", null, label),
  );
}

/**
 * @param {string} label
 * @param {string} path
 * @param {() => void} pressed
 */
export function iconButton(label, path, pressed) {
  const made = h(
    "button",
    { type: "button", class: "nemo-icon-button", title: label, "aria-label": label },
    icon(path),
  );
  made.addEventListener("click", () => made.ariaDisabled !== "true" && pressed());
  return made;
}

/**
 * What went wrong and what to do about it.
 *
 * @param {Fault} fault
 * @param {...Node} actions
 */
export function alertBox({ message, remedy }, ...actions) {
  return h(
    "div",
    { class: "nemo-alert", role: "alert" },
    h("div", null, h("strong", null, message), remedy ? " " : null, remedy),
    ...actions,
  );
}

/**
 * Show an alert in its place, touching the page only when the sentence changes (it is read out then).
 *
 * @param {HTMLElement} place
 * @param {Fault | null | undefined} fault
 * @param {() => Node[]} [actions]
 */
export function showAlert(place, fault, actions = () => []) {
  const key = fault ? `${fault.message}\n${fault.remedy}` : "";
  if (place.dataset.fault === key) return;
  place.dataset.fault = key;
  place.replaceChildren(...(fault ? [alertBox(fault, ...actions())] : []));
}

/**
 * What would go wrong in a video of the draft.
 *
 * @param {Pane} pane
 * @param {string} label
 */
export function problemList(pane, label) {
  const list = h("ul", { class: "nemo-hint nemo-problems", "aria-label": label, tabindex: -1 });
  pane.subscribe(["problems"], () => {
    const problems = pane.store.get("problems");
    list.hidden = problems.length === 0;
    list.replaceChildren(...problems.map((problem) => h("li", null, problem)));
  });
  return list;
}

/** @type {Record<string, string>} */
export const KIND_ICONS = { video: ICONS.film, image: ICONS.image, audio: ICONS.audio, text: ICONS.text };
