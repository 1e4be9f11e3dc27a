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
  const reconnect = button(t.reconnect, () => store.send({ kind: "reconnect" }));
  const alert = h("div", { class: "nemo-notices" });
  const notice = h("div", { class: "nemo-notices" });
  let dismissed = "";
  view.subscribe(["backend", "link"], () => {
    const backend = store.get("backend");
    const status = backend?.status ?? "connecting";
    const words = { connecting: t.statusConnecting, ready: t.statusReady, failed: t.statusFailed };
    badge.dataset.status = status;
    write(label, backend?.label || t.connecting);
    write(
      detail,
      backend?.label ? (status === "ready" ? backend.detail : words[status]) : t.connectingDetail,
    );
    badge.title = backend?.label ? `${backend.label} (${words[status]}): ${backend.detail}` : "";
    const silent = store.get("link") === "silent" ? { message: t.silent, remedy: t.silentRemedy } : null;
    const error = status === "failed" ? (backend?.error ?? { message: t.waitForBackend, remedy: "" }) : null;
    showAlert(alert, silent ?? error, () => (silent ? [] : [reconnect]));
  });
  view.subscribe(["notice"], () => {
    const fault = store.get("notice");
    const key = JSON.stringify(fault);
    if (key !== dismissed) dismissed = "";
    const close = () => {
      dismissed = key;
      showAlert(notice, null);
    };
    if (!dismissed) showAlert(notice, fault, () => [iconButton(t.dismiss, ICONS.close, close)]);
  });
  return h(
    "header",
    null,
    h("div", { class: "nemo-title" }, mark, h("h2", null, t.product), badge),
    alert,
    notice,
  );
}
