// How many pixels a millisecond takes, and which part of the sheet is in the window.

import { on } from "./dom.js";

const NEAREST = 0.5; // px per ms: half a metre of screen a second
const WIDEST_PX = 12_000_000; // browsers lay out little more
const WHEEL = 0.0025;

/** Zooms a sheet inside its scroller; at first, and until somebody zooms, all of it fits. */
export class Zoom {
  scale = 0;
  fitted = true;
  #scroller;
  #sheet;
  #total;
  #changed;

  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} sheet
   * @param {() => number} total ms on the sheet
   * @param {() => void} changed
   */
  constructor(scroller, sheet, total, changed) {
    this.#scroller = scroller;
    this.#sheet = sheet;
    this.#total = total;
    this.#changed = changed;
    on(scroller, "wheel", (event) => this.#wheel(event), { passive: false });
  }

  get #least() {
    return this.#scroller.clientWidth / (this.#total() || 1);
  }

  get #most() {
    return Math.max(this.#least, Math.min(NEAREST, WIDEST_PX / (this.#total() || 1)));
  }

  get nearest() {
    return this.scale >= this.#most;
  }

  /** The window or what is on the sheet has another size. */
  settle() {
    if (this.fitted || this.scale < this.#least) this.scale = this.#least;
    this.fitted = this.scale === this.#least;
    this.scale = Math.min(this.scale, this.#most);
    this.#sheet.style.width = this.fitted ? "100%" : `${Math.round(this.#total() * this.scale)}px`;
  }

  fit() {
    this.fitted = true;
    this.settle();
    this.#changed();
  }

  /**
   * Zoom in or out; what is under the pointer (or in the middle) stays there.
   *
   * @param {number} factor
   * @param {number} [clientX]
   */
  by(factor, clientX) {
    const box = this.#scroller.getBoundingClientRect();
    const x = clientX === undefined ? box.width / 2 : clientX - box.left;
    const time = (this.#scroller.scrollLeft + x) / this.scale;
    this.scale = Math.max(this.#least, Math.min(this.#most, this.scale * factor));
    this.fitted = this.scale <= this.#least;
    this.settle();
    this.#scroller.scrollLeft = time * this.scale - x;
    this.#changed();
  }

  /** Scroll so that a segment is seen. @type {(start: number, end: number, room: number, y: number, height: number) => void} */
  show(start, end, room, y, height) {
    const scroller = this.#scroller;
    const [from, to] = [start * this.scale, end * this.scale];
    if (to > scroller.scrollLeft + scroller.clientWidth || from < scroller.scrollLeft) {
      scroller.scrollLeft = from - Math.max(20, (scroller.clientWidth - (to - from)) / 2);
    }
    if (y - room < scroller.scrollTop) scroller.scrollTop = y - room;
    else if (y + height > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = y + height - scroller.clientHeight;
    }
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return; // a pinch on a touchpad comes with Ctrl, too
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.by(Math.exp(-event.deltaY * lines * WHEEL), event.clientX);
  }
}
