// Files go up in slices, each acknowledged; order, repeats and losses don't matter. Work of the model, not of a view.
/** @import { Lane } from "./lane.js" */
/** @import { Store } from "./store.js" */
/** @import { Fault, UploadView } from "./types.d.ts" */

import { uniqueId } from "./dom.js";
import { size, words } from "./text.js";
import { kindOf, lookAt } from "./thumbnail.js";

const WINDOW = 4;
const FAST_WINDOW = 3;
const FAST_BYTES = 16 * 1024 * 1024;
const HEAD_BYTES = 64;
const LANE_MS = 400;
const STALL_MS = 3000;
const LONGEST_STALL_MS = 12000;

/**
 * The queue of files on their way into the kernel.
 */
export class Uploads {
  /** @type {Upload[]} */
  #all = [];
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
    store.handle("upload-ready", ({ id }) => this.#find(id)?.ready());
    store.handle("upload-ack", ({ id, index }) => this.#find(id)?.acknowledge(Number(index)));
    store.handle("upload-missing", ({ id, missing }) =>
      this.#find(id)?.resend(/** @type {number[]} */ (missing)),
    );
    store.handle("upload-end", ({ id, error }) => this.#end(id, /** @type {Fault | null} */ (error)));
  }

  /**
   * Take files on; what can't be used is refused before its first byte, with a sentence in the list.
   *
   * @param {Iterable<File>} files
   */
  add(files) {
    for (const file of files) {
      const upload = new Upload(this.#store, file, this.#sliceBytes, this.#lane, () => this.#changed());
      upload.refuse(refusal(this.#store, file));
      this.#all.push(upload);
    }
    this.#changed();
  }

  /**
   * Let the service fetch what is at an address.
   *
   * @param {string} url
   */
  link(url) {
    const id = uniqueId("file");
    const known = () => this.#store.get("assets").some((asset) => asset.id === id);
    this.#store.insist({ kind: "upload-link", id, url }, () => !known());
  }

  /**
   * Let these files change places among themselves.
   *
   * @param {string[]} ids
   */
  reorder(ids) {
    const ordered = ids.map((id) => this.#find(id)).filter((upload) => upload !== undefined);
    this.#all = this.#all.map((upload) => (ids.includes(upload.id) ? (ordered.shift() ?? upload) : upload));
    this.#store.send({ kind: "assets-order", ids });
    this.#changed();
  }

  /**
   * Take a file off the list, telling the kernel where it knows of it.
   *
   * @param {string} id
   */
  cancel(id) {
    const upload = this.#find(id);
    if (!upload) return;
    upload.stop();
    if (upload.begun) this.#store.send({ kind: "upload-cancel", id });
    this.#all = this.#all.filter((other) => other !== upload);
    this.#changed();
  }

  /** Stop everything, because the model is gone. */
  release() {
    for (const upload of this.#all.splice(0)) upload.stop();
  }

  /** @param {unknown} id */
  #find(id) {
    return this.#all.find((upload) => upload.id === id);
  }

  /**
   * @param {unknown} id
   * @param {Fault | null} error
   */
  #end(id, error) {
    const upload = this.#find(id);
    if (!upload) return;
    if (error) upload.refuse(error);
    else this.#all = this.#all.filter((other) => other !== upload);
    upload.stop();
    this.#changed();
  }

  #changed() {
    // One after another, because the order in which files were chosen is the order in which a video shows them.
    const first = this.#all.find(({ state }) => state !== "failed");
    if (first?.state === "queued") first.start();
    this.#store.set(
      "uploads",
      this.#all.map((upload) => upload.view()),
    );
  }
}

/**
 * Say why a file can't be used, or null.
 *
 * @param {Store} store
 * @param {File} file
 * @returns {Fault | null}
 */
function refusal(store, file) {
  const { max_upload_bytes: limit, suffixes } = store.get("limits");
  const t = words(store.get("language"));
  const suffix = /\.[^.]*$/.exec(file.name)?.[0].toLowerCase() ?? "";
  if (suffixes.length && !suffixes.includes(suffix)) {
    return { message: t.wrongType, remedy: t.wrongTypeRemedy(suffixes.map((s) => s.slice(1)).join(", ")) };
  }
  if (file.size === 0) return { message: t.emptyFile, remedy: t.emptyFileRemedy };
  if (file.size > limit) {
    return { message: t.tooLarge(size(limit)), remedy: t.tooLargeRemedy };
  }
  return null;
}

class Upload {
  id = uniqueId("file");
  /** @type {UploadView["state"]} */
  state = "queued";
  /** Whether the kernel has heard of it. */
  begun = false;
  /** @type {Fault | null} */
  #error = null;
  /** @type {string | null} */
  #thumbnail = null;
  #ready = false;
  #announced = () => {};
  /** @type {Promise<void>} The kernel has heard of it. */
  #known = new Promise((resolve) => {
    this.#announced = resolve;
  });
  #next = 0;
  /** @type {Set<number>} */
  #inFlight = new Set();
  /** @type {Set<number>} */
  #again = new Set();
  /** @type {Set<number>} */
  #acknowledged = new Set();
  #startedAt = 0;
  /** Whether nothing has come since the kernel was asked what is missing. */
  #quiet = false;
  #patience = STALL_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #stallTimer;
  #head = "";
  #stopped = new AbortController();
  #store;
  #file;
  #sliceBytes;
  #slices;
  #lane;
  #changed;

  /**
   * @param {Store} store
   * @param {File} file
   * @param {number} sliceBytes
   * @param {Lane} lane
   * @param {() => void} changed
   */
  constructor(store, file, sliceBytes, lane, changed) {
    this.#store = store;
    this.#file = file;
    this.#sliceBytes = sliceBytes;
    this.#slices = Math.ceil(file.size / sliceBytes);
    this.#lane = lane;
    this.#changed = changed;
  }

  /** @returns {UploadView} */
  view() {
    const last = this.#acknowledged.has(this.#slices - 1)
      ? this.#slices * this.#sliceBytes - this.#file.size
      : 0;
    const done = this.#acknowledged.size * this.#sliceBytes - last;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    return {
      id: this.id,
      name: this.#file.name,
      kind: kindOf(this.#file),
      size: this.#file.size,
      thumbnail: this.#thumbnail,
      state: this.state,
      done,
      speed: this.#startedAt && seconds > 0.3 ? done / seconds : 0,
      error: this.#error,
    };
  }

  /** @param {Fault | null} error */
  refuse(error) {
    if (!error) return;
    this.#error = error;
    this.state = "failed";
  }

  async start() {
    this.state = "sending";
    void this.#lane.want();
    this.#head = await firstBytes(this.#file);
    if (this.state === "sending") this.#begin();
    this.#changed();
    const { url: thumbnail, ...seen } = await lookAt(this.#file);
    this.#thumbnail = thumbnail;
    this.#changed();
    await this.#known; // Of a file that isn't announced yet the kernel would make nothing.
    if (!this.#error) this.#store.send({ kind: "upload-look", id: this.id, thumbnail, ...seen });
  }

  #begin() {
    this.begun = true;
    void this.#lane.say({
      kind: "upload-begin",
      id: this.id,
      name: this.#file.name,
      size: this.#file.size,
      slice_bytes: this.#sliceBytes,
      head: this.#head,
    });
    this.#watch();
  }

