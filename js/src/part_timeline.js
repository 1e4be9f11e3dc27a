// The timeline on its own; an editor takes its panels from here, too.
/** @import { Store } from "./store.js" */

import { h } from "./dom.js";
import { widget } from "./shell.js";
import { tablePanel } from "./table.js";
import { timelinePanel } from "./timeline.js";
import { Pane } from "./view.js";

/** @type {(pane: Pane) => HTMLElement[]} */
export const panels = (pane) => [timelinePanel(pane), tablePanel(pane)];

const session = (/** @type {Store} */ store) => ({
  pane: () => new Pane(store),
  rest: () => {},
  release: () => {},
});

export default widget(session, (pane, root) =>
  root.append(h("div", { class: "nemo-part" }, timelinePanel(pane, true), tablePanel(pane))),
);
