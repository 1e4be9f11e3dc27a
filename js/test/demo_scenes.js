// Landscapes painted here, so that no picture has to be kept in the repository.

/** @typedef {{ name: string, sky: [string, string, string], sun: [number, number, number] | null, hills: string[], seed: number, water: boolean }} Scene */

/** @type {Scene[]} */
export const SCENES = [
  {
    name: "dawn-over-the-fjord.jpg",
    sky: ["#2b3f6b", "#d98b6a", "#f7d7a8"],
    sun: [0.62, 0.52, 0.05],
    hills: ["#7d6c86", "#4f4b6b", "#2c2f4a"],
    seed: 3,
    water: true,
  },
  {
    name: "ridge-walk.jpg",
    sky: ["#5b93c7", "#a9cde6", "#eef4f2"],
    sun: null,
    hills: ["#93aebb", "#5f8577", "#2f5545", "#1d3a30"],
    seed: 8,
    water: false,
  },
  {
    name: "midnight-sun.jpg",
    sky: ["#42275a", "#a94f6b", "#f2a65a"],
    sun: [0.4, 0.6, 0.08],
    hills: ["#8a4862", "#572f55", "#2c1b3a"],
    seed: 15,
    water: true,
  },
  {
    name: "green-valley.jpg",
    sky: ["#7fb3c8", "#c4dfd9", "#f3f1d9"],
    sun: [0.78, 0.25, 0.04],
    hills: ["#a7bf9a", "#7ba05b", "#4f7a3a", "#2f5a2c"],
    seed: 22,
    water: false,
  },
  {
    name: "harbour-evening.jpg",
    sky: ["#0f1e3d", "#27496d", "#c97b63"],
    sun: [0.2, 0.18, 0.025],
    hills: ["#31496a", "#1d2f4b", "#101c31"],
    seed: 31,
    water: true,
  },
];

/**
 * @param {Scene} scene
 * @param {number} width
 * @param {number} height
 * @returns {HTMLCanvasElement}
 */
export function paint(scene, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const sky = brush.createLinearGradient(0, 0, 0, height * 0.75);
  for (const [index, colour] of scene.sky.entries()) sky.addColorStop(index / 2, colour);
  brush.fillStyle = sky;
  brush.fillRect(0, 0, width, height);
  if (scene.sun) glow(brush, scene.sun, width, height);
  for (const [index, colour] of scene.hills.entries()) {
    ridge(brush, width, height, 0.5 + index * 0.12, 0.2 - index * 0.03, scene.seed + index * 7, colour);
  }
  if (scene.water) reflect(brush, canvas, width, height);
  return canvas;
}

/** @type {(brush: CanvasRenderingContext2D, sun: [number, number, number], width: number, height: number) => void} */
function glow(brush, [x, y, radius], width, height) {
  const halo = brush.createRadialGradient(
    x * width,
    y * height,
    0,
    x * width,
    y * height,
    radius * width * 5,
  );
  halo.addColorStop(0, "rgb(255 240 205 / 90%)");
  halo.addColorStop(0.18, "rgb(255 226 170 / 55%)");
  halo.addColorStop(1, "rgb(255 220 160 / 0%)");
  brush.fillStyle = halo;
  brush.fillRect(0, 0, width, height);
  brush.fillStyle = "#fff3d6";
  brush.beginPath();
  brush.arc(x * width, y * height, radius * width * 0.7, 0, 7);
  brush.fill();
}

/** @type {(brush: CanvasRenderingContext2D, width: number, height: number, base: number, rise: number, seed: number, colour: string) => void} */
function ridge(brush, width, height, base, rise, seed, colour) {
  brush.fillStyle = colour;
  brush.beginPath();
  brush.moveTo(0, height);
  for (let step = 0; step <= 200; step++) {
    const x = step / 200;
    let y = 0;
    for (let octave = 1; octave <= 6; octave++) {
      y += Math.abs(Math.sin(x * octave * 3.1 + seed * octave * 1.7)) / octave ** 1.3;
    }
    brush.lineTo(x * width, height * (base + rise - y * rise * 0.75));
  }
  brush.lineTo(width, height);
  brush.fill();
}

/** @type {(brush: CanvasRenderingContext2D, canvas: HTMLCanvasElement, width: number, height: number) => void} */
function reflect(brush, canvas, width, height) {
  const shore = height * 0.8;
  brush.save();
  brush.translate(0, shore * 2);
  brush.scale(1, -1);
  brush.drawImage(canvas, 0, 0, width, shore, 0, 0, width, shore);
  brush.restore();
  brush.fillStyle = "rgb(10 20 40 / 38%)";
  brush.fillRect(0, shore, width, height - shore);
}
