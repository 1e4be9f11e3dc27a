// The stage: the finished video, or what is to be seen in its place.
/** @import { View } from "./view.js" */

import { h, ICONS, icon, write } from "./dom.js";
import { isExporting } from "./export.js";
import { safePicture } from "./thumbnail.js";
import { button, showAlert } from "./view.js";

/**
 * The video with the browser's own controls; the timeline follows it through `view.playback`.
 *
 * @param {View} view
 */
export function playerPanel(view) {
  const { store, t } = view;
  const title = h("strong");
  const hint = h("span");
  const progress = h("progress", { max: 1, "aria-label": t.loadingVideo });
  const backdrop = h("div", { class: "nemo-backdrop" });
  const poster = h("div", { class: "nemo-poster" }, icon(ICONS.film), title, hint, progress);
  const alert = h("div", { class: "nemo-stage-alert" });
  const stage = h("section", { class: "nemo-stage", "aria-label": t.preview }, backdrop, poster, alert);
  /** @type {HTMLVideoElement | null} */
  let video = null;
  let shownImage = "";
  view.onClose(() => video?.removeAttribute("src"));

  view.subscribe(["video"], () => view.videos.want());
  view.subscribe(["video", "transfer", "draft", "assets", "export", "pendingExport"], () => {
    const info = store.get("video");
    const transfer = info && store.get("transfer");
    const ready = (store.get("draft")?.tracks ?? []).some(({ segments }) => segments.length > 0);
    const url = transfer?.url ?? null;
    if ((video?.getAttribute("src") ?? null) !== url) {
      video?.remove();
      video = url ? makeVideo(view, url, info?.name ?? "") : null;
      if (video) stage.append(video);
      else view.playback.moved(0, false);
    }
    poster.hidden = url !== null;
    progress.hidden = !info || !transfer || transfer.error !== null;
    if (transfer) progress.value = transfer.done;
    const [says, hints] = isExporting(store)
      ? [t.rendering, ""]
      : ready
        ? [t.posterDraft, t.posterDraftHint]
        : [t.posterEmpty, t.posterEmptyHint];
    write(title, info ? t.loadingVideo : says);
    write(hint, info ? info.name : hints);
    const error =
      transfer?.error?.message === ""
        ? { message: t.videoFailed, remedy: t.videoFailedRemedy }
        : transfer?.error;
    showAlert(alert, error, () => [button(t.tryAgain, () => view.videos.retry())]);
    const shape = info ?? store.get("draft");
    stage.style.setProperty("--nemo-shape", String((shape?.width || 16) / (shape?.height || 9)));
    const picture = store
      .get("assets")
      .map(({ thumbnail }) => safePicture(thumbnail))
      .find(Boolean);
    const image = picture && !url ? `url("${picture}")` : "";
    if (image !== shownImage) backdrop.style.backgroundImage = image;
    shownImage = image;
  });
  return stage;
}

/**
 * @param {View} view
 * @param {string} url
 * @param {string} name
 */
function makeVideo(view, url, name) {
  const { playback } = view;
  const video = h("video", {
    src: url,
    controls: true,
    playsinline: true,
    preload: "auto",
    "aria-label": name,
  });
  const moved = () => playback.moved(video.currentTime * 1000, true);
  const follow = () => {
    moved();
    if (!video.paused && !video.ended && video.isConnected) requestAnimationFrame(follow);
  };
  for (const event of ["loadedmetadata", "timeupdate", "seeking", "pause"])
    video.addEventListener(event, moved);
  video.addEventListener("play", follow);
  playback.seek = (ms) => {
    video.currentTime = Math.max(0, Math.min(ms / 1000, video.duration || 0));
    moved();
  };
  return video;
}