  async ready() {
    if (this.#startedAt) return;
    this.#startedAt = performance.now();
    this.#ready = true;
    this.#announced();
    this.#alive();
    const late = new Promise((resolve) => setTimeout(resolve, LANE_MS));
    await Promise.race([this.#lane.want(), late]);
    this.#pump();
  }

  /** @param {number} index */
  acknowledge(index) {
    if (!(index >= 0 && index < this.#slices)) return;
    this.#quiet = false;
    this.#inFlight.delete(index);
    this.#again.delete(index);
    this.#acknowledged.add(index);
    this.#alive();
    void this.#lane.want(); // It may have come (back) in the meantime.
    this.#pump();
    this.#changed();
  }

  /**
   * The kernel's answer to `upload-check`: it has everything below the last of these but these. Where slices arrived
   * in the meantime nothing is lost, the link is only slow, and sending them again would make it slower.
   *
   * @param {number[]} missing
   */
  resend(missing) {
    this.#alive();
    if (!this.#quiet) return;
    this.#quiet = false;
    const known = missing.length < 64 ? this.#next : Math.max(...missing);
    for (let index = 0; index < Math.min(known, this.#next); index++) this.#acknowledged.add(index);
    for (const index of missing) {
      this.#acknowledged.delete(index);
      if (index < this.#next) this.#again.add(index);
    }
    this.#inFlight.clear();
    this.#pump();
    this.#changed();
  }

  stop() {
    clearTimeout(this.#stallTimer);
    if (this.state !== "failed") this.state = "finishing";
    this.#ready = false;
    this.#stopped.abort();
  }

  #pump() {
    if (!this.#ready) return;
    const fast = this.#lane.open;
    const run = fast ? Math.max(1, Math.floor(FAST_BYTES / this.#sliceBytes)) : 1;
    const most = fast ? run * FAST_WINDOW : WINDOW;
    while (this.#inFlight.size < most) {
      const slices = this.#take(run);
      if (slices[0] === undefined) break;
      if (fast) this.#sendRun(slices[0], slices);
      else this.#sendSlice(slices[0]);
    }
    if (this.#acknowledged.size === this.#slices) this.state = "finishing";
  }

  /**
   * Take up the next slices that follow one another, what has to be repeated first.
   *
   * @param {number} most
   */
  #take(most) {
    const [repeated] = this.#again;
    /** @type {number[]} */
    const slices = [];
    for (let index = repeated ?? this.#next; slices.length < most && index < this.#slices; index++) {
      if (!this.#again.delete(index)) {
        if (index !== this.#next) break;
        this.#next++;
      }
      this.#inFlight.add(index);
      slices.push(index);
    }
    return slices;
  }

  /**
   * Send slices in one request; where the lane breaks, they go over the messages.
   *
   * @param {number} first
   * @param {number[]} slices
   */
  async #sendRun(first, slices) {
    const from = first * this.#sliceBytes;
    const bytes = this.#file.slice(from, from + slices.length * this.#sliceBytes);
    const which = { "Nemo-Slice": `${this.id}/${first}` };
    const answer = await this.#lane.request("PUT", "/upload", bytes, which, this.#stopped.signal);
    if (!this.#ready) return;
    for (const index of slices) {
      this.#inFlight.delete(index);
      if (answer?.ok) this.#acknowledged.add(index);
      else if (!this.#acknowledged.has(index)) this.#again.add(index);
    }
    if (answer?.ok) this.#alive();
    // What the kernel refused is asked for when the upload stalls: it says why.
    if (answer === null || answer.ok) this.#pump();
    this.#changed();
  }

  /** @param {number} index */
  async #sendSlice(index) {
    const from = index * this.#sliceBytes;
    try {
      const bytes = await this.#file.slice(from, from + this.#sliceBytes).arrayBuffer();
      if (this.#ready) this.#store.send({ kind: "upload-slice", id: this.id, index }, bytes);
    } catch {
      // The file was moved or changed while it was being read.
      if (!this.#ready) return;
      const t = words(this.#store.get("language"));
      this.refuse({ message: t.unreadable, remedy: t.unreadableRemedy });
      this.stop();
      this.#store.send({ kind: "upload-cancel", id: this.id });
      this.#changed();
    }
  }

  #alive() {
    if (this.state === "stalled") this.state = "sending";
    this.#watch();
  }

  #watch() {
    clearTimeout(this.#stallTimer);
    this.#stallTimer = setTimeout(() => {
      if (this.state === "sending") this.state = "stalled";
      // The kernel takes both again without harm: the file is known by its id.
      if (this.#ready) {
        this.#quiet = true;
        this.#patience = Math.min(this.#patience * 2, LONGEST_STALL_MS);
        void this.#lane.say({ kind: "upload-check", id: this.id });
        this.#watch();
      } else {
        this.#begin();
      }
      this.#changed();
    }, this.#patience);
  }
}

/**
 * The first bytes of a file, by which the kernel finds out what it really is.
 *
 * @param {File} file
 */
async function firstBytes(file) {
  try {
    return btoa(String.fromCharCode(...new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())));
  } catch {
    return ""; // Told when it is to be sent.
  }
}
