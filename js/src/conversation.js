// What was said: the prompt, the streamed answers, and what each of them did.
/** @import { Turn } from "./types.d.ts" */
/** @import { View } from "./view.js" */

import { attribute, h, ICONS, icon, on, passFocus, reconcile, uniqueId, write } from "./dom.js";
import { show } from "./markdown.js";
import { span } from "./text.js";
import { button, panel, showAlert } from "./view.js";

/**
 * The panel with the turns and the prompt.
 *
 * @param {View} view
 */
export function conversationPanel(view) {
  const { store, t } = view;
  const section = panel("conversation", t.conversation);
  const log = h("div", { class: "nemo-log", tabindex: 0, role: "group", "aria-label": t.conversation });
  const composer = promptForm(view);
  const suggestions = t.suggestions.map((text) =>
    button(text, () => composer.suggest(text), { look: "quiet" }),
  );
  const welcome = h("div", { class: "nemo-welcome" }, h("p", null, t.welcome), ...suggestions);
  const turns = h("div", { class: "nemo-turns" });
  const question = h("span");
  const choice = h(
    "div",
    { class: "nemo-held", role: "alert", hidden: true },
    question,
    button(t.goOnWaiting, () => store.send({ kind: "queue-go" })),
    button(t.dropWaiting, () => store.send({ kind: "queue-clear" }), { look: "quiet" }),
  );
  log.append(welcome, turns, choice);
  section.append(log, composer.form);

  /** @type {Map<string, { row: HTMLElement, update: (turn: Turn) => void }>} */
  const rows = new Map();
  /** Whether the end is to be seen, as long as nobody scrolls up. */
  let atEnd = true;
  let height = 0;
  const follow = () => {
    height = log.clientHeight;
    if (atEnd && rows.size > 0) log.scrollTop = log.scrollHeight;
  };
  on(log, "scroll", () => {
    // A host that lays the page out anew scrolls, too, and isn't somebody.
    if (log.clientHeight === height) atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  });
  const resized = new ResizeObserver(follow);
  for (const element of [log, turns]) resized.observe(element);
  view.onClose(() => resized.disconnect());
  view.subscribe(["turns", "held"], () => {
    const waiting = store.get("turns").filter(({ state }) => state === "queued").length;
    choice.hidden = !store.get("held") || waiting === 0;
    write(question, choice.hidden ? "" : t.held(waiting));
  });
  view.subscribe(["turns", "pendingPrompt"], () => {
    const pending = store.get("pendingPrompt");
    const all = pending ? [...store.get("turns"), pendingTurn(pending)] : store.get("turns");
    atEnd ||= all.length > rows.size;
    reconcile(
      turns,
      rows,
      all,
      (turn) => turn.id,
      ({ id }) => turnView(view, id),
    );
    welcome.hidden = all.length > 0;
    requestAnimationFrame(follow);
  });
  return section;
}

/** @type {(pending: { id: string, text: string }) => Turn} */
function pendingTurn({ id, text }) {
  return {
    id,
    prompt: text,
    text: "",
    state: "running",
    steps: [],
    changes: [],
    started: 0,
    elapsed: 0,
    error: null,
  };
}

/**
 * Say something, once.
 *
 * @param {View["store"]} store
 * @param {string} text
 */
export function say(store, text) {
  const id = uniqueId("turn");
  store.set("pendingPrompt", { id, text });
  store.insist({ kind: "prompt", id, text }, () => store.get("pendingPrompt")?.id === id);
}

/** @type {(store: View["store"]) => boolean} */
export function isAnswering(store) {
  return store.get("pendingPrompt") !== null || store.get("turns").some(({ state }) => state === "running");
}

/**
 * Why nothing can be sent just now, or null.
 *
 * @param {View} view
 */
function whyNot({ store, t }) {
  const cut = whyCutOff({ store, t });
  if (cut) return cut;
  if (store.get("pendingPrompt")) return t.waitForKernel;
  const uploading = store.get("uploads").some(({ state }) => state !== "failed");
  if (uploading || store.get("assets").some(({ state }) => state === "receiving" || state === "sending")) {
    return t.waitForUploads;
  }
  return null;
}

/**
 * Why nothing can be asked of the service just now, or null.
 *
 * @type {(view: Pick<View, "store" | "t">) => string | null}
 */
