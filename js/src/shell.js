// What every widget is around its panels: a store for each model, a root for each view.
/** @import { Model } from "./types.d.ts" */
/** @import { Pane } from "./view.js" */

import { attribute, h, on } from "./dom.js";
import { followTheme } from "./host.js";
import { Store } from "./store.js";

/**
 * What outlives the views of a model.
 *
 * @template {Pane} P
 * @typedef {object} Session
 * @property {(language: string) => P} pane makes one for a view
 * @property {() => void} rest the last view is gone, and another one may come
 * @property {() => void} release the model is gone
 */

/**
 * Make an anywidget module.
 *
 * @template {Pane} P
 * @param {(store: Store) => Session<P>} open
 * @param {(pane: P, root: HTMLElement) => void} fill puts into a view's root what is shown
 */
export function widget(open, fill) {
  /** @type {Map<string, { store: Store, session: Session<P>, views: number }>} by the model's own id */
  const models = new Map();
  const idOf = (/** @type {Model} */ model) => String(model.get("_id") ?? "");
  const entryOf = (/** @type {Model} */ model) => {
    const id = idOf(model);
    let entry = models.get(id);
    if (!entry) {
      const store = new Store();
      entry = { store, session: open(store), views: 0 };
      models.set(id, entry);
    }
    return entry;
  };

  /** @param {{ model: Model }} context */
  function initialize({ model }) {
    const { store, session } = entryOf(model);
    const detach = store.attach(model);
    return () => {
      detach();
      session.release();
      models.delete(idOf(model));
    };
  }

  /** @param {{ model: Model, el: HTMLElement }} context */
  function render({ model, el }) {
    const entry = entryOf(model);
    const { store, session } = entry;
    const detach = store.attach(model);
    entry.views++;
    const root = makeRoot();
    el.append(root);
    const unfollow = followTheme(root);
    /** @type {P | null} */
    let pane = null;
    let language = "";
    const unsubscribe = store.subscribe(["language"], () => {
      const wanted = store.get("language");
      if (wanted === language) return;
      language = wanted;
      pane?.close();
      pane = session.pane(language);
      root.lang = language === "zh" ? "zh-CN" : "en";
      root.replaceChildren();
      fill(pane, root);
    });
    // What a saved notebook shows in place of the editor (still.py) is hidden by this, as long as there is a kernel.
    const unsaid = store.subscribe(["link"], () => {
      const absent = store.get("link") === "silent" && !store.get("backend");
      attribute(root, "data-model", absent ? null : idOf(model));
      root.classList.toggle("nemo-absent", absent);
    });
    return () => {
      unsaid();
      unsubscribe();
      unfollow();
      pane?.close();
      root.remove();
      detach();
      if (--entry.views === 0) session.rest();
    };
  }

  return { initialize, render };
}

function makeRoot() {
  // JupyterLab before 4.1 takes shortcuts in the capture phase unless this attribute is there, others as they bubble.
  const root = h("div", { class: "nemo-editor", tabindex: -1, "data-lm-suppress-shortcuts": "true" });
  for (const type of ["keydown", "keypress", "keyup", "paste", "copy", "cut"]) {
    root.addEventListener(type, (event) => event.stopPropagation());
  }
  on(root, "keydown", (event) => tellHost(root, event));
  return root;
}

/** With Ctrl or Cmd: save, find, the sidebar, print or open; with Shift too: save as, the palette, find everywhere. */
const HOSTS_KEYS = { plain: "sfbp", shifted: "scpf" };

/**
 * Let the host have the keys that are its own wherever the focus is, as if they were pressed beside the editor: it
 * looks away from what comes from inside.
 *
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
function tellHost(root, event) {
  const { key, shiftKey, ctrlKey, metaKey, altKey, defaultPrevented } = event;
  const keys = shiftKey ? HOSTS_KEYS.shifted : HOSTS_KEYS.plain;
  const hosts = ctrlKey !== metaKey && !altKey && key.length === 1 && keys.includes(key.toLowerCase());
  if (!hosts || defaultPrevented || event.isComposing) return;
  const { code, keyCode, location, repeat } = event;
  const init = { key, code, keyCode, location, repeat, shiftKey, ctrlKey, metaKey };
  const beside = new KeyboardEvent("keydown", { ...init, bubbles: true, composed: true, cancelable: true });
  if (!root.parentElement?.dispatchEvent(beside)) event.preventDefault();
}
