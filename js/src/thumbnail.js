// A small picture of a file, made here because the browser has the file already.

const WIDTH = 160;
const MAX_CHARS = 12 * 1024;
const PATIENCE_MS = 1500;

/**
 * Return a `data:image/jpeg` URL 160 pixels wide, or null where none could be made in time.
 *
 * @param {File} file
 * @returns {Promise<string | null>}
 */
export async function thumbnail(file) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const made = file.type.startsWith("image/")
    ? ofImage(file)
    : file.type.startsWith("video/")
      ? ofVideo(file)
      : null;
  return /** @type {Promise<string | null>} */ (Promise.race([late, made]).catch(() => null));
}

/** @param {File} file */
async function ofImage(file) {
  const image = await createImageBitmap(file, { resizeWidth: WIDTH, resizeQuality: "medium" });
  const url = jpeg(image, image.width, image.height);
  image.close();
  return url;
}

/** @param {File} file */
async function ofVideo(file) {
  const url = URL.createObjectURL(file);
  const video = document.createElement("video");
  try {
    video.muted = true;
    video.preload = "auto";
    video.src = url;
    await happens(video, "loadeddata");
    video.currentTime = Math.min(1, video.duration / 3 || 0);
    await happens(video, "seeked");
    return jpeg(video, video.videoWidth, video.videoHeight);
  } finally {
    video.removeAttribute("src");
    URL.revokeObjectURL(url);
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
