// A realistic state: five photos, a title, lo-fi music, thirty seconds.
/** @import { Asset, DraftView, RemoteState, Turn, Wire } from "../src/types.d.ts" */

import { paint, SCENES } from "./demo_scenes.js";

/** @type {[number, number][]} start and length of each photo, crossfades overlapping */
const CUTS = [
  [0, 6400],
  [5900, 6400],
  [11800, 6400],
  [17700, 6400],
  [23600, 6400],
];

/**
 * @param {{ pictures?: boolean }} [options]
 * @returns {RemoteState}
 */
export function demoState({ pictures = true } = {}) {
  return {
    backend: {
      kind: "local",
      label: "Local studio",
      detail: "nothing leaves this machine",
      status: "ready",
      error: null,
    },
    language: "en",
    limits: {
      max_upload_bytes: 500 * 1024 * 1024,
      suffixes: ".mp4 .mov .avi .webm .mkv .jpg .jpeg .png .gif .webp .mp3 .wav .m4a .aac".split(" "),
      links: true,
    },
    assets: demoAssets(pictures),
    turns: demoTurns(),
    draft: demoDraft(),
    export: null,
    video: null,
    notice: null,
    edits: { edited: false, undo: 0, redo: 0, theirs: null },
    problems: [],
    selection: { by: "", number: 0, runs: [] },
    peaks: {},
    held: false,
    credits: null,
    again: 'nw.Editor(session="demo")',
    lane: true,
  };
}

/** @type {(pictures: boolean) => Asset[]} */
function demoAssets(pictures) {
  const sizes = [3.4, 4.1, 2.8, 3.9, 5.2].map((mb) => Math.round(mb * 1024 * 1024));
  return SCENES.map((scene, index) => ({
    id: `file-${index}`,
    name: scene.name,
    kind: "image",
    size: sizes[index] ?? 0,
    duration: null,
    width: 4032,
    height: 2268,
    source: null,
    thumbnail: pictures ? paint(scene, 160, 90).toDataURL("image/jpeg", 0.8) : null,
    state: "ready",
    done: 1,
    error: null,
    listed: true,
  }));
}

/** @returns {Turn[]} */
export function demoTurns() {
  return [
    {
      id: "turn-1",
      prompt: "combine these images into a 30-second promo video with music and text",
      text: [
        "Here is a **30-second promo** from your five photos:",
        "",
        "- slow zooms with half-second crossfades",
        "- the title *Northern Light* over the first three seconds",
        "- lo-fi music at 35 %, fading out at the end",
      ].join("\n"),
      state: "done",
      steps: ["Reading the files", "Choosing an order", "Writing the timeline"],
      changes: [
        "5 images added (0:00–0:30)",
        "Title added: “Northern Light” (0:00–0:03)",
        "Music added: Lo-fi (35 %)",
      ],
      started: Date.now() - 60000,
      elapsed: 4200,
      error: null,
    },
    {
      id: "turn-2",
      prompt: "make the music a little quieter and end on the harbour",
      text: "The music is now at **25 %**, and *harbour-evening.jpg* closes the film.",
      state: "done",
      steps: ["Reading the timeline", "Editing"],
      changes: ["Lo-fi: volume 35 % → 25 %", "harbour-evening.jpg moved to 0:23.6"],
      started: Date.now() - 20000,
      elapsed: 2600,
      error: null,
    },
  ];
}

/** @returns {DraftView} */
export function demoDraft() {
  const sources = SCENES.map(({ name }) => `http://127.0.0.1:9/media/9f2c/${name}`);
  /** @type {Wire[]} */
  const photos = CUTS.map(([start, duration], index) => {
    const [before, length] = CUTS[index - 1] ?? [0, 0];
    return [start - before - length, duration, SCENES[index]?.name ?? "", null, false, index];
  });
  /** @type {Wire[]} */
  const titles = [
    [400, 3000, "Northern Light", true],
    [22600, 3600, "See you up there", true],
  ];
  return {
    revision: 1,
    summary:
      "Timeline (3 tracks): 1. Video: dawn-over-the-fjord.jpg (0-6.4s), and 4 more 2. BGM: Lo-fi (0-30s, 25%) 3. Title: “Northern Light” (0-3s)",
    duration: 30000,
    width: 1920,
    height: 1080,
    fps: 30,
    sources: [...sources, "lofi.m4a"],
    tracks: [
      { kind: "video", name: "Video", segments: photos },
      { kind: "audio", name: "Music", segments: [[0, 30000, "Lo-fi", null, 0.25, sources.length]] },
      { kind: "text", name: "Titles", segments: titles },
    ],
  };
}
