// The box for files on its own.
import { acceptFiles, assetsPanel } from "./assets.js";
import { h } from "./dom.js";
import { mediaSession } from "./media.js";
import { widget } from "./shell.js";

export default widget(mediaSession, (view, root) => {
  root.append(h("div", { class: "nemo-part" }, assetsPanel(view, true)));
  acceptFiles(view, root);
});
