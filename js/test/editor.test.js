import editor from "../src/editor.js";
import { hostTheme, sliceBytes } from "../src/host.js";
import player from "../src/part_player.js";
import timeline from "../src/part_timeline.js";
import uploader from "../src/part_uploader.js";
import { clock, size, span } from "../src/text.js";
import { paint, SCENES } from "./demo_scenes.js";
import { demoDraft, demoState } from "./demo_state.js";
import { FakeModel } from "./fake_model.js";
import { equal, frame, ok, sleep, test, timeless, until } from "./runner.js";

/** @typedef {import("../src/types.d.ts").RemoteState} RemoteState */

/** @typedef {typeof editor} Widget */

/** @type {(model: FakeModel, widget?: Widget) => { el: HTMLElement, close: () => void }} */
function addView(model, widget = editor) {
  const el = document.createElement("div");
  document.body.append(el);
  const proxy = model.proxy();
  const cleanup = widget.render({ model: proxy, el });
  const close = () => {
    model.drop(proxy);
    cleanup();
    el.remove();
  };
  return { el, close };
}

/**
 * @param {Partial<RemoteState> | null} [changes]
 * @param {Widget} [widget]
 */
function open(changes = {}, widget = editor) {
  const model = new FakeModel(changes && { ...demoState({ pictures: false }), ...changes });
  widget.initialize({ model: model.proxy() });
  const { el, close } = addView(model, widget);
  const find = (/** @type {string} */ selector) => {
    const found = [...el.querySelectorAll(selector)].find((node) => !node.closest("[hidden]"));
    return /** @type {HTMLElement | undefined} */ (found);
  };
  const press = (/** @type {string} */ text) => {
    const all = [...el.querySelectorAll("button")].filter((button) => !button.closest("[hidden]"));
    const button = all.find((one) => one.textContent?.trim() === text || one.ariaLabel === text);
    ok(button, `there is no button “${text}”`);
    button.click();
    return button;
  };
  const type = (/** @type {string} */ text) => {
    const area = /** @type {HTMLTextAreaElement} */ (find("textarea"));
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return area;
  };
  return { model, el, close, find, press, type };
}

