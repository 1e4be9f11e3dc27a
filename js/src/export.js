// Export, its progress, and the download of what came out.
/** @import { View } from "./view.js" */

import { isAnswering, whyCutOff } from "./conversation.js";
import { attribute, h, ICONS, passFocus, uniqueId, write } from "./dom.js";
import { downloadLink } from "./download.js";
import { clock, size } from "./text.js";
import { button, showAlert } from "./view.js";

/** @type {import("./types.d.ts").Key[]} */
const SHOWN = [
  "export",
  "pendingExport",
  "draft",
  "turns",
  "pendingPrompt",
  "backend",
  "link",
  "video",
  "transfer",
  "problems",
];

/**
 * The bar under the stage.
 *
 * @param {View} view
 */
export function exportPanel(view) {
  const { store, t } = view;
  const reasonId = uniqueId("reason");
  const start = button(t.export, () => whyNot(view) === null && exportDraft(store, "export"), {
    path: ICONS.film,
    look: "primary",
    props: { "aria-describedby": reasonId },
  });
  const preview = button(t.previewButton, () => whyNot(view) === null && exportDraft(store, "preview"));
  const { link: download, why: whyNoDownload } = downloadLink(view);
  const reason = h("span", { class: "nemo-reason", id: reasonId, role: "status" });
  const warning = button("", () => showProblems(bar), { look: "jump" });
  const stage = h("span", { class: "nemo-stage-name" });
  const percent = h("output", { class: "nemo-percent" });
  const progress = h("progress", { max: 1, "aria-label": t.export });
  const cancel = button(t.cancel, () => cancelExport(store), { look: "quiet" });
  // It takes the focus of Export; Cancel would be pressed by a key that is held down.
  const holding = { role: "group", "aria-label": t.rendering, tabindex: -1 };
  const running = h("div", { class: "nemo-export-running", ...holding }, stage, percent, progress, cancel);
  const alert = h("div");
  const bar = h("div", { class: "nemo-export-bar" }, start, download, reason, preview, running);

  const refresh = () => {
    const job = store.get("export");
    const busy = isExporting(store);
    const done = job?.state === "running" ? job.done : 0;
    const why = whyNot(view);
    const info = store.get("video");
    const url = (!info?.preview && store.get("transfer")?.url) || null;
    if (busy) {
      running.hidden = false;
      passFocus(start, running);
      passFocus(preview, running);
    }
    start.hidden = busy;
    if (!busy) passFocus(running, start);
    // What NemoVideo's cloud makes of a preview isn't known; and what is here already needs none.
    preview.hidden = busy || store.get("backend")?.kind === "cloud";
    preview.style.visibility = info !== null && !info.outdated ? "hidden" : ""; // its place is kept
    reason.hidden = busy;
    attribute(preview, "aria-disabled", why ? "true" : null);
    running.hidden = !busy;
    const exported = info && !info.preview;
    write(/** @type {Element} */ (start.lastElementChild), exported ? t.exportAgain : t.export);
    const current = Boolean(url) && !info?.outdated;
    start.classList.toggle("nemo-primary", !current);
    attribute(start, "aria-disabled", why ? "true" : null);
    const asked = store.get("pendingExport");
    const waits = asked !== null && job?.state === "running" && job.id !== asked;
    const doing = job?.state === "running" && job.stage === "downloading" ? t.downloading : rendering(view);
    write(stage, waits ? t.waitForExport : doing);
    write(percent, `${Math.floor(done * 100)} %`);
    progress.value = done;
    download.hidden = !url || busy;
    download.classList.toggle("nemo-primary", current);
    const cancelled = job?.state === "cancelled" ? t.exportCancelled : "";
    const wrong = store.get("problems").length;
    const seen = info?.outdated
      ? t.outdated
      : info?.preview
        ? t.previewFact
        : facts(info, view.playback.length);
    const away = url ? whyNoDownload() : null;
    const said = why ?? away ?? cancelled;
    if (!said && wrong) {
      write(/** @type {Element} */ (warning.lastElementChild), t.wrong(wrong));
      warning.title = store.get("problems").join("\n");
      if (warning.parentElement !== reason) reason.replaceChildren(warning);
    } else write(reason, said || seen);
    showAlert(alert, !busy && job?.state === "failed" ? job.error : null);
  };
  view.subscribe(SHOWN, refresh);
  let length = 0;
  view.playback.watch(() => {
    if (view.playback.length !== length) refresh();
    length = view.playback.length;
  });
  return h("section", { class: "nemo-export", "aria-label": t.export }, bar, alert);
}

/**
 * What is worth knowing of a video.
 *
 * @param {import("./types.d.ts").VideoInfo | null} info
 * @param {number} length what the player takes it for, in ms
 */
function facts(info, length) {
  if (!info) return "";
  const { width, height } = info;
  // As the player writes it: a second that isn't full doesn't count.
  const duration = Math.floor(length || info.duration || 0);
  return [
    duration ? clock(duration - (duration % 1000)) : null,
    width && height ? `${width} × ${height}` : null,
    size(info.size),
  ]
    .filter((fact) => fact !== null)
    .map((fact) => fact.replaceAll(" ", "\u00a0")) // a number and its unit stay together
    .join(" · ");
}

/**
 * Lead to what would go wrong, which stands below the lanes and may be far from here.
 *
 * @param {HTMLElement} bar
 */
function showProblems(bar) {
  const list = bar.closest(".nemo-editor")?.querySelector(".nemo-problems");
  if (list instanceof HTMLElement) list.focus();
}

/** @type {(store: View["store"]) => boolean} */
export function isExporting(store) {
  if (store.get("link") === "gone") return false; // its kernel sees no more of it
  return store.get("pendingExport") !== null || store.get("export")?.state === "running";
}

/**
 * What is being made: a video, or a preview of it.
 *
 * @param {View} view
 */
export function rendering({ store, t }) {
  const job = store.get("export");
  return job?.state === "running" && job.preview ? t.renderingPreview : t.rendering;
}

/**
 * Why there can be no export just now, or null.
 *
 * @param {View} view
 */
function whyNot({ store, t }) {
  const cut = whyCutOff({ store, t });
  if (cut) return cut;
  if (isAnswering(store)) return t.waitForTurn;
  const segments = store.get("draft")?.tracks.some((track) => track.segments.length > 0);
  return segments ? null : t.noDraft;
}

/**
 * Ask for an export or a preview, once.
 *
 * @param {View["store"]} store
 * @param {"export" | "preview"} kind
 */
function exportDraft(store, kind) {
  const id = uniqueId("export");
  store.set("pendingExport", id);
  store.insist({ kind, id }, () => store.get("pendingExport") === id);
}

/** @type {(store: View["store"]) => void} */
function cancelExport(store) {
  const id = store.get("pendingExport") ?? store.get("export")?.id;
  if (id) store.send({ kind: "export-cancel", id });
  store.set("pendingExport", null);
}
