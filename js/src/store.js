// The replica of the kernel's state. It belongs to the model, not to a view: views come and go.
/** @import { Incoming, Items, Key, Model, Outgoing, RemoteState, Run, Selected, State } from "./types.d.ts" */

import { uniqueId } from "./dom.js";
import { patched } from "./draft.js";

const READY_EVERY_MS = 500;
const SILENT_AFTER_MS = 8000;
const ASK_AGAIN_MS = [1000, 2000, 4000, 8000];
const RESEND_MS = [4000, 8000, 16000, 32000];

/** @type {State} */
const EMPTY = {
  backend: null,
  language: "en",
  limits: { max_upload_bytes: 500 * 1024 * 1024, suffixes: [], links: false },
  assets: [],
  turns: [],
  draft: null,
  export: null,
  video: null,
  notice: null,
  link: "waiting",
  uploads: [],
  pendingPrompt: null,
  pendingExport: null,
  transfer: null,
  picture: "",
  edits: { edited: false, undo: 0, redo: 0, theirs: null },
  problems: [],
  selection: { by: "", number: 0, runs: [] },
  peaks: {},
  held: false,
  credits: null,
  again: null,
  lane: true,
};

/** @type {(keyof RemoteState)[]} */
const REMOTE = [
  "backend",
  "language",
  "limits",
  "assets",
  "turns",
  "draft",
  "export",
  "video",
  "notice",
  "edits",
  "problems",
  "selection",
  "peaks",
  "held",
  "credits",
  "again",
  "lane",
];

const LISTS = /** @type {const} */ (["assets", "turns"]);

/**
 * Keeps the state, asks for it again after a gap, and tells subscribers once per frame what changed.
 */
export class Store {
  /** @type {State} */
  #state = { ...EMPTY };
  /** @type {Model[]} Proxies of one model; only the first is listened to, so that no message counts twice. */
  #models = [];
  /** Whether the kernel knows of this model no more: what Jupyter tells of when one is restarted. */
  #gone = false;
  /** @type {Map<string, (message: Incoming, buffers: Uint8Array<ArrayBuffer>[]) => void>} */
  #handlers = new Map();
  /** @type {Set<{ keys: Key[], changed: () => void }>} */
  #subscribers = new Set();
  /** @type {Set<Key>} */
  #dirty = new Set();
  /** @type {(() => void) | null} */
  #cancelFrame = null;
  /** What this page last selected; its echo, and older ones, are no news. */
  #id = uniqueId("view");
  #number = 0;
  #heard = 0;
  #seq = -1;
  #whole = false;
  #answered = false;
  #lastReady = Number.NEGATIVE_INFINITY;
  #attempt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #readyTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silenceTimer;

