// Dragging on the lanes: moving segments and trimming their edges, snapping to what is near.
/** @import { Lines } from "./draft.js" */
/** @import { Place } from "./types.d.ts" */

import { lowest } from "./draft.js";

const EDGE_PX = 6;
const SNAP_PX = 8;
const GRABBABLE_PX = 20;

/** @typedef {"move" | "start" | "end"} Grip */
/** @typedef {{ row: number, start: number, end: number }} Ghost */

/**
 * What a pointer would take hold of.
 *
 * @param {Lines} lines
 * @param {number} track
 * @param {number} time in ms
 * @param {number} scale px per ms
 * @returns {{ row: number, grip: Grip } | null}
 */
export function gripAt(lines, track, time, scale) {
  const line = lines.tracks[track];
  const number = line ? line.at(time, 1.5 / scale) : -1;
  if (!line || number < 0) return null;
  const [start, end] = [line.start(number), line.end(number)];
  const edges = (end - start) * scale >= GRABBABLE_PX;
  const near = (/** @type {number} */ edge) => edges && Math.abs(time - edge) * scale <= EDGE_PX;
  return { row: line.first + number, grip: near(start) ? "start" : near(end) ? "end" : "move" };
}

/** One drag, from where it was taken hold of. */
export class Drag {
  /**
   * @param {Lines} lines
   * @param {number} row
   * @param {Grip} grip
   * @param {number} from the pointer's time, in ms
   * @param {number[]} rows all that move together
   */
  constructor(lines, row, grip, from, rows) {
    this.lines = lines;
    this.row = row;
    this.grip = grip;
    this.from = from;
    this.rows = grip === "move" ? rows : [row];
    this.spans = this.rows.map((one) => lines.segment(one));
    /** @type {number | null} */
    this.snapped = null;
    /** @type {{ at: number, start: number, end: number } | null} Between which clips it would go, and its times there. */
    this.landing = null;
    this.by = 0;
  }

  /**
   * The pointer is at another time now.
   *
   * @param {number} time in ms
   * @param {number} scale px per ms
   * @param {{ playhead?: number | null, free?: boolean }} options where the playhead is; `free` snaps to nothing
   */
  to(time, scale, { playhead = null, free = false } = {}) {
    const { start, end } = this.lines.segment(this.row);
    const wanted = Math.round(time - this.from);
    const moving = this.grip === "start" ? [start] : this.grip === "end" ? [end] : [start, end];
    this.snapped = null;
    let best = free ? 0 : SNAP_PX / scale;
    this.by = wanted;
    for (const edge of moving) {
      for (const target of [
        ...near(this.lines.edges, edge + wanted),
        ...(playhead === null ? [] : [playhead]),
      ]) {
        const off = Math.abs(target - (edge + wanted));
        if (off >= best || this.#own(target)) continue;
        best = off;
        this.by = Math.round(target - edge);
        this.snapped = target;
      }
    }
    const unbound = this.by;
    const least = Math.max(...this.spans.map((span) => -span.start));
    if (this.grip !== "end") this.by = Math.max(this.by, least);
    if (this.grip === "start") this.by = Math.min(this.by, end - start - 1);
    if (this.grip === "end") this.by = Math.max(this.by, start - end + 1);
    if (this.by !== unbound) this.snapped = null;
    const beside = this.#beside(time);
    this.landing = null;
    if (beside) {
      const { at } = beside;
      const length = end - start;
      const begin = at > start ? at - length : at; // what is behind it closes up
      this.landing = { at, start: begin, end: begin + length };
      this.snapped = null;
    }
  }

  /**
   * Which clip the pointer is over: the dragged one takes its place in the order.
   *
   * @param {number} time
   */
  #beside(time) {
    const { track, number, kind } = this.lines.segment(this.row);
    const line = this.lines.tracks[track];
    const under = line?.at(time) ?? -1;
    const among = this.grip === "move" && this.by !== 0 && kind === "video" && this.rows.length === 1;
    if (!line || !among || under < 0 || under === number) return null;
    const first = time < (line.start(under) + line.end(under)) / 2;
    /** @type {Place} */
    const place = [track, under];
    return {
      values: { [first ? "before" : "after"]: place },
      at: first ? line.start(under) : line.end(under),
    };
  }

  /** @param {number} edge whether only what is dragged ends there */
  #own(edge) {
    return this.by === 0 && this.spans.some(({ start, end }) => start === edge || end === edge);
  }

  /** @returns {Ghost[]} where the segments would be */
  get ghosts() {
    return this.spans.map(({ start, end }, index) => ({
      row: this.rows[index] ?? 0,
      start: start + (this.grip === "end" ? 0 : this.by),
      end: end + (this.grip === "start" ? 0 : this.by),
    }));
  }

  /**
   * What is asked of the kernel when it is let go of.
   *
   * @param {number} time where the pointer is
   * @returns {{ op: string, values: Record<string, unknown> } | null}
   */
  wish(time) {
    if (this.by === 0) return null;
    const { start, end } = this.lines.segment(this.row);
    if (this.grip === "start") return { op: "trim", values: { start: start + this.by } };
    if (this.grip === "end") return { op: "trim", values: { end: end + this.by } };
    return { op: "move", values: this.#beside(time)?.values ?? { by: this.by } };
  }
}

/** @type {(edges: Float64Array, time: number) => number[]} */
function near(edges, time) {
  const after = lowest(edges.length, (index) => /** @type {number} */ (edges[index]) >= time);
  return [edges[after - 1], edges[after]].filter((edge) => edge !== undefined);
}
