// The files: those that the kernel has, those on their way, and those that were refused.
/** @import { Asset, UploadView } from "./types.d.ts" */
/** @import { View } from "./view.js" */

import { attribute, h, ICONS, icon, passFocus, reconcile, write } from "./dom.js";
import { clock, size } from "./text.js";
import { safePicture } from "./thumbnail.js";
import { button, iconButton, KIND_ICONS, panel, showAlert } from "./view.js";

/** @typedef {{ id: string, name: string, asset?: Asset, upload?: UploadView }} Item */

/**
 * The panel with the file button and the list.
 *
 * @param {View} view
 * @param {boolean} [movable] whether all files can change places; else only those that still wait for their turn
 */
export function assetsPanel(view, movable = false) {
  const { store, t } = view;
  const input = h("input", {
    type: "file",
    multiple: true,
    class: "nemo-hidden",
    tabindex: -1,
    "aria-hidden": "true",
    onchange: () => {
      view.uploads.add([...(input.files ?? [])]);
      input.value = ""; // So that the same file can be chosen again.
    },
  });
  const choose = () => input.click();
  const count = h("span", { class: "nemo-count" });
  const add = button(t.addFiles, choose, { path: ICONS.add, look: "quiet" });
  const section = panel("files", t.files, count, add);
  const formats = h("p", { class: "nemo-hint" });
  const what = h("p");
  const first = button(t.chooseFiles, choose);
  const empty = h("div", { class: "nemo-dropzone" }, icon(ICONS.upload), what, first, formats);
  const list = h("ul", { class: "nemo-assets" });
  const unlisted = h("span");
  const off = h(
    "p",
    { class: "nemo-hint nemo-unlisted" },
    unlisted,
    " ",
    button(t.showAgain, () => store.send({ kind: "assets-show" }), { look: "quiet" }),
  );
  const links = linkBox(view);
  section.append(input, empty, list, off, links);
  const moves = movesOf(view, list, () => (movable ? shown(store) : shown(store).filter(isQueued)));

  /** @type {Map<string, { row: HTMLLIElement, update: (item: Item) => void }>} */
  const rows = new Map();
  view.subscribe(["assets", "uploads", "link"], () => {
    const items = shown(store);
    const hidden = store.get("assets").filter(({ listed }) => listed === false).length;
    off.hidden = hidden === 0;
    write(unlisted, t.unlisted(hidden));
    const more = items.length > rows.size;
    if (items.length) {
      list.hidden = add.hidden = false;
      passFocus(empty, add);
      const kept = new Set(items.map(({ id }) => id));
      const heir = [...rows].findLast(([id]) => kept.has(id))?.[1].row;
      for (const [id, { row }] of rows) {
        if (!kept.has(id)) passFocus(row, nextRow(row, kept) ?? heir ?? add);
      }
      empty.hidden = true;
    } else {
      empty.hidden = false;
      passFocus(list, first);
      passFocus(add, first);
      list.hidden = add.hidden = true;
    }
    reconcile(
      list,
      rows,
      items,
      (item) => item.id,
      ({ id }) => assetRow(view, id, moves.handle),
    );
    moves.update();
    const taken = items.filter(
      ({ asset, upload }) => ![asset?.state, upload?.state].includes("failed"),
    ).length;
    write(count, taken ? t.filesCount(taken) : "");
    if (more) requestAnimationFrame(() => list.scrollTo(0, list.scrollHeight));
  });
  view.subscribe(["limits"], () => {
    const { suffixes, max_upload_bytes, links: taken } = store.get("limits");
    links.hidden = !taken;
    attribute(input, "accept", suffixes.join(",") || null);
    const anyMedia = [".jpg", ".mp4", ".mp3"].every((suffix) => suffixes.includes(suffix));
    write(what, anyMedia ? t.dropHere : t.dropAny);
    const names = suffixes.filter((suffix) => suffix !== ".jpeg").map((suffix) => suffix.slice(1));
    write(formats, suffixes.length ? t.formats(names.join(", "), size(max_upload_bytes)) : "");
  });
  return section;
}

/**
 * The next file that stays; not its button, which a key that is held down would press, too.
 *
 * @param {HTMLElement} row
 * @param {Set<string>} kept
 */
function nextRow(row, kept) {
  let next = row.nextElementSibling;
  while (next instanceof HTMLElement && !kept.has(next.dataset.id ?? "")) next = next.nextElementSibling;
  return next instanceof HTMLElement ? next : null;
}

/**
 * The line that a web address is typed or pasted into.
 *
 * @param {View} view
 */
