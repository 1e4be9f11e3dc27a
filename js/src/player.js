// The stage: the finished video, or what is to be seen in its place.
/** @import { VideoInfo } from "./types.d.ts" */
/** @import { View } from "./view.js" */

import { attribute, h, ICONS, icon, write } from "./dom.js";
import { downloadLink } from "./download.js";
import { isExporting, rendering } from "./export.js";
import { safePicture } from "./thumbnail.js";
import { button, showAlert } from "./view.js";

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];

/**
 * The video with the browser's own controls; the timeline follows it through `view.playback`.
 *
 * @param {View} view
 * @param {boolean} [alone] whether it also says what it plays, and offers it for download
 */
export function playerPanel(view, alone = false) {
  const { store, t } = view;
  const title = h("strong");
  const hint = h("span");
  const progress = h("progress", { max: 1, "aria-label": t.loadingVideo });
  const backdrop = h("div", { class: "nemo-backdrop" });
  const poster = h("div", { class: "nemo-poster" }, icon(ICONS.film), title, hint, progress);
  const alert = h("div", { class: "nemo-stage-alert" });
  const stage = h("div", { class: "nemo-stage" }, backdrop, poster, alert);
  const about = h("span", { class: "nemo-hint" });
  const { link: download, why: whyNoDownload } = downloadLink(view, "nemo-quiet");
  const speed = h(
    "select",
    { onchange: () => video && setSpeed(video) },
    ...SPEEDS.map((rate) => h("option", { value: rate, selected: rate === 1 }, `${rate} ×`)),
  );
  const bar = h("div", { class: "nemo-player-bar" }, about, download, h("label", null, t.speed, " ", speed));
  const setSpeed = (/** @type {HTMLVideoElement} */ element) => {
    element.playbackRate = Number(speed.value);
  };
  /** @type {HTMLVideoElement | null} */
  let video = null;
  let shownImage = "";
  let shownId = "";
  /** Where a video was when what it was played from broke. */
  let resume = { time: 0, playing: false };
  view.onClose(() => drop(video));

  const show = (/** @type {string} */ url, /** @type {VideoInfo} */ info) => {
    const { time, playing } = info.id === shownId ? resume : { time: 0, playing: false };
    shownId = info.id;
    const made = makeVideo(view, url, info);
    made.addEventListener("loadedmetadata", () => {
      setSpeed(made);
      if (time) made.currentTime = time;
      if (playing) made.play().catch(() => {});
    });
    made.addEventListener("error", () => {
      resume = { time: made.currentTime || time, playing: playing || !made.paused };
      view.videos.broken(url);
    });
    return made;
  };

  view.subscribe(["video"], () => view.videos.want());
  view.subscribe(["video", "transfer", "draft", "assets", "export", "pendingExport", "link"], () => {
    const info = store.get("video");
    const transfer = info && store.get("transfer");
    const ready = (store.get("draft")?.tracks ?? []).some(({ segments }) => segments.length > 0);
    const url = transfer?.url ?? null;
    if ((video?.getAttribute("src") ?? null) !== url) {
      drop(video);
      video = url && info ? show(url, info) : null;
      if (video) stage.append(video);
      else view.playback.moved(0, false);
    }
    poster.hidden = url !== null;
    if (video) attribute(video, "poster", safePicture(info?.poster));
    bar.hidden = !url;
    download.hidden = !alone;
    write(about, alone ? (whyNoDownload() ?? info?.name ?? "") : "");
    progress.hidden = !info || !transfer || transfer.error !== null;
    if (transfer) progress.value = transfer.done;
    const [says, hints] = isExporting(store)
      ? [rendering(view), ""]
      : ready
        ? [t.posterDraft, t.posterDraftHint]
        : [t.posterEmpty, t.posterEmptyHint];
    const failed = Boolean(transfer?.error);
    write(title, info ? (failed ? info.name : t.loadingVideo) : says);
    write(hint, info ? (failed ? "" : info.name) : hints);
    const error =
      transfer?.error?.message === ""
        ? { message: t.videoFailed, remedy: alone ? t.videoAloneRemedy : t.videoFailedRemedy }
        : transfer?.error;
    showAlert(alert, error, () => [button(t.tryAgain, () => view.videos.retry())]);
    const shape = info ?? store.get("draft");
    stage.style.setProperty("--nemo-shape", String((shape?.width || 16) / (shape?.height || 9)));
    const own = safePicture(info?.poster);
    const picture =
      own ??
      store
        .get("assets")
        .map(({ thumbnail }) => safePicture(thumbnail))
        .find(Boolean);
    const image = picture && !url ? `url("${picture}")` : "";
    backdrop.classList.toggle("nemo-sharp", own !== null);
    if (image !== shownImage) backdrop.style.backgroundImage = image;
    shownImage = image;
  });
  return h("section", { "aria-label": t.preview }, stage, bar);
}

/**
 * Take a video out, with its memory and its connections.
 *
 * @param {HTMLVideoElement | null} video
 */
function drop(video) {
  if (!video) return;
  const captions = video.querySelector("track")?.src;
  video.remove();
  video.removeAttribute("src");
  video.load();
  if (captions) URL.revokeObjectURL(captions);
}

/**
 * @param {View} view
 * @param {string} url
 * @param {VideoInfo} info
 */
function makeVideo(view, url, info) {
  const { playback } = view;
  const video = h("video", {
    // A server elsewhere may not say that other pages may read it, and need not.
    crossorigin: url === info.url ? null : "anonymous",
    src: url,
    controls: true,
    playsinline: true,
    preload: "auto",
    poster: safePicture(info.poster),
    "aria-label": info.name,
  });
  if (info.captions) {
    const src = URL.createObjectURL(new Blob([info.captions], { type: "text/vtt" }));
    video.append(
      h("track", { kind: "captions", label: view.t.captions, srclang: view.store.get("language"), src }),
    );
  }
  const moved = () => playback.moved(video.currentTime * 1000, true, video.duration * 1000 || 0);
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
