// A kernel in miniature: it keeps what the front end sends, and says what a test tells it to.
/** @import { CustomListener, Incoming, Model, Outgoing, RemoteState } from "../src/types.d.ts" */

let models = 0;

/**
 * One model, with a proxy for `initialize` and one for each view, as anywidget hands them out.
 */
export class FakeModel {
  /** @type {{ message: any, buffer: ArrayBuffer | undefined }[]} */
  sent = [];
  seq = 0;
  /** @type {((message: any, buffer: ArrayBuffer | undefined) => void) | null} */
  onSend = null;
  /** @type {Set<{ proxy: object, listener: CustomListener }>} */
  #listeners = new Set();
  /** @type {Set<() => void>} */
  #watchers = new Set();
  dead = false;
  /** @type {{ text: string, css: string } | null} what is answered to `module-ask`: the source, or nothing */
  module = {
    text: `export * from "${location.origin}/src/part_timeline.js";`,
    css: '@import "/bundle/timeline.css";',
  };
  #traits = { _id: `model-${++models}` };
  /** @type {Set<() => void>} */
  #kernelWatchers = new Set();

  /**
   * @param {Partial<RemoteState> | null} state answered to `ready`; null for a kernel that doesn't answer
   */
  constructor(state) {
    this.state = state;
  }

  /** @returns {Model} */
  proxy() {
    const proxy = {
      get: (/** @type {string} */ name) => /** @type {Record<string, unknown>} */ (this.#traits)[name],
      send: (
        /** @type {Outgoing} */ message,
        /** @type {unknown} */ _callbacks,
        /** @type {ArrayBuffer[]} */ buffers = [],
      ) => {
        if (this.dead) throw new Error("Cannot send");
        this.sent.push({ message: structuredClone(message), buffer: buffers[0] });
        if (message.kind === "ready") this.whole();
        if (message.kind === "module-ask" && this.module)
          this.say({ kind: "module", id: message.id, ...this.module });
        this.onSend?.(message, buffers[0]);
      },
      on: (/** @type {string} */ name, /** @type {any} */ listener) => {
        if (name === "msg:custom") this.#listeners.add({ proxy, listener });
        else this.#watchers.add(listener);
      },
      off: (/** @type {"msg:custom"} */ _name, /** @type {CustomListener} */ listener) => {
        for (const entry of this.#listeners) {
          if (entry.proxy === proxy && (!listener || entry.listener === listener))
            this.#listeners.delete(entry);
        }
      },
      widget_manager: {
        kernel: {
          disposed: {
            connect: (/** @type {any} */ listener) => Boolean(this.#kernelWatchers.add(listener)),
            disconnect: (/** @type {any} */ listener) => this.#kernelWatchers.delete(listener),
          },
        },
      },
    };
    return proxy;
  }

  /** What anywidget does when a view goes: its proxy's listeners go too. @param {Model} proxy */
  drop(proxy) {
    for (const entry of this.#listeners) if (entry.proxy === proxy) this.#listeners.delete(entry);
  }

  get listeners() {
    return this.#listeners.size;
  }

  /**
   * A message of the kernel; a buffer arrives as a window on a larger one, as in Jupyter.
   *
   * @param {Incoming} message
   * @param {Uint8Array} [bytes]
   */
  say(message, bytes) {
    const buffers = [];
    if (bytes) {
      const larger = new Uint8Array(bytes.length + 24);
      larger.set(bytes, 16);
      buffers.push(new DataView(larger.buffer, 16, bytes.length));
    }
    for (const { listener } of [...this.#listeners]) listener(structuredClone(message), buffers);
  }

  whole() {
    if (this.state) this.say({ kind: "state", seq: this.seq, patch: this.state, whole: true });
  }

  /** @param {Partial<RemoteState>} patch */
  patch(patch) {
    this.state = { ...this.state, ...patch };
    this.say({ kind: "state", seq: ++this.seq, patch, whole: false });
  }

  /** What Jupyter does when another kernel takes this one's place, and when the model is known again. */
  restart(dead = true) {
    this.dead = dead;
    for (const watcher of this.#watchers) watcher();
  }

  /** What Jupyter does when the kernel is shut down. */
  shutDown() {
    this.dead = true;
    for (const watcher of this.#kernelWatchers) watcher();
  }

  get kernelWatchers() {
    return this.#kernelWatchers.size;
  }

  /** @param {string} kind */
  of(kind) {
    return this.sent.filter(({ message }) => message.kind === kind);
  }
}
