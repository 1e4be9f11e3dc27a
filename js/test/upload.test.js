import { Lane } from "../src/lane.js";
import { Store } from "../src/store.js";
import { Uploads } from "../src/upload.js";
import { paint, SCENES } from "./demo_scenes.js";
import { demoState } from "./demo_state.js";
import { FakeModel } from "./fake_model.js";
import { equal, ok, sleep, test, timeless, until } from "./runner.js";

const SLICE = 1000;

/** Takes slices as the kernel does: in any order, some of them lost on the way or on the way back. */
class Receiver {
  /** @type {Map<string, { name: string, size: number, slices: Map<number, Uint8Array>, ended: boolean }>} */
  files = new Map();
  inFlight = 0;
  mostInFlight = 0;
  /** @type {(kind: string, index: number) => boolean} */
  loses = () => false;
  delay = () => 1;

  /** @param {FakeModel} model */
  constructor(model) {
    model.onSend = (message, buffer) => this.#take(model, message, buffer);
  }

  /**
   * @param {FakeModel} model
   * @param {any} message
   * @param {ArrayBuffer | undefined} buffer
   */
  async #take(model, message, buffer) {
    const { kind, id, index } = message;
    if (this.loses(kind, index)) return;
    if (kind === "upload-begin") {
      if (!this.files.has(id)) this.files.set(id, { ...message, slices: new Map(), ended: false });
      model.say({ kind: "upload-ready", id });
    }
    const file = this.files.get(id);
    if (!file) return;
    const count = Math.ceil(file.size / SLICE);
    if (kind === "upload-slice" && buffer) {
      this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
      await sleep(this.delay());
      this.inFlight--;
      file.slices.set(index, new Uint8Array(buffer));
      if (!this.loses("upload-ack", index)) model.say({ kind: "upload-ack", id, index });
    }
    if (kind === "upload-check") {
      const missing = [...Array(count).keys()].filter((n) => !file.slices.has(n)).slice(0, 64);
      model.say({ kind: "upload-missing", id, missing });
    }
    if (file.slices.size === count && !file.ended) {
      file.ended = true;
      model.say({ kind: "upload-end", id, error: null });
    }
  }

  /** @param {string} name */
  bytes(name) {
    const file = [...this.files.values()].find((candidate) => candidate.name === name);
    if (!file?.ended) return null;
    const ordered = [...file.slices].sort(([a], [b]) => a - b);
    return ordered.flatMap(([, slice]) => [...slice]);
  }
}

function setUp() {
  const model = new FakeModel(demoState({ pictures: false }));
  const store = new Store();
  store.attach(model.proxy());
  const uploads = new Uploads(store, SLICE, new Lane(store, false));
  return { model, store, uploads, receiver: new Receiver(model) };
}

/** @type {(name: string, size: number) => { file: File, bytes: number[] }} */
function someFile(name, size) {
  const bytes = Array.from({ length: size }, (_, n) => (n * 31 + (n >> 8)) & 255);
  return { file: new File([new Uint8Array(bytes)], name), bytes };
}

test("a file arrives whole, four slices at a time, in any order", async () => {
  timeless();
  const { store, uploads, receiver, model } = setUp();
  const { file, bytes } = someFile("a.mp3", 20_345);
  receiver.delay = () => Math.random() * 30;
  uploads.add([file]);
  equal(store.get("uploads")[0]?.name, "a.mp3");
  await until(() => receiver.bytes("a.mp3"));
  equal(receiver.bytes("a.mp3"), bytes);
  equal(receiver.mostInFlight, 4);
  equal(model.of("upload-slice").length, 21);
  await until(() => store.get("uploads").length === 0);
});