  constructor() {
    this.handle("state", (message) => this.#onState(message));
    this.handle("answer", (message) => this.#onAnswer(message));
  }

  /**
   * Speak through this model; the returned function lets go of it.
   *
   * @param {Model} model
   * @returns {() => void}
   */
  attach(model) {
    this.#models.push(model);
    if (this.#models.length === 1) {
      model.on("msg:custom", this.#receive);
      this.greet();
    }
    model.on("comm_live_update", () => {
      this.#gone = !this.send({ kind: "ready" });
      if (this.#gone) this.set("link", "gone");
    });
    const unwatch = whenKernelEnds(model, () => {
      this.#gone = true;
      this.set("link", "gone");
    });
    return () => {
      unwatch();
      const index = this.#models.indexOf(model);
      if (index < 0) return;
      this.#models.splice(index, 1);
      if (index > 0) return;
      model.off("msg:custom", this.#receive);
      if (this.#models[0]) this.#models[0].on("msg:custom", this.#receive);
      else clearTimeout(this.#readyTimer);
    };
  }

  /** Ask for the whole state, and call a kernel silent that doesn't answer. */
  greet() {
    this.askWhole();
    this.#expectAnswer();
  }

  #expectAnswer() {
    this.#answered = false;
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => {
      if (!this.#answered && !this.#gone) this.set("link", "silent");
    }, SILENT_AFTER_MS);
  }

  /**
   * Send a message again and again while it is pending: the kernel remembers ids, so one more does no harm. A kernel
   * that gives no sign of life meanwhile is called silent.
   *
   * @param {Outgoing} message
   * @param {() => boolean} pending
   */
  insist(message, pending, attempt = 0) {
    if (!pending()) return;
    this.send(message);
    if (attempt > 0) this.send({ kind: "ready" });
    if (attempt === 1) this.#expectAnswer();
    const wait = RESEND_MS[attempt];
    if (wait) setTimeout(() => this.insist(message, pending, attempt + 1), wait);
  }

  /**
   * Register what to do with the kernel's messages of a kind.
   *
   * @param {string} kind
   * @param {(message: Incoming, buffers: Uint8Array<ArrayBuffer>[]) => void} handler
   */
  handle(kind, handler) {
    this.#handlers.set(kind, handler);
  }

  /**
   * Send a message; false where there is no way to the kernel just now.
   *
   * @param {Outgoing} message
   * @param {ArrayBuffer} [buffer]
   * @returns {boolean}
   */
  send(message, buffer) {
    try {
      this.#models[0]?.send(message, undefined, buffer ? [buffer] : []);
      return this.#models.length > 0;
    } catch {
      return false; // The kernel is restarting; what matters is sent again after a while.
    }
  }

  /**
   * @template {Key} K
   * @param {K} key
   * @returns {State[K]}
   */
  get(key) {
    return this.#state[key];
  }

  /**
   * @template {Key} K
   * @param {K} key
   * @param {State[K]} value
   */
  set(key, value) {
    this.#state[key] = value;
    this.#dirty.add(key);
    this.#cancelFrame ??= nextFrame(() => {
      this.#cancelFrame = null;
      this.flush();
    });
  }

  /** @param {Run[]} runs the segments that this page selects */
  select(runs) {
    const [by, number] = [this.#id, ++this.#number];
    this.set("selection", { by, number, runs });
    this.send({ kind: "select", id: by, number, runs });
  }

  /** Tell the subscribers now what has changed. */
  flush() {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    const dirty = this.#dirty;
    this.#dirty = new Set();
    for (const { keys, changed } of [...this.#subscribers]) {
      if (!keys.some((key) => dirty.has(key))) continue;
      try {
        changed();
      } catch (error) {
        reportError(error); // One panel in trouble takes no other with it.
      }
    }
  }

  /**
   * Call `changed` now, and once per frame in which one of the keys changed.
   *
   * @param {Key[]} keys
   * @param {() => void} changed
   * @returns {() => void} ends it
   */
  subscribe(keys, changed) {
    const subscriber = { keys, changed };
    this.#subscribers.add(subscriber);
    changed();
    return () => this.#subscribers.delete(subscriber);
  }

  /** Ask for the whole state, at most twice a second, until it comes. */
  askWhole() {
    this.#whole = false;
    const wait = Math.max(0, this.#lastReady + READY_EVERY_MS - performance.now());
    clearTimeout(this.#readyTimer);
    if (wait > 0) {
      this.#readyTimer = setTimeout(() => this.askWhole(), wait);
      return;
    }
    this.#lastReady = performance.now();
    const again = ASK_AGAIN_MS[Math.min(this.#attempt++, ASK_AGAIN_MS.length - 1)];
    this.#readyTimer = setTimeout(() => this.askWhole(), again);
    this.send({ kind: "ready" });
  }

  #receive = (/** @type {Incoming} */ message, /** @type {(DataView | ArrayBuffer)[]} */ buffers = []) => {
    const bytes = buffers.map((buffer) =>
      ArrayBuffer.isView(buffer)
        ? new Uint8Array(/** @type {ArrayBuffer} */ (buffer.buffer), buffer.byteOffset, buffer.byteLength)
        : new Uint8Array(buffer),
    );
    this.#handlers.get(message?.kind)?.(message, bytes);
  };

  /** @param {Incoming} message */
  #onState(message) {
    const { seq, whole, patch, items } =
      /** @type {{ seq: number, whole?: boolean, patch: Partial<RemoteState>, items?: Items }} */ (
        /** @type {unknown} */ (message)
      );
    if (whole) {
      this.#answered = true;
      this.set("link", "live");
      if (this.#whole && seq < this.#seq) return; // Overtaken by newer patches.
      this.#whole = true;
      this.#attempt = 0;
      clearTimeout(this.#readyTimer);
    } else if (seq <= this.#seq) {
      return;
    } else if (!this.#whole || seq !== this.#seq + 1) {
      if (this.#whole) this.askWhole();
      return;
    }
    this.#seq = seq;
    for (const key of REMOTE) {
      if (key in patch || whole) this.#adopt(key, patch);
    }
    for (const key of LISTS) if (items?.[key]) this.#mend(key, items[key]);
    this.#settle();
  }

  /**
   * Change what has changed of a list's items, and take on their order.
   *
   * @param {"assets" | "turns"} key
   * @param {Items[string]} change
   */
  #mend(key, { order, fields }) {
    const all = new Map(this.get(key).map((item) => [item.id, item]));
    for (const [id, values] of Object.entries(fields)) {
      all.set(id, /** @type {any} */ ({ ...all.get(id), ...values }));
    }
    const ids = order ?? [...all.keys()];
    this.set(key, /** @type {any} */ (ids.map((id) => all.get(id)).filter(Boolean)));
  }

  /**
   * @template {keyof RemoteState} K
   * @param {K} key
   * @param {Partial<RemoteState>} values
   */
  #adopt(key, values) {
    /** @type {any} */
    let value = values[key] ?? EMPTY[key];
    if (key === "draft") value = patched(this.get("draft"), value);
    if (key === "selection") value = this.#newer(this.get("selection"), value);
    this.set(key, value);
  }

  /**
   * The newer of what this page and what the kernel says: until the kernel has heard the page, the page's counts.
   *
   * @type {(mine: Selected, theirs: Selected) => Selected}
   */
  #newer(mine, theirs) {
    if (theirs.by === this.#id) this.#heard = Math.max(this.#heard, theirs.number);
    return mine.by === this.#id && mine.number > this.#heard ? mine : theirs;
  }

  /** Forget what this page asked for once the kernel shows it, or says why it can't be. */
  #settle() {
    const refused = this.get("notice")?.about;
    const prompt = this.get("pendingPrompt");
    if (prompt && (refused === prompt.id || this.get("turns").some((turn) => turn.id === prompt.id))) {
      this.set("pendingPrompt", null);
    }
    const wanted = this.get("pendingExport");
    if (wanted && (refused === wanted || this.get("export")?.id === wanted)) this.set("pendingExport", null);
  }

  /** @param {Incoming} message */
  #onAnswer(message) {
    if (!this.#whole) return;
    const turns = this.get("turns");
    const index = turns.findIndex((turn) => turn.id === message.turn);
    const offset = Number(message.offset);
    const turn = turns[index];
    if (!turn || offset > turn.text.length) {
      this.askWhole();
      return;
    }
    const piece = String(message.text);
    const text = turn.text.slice(0, offset) + piece + turn.text.slice(offset + piece.length);
    this.set("turns", turns.with(index, { ...turn, text }));
  }
}

/**
 * Call `ended` when the model's kernel is shut down, changed, or dies for good: of these Jupyter's widgets tell
 * nothing, but its connection to a kernel is disposed of. Hosts that show no connection call nobody.
 *
 * @param {Model} model
 * @param {() => void} ended
 * @returns {() => void} ends it
 */
function whenKernelEnds(model, ended) {
  const disposed = kernelOf(model)?.disposed;
  disposed?.connect(ended);
  return () => disposed?.disconnect(ended);
}

/** @param {Model} model */
function kernelOf(model) {
  try {
    return model.widget_manager?.kernel ?? null;
  } catch {
    return null; // A host may have a manager that can't be asked.
  }
}

/**
 * Run once in the next frame, or soon where the page is hidden and has no frames.
 *
 * @param {() => void} callback
 * @returns {() => void} cancels it
 */
function nextFrame(callback) {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = () => {
    cancel();
    callback();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, 250);
  return cancel;
}
