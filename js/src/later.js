// The timeline comes to an editor as a message, so that what a notebook saves with each editor stays small.
/** @import { Store } from "./store.js" */
/** @import { Pane, View } from "./view.js" */

import { attribute, h, write } from "./dom.js";
import { alertBox, panel } from "./view.js";

/** @typedef {{ panels: (pane: Pane) => HTMLElement[], css: string }} Timeline */

const VERSION = typeof TIMELINE_VERSION === "undefined" ? "source" : TIMELINE_VERSION;
const AGAIN_MS = 4000;

/** @type {Map<string, Promise<Timeline>>} What this page has, by version: each editor in it is a module of its own. */
const loaded = shared(Symbol.for("nemo_widgets.timeline"));

/** @type {WeakMap<Store, Promise<Timeline>>} */
const asked = new WeakMap();

/**
 * A place for the timeline and the table, which are put there as soon as they have come.
 *
 * @param {View} view
 */
export function laterTimeline(view) {
  const { store, t } = view;
  const hint = h("p", { class: "nemo-hint" });
  const place = panel("timeline", t.timeline);
  place.append(hint);
  view.subscribe(["draft"], () => write(hint, store.get("draft") ? t.timelineComing : t.timelineEmpty));
  timelineOf(store).then(
    ({ panels, css }) => view.closed || place.replaceWith(h("style", null, css), ...panels(view)),
    () => view.closed || hint.replaceWith(alertBox(t.timelineBlocked), picture(view)),
  );
  return place;
}

/**
 * The kernel's picture of the draft, for a page whose policy keeps the timeline out.
 *
 * @param {View} view
 */
function picture(view) {
  const { store } = view;
  const image = h("img", { class: "nemo-picture", alt: "" });
  store.handle("picture", ({ url }) => store.set("picture", String(url)));
  view.subscribe(["draft", "picture"], () => {
    attribute(image, "alt", store.get("draft")?.summary ?? "");
    attribute(image, "src", /^data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+$/.exec(store.get("picture"))?.[0]);
    image.hidden = !image.src || !store.get("draft");
  });
  view.subscribe(["draft"], () => {
    if (store.get("draft")) store.send({ kind: "picture-ask" });
  });
  return image;
}

/** @param {Store} store @returns {Promise<Timeline>} */
function timelineOf(store) {
  let timeline = loaded.get(VERSION) ?? asked.get(store);
  if (!timeline) {
    timeline = ask(store).then(({ text, css }) => {
      const here = loaded.get(VERSION) ?? load(text, css);
      loaded.set(VERSION, here);
      return here;
    });
    asked.set(store, timeline);
  }
  return timeline;
}

/**
 * Ask the kernel for the module as soon as it answers, and not when there is a draft: by then it may be busy.
 *
 * @param {Store} store
 * @returns {Promise<{ text: string, css: string }>}
 */
function ask(store) {
  return new Promise((resolve) => {
    let here = false;
    let [last, wait] = [Number.NEGATIVE_INFINITY, AGAIN_MS];
    store.handle("module", ({ text, css }) => {
      here = true;
      resolve({ text: String(text), css: String(css) });
    });
    const tell = () => {
      if (here || store.get("link") !== "live" || performance.now() - last < AGAIN_MS / 2) return;
      last = performance.now();
      setTimeout(tell, wait);
      wait *= 2;
      store.send({ kind: "module-ask", id: "timeline" });
    };
    store.subscribe(["link"], tell); // A kernel that is back says so.
  });
}

/** @type {(text: string, css: string) => Promise<Timeline>} */
async function load(text, css) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    const { panels } = await import(url);
    return { panels, css };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {symbol} name @returns {Map<any, any>} the same for all modules of this page */
function shared(name) {
  const page = /** @type {Record<symbol, Map<any, any> | undefined>} */ (/** @type {unknown} */ (globalThis));
  page[name] ??= new Map();
  return page[name];
}
