import { Store } from "../src/store.js";
import { demoState, demoTurns } from "./demo_state.js";
import { FakeModel } from "./fake_model.js";
import { equal, frame, ok, sleep, test, until } from "./runner.js";

/** @param {ConstructorParameters<typeof FakeModel>[0]} [state] */
function connected(state = demoState({ pictures: false })) {
  const model = new FakeModel(state);
  const store = new Store();
  const detach = store.attach(model.proxy());
  return { model, store, detach };
}

/** @type {(store: Store) => string | undefined} */
const lastText = (store) => store.get("turns").at(-1)?.text;

test("says ready and takes the whole state", () => {
  const { model, store } = connected();
  equal(model.of("ready").length, 1);
  equal(store.get("backend")?.label, "Local studio");
  equal(store.get("link"), "live");
});

test("patches apply once and in order", () => {
  const { model, store } = connected();
  model.patch({ language: "zh" });
  model.say({ kind: "state", seq: 1, patch: { language: "en" } });
  model.say({ kind: "state", seq: 0, patch: { language: "en" } });
  equal(store.get("language"), "zh");
  equal(model.of("ready").length, 1);
});

test("of a list only what changed is told", () => {
  const { model, store } = connected();
  const before = store.get("assets");
  const [first, second] = before;
  const order = before.map(({ id }) => id).reverse();
  const fields = { [first?.id ?? ""]: { done: 0.5 }, new: { ...second, id: "new" } };
  model.say({ kind: "state", seq: 1, patch: {}, items: { assets: { order: null, fields } } });
  equal(store.get("assets").length, before.length + 1);
  equal(store.get("assets")[0], { ...first, done: 0.5 });
  model.say({ kind: "state", seq: 2, patch: {}, items: { assets: { order, fields: {} } } });
  equal(
    store.get("assets").map(({ id }) => id),
    order,
  );
});

test("a gap asks for the whole state and heals", async () => {
  const { model, store } = connected();
  model.seq = 4; // Four patches were lost.
  model.patch({ language: "zh" });
  equal(store.get("language"), "en", "a patch after a gap was applied");
  await until(() => store.get("language") === "zh");
  equal(model.of("ready").length, 2);
  model.patch({ language: "en" });
  equal(store.get("language"), "en", "patches go on after the whole state");
});

test("many gaps ask at most twice a second", async () => {
  const { model, store } = connected();
  const began = performance.now();
  for (let n = 0; n < 200; n++) {
    model.seq += 5;
    model.patch({ language: "zh" });
    await sleep(3);
  }
  await until(() => store.get("language") === "zh");
  const most = 2 + (performance.now() - began) / 500; // the first one is attaching's
  ok(model.of("ready").length <= most, `${model.of("ready").length} times ready`);
});

test("a ready that got lost is said again", async () => {
  const model = new FakeModel(null);
  const store = new Store();
  store.attach(model.proxy());
  model.state = demoState({ pictures: false });
  await until(() => store.get("link") === "live");
  equal(model.of("ready").length, 2);
});

test("a whole state that was overtaken by patches changes nothing", () => {
  const { model, store } = connected();
  const old = model.state ?? {};
  model.patch({ language: "zh" });
  model.say({ kind: "state", seq: 0, patch: old, whole: true });
  equal(store.get("language"), "zh");
});

test("the whole state takes away what it doesn't name", () => {
  const { model, store } = connected();
  model.patch({ notice: { message: "a", remedy: "b", about: null } });
  model.say({ kind: "state", seq: 9, patch: { language: "zh" }, whole: true });
  equal(store.get("notice"), null);
  equal(store.get("assets"), []);
});

test("answer pieces go to their offset, repeated or not", () => {
  const [, turn] = demoTurns();
  ok(turn);
  const { model, store } = connected({ ...demoState({ pictures: false }), turns: [{ ...turn, text: "" }] });
  const pieces = ["Hello ", "wörld ", "👩‍🚀 ", "done"];
  let offset = 0;
  for (const text of pieces) {
    const piece = { kind: "answer", turn: turn.id, offset, text };
    model.say(piece);
    model.say(piece);
    offset += text.length;
  }
  model.say({ kind: "answer", turn: turn.id, offset: 0, text: "Hello " });
  equal(lastText(store), pieces.join(""));
  equal(model.of("ready").length, 1);
});

test("an answer piece that lacks what precedes asks for the whole state", async () => {
  const { model, store } = connected();
  const turns = store.get("turns");
  const before = lastText(store) ?? "";
  model.state = {
    ...model.state,
    turns: turns.with(-1, { .../** @type {any} */ (turns.at(-1)), text: `${before} and more` }),
  };
  model.say({ kind: "answer", turn: "turn-2", offset: before.length + 4, text: "more" });
  equal(lastText(store), before);
  await until(() => lastText(store) === `${before} and more`);
});

test("subscribers hear once per frame, and only of their keys", async () => {
  const { model, store } = connected();
  await frame();
  let heard = 0;
  let others = 0;
  store.subscribe(["turns"], () => heard++);
  store.subscribe(["video"], () => others++);
  for (let n = 0; n < 100; n++) model.say({ kind: "answer", turn: "turn-2", offset: n, text: "x" });
  equal([heard, others], [1, 1]);
  await frame();
  equal([heard, others], [2, 1]);
});

test("several proxies of one model count once, and the next takes over", () => {
  const model = new FakeModel(demoState({ pictures: false }));
  const store = new Store();
  const [first, second] = [model.proxy(), model.proxy()];
  const detachFirst = store.attach(first);
  store.attach(second);
  equal([model.of("ready").length, model.listeners], [1, 1]);
  detachFirst();
  model.drop(first);
  model.patch({ language: "zh" });
  equal(store.get("language"), "zh");
  equal(model.listeners, 1);
});

test("a kernel that is gone doesn't break the page", () => {
  const store = new Store();
  const model = new FakeModel(null).proxy();
  model.send = () => {
    throw new Error("the comm is closed");
  };
  store.attach(model);
  equal(store.send({ kind: "reconnect" }), false);
});

test("a kernel that is shut down is told at once, and nobody listens to it for ever", () => {
  const model = new FakeModel(demoState({ pictures: false }));
  const store = new Store();
  const detach = store.attach(model.proxy());
  equal(store.get("link"), "live");
  model.shutDown();
  equal(store.get("link"), "gone");
  detach();
  equal(model.kernelWatchers, 0);
  const closed = model.proxy();
  Object.defineProperty(closed, "widget_manager", {
    get: () => {
      throw new Error("this host has no manager");
    },
  });
  store.attach(closed)();
});

test("another kernel in place of this one is told at once, and so is a return", async () => {
  const { model, store } = connected();
  model.restart();
  equal(store.get("link"), "gone");
  model.restart(false);
  await until(() => store.get("link") === "live");
});
