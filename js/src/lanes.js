// Draws the lanes: only what can be seen, and what is too narrow to be told apart as one.
/** @import { Lines } from "./draft.js" */
/** @import { Peaks } from "./types.d.ts" */

import { clock } from "./text.js";

export const LANE = 40;
export const GAP = 5;
export const RULER = 26;
const NARROW = 3;
const LABEL_EVERY_PX = 64;
const STEPS_MS = [
  10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000,
  3600000,
];
const COLOURS = [
  "surface",
  "lane",
  "line",
  "ink",
  "soft-ink",
  "accent",
  "picked",
  ...["video", "audio", "text", "other"].flatMap((kind) => [kind, `on-${kind}`]),
];

/**
 * What is drawn: where the window is, and what is in it.
 *
 * @typedef {object} Sight
 * @property {Lines} lines
 * @property {number} scale px per ms
 * @property {number} left px that are scrolled away
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {ReadonlySet<number>} picked rows
 * @property {number} active the row with the focus, or -1
 * @property {{ row: number, start: number, end: number }[]} ghosts where dragged segments would be
 * @property {number | null} snapped the time that they snap to
 * @property {number | null} landing between which clips one would go
 * @property {(row: number) => CanvasImageSource & { width: number, height: number } | null} picture
 * @property {(source: string) => Peaks | undefined} peaks
 */

/** A canvas with lanes on it. */
export class Painter {
  /** @type {Record<string, string>} */
  #colours = {};
  #theme = "";
  #forced = matchMedia("(forced-colors: active)");
  /** @type {Map<string, number>} */
  #widths = new Map();

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  /** @param {Sight} sight */
  draw(sight) {
    const { canvas, context } = this;
    const { width, height, lines, top } = sight;
    const ratio = devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    this.#readColours();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = `12px ${this.#colours.font}`;
    context.textBaseline = "middle";
    lines.tracks.forEach((_, track) => {
      const y = RULER + track * (LANE + GAP) - top;
      if (y + LANE > RULER && y < height) this.#lane(sight, track, y);
    });
    for (const { row, start, end } of sight.ghosts) this.#ghost(sight, row, start, end);
    this.#ruler(sight);
    if (sight.snapped !== null) {
      context.fillStyle = this.#colour("accent");
      context.fillRect(sight.snapped * sight.scale - sight.left - 0.5, RULER, 1, height);
    }
    if (sight.landing !== null) this.#landing(sight, sight.landing);
  }

