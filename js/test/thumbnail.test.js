import { kindOf, lookAt } from "../src/thumbnail.js";
import { equal, test } from "./runner.js";

/** Half a second of silence, as a WAV file's bytes. */
function silence() {
  const [rate, samples] = [8000, 4000];
  const bytes = new Uint8Array(44 + samples).fill(128, 44);
  const view = new DataView(bytes.buffer);
  for (const [at, text] of /** @type {[number, string][]} */ ([
    [0, "RIFF"],
    [8, "WAVEfmt "],
    [36, "data"],
  ])) {
    bytes.set(new TextEncoder().encode(text), at);
  }
  view.setUint32(4, 36 + samples, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  view.setUint32(40, samples, true);
  return bytes;
}

test("a file is looked at by its name where the computer knows no type for it", async () => {
  const untyped = new File([silence()], "Jingle.WAV");
  equal([untyped.type, (await lookAt(untyped)).duration], ["", 500]);
  const kinds = ["IMG_0042.MOV", "notes.txt", "mov"].map((name) => kindOf(new File([], name)));
  equal(kinds, ["video", "", ""]);
  equal(kindOf(new File([], "a.mov", { type: "image/png" })), "image");
});
