// Export, its progress, and the download of what came out.
/** @import { View } from "./view.js" */

import { isAnswering } from "./conversation.js";
import { attribute, h, ICONS, icon, uniqueId, write } from "./dom.js";
import { clock, size } from "./text.js";
import { button, showAlert } from "./view.js";

/**
 * The bar under the stage.
 *
 * @param {View} view
 */
export function exportPanel(view) {
  const { store, t } = view;
  const reasonId = uniqueId("reason");
  const start = button(t.export, () => whyNot(view) === null && exportDraft(store), {
    path: ICONS.film,
    look: "primary",
    props: { "aria-describedby": reasonId },
  });
  const download = h("a", { class: "nemo-button" }, icon(ICONS.download), h("span", null, t.download));
  const reason = h("span", { class: "nemo-reason", id: reasonId, role: "status" });
  const stage = h("span", { class: "nemo-stage-name" });
  const percent = h("output", { class: "nemo-percent" });
  const progress = h("progress", { max: 1, "aria-label": t.export });
  const cancel = button(t.cancel, () => cancelExport(store), { look: "quiet" });
  const running = h("div", { class: "nemo-export-running" }, stage, percent, progress, cancel);
  const alert = h("div");
  const bar = h("div", { class: "nemo-export-bar" }, start, download, reason, running);

  view.subscribe(
    ["export", "pendingExport", "draft", "turns", "pendingPrompt", "backend", "link", "video", "transfer"],
    () => {
      const job = store.get("export");
      const busy = isExporting(store);
      const done = job?.state === "running" ? job.done : 0;
      const why = whyNot(view);
      const info = store.get("video");
      const url = store.get("transfer")?.url ?? null;
      start.hidden = busy;
      running.hidden = !busy;
      write(/** @type {Element} */ (start.lastElementChild), info ? t.exportAgain : t.export);
      const current = Boolean(url) && !info?.outdated;
      start.classList.toggle("nemo-primary", !current);
      attribute(start, "aria-disabled", why ? "true" : null);
      write(stage, job?.state === "running" && job.stage === "downloading" ? t.downloading : t.rendering);
      write(percent, `${Math.floor(done * 100)} %`);
      progress.value = done;
      download.hidden = !url || busy;
      download.classList.toggle("nemo-primary", current);
      attribute(download, "href", url);
      attribute(download, "download", info?.name || "video.mp4");
      const cancelled = job?.state === "cancelled" ? t.exportCancelled : "";
      const about = info?.outdated ? t.outdated : facts(info);
      write(reason, busy ? "" : (why ?? (cancelled || about)));
      showAlert(alert, !busy && job?.state === "failed" ? job.error : null);
    },
  );
  return h("section", { class: "nemo-export", "aria-label": t.export }, bar, alert);
}

/** @type {(info: import("./types.d.ts").VideoInfo | null) => string} */
function facts(info) {
  if (!info) return "";
  const { width, height, duration } = info;
  return [duration ? clock(duration) : null, width && height ? `${width} × ${height}` : null, size(info.size)]
    .filter(Boolean)
    .join(" · ");
}

/** @type {(store: View["store"]) => boolean} */
export function isExporting(store) {
  return store.get("pendingExport") !== null || store.get("export")?.state === "running";
}

/**
 * Why there can be no export just now, or null.
 *
 * @param {View} view
 */
function whyNot({ store, t }) {
  if (store.get("link") !== "live") return t.waitForKernel;
  if (store.get("backend")?.status === "failed") return t.waitForBackend;
  if (isAnswering(store)) return t.waitForTurn;
  const segments = store.get("draft")?.tracks.some((track) => track.segments.length > 0);
  return segments ? null : t.noDraft;
}

/**
 * Ask for an export, once.
 *
 * @param {View["store"]} store
 */
function exportDraft(store) {
  const id = uniqueId("export");
  store.set("pendingExport", id);
  store.insist({ kind: "export", id }, () => store.get("pendingExport") === id);
}

/** @type {(store: View["store"]) => void} */
function cancelExport(store) {
  const id = store.get("pendingExport") ?? store.get("export")?.id;
  if (id) store.send({ kind: "export-cancel", id });
  store.set("pendingExport", null);
}
