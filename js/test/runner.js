// The smallest test runner: a test file registers its tests, the page runs one of them by name.

/** @type {Map<string, () => unknown>} */
const tests = new Map();

/** @type {(name: string, body: () => unknown) => void} */
export function test(name, body) {
  tests.set(name, body);
}

/** @type {(file: string, name: string) => Promise<void>} */
export async function run(file, name) {
  await import(file);
  const body = tests.get(name);
  if (!body) throw new Error(`There is no test “${name}” in ${file}.`);
  await body();
}

/** @type {(truth: unknown, message?: string) => asserts truth} */
export function ok(truth, message = "expected something true") {
  if (!truth) throw new Error(message);
}

/** @type {(actual: unknown, expected: unknown, message?: string) => void} */
export function equal(actual, expected, message = "") {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${message}\n  is      ${is}\n  expected ${should}`);
}

/**
 * Wait until a condition holds.
 *
 * @param {() => unknown} condition
 * @param {string} [what]
 * @param {number} [patience] in ms
 */
export async function until(condition, what = String(condition), patience = 60_000) {
  const end = performance.now() + patience;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`This did not happen: ${what}`);
    await sleep(10);
  }
}

/** @type {(ms: number) => Promise<void>} */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * From here on the product's time limits never run out: of a test that counts messages none is sent again because the
 * machine stood still.
 */
export function timeless() {
  const real = globalThis.setTimeout;
  globalThis.setTimeout = /** @type {typeof setTimeout} */ (
    (callback, ms = 0, ...rest) => real(callback, ms < 1000 ? ms : ms * 1000, ...rest)
  );
}

/** @type {() => Promise<void>} */
export const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
