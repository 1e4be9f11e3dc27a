import { Lines, patched } from "../src/draft.js";
import { Drag, gripAt } from "../src/drag.js";
import editor from "../src/editor.js";
import timeline from "../src/part_timeline.js";
import { demoDraft, demoState } from "./demo_state.js";
import { FakeModel } from "./fake_model.js";
import { equal, frame, ok, test, timeless, until } from "./runner.js";

/** @typedef {import("../src/types.d.ts").RemoteState} RemoteState */
/** @typedef {import("../src/types.d.ts").Wire} Wire */

const style = document.createElement("style");
style.textContent = await (await fetch("/bundle/timeline.css")).text();
document.head.append(style);

/** @param {Partial<RemoteState>} [changes] @param {typeof editor} [widget] */
function open(changes = {}, widget = timeline) {
  const model = new FakeModel({ ...demoState({ pictures: false }), ...changes });
  widget.initialize({ model: model.proxy() });
  const el = document.createElement("div");
  document.body.append(el);
  widget.render({ model: model.proxy(), el });
  const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (el.querySelector(selector));
  const table = () => {
    /** @type {HTMLDetailsElement} */ (find(".nemo-table")).open = true;
    return until(() => el.querySelector("tbody tr"));
  };
  const key = (/** @type {HTMLElement} */ target, /** @type {KeyboardEventInit} */ init) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
  const runs = () => model.of("select").at(-1)?.message.runs;
  const edits = () => model.of("edit").map(({ message }) => message);
  return { model, el, find, table, key, runs, edits };
}

/** @param {number} count */
const many = (count) => ({
  ...demoDraft(),
  duration: count * 1000,
  tracks: [
    {
      kind: "video",
      name: "Video",
      segments: Array.from({ length: count }, (_, n) => /** @type {Wire} */ ([0, 1000, `clip ${n}`])),
    },
  ],
});

test("a draft's lists come back from gaps, and from patches", () => {
  const lines = new Lines(demoDraft());
  equal([lines.count, lines.end, lines.place(5), lines.row([2, 1])], [8, 30000, [1, 0], 7]);
  const { start, end, name, text } = lines.segment(7);
  equal([start, end, name, text], [26000, 29600, "See you up there", "See you up there"]);
  const before = {
    ...demoDraft(),
    tracks: [
      {
        kind: "text",
        name: "T",
        segments: [
          [0, 5],
          [0, 6],
          [0, 7],
        ],
      },
    ],
  };
  const patch = { ...before, sources: { head: 6, tail: 0, items: [] } };
  const track = { kind: "text", name: "T", segments: { head: 1, tail: 1, items: [[2, 9]] } };
  const after = patched(/** @type {any} */ (before), { ...patch, tracks: [track] });
  equal(after?.tracks[0]?.segments, [
    [0, 5],
    [2, 9],
    [0, 7],
  ]);
  equal(after?.sources.length, 6);
});

test("what is under a pointer: edges of wide segments, overlaps, nothing", () => {
  const lines = new Lines(demoDraft());
  const at = (/** @type {number} */ track, /** @type {number} */ time) => gripAt(lines, track, time, 0.02);
  equal(at(0, 3000), { row: 0, grip: "move" });
  equal(at(0, 6000), { row: 1, grip: "start" });
  equal(at(2, 3300), { row: 6, grip: "end" });
  equal([at(2, 10000), at(9, 0)], [null, null]);
  const unsorted = new Lines(
    /** @type {any} */ ({
      ...demoDraft(),
      tracks: [
        {
          kind: "text",
          name: "",
          segments: [
            [9000, 1000],
            [-10000, 500],
          ],
        },
      ],
    }),
  );
  equal([gripAt(unsorted, 0, 250, 0.001)?.row, gripAt(unsorted, 0, 9500, 0.001)?.row], [1, 0]);
});

