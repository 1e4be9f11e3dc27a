// The files: those that the kernel has, those on their way, and those that were refused.
/** @import { Asset, UploadView } from "./types.d.ts" */
/** @import { View } from "./view.js" */

import { attribute, h, ICONS, icon, reconcile, write } from "./dom.js";
import { clock, size } from "./text.js";
import { safePicture } from "./thumbnail.js";
import { button, iconButton, KIND_ICONS, panel, showAlert } from "./view.js";

/** @typedef {{ id: string, name: string, asset?: Asset, upload?: UploadView }} Item */

/**
 * The panel with the file button and the list.
 *
 * @param {View} view
 */
export function assetsPanel(view) {
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
  const empty = h(
    "div",
    { class: "nemo-dropzone" },
    icon(ICONS.upload),
    h("p", null, t.dropHere),
    button(t.chooseFiles, choose),
    formats,
  );
  const list = h("ul", { class: "nemo-assets" });
  section.append(input, empty, list);

  /** @type {Map<string, { row: HTMLLIElement, update: (item: Item) => void }>} */
  const rows = new Map();
  view.subscribe(["assets", "uploads"], () => {
    const items = merge(store.get("assets"), store.get("uploads"));
    const more = items.length > rows.size;
    reconcile(
      list,
      rows,
      items,
      (item) => item.id,
      ({ id }) => assetRow(view, id),
    );
    write(count, items.length ? t.filesCount(items.length) : "");
    empty.hidden = items.length > 0;
    list.hidden = add.hidden = items.length === 0;
    if (more) requestAnimationFrame(() => list.scrollTo(0, list.scrollHeight));
  });
  view.subscribe(["limits"], () => {
    const { suffixes, max_upload_bytes } = store.get("limits");
    attribute(input, "accept", suffixes.join(",") || null);
    const names = suffixes.filter((suffix) => suffix !== ".jpeg").map((suffix) => suffix.slice(1));
    write(formats, suffixes.length ? t.formats(names.join(", "), size(max_upload_bytes)) : "");
  });
  return section;
}

/**
 * Let files be dropped anywhere on an element.
 *
 * @param {View} view
 * @param {HTMLElement} root
 */
export function acceptDrops(view, root) {
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
 */
function assetRow(view, id) {
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
    null,
    picture,
    h("div", { class: "nemo-asset-body" }, name, meta, progress, alert),
    remove,
  );
  /** @param {Item} item */
  const update = ({ asset, upload, name: title }) => {
    // This page knows better than the kernel whether its own file is still coming.
    const error = upload ? upload.error : (asset?.error ?? null);
    const ready = !upload && asset?.state === "ready";
    const busy = !error && !ready;
    showPicture(picture, safePicture(asset?.thumbnail ?? upload?.thumbnail), asset?.kind ?? "other");
    write(name, title);
    name.title = title;
    write(
      meta,
      error
        ? size(asset?.size ?? upload?.size ?? 0)
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
    remove.hidden = ready; // What the service has, the agent uses: it can't be taken back.
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
  place.replaceChildren(url ? h("img", { src: url, alt: "" }) : icon(KIND_ICONS[kind] ?? ICONS.other));
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
