// Files go up in slices, each acknowledged; order, repeats and losses don't matter. Work of the model, not of a view.
/** @import { Store } from "./store.js" */
/** @import { Fault, UploadView } from "./types.d.ts" */

import { uniqueId } from "./dom.js";
import { words } from "./text.js";
import { thumbnail } from "./thumbnail.js";

const WINDOW = 4;
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

  /**
   * @param {Store} store
   * @param {number} sliceBytes
   */
  constructor(store, sliceBytes) {
    this.#store = store;
    this.#sliceBytes = sliceBytes;
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
      const upload = new Upload(this.#store, file, this.#sliceBytes, () => this.#changed());
      upload.refuse(refusal(this.#store, file));
      this.#all.push(upload);
    }
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
    return { message: t.tooLarge(Math.floor(limit / (1024 * 1024))), remedy: t.tooLargeRemedy };
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
  #store;
  #file;
  #sliceBytes;
  #slices;
  #changed;

  /**
   * @param {Store} store
   * @param {File} file
   * @param {number} sliceBytes
   * @param {() => void} changed
   */
  constructor(store, file, sliceBytes, changed) {
    this.#store = store;
    this.#file = file;
    this.#sliceBytes = sliceBytes;
    this.#slices = Math.ceil(file.size / sliceBytes);
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
    this.#thumbnail = await thumbnail(this.#file);
    if (this.state === "sending") this.#begin();
    this.#changed();
  }

  #begin() {
    this.begun = true;
    this.#store.send({
      kind: "upload-begin",
      id: this.id,
      name: this.#file.name,
      size: this.#file.size,
      slice_bytes: this.#sliceBytes,
      thumbnail: this.#thumbnail,
    });
    this.#watch();
  }

  ready() {
    if (this.#ready) return;
    this.#ready = true;
    this.#startedAt = performance.now();
    this.#alive();
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
  }

  #pump() {
    if (!this.#ready) return;
    while (this.#inFlight.size < WINDOW) {
      const [repeated] = this.#again;
      if (repeated === undefined && this.#next >= this.#slices) break;
      const index = repeated ?? this.#next++;
      this.#again.delete(index);
      this.#inFlight.add(index);
      this.#sendSlice(index);
    }
    if (this.#acknowledged.size === this.#slices) this.state = "finishing";
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
        this.#store.send({ kind: "upload-check", id: this.id });
        this.#watch();
      } else {
        this.#begin();
      }
      this.#changed();
    }, this.#patience);
  }
}