test("a drag snaps to edges and to the playhead, and stays in the draft", () => {
  const lines = new Lines(demoDraft());
  const drag = new Drag(lines, 7, "move", 27000, [7]);
  drag.to(27000 - 2200, 0.01); // 23800: the photo before it starts at 23600
  equal([drag.by, drag.snapped], [-2400, 23600]);
  drag.to(27000 - 9990, 0.01, { playhead: 16100 });
  equal(drag.by, -9900);
  drag.to(27000 - 9990, 0.01, { playhead: 16100, free: true });
  equal([drag.by, drag.wish(0)], [-9990, { op: "move", values: { by: -9990 } }]);
  drag.to(-90000, 0.01);
  equal(drag.ghosts, [{ row: 7, start: 0, end: 3600 }]);
  const trim = new Drag(lines, 6, "end", 3400, [6]);
  trim.to(-5000, 0.01, { free: true });
  equal(trim.wish(0), { op: "trim", values: { end: 401 } });
  const clip = new Drag(lines, 0, "move", 1000, [0]);
  clip.to(17000, 0.01);
  equal(clip.wish(17000), { op: "move", values: { after: [0, 2] } });
});

test("a clip that is dragged over others tells where it would go, not where the pointer is", () => {
  const lines = new Lines(demoDraft());
  const [, , third] = [0, 1, 2].map((row) => lines.segment(row));
  const right = new Drag(lines, 0, "move", 1000, [0]);
  right.to(17000, 0.01);
  const length = lines.segment(0).end;
  equal(right.landing, { at: third?.end, start: (third?.end ?? 0) - length, end: third?.end });
  const left = new Drag(lines, 2, "move", 15000, [2]);
  left.to(100, 0.01);
  equal([left.landing?.at, left.landing?.start, left.snapped], [0, 0, null]);
  left.to(15000, 0.01);
  equal(left.landing, null);
});

test("the table says what the lanes show, and shares the selection", async () => {
  const { el, find, table, key, runs, model } = open();
  ok(find(".nemo-timeline").textContent?.includes("Timeline (3 tracks)"), "no words for the timeline");
  await table();
  const cells = [...(el.querySelectorAll("tbody tr")[1]?.children ?? [])].map((cell) => cell.textContent);
  equal(cells, ["1", "Video", "ridge-walk.jpg", "0:05.900", "0:06.400", "0:12.300", "–", "–"]);
  const lanes = find(".nemo-lanes");
  key(lanes, { key: "Home" });
  key(lanes, { key: "ArrowRight" });
  equal(runs(), [[0, 1, 1]]);
  key(lanes, { key: "ArrowRight", shiftKey: true });
  equal(runs(), [[0, 1, 2]]);
  await frame();
  await frame();
  equal(
    [...el.querySelectorAll("tr[aria-selected=true]")].map((row) => row.getAttribute("data-row")),
    ["1", "2"],
  );
  equal(find("[role=status]").textContent, "2 segments selected");
  key(lanes, { key: "ArrowDown" });
  equal(runs(), [[1, 0, 0]]);
  equal(find("[role=option]").textContent, "Lo-fi, 0:00.0 to 0:30.0, track 2");
  const { id, number } = model.of("select").at(-1)?.message ?? {};
  model.whole(); // sent before the kernel heard of it
  for (let count = 0; count < 3; count++) await frame();
  equal(find("tr[aria-selected=true]").dataset.row, "5");
  model.patch({ selection: { by: id, number, runs: [[1, 0, 0]] } });
  model.patch({ selection: { by: "", number: 0, runs: [[2, 0, 1]] } });
  await until(() => el.querySelectorAll("tr[aria-selected=true]").length === 2);
});