test("a lost slice and a lost acknowledgement are asked for and sent again", async () => {
  const { store, uploads, receiver, model } = setUp();
  const { file, bytes } = someFile("a.mp3", 9_500);
  const lost = new Set(["upload-slice 3", "upload-slice 7", "upload-ack 5"]);
  receiver.loses = (kind, index) => lost.delete(`${kind} ${index}`);
  uploads.add([file]);
  await until(() => receiver.bytes("a.mp3"), "the file arrives");
  equal(receiver.bytes("a.mp3"), bytes);
  ok(model.of("upload-check").length >= 1);
  const indices = model.of("upload-slice").map(({ message }) => message.index);
  equal(indices.filter((index) => index === 5).length, 1, "what is on disk is not sent again");
  await until(() => store.get("uploads").length === 0);
});

test("a lost beginning is repeated with the same id", async () => {
  const { uploads, receiver, model } = setUp();
  let times = 0;
  receiver.loses = (kind) => kind === "upload-begin" && times++ === 0;
  uploads.add([someFile("a.mp3", 10).file]);
  await until(() => receiver.bytes("a.mp3"), "the file arrives");
  const ids = new Set(model.of("upload-begin").map(({ message }) => message.id));
  equal([model.of("upload-begin").length, ids.size], [2, 1]);
});

test("a silent kernel is shown, and the upload goes on when it is back", async () => {
  const { store, uploads, receiver } = setUp();
  let silent = true;
  receiver.loses = () => silent;
  uploads.add([someFile("a.mp3", 5000).file]);
  await until(() => store.get("uploads")[0]?.state === "stalled", "it says that it waits");
  silent = false;
  await until(() => receiver.bytes("a.mp3"), "the file arrives");
});

test("what can't be used is refused before the first byte", () => {
  const { model, store, uploads } = setUp();
  const huge = someFile("huge.mp4", 1).file;
  Object.defineProperty(huge, "size", { value: 501 * 1024 * 1024 });
  uploads.add([
    someFile("notes.txt", 5).file,
    someFile("noending", 5).file,
    someFile("empty.mp4", 0).file,
    huge,
  ]);
  const messages = store.get("uploads").map(({ state, error }) => `${state}: ${error?.message}`);
  equal(messages, [
    "failed: This type of file can't be used here.",
    "failed: This type of file can't be used here.",
    "failed: This file is empty.",
    "failed: This file is too large: at most 500 MB.",
  ]);
  ok(store.get("uploads").every(({ error }) => error?.remedy));
  equal(model.sent.length, 1, "nothing but ready was sent");
});

test("capital letters in a file's ending are fine", async () => {
  const { uploads, receiver } = setUp();
  uploads.add([someFile("IMG_1.JPG", 30).file]);
  await until(() => receiver.bytes("IMG_1.JPG"));
});

test("cancel stops the slices and tells the kernel", async () => {
  const { model, store, uploads, receiver } = setUp();
  receiver.delay = () => 20;
  uploads.add([someFile("a.mp3", 200_000).file]);
  await until(() => model.of("upload-slice").length > 5);
  uploads.cancel(store.get("uploads")[0]?.id ?? "");
  const sent = model.of("upload-slice").length;
  await sleep(150);
  ok(model.of("upload-slice").length <= sent, "slices went on");
  equal(model.of("upload-cancel").length, 1);
  equal(store.get("uploads"), []);
});

test("files go one after another, in the order in which they were chosen", async () => {
  timeless();
  const { store, uploads, receiver, model } = setUp();
  const [large, small, last] = [9000, 10, 500].map((bytes, n) => someFile(`${n}.mp3`, bytes).file);
  ok(large && small && last);
  const unusable = someFile("notes.txt", 5).file;
  uploads.add([large, unusable, small]);
  uploads.add([last]);
  equal(
    store.get("uploads").map(({ state }) => state),
    ["sending", "failed", "queued", "queued"],
  );
  await until(() => receiver.bytes("2.mp3"));
  equal(
    model.of("upload-begin").map(({ message }) => message.name),
    ["0.mp3", "1.mp3", "2.mp3"],
  );
});