  /** @type {(name: string) => string} */
  #colour(name) {
    return this.#colours[name] ?? "#888";
  }

  /** Colours are the style sheet's: read again only when the theme is another one. */
  #readColours() {
    const root = this.canvas.closest(".nemo-editor");
    const theme = `${root?.getAttribute("data-theme")} ${this.#forced.matches}`;
    if (theme === this.#theme || !root) return;
    this.#theme = theme;
    const probe = document.createElement("i");
    probe.className = "nemo-probe";
    this.canvas.after(probe);
    for (const name of COLOURS) {
      probe.style.color = `var(--nemo-${name})`;
      this.#colours[name] = getComputedStyle(probe).color;
    }
    this.#colours.font = getComputedStyle(root).fontFamily;
    probe.remove();
    this.#widths.clear();
  }

  /** @type {(sight: Sight, track: number, y: number) => void} */
  #lane(sight, track, y) {
    const { context } = this;
    const { lines, scale, left, width, picked, active } = sight;
    const line = /** @type {Lines["tracks"][number]} */ (lines.tracks[track]);
    const kind = `on-${line.kind}` in this.#colours ? line.kind : "other";
    const fill = this.#colour(kind);
    context.fillStyle = this.#colour("lane");
    box(context, -left, y, Math.max(width + left, lines.end * scale), LANE, 8);
    const until = (left + width) / scale;
    /** @type {[number, number, boolean][]} What is drawn over them: the next segment may overlap. */
    const marks = [];
    for (let at = line.from(left / scale); at < line.count; ) {
      let number = /** @type {number} */ (line.order[at]);
      if (line.start(number) >= until) break;
      const x = line.start(number) * scale - left;
      let end = line.end(number) * scale - left;
      let marked = picked.has(line.first + number);
      at++;
      if (end - x >= NARROW) {
        this.#segment(sight, line.first + number, kind, x, end, y);
        if (marked || line.first + number === active || this.#forced.matches) marks.push([x, end, marked]);
        continue;
      }
      while (at < line.count) {
        number = /** @type {number} */ (line.order[at]);
        const next = line.start(number) * scale - left;
        const its = line.end(number) * scale - left;
        if (next > end + 1 || its - next >= NARROW || next > width) break;
        marked ||= picked.size > 0 && picked.has(line.first + number);
        end = Math.max(end, its);
        at++;
      }
      context.fillStyle = marked ? this.#colour("picked") : fill;
      context.fillRect(x, y, Math.max(2, end - x), LANE);
    }
    for (const [x, end, marked] of marks) {
      context.lineWidth = marked ? 3 : 1;
      context.strokeStyle = this.#colour(marked ? "picked" : "ink");
      context.beginPath();
      const from = Math.max(x, -8) + 1.5;
      context.roundRect(from, y + 1.5, Math.max(1, Math.min(end, width + 8) - 2.5 - from), LANE - 3, 7);
      context.stroke();
    }
  }

  /** @type {(sight: Sight, row: number, kind: string, x: number, end: number, y: number) => void} */
  #segment(sight, row, kind, x, end, y) {
    const { context } = this;
    const wide = end - x;
    context.fillStyle = this.#colour(kind);
    box(context, x, y, wide - 1, LANE, Math.min(8, wide / 3));
    if (wide >= 14) this.#inside(sight, row, kind, x, end, y);
  }

  /** Picture, waveform and name, cut off at the segment's edges. @type {(sight: Sight, row: number, kind: string, x: number, end: number, y: number) => void} */
  #inside(sight, row, kind, x, end, y) {
    const { context } = this;
    const { lines, width } = sight;
    const segment = lines.segment(row);
    const [from, to] = [Math.max(0, x), Math.min(width, end - 1)];
    const picture = kind === "video" ? sight.picture(row) : null;
    const peaks = kind === "audio" && segment.source ? sight.peaks(segment.source) : null;
    if (picture) {
      context.save();
      context.beginPath();
      context.roundRect(x, y, end - x - 1, LANE, Math.min(8, (end - x) / 3));
      context.clip();
      const step = Math.max(8, (LANE * picture.width) / picture.height);
      for (let at = x + Math.floor((from - x) / step) * step; at < to; at += step) {
        context.drawImage(picture, at, y, step, LANE);
      }
      context.restore();
    }
    if (peaks) this.#wave(sight, segment, peaks, x, from, to, y);
    const room = to - from - 18;
    const label = room > 14 ? this.#fitted(segment.name, room) : "";
    if (!label) return;
    if (picture || peaks) {
      context.fillStyle = picture ? "rgb(0 0 0 / 62%)" : this.#colour(kind);
      box(context, from + 5, y + 10, this.#width(label) + 10, 20, 5);
    }
    context.fillStyle = picture ? "#fff" : this.#colour(`on-${kind}`);
    context.fillText(label, from + 10, y + LANE / 2 + 0.5);
  }

  /** @type {(sight: Sight, segment: ReturnType<Lines["segment"]>, peaks: Peaks, x: number, from: number, to: number, y: number) => void} */
  #wave({ scale }, { begin, speed }, { ms, levels }, x, from, to, y) {
    const { context } = this;
    context.fillStyle = this.#colour("on-audio");
    context.globalAlpha = 0.4;
    context.beginPath();
    for (let at = from; at < to; at += 2) {
      const time = begin + ((at - x) / scale) * speed;
      const level = (levels.charCodeAt(Math.floor(time / ms) % levels.length) - 48) / 63;
      const high = Math.max(1, level * (LANE - 8));
      context.rect(at, y + (LANE - high) / 2, 1.4, high);
    }
    context.fill();
    context.globalAlpha = 1;
  }

  /** @type {(sight: Sight, row: number, start: number, end: number) => void} */
  #ghost({ lines, scale, left, top }, row, start, end) {
    const { context } = this;
    const y = RULER + lines.place(row)[0] * (LANE + GAP) - top;
    context.globalAlpha = 0.35;
    context.fillStyle = this.#colour("accent");
    box(context, start * scale - left, y, Math.max(2, (end - start) * scale), LANE, 8);
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeStyle = this.#colour("accent");
    context.stroke();
  }

  /** @type {(sight: Sight, time: number) => void} */
  #landing({ lines, scale, left, top, ghosts }, time) {
    const { context } = this;
    const y = RULER + lines.place(ghosts[0]?.row ?? 0)[0] * (LANE + GAP) - top;
    const x = time * scale - left;
    context.fillStyle = this.#colour("surface");
    context.fillRect(x - 4, y - 3, 8, LANE + 6);
    context.fillStyle = this.#colour("accent");
    context.fillRect(x - 2, y - 3, 4, LANE + 6);
  }

  /** @param {Sight} sight */
  #ruler({ lines, scale, left, width }) {
    const { context } = this;
    context.fillStyle = this.#colour("surface");
    context.fillRect(0, 0, width, RULER);
    const wanted = LABEL_EVERY_PX / scale;
    const step = STEPS_MS.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / 3600000) * 3600000;
    let taken = Number.NEGATIVE_INFINITY;
    for (let time = Math.floor(left / scale / step) * step; time <= lines.end; time += step) {
      const x = time * scale - left;
      if (x > width) break;
      const label = clock(time, step < 100 ? 2 : step < 1000 ? 1 : 0);
      const wide = this.#width(label) + 5;
      const at = x + wide > lines.end * scale - left + 1 && time > 0 ? x - wide : x + 5;
      context.fillStyle = this.#colour("line");
      context.fillRect(x, 0, 1, 20);
      context.fillStyle = this.#colour("soft-ink");
      if (at > taken) context.fillText(label, at, 9);
      taken = at + wide;
    }
  }

  /** @type {(text: string) => number} */
  #width(text) {
    let width = this.#widths.get(text);
    if (width === undefined) {
      if (this.#widths.size > 5000) this.#widths.clear();
      width = this.context.measureText(text).width;
      this.#widths.set(text, width);
    }
    return width;
  }

  /** @type {(text: string, room: number) => string} */
  #fitted(text, room) {
    const width = this.#width(text);
    if (width <= room) return text;
    const letters = Math.floor((text.length * room) / width) - 1;
    return letters < 2 ? "" : `${text.slice(0, letters)}…`;
  }
}

/** @type {(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, corner: number) => void} */
function box(context, x, y, width, height, corner) {
  context.beginPath();
  context.roundRect(x, y, Math.max(0.5, width), height, corner);
  context.fill();
}
