import { Lane } from "../src/lane.js";
import { Store } from "../src/store.js";
import { Uploads } from "../src/upload.js";
import { Videos } from "../src/video.js";
import { demoState } from "./demo_state.js";
import { FakeModel } from "./fake_model.js";
import { equal, ok, test, timeless, until } from "./runner.js";

const URL_ = "http://127.0.0.1:9";
const VIDEO = {
  ...{ id: "v1", name: "a.mp4", size: 3000, type: "video/mp4", duration: 1, width: 16, height: 9 },
  ...{ outdated: false, preview: false, url: null, poster: null, captions: null },
};

/** A kernel with a server whose answers a test chooses; `requests` is what it was asked for. */
function setUp(answers = true) {
  const model = new FakeModel({ ...demoState({ pictures: false }), video: VIDEO });
  const store = new Store();
  store.attach(model.proxy());
  /** @type {{ path: string, method: string, key: string | null, slice: string | null, body: any }[]} */
  const requests = [];
  const server = { up: answers, breaksAfter: Number.POSITIVE_INFINITY };
  model.onSend = ({ kind, id }) => {
    if (kind === "lane-ask") setTimeout(() => model.say({ kind: "lane", id, url: URL_, token: "once" }));
  };
  const real = globalThis.fetch;
  globalThis.fetch = async (input, { method = "GET", headers, body } = {}) => {
    const address = String(input);
    if (!address.startsWith(URL_)) return real(input);
    if (method === "PUT" && server.breaksAfter-- === 0) server.up = false;
    if (!server.up) throw new TypeError("Failed to fetch");
    const path = address.slice(URL_.length);
    const head = new Headers(headers);
    requests.push({ path, method, key: head.get("Authorization"), slice: head.get("Nemo-Slice"), body });
    if (path === "/open") return Response.json({ key: `key${requests.length}` });
    if (path.startsWith("/video/")) return Response.json({ path: "/ticket/t1" });
    return new Response(null, { status: 204 });
  };
  const lane = new Lane(store, true);
  return { model, store, lane, server, requests };
}

test("a lane opens with the token, and asks with the key", async () => {
  timeless();
  const { model, lane, requests } = setUp();
  ok(!lane.open);
  equal(await Promise.all([lane.want(), lane.want()]), [true, true]);
  equal([model.of("lane-ask").length, requests.length], [1, 1]);
  equal(model.of("lane-ask")[0]?.message.origin, location.origin);
  equal([requests[0]?.path, requests[0]?.body, requests[0]?.key], ["/open", "once", null]);
  await lane.say({ kind: "upload-check", id: "u" });
  equal([requests[1]?.path, requests[1]?.key], ["/say", "Bearer key1"]);
  equal(model.of("upload-check").length, 0);
  lane.release();
  ok(!lane.open);
});

test("a lane that can't be reached is not tried again at once, and messages go the other way", async () => {
  const { model, lane } = setUp(false);
  const now = performance.now();
  performance.now = () => now; // "at once" is at once, even where the page stood still
  equal(await lane.want(), false);
  equal(await lane.want(), false);
  equal(model.of("lane-ask").length, 1);
  await lane.say({ kind: "upload-check", id: "u" });
  equal(model.of("upload-check").length, 1);
  equal(await lane.address("v1"), null);
});

for (const [where, forbidden] of /** @type {const} */ ([
  ["on a page from elsewhere", false],
  ["where the kernel says that there is none", true],
])) {
  test(`no lane is asked for ${where}`, async () => {
    const { model, store } = setUp();
    if (forbidden) store.set("lane", false);
    const lane = new Lane(store, forbidden);
    equal(await lane.want(), false);
    equal(model.of("lane-ask").length, 0);
    lane.greet();
    lane.greet();
    equal(
      model.of("lane-ask").map(({ message }) => message.origin),
      [""],
    );
  });
}

test("an address that isn't this machine's is not used", async () => {
  const { model, lane, requests } = setUp();
  model.onSend = ({ kind, id }) => {
    if (kind === "lane-ask")
      model.say({ kind: "lane", id, url: "http://127.0.0.1.evil.example:80", token: "once" });
  };
  equal(await lane.want(), false);
  equal(requests, []);
});

test("an upload goes over the lane, over messages when it breaks, and back when it is there again", async () => {
  const { model, store, lane, server, requests } = setUp();
  await lane.want();
  const ask = model.onSend;
  const SLICE = 4 * 1024 * 1024;
  /** @type {any[]} */
  const byMessage = [];
  const acknowledge = (/** @type {any} */ { id, index }) => model.say({ kind: "upload-ack", id, index });
  model.onSend = (message, buffer) => {
    ask?.(message, buffer);
    if (message.kind !== "upload-slice") return;
    if (byMessage.push(message) < 5) {
      setTimeout(acknowledge, 300, message);
      return;
    }
    server.up = true;
    const back = () => {
      acknowledge(byMessage[0]); // once more: a sign of life, at which the lane is tried
      return lane.open;
    };
    until(back, "the lane is back").then(() => acknowledge(message));
  };
  server.breaksAfter = 2;
  const uploads = new Uploads(store, SLICE, lane);
  uploads.add([new File([new Uint8Array(40 * SLICE)], "a.mp4")]);
  const puts = () => requests.filter(({ method }) => method === "PUT");
  const begun = () => requests.find(({ path, body }) => path === "/say" && body.includes("upload-begin"));
  await until(begun);
  const { id } = JSON.parse(begun()?.body);
  model.say({ kind: "upload-ready", id });
  await until(() => byMessage.length > 0);
  equal([puts()[0]?.path, puts()[0]?.slice, puts()[0]?.body.size], ["/upload", `${id}/0`, 4 * SLICE]);
  await until(() => store.get("uploads")[0]?.state === "finishing", "all slices are sent");
  const counts = [puts().length, byMessage.length];
  ok(puts().length >= 3 && byMessage.length >= 5, `${counts} requests and messages`);
  equal(store.get("uploads")[0]?.done, 40 * SLICE);
});

test("a video is played over the lane, and fetched when that breaks", async () => {
  timeless();
  const { model, store, lane } = setUp();
  const ask = model.onSend;
  model.onSend = (message, buffer) => {
    ask?.(message, buffer);
    const { kind, id, offset, length } = message;
    const slice = new Uint8Array(length);
    if (kind === "video-read") setTimeout(() => model.say({ kind: "video-slice", id, offset }, slice));
  };
  const videos = new Videos(store, 1000, lane);
  await lane.want(); // a video waits for it for a moment only
  videos.want();
  await until(() => store.get("transfer")?.url === `${URL_}/ticket/t1`);
  equal(model.of("video-read").length, 0);
  videos.broken("blob:another");
  videos.broken(`${URL_}/ticket/t1`);
  await until(() => store.get("transfer")?.url?.startsWith("blob:"));
  equal(model.of("video-read").length, 3);
});

test("an address on the web is played from there, and from the kernel where that fails", async () => {
  const { model, store, lane } = setUp();
  model.patch({ video: { ...VIDEO, url: "https://cdn.example/a.mp4" } });
  const videos = new Videos(store, 1000, lane);
  videos.want();
  equal(store.get("transfer")?.url, "https://cdn.example/a.mp4");
  await lane.want();
  videos.broken("https://cdn.example/a.mp4");
  await until(() => store.get("transfer")?.url === `${URL_}/ticket/t1`);
});
