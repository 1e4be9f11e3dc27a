// The draft as lanes under a ruler, to look at, walk through and edit. Drawn when something changed, and never else.
/** @import { Ghost } from "./drag.js" */
/** @import { Pane } from "./view.js" */

import { deskOf } from "./desk.js";
import { attribute, h, ICONS, icon, on, uniqueId, write } from "./dom.js";
import { Drag, gripAt } from "./drag.js";
import { editBar } from "./editbar.js";
import { editByKey } from "./gestures.js";
import { GAP, LANE, Painter, RULER } from "./lanes.js";
import { pictures } from "./pictures.js";
import { clock } from "./text.js";
import { iconButton, KIND_ICONS, panel } from "./view.js";
import { Zoom } from "./zoom.js";

const DRAG_FROM_PX = 4;

/**
 * The panel with ruler, lanes and playhead.
 *
 * @param {Pane} view
 * @param {boolean} [alone] whether it is shown without the rest of the editor
 */
export function timelinePanel(view, alone = false) {
  const { store, playback } = view;
  const desk = deskOf(view);
  const { t } = desk;
  const { selection } = desk;
  const bar = editBar(view, alone);
  const optionId = uniqueId("segment");
  const canvas = h("canvas", { "aria-hidden": "true" });
  const ruler = h("div", { class: "nemo-ruler", role: "slider", "aria-label": t.seek, "aria-valuemin": 0 });
  const option = h("div", { role: "option", id: optionId, class: "nemo-hidden" });
  const lanes = h(
    "div",
    { class: "nemo-lanes", role: "listbox", tabindex: 0, "aria-label": t.segments },
    option,
  );
  attribute(lanes, "aria-multiselectable", "true");
  attribute(lanes, "aria-description", t.keys);
  const playhead = h("div", { class: "nemo-playhead", "aria-hidden": "true" });
  const tip = h("div", { class: "nemo-tip", "aria-hidden": "true", hidden: true });
  const window_ = h("div", { class: "nemo-window" }, canvas, ruler, lanes);
  const sheet = h("div", { class: "nemo-canvas" }, window_, playhead);
  const scroller = h("div", { class: "nemo-scroller" }, sheet);
  const heads = h("div", { class: "nemo-lane-heads", "aria-hidden": "true" });
  const body = h("div", { class: "nemo-timeline-body" }, heads, scroller, tip);
  const empty = h("p", { class: "nemo-hint nemo-timeline-empty" }, t.timelineEmpty);
  const summary = h("p", { class: "nemo-hidden" });

  const painter = new Painter(canvas);
  const zoom = new Zoom(
    scroller,
    sheet,
    () => desk.lines.end,
    () => redraw(),
  );
  const zoomOut = iconButton(t.zoomOut, ICONS.zoomOut, () => zoom.by(1 / 2));
  const zoomIn = iconButton(t.zoomIn, ICONS.zoomIn, () => zoom.by(2));
  const fit = iconButton(t.fit, ICONS.fit, () => zoom.fit());
  const tools = h("div", { class: "nemo-zooms" }, ...bar.tools, zoomOut, zoomIn, fit);
  const section = panel("timeline", t.timeline, tools);
  section.append(empty, summary, desk.live, body, bar.place); // what comes and goes pushes no lane away

  const picture = pictures(view, () => redraw());
  /** @type {Drag | null} */
  let drag = null;
  /** @type {{ x: number, y: number, grip: ReturnType<typeof gripAt> } | null} */
  let pressed = null;
  let frame = 0;
  const draw = () => {
    frame = 0;
    const { clientWidth: width, clientHeight: height } = scroller;
    if (!width || body.hidden) return;
    const { scrollLeft: left, scrollTop: top } = scroller;
    window_.style.height = `${height}px`;
    window_.style.width = `${width}px`;
    heads.scrollTop = top;
    /** @type {Ghost[]} */
    const ghosts = drag?.ghosts ?? [];
    const { lines } = desk;
    const { rows: picked, active } = selection;
    const focused = lanes.matches(":focus-visible") ? active : -1;
    painter.draw({
      lines,
      scale: zoom.scale,
      left,
      top,
      width,
      height,
      picked,
      active: focused,
      ghosts,
      snapped: drag?.snapped ?? null,
      landing: drag?.landing?.at ?? null,
      picture,
      peaks: (source) => store.get("peaks")[source],
    });
    attribute(zoomOut, "aria-disabled", zoom.fitted ? "true" : null);
    attribute(fit, "aria-disabled", zoom.fitted ? "true" : null);
    attribute(zoomIn, "aria-disabled", zoom.nearest ? "true" : null);
    placeHead();
  };
  const redraw = () => {
    if (!frame) frame = requestAnimationFrame(draw);
  };
  view.onClose(() => cancelAnimationFrame(frame));
  const placeHead = () => {
    playhead.style.transform = `translateX(${Math.min(playback.time, desk.lines.end) * zoom.scale}px)`;
  };

  view.subscribe(["draft"], () => {
    const { lines } = desk;
    empty.hidden = lines.count > 0;
    body.hidden = tools.hidden = lines.count === 0;
    write(summary, store.get("draft")?.summary ?? "");
    sheet.style.height = `${RULER + lines.tracks.length * (LANE + GAP)}px`;
    drawHeads(heads, lines.tracks, t);
    attribute(ruler, "aria-valuemax", Math.round(lines.end / 1000));
    drag = null;
    zoom.settle();
    redraw();
  });
  view.subscribe(["assets", "peaks"], redraw);
  selection.watch(() => {
    const { active, rows } = selection;
    option.textContent = active >= 0 ? desk.describe(active) : t.selected(0);
    attribute(option, "aria-selected", active >= 0 && rows.has(active) ? "true" : "false");
    attribute(option, "aria-posinset", active + 1 || null);
    attribute(option, "aria-setsize", active >= 0 ? desk.lines.count : null);
    attribute(lanes, "aria-activedescendant", active >= 0 ? optionId : null);
    redraw();
  });
  on(scroller, "scroll", redraw, { passive: true });
  on(lanes, "focus", () => {
    if (lanes.matches(":focus-visible")) tellKeys();
    redraw();
  });
  on(lanes, "blur", () => {
    tip.hidden = true;
    redraw();
  });
  const resized = new ResizeObserver(() => {
    zoom.settle();
    redraw();
  });
  resized.observe(scroller);
  const themed = new MutationObserver(redraw);
  setTimeout(() => {
    const root = section.closest(".nemo-editor");
    if (root) themed.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  });
  view.onClose(() => {
    resized.disconnect();
    themed.disconnect();
  });

  let seen = false;
  playback.watch(() => {
    const { time, seekable } = playback;
    playhead.hidden = !seekable;
    placeHead();
    const x = time * zoom.scale - scroller.scrollLeft;
    const visible = x >= 0 && x <= scroller.clientWidth;
    if (seen && !visible && seekable) scroller.scrollLeft = time * zoom.scale - scroller.clientWidth * 0.1;
    seen = visible;
    sheet.classList.toggle("nemo-seekable", seekable);
    attribute(ruler, "tabindex", seekable ? 0 : null);
    attribute(ruler, "aria-disabled", seekable ? null : "true");
    attribute(ruler, "aria-valuenow", Math.round(time / 1000));
    attribute(ruler, "aria-valuetext", clock(time));
  });

  const timeAt = (/** @type {MouseEvent} */ { clientX }) =>
    Math.max(0, (clientX - scroller.getBoundingClientRect().left + scroller.scrollLeft) / zoom.scale);
  const trackAt = (/** @type {MouseEvent} */ { clientY }) =>
    Math.floor((clientY - scroller.getBoundingClientRect().top + scroller.scrollTop - RULER) / (LANE + GAP));
  const seek = (/** @type {MouseEvent} */ event) => {
    if (playback.seekable) playback.seek(Math.min(timeAt(event), desk.lines.end));
  };
  on(ruler, "pointerdown", (event) => {
    ruler.setPointerCapture(event.pointerId);
    seek(event);
  });
  on(ruler, "pointermove", (event) => {
    if (event.buttons & 1) seek(event);
  });
  on(ruler, "keydown", ({ key }) => {
    const step = { ArrowLeft: -1000, ArrowRight: 1000, PageUp: -5000, PageDown: 5000 }[key];
    if (!playback.seekable) return;
    if (step) playback.seek(playback.time + step);
    else if (key === "Home") playback.seek(0);
    else if (key === "End") playback.seek(desk.lines.end);
  });

  const hint = (/** @type {PointerEvent} */ event, /** @type {string} */ text) => {
    tip.hidden = !text;
    write(tip, text);
    const box = body.getBoundingClientRect();
    const x = Math.min(event.clientX - box.left + 12, box.width - tip.offsetWidth);
    tip.style.transform = `translate(${Math.max(0, x)}px, ${event.clientY - box.top + 16}px)`;
  };
  /** Who comes by keyboard is told the keys, below the lanes, until one of them edits. */
  const tellKeys = () => {
    write(tip, t.keys);
    tip.hidden = false;
    tip.style.transform = `translate(${scroller.offsetLeft}px, ${body.offsetHeight + 4}px)`;
  };
  const give = () => {
    drag = null;
    pressed = null;
    tip.hidden = true;
    redraw();
  };
  on(lanes, "pointerdown", (event) => {
    if (event.button !== 0) return;
    const grip = gripAt(desk.lines, trackAt(event), timeAt(event), zoom.scale);
    pressed = { x: event.clientX, y: event.clientY, grip };
    if (event.pointerType !== "touch") lanes.setPointerCapture(event.pointerId);
  });
  on(lanes, "pointermove", (event) => {
    const time = timeAt(event);
    if (pressed?.grip && !drag && event.pointerType !== "touch") {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) >= DRAG_FROM_PX) {
        const { row, grip } = pressed.grip;
        if (!selection.rows.has(row)) selection.pick(row, {});
        const from = time - (event.clientX - pressed.x) / zoom.scale;
        drag = new Drag(desk.lines, row, grip, from, desk.picked());
      }
    }
    if (drag) {
      drag.to(time, zoom.scale, { playhead: playback.seekable ? playback.time : null, free: event.altKey });
      const ghost = drag.landing ?? drag.ghosts[0];
      hint(event, ghost ? `${clock(ghost.start, 2)} – ${clock(ghost.end, 2)}` : "");
      redraw();
      return;
    }
    const under = gripAt(desk.lines, trackAt(event), time, zoom.scale);
    lanes.dataset.grip = under?.grip ?? "";
    const segment = under && desk.lines.segment(under.row);
    hint(event, segment ? `${segment.name}\n${clock(segment.start, 1)} – ${clock(segment.end, 1)}` : "");
  });
  on(lanes, "pointerup", (event) => {
    const [dragged, grip] = [drag, pressed?.grip];
    const clicked = pressed !== null;
    give();
    if (dragged) {
      const wish = dragged.wish(timeAt(event));
      const { rows, lines } = dragged;
      if (wish) desk.edit(wish.op, () => ({ rows, lines, values: wish.values }));
    } else if (grip) {
      const add = event.ctrlKey || event.metaKey;
      selection.pick(grip.row, { add, range: event.shiftKey });
    } else if (clicked) {
      selection.set([]);
      seek(event);
    }
  });
  on(lanes, "pointercancel", give);
  on(lanes, "pointerleave", () => {
    if (!drag) tip.hidden = true;
  });

  on(lanes, "keydown", (event) => {
    const { key } = event;
    if (key === "Escape") {
      if (drag) give();
      else selection.set([]);
    } else if (key === "+" || key === "=") zoom.by(2);
    else if (key === "-" || key === "_") zoom.by(1 / 2);
    else if (key === "0") zoom.fit();
    else if (editByKey(desk, event)) tip.hidden = true;
    else {
      const row = next(desk, key);
      if (row === null) return;
      if (row >= 0) {
        selection.pick(row, { range: event.shiftKey });
        const { start, end, track } = desk.lines.segment(row);
        zoom.show(start, end, RULER, RULER + track * (LANE + GAP), LANE);
      }
    }
    event.preventDefault();
  });
  return section;
}

