// The draft as a table: what the timeline shows, in words and numbers.
/** @import { Cell } from "./types.d.ts" */
/** @import { View } from "./view.js" */

import { h, write } from "./dom.js";
import { clock } from "./text.js";

const DRAWN_UNASKED = 200;
const TIMES = new Set(["start", "duration", "end"]);

/**
 * The table, folded away until somebody wants it; a long one is only drawn then.
 *
 * @param {View} view
 */
export function tablePanel(view) {
  const { store, t } = view;
  const label = h("summary");
  const place = h("div", {
    class: "nemo-table-scroll",
    tabindex: 0,
    role: "region",
    "aria-label": t.tableCaption,
  });
  const box = h("details", { class: "nemo-panel nemo-table" }, label, place);
  /** @type {unknown} */
  let drawn = null;
  const draw = () => {
    const draft = store.get("draft");
    box.hidden = !draft?.rows.length;
    write(label, t.table(draft?.rows.length ?? 0));
    if (!draft || drawn === draft || (!box.open && draft.rows.length > DRAWN_UNASKED)) return;
    drawn = draft;
    place.replaceChildren(table(t.tableCaption, draft.columns, draft.rows));
  };
  box.addEventListener("toggle", draw);
  view.subscribe(["draft"], draw);
  return box;
}

/**
 * @param {string} caption
 * @param {{ key: string, label: string }[]} columns
 * @param {Cell[][]} rows
 */
function table(caption, columns, rows) {
  const numeric = columns.map(
    (column, index) => TIMES.has(column.key) || rows.every((row) => typeof (row[index] ?? 0) === "number"),
  );
  const heads = columns.map(({ label }, index) =>
    h("th", { scope: "col", class: numeric[index] && "nemo-number" }, label),
  );
  const lines = rows.map((row) =>
    h(
      "tr",
      null,
      ...columns.map(({ key }, index) =>
        h("td", { class: numeric[index] && "nemo-number" }, cell(key, row[index] ?? null)),
      ),
    ),
  );
  return h(
    "table",
    null,
    h("caption", { class: "nemo-hidden" }, caption),
    h("thead", null, h("tr", null, ...heads)),
    h("tbody", null, ...lines),
  );
}

/** @type {(key: string, value: Cell) => string} */
function cell(key, value) {
  if (value === null) return "–";
  if (TIMES.has(key) && typeof value === "number") return clock(value, 3);
  if (typeof value === "number") return String(Math.round(value * 1000) / 1000);
  return String(value);
}
