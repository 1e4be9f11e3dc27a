// Bundles src/ into the Python package. The result is committed, so that installing needs no Node; it is minified,
// because every editor in a notebook is saved with it, into short lines, so that a difference can be read.
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({ options: { outdir: { type: "string" } } });
const target = values.outdir ?? here("../nemo_widgets/widgets/static/");
const LIMIT = 64_000; // bytes

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: here("."),
  bundle: true,
  charset: "utf8",
  minify: true,
  lineLimit: 400,
  outdir: target,
  logLevel: "warning",
};
await build({
  ...common,
  entryPoints: { editor: "src/editor.css", timeline: "src/part_timeline.css" },
  target: ["chrome111", "firefox111", "safari16.4"],
});
/** @type {import("esbuild").BuildOptions} */
const module = { ...common, format: "esm", target: "es2022" };
const parts = {
  timeline: "src/part_timeline.js",
  uploader: "src/part_uploader.js",
  player: "src/part_player.js",
};
await build({ ...module, entryPoints: parts });
const hash = createHash("sha256");
for (const name of ["timeline.js", "timeline.css"]) hash.update(await readFile(join(target, name)));
const TIMELINE_VERSION = JSON.stringify(hash.digest("hex").slice(0, 16));
await build({ ...module, entryPoints: { editor: "src/editor.js" }, define: { TIMELINE_VERSION } });

for (const name of ["editor", ...Object.keys(parts)]) {
  const { size } = await stat(join(target, `${name}.js`));
  process.stdout.write(`${name}.js ${size} bytes\n`);
  if (size > LIMIT) throw new Error(`${name}.js has ${size} bytes, more than ${LIMIT}.`);
}
