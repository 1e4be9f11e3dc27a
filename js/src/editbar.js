// What was edited here and the service doesn't know: said, sent as words, thrown away, or chosen over its answer.
/** @import { Pane } from "./view.js" */

import { deskOf } from "./desk.js";
import { attribute, h, ICONS, on, passFocus, uniqueId } from "./dom.js";
import { alertBox, button, iconButton } from "./view.js";

/**
 * The buttons for undo and redo, and the bar that shows while there are local edits.
 *
 * @param {Pane} view
 * @param {boolean} alone whether there is no service to send them to
 */
export function editBar(view, alone) {
  const { store } = view;
  const desk = deskOf(view);
  const { t } = desk;
  const undo = iconButton(t.undo, ICONS.undo, () => desk.edit("undo"));
  const redo = iconButton(t.redo, ICONS.redo, () => desk.edit("redo"));
  const badge = h("strong", { class: "nemo-edited" }, alone ? t.edited : t.editedHere);
  const send = button(t.sendWords, () => openWords(), { look: "quiet" });
  const discard = button(t.discard, () => desk.edit("discard"), { look: "quiet" });
  const bar = h("div", { class: "nemo-edit-bar" }, badge, alone ? null : send, discard);
  const choice = h("div");
  const sheet = h("div", { class: "nemo-words" });
  const place = h("div", { class: "nemo-edits" }, bar, choice, sheet, desk.fault);
  let shown = "";

  const closeWords = () => {
    sheet.replaceChildren();
    send.focus();
  };
  const openWords = async () => {
    const answer = await desk.edit("words");
    if (!answer?.words) return;
    const text = h("textarea", {
      rows: Math.min(8, answer.words.length + 2),
      "aria-label": t.sendWordsLabel,
    });
    text.value = [t.pleaseEdit, ...answer.words.map((words) => `- ${words}`)].join("\n");
    const yes = button(t.send, () => sendWords(text.value), { look: "primary" });
    sheet.replaceChildren(
      text,
      h("p", { class: "nemo-hint" }, store.get("backend")?.kind === "local" ? "" : t.sendWordsCost),
      h("div", { class: "nemo-words-buttons" }, yes, button(t.cancel, closeWords)),
    );
    text.focus();
  };
  const sendWords = async (/** @type {string} */ text) => {
    const id = uniqueId("turn");
    const answer = await desk.edit("hand-over", () => ({ values: { turn: id } }));
    if (!answer || answer.error) return;
    closeWords();
    store.set("pendingPrompt", { id, text });
    store.insist({ kind: "prompt", id, text }, () => store.get("pendingPrompt")?.id === id);
  };
  on(sheet, "keydown", ({ key }) => {
    if (key === "Escape") closeWords();
  });

  view.subscribe(["edits", "draft"], () => {
    const { edited, undo: back, redo: forth, theirs } = store.get("edits");
    attribute(undo, "aria-disabled", back === 0 ? "true" : null); // not disabled: that would take the focus away
    attribute(redo, "aria-disabled", forth === 0 ? "true" : null);
    bar.hidden = !edited && desk.lines.count === 0;
    if (!edited) passFocus(place, undo);
    bar.classList.toggle("nemo-unedited", !edited); // its row is kept: the first edit moves nothing
    if (!edited) sheet.replaceChildren();
    const key = JSON.stringify(theirs);
    if (key === shown) return;
    shown = key;
    const take = button(t.takeTheirs, () => desk.edit("theirs"));
    const keep = button(t.keepMine, () => desk.edit("mine"));
    const fault = { message: t.theirs, remedy: (theirs ?? []).join(" · ") };
    const both = button(t.keepBoth, () => openWords()); // what was edited here, asked for on top of its draft
    choice.replaceChildren(...(theirs ? [alertBox(fault, ...(alone ? [] : [both]), take, keep)] : []));
  });
  let revision = store.get("draft")?.revision;
  view.subscribe(["draft"], () => {
    if (store.get("draft")?.revision === revision) return; // told once more, to a view that is new, say
    revision = store.get("draft")?.revision;
    desk.refuse(null);
  });
  view.subscribe(["backend", "turns", "pendingPrompt"], () => {
    const busy =
      store.get("pendingPrompt") !== null || store.get("turns").some(({ state }) => state === "running");
    attribute(send, "disabled", busy);
  });
  return { tools: [undo, redo], place };
}
