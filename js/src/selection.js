// Which segments are selected: shared by the lanes, the table, other views and the kernel.
/** @import { Lines } from "./draft.js" */
/** @import { Store } from "./store.js" */
/** @import { Run } from "./types.d.ts" */
/** @import { Pane } from "./view.js" */

import { linesOf } from "./draft.js";

/** @type {(lines: Lines, rows: Iterable<number>) => Run[]} */
export function runsOf(lines, rows) {
  /** @type {Run[]} */
  const runs = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const [track, segment] = lines.place(row);
    const last = runs.at(-1);
    if (last?.[0] === track && last[2] === segment - 1) last[2] = segment;
    else runs.push([track, segment, segment]);
  }
  return runs;
}

/** @type {(lines: Lines, runs: Run[]) => Set<number>} */
function rowsOf(lines, runs) {
  const rows = new Set();
  for (const [track, first, last] of runs) {
    const line = lines.tracks[track];
    for (let at = first; line && at <= Math.min(last, line.count - 1); at++) rows.add(line.first + at);
  }
  return rows;
}

/** The selection as one view moves through it. */
export class Selection {
  /** @type {Set<number>} */
  rows = new Set();
  /** The row with the keyboard's focus, or -1. */
  active = -1;
  #anchor = -1;
  /** @type {Store} */
  #store;
  /** @type {Set<() => void>} */
  #watchers = new Set();

  /** @param {Pane} view */
  constructor(view) {
    this.#store = view.store;
    view.subscribe(["selection", "draft"], () => {
      const { runs } = this.#store.get("selection");
      this.rows = rowsOf(this.lines, runs);
      if (this.active >= this.lines.count) this.active = -1;
      if (this.rows.size === 1) this.active = [...this.rows][0] ?? -1;
      for (const watcher of this.#watchers) watcher();
    });
  }

  get lines() {
    return linesOf(this.#store.get("draft"));
  }

  /** @param {() => void} watcher */
  watch(watcher) {
    this.#watchers.add(watcher);
    watcher();
  }

  /**
   * A row was clicked or walked to.
   *
   * @param {number} row
   * @param {{ add?: boolean, range?: boolean }} how with Ctrl, with Shift
   * @param {ArrayLike<number>} [order] of the rows where a range is meant; by row otherwise
   */
  pick(row, { add, range }, order) {
    const anchor = this.#anchor < 0 || this.#anchor >= this.lines.count ? row : this.#anchor;
    let rows = new Set(add ? this.rows : []);
    if (range) {
      const between = order ? slice(order, anchor, row) : span(anchor, row);
      rows = new Set(add ? [...rows, ...between] : between);
    } else if (add && rows.has(row)) rows.delete(row);
    else rows.add(row);
    if (!range) this.#anchor = row;
    this.active = row;
    this.set(rows);
  }

  /** @param {Iterable<number>} rows */
  set(rows) {
    this.rows = new Set(rows);
    this.#store.select(runsOf(this.lines, this.rows));
    for (const watcher of this.#watchers) watcher();
  }

  all() {
    this.set(span(0, this.lines.count - 1));
  }
}

/** @type {(a: number, b: number) => number[]} */
function span(a, b) {
  return Array.from({ length: Math.abs(a - b) + 1 }, (_, index) => Math.min(a, b) + index);
}

/** @type {(order: ArrayLike<number>, a: number, b: number) => number[]} */
function slice(order, a, b) {
  const rows = Array.from(order);
  const [first = 0, last = 0] = [rows.indexOf(a), rows.indexOf(b)].sort((x, y) => x - y);
  return first < 0 ? [b] : rows.slice(first, last + 1);
}