/**
 * Which row a key leads to: -1 for none, null where the key leads nowhere.
 *
 * @param {import("./desk.js").Desk} desk
 * @param {string} key
 */
function next({ lines, selection }, key) {
  if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(key)) return null;
  if (lines.count === 0) return -1;
  if (key === "Home") return 0;
  if (key === "End") return lines.count - 1;
  if (selection.active < 0) return 0;
  const { track, number, start } = lines.segment(selection.active);
  const line = lines.tracks[track];
  if (!line) return -1;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const place = line.order.indexOf(number) + (key === "ArrowLeft" ? -1 : 1);
    const beside = line.order[place];
    return beside === undefined ? -1 : line.first + beside;
  }
  const step = key === "ArrowUp" ? -1 : 1;
  for (let at = track + step; lines.tracks[at]; at += step) {
    const other = lines.tracks[at];
    if (other && other.count > 0) {
      const place = Math.min(other.from(start), other.count - 1);
      return other.first + /** @type {number} */ (other.order[place]);
    }
  }
  return -1;
}

/**
 * @param {HTMLElement} heads
 * @param {{ kind: string, name: string }[]} tracks
 * @param {import("./timeline_text.js").TimelineWords} t
 */
function drawHeads(heads, tracks, t) {
  const key = tracks.map(({ kind, name }) => `${kind} ${name}`).join("\n");
  if (heads.dataset.drawn === key) return;
  heads.dataset.drawn = key;
  /** @type {Record<string, string>} */
  const names = { video: t.laneVideo, audio: t.laneAudio, text: t.laneText };
  heads.replaceChildren(
    ...tracks.map((track) => {
      const name = track.name || names[track.kind] || track.kind;
      return h("div", { title: name }, icon(KIND_ICONS[track.kind] ?? ICONS.other), h("span", null, name));
    }),
  );
}