test("keys edit what is selected, one edit after another", async () => {
  timeless();
  const { find, key, edits, model } = open();
  const lanes = find(".nemo-lanes");
  key(lanes, { key: "End" });
  key(lanes, { key: "ArrowRight", altKey: true, shiftKey: true });
  key(lanes, { key: "[", code: "BracketLeft" });
  await until(() => edits().length === 1);
  equal([edits()[0].op, edits()[0].where, edits()[0].values], ["move", [[2, 1, 1]], { by: 1000 }]);
  model.say({ kind: "edit-end", id: edits()[0].id, error: null, words: null });
  await until(() => edits().length === 2);
  equal([edits()[1].op, edits()[1].values], ["trim", { end: 29500 }]);
  const refusal = { message: "It would overlap.", remedy: "Make room." };
  model.say({ kind: "edit-end", id: edits()[1].id, error: refusal, words: null });
  await until(() => find(".nemo-edit-fault [role=alert]"));
  model.whole(); // what the kernel says where another view opens
  await frame();
  await frame();
  equal(find(".nemo-edit-fault").textContent, "It would overlap. Make room.");
  key(lanes, { key: "z", ctrlKey: true });
  await until(() => edits().length === 3);
  equal(edits()[2].op, "undo");
});

test("an edit whose segment is gone when its turn comes stops no other", async () => {
  const { model, find, key, edits } = open({ draft: many(3) });
  const lanes = find(".nemo-lanes");
  key(lanes, { key: "End" });
  for (const init of [{ key: "Delete" }, { key: "[", code: "BracketLeft" }]) key(lanes, init);
  await until(() => edits().length === 1);
  equal([edits()[0].op, edits()[0].where], ["remove", [[0, 2, 2]]]);
  model.patch({ draft: { ...many(2), revision: 9 }, selection: { by: "", number: 0, runs: [] } });
  model.say({ kind: "edit-end", id: edits()[0].id, error: null, words: null });
  key(lanes, { key: "z", ctrlKey: true });
  await until(() => edits().length === 2);
  equal(edits()[1].op, "undo");
});

test("a cell is edited, refused at its place, and edited again", async () => {
  timeless();
  const { el, find, table, key, edits, model } = open();
  await table();
  const grid = find("table");
  find('tr[data-row="5"] td[data-column="6"]').click();
  await frame();
  key(grid, { key: "Enter" });
  const input = () => /** @type {HTMLInputElement} */ (find("td input"));
  equal(input().value, "25 %");
  input().value = "loud";
  key(input(), { key: "Enter" });
  await until(() => edits().length === 1);
  equal([edits()[0].op, edits()[0].values], ["set", { volume: "loud" }]);
  const refusal = { message: "“loud” is no volume.", remedy: "Write 35%." };
  model.say({ kind: "edit-end", id: edits()[0].id, error: refusal, words: null });
  await until(() => find(".nemo-cell-fault [role=alert]"));
  equal([input().getAttribute("aria-invalid"), input().value], ["true", "loud"]);
  input().value = "30%";
  input().dispatchEvent(new Event("input"));
  equal(find(".nemo-cell-fault").textContent, "");
  key(input(), { key: "Enter" });
  await until(() => edits().length === 2);
  model.say({ kind: "edit-end", id: edits()[1].id, error: null, words: null });
  await until(() => !el.querySelector("td input"));
  const photo = find('tr[data-row="0"] td[data-column="6"]');
  equal([photo.textContent, photo.getAttribute("aria-readonly")], ["–", "true"]);
  photo.dispatchEvent(new MouseEvent("dblclick", { bubbles: true })); // a picture has no sound
  equal(el.querySelector("td input"), null);
  find('tr[data-row="5"] td[data-column="7"]').click(); // music has no text
  key(grid, { key: "Enter" });
  equal(el.querySelector("td input"), null);
});

test("a cell that was begun on another draft is told so to the kernel, which refuses it", async () => {
  timeless();
  const { find, table, key, edits, model } = open();
  await table();
  find('tr[data-row="5"] td[data-column="6"]').click();
  await frame();
  key(find("table"), { key: "Enter" });
  const input = /** @type {HTMLInputElement} */ (find("td input"));
  const draft = /** @type {import("../src/types.d.ts").DraftView} */ (model.state?.draft);
  model.patch({ draft: { ...draft, revision: draft.revision + 1 } });
  await frame();
  input.value = "30%";
  key(input, { key: "Enter" });
  await until(() => edits().length === 1);
  equal(edits()[0].revision, draft.revision);
});

