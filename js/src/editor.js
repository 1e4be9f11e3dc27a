// The editor's front end: one anywidget module. The messages are in nemo_widgets/widgets/protocol.py.
/** @import { View } from "./view.js" */

import { acceptFiles, assetsPanel } from "./assets.js";
import { conversationPanel } from "./conversation.js";
import { h } from "./dom.js";
import { exportPanel } from "./export.js";
import { headerPanel } from "./header.js";
import { laterTimeline } from "./later.js";
import { mediaSession } from "./media.js";
import { playerPanel } from "./player.js";
import { widget } from "./shell.js";
import { problemList } from "./view.js";

/** @type {(view: View, root: HTMLElement) => void} */
function fill(view, root) {
  const left = h("div", { class: "nemo-left" }, assetsPanel(view), conversationPanel(view));
  const shown = h("div", { class: "nemo-show" }, playerPanel(view), exportPanel(view));
  // Below the lanes: an edit that makes a problem mustn't push away what the next one is aimed at.
  const problems = problemList(view, view.t.problems);
  const right = h("div", { class: "nemo-right" }, shown, laterTimeline(view), problems);
  root.append(h("div", { class: "nemo-frame" }, headerPanel(view), left, right));
  acceptFiles(view, root);
}

export default widget(mediaSession, fill);
