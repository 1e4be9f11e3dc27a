// The link that saves the video, and never leads the page away from the notebook.
/** @import { View } from "./view.js" */

import { attribute, h, ICONS, icon } from "./dom.js";

const PATIENCE_MS = 5000;

/**
 * A download of what the player has, hidden while there is nothing; its `why` says why it can't be had just now.
 *
 * The address of a kernel's server is asked before it is followed: the kernel may be gone, and with it the server.
 *
 * @param {View} view
 * @param {string} [look]
 */
export function downloadLink(view, look = "") {
  const { store, t } = view;
  const link = h(
    "a",
    {
      class: `nemo-button ${look}`,
      role: "link",
      onclick: (/** @type {MouseEvent} */ event) => follow(event),
    },
    icon(ICONS.download),
    h("span", null, t.download),
  );
  /** An address that didn't answer, until the kernel does. */
  let silent = "";
  let sure = false;
  const played = () => store.get("transfer")?.url ?? "";
  /** Whether it is on the kernel's server, which sends a file to be saved when asked to. */
  const isServers = (/** @type {string} */ url) =>
    url.startsWith("http://127.0.0.1") && url !== store.get("video")?.url;
  const why = () => {
    const url = played();
    if (!isServers(url)) return null;
    return store.get("link") === "gone" ? t.noKernel : url === silent ? t.videoAway : null;
  };
  const follow = async (/** @type {MouseEvent} */ event) => {
    const url = played();
    if (why()) event.preventDefault();
    if (why() || sure || !isServers(url)) return;
    event.preventDefault();
    const here = await answers(url);
    if (here && url === played()) {
      sure = true;
      link.click();
      sure = false;
    } else if (!here) {
      silent = url;
      store.greet();
      store.set("transfer", store.get("transfer"));
    }
  };
  view.subscribe(["link"], () => {
    // The kernel answers and its server doesn't: the video comes another way.
    if (silent && silent === played() && store.get("link") === "live") view.videos.broken(silent);
  });
  view.subscribe(["video", "transfer", "link"], () => {
    const url = played();
    const told = why();
    attribute(link, "href", url && !told ? (isServers(url) ? `${url}?download` : url) : null);
    attribute(link, "download", store.get("video")?.name || "video.mp4");
    // A browser only plays what other machines serve, whatever it is asked to do.
    attribute(link, "target", /^https?:/.test(url) && !isServers(url) ? "_blank" : null);
    attribute(link, "rel", "noopener");
    attribute(link, "aria-disabled", told ? "true" : null);
    attribute(link, "title", told);
  });
  return { link, why };
}

/** @type {(url: string) => Promise<boolean>} */
async function answers(url) {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return (
      await fetch(`${url}?download`, { method: "HEAD", credentials: "omit", cache: "no-store", signal })
    ).ok;
  } catch {
    return false;
  }
}
