// The session of a widget that takes files or plays videos.
/** @import { Session } from "./shell.js" */
/** @import { Store } from "./store.js" */

import { sliceBytes } from "./host.js";
import { Lane } from "./lane.js";
import { words } from "./text.js";
import { Uploads } from "./upload.js";
import { Videos } from "./video.js";
import { View } from "./view.js";

/** @type {(store: Store) => Session<View>} */
export function mediaSession(store) {
  const { up, down } = sliceBytes();
  const lane = new Lane(store);
  const [uploads, videos] = [new Uploads(store, up, lane), new Videos(store, down, lane)];
  store.subscribe(["link"], () => {
    if (store.get("link") === "live") lane.greet();
  });
  return {
    pane: (language) => new View(store, uploads, videos, words(language)),
    rest: () => videos.release(), // A video is large; another view gets it again.
    release: () => {
      uploads.release();
      videos.release();
      lane.release();
    },
  };
}
