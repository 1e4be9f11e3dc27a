// The player on its own.
import { h } from "./dom.js";
import { mediaSession } from "./media.js";
import { playerPanel } from "./player.js";
import { widget } from "./shell.js";

export default widget(mediaSession, (view, root) =>
  root.append(h("div", { class: "nemo-part" }, playerPanel(view, true))),
);
