// The front end of nemo_widgets: one anywidget module. The messages are in nemo_widgets/widgets/protocol.py.
/** @import { Model } from "./types.d.ts" */

import { acceptFiles, assetsPanel } from "./assets.js";
import { conversationPanel } from "./conversation.js";
import { attribute, h } from "./dom.js";
import { exportPanel } from "./export.js";
import { headerPanel } from "./header.js";
import { followTheme, sliceBytes } from "./host.js";
import { Lane } from "./lane.js";
import { playerPanel } from "./player.js";
import { Store } from "./store.js";
import { tablePanel } from "./table.js";
import { words } from "./text.js";
import { timelinePanel } from "./timeline.js";
import { Uploads } from "./upload.js";
import { Videos } from "./video.js";
import { View } from "./view.js";

/** @typedef {{ store: Store, lane: Lane, uploads: Uploads, videos: Videos, views: number }} Session */

/** @type {Map<string, Session>} What outlives a view, by the model's own id. */
const sessions = new Map();

/** @type {(model: Model) => string} */
const idOf = (model) => String(model.get("_id") ?? "");

/** @type {(model: Model) => Session} */
function sessionOf(model) {
  const id = idOf(model);
  let session = sessions.get(id);
  if (!session) {
    const store = new Store();
    const { up, down } = sliceBytes();
    const lane = new Lane(store);
    const [uploads, videos] = [new Uploads(store, up, lane), new Videos(store, down, lane)];
    session = { store, lane, uploads, videos, views: 0 };
    store.subscribe(["link"], () => {
      if (store.get("link") === "live") lane.greet();
    });
    sessions.set(id, session);
  }
  return session;
}

/** @param {{ model: Model }} context */
function initialize({ model }) {
  const session = sessionOf(model);
  const detach = session.store.attach(model);
  return () => {
    detach();
    session.uploads.release();
    session.videos.release();
    session.lane.release();
    sessions.delete(idOf(model));
  };
}

/** @param {{ model: Model, el: HTMLElement }} context */
function render({ model, el }) {
  const session = sessionOf(model);
  const detach = session.store.attach(model);
  session.views++;
  // JupyterLab before 4.1 takes shortcuts in the capture phase unless this attribute is there, others as they bubble.
  const root = h("div", { class: "nemo-editor", tabindex: -1, "data-lm-suppress-shortcuts": "true" });
  for (const type of ["keydown", "keypress", "keyup", "paste", "copy", "cut"]) {
    root.addEventListener(type, (event) => event.stopPropagation());
  }
  el.append(root);
  const unfollow = followTheme(root);
  /** @type {View | null} */
  let view = null;
  let language = "";
  const part = String(model.get("_part") ?? "editor");
  const unsubscribe = session.store.subscribe(["language"], () => {
    const wanted = session.store.get("language");
    if (wanted === language) return;
    language = wanted;
    view?.close();
    view = new View(session.store, session.uploads, session.videos, words(language));
    root.lang = language === "zh" ? "zh-CN" : "en";
    root.replaceChildren(frame(view, part));
    if (part === "editor" || part === "uploader") acceptFiles(view, root);
  });
  // What a saved notebook shows in place of the editor (still.py) is hidden by this, as long as there is a kernel.
  const unsaid = session.store.subscribe(["link"], () => {
    const absent = session.store.get("link") === "silent" && !session.store.get("backend");
    attribute(root, "data-model", absent ? null : idOf(model));
    root.classList.toggle("nemo-absent", absent);
  });
  return () => {
    unsaid();
    unsubscribe();
    unfollow();
    view?.close();
    root.remove();
    detach();
    if (--session.views === 0) session.videos.release(); // A video is large; another view gets it again.
  };
}

/**
 * @param {View} view
 * @param {string} part the whole editor, or one of its parts alone
 */
function frame(view, part) {
  if (part === "uploader") return h("div", { class: "nemo-part" }, assetsPanel(view, true));
  if (part === "timeline")
    return h("div", { class: "nemo-part" }, timelinePanel(view, true), tablePanel(view));
  if (part === "player") return h("div", { class: "nemo-part" }, playerPanel(view, true));
  const left = h("div", { class: "nemo-left" }, assetsPanel(view), conversationPanel(view));
  const shown = h("div", { class: "nemo-show" }, playerPanel(view), exportPanel(view));
  const right = h("div", { class: "nemo-right" }, shown, timelinePanel(view), tablePanel(view));
  return h("div", { class: "nemo-frame" }, headerPanel(view), left, right);
}

export default { initialize, render };
