// The kernel's draft as columns: quick to draw, to search and to patch, ten thousand segments long.
/** @import { DraftView, Place, Splice, Wire } from "./types.d.ts" */

import { once } from "./dom.js";

/**
 * A draft as a patch tells it: each list may be what makes it from the list of the draft before.
 *
 * @param {DraftView | null} before
 * @param {any} patch
 * @returns {DraftView | null}
 */
export function patched(before, patch) {
  if (!patch) return null;
  const list = (/** @type {Splice | unknown[]} */ change, /** @type {unknown[]} */ old = []) =>
    Array.isArray(change)
      ? change
      : [...old.slice(0, change.head), ...change.items, ...old.slice(old.length - change.tail)];
  return {
    ...patch,
    sources: list(patch.sources, before?.sources),
    tracks: patch.tracks.map((/** @type {any} */ track, /** @type {number} */ index) => ({
      ...track,
      segments: list(track.segments, before?.tracks[index]?.segments),
    })),
  };
}

/** One track: its segments in the kernel's order, and the order of their starts. */
class Line {
  /**
   * @param {DraftView["tracks"][number]} track
   * @param {number} first the row of its first segment
   */
  constructor({ kind, name, segments }, first) {
    this.kind = kind;
    this.name = name;
    this.first = first;
    this.segments = segments;
    this.count = segments.length;
    this.starts = new Float64Array(this.count);
    this.ends = new Float64Array(this.count);
    let clock = 0;
    let sorted = true;
    segments.forEach(([gap, duration], index) => {
      if (gap < 0 && index > 0 && clock + gap < (this.starts[index - 1] ?? 0)) sorted = false;
      this.starts[index] = clock + gap;
      clock += gap + duration;
      this.ends[index] = clock;
    });
    /** Numbers of the segments by start. */
    this.order = Uint32Array.from(segments, (_, index) => index);
    if (!sorted) this.order.sort((a, b) => this.start(a) - this.start(b));
    /** How far the segments up to a place in that order reach. */
    this.reach = new Float64Array(this.count);
    let reach = 0;
    this.order.forEach((number, index) => {
      reach = Math.max(reach, this.end(number));
      this.reach[index] = reach;
    });
  }

  /** @param {number} number */
  start(number) {
    return /** @type {number} */ (this.starts[number]);
  }

  /** @param {number} number */
  end(number) {
    return /** @type {number} */ (this.ends[number]);
  }

  /** @param {number} time @returns {number} the first place in the order whose segment may reach beyond a time */
  from(time) {
    return lowest(this.count, (index) => /** @type {number} */ (this.reach[index]) > time);
  }

  /** @param {number} time @param {number} slack in ms @returns {number} which segment is there; the upper of two, or -1 */
  at(time, slack = 0) {
    let found = -1;
    for (let index = this.from(time - slack); index < this.count; index++) {
      const number = /** @type {number} */ (this.order[index]);
      if (this.start(number) > time + slack) break;
      if (this.end(number) < time - slack) continue;
      if (found < 0 || (this.start(number) <= time && time < this.end(number))) found = number;
    }
    return found;
  }
}

/** @type {(count: number, true_: (index: number) => boolean) => number} */
export function lowest(count, true_) {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (true_(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A draft's segments, by row (all tracks one after another) or by place. */
export class Lines {
  /** @type {Float64Array | null} */
  #edges = null;

  /** @param {DraftView | null} draft */
  constructor(draft) {
    this.sources = draft?.sources ?? [];
    this.revision = draft?.revision ?? 0;
    this.count = 0;
    this.end = draft?.duration ?? 0;
    this.tracks = (draft?.tracks ?? []).map((track) => {
      const line = new Line(track, this.count);
      this.count += line.count;
      this.end = Math.max(this.end, line.reach.at(-1) ?? 0);
      return line;
    });
  }

  /** @param {number} row @returns {Place} */
  place(row) {
    const after = this.tracks.findIndex((line) => row < line.first + line.count);
    return [after, row - (this.tracks[after]?.first ?? 0)];
  }

  /** @param {Place} place */
  row([track, number]) {
    return (this.tracks[track]?.first ?? 0) + number;
  }

  /** @param {number} row */
  segment(row) {
    const [track, number] = this.place(row);
    const line = /** @type {Line} */ (this.tracks[track]);
    const [, , name = "", text = null, volume = null, source = null, begin = 0, speed = 1] =
      /** @type {Wire} */ (line.segments[number]);
    return {
      track,
      number,
      kind: line.kind,
      name: name ?? "",
      start: line.start(number),
      end: line.end(number),
      text: text === true ? name : text,
      volume: volume === false ? null : volume,
      sounds: volume !== false,
      source: source === null ? null : (this.sources[source] ?? null),
      begin: begin ?? 0,
      speed: speed ?? 1,
    };
  }

  /** All starts and ends, in order: what a dragged segment snaps to. */
  get edges() {
    if (!this.#edges) {
      this.#edges = new Float64Array(this.count * 2 + 1);
      let filled = 1;
      for (const line of this.tracks) {
        this.#edges.set(line.starts, filled);
        this.#edges.set(line.ends, filled + line.count);
        filled += 2 * line.count;
      }
      this.#edges.sort();
    }
    return this.#edges;
  }
}

// The store takes none of this along.
const NONE = /* @__PURE__ */ new Lines(null);
const made = /* @__PURE__ */ once((/** @type {DraftView} */ draft) => new Lines(draft));

/** @type {(draft: DraftView | null) => Lines} the same for all views */
export const linesOf = (draft) => (draft ? made(draft) : NONE);