test("cancelling one file lets the next begin", async () => {
  const { store, uploads, receiver, model } = setUp();
  receiver.loses = (kind) => kind === "upload-slice";
  uploads.add([1, 2].map((n) => someFile(`${n}.mp3`, 3000).file));
  await until(() => model.of("upload-slice").length >= 3);
  uploads.cancel(store.get("uploads")[0]?.id ?? "");
  await until(() => model.of("upload-begin").length >= 2);
});

test("the kernel's refusal is shown with its remedy", async () => {
  const { model, store, uploads, receiver } = setUp();
  receiver.loses = (kind) => kind === "upload-slice";
  uploads.add([someFile("a.mp3", 3000).file]);
  await until(() => model.of("upload-begin").length >= 1);
  const { id } = model.of("upload-begin")[0]?.message ?? {};
  model.say({ kind: "upload-end", id, error: { message: "The disk is full.", remedy: "Free some space." } });
  const [upload] = store.get("uploads");
  equal([upload?.state, upload?.error?.remedy], ["failed", "Free some space."]);
});

test("messages about unknown files are ignored", () => {
  const { model, store } = setUp();
  for (const kind of ["upload-ready", "upload-ack", "upload-missing", "upload-end"]) {
    model.say({ kind, id: "nobody", index: 0, missing: [0], error: null });
  }
  equal(store.get("uploads"), []);
});

test("a photo gets a small thumbnail, what isn't a photo none", async () => {
  const { uploads, receiver, model } = setUp();
  const scene = SCENES[0];
  ok(scene);
  const canvas = paint(scene, 1600, 900);
  const photo = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
  uploads.add([
    new File([photo], "photo.jpg", { type: "image/jpeg" }),
    new File(["not a picture"], "broken.jpg", { type: "image/jpeg" }),
  ]);
  await until(() => receiver.bytes("photo.jpg") && receiver.bytes("broken.jpg"));
  await until(() => model.of("upload-look").length >= 2);
  const [good, bad] = model
    .of("upload-begin")
    .sort((a, b) => b.message.name.localeCompare(a.message.name))
    .map(
      ({ message }) =>
        model.of("upload-look").find((look) => look.message.id === message.id)?.message.thumbnail,
    );
  ok(good.startsWith("data:image/jpeg;base64,") && good.length <= 12 * 1024, String(good).slice(0, 40));
  equal(bad, null);
});

test("a picture that is made before the kernel has heard of the file gets there, too", async () => {
  const { uploads, receiver, model, store } = setUp();
  const scene = SCENES[0];
  ok(scene);
  const photo = await new Promise((resolve) => paint(scene, 160, 90).toBlob(resolve, "image/jpeg"));
  const say = model.say.bind(model);
  /** @type {(() => void)[]} */
  const held = [];
  model.say = (message, bytes) => void held.push(() => say(message, bytes));
  uploads.add([new File([photo], "photo.jpg", { type: "image/jpeg" })]);
  await until(() => store.get("uploads")[0]?.thumbnail);
  equal(model.of("upload-look").length, 0);
  model.say = say;
  for (const release of held) release();
  await until(() => receiver.bytes("photo.jpg") && model.of("upload-look")[0]?.message.thumbnail);
});

test("a slow link carries little twice", async () => {
  const { uploads, receiver, model } = setUp();
  const real = globalThis.setTimeout;
  // Ten times as fast as it would be.
  globalThis.setTimeout = /** @type {typeof setTimeout} */ ((callback, ms = 0) => real(callback, ms / 10));
  // One message after the other: 4 MB at 1.2 MB/s.
  let free = Promise.resolve();
  const take = model.onSend;
  model.onSend = (message, buffer) => {
    free = free.then(() => (buffer ? sleep(3400) : undefined)).then(() => take?.(message, buffer));
  };
  uploads.add([someFile("a.mp3", 20 * SLICE).file]);
  await until(() => receiver.bytes("a.mp3"), "the file arrives", 300_000);
  globalThis.setTimeout = real;
  ok(model.of("upload-slice").length <= 26, `${model.of("upload-slice").length} slices were sent for 20`);
});
