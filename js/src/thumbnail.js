// A small picture of a file, made here because the browser has the file already.

const WIDTH = 160;
const MAX_CHARS = 12 * 1024;
const PATIENCE_MS = 60_000; // Nothing waits for it, and a busy machine decodes slowly.

/** @typedef {{ url: string | null, duration: number | null, width: number | null, height: number | null }} Seen */

/** @type {Seen} */
const NOTHING = { url: null, duration: null, width: null, height: null };

/**
 * Return what can be seen of a file in time: a `data:image/jpeg` URL 160 pixels wide, its length in ms and its size in
 * pixels, each where there is one.
 *
 * @param {File} file
 * @returns {Promise<Seen>}
 */
export async function lookAt(file) {
  const late = new Promise((resolve) => setTimeout(() => resolve(NOTHING), PATIENCE_MS));
  const kind = kindOf(file);
  const seen =
    kind === "image" ? ofImage(file) : kind === "video" || kind === "audio" ? ofMedia(file, kind) : NOTHING;
  return Promise.race([late, seen]).catch(() => NOTHING);
}

/**
 * Say what a file is, by its name where the browser's computer knows no type for that: `.mov` on many of them.
 *
 * @param {File} file
 * @returns {string}
 */
export function kindOf({ name, type }) {
  const [kind] = type.split("/");
  if (kind) return kind;
  if (/\.(?:mov|mkv|avi|mp4|webm)$/i.test(name)) return "video";
  return /\.(?:mp3|m4a|aac|wav)$/i.test(name) ? "audio" : "";
}

/** @param {File} file */
async function ofImage(file) {
  const image = await createImageBitmap(file, { resizeWidth: WIDTH, resizeQuality: "medium" });
  const url = jpeg(image, image.width, image.height);
  image.close();
  return { ...NOTHING, url };
}

/** @type {(file: File, kind: "video" | "audio") => Promise<Seen>} */
async function ofMedia(file, kind) {
  const blob = URL.createObjectURL(file);
  const media = /** @type {HTMLVideoElement} */ (document.createElement(kind));
  try {
    media.muted = true;
    media.preload = kind === "video" ? "auto" : "metadata";
    media.src = blob;
    await happens(media, kind === "video" ? "loadeddata" : "loadedmetadata");
    const { videoWidth: width = 0, videoHeight: height = 0 } = media;
    const seconds = media.duration;
    const duration = Number.isFinite(seconds) ? Math.round(seconds * 1000) : null;
    if (!width) return { ...NOTHING, duration };
    media.currentTime = Math.min(1, seconds / 3 || 0);
    await happens(media, "seeked");
    return { url: jpeg(media, width, height), duration, width, height };
  } finally {
    media.removeAttribute("src");
    URL.revokeObjectURL(blob);
  }
}

/** @type {(target: EventTarget, event: string) => Promise<Event>} */
function happens(target, event) {
  return new Promise((resolve, reject) => {
    target.addEventListener(event, resolve, { once: true });
    target.addEventListener("error", reject, { once: true });
    setTimeout(reject, PATIENCE_MS);
  });
}

/**
 * @param {CanvasImageSource} picture
 * @param {number} width
 * @param {number} height
 * @returns {string | null}
 */
function jpeg(picture, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = Math.max(1, Math.min(WIDTH * 2, Math.round((WIDTH * height) / width)));
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.fillStyle = "#fff"; // What was transparent.
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  for (const quality of [0.75, 0.5, 0.3]) {
    const url = canvas.toDataURL("image/jpeg", quality);
    if (url.startsWith("data:image/jpeg") && url.length <= MAX_CHARS) return url;
  }
  return null;
}

/**
 * Return a thumbnail that may stand in a page: a base64 raster picture, and nothing else.
 *
 * @param {unknown} url
 * @returns {string | null}
 */
export function safePicture(url) {
  return typeof url === "string" && /^data:image\/(?:jpeg|png|webp|gif);base64,[A-Za-z0-9+/=]+$/.test(url)
    ? url
    : null;
}