function linkBox({ uploads, t }) {
  const input = h("input", {
    type: "text",
    inputmode: "url",
    spellcheck: "false",
    "aria-label": t.linkLabel,
    placeholder: t.linkHint,
    oninput: () => input.setCustomValidity(""),
  });
  const add = (/** @type {Event} */ event) => {
    event.preventDefault();
    const url = input.value.trim();
    const good = isLink(url);
    input.setCustomValidity(good ? "" : t.linkWrong);
    if (!good) return void input.reportValidity();
    uploads.link(url);
    input.value = "";
  };
  const plus = iconButton(t.linkAdd, ICONS.add, () => form.requestSubmit());
  const form = h("form", { class: "nemo-link", novalidate: true, onsubmit: add }, input, plus);
  return form;
}

/** @type {(text: string) => boolean} */
const isLink = (text) => /^https?:\/\/[^\s/]+\S*$/i.test(text);

/**
 * Let files be dropped and pasted anywhere on an element.
 *
 * @param {View} view
 * @param {HTMLElement} root
 */
export function acceptFiles(view, root) {
  const overlay = h("div", { class: "nemo-drop-overlay", hidden: true }, icon(ICONS.upload), view.t.dropNow);
  root.append(overlay);
  let depth = 0;
  const show = (/** @type {number} */ change) => {
    depth = change === 0 ? 0 : depth + change;
    overlay.hidden = depth <= 0;
  };
  /** @type {(type: "dragenter" | "dragover" | "dragleave" | "drop", then: (event: DragEvent) => void) => void} */
  const on = (type, then) => {
    const listener = (/** @type {DragEvent} */ event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.stopPropagation();
      then(event);
    };
    root.addEventListener(type, listener);
    view.onClose(() => root.removeEventListener(type, listener));
  };
  on("dragenter", () => show(1));
  on("dragleave", () => show(-1));
  on("dragover", ({ dataTransfer }) => {
    if (dataTransfer) dataTransfer.dropEffect = "copy";
  });
  on("drop", ({ dataTransfer }) => {
    show(0);
    view.uploads.add([...(dataTransfer?.files ?? [])]);
  });
  const pasted = (/** @type {ClipboardEvent} */ event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    const typing = /** @type {Element} */ (event.target).matches("input, textarea");
    if (typing && (text || !files.length)) return;
    if (files.length) view.uploads.add(files.map(named));
    else if (isLink(text) && view.store.get("limits").links) view.uploads.link(text);
    else return;
    event.preventDefault();
  };
  root.addEventListener("paste", pasted);
  view.onClose(() => root.removeEventListener("paste", pasted));
}

/**
 * Every picture out of the clipboard is called `image.png`; two of them should be told apart.
 *
 * @param {File} file
 */
function named(file) {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const time = new Date().toTimeString().slice(0, 8).replaceAll(":", "");
  const { type, lastModified } = file;
  return new File([file], file.name.replace("image", `pasted-${time}`), { type, lastModified });
}

/** @type {(store: View["store"]) => Item[]} */
const shown = (store) =>
  merge(
    store.get("assets").filter(({ listed }) => listed !== false),
    store.get("uploads"),
  );

/** @type {(item: Item) => boolean} */
const isQueued = ({ upload }) => upload?.state === "queued";

/**
 * Let the files of a list change places: by dragging a row, or by arrow keys on its handle.
 *
 * @param {View} view
 * @param {HTMLElement} list
 * @param {() => Item[]} movable
 */
function movesOf(view, list, movable) {
  /** @type {Map<string, HTMLButtonElement>} */
  const handles = new Map();
  let dragged = "";
  const move = (/** @type {string} */ id, /** @type {number} */ to) => {
    const ids = movable().map((item) => item.id);
    const from = ids.indexOf(id);
    if (from < 0 || to < 0 || to >= ids.length || from === to) return;
    ids.splice(to, 0, ...ids.splice(from, 1));
    view.uploads.reorder(ids);
    requestAnimationFrame(() => handles.get(id)?.focus());
  };
  const handle = (/** @type {string} */ id) => {
    const knob = iconButton("", ICONS.grip, () => {});
    knob.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      move(id, movable().findIndex((item) => item.id === id) + step);
    });
    knob.classList.add("nemo-grip");
    handles.set(id, knob);
    return knob;
  };
  const rowOf = (/** @type {Event} */ event) =>
    /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("li"));
  list.addEventListener("dragstart", (event) => {
    dragged = rowOf(event)?.dataset.id ?? "";
    event.dataTransfer?.setData("text/plain", "");
  });
  list.addEventListener("dragover", (event) => {
    if (dragged) event.preventDefault();
  });
  list.addEventListener("drop", (event) => {
    const onto = rowOf(event)?.dataset.id;
    if (dragged && onto) {
      event.preventDefault();
      move(
        dragged,
        movable().findIndex((item) => item.id === onto),
      );
    }
    dragged = "";
  });
  const update = () => {
    const items = movable();
    for (const [id, knob] of handles) {
      const item = items.find((other) => other.id === id);
      knob.hidden = !item || items.length < 2;
      const row = knob.closest("li");
      if (row) attribute(row, "draggable", knob.hidden ? null : "true");
      const label = view.t.move(item?.name ?? "");
      attribute(knob, "aria-label", label);
      attribute(knob, "title", label);
      if (!row?.isConnected) handles.delete(id);
    }
  };
  return { handle, update };
}