test("what is typed in a cell counts when its row goes out of sight, too", async () => {
  const { model, el, find, table, edits } = open({ draft: many(1000) });
  await table();
  const begin = () =>
    find('tr[data-row="1"] td[data-column="2"]').dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  const place = find(".nemo-table-scroll");
  const leave = () => {
    place.scrollTop = place.scrollHeight;
    return until(() => el.querySelector('tr[data-row="999"]'));
  };
  begin();
  await leave();
  equal([edits().length, el.querySelector("td input")], [0, null]);
  place.scrollTop = 0;
  await until(() => el.querySelector('tr[data-row="1"]'));
  begin();
  /** @type {HTMLInputElement} */ (find("td input")).value = "the pier";
  await leave();
  await until(() => edits().length === 1);
  equal([edits()[0].op, edits()[0].where, edits()[0].values], ["set", [[0, 1, 1]], { name: "the pier" }]);
  const refusal = { message: "It has another name.", remedy: "Take that." };
  model.say({ kind: "edit-end", id: edits()[0].id, error: refusal, words: null });
  await until(() => find(".nemo-edit-fault [role=alert]"));
  ok(find("table").matches(":focus"), "the focus is lost");
});

test("whoever types goes back to the cell that was scrolled away", async () => {
  const { el, find, table, key } = open({ draft: many(1000) });
  await table();
  find('tr[data-row="1"] td[data-column="2"]').click();
  for (const _ of [1, 2, 3]) await frame(); // it is brought into sight
  const place = find(".nemo-table-scroll");
  place.scrollTop = place.scrollHeight;
  await until(() => el.querySelector('tr[data-row="999"]'));
  key(find("table"), { key: "x" });
  const input = /** @type {HTMLInputElement} */ (find('tr[data-row="1"] input'));
  ok(input.matches(":focus"), "what is typed next goes elsewhere");
  equal(input.value, "x");
});

test("the table sorts and filters, and changes nothing by it", async () => {
  const { el, find, table, edits } = open();
  await table();
  const names = () => [...el.querySelectorAll("tbody tr")].map((row) => row.children[2]?.textContent);
  const sorter = /** @type {HTMLElement} */ (el.querySelectorAll("th button")[4]);
  sorter.click();
  await frame();
  equal([names()[0], el.querySelectorAll("th")[4]?.ariaSort], ["Northern Light", "ascending"]);
  sorter.click();
  await frame();
  equal(names()[0], "Lo-fi");
  const search = /** @type {HTMLInputElement} */ (find("input[type=search]"));
  search.value = "LIGHT";
  search.dispatchEvent(new Event("input"));
  await frame();
  equal([names(), find(".nemo-table .nemo-count").textContent], [["Northern Light"], "1 of 8"]);
  equal(edits().length, 0);
});

test("ten thousand rows are a few in the page, and the last one can be reached", async () => {
  const { el, find, table, key } = open({ draft: many(10_000) });
  await table();
  const rows = () => [...el.querySelectorAll("tbody tr")];
  ok(rows().length < 40, `${rows().length} rows`);
  equal(find("table").getAttribute("aria-rowcount"), "10001");
  find("tbody td").click();
  key(find("table"), { key: "End", ctrlKey: true });
  await until(() => rows().at(-1)?.getAttribute("data-row") === "9999");
  const place = find(".nemo-table-scroll");
  equal(place.scrollHeight, find(".nemo-table-scroll > div").offsetHeight);
  key(find("table"), { key: "a", ctrlKey: true });
  await until(() => find("[role=status]").textContent === "10000 segments selected");
  const search = /** @type {HTMLInputElement} */ (find("input[type=search]"));
  search.value = "clip 77";
  search.dispatchEvent(new Event("input")); // leaves 111 rows, far above what is scrolled to
  await until(() => rows().at(-1)?.getAttribute("data-row") === "7799");
  equal(place.scrollHeight, find(".nemo-table-scroll > div").offsetHeight);
});