const EMPTY = { assets: [], turns: [], draft: null };
/** What a video has that is nothing special. */
const PLAIN = { preview: false, url: null, poster: null, captions: null };
const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>`;

test("hostile text stays text everywhere", async () => {
  const fault = { message: HOSTILE, remedy: HOSTILE };
  const state = demoState({ pictures: false });
  const { el, find } = open({
    backend: { kind: "custom", label: HOSTILE, detail: HOSTILE, status: "failed", error: fault },
    assets: state.assets.map((asset) => ({
      ...asset,
      name: HOSTILE,
      state: "failed",
      error: fault,
      thumbnail: 'data:image/svg+xml;base64,AAAA") onerror="x',
    })),
    turns: state.turns.map((turn) => ({
      ...turn,
      prompt: HOSTILE,
      text: HOSTILE,
      steps: [HOSTILE],
      changes: [HOSTILE],
      error: fault,
    })),
    draft: {
      ...demoDraft(),
      summary: HOSTILE,
      sources: [HOSTILE],
      tracks: [{ kind: HOSTILE, name: HOSTILE, segments: [[0, 1000, HOSTILE, HOSTILE, null, 0]] }],
    },
    notice: { ...fault, about: null },
  });
  await until(() => find(".nemo-table"));
  /** @type {HTMLDetailsElement} */ (find(".nemo-table")).open = true;
  await sleep(50);
  equal(el.querySelectorAll("img, script, iframe, a:not([download])").length, 0);
  equal(/** @type {any} */ (window).hacked, undefined);
  ok(el.textContent?.includes(HOSTILE));
});

test("code that a notice brings stands by itself, to be copied, and isn't an alarm", async () => {
  const { model, el } = open();
  const code = 'import nemo_widgets as nw; editor = nw.Editor(session="s1"); editor';
  model.patch({ notice: { message: "Earlier work is there.", remedy: "Run this:", about: null, code } });
  const shown = () => el.querySelector(".nemo-notices .nemo-calm code");
  await until(shown);
  equal(shown()?.textContent, code);
  el.querySelector(".nemo-notices .nemo-copyable button")?.dispatchEvent(new MouseEvent("click"));
  equal(getSelection()?.toString(), code);
  el.querySelector(".nemo-notices [aria-label=Dismiss]")?.dispatchEvent(new MouseEvent("click"));
  equal(shown(), null);
  model.patch({ notice: { message: "You are out of credits.", remedy: "Top up.", about: null } });
  await until(() => el.querySelector(".nemo-notices .nemo-alert:not(.nemo-calm)"));
});

test("Ctrl+Enter sends, Enter alone doesn't, and keys stay inside", async () => {
  const { model, type } = open();
  const area = type("add a title");
  let leaked = 0;
  document.addEventListener("keydown", () => leaked++);
  /** @type {(init: KeyboardEventInit) => boolean} */
  const key = (init) =>
    area.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
  ok(key({ key: "Enter" }), "Enter was taken away from the text");
  ok(key({ key: "Tab" }), "Tab was taken away from the page");
  equal(model.of("prompt").length, 0);
  key({ key: "Enter", ctrlKey: true });
  equal(model.of("prompt")[0]?.message.text, "add a title");
  equal([area.value, leaked], ["", 0]);
});

test("the host hears its own keys, and the browser does what the host leaves to it", () => {
  const { el, type } = open();
  const area = type("add a title");
  /** @type {string[]} */
  const heard = [];
  let takes = true;
  const listen = (/** @type {KeyboardEvent} */ event) => {
    heard.push(`${event.shiftKey ? "shift " : ""}${event.key}`);
    ok(
      !(/** @type {Element} */ (event.target).closest("[data-lm-suppress-shortcuts]")),
      "JupyterLab looks away",
    );
    if (takes) event.preventDefault();
  };
  document.addEventListener("keydown", listen);
  /** @type {(init: KeyboardEventInit, from?: Element) => boolean} */
  const left = (init, from = area) =>
    from.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
  ok(!left({ key: "s", ctrlKey: true }), "the browser saves the page, too");
  ok(!left({ key: "s", metaKey: true }, /** @type {Element} */ (el.querySelector("button"))));
  ok(!left({ key: "S", ctrlKey: true, shiftKey: true }));
  takes = false;
  ok(left({ key: "f", ctrlKey: true }), "the browser can't find");
  for (const init of [{ key: "s" }, { key: "z", ctrlKey: true }, { key: "s", ctrlKey: true, altKey: true }]) {
    ok(left(init));
  }
  document.removeEventListener("keydown", listen);
  equal(heard, ["s", "s", "shift S", "f"]);
});

test("an empty prompt is answered with a sentence, which stays until something is typed", async () => {
  const { model, press, find, type } = open();
  const reason = () => find(".nemo-composer .nemo-reason")?.textContent;
  const sentence = "The message is empty. Say what you want, or pick a suggestion.";
  press("Send");
  equal(reason(), sentence);
  equal(model.of("prompt").length, 0);
  model.patch({ assets: [] });
  await frame();
  equal([find(".nemo-dropzone") === undefined, reason()], [false, sentence]);
  type("x");
  equal(reason(), "");
});

test("a suggestion fills the prompt and waits for Send", async () => {
  const { model, press, find } = open(EMPTY);
  press("Make a calm 15-second slideshow with crossfades");
  equal(model.of("prompt").length, 0);
  ok(document.activeElement === find("textarea"), "the prompt has the focus");
  press("Send");
  equal(model.of("prompt")[0]?.message.text, "Make a calm 15-second slideshow with crossfades");
});

test("what was said shows with Stop at once, and becomes the kernel's turn", async () => {
  const { model, el, type, press } = open(EMPTY);
  type("hello");
  press("Send");
  await frame();
  equal(el.querySelector(".nemo-prompt")?.textContent, "hello");
  const { id } = model.of("prompt")[0]?.message ?? {};
  const turn = { id, prompt: "hello", text: "", steps: [], changes: [], started: 0, elapsed: 0, error: null };
  model.patch({ turns: [{ ...turn, state: "running" }] });
  model.say({ kind: "answer", turn: id, offset: 0, text: "Hi **there**" });
  await frame();
  equal(el.querySelectorAll(".nemo-turn").length, 1);
  equal(el.querySelector(".nemo-answer")?.innerHTML, "<p>Hi <strong>there</strong></p>");
  press("Stop");
  equal(model.of("stop")[0]?.message.id, id);
});

test("a prompt that got lost is sent again with the same id", async () => {
  const { model, type, press } = open(EMPTY);
  type("hello");
  press("Send");
  await until(() => model.of("prompt").length >= 2, "it is sent again");
  equal(model.of("prompt")[0]?.message, model.of("prompt")[1]?.message);
});

test("a refused prompt comes back into the box, with the reason", async () => {
  const { model, type, press, find } = open(EMPTY);
  const area = type("hello");
  press("Send");
  const about = String(model.of("prompt")[0]?.message.id);
  model.patch({ notice: { message: "Earlier work is there.", remedy: "Take it up.", about: null } });
  await frame();
  equal(area.value, "", "a notice about something else took the prompt back");
  equal(model.state?.turns, []);
  model.patch({ notice: { message: "You are out of credits.", remedy: "Top up.", about } });
  await frame();
  equal(area.value, "hello");
  ok(find("[role=alert]")?.textContent?.includes("You are out of credits. Top up."));
  press("Dismiss");
  equal(find("[role=alert]"), undefined);
});

test("what came to nothing because the service is down comes back, with a way to it beside Send", async () => {
  const { model, find, type, el } = open(EMPTY);
  const area = type("make a film");
  /** @type {HTMLElement} */ (find("[type=submit]")).click();
  equal(area.value, "");
  const id = model.of("prompt")[0]?.message.id;
  const turn = { ...demoState().turns[0], id, prompt: "make a film", text: "", changes: [], steps: [] };
  model.patch({ turns: [/** @type {any} */ ({ ...turn, state: "running" })] });
  await frame();
  equal([area.value, find(".nemo-composer [type=button]")], ["", undefined]);
  const fault = { message: "The local studio stopped answering.", remedy: "Reconnect." };
  const backend = { kind: /** @type {const} */ ("local"), label: "Local studio", detail: "" };
  model.patch({
    turns: [/** @type {any} */ ({ ...turn, state: "failed", error: fault })],
    backend: { ...backend, status: "failed", error: fault },
  });
  await until(() => area.value === "make a film");
  /** @type {HTMLElement} */ (find(".nemo-composer [type=button]")).click();
  equal([model.of("reconnect").length, el.contains(document.activeElement)], [1, true]);
  // What was answered in part, or taken back later, does not.
  type("");
  model.patch({ turns: [/** @type {any} */ ({ ...turn, state: "failed", text: "I have", error: fault })] });
  await frame();
  equal(area.value, "");
});

test("a conversation opens at its end, and an empty one at its beginning", async () => {
  const { el, model } = open({ ...EMPTY, turns: [] });
  const log = () => /** @type {HTMLElement} */ (el.querySelector(".nemo-log"));
  log().style.cssText = "flex: none; height: 60px; min-height: 0";
  await sleep(50);
  equal(log().scrollTop, 0);
  const [turn] = demoState().turns;
  ok(turn);
  model.patch({ turns: [turn, { ...turn, id: "b" }] });
  const atEnd = () => log().scrollHeight - log().scrollTop - log().clientHeight < 2;
  await until(() => log().scrollTop > 0 && atEnd());
  log().style.height = "40px"; // what comes later in a page takes room
  await until(atEnd);
  const scrolled = new Promise((resolve) => log().addEventListener("scroll", resolve, { once: true }));
  log().scrollTop = 0;
  await scrolled;
  model.patch({ turns: [turn, { ...turn, id: "b", text: `${turn.text}\n\nand more` }] });
  await sleep(50);
  equal(log().scrollTop, 0, "who reads above is taken away");
});

test("what is sent during an upload goes off once the files are here, and not where one of them failed", async () => {
  timeless();
  const { model, find, press, type } = open();
  const reason = () => find(".nemo-composer .nemo-reason")?.textContent;
  const [asset, other] = model.state?.assets ?? [];
  ok(asset && other);
  const coming = { ...asset, state: /** @type {const} */ ("sending") };
  model.patch({ assets: [coming, other] });
  await frame();
  type("make a film");
  press("Send");
  equal([reason(), model.of("prompt").length], ["Sent as soon as the files are uploaded.", 0]);
  model.patch({ assets: [{ ...asset, state: "ready" }, other] });
  await until(() => model.of("prompt").length === 1);
  equal(model.of("prompt")[0]?.message.text, "make a film");

  const turn = { ...model.state?.turns?.[0], id: String(model.of("prompt")[0]?.message.id), state: "done" };
  model.patch({ turns: /** @type {any} */ ([turn]), assets: [coming, other] });
  await until(() => reason() === "Wait until the files are uploaded.");
  const area = type("make another");
  press("Send");
  const fault = { message: "It is damaged.", remedy: "" };
  model.patch({ assets: [{ ...asset, state: "failed", error: fault }, other] });
  await until(() => reason() === "");
  equal([model.of("prompt").length, area.value], [1, "make another"]);
});

test("the focus goes on where its button goes", async () => {
  const { model, el, find, press, close } = open(EMPTY);
  const on = async (/** @type {string} */ label) => {
    const active = () => /** @type {HTMLElement | null} */ (document.activeElement);
    const name = () =>
      active()?.ariaLabel ?? (active()?.querySelector(".nemo-asset-name") ?? active())?.textContent?.trim();
    await until(() => name() === label).catch(() => equal(name(), label));
  };
  const focus = (/** @type {string} */ label) => {
    const named = [...el.querySelectorAll("button")].find(
      (one) => (one.ariaLabel ?? one.textContent?.trim()) === label,
    );
    named?.focus();
  };
  focus("Choose files");
  const { assets, draft } = demoState({ pictures: false });
  const [one, two, three] = /** @type {RemoteState["assets"]} */ (assets);
  if (!one || !two || !three) throw new Error("the demo has more files");
  model.patch({ assets: [one, two, three] });
  await on("Add files");
  focus(`Remove ${two.name}`);
  model.patch({ assets: [one, three] });
  await on(three.name);
  model.patch({ assets: [one] });
  await on(one.name);
  model.patch({ assets: [], draft });
  await on("Choose files");
  await until(() => find(".nemo-export button:not([aria-disabled])"));
  focus("Export video");
  press("Export video");
  await on("Rendering the video");
  const id = model.of("export")[0]?.message.id;
  model.patch({ export: { id, state: "done", stage: "downloading", done: 1, error: null, preview: false } });
  await on("Export video");
  close();
});

test("what would go wrong in the video is told where it is exported", async () => {
  const { model, find, press } = open();
  equal(find(".nemo-problems"), undefined);
  model.patch({ problems: ["The picture is black from 24 to 30 s."] });
  await until(() => find(".nemo-problems"));
  equal(find(".nemo-problems li")?.textContent, "The picture is black from 24 to 30 s.");
  equal(find(".nemo-export .nemo-reason")?.textContent, "Something would go wrong: see below.");
  press("Something would go wrong: see below.");
  equal(document.activeElement, find(".nemo-problems"));
  model.patch({ problems: [] });
  await until(() => find(".nemo-export .nemo-reason")?.textContent === "");
});

test("Send says why it can't", async () => {
  const { model, find, press, type } = open();
  const reason = () => find(".nemo-composer .nemo-reason")?.textContent;
  const [asset] = model.state?.assets ?? [];
  ok(asset);
  model.patch({ assets: [{ ...asset, state: "sending" }] });
  await frame();
  equal(reason(), "Wait until the files are uploaded.");
  type("x");
  equal(press("Send").getAttribute("aria-disabled"), "true");
  equal(model.of("prompt").length, 0);
  model.patch({
    assets: [],
    backend: { kind: "cloud", label: "", detail: "", status: "failed", error: null },
  });
  await frame();
  equal(reason(), "The service is not connected. Reconnect first.");
  press("Reconnect");
  equal(model.of("reconnect").length, 1);
});

test("prompts that wait are shown, taken back, and asked about after a failure", async () => {
  const { model, find, press, type } = open({ turns: [] });
  const turn = { text: "", steps: [], changes: [], started: 0, elapsed: 0, error: null };
  const first = { ...turn, id: "a", prompt: "one", state: /** @type {const} */ ("running") };
  const second = { ...turn, id: "b", prompt: "two", state: /** @type {const} */ ("queued") };
  model.patch({ turns: [first, second] });
  await until(() => find("[data-state=queued]"));
  equal(find(".nemo-reason")?.textContent, "Sent after this answer.");
  type("three").closest("form")?.requestSubmit();
  equal(model.of("prompt").at(-1)?.message.text, "three");
  press("Take back");
  equal(model.of("stop").at(-1)?.message.id, "b");
  model.patch({ turns: [{ ...first, state: "failed" }, second], held: true });
  await until(() => find(".nemo-held"));
  ok(find(".nemo-held")?.textContent?.startsWith("One more message waits."));
  find(".nemo-held button")?.click();
  equal(model.of("queue-go").length, 1);
  press("Take back");
  equal(model.of("queue-clear").length + model.of("stop").length, 2);
});

test("the arrow keys bring earlier prompts back, and leave what is typed alone", () => {
  const { find, type } = open();
  const area = /** @type {HTMLTextAreaElement} */ (find("textarea"));
  const key = (/** @type {string} */ name) =>
    area.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  const prompts = [...new Set(demoState({ pictures: false }).turns.map(({ prompt }) => prompt))].reverse();
  const seen = ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown"].map((name) => {
    key(name);
    return area.value;
  });
  equal(seen, [prompts[0], prompts[1], prompts[1], prompts[0], ""]);
  type("my own words");
  key("ArrowUp");
  equal(area.value, "my own words");
});

test("credits and what the last edit took; the local studio is free", async () => {
  const { model, find } = open();
  equal(find(".nemo-credits")?.textContent, "Free");
  const cloud = { .../** @type {any} */ (demoState().backend), kind: "cloud" };
  model.patch({ backend: cloud, credits: { available: 98, spent: 2 } });
  await until(() => find(".nemo-credits")?.textContent === "98 credits · last edit: 2");
});

test("export: asked for once, progress, cancel, failure", async () => {
  timeless();
  const { model, find, press } = open();
  press("Export video");
  await frame();
  const { id } = model.of("export")[0]?.message ?? {};
  const job = {
    id,
    state: /** @type {const} */ ("running"),
    stage: /** @type {const} */ ("rendering"),
    done: 0.42,
    error: null,
    preview: false,
  };
  model.patch({ export: job });
  await frame();
  equal(find(".nemo-percent")?.textContent, "42 %");
  equal(/** @type {HTMLProgressElement} */ (find(".nemo-export progress")).value, 0.42);
  model.patch({ export: { ...job, stage: "downloading" } });
  await frame();
  equal(find(".nemo-stage-name")?.textContent, "Fetching the video");
  press("Cancel");
  equal(model.of("export-cancel")[0]?.message.id, id);
  model.patch({ export: { ...job, state: "cancelled" } });
  await frame();
  equal(find(".nemo-export .nemo-reason")?.textContent, "The export was cancelled.");
  model.patch({ export: { ...job, state: "failed", error: { message: "No space.", remedy: "Free some." } } });
  await frame();
  equal(find(".nemo-export [role=alert]")?.textContent, "No space. Free some.");
  equal(model.of("export").length, 1);
});

test("Export says why it can't", () => {
  const { model, find, press } = open({ ...EMPTY, draft: { ...demoDraft(), tracks: [] } });
  equal(press("Export video").getAttribute("aria-disabled"), "true");
  equal(
    find(".nemo-export .nemo-reason")?.textContent,
    "There is nothing to export yet: ask for a video first.",
  );
  equal(model.of("export").length, 0);
});

test("dropped files are taken, anywhere on the editor", async () => {
  const { model, find, press } = open(EMPTY);
  const data = new DataTransfer();
  data.items.add(new File(["abc"], "song.mp3", { type: "audio/mpeg" }));
  const fire = (/** @type {string} */ type) =>
    find(".nemo-timeline")?.dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }),
    );
  fire("dragenter");
  ok(find(".nemo-drop-overlay"), "the editor is not marked");
  equal(fire("dragover"), false, "the browser would open the file");
  fire("drop");
  equal(find(".nemo-drop-overlay"), undefined);
  await until(() => model.of("upload-begin").length >= 1);
  equal(model.of("upload-begin")[0]?.message.name, "song.mp3");
  press("Cancel song.mp3");
  equal(model.of("upload-cancel").length, 1);
});

test("pasted files and links are taken, typed text is left alone", async () => {
  timeless();
  const { model, el, find } = open(EMPTY);
  const paste = (
    /** @type {Element | null | undefined} */ on,
    /** @type {(data: DataTransfer) => void} */ fill,
  ) => {
    const clipboardData = new DataTransfer();
    fill(clipboardData);
    const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData });
    on?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const picture = new File(["abc"], "image.png", { type: "image/png" });
  const root = el.querySelector(".nemo-editor");
  ok(paste(root, (data) => data.items.add(picture)));
  await until(() => model.of("upload-begin").length >= 1);
  ok(/^pasted-\d{6}\.png$/.test(model.of("upload-begin")[0]?.message.name));
  ok(paste(root, (data) => data.setData("text/plain", " https://example.com/a.mp4 ")));
  equal(model.of("upload-link")[0]?.message.url, "https://example.com/a.mp4");
  equal(
    paste(find("textarea"), (data) => data.setData("text/plain", "https://example.com/b.mp4")),
    false,
  );
  equal(
    paste(root, (data) => data.setData("text/plain", "just words")),
    false,
  );
  equal(model.of("upload-link").length, 1);
});

test("a link is typed in, and said no to where it is none", async () => {
  const { model, find } = open(EMPTY);
  const input = /** @type {HTMLInputElement} */ (find(".nemo-link input"));
  const submit = (/** @type {string} */ text) => {
    input.value = text;
    input.form?.requestSubmit();
  };
  submit("example.com/a.mp4");
  equal(
    [model.of("upload-link").length, input.validationMessage],
    [0, "A link begins with https:// or http://."],
  );
  submit("https://example.com/a.mp4");
  equal([model.of("upload-link").length, input.value], [1, ""]);
});

test("files that wait change places by keys and by dragging", async () => {
  const { model, el, find } = open(EMPTY);
  const input = /** @type {HTMLInputElement} */ (find("input[type=file]"));
  const data = new DataTransfer();
  for (const name of ["a.mp3", "b.mp3", "c.mp3", "d.mp3"]) data.items.add(new File(["abc"], name));
  input.files = data.files;
  input.dispatchEvent(new Event("change"));
  const names = () => [...el.querySelectorAll(".nemo-asset-name")].map(({ textContent }) => textContent);
  await until(() => names().length === 4);
  const knob = () => /** @type {HTMLElement} */ (el.querySelector("[aria-label^='Move d.mp3']"));
  await until(() => knob() && !knob().hidden);
  equal(el.querySelector("[aria-label^='Move a.mp3']"), null, "what is under way keeps its place");
  knob().dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
  await frame();
  equal(names(), ["a.mp3", "b.mp3", "d.mp3", "c.mp3"]);
  const row = (/** @type {number} */ n) => el.querySelectorAll(".nemo-assets > li")[n];
  const drag = (/** @type {string} */ type, /** @type {number} */ n) =>
    row(n)?.dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() }),
    );
  drag("dragstart", 3);
  drag("dragover", 1);
  drag("drop", 1);
  await frame();
  equal(names(), ["a.mp3", "c.mp3", "b.mp3", "d.mp3"]);
  equal(model.of("assets-order").length, 2);
});

test("a file can be taken off the list; what the service has is still told of", async () => {
  const { model, el, find, press } = open();
  const assets = model.state?.assets ?? [];
  const crosses = () =>
    [...el.querySelectorAll(".nemo-assets button")].filter((one) => !one.closest("[hidden]"));
  const error = { message: "This file can't be read.", remedy: "Choose it again." };
  model.patch({
    assets: assets.map((asset, n) => ({
      ...asset,
      ...(n === 1 && { state: "failed", error }),
      ...(n === 2 && { state: "receiving" }),
    })),
  });
  await frame();
  equal(
    crosses().map(({ ariaLabel }) => ariaLabel),
    assets.map(({ name }, n) => `${n === 2 ? "Cancel" : "Remove"} ${name}`),
  );
  press(`Remove ${assets[1]?.name}`);
  equal(model.of("asset-remove")[0]?.message.id, assets[1]?.id);
  const off = () => find(".nemo-unlisted")?.textContent ?? "";
  equal(off(), "");
  model.patch({ assets: assets.map((asset, n) => ({ ...asset, listed: n > 1 })) });
  await frame();
  equal(el.querySelectorAll(".nemo-assets > li").length, assets.length - 2);
  ok(off().startsWith("2 files are off this list, and still in the session."), off());
  press("Show again");
  equal(model.of("assets-show").length, 1);
});

test("a kernel that is gone is named when something is asked of it", async () => {
  const { model, type, press, find } = open(EMPTY);
  const real = globalThis.setTimeout;
  globalThis.setTimeout = /** @type {typeof setTimeout} */ (
    (callback, ms = 0, ...rest) => real(callback, ms / 10, ...rest)
  );
  const state = model.state;
  model.state = null;
  type("hello");
  press("Send");
  const alert = () => find("[role=alert]")?.textContent ?? "";
  await until(() => alert().startsWith("The notebook's kernel doesn't answer."), "the alert");
  model.state = state;
  await until(() => alert() === "", "it is back");
  globalThis.setTimeout = real;
});

test("files that were on their way into a kernel that is gone have to be chosen again", async () => {
  const [asset] = demoState({ pictures: false }).assets;
  const half = { ...asset, id: "half", name: "half.mp4", state: "receiving", done: 0.5 };
  const { model, el } = open({ assets: /** @type {any} */ ([asset, half]) });
  const box = /** @type {HTMLElement} */ (el.querySelector(".nemo-editor"));
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(3 * 1024 * 1024)], "long.mp3"));
  box.dispatchEvent(new DragEvent("drop", { bubbles: true, dataTransfer: data }));
  const said = () => [...el.querySelectorAll(".nemo-assets > li .nemo-hint")].map((line) => line.textContent);
  const bars = () => el.querySelectorAll(".nemo-assets progress:not([hidden])").length;
  await until(() => bars() === 2, "both are on their way");
  model.restart();
  const lost = "The kernel was restarted: choose this file again.";
  await until(() => said().filter((line) => line === lost).length === 2, "both are lost");
  equal(bars(), 0);
  model.restart(false); // It was another model's: this one is known again.
  await until(() => bars() === 2, "both go on");
});

test("the last view takes the video's memory with it; the next one gets it again", async () => {
  const bytes = new Uint8Array(1000);
  const size = { size: 1000, duration: 1, width: 16, height: 9 };
  const video = { id: "v", name: "a.mp4", type: "video/mp4", ...size, outdated: false, ...PLAIN };
  const model = new FakeModel({ ...demoState({ pictures: false }), video });
  model.onSend = ({ kind, id, offset }) => {
    if (kind === "video-read") model.say({ kind: "video-slice", id, offset }, bytes);
  };
  editor.initialize({ model: model.proxy() });
  const unheard = (/** @type {ReturnType<typeof addView>} */ view) => {
    view.el.addEventListener("error", (event) => event.stopPropagation(), true); // zeros are no video
    return view;
  };
  const first = unheard(addView(model));
  const second = unheard(addView(model));
  await until(() => first.el.querySelector("video") && second.el.querySelector("video"));
  const url = second.el.querySelector("video")?.src ?? "";
  first.close();
  ok((await fetch(url)).ok);
  second.close();
  ok(
    await fetch(url).then(
      () => false,
      () => true,
    ),
    "the Blob is still there",
  );
  const third = unheard(addView(model));
  await until(() => third.el.querySelector("video"));
  equal(model.of("video-read").length, 2);
});

test("a view's removal stops no upload, and a new view shows it", async () => {
  const { model, close, find } = open(EMPTY);
  const input = /** @type {HTMLInputElement} */ (find("input[type=file]"));
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(3 * 1024 * 1024)], "long.mp3"));
  input.files = data.files;
  input.dispatchEvent(new Event("change"));
  equal(input.value, "", "the same file could not be chosen again");
  await until(() => model.of("upload-begin").length >= 1);
  const { id } = model.of("upload-begin")[0]?.message ?? {};
  model.say({ kind: "upload-ready", id });
  await until(() => model.of("upload-slice").length >= 4);
  close();
  model.say({ kind: "upload-ack", id, index: 0 });
  await until(() => model.of("upload-slice").length >= 5);
  const { el } = addView(model);
  equal(el.querySelector(".nemo-asset-name")?.textContent, "long.mp3");
  for (const index of [1, 2, 3, 4, 5]) model.say({ kind: "upload-ack", id, index });
  model.say({ kind: "upload-end", id, error: null });
  await until(() => el.querySelectorAll(".nemo-asset-name").length === 0);
});

test("two views show the same; one may go", async () => {
  timeless();
  const { model, el, type, press, close } = open(EMPTY);
  const second = addView(model);
  type("hello");
  press("Send");
  await frame();
  for (const view of [el, second.el]) equal(view.querySelector(".nemo-prompt")?.textContent, "hello");
  equal([model.of("ready").length, model.of("prompt").length], [1, 1]);
  close();
  model.patch({ turns: demoState({ pictures: false }).turns });
  await frame();
  equal(second.el.querySelectorAll(".nemo-turn").length, 3);
});

test("a view without initialize works, and lets go of everything", async () => {
  const model = new FakeModel(demoState({ pictures: false }));
  const first = addView(model);
  const second = addView(model);
  equal(second.el.querySelectorAll(".nemo-turn").length, 2);
  first.close();
  model.patch({ turns: [] });
  await frame();
  equal(second.el.querySelectorAll(".nemo-turn").length, 0);
  second.close();
  equal(model.listeners, 0);
});

test("a kernel that doesn't answer is named", async () => {
  const { find } = open(null);
  ok(find(".nemo-badge")?.textContent?.includes("Connecting…"));
  await until(
    () => find("[role=alert]")?.textContent?.includes("The notebook's kernel doesn't answer."),
    "the alert",
  );
});

test("Chinese, also when it changes later", async () => {
  const { model, el, press } = open();
  model.patch({ language: "zh" });
  await frame();
  equal(el.querySelector("textarea")?.labels[0]?.textContent, "想做一个什么样的视频？");
  press("导出视频");
  equal(model.of("export").length, 1);
});

test("the parts stand alone", async () => {
  /** @type {[Widget, string, string][]} */
  const parts = [
    [uploader, ".nemo-files", ".nemo-timeline"],
    [timeline, ".nemo-timeline", ".nemo-files"],
    [player, ".nemo-stage", ".nemo-files"],
  ];
  for (const [part, there, absent] of parts) {
    const { el, close } = open({}, part);
    ok(el.querySelector(there), there);
    equal(el.querySelector(absent), null);
    close();
  }
});

test("a timeline alone tells what would go wrong in a video of it", async () => {
  const { model, el } = open({ problems: ["The picture is black."] }, timeline);
  const list = /** @type {HTMLElement} */ (el.querySelector(".nemo-problems"));
  equal([list.hidden, list.textContent], [false, "The picture is black."]);
  model.patch({ problems: [] });
  await frame();
  ok(list.hidden);
});

test("the player: poster first, captions, speed, download", async () => {
  const [scene] = SCENES;
  const poster = scene ? paint(scene, 64, 36).toDataURL("image/jpeg") : null;
  const info = {
    id: "v",
    name: "a.mp4",
    type: "video/mp4",
    size: 1000,
    duration: 1,
    width: 16,
    height: 9,
    outdated: false,
  };
  const captions = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n";
  const video = { ...info, ...PLAIN, poster, captions };
  const { model, el, find, close } = open({ video }, player);
  el.addEventListener("error", (event) => event.stopPropagation(), true); // a thousand zeros are no video
  await frame();
  ok(
    /** @type {HTMLElement} */ (find(".nemo-backdrop")).style.backgroundImage.startsWith(
      'url("data:image/jpeg',
    ),
  );
  await until(() => model.of("video-read").length >= 1);
  model.say({ kind: "video-slice", id: "v", offset: 0 }, new Uint8Array(1000));
  await until(() => el.querySelector("video"));
  const shown = /** @type {HTMLVideoElement} */ (el.querySelector("video"));
  equal([shown.poster === poster, shown.querySelector("track")?.kind], [true, "captions"]);
  const speed = /** @type {HTMLSelectElement} */ (el.querySelector("select"));
  speed.value = "1.5";
  speed.dispatchEvent(new Event("change"));
  equal(shown.playbackRate, 1.5);
  const track = shown.querySelector("track")?.src ?? "";
  equal(await (await fetch(track)).text(), captions);
  equal(/** @type {HTMLAnchorElement} */ (el.querySelector("a")).download, "a.mp4");
  close();
  ok(
    await fetch(track).then(
      () => false,
      () => true,
    ),
    "the captions' Blob is still there",
  );
});

test("a download asks the kernel's server first, and never leads the page to one that is gone", async () => {
  const server = "http://127.0.0.1:9";
  const real = globalThis.fetch;
  let up = true;
  /** @type {string[]} */
  const asked = [];
  globalThis.fetch = async (input, { method = "GET" } = {}) => {
    const address = String(input);
    if (!address.startsWith(server)) return real(input);
    if (!up) throw new TypeError("Failed to fetch");
    if (address.endsWith("/open")) return Response.json({ key: "key" });
    if (address.includes("/video/")) return Response.json({ path: "/ticket/t" });
    asked.push(`${method} ${address}`);
    return new Response();
  };
  const info = { id: "v", name: "a.mp4", type: "video/mp4", size: 10, duration: 1, width: 16, height: 9 };
  const { model, el, close } = open();
  el.addEventListener("error", (event) => event.stopPropagation(), true); // what is buffered plays on
  model.onSend = ({ kind, id }) => {
    if (kind === "lane-ask") model.say({ kind: "lane", id, url: server, token: "once" });
  };
  model.patch({ video: { ...info, ...PLAIN, outdated: false } });
  const link = () => /** @type {HTMLAnchorElement} */ (el.querySelector(".nemo-export a"));
  await until(() => link().href === `${server}/ticket/t?download`, "the server's address");
  /** @type {boolean[]} whether the page went there, for each click */
  const went = [];
  el.addEventListener("click", (event) => {
    went.push(!event.defaultPrevented);
    event.preventDefault();
  });
  link().click();
  await until(() => went.length === 2);
  equal([went, asked], [[false, true], [`HEAD ${server}/ticket/t?download`]]);
  up = false;
  model.state = null;
  link().click();
  await until(() => link().ariaDisabled === "true");
  equal([went.length, link().getAttribute("href")], [3, null]);
  ok(el.textContent?.includes("The kernel that has this video doesn't answer."));
  model.restart();
  await frame();
  link().click();
  equal(went, [false, true, false, false]);
  ok(el.querySelector(".nemo-export")?.textContent?.includes("This editor's kernel is gone."));
  close();
  globalThis.fetch = real;
});

test("a player of what can't be played names it, and says no more that it loads", async () => {
  const video = { id: "v1", name: "notes.mp4", size: 10, type: "video/mp4", duration: null };
  const rest = { width: null, height: null, outdated: false, preview: false, poster: null, captions: null };
  const { model, el } = open({ video: { ...video, ...rest, url: null }, lane: false }, player);
  await until(() => el.textContent?.includes("Loading the video…"));
  await until(() => model.of("video-read").length > 0);
  model.say({ kind: "video-failed", id: "v1", error: { message: "", remedy: "" } });
  await until(() => el.querySelector("[role=alert]"));
  ok(!el.textContent?.includes("Loading"), el.textContent ?? "");
  ok(el.textContent?.includes("notes.mp4"));
  ok(el.querySelector("[role=alert]")?.textContent?.includes("of a kind that browsers play"));
});

test("an export that its kernel doesn't see any more isn't shown as being made", async () => {
  const job = { id: "e1", state: "running", stage: "rendering", done: 0.7, error: null, preview: false };
  const { model, el } = open({ export: /** @type {any} */ (job), video: null });
  const bar = /** @type {HTMLElement} */ (el.querySelector(".nemo-export-running"));
  await until(() => !bar.hidden);
  model.restart();
  await until(() => bar.hidden);
  ok(!el.querySelector(".nemo-stage")?.textContent?.includes("Rendering"));
});

test("refused files aren't counted, and of a video's facts numbers and units stay together", async () => {
  const assets = demoState()
    .assets.slice(0, 2)
    .map((asset, at) => ({
      ...asset,
      ...(at === 1 && {
        state: /** @type {const} */ ("failed"),
        error: { message: "It's empty.", remedy: "" },
      }),
    }));
  const video = { id: "v1", name: "a.mp4", size: 364 * 1024, type: "video/mp4", duration: 5000 };
  const rest = { width: 1920, height: 1080, outdated: false, preview: false, poster: null, captions: null };
  const { find } = open({ assets, video: { ...video, ...rest, url: null } });
  await until(() => find(".nemo-files .nemo-count")?.textContent === "1 file");
  equal(find(".nemo-export .nemo-reason")?.textContent, "0:05 · 1920\u00a0×\u00a01080 · 364\u00a0kB");
});

test("a preview is asked for once, and is none that is kept", async () => {
  const { model, press, find } = open();
  press("Preview");
  equal([model.of("preview").length, model.of("export").length], [1, 0]);
  const video = {
    id: "v",
    name: "a.mp4",
    type: "video/mp4",
    size: 10,
    duration: 1,
    width: 16,
    height: 9,
    outdated: false,
  };
  const { id } = model.of("preview")[0]?.message ?? {};
  const job = { id, stage: /** @type {const} */ ("rendering"), done: 1, error: null, preview: true };
  model.patch({ export: { ...job, state: "running" } });
  await frame();
  equal(find(".nemo-stage-name")?.textContent, "Rendering a preview");
  model.patch({ video: { ...video, ...PLAIN, preview: true }, export: { ...job, state: "done" } });
  await frame();
  equal(find(".nemo-export .nemo-reason")?.textContent, "Preview in small");
  ok(find(".nemo-export button")?.textContent?.includes("Export video"));
});

test("an export that waits for another says so, and stopping it stops that alone", async () => {
  const { model, press, find } = open();
  const job = { stage: /** @type {const} */ ("rendering"), done: 0.4, error: null, preview: false };
  press("Export video");
  const { id } = model.of("export")[0]?.message ?? {};
  model.patch({ export: { id: "other", state: "running", ...job } });
  await frame();
  equal(find(".nemo-stage-name")?.textContent, "Waits for the video under way");
  press("Cancel");
  equal(
    model.of("export-cancel").map(({ message }) => message.id),
    [id],
  );
  await frame();
  equal(find(".nemo-stage-name")?.textContent, "Rendering the video");
});

test("the theme is the host's", async () => {
  const root = document.documentElement;
  const { el } = open();
  const shown = () => /** @type {HTMLElement} */ (el.firstElementChild).dataset.theme;
  document.body.dataset.jpThemeLight = "false";
  await until(() => shown() === "dark");
  document.body.dataset.jpThemeLight = "true";
  await until(() => shown() === "light");
  delete document.body.dataset.jpThemeLight;
  /** @type {[() => void, string][]} */
  const hosts = [
    [() => root.setAttribute("theme", "dark"), "dark"],
    [() => root.setAttribute("theme", "light"), "light"],
    [() => root.removeAttribute("theme"), "light"],
    [() => document.body.classList.add("vscode-dark"), "dark"],
    [() => document.body.classList.replace("vscode-dark", "vscode-light"), "light"],
    [() => document.body.classList.replace("vscode-light", "dark-theme"), "dark"],
  ];
  for (const [change, theme] of hosts) {
    change();
    equal(hostTheme(), theme, String(change));
  }
});

test("slices are large in Jupyter only", () => {
  equal(sliceBytes(), { up: 512 * 1024, down: 512 * 1024 });
  document.body.dataset.jpThemeLight = "true";
  equal(sliceBytes(), { up: 4 * 1024 * 1024, down: 8 * 1024 * 1024 });
  document.body.classList.add("vscode-dark");
  equal(sliceBytes().up, 512 * 1024);
});

test("an uploader says what may be dropped on it", async () => {
  const words = (/** @type {string[]} */ suffixes) => {
    const limits = { max_upload_bytes: 2e9, suffixes, links: false };
    const { el } = open({ assets: [], limits }, uploader);
    return () => el.querySelector(".nemo-dropzone")?.textContent;
  };
  const tables = words([".csv", ".parquet"]);
  await until(() => tables()?.startsWith("Drop files here"));
  ok(tables()?.includes("csv, parquet · up to 1.9 GB each"));
  const media = words(demoState().limits.suffixes);
  await until(() => media()?.startsWith("Drop photos, clips or music here"));
});

test("times and sizes for people", () => {
  equal(
    [clock(65_400), clock(59_999, 1), clock(61_050, 3), clock(0)],
    ["1:05", "1:00.0", "1:01.050", "0:00"],
  );
  equal([span(4200), span(59_000), span(65_000)], ["4.2 s", "59 s", "1:05 min"]);
  equal(
    [size(999), size(2048), size(5.25 * 1024 * 1024), size(500 * 1024 * 1024), size(2e9)],
    ["999 B", "2 kB", "5.3 MB", "500 MB", "1.9 GB"],
  );
});