/** @type {(assets: Asset[], uploads: UploadView[]) => Item[]} */
function merge(assets, uploads) {
  /** @type {Map<string, Item>} */
  const items = new Map(assets.map((asset) => [asset.id, { id: asset.id, name: asset.name, asset }]));
  for (const upload of uploads) {
    items.set(upload.id, { id: upload.id, name: upload.name, ...items.get(upload.id), upload });
  }
  return [...items.values()];
}

/**
 * @param {View} view
 * @param {string} id
 * @param {(id: string) => HTMLElement} handle
 */
function assetRow(view, id, handle) {
  const { store, t } = view;
  const picture = h("div", { class: "nemo-thumb" });
  const name = h("div", { class: "nemo-asset-name" });
  const meta = h("div", { class: "nemo-hint" });
  const progress = h("progress", { max: 1 });
  const alert = h("div");
  const remove = iconButton("", ICONS.close, () => {
    const upload = store.get("uploads").find((other) => other.id === id);
    if (upload) view.uploads.cancel(id);
    if (!upload || upload.state === "failed") store.send({ kind: "asset-remove", id });
  });
  const row = h(
    "li",
    { "data-id": id, tabindex: -1 },
    picture,
    h("div", { class: "nemo-asset-body" }, name, meta, progress, alert),
    handle(id),
    remove,
  );
  /** @param {Item} item */
  const update = ({ asset, upload, name: title }) => {
    // This page knows better than the kernel whether its own file is still coming.
    const error = upload ? upload.error : (asset?.error ?? null);
    const ready = !upload && asset?.state === "ready";
    const lost = !error && !ready && store.get("link") === "gone";
    const busy = !error && !ready && !lost;
    showPicture(
      picture,
      safePicture(asset?.thumbnail ?? upload?.thumbnail),
      asset?.kind ?? upload?.kind ?? "other",
    );
    write(name, title);
    name.title = title;
    write(
      meta,
      error
        ? size(asset?.size ?? upload?.size ?? 0)
        : lost
          ? t.lost
          : upload
            ? uploadLine(view, upload)
            : assetLine(view, asset),
    );
    progress.hidden = !busy;
    progress.value = (upload ? upload.done / upload.size : asset?.done) || 0;
    attribute(progress, "aria-label", title);
    showAlert(alert, error);
    const label = busy ? t.cancelFile(title) : t.removeFile(title);
    attribute(remove, "aria-label", label);
    attribute(remove, "title", label);
  };
  return { row, update };
}

/**
 * @param {HTMLElement} place
 * @param {string | null} url
 * @param {string} kind
 */
function showPicture(place, url, kind) {
  const key = url ?? kind;
  if (place.dataset.shows === key) return;
  place.dataset.shows = key;
  place.replaceChildren(
    url ? h("img", { src: url, alt: "", draggable: "false" }) : icon(KIND_ICONS[kind] ?? ICONS.other),
  );
}

/** @type {(view: View, upload: UploadView) => string} */
function uploadLine({ t }, { state, done, size: bytes, speed }) {
  if (state === "queued") return `${t.queued} · ${size(bytes)}`;
  if (state === "stalled") return t.stalled;
  if (state === "finishing") return t.finishing;
  return `${size(done)} / ${size(bytes)}${speed ? ` · ${size(speed)}/s` : ""}`;
}

/** @type {(view: View, asset?: Asset) => string} */
function assetLine({ t }, asset) {
  if (!asset) return "";
  if (asset.state === "receiving" || asset.state === "sending")
    return `${t[asset.state]} ${size(asset.size)}`;
  const { duration, width, height } = asset;
  return [
    duration === null || asset.kind === "image" ? null : clock(duration),
    width && height ? `${width} × ${height}` : null,
    asset.size ? size(asset.size) : null,
  ]
    .filter(Boolean)
    .join(" · ");
}
