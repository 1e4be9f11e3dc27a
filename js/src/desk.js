// What the timeline and the table of one view share: the draft's lines, the selection, edits and what is said of them.
/** @import { Wish } from "./edits.js" */
/** @import { EditEnd, Fault } from "./types.d.ts" */
/** @import { Pane } from "./view.js" */

import { h, once, write } from "./dom.js";
import { linesOf } from "./draft.js";
import { editsOf } from "./edits.js";
import { Selection } from "./selection.js";
import { clock } from "./text.js";
import { timelineWords } from "./timeline_text.js";
import { showAlert } from "./view.js";

export class Desk {
  /** For those who don't see the lanes: what is selected, and what was edited. */
  live = h("p", { class: "nemo-hidden", role: "status" });
  fault = h("div", { class: "nemo-edit-fault" });

  /** @param {Pane} view */
  constructor(view) {
    this.view = view;
    this.t = timelineWords(view.store.get("language"));
    this.edits = editsOf(view.store);
    this.selection = new Selection(view);
    let said = "";
    this.selection.watch(() => {
      const words = this.#told();
      if (words !== said) this.say(words);
      said = words;
    });
  }

  get lines() {
    return linesOf(this.view.store.get("draft"));
  }

  /** What an edit is about: what is selected, or else what has the focus. @returns {number[]} */
  picked() {
    const { rows, active } = this.selection;
    return rows.size ? [...rows] : active >= 0 ? [active] : [];
  }

  /** @param {number} row */
  describe(row) {
    const { name, start, end, track } = this.lines.segment(row);
    return this.t.segment(name, clock(start, 1), clock(end, 1), track + 1);
  }

  #told() {
    const { rows } = this.selection;
    const [row = -1] = rows;
    return rows.size === 1 ? this.describe(row) : rows.size ? this.t.selected(rows.size) : "";
  }

  /** @param {string} words */
  say(words) {
    write(this.live, words);
  }

  /**
   * Ask for an edit; what is wrong with it is shown below the lanes, unless the caller shows it.
   *
   * @param {string} op
   * @param {() => Wish | null} [wish]
   * @param {boolean} [quiet]
   * @returns {Promise<EditEnd | null>}
   */
  async edit(op, wish, quiet = false) {
    const { t } = this;
    const answer = await this.edits.ask(op, wish, { message: t.silent, remedy: t.silentRemedy });
    if (answer && !quiet) this.refuse(answer.error);
    if (answer && !answer.error) this.say(this.#told() || t.edited);
    return answer;
  }

  /** @param {Fault | null} fault */
  refuse(fault) {
    showAlert(this.fault, fault);
  }
}

export const deskOf = once((/** @type {Pane} */ view) => new Desk(view));