test("all rows that there is room for are shown, at once and when a filter is taken away", async () => {
  const { el, find, table } = open({ draft: many(9) });
  await table();
  const rows = () => el.querySelectorAll("tbody tr").length;
  await until(() => rows() === 9);
  const search = /** @type {HTMLInputElement} */ (find("input[type=search]"));
  const filter = (/** @type {string} */ words) => {
    search.value = words;
    search.dispatchEvent(new Event("input"));
  };
  const height = find(".nemo-table").offsetHeight;
  filter("nothing of the kind");
  await until(() => rows() === 0);
  equal(find(".nemo-table").offsetHeight, height, "what is below it jumps");
  filter("");
  await until(() => rows() === 9);
});

test("zooming draws again, idling doesn't", async () => {
  const { el, find } = open({ draft: many(10_000) });
  const context = /** @type {HTMLCanvasElement} */ (find("canvas")).getContext("2d");
  ok(context);
  let drawn = 0;
  const clear = context.clearRect.bind(context);
  context.clearRect = (...box) => {
    drawn++;
    clear(...box);
  };
  let idle = 0;
  for (let count = 0; idle < 5 && count < 100; count++) {
    const before = drawn;
    await frame();
    idle = drawn > 0 && drawn === before ? idle + 1 : 0;
  }
  equal(idle, 5, "it draws though nothing changed");
  drawn = 0;
  const zoomIn = /** @type {HTMLElement} */ (el.querySelector("button[aria-label='Zoom in']"));
  for (let count = 0; count < 9; count++) zoomIn.click();
  await frame();
  ok(drawn >= 1 && drawn <= 2, `drawn ${drawn} times`);
  ok(find(".nemo-canvas").offsetWidth > 100_000);
});

test("edits that wait are said, sent as words, and kept from a new draft of the service", async () => {
  timeless();
  const edited = { edited: true, undo: 1, redo: 0, theirs: null };
  const { el, edits, model } = open({ edits: edited }, editor);
  const press = (/** @type {string} */ words) => {
    const button = [...el.querySelectorAll("button")].find((one) => one.textContent === words);
    ok(button, words);
    button.click();
  };
  await until(() => el.querySelector(".nemo-edited"));
  equal(el.querySelector(".nemo-edited")?.textContent, "Edited here, not sent");
  press("Send as words…");
  await until(() => edits().length === 1);
  model.say({ kind: "edit-end", id: edits()[0].id, error: null, words: ["“a” now lasts 2 s"] });
  const area = () => /** @type {HTMLTextAreaElement | null} */ (el.querySelector(".nemo-words textarea"));
  await until(area);
  equal(area()?.value, "Please change the timeline like this:\n- “a” now lasts 2 s");
  equal(model.of("prompt").length, 0, "sent without being asked");
  [...el.querySelectorAll(".nemo-words button")]
    .find((one) => one.textContent === "Send")
    ?.dispatchEvent(new MouseEvent("click"));
  await until(() => edits().length === 2);
  model.say({ kind: "edit-end", id: edits()[1].id, error: null, words: null });
  await until(() => model.of("prompt").length === 1);
  equal(edits()[1].values.turn, model.of("prompt")[0]?.message.id);
  model.patch({ edits: { ...edited, theirs: ["Title removed: “Bye”"] } });
  await until(() =>
    el.querySelector(".nemo-edits [role=alert]")?.textContent?.includes("Title removed: “Bye”"),
  );
  press("Keep both…");
  await until(() => edits().length === 3);
  equal(edits()[2].op, "words");
  model.say({ kind: "edit-end", id: edits()[2].id, error: null, words: ["“a” now lasts 2 s"] });
  await until(area);
  press("Keep mine");
  await until(() => edits().length === 4);
  equal(edits()[3].op, "mine");
});
