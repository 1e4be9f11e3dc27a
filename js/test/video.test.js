import { Lane } from "../src/lane.js";
import { Store } from "../src/store.js";
import { Videos } from "../src/video.js";
import { demoState } from "./demo_state.js";
import { FakeModel } from "./fake_model.js";
import { equal, ok, sleep, test, timeless, until } from "./runner.js";

const SLICE = 1000;
const BYTES = Uint8Array.from({ length: 6789 }, (_, n) => (n * 7) & 255);
const VIDEO = {
  id: "v1",
  name: "promo.mp4",
  size: BYTES.length,
  type: "video/mp4",
  outdated: false,
  preview: false,
  url: null,
  poster: null,
  captions: null,
  duration: 30000,
  width: 16,
  height: 9,
};

function setUp() {
  const model = new FakeModel({ ...demoState({ pictures: false }), video: VIDEO });
  const store = new Store();
  store.attach(model.proxy());
  const videos = new Videos(store, SLICE, new Lane(store, false));
  const answer = (/** @type {any} */ { id, offset, length }) =>
    model.say({ kind: "video-slice", id, offset }, BYTES.subarray(offset, offset + length));
  return { model, store, videos, answer };
}

/** @type {(store: Store) => Promise<number[]>} */
async function shown(store) {
  const response = await fetch(store.get("transfer")?.url ?? "");
  return [...new Uint8Array(await response.arrayBuffer())];
}

test("slices in any order become the file, two asked for at a time", async () => {
  timeless();
  const { model, store, videos, answer } = setUp();
  /** @type {any[]} */
  let asked = [];
  model.onSend = (message) => message.kind === "video-read" && asked.push(message);
  videos.want();
  await until(() => asked.length > 0);
  let rounds = 0;
  while (!store.get("transfer")?.url && rounds++ < 20) {
    ok(asked.length <= 2, `${asked.length} slices asked for at once`);
    const now = asked.reverse();
    asked = [];
    for (const message of now) {
      answer(message);
      answer(message);
    }
  }
  equal(await shown(store), [...BYTES]);
  equal(model.of("video-read").length, 7);
});

test("views ask for one transfer only", async () => {
  timeless();
  const { model, videos } = setUp();
  videos.want();
  videos.want();
  await until(() => model.of("video-read").length > 0);
  equal(model.of("video-read").length, 2);
});

test("a slice that got lost is asked for again", async () => {
  const { model, store, videos, answer } = setUp();
  let lost = 0;
  model.onSend = (message) => {
    if (message.kind !== "video-read") return;
    if (message.offset === 3000 && lost++ === 0) return;
    setTimeout(answer, 1, message);
  };
  videos.want();
  await until(() => store.get("transfer")?.url, "the video is there");
  equal(await shown(store), [...BYTES]);
});

test("a failure is shown, and trying again works", async () => {
  const { model, store, videos, answer } = setUp();
  videos.want();
  await until(() => model.of("video-read").length > 0);
  model.say({
    kind: "video-failed",
    id: "v1",
    error: { message: "The file is gone.", remedy: "Export again." },
  });
  equal(store.get("transfer")?.error?.message, "The file is gone.");
  model.onSend = (message) => message.kind === "video-read" && setTimeout(answer, 1, message);
  videos.retry();
  await until(() => store.get("transfer")?.url);
  equal(store.get("transfer")?.error, null);
});

test("a slice that comes after a failure begins nothing anew", async () => {
  timeless();
  const { model, store, videos, answer } = setUp();
  videos.want();
  await until(() => model.of("video-read").length === 2);
  model.say({ kind: "video-failed", id: "v1", error: { message: "It is gone.", remedy: "Export again." } });
  answer(model.of("video-read")[1]?.message);
  equal(model.of("video-read").length, 2);
  model.onSend = (message) => message.kind === "video-read" && setTimeout(answer, 1, message);
  videos.retry();
  await until(() => store.get("transfer")?.url);
  equal(await shown(store), [...BYTES]);
});

test("a new video takes the place of the old one, whose memory is let go", async () => {
  const { model, store, videos, answer } = setUp();
  model.onSend = (message) => message.kind === "video-read" && setTimeout(answer, 1, message);
  videos.want();
  await until(() => store.get("transfer")?.url);
  const old = store.get("transfer")?.url ?? "";
  model.patch({ video: { ...VIDEO, id: "v2" } });
  videos.want();
  await until(() => store.get("transfer")?.id === "v2" && store.get("transfer")?.url);
  ok(
    await fetch(old).then(
      () => false,
      () => true,
    ),
    "the old URL still works",
  );
  model.say({ kind: "video-slice", id: "v1", offset: 0 }, BYTES.subarray(0, 10));
  equal(await shown(store), [...BYTES]);
});

test("a slow link carries little twice", async () => {
  const { model, store, videos, answer } = setUp();
  const real = globalThis.setTimeout;
  // Ten times as fast as it would be.
  globalThis.setTimeout = /** @type {typeof setTimeout} */ ((callback, ms = 0) => real(callback, ms / 10));
  // One slice after the other: 8 MB at 0.9 MB/s.
  let free = Promise.resolve();
  model.onSend = (message) => {
    if (message.kind === "video-read") free = free.then(() => sleep(9000)).then(() => answer(message));
  };
  videos.want();
  await until(() => store.get("transfer")?.url, "the video is there", 300_000);
  globalThis.setTimeout = real;
  ok(model.of("video-read").length <= 12, `${model.of("video-read").length} slices were asked for, of 7`);
});
