// The draft as lanes under a ruler. The picture is for the eye; the summary and the table say the same in words.
/** @import { DraftView, Segment, Track } from "./types.d.ts" */
/** @import { View } from "./view.js" */

import { attribute, h, ICONS, icon } from "./dom.js";
import { clock } from "./text.js";
import { safePicture } from "./thumbnail.js";
import { iconButton, KIND_ICONS, panel } from "./view.js";

const STEPS_MS = [
  100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000, 3600000,
];
const LABEL_EVERY_PX = 64;
const MAX_ZOOM = 32;

/**
 * The panel with ruler, lanes and playhead.
 *
 * @param {View} view
 */
export function timelinePanel(view) {
  const { store, t, playback } = view;
  const zoomOut = iconButton(t.zoomOut, ICONS.zoomOut, () => zoomTo(zoom / 2));
  const zoomIn = iconButton(t.zoomIn, ICONS.zoomIn, () => zoomTo(zoom * 2));
  const zooms = h("div", { class: "nemo-zooms" }, zoomOut, zoomIn);
  const section = panel("timeline", t.timeline, zooms);
  const empty = h("p", { class: "nemo-hint nemo-timeline-empty" }, t.timelineEmpty);
  const summary = h("p", { class: "nemo-hidden" });
  const heads = h("div", { class: "nemo-lane-heads", "aria-hidden": "true" });
  const ruler = h("div", { class: "nemo-ruler", role: "slider", "aria-label": t.seek, "aria-valuemin": 0 });
  const lanes = h("div", { class: "nemo-lanes", "aria-hidden": "true" });
  const playhead = h("div", { class: "nemo-playhead", "aria-hidden": "true" });
  const canvas = h("div", { class: "nemo-canvas" }, ruler, lanes, playhead);
  const scroller = h("div", { class: "nemo-scroller" }, canvas);
  const body = h("div", { class: "nemo-timeline-body" }, heads, scroller);
  section.append(empty, summary, body);

  let duration = 0;
  let zoom = 1;
  const zoomTo = (/** @type {number} */ wanted) => {
    const middle = (scroller.scrollLeft + scroller.clientWidth / 2) / (canvas.clientWidth || 1);
    zoom = Math.max(1, Math.min(MAX_ZOOM, wanted));
    canvas.style.width = `${zoom * 100}%`;
    scroller.scrollLeft = middle * canvas.clientWidth - scroller.clientWidth / 2;
    attribute(zoomOut, "disabled", zoom === 1);
    attribute(zoomIn, "disabled", zoom === MAX_ZOOM);
  };
  zoomTo(1);

  /** @type {unknown[]} What the lanes were drawn from: assets change often while files are on their way. */
  let drawn = [];
  view.subscribe(["draft", "assets"], () => {
    const draft = store.get("draft");
    const drawing = [draft, ...store.get("assets").map(({ thumbnail }) => thumbnail)];
    if (drawn.length === drawing.length && drawing.every((part, index) => part === drawn[index])) return;
    drawn = drawing;
    const shown = draft?.tracks.some((track) => track.segments.length > 0) ?? false;
    duration = draft ? lengthOf(draft) : 0;
    empty.hidden = shown;
    body.hidden = zooms.hidden = !shown;
    summary.textContent = draft?.summary ?? "";
    drawLanes(view, draft, duration, heads, lanes);
    drawRuler(ruler, duration, canvas.clientWidth);
    attribute(ruler, "aria-valuemax", Math.round(duration / 1000));
  });
  const resized = new ResizeObserver(() => drawRuler(ruler, duration, canvas.clientWidth));
  resized.observe(canvas);
  view.onClose(() => resized.disconnect());

  playback.watch(() => {
    const { time, seekable } = playback;
    playhead.hidden = !seekable;
    playhead.style.left = `${duration ? Math.min(100, (time / duration) * 100) : 0}%`;
    canvas.classList.toggle("nemo-seekable", seekable);
    attribute(ruler, "tabindex", seekable ? 0 : null);
    attribute(ruler, "aria-disabled", seekable ? null : "true");
    attribute(ruler, "aria-valuenow", Math.round(time / 1000));
    attribute(ruler, "aria-valuetext", clock(time));
  });
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    if (playback.seekable) playback.seek(((event.clientX - box.left) / box.width) * duration);
  });
  ruler.addEventListener("keydown", ({ key }) => {
    const step = { ArrowLeft: -1000, ArrowRight: 1000, PageUp: -5000, PageDown: 5000 }[key];
    if (!playback.seekable) return;
    if (step) playback.seek(playback.time + step);
    else if (key === "Home") playback.seek(0);
    else if (key === "End") playback.seek(duration);
  });
  return section;
}

