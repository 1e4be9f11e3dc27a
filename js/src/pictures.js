// The pictures that the editor has of its files, found by what the draft's segments call them.
/** @import { Pane } from "./view.js" */

import { deskOf } from "./desk.js";
import { safePicture } from "./thumbnail.js";

/**
 * Return what finds the picture of a segment, by its row; null where there is none, or it isn't loaded yet.
 *
 * @param {Pane} view
 * @param {() => void} loaded is called when another one is there
 */
export function pictures(view, loaded) {
  /** @type {Map<string, HTMLImageElement>} by address */
  const images = new Map();
  /** @type {Map<string, string>} file names and sources → address */
  let addresses = new Map();
  view.subscribe(["assets"], () => {
    addresses = new Map();
    for (const { name, source, thumbnail } of view.store.get("assets")) {
      const address = safePicture(thumbnail);
      if (!address) continue;
      addresses.set(name, address);
      if (source) addresses.set(source, address);
    }
  });
  return (/** @type {number} */ row) => {
    if (addresses.size === 0) return null;
    const { name, source } = deskOf(view).lines.segment(row);
    const file = decode((source ?? "").split(/[?#]/)[0]?.split("/").at(-1) ?? "");
    const address = addresses.get(source ?? "") ?? addresses.get(file) ?? addresses.get(name);
    if (!address) return null;
    let image = images.get(address);
    if (!image) {
      image = new Image();
      images.set(address, image);
      image.addEventListener("load", loaded);
      image.src = address;
    }
    return image.complete && image.naturalWidth > 0 ? image : null;
  };
}

/** @type {(text: string) => string} */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
