// Bundles src/ into the Python package. The result is committed, so that installing needs no Node; it is minified,
// because every editor in a notebook is saved with it, into short lines, so that a difference can be read.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({ options: { outdir: { type: "string" } } });
const target = values.outdir ?? here("../nemo_widgets/widgets/static/");
const LIMIT = 80_000; // bytes

await build({
  absWorkingDir: here("."),
  entryPoints: { editor: "src/editor.js" },
  bundle: true,
  format: "esm",
  charset: "utf8",
  minify: true,
  lineLimit: 400,
  target: "es2022",
  outdir: target,
  logLevel: "warning",
});
await build({
  absWorkingDir: here("."),
  entryPoints: { editor: "src/editor.css" },
  bundle: true,
  charset: "utf8",
  minify: true,
  lineLimit: 400,
  target: ["chrome111", "firefox111", "safari16.4"],
  outdir: target,
  logLevel: "warning",
});
const size = (await readFile(join(target, "editor.js"))).length;
if (size > LIMIT) throw new Error(`editor.js has ${size} bytes, more than ${LIMIT}.`);
process.stdout.write(`editor.js ${size} bytes\n`);
