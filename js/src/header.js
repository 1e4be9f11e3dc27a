// Which product this is, whom it talks to, and what went wrong outside the panels.
/** @import { View } from "./view.js" */

import { h, ICONS, write } from "./dom.js";
import { button, iconButton, showAlert } from "./view.js";

/** @param {View} view */
export function headerPanel(view) {
  const { store, t } = view;
  const mark = h("span", { class: "nemo-mark", "aria-hidden": "true" });
  const label = h("strong");
  const detail = h("span");
  const badge = h(
    "div",
    { class: "nemo-badge", role: "status" },
    h("i", { "aria-hidden": "true" }),
    label,
    detail,
  );
  const credits = h("span", { class: "nemo-hint nemo-credits" });
  view.subscribe(["credits", "backend"], () => {
    const left = store.get("credits");
    const free = store.get("backend")?.kind === "local";
    write(credits, free ? t.free : left ? t.credits(left.available.toLocaleString(), left.spent) : "");
  });
  const reconnect = button(t.reconnect, () => store.send({ kind: "reconnect" }));
  const alert = h("div", { class: "nemo-notices" });
  const notice = h("div", { class: "nemo-notices" });
  let dismissed = "";
  view.subscribe(["backend", "link", "again"], () => {
    const backend = store.get("backend");
    const link = store.get("link");
    const cut = link === "gone" || link === "silent";
    const status = cut ? "failed" : (backend?.status ?? "connecting");
    const words = { connecting: t.statusConnecting, ready: t.statusReady, failed: t.statusFailed };
    badge.dataset.status = status;
    write(label, backend?.label || (status === "failed" ? t.notConnected : t.connecting));
    const unnamed = status === "failed" ? "" : t.connectingDetail;
    write(detail, backend?.label ? (status === "ready" ? backend.detail : words[status]) : unnamed);
    badge.title = backend?.label ? `${backend.label} (${words[status]}): ${backend.detail}` : "";
    const again = store.get("again");
    const lost = {
      gone: { message: t.gone, remedy: again ? t.goOn : t.runAgain },
      silent: { message: t.silent, remedy: t.silentRemedy },
      waiting: null,
      live: null,
    }[link];
    const error = status === "failed" ? (backend?.error ?? { message: t.waitForBackend, remedy: "" }) : null;
    showAlert(alert, lost ?? error, () =>
      lost ? (link === "gone" && again ? [copyable(again, t.copy)] : []) : [reconnect],
    );
  });
  view.subscribe(["notice"], () => {
    const fault = store.get("notice");
    const key = JSON.stringify(fault);
    if (key !== dismissed) dismissed = "";
    const close = () => {
      dismissed = key;
      showAlert(notice, null);
    };
    const code = fault?.code ? [copyable(fault.code, t.copy)] : [];
    if (!dismissed) showAlert(notice, fault, () => [...code, iconButton(t.dismiss, ICONS.close, close)]);
    notice.firstElementChild?.classList.toggle("nemo-calm", code.length > 0); // nothing went wrong
  });
  return h(
    "header",
    null,
    h("div", { class: "nemo-title" }, mark, h("h2", null, t.product), credits, badge),
    alert,
    notice,
  );
}

/**
 * Code to be run, and a button that copies it.
 *
 * @param {string} code
 * @param {string} label
 */
function copyable(code, label) {
  const text = h("code", null, code);
  const copy = button(label, () => {
    getSelection()?.selectAllChildren(text); // Pages on plain http have no clipboard; the person's own keys work.
    navigator.clipboard?.writeText(code).catch(() => {});
  });
  return h("div", { class: "nemo-copyable" }, text, copy);
}