/** @type {(draft: DraftView) => number} */
function lengthOf(draft) {
  let end = draft.duration;
  for (const { segments } of draft.tracks) {
    for (const { start, duration } of segments) end = Math.max(end, start + duration);
  }
  return end;
}

/**
 * @param {View} view
 * @param {DraftView | null} draft
 * @param {number} total in ms
 * @param {HTMLElement} heads
 * @param {HTMLElement} lanes
 */
function drawLanes({ store, t }, draft, total, heads, lanes) {
  /** @type {Map<string, string | null>} */
  const pictures = new Map();
  for (const { name, source, thumbnail } of store.get("assets")) {
    const picture = safePicture(thumbnail);
    pictures.set(name, picture);
    if (source) pictures.set(source, picture);
  }
  /** @type {Record<string, string>} */
  const names = { video: t.laneVideo, audio: t.laneAudio, text: t.laneText };
  const tracks = draft?.tracks ?? [];
  heads.replaceChildren(
    ...tracks.map((track) => {
      const name = track.name || names[track.kind] || track.kind;
      return h("div", { title: name }, icon(KIND_ICONS[track.kind] ?? ICONS.other), h("span", null, name));
    }),
  );
  lanes.replaceChildren(
    ...tracks.map((track) => {
      const kind = names[track.kind] ? track.kind : "other";
      const blocks = track.segments.map((segment) => block(segment, track, total, pictures));
      return h("div", { class: `nemo-lane nemo-lane-${kind}` }, ...blocks);
    }),
  );
}

/**
 * @param {Segment} segment
 * @param {Track} track
 * @param {number} total
 * @param {Map<string, string | null>} pictures by file name and by source
 */
function block(segment, track, total, pictures) {
  const { start, duration, label } = segment;
  const title = `${label}\n${clock(start, 1)} – ${clock(start + duration, 1)}`;
  const element = h("div", { class: "nemo-segment", title }, h("span", null, label));
  element.style.left = `${(start / total) * 100}%`;
  element.style.width = `${(duration / total) * 100}%`;
  const picture = track.kind === "video" ? pictureOf(segment, pictures) : null;
  if (picture) {
    element.classList.add("nemo-pictured");
    element.style.backgroundImage = `url("${picture}")`;
  }
  return element;
}

/** @type {(segment: Segment, pictures: Map<string, string | null>) => string | null | undefined} */
function pictureOf({ label, source }, pictures) {
  const name = decode((source ?? "").split(/[?#]/)[0]?.split("/").at(-1) ?? "");
  return pictures.get(source ?? "") ?? pictures.get(name) ?? pictures.get(label);
}

/** @type {(text: string) => string} */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * @param {HTMLElement} ruler
 * @param {number} total in ms
 * @param {number} width in px
 */
function drawRuler(ruler, total, width) {
  const wanted = width ? (total * LABEL_EVERY_PX) / width : total;
  const step = STEPS_MS.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / 3600000) * 3600000;
  const key = `${total}/${step}`;
  if (ruler.dataset.scale === key) return;
  ruler.dataset.scale = key;
  const ticks = [];
  for (let time = 0; total > 0 && time <= total; time += step) {
    const tick = h("span", null, clock(time, step < 1000 ? 1 : 0));
    tick.style.left = `${(time / total) * 100}%`;
    if (time > total - step * 0.5) tick.className = "nemo-last-tick";
    ticks.push(tick);
  }
  ruler.replaceChildren(...ticks);
}
