// The timeline on its own; an editor takes its panels from here, too.
/** @import { Store } from "./store.js" */

import { deskOf } from "./desk.js";
import { h } from "./dom.js";
import { widget } from "./shell.js";
import { tablePanel } from "./table.js";
import { timelinePanel } from "./timeline.js";
import { Pane, problemList } from "./view.js";

/** @type {(pane: Pane) => HTMLElement[]} */
export const panels = (pane) => [timelinePanel(pane), tablePanel(pane)];

const session = (/** @type {Store} */ store) => ({
  pane: () => new Pane(store),
  rest: () => {},
  release: () => {},
});

export default widget(session, (pane, root) => {
  const [timeline, table] = [timelinePanel(pane, true), tablePanel(pane)];
  const problems = problemList(pane, deskOf(pane).t.problems);
  root.append(h("div", { class: "nemo-part" }, timeline, table, problems));
});
