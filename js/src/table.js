// The draft as a grid: what the lanes show, in words and numbers; to sort, filter, select from and edit.
/** @import { Lines } from "./draft.js" */
/** @import { Pane } from "./view.js" */

import { deskOf } from "./desk.js";
import { attribute, h, on, uniqueId, write } from "./dom.js";
import { editByKey } from "./gestures.js";
import { clock } from "./text.js";
import { alertBox, button } from "./view.js";

const ROW_PX = 31;
const SPARE_ROWS = 6;
const COLUMNS = /** @type {const} */ ([
  "track",
  "kind",
  "name",
  "start",
  "duration",
  "end",
  "volume",
  "text",
]);
const TIMES = new Set(["start", "duration", "end"]);
const NUMBERS = new Set(["track", "start", "duration", "end", "volume"]);
const EDITABLE = new Set(["name", "start", "duration", "end", "volume", "text"]);

/** @typedef {ReturnType<Lines["segment"]>} Segment */
/** @typedef {(typeof COLUMNS)[number]} Column */

/**
 * The table, folded away until somebody wants it. Only rows that can be seen are in the page.
 *
 * @param {Pane} view
 */
export function tablePanel(view) {
  const { store } = view;
  const desk = deskOf(view);
  const { t } = desk;
  const { selection } = desk;
  const label = h("summary");
  const search = h("input", { type: "search", placeholder: t.filter, "aria-label": t.filter });
  const found = h("span", { class: "nemo-count", role: "status" });
  const body = h("tbody");
  const id = uniqueId("cell");
  const sorters = COLUMNS.map((column) =>
    button(t.columns[column], () => sort(column), { look: "quiet", props: { tabindex: -1 } }),
  );
  const heads = sorters.map((sorter, index) =>
    h("th", { scope: "col", role: "columnheader", class: numeric(COLUMNS[index] ?? "name") }, sorter),
  );
  const columns = h("colgroup", null, ...COLUMNS.map((column) => h("col", { class: `nemo-col-${column}` })));
  const table = h(
    "table",
    { role: "grid", tabindex: 0, "aria-label": t.tableCaption, "aria-multiselectable": "true" },
    columns,
    h("thead", { role: "rowgroup" }, h("tr", { role: "row", "aria-rowindex": 1 }, ...heads)),
    body,
  );
  attribute(table, "aria-colcount", COLUMNS.length);
  body.setAttribute("role", "rowgroup");
  const sheet = h("div", null, table);
  const place = h("div", { class: "nemo-table-scroll" }, sheet);
  const fault = h("div", { class: "nemo-cell-fault" });
  const tools = h("div", { class: "nemo-table-tools" }, search, found);
  const box = h("details", { class: "nemo-panel nemo-table" }, label, tools, place, fault);

  /** @type {number[]} rows as they are sorted and filtered */
  let order = [];
  let by = /** @type {Column | null} */ (null);
  let down = false;
  let column = 2;
  /** @type {{ row: number, column: Column, input: HTMLInputElement, commit: (stay: boolean) => void } | null} */
  let editing = null;
  let frame = 0;

  const arrange = () => {
    const { lines } = desk;
    const words = search.value.trim().toLowerCase();
    // What stands below it doesn't jump while somebody types.
    if (!words) place.style.minHeight = "";
    else place.style.minHeight ||= `${place.offsetHeight}px`;
    order = [];
    /** @type {Map<number, string | number>} */
    const keys = new Map();
    for (let row = 0; row < lines.count; row++) {
      const segment = words || by ? lines.segment(row) : null;
      if (
        segment &&
        words &&
        !`${segment.name}\n${segment.text ?? ""}\n${kindWord(segment)}`.toLowerCase().includes(words)
      )
        continue;
      order.push(row);
      if (segment && by) keys.set(row, sortable(segment, by));
    }
    if (by) {
      const compare = (/** @type {any} */ a, /** @type {any} */ b) =>
        typeof a === "number" && typeof b === "number"
          ? a - b
          : String(a).localeCompare(String(b), undefined, { numeric: true });
      order.sort((a, b) => (down ? -1 : 1) * compare(keys.get(a), keys.get(b)) || a - b);
    }
    write(found, words ? t.filtered(order.length, lines.count) : "");
    draw();
  };
  const kindWord = (/** @type {Segment} */ { kind }) =>
    ({ video: t.laneVideo, audio: t.laneAudio, text: t.laneText })[kind] ?? kind;
  const shown = (/** @type {Segment} */ segment, /** @type {Column} */ name) => {
    if (name === "track") return String(segment.track + 1);
    if (name === "kind") return kindWord(segment);
    if (name === "duration") return clock(segment.end - segment.start, 3);
    if (name === "start" || name === "end") return clock(segment[name], 3);
    if (name === "volume") return segment.volume === null ? "–" : `${+(segment.volume * 100).toFixed(2)} %`;
    return segment[name] ?? "–";
  };
  const sort = (/** @type {Column} */ name) => {
    [by, down] = by !== name ? [name, false] : down ? [null, false] : [name, true];
    heads.forEach((head, index) => {
      const sorted = COLUMNS[index] === by ? (down ? "descending" : "ascending") : "none";
      attribute(head, "aria-sort", sorted);
    });
    arrange();
  };

  const draw = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(render);
  };
  view.onClose(() => cancelAnimationFrame(frame));
  const tellMore = () => {
    place.classList.toggle("nemo-more-start", place.scrollLeft > 1);
    place.classList.toggle("nemo-more-end", place.scrollLeft + place.clientWidth < place.scrollWidth - 1);
  };
  const resized = new ResizeObserver(tellMore);
  resized.observe(place);
  view.onClose(() => resized.disconnect());
  const render = () => {
    if (!box.open) return;
    sheet.style.height = `${(order.length + 1) * ROW_PX}px`; // before the place is measured: it grows with it
    const height = place.clientHeight || 300;
    // What is scrolled to may be below the last row by now: a filter took rows away.
    const top = Math.min(place.scrollTop, Math.max(0, (order.length + 1) * ROW_PX - height));
    const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS);
    const last = Math.min(order.length, Math.ceil((top + height) / ROW_PX) + SPARE_ROWS);
    table.style.marginTop = `${first * ROW_PX}px`;
    attribute(table, "aria-rowcount", order.length + 1);
    const kept = editing?.input.closest("tr") ?? null; // taken out of the page, it would lose what is being typed
    const rows = order
      .slice(first, last)
      .map((row, at) => (kept && row === editing?.row ? kept : line(row, first + at)));
    const place_ = kept ? rows.indexOf(kept) : -1;
    if (kept && place_ >= 0) {
      for (const row of [...body.children]) if (row !== kept) row.remove();
      kept.before(...rows.slice(0, place_));
      kept.after(...rows.slice(place_ + 1));
    } else {
      const focused = kept?.matches(":focus-within");
      body.replaceChildren(...rows);
      if (kept) leave(focused);
    }
    attribute(table, "aria-activedescendant", body.querySelector(`#${id}`) ? id : null);
  };
  const line = (/** @type {number} */ row, /** @type {number} */ at) => {
    const segment = desk.lines.segment(row);
    const cells = COLUMNS.map((name, index) => {
      const active = row === selection.active && index === column;
      const content = editing?.row === row && editing.column === name ? editing.input : shown(segment, name);
      const locked = !editable(segment, name);
      return h(
        "td",
        {
          role: "gridcell",
          class: `${numeric(name)}${active ? " nemo-active" : ""}`,
          id: active && id,
          "data-column": index,
          "aria-readonly": locked ? "true" : null,
          title: typeof content === "string" && content.length > 12 ? content : null,
        },
        content,
      );
    });
    const chosen = selection.rows.has(row);
    return h(
      "tr",
      { role: "row", "data-row": row, "aria-rowindex": at + 2, "aria-selected": chosen ? "true" : "false" },
      ...cells,
    );
  };

  const edit = (/** @type {number} */ row, /** @type {Column} */ name, /** @type {string} */ typed = "") => {
    const { lines } = desk;
    const segment = lines.segment(row);
    if (!editable(segment, name)) return;
    const input = h("input", { type: "text", "aria-label": t.editCell(t.columns[name], segment.name) });
    input.value = typed || (shown(segment, name) === "–" ? "" : shown(segment, name));
    let committing = false;
    const commit = async (/** @type {boolean} */ stay) => {
      if (committing || editing?.input !== input) return;
      const value = input.value;
      if (value === (shown(segment, name) === "–" ? "" : shown(segment, name))) return stop();
      committing = true;
      attribute(input, "aria-busy", "true");
      const answer = await desk.edit("set", () => ({ rows: [row], lines, values: { [name]: value } }), true);
      committing = false;
      if (editing?.input !== input) return void (answer?.error && desk.refuse(answer.error));
      attribute(input, "aria-busy", null);
      if (!answer?.error) return stop(stay);
      const faultId = uniqueId("fault");
      attribute(input, "aria-invalid", "true");
      attribute(input, "aria-describedby", faultId);
      fault.replaceChildren(h("div", { id: faultId }, alertBox(answer.error)));
      pinFault();
    };
    editing = { row, column: name, input, commit };
    fault.replaceChildren();
    reveal(); // it may have been scrolled away
    render();
    input.focus();
    if (!typed) input.select();
    on(input, "keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        commit(true);
      } else if (event.key === "Escape") {
        event.preventDefault();
        stop(true);
      }
    });
    on(input, "input", () => {
      attribute(input, "aria-invalid", null);
      fault.replaceChildren();
    });
    on(input, "blur", () =>
      setTimeout(() => {
        if (!input.matches(":focus") && input.isConnected && !input.ariaInvalid) commit(false);
      }),
    );
  };
  const pinFault = () => {
    if (!editing?.input.isConnected) return;
    const [cell, frame_] = [editing.input.getBoundingClientRect(), box.getBoundingClientRect()];
    const left = Math.max(8, Math.min(cell.left - frame_.left, frame_.width - fault.offsetWidth - 8));
    fault.style.translate = `${left}px ${cell.bottom - frame_.top + 4}px`;
  };
  /** Its row is out of sight: what was typed counts, as where the focus goes elsewhere. */
  const leave = (/** @type {boolean | undefined} */ focused) => {
    if (!editing?.input.ariaInvalid) editing?.commit(false);
    stop(focused);
  };
  const stop = (/** @type {boolean} */ refocus = false) => {
    editing = null;
    fault.replaceChildren();
    render();
    if (refocus) table.focus({ preventScroll: true });
  };

  const reveal = () => {
    const at = order.indexOf(selection.active);
    if (at < 0) return;
    const top = at * ROW_PX;
    if (top < place.scrollTop) place.scrollTop = top;
    else if (top + 2 * ROW_PX > place.scrollTop + place.clientHeight) {
      place.scrollTop = top + 2 * ROW_PX - place.clientHeight;
    }
    const cell = body.querySelector(`#${id}`);
    if (cell) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const hit = (/** @type {Event} */ { target }) => {
    const cell = /** @type {Element} */ (target).closest("td");
    const row = Number(cell?.parentElement?.dataset.row ?? -1);
    return { row, column: Number(cell?.dataset.column ?? -1) };
  };
  on(body, "click", (event) => {
    const { row, column: at } = hit(event);
    if (row < 0 || /** @type {Element} */ (event.target).closest("input")) return;
    column = at;
    selection.pick(row, { add: event.ctrlKey || event.metaKey, range: event.shiftKey }, order);
  });
  on(body, "dblclick", (event) => {
    const { row, column: at } = hit(event);
    const name = COLUMNS[at];
    if (row >= 0 && name && !editing) edit(row, name);
  });
  on(table, "keydown", (event) => {
    const { key, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (event.target !== table) return;
    const at = order.indexOf(selection.active);
    const page = Math.max(1, Math.floor(place.clientHeight / ROW_PX) - 2);
    const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page };
    const step = event.altKey ? undefined : /** @type {Record<string, number>} */ (steps)[key];
    const name = COLUMNS[column] ?? "name";
    let to = step === undefined ? -1 : Math.max(0, Math.min(order.length - 1, at + step));
    if ((key === "Home" || key === "End") && command) to = key === "Home" ? 0 : order.length - 1;
    else if (key === "Home" || key === "End") column = key === "Home" ? 0 : COLUMNS.length - 1;
    else if (!event.altKey && key === "ArrowLeft") column = Math.max(0, column - 1);
    else if (!event.altKey && key === "ArrowRight") column = Math.min(COLUMNS.length - 1, column + 1);
    else if ((key === "Enter" || key === "F2") && at >= 0) edit(selection.active, name);
    else if (key === " " && at >= 0) selection.pick(selection.active, { add: true });
    else if (key === "Escape") selection.set([]);
    else if (to < 0 && editByKey(desk, event)) return;
    else if (to < 0 && key.length === 1 && !command && !event.altKey && at >= 0)
      edit(selection.active, name, key);
    else if (to < 0) return;
    event.preventDefault();
    const row = order[to];
    if (row !== undefined) selection.pick(row, { range: shiftKey }, order);
    render();
    reveal();
  });
  on(
    place,
    "scroll",
    () => {
      draw();
      tellMore();
      if (fault.firstChild) requestAnimationFrame(pinFault);
    },
    { passive: true },
  );
  on(search, "input", arrange);
  on(box, "toggle", () => {
    render();
    reveal();
  });
  view.subscribe(["draft"], () => {
    const { count } = desk.lines;
    box.hidden = !store.get("draft") || count === 0;
    write(label, t.table(count));
    arrange();
  });
  let last = -1;
  selection.watch(() => {
    draw();
    if (selection.active !== last && box.open && !editing) requestAnimationFrame(reveal);
    last = selection.active;
  });
  return box;
}

/** @type {(segment: Segment, column: Column) => boolean} */
function editable({ kind, sounds }, column) {
  if (column === "text") return kind === "text";
  if (column === "volume") return sounds && (kind === "audio" || kind === "video");
  return EDITABLE.has(column);
}

/** @type {(segment: Segment, column: Column) => string | number} */
function sortable(segment, column) {
  if (column === "duration") return segment.end - segment.start;
  return segment[column] ?? (NUMBERS.has(column) ? -1 : "");
}

/** @type {(column: Column) => string} */
const numeric = (column) =>
  NUMBERS.has(column) ? `nemo-number${TIMES.has(column) ? " nemo-time" : ""}` : "";
