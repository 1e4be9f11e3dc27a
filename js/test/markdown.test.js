import { show } from "../src/markdown.js";
import { equal, ok, test } from "./runner.js";

/** @type {(text: string) => HTMLElement} */
function shown(text) {
  const place = document.createElement("div");
  document.body.append(place);
  show(place, [], text);
  return place;
}

const ALLOWED = new Set([
  "P",
  "UL",
  "OL",
  "LI",
  "STRONG",
  "EM",
  "CODE",
  "PRE",
  "A",
  "TABLE",
  "TBODY",
  "TR",
  "TH",
  "TD",
]);

/** @type {(place: HTMLElement) => void} */
function isHarmless(place) {
  for (const node of place.querySelectorAll("*")) {
    ok(ALLOWED.has(node.tagName), `${node.tagName} in ${place.innerHTML}`);
    for (const { name, value } of node.attributes) {
      ok(node.tagName === "A" && ["href", "target", "rel"].includes(name), `attribute ${name}`);
      if (name === "href") ok(/^https?:\/\//.test(value), value);
    }
  }
}

test("the small Markdown", () => {
  const place = shown(
    [
      "## Plan",
      "A **bold** and *soft* `code` [link](https://example.org/a_b_c).",
      "",
      "- one",
      "- **two**",
      "1. first",
      "2. second",
      "```",
      "x < *y*",
      "```",
      "snake_case_name and 2 * 3 * 4 stay",
    ].join("\n"),
  );
  equal(
    place.innerHTML,
    "<p><strong>Plan</strong></p>" +
      '<p>A <strong>bold</strong> and <em>soft</em> <code>code</code> <a href="https://example.org/a_b_c" target="_blank" rel="noopener noreferrer">link</a>.</p>' +
      "<ul><li>one</li><li><strong>two</strong></li></ul><ol><li>first</li><li>second</li></ol>" +
      "<pre>x &lt; *y*</pre><p>snake_case_name and 2 * 3 * 4 stay</p>",
  );
});

test("a table, with and without a heading, and while it grows", () => {
  const rows = "| Photo | Time |\n|---|:-:|\n| **a** | 2 s |";
  const cells = (/** @type {string} */ text) =>
    [...shown(text).querySelectorAll("tr")].map((row) => row.innerHTML);
  equal(cells(rows), ["<th>Photo</th><th>Time</th>", "<td><strong>a</strong></td><td>2 s</td>"]);
  equal(cells("| a | b |\n| c | d |"), ["<td>a</td><td>b</td>", "<td>c</td><td>d</td>"]);
  equal(shown("| Photo | Ti").innerHTML, "<p>| Photo | Ti</p>");
});

test("no text becomes markup", () => {
  const attacks = [
    "<script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    "[click](javascript:window.hacked=1)",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "[<img src=x onerror=alert(1)>](https://example.org/)",
    '[x](https://example.org/"onmouseover="alert(1))',
    "**<svg onload=alert(1)>**",
    "- <iframe src=javascript:alert(1)>",
    "```\n<script>alert(1)</script>\n```",
    "`<b>`",
    "| <b>a</b> | [x](javascript:alert(1)) |\n|---|---|\n| <img src=x onerror=alert(1)> | b |",
  ];
  for (const attack of attacks) isHarmless(shown(attack));
  equal(/** @type {any} */ (window).hacked, undefined);
});

test("whatever is thrown at it, it stays harmless", () => {
  const alphabet = [
    "*",
    "**",
    "_",
    "`",
    "```",
    "\n",
    "\n\n",
    "[",
    "](",
    ")",
    "https://a.b",
    "javascript:",
    "<b>",
    "- ",
    "1. ",
    "# ",
    "|",
    "|-|",
    "a",
    " ",
    "界",
  ];
  let seed = 7;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: 40 }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
    const place = shown(text);
    isHarmless(place);
    place.remove();
  }
});

test("a text that grows leaves finished blocks untouched", () => {
  const place = document.createElement("div");
  /** @type {string[]} */
  const sources = [];
  const text = "First paragraph.\n\n- one\n- two\n\nLast words";
  show(place, sources, text.slice(0, 25));
  const [first] = place.children;
  for (let end = 26; end <= text.length; end++) show(place, sources, text.slice(0, end));
  ok(place.children[0] === first, "the first paragraph was made anew");
  equal(place.innerHTML, shown(text).innerHTML);
});

test("a long answer grows without being drawn anew at each piece", () => {
  const text = "A sentence with **bold** words in it.\n\n".repeat(1000);
  const ends = Array.from({ length: 30 }, (_, n) => text.length - 200 * (30 - n));
  const grown = document.createElement("div");
  /** @type {string[]} */
  const sources = [];
  show(grown, sources, text.slice(0, ends[0]));
  const growing = made(() => ends.map((end) => show(grown, sources, text.slice(0, end))));
  const anew = made(() => ends.map((end) => show(document.createElement("div"), [], text.slice(0, end))));
  ok(growing < anew / 30, `${growing} elements, drawn anew ${anew}`);
});

/** @type {(work: () => unknown) => number} How many elements some work makes. */
function made(work) {
  const real = document.createElement;
  let count = 0;
  document.createElement = (/** @type {any} */ ...wanted) => {
    count++;
    return real.apply(document, wanted);
  };
  work();
  document.createElement = real;
  return count;
}
