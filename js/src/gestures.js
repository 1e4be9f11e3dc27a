// Edits by keyboard, wherever a segment has the focus: on the lanes and in the table.
/** @import { Desk } from "./desk.js" */

const STEP_MS = 100;
const LEAP_MS = 1000;

/**
 * Do what a key means for the selected segments; false where it means nothing.
 *
 * @param {Desk} desk
 * @param {KeyboardEvent} event
 */
export function editByKey(desk, event) {
  const { key, code, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  const letter = key.toLowerCase();
  const step = shiftKey ? LEAP_MS : STEP_MS;
  const bracket = { BracketLeft: -1, BracketRight: 1 }[code] ?? { "[": -1, "]": 1, "{": -1, "}": 1 }[key];
  if (command && letter === "z") desk.edit(shiftKey ? "redo" : "undo");
  else if (command && letter === "y") desk.edit("redo");
  else if (command && letter === "a") desk.selection.all();
  else if (command) return false;
  else if (altKey && key === "ArrowLeft") nudge(desk, -step);
  else if (altKey && key === "ArrowRight") nudge(desk, step);
  else if (bracket) trim(desk, altKey ? "start" : "end", bracket * step);
  else if (key === "Delete" || key === "Backspace") desk.edit("remove", () => ({ rows: desk.picked() }));
  else return false;
  event.preventDefault();
  return true;
}

/**
 * Move what is selected; a clip between others changes places with its neighbour.
 *
 * @param {Desk} desk
 * @param {number} by in ms
 */
function nudge(desk, by) {
  desk.edit("move", () => {
    const rows = desk.picked();
    const row = rows[0];
    if (row === undefined) return null;
    const { track, number, kind, start, end } = desk.lines.segment(row);
    const line = desk.lines.tracks[track];
    if (line && rows.length === 1 && kind === "video") {
      const beside = line.order[line.order.indexOf(number) + Math.sign(by)];
      const touches =
        beside !== undefined && (by > 0 ? line.start(beside) - end < by : start - line.end(beside) < -by);
      if (touches) return { rows, values: { [by > 0 ? "after" : "before"]: [track, beside] } };
    }
    return { rows, values: { by: Math.max(by, -start) } };
  });
}

/** @type {(desk: Desk, edge: "start" | "end", by: number) => void} */
function trim(desk, edge, by) {
  desk.edit("trim", () => {
    const [row] = desk.picked();
    return row === undefined ? null : { rows: [row], values: { [edge]: desk.lines.segment(row)[edge] + by } };
  });
}
