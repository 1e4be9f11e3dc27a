// The finished video, once for all views of the model: played from where it is on the web, from the kernel's server, or
// from a Blob of slices.
/** @import { Lane } from "./lane.js" */
/** @import { Store } from "./store.js" */
/** @import { Fault, VideoInfo } from "./types.d.ts" */

const WINDOW = 2;
const STALL_MS = 5000;
const LANE_MS = 400;
const OPEN_LANE_MS = 5000;

/**
 * Fetches the video of the state, and keeps its Blob until another one takes its place.
 */
export class Videos {
  /** @type {VideoInfo | null} */
  #video = null;
  /** @type {Map<number, Blob>} by offset; a Blob holds its bytes outside the script's memory */
  #slices = new Map();
  /** @type {Set<number>} */
  #asked = new Set();
  #next = 0;
  #received = 0;
  /** @type {string | null} */
  #url = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #stallTimer;
  #patience = STALL_MS;
  #store;
  #sliceBytes;
  #lane;

  /**
   * @param {Store} store
   * @param {number} sliceBytes
   * @param {Lane} lane
   */
  constructor(store, sliceBytes, lane) {
    this.#store = store;
    this.#sliceBytes = sliceBytes;
    this.#lane = lane;
    store.handle("video-slice", ({ id, offset }, [bytes]) => {
      if (id === this.#video?.id && bytes) this.#take(Number(offset), bytes);
    });
    store.handle("video-failed", ({ id, error }) => {
      if (id === this.#video?.id && !this.#url) this.#fail(/** @type {Fault} */ (error));
    });
  }

  /** Make sure that the state's video is here or on its way; a view calls it whenever `video` changes. */
  want() {
    const video = this.#store.get("video");
    if (video?.id === this.#video?.id) return;
    this.release();
    this.#video = video;
    if (video?.url) this.#play(video.url);
    else if (video) this.#open();
  }

  /**
   * What the video was played from works no more: take the next best way.
   *
   * @param {string} url
   */
  broken(url) {
    if (url !== this.#url || !this.#video) return;
    if (url.startsWith("blob:") || !this.#video.size) this.#drop({ message: "", remedy: "" });
    else if (url === this.#video.url) this.#open();
    else this.#start();
  }

  /** Try again after a failure. */
  retry() {
    if (this.#video?.url) this.#play(this.#video.url);
    else if (this.#video && !this.#url) this.#start();
  }

  /** Let go of the video and its memory. */
  release() {
    clearTimeout(this.#stallTimer);
    this.#forget();
    this.#video = null;
    this.#slices.clear();
    this.#store.set("transfer", null);
  }

  /** Play it over the fast lane where that opens soon, else fetch it. */
  async #open() {
    const video = this.#video;
    if (!video) return;
    this.#forget();
    this.#publish(null);
    const patience = this.#lane.open ? OPEN_LANE_MS : LANE_MS;
    const late = new Promise((resolve) => setTimeout(resolve, patience, null));
    const address = await Promise.race([this.#lane.address(video.id), late]);
    if (this.#video !== video || this.#url) return;
    if (address) this.#play(address);
    else this.#start();
  }

  /** @param {string} url */
  #play(url) {
    this.#url = url;
    this.#publish(null);
  }

  #forget() {
    if (this.#url?.startsWith("blob:")) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }

  /** @param {Fault} error */
  #drop(error) {
    this.#forget();
    this.#fail(error);
  }

  #start() {
    this.#forget();
    this.#slices.clear();
    this.#asked.clear();
    this.#next = 0;
    this.#received = 0;
    this.#patience = STALL_MS;
    this.#publish(null);
    this.#pump();
  }

  #pump() {
    const size = this.#video?.size ?? 0;
    while (this.#asked.size < WINDOW && this.#next < size) {
      this.#ask(this.#next);
      this.#next += this.#sliceBytes;
    }
    clearTimeout(this.#stallTimer);
    if (this.#asked.size === 0) return;
    this.#stallTimer = setTimeout(() => {
      this.#patience *= 2; // The link may only be slow, and asking again makes it slower.
      for (const offset of this.#asked) this.#ask(offset);
      this.#pump();
    }, this.#patience);
  }

  /** @param {number} offset */
  #ask(offset) {
    if (!this.#video) return;
    this.#asked.add(offset);
    const length = Math.min(this.#sliceBytes, this.#video.size - offset);
    this.#store.send({ kind: "video-read", id: this.#video.id, offset, length });
  }

  /**
   * @param {number} offset
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  #take(offset, bytes) {
    if (!this.#video) return;
    if (!this.#asked.delete(offset)) {
      this.#pump(); // It came twice: the link is alive.
      return;
    }
    const end = Math.min(offset + this.#sliceBytes, this.#video.size);
    this.#slices.set(offset, new Blob([bytes]));
    this.#received += bytes.length;
    if (offset + bytes.length < end) {
      this.#fail(null); // Shorter than asked for: the file has changed.
      return;
    }
    if (this.#received >= this.#video.size) {
      clearTimeout(this.#stallTimer);
      const ordered = [...this.#slices].sort(([a], [b]) => a - b).map(([, slice]) => slice);
      this.#slices.clear();
      this.#url = URL.createObjectURL(new Blob(ordered, { type: this.#video.type || "video/mp4" }));
    } else {
      this.#pump();
    }
    this.#publish(null);
  }

  /** @param {Fault | null} error */
  #fail(error) {
    clearTimeout(this.#stallTimer);
    this.#asked.clear();
    this.#slices.clear();
    this.#next = Number.POSITIVE_INFINITY; // A slice that is still on its way begins nothing anew.
    this.#publish(error ?? { message: "", remedy: "" });
  }

  /** @param {Fault | null} error */
  #publish(error) {
    if (!this.#video) return;
    const done = this.#url ? 1 : this.#video.size ? this.#received / this.#video.size : 0;
    this.#store.set("transfer", { id: this.#video.id, done, url: this.#url, error });
  }
}