export function whyCutOff({ store, t }) {
  if (store.get("link") === "gone") return t.noKernel;
  if (store.get("link") !== "live") return t.waitForKernel;
  return store.get("backend")?.status === "failed" ? t.waitForBackend : null;
}

/**
 * Whether a file of the list didn't come: what is said of all files isn't sent by itself then.
 *
 * @type {(store: View["store"]) => boolean}
 */
function hasFailed(store) {
  return [...store.get("uploads"), ...store.get("assets")].some(({ state }) => state === "failed");
}

/** @param {View} view */
function promptForm(view) {
  const { store, t } = view;
  const id = uniqueId("prompt");
  const reasonId = uniqueId("reason");
  const area = h("textarea", {
    id,
    rows: 2,
    placeholder: t.promptHint,
    "aria-describedby": reasonId,
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "ArrowUp" || event.key === "ArrowDown") recall(event);
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      submit();
    },
    oninput: () => {
      parked = missed = false;
      fit();
      refresh();
    },
  });
  const reason = h("p", { class: "nemo-reason", id: reasonId, role: "status" });
  const keys = h(
    "span",
    { class: "nemo-hint nemo-keys", "aria-hidden": "true" },
    t.sendKeys(/Mac|iP/.test(navigator.platform)),
  );
  const send = button(t.send, () => {}, { path: ICONS.send, look: "primary", props: { type: "submit" } });
  const reconnect = button(t.reconnect, () => {
    store.send({ kind: "reconnect" });
    area.focus();
  });
  const form = h(
    "form",
    {
      class: "nemo-composer",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        submit();
      },
    },
    h("label", { for: id }, t.promptLabel),
    area,
    h("div", { class: "nemo-composer-foot" }, reason, keys, reconnect, send),
  );
  /** @type {number | null} Which of the earlier prompts is shown, counted from the last. */
  let recalled = null;
  /** Show an earlier prompt, or a later one, in place of nothing or of one that was not changed. */
  const recall = (/** @type {KeyboardEvent} */ event) => {
    const prompts = [...new Set(store.get("turns").map(({ prompt }) => prompt))].reverse();
    const untouched = recalled !== null && area.value === prompts[recalled];
    if (event.isComposing || event.shiftKey || (area.value && !untouched)) return;
    const next = (untouched ? (recalled ?? 0) : -1) + (event.key === "ArrowUp" ? 1 : -1);
    if (next < -1 || next >= prompts.length) return;
    event.preventDefault();
    recalled = next;
    area.value = prompts[next] ?? "";
    fit();
    refresh();
  };
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 160)}px`;
  };
  /** Whether what is typed goes off as soon as the files are here. */
  let parked = false;
  /** Whether nothing was sent for want of words. */
  let missed = false;
  const refresh = () => {
    const why = whyNot(view);
    parked &&= why === t.waitForUploads && !hasFailed(store);
    attribute(send, "aria-disabled", why ? "true" : null);
    reconnect.hidden = why !== t.waitForBackend;
    const aside = store.get("edits").edited ? t.editsStay : "";
    const hint = missed && !area.value.trim() ? t.emptyPrompt : isAnswering(store) ? t.willWait : aside;
    write(reason, parked ? t.sentAfterUploads : (why ?? hint));
    keys.hidden = reason.textContent !== "";
  };
  /** @type {Map<string, { text: string, turn: boolean }>} what was said and has no answer yet */
  const said = new Map();
  /**
   * What was refused or stopped before it became a turn comes back, and what came to nothing because the service is
   * down: nobody has to type it again.
   */
  const bringBack = () => {
    const pending = store.get("pendingPrompt");
    if (pending && !said.has(pending.id)) said.set(pending.id, { text: pending.text, turn: false });
    for (const [id, prompt] of said) {
      const turn = store.get("turns").find((one) => one.id === id);
      prompt.turn ||= turn !== undefined;
      if (id === pending?.id || turn?.state === "running" || turn?.state === "queued") continue;
      said.delete(id);
      const lost = turn ? turn.state === "failed" && !turn.text && !turn.changes.length : !prompt.turn;
      if (!lost || area.value) continue;
      area.value = prompt.text;
      fit();
    }
  };
  const submit = () => {
    const text = area.value.trim();
    const why = whyNot(view);
    parked = text !== ""; // unless something else is in the way, which `refresh` sees
    missed = !why && !text;
    if (!why && text) {
      say(store, text);
      bringBack();
      area.value = "";
      fit();
    } else if (!why) {
      area.focus();
    }
    refresh();
  };
  view.subscribe(["turns", "pendingPrompt", "uploads", "assets", "backend", "link", "edits"], () => {
    bringBack();
    if (parked && whyNot(view) === null && !hasFailed(store)) submit();
    else refresh();
  });
  const suggest = (/** @type {string} */ text) => {
    area.value = text;
    fit();
    refresh();
    area.focus();
  };
  return { form, suggest };
}

/** A longer list of changes is folded, so that it doesn't push the answer out of sight. */
const CHANGES_SHOWN = 3;

/**
 * @param {View} view
 * @param {string} id
 */
function turnView(view, id) {
  const { store, t } = view;
  const prompt = h("p", { class: "nemo-prompt" });
  const steps = h("ul", { class: "nemo-steps" });
  const stepsLabel = h("summary");
  const stepsBox = h("details", { class: "nemo-steps-box", hidden: true }, stepsLabel, steps);
  const answer = h("div", { class: "nemo-answer", "aria-live": "polite" });
  const changes = h("ul", { class: "nemo-changes" });
  const changesLabel = h("summary");
  const changesBox = h("details", { class: "nemo-steps-box", hidden: true }, changesLabel, changes);
  const alert = h("div");
  const status = h("span", { class: "nemo-hint" });
  const stop = button(t.stop, () => stopTurn(store, id), { path: ICONS.stop, look: "quiet" });
  const foot = h("div", { class: "nemo-turn-foot" }, h("span", { class: "nemo-spinner" }), status, stop);
  const row = h("article", { class: "nemo-turn" }, prompt, stepsBox, answer, changesBox, alert, foot);
  /** @type {string[]} */
  const blocks = [];
  /** @type {Turn | undefined} */
  let turn;
  let since = performance.now();
  const tick = () => {
    if (!turn) return;
    const running = turn.state === "running";
    // The two clocks may differ, so the kernel's elapsed time counts on from when it came.
    const time = span(turn.elapsed + (running ? performance.now() - since : 0));
    const doing = turn.steps.at(-1) ?? t.working;
    const told = { queued: t.queued, stopped: `${t.stopped} · ${time}`, running: `${doing} · ${time}` };
    write(status, told[/** @type {"running"} */ (turn.state)] ?? t.took(time));
  };
  const timer = setInterval(() => turn?.state === "running" && tick(), 1000);
  view.onClose(() => clearInterval(timer));
  /** @param {Turn} now */
  const update = (now) => {
    if (now === turn) return;
    if (now.elapsed !== turn?.elapsed) since = performance.now();
    turn = now;
    const queued = now.state === "queued";
    write(prompt, now.prompt);
    stepsBox.hidden = now.steps.length === 0;
    write(stepsLabel, t.steps(now.steps.length));
    lines(steps, now.steps);
    show(answer, blocks, now.text);
    if (changesBox.hidden) changesBox.open = now.changes.length <= CHANGES_SHOWN;
    changesBox.hidden = now.changes.length === 0;
    write(changesLabel, t.changes(now.changes.length));
    lines(changes, now.changes, ICONS.check);
    showAlert(alert, now.error);
    row.dataset.state = now.state;
    const over = !queued && now.state !== "running";
    if (over) passFocus(stop, row.closest("section")?.querySelector("textarea"));
    stop.hidden = over;
    write(/** @type {Element} */ (stop.lastElementChild), queued ? t.takeBack : t.stop);
    tick();
  };
  return { row, update };
}

/** @type {(store: View["store"], id: string) => void} */
function stopTurn(store, id) {
  store.send({ kind: "stop", id });
  if (store.get("pendingPrompt")?.id === id) store.set("pendingPrompt", null);
}

/**
 * @param {HTMLElement} list
 * @param {string[]} texts
 * @param {string} [path]
 */
function lines(list, texts, path) {
  list.hidden = texts.length === 0;
  while (list.children.length > texts.length) list.lastElementChild?.remove();
  for (const [index, text] of texts.entries()) {
    const item = list.children[index] ?? list.appendChild(h("li", null, path ? icon(path) : null, h("span")));
    write(/** @type {Element} */ (item.lastElementChild), text);
  }
}
