// Edits that people make here go to the kernel one after another; it decides, by the draft's own rules.
/** @import { Lines } from "./draft.js" */
/** @import { Store } from "./store.js" */
/** @import { EditEnd, Fault } from "./types.d.ts" */

import { once, uniqueId } from "./dom.js";
import { linesOf } from "./draft.js";
import { runsOf } from "./selection.js";

const PATIENCE_MS = 20000;

/**
 * @typedef {object} Wish
 * @property {number[]} [rows]
 * @property {Record<string, unknown>} [values]
 * @property {Lines} [lines] what the rows are of, where they were seen before: the kernel refuses those of another draft
 */

class Edits {
  #store;
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();
  /** @type {Map<string, (answer: EditEnd) => void>} */
  #waiting = new Map();

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
    store.handle("edit-end", (message) => {
      const answer = /** @type {EditEnd} */ (/** @type {unknown} */ (message));
      store.flush(); // What is selected goes by the draft that came before it.
      this.#waiting.get(answer.id)?.(answer);
    });
  }

  /**
   * Ask for an edit; the answer's error says why it was refused.
   *
   * @param {string} op
   * @param {() => Wish | null} wish made when its turn has come: the draft may be another one by then
   * @param {Fault} [silent] what to say where the kernel doesn't answer
   * @returns {Promise<EditEnd | null>}
   */
  ask(op, wish = () => ({}), silent) {
    const answer = this.#last.then(() => {
      this.#store.flush();
      return this.#send(op, wish(), silent);
    });
    this.#last = answer.catch(() => {}); // One that can't be asked for keeps no other.
    return answer;
  }

  /** @type {(op: string, wish: Wish | null, silent?: Fault) => Promise<EditEnd | null>} */
  #send(op, wish, silent) {
    if (!wish) return Promise.resolve(null);
    const store = this.#store;
    const id = uniqueId("edit");
    return new Promise((resolve) => {
      const settle = (/** @type {EditEnd} */ answer) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => settle({ id, error: silent ?? null, words: null }), PATIENCE_MS);
      this.#waiting.set(id, settle);
      const { rows = [], values = {}, lines = linesOf(store.get("draft")) } = wish;
      store.insist(
        { kind: "edit", id, revision: lines.revision, op, where: runsOf(lines, rows), values },
        () => this.#waiting.has(id),
      );
    });
  }
}

export const editsOf = once((/** @type {Store} */ store) => new Edits(store));
