import editor from "../src/editor.js";
import { demoState } from "./demo_state.js";
import { FakeModel } from "./fake_model.js";
import { equal, frame, ok, sleep, test, until } from "./runner.js";

/** @param {FakeModel} model */
function addView(model) {
  const el = document.createElement("div");
  document.body.append(el);
  const close = editor.render({ model: model.proxy(), el });
  return { el, close, find: (/** @type {string} */ selector) => el.querySelector(selector) };
}

/** @param {Partial<FakeModel>} [how] */
function open(how = {}) {
  const model = Object.assign(new FakeModel(demoState({ pictures: false })), how);
  editor.initialize({ model: model.proxy() });
  return { model, ...addView(model) };
}

const asked = (/** @type {FakeModel} */ model) => model.of("module-ask").length;

test("the timeline comes once for all views and editors of a page, and its address is revoked", async () => {
  const create = URL.createObjectURL;
  /** @type {string[]} */
  const made = [];
  URL.createObjectURL = (blob) => {
    made.push(create.call(URL, blob));
    return made.at(-1) ?? "";
  };
  const first = open();
  const second = addView(first.model);
  for (const { find } of [first, second]) await until(() => find(".nemo-lanes"));
  const other = open();
  await until(() => other.find(".nemo-lanes"));
  equal([asked(first.model), asked(other.model), made.length], [1, 0, 1]);
  equal(first.el.querySelectorAll(".nemo-timeline").length, 1);
  const there = await fetch(made[0] ?? "").then(
    () => true,
    () => false,
  );
  equal(there, false, "the address still leads somewhere");
  // It is one state: what the lanes select shows in the other view.
  const lanes = /** @type {HTMLElement} */ (first.find(".nemo-lanes"));
  lanes.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
  await until(() => second.find(".nemo-timeline [role=status]")?.textContent?.startsWith("See you up there"));
});

test("a view that goes while the timeline is on its way, and another language, do no harm", async () => {
  const { model, find, close } = open({ module: null });
  const gone = addView(model);
  gone.close();
  model.patch({ language: "zh" });
  await until(() => find("h3")?.textContent === "素材");
  model.say({ kind: "module", id: "timeline", ...new FakeModel(null).module });
  await until(() => find(".nemo-lanes"));
  equal(find(".nemo-lanes")?.ariaLabel, "时间线上的片段");
  equal(gone.el.innerHTML, "");
  close();
});

test("the timeline is asked for again where that got lost, and when the kernel is back", async () => {
  const lost = open({ module: null });
  await until(() => asked(lost.model) >= 1);
  equal(lost.find(".nemo-timeline .nemo-hint")?.textContent, "Loading the timeline…");
  await until(() => asked(lost.model) >= 2, "it is asked for again");
  lost.model.restart();
  await sleep(2500);
  lost.model.module = new FakeModel(null).module;
  lost.model.restart(false);
  await until(() => lost.find(".nemo-lanes"));
});

test("a page that lets no such script in shows a sentence and the kernel's picture", async () => {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "script-src 'self'";
  document.head.append(policy);
  const { model, find } = open();
  await until(() => find(".nemo-timeline [role=alert]"));
  ok(
    find(".nemo-timeline [role=alert]")?.textContent?.startsWith(
      "The timeline can't be edited on this page.",
    ),
  );
  equal(find(".nemo-lanes"), null);
  await until(() => model.of("picture-ask").length === 1);
  const image = () => /** @type {HTMLImageElement} */ (find(".nemo-picture"));
  model.say({ kind: "picture", url: "https://example.com/track.gif" });
  await frame();
  equal([image().hidden, image().getAttribute("src")], [true, null]);
  const url = `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>')}`;
  model.say({ kind: "picture", url });
  await until(() => image().naturalWidth === 8);
  equal([image().hidden, image().alt], [false, demoState({ pictures: false }).draft?.summary]);
});
