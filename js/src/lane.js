// The fast lane: the kernel's own HTTP server, where this browser can reach it. See nemo_widgets/widgets/lane_server.py.
/** @import { Store } from "./store.js" */
/** @import { Outgoing } from "./types.d.ts" */

import { uniqueId } from "./dom.js";

const PATIENCE_MS = 3000;
const AGAIN_MS = [1000, 4000, 15000, 60000];

/**
 * A way to the kernel beside the messages. It may open, break and open again at any time; whoever uses it goes on over
 * the messages. Its key lives here only, in the page's memory.
 */
export class Lane {
  /** @type {string | null} */
  #key = null;
  #url = "";
  #greeted = false;
  #failures = 0;
  #notBefore = 0;
  /** @type {Promise<boolean> | null} */
  #opening = null;
  /** @type {{ id: string, resolve: (offer: { url?: unknown, token?: unknown }) => void } | null} */
  #asked = null;
  #store;
  #here;

  /**
   * @param {Store} store
   * @param {boolean} [here] whether the kernel may be on this machine
   */
  constructor(store, here = onThisMachine()) {
    this.#store = store;
    this.#here = here;
    addEventListener("pagehide", () => this.release());
    store.handle("lane", ({ id, url, token }) => {
      if (id === this.#asked?.id) this.#asked?.resolve({ url, token });
    });
  }

  get open() {
    return this.#key !== null;
  }

  /**
   * Open it early, because it may be wanted while a cell keeps the kernel busy.
   *
   * The kernel's answer matters, too: ipykernel 7.4 takes messages on the thread that it last answered from, and that is
   * one that no cell blocks only from the second answer on (the first message is sent before there is such a thread).
   */
  greet() {
    if (this.#greeted) return;
    this.#greeted = true;
    if (this.#possible) void this.want();
    else this.#store.send({ kind: "lane-ask", id: uniqueId("lane"), origin: "" });
  }

  /**
   * Open it where that is possible and not just tried; false where it stays closed.
   *
   * @returns {Promise<boolean>}
   */
  want() {
    if (this.#key) return Promise.resolve(true);
    if (!this.#possible || performance.now() < this.#notBefore) return Promise.resolve(false);
    this.#opening ??= this.#knock().then((opened) => {
      this.#opening = null;
      if (!opened) this.#failed();
      return opened;
    });
    return this.#opening;
  }

  get #possible() {
    return this.#here && this.#store.get("lane");
  }

  async #knock() {
    const id = uniqueId("lane");
    const { url, token } = await new Promise((resolve) => {
      this.#asked = { id, resolve };
      setTimeout(resolve, PATIENCE_MS, {});
      if (!this.#store.send({ kind: "lane-ask", id, origin: location.origin })) resolve({});
    });
    if (typeof url !== "string" || !/^http:\/\/127\.0\.0\.1:\d+$/.test(url)) return false;
    this.#url = url;
    try {
      const answer = await this.#fetch("/open", {
        method: "POST",
        body: token,
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      this.#key = answer.ok ? String((await answer.json()).key) : null;
    } catch {
      // It can't be reached from here: another machine, a container, a policy of the page.
    }
    return this.open;
  }

  /**
   * Ask for something; null where the lane is closed or broke.
   *
   * @param {"POST" | "PUT"} method
   * @param {string} path
   * @param {BodyInit} [body]
   * @param {Record<string, string>} [more] headers
   * @param {AbortSignal} [signal]
   * @returns {Promise<Response | null>}
   */
  async request(method, path, body, more, signal) {
    const key = this.#key;
    if (!key) return null;
    try {
      const headers = { Authorization: `Bearer ${key}`, ...more };
      const answer = await this.#fetch(path, { method, headers, body: body ?? null, signal: signal ?? null });
      if (answer.ok) this.#failures = 0;
      if (answer.status === 401) this.#lost(key);
      return answer;
    } catch {
      if (!signal?.aborted) this.#lost(key);
      return null;
    }
  }

  /**
   * Say something to the kernel, which hears it here while a cell keeps it from hearing messages.
   *
   * @param {Outgoing} message
   */
  async say(message) {
    const answer = await this.request("POST", "/say", JSON.stringify(message));
    if (!answer?.ok) this.#store.send(message);
  }

  /**
   * Return an address to play a video from, or null; it is good until this page lets go of the lane.
   *
   * @param {string} id
   * @returns {Promise<string | null>}
   */
  async address(id) {
    const answer = (await this.want()) ? await this.request("POST", `/video/${id}`) : null;
    return answer?.ok ? this.#url + (await answer.json()).path : null;
  }

  /** Let go of it, and of what it was for. */
  release() {
    if (this.#key) {
      const headers = { Authorization: `Bearer ${this.#key}` };
      this.#fetch("/close", { method: "POST", headers, keepalive: true }).catch(() => {});
    }
    this.#key = null;
  }

  /** @param {string} key the one that no longer works */
  #lost(key) {
    if (this.#key !== key) return;
    this.#key = null;
    this.#failed();
  }

  #failed() {
    this.#notBefore = performance.now() + (AGAIN_MS[Math.min(this.#failures++, AGAIN_MS.length - 1)] ?? 0);
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   */
  #fetch(path, options) {
    return fetch(this.#url + path, {
      ...options,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    });
  }
}

/**
 * Whether this page was served by this machine. Elsewhere the kernel is elsewhere, too, and a browser would ask the
 * person for leave to look around in their network.
 */
function onThisMachine({ protocol, hostname } = location) {
  return protocol === "vscode-webview:" || /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
