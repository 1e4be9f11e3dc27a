// The small Markdown of answers, safe by construction: it makes nodes, and there is no path from text to markup.

const BULLET = /^\s*(?:[-*•]|\d+[.)])\s+(.*)/;
const ROW = /^\s*\|(.+)\|\s*$/;
const INLINE =
  /`([^`\n]+)`|\*\*(?=\S)(.+?)\*\*|(?<![\w*])\*(?=\S)([^*\n]+?)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)_(?!\w)|\[([^\]\n]+)\]\((https?:\/\/[^\s()<>]+)\)|(https?:\/\/[^\s<>()[\]"'`，。；）]+)/g;

/**
 * Cut text into blocks: paragraphs, lists, headings, code. Each is the source of one block element.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function blocks(text) {
  /** @type {string[]} */
  const found = [];
  /** @type {string[]} */
  let block = [];
  const close = () => {
    if (block.length) found.push(block.join("\n"));
    block = [];
  };
  let fenced = false;
  for (const line of text.replaceAll(/\r\n?/g, "\n").split("\n")) {
    if (line.startsWith("```")) {
      if (!fenced) close();
      block.push(line);
      if (fenced) close();
      fenced = !fenced;
    } else if (fenced) {
      block.push(line);
    } else if (!line.trim()) {
      close();
    } else {
      if (line.startsWith("#") || (block[0] !== undefined && listOf(line) !== listOf(block[0]))) close();
      block.push(line);
      if (line.startsWith("#")) close();
    }
  }
  close();
  return found;
}

/** @type {(line: string) => "ul" | "ol" | "table" | null} The list or table that a line belongs to. */
function listOf(line) {
  if (ROW.test(line)) return "table";
  if (!BULLET.test(line)) return null;
  return /^\s*\d/.test(line) ? "ol" : "ul";
}

/**
 * Make the element of one block.
 *
 * @param {string} source
 * @returns {HTMLElement}
 */
export function element(source) {
  if (source.startsWith("```")) {
    const code = document.createElement("pre");
    code.textContent = source.replace(/^```.*\n?/, "").replace(/\n?```$/, "");
    return code;
  }
  const tag = listOf(source.split("\n", 1)[0] ?? "");
  if (tag === "table") return table(source.split("\n"));
  if (tag) {
    const list = document.createElement(tag);
    for (const line of source.split("\n")) {
      const item = document.createElement("li");
      inline(item, BULLET.exec(line)?.[1] ?? line);
      list.append(item);
    }
    return list;
  }
  const heading = /^#+\s+/.exec(source);
  const paragraph = document.createElement("p");
  inline(
    heading ? paragraph.appendChild(document.createElement("strong")) : paragraph,
    source.slice(heading?.[0].length),
  );
  return paragraph;
}

/** @type {(lines: string[]) => HTMLElement} A table; the first row is its heading where a line of dashes follows. */
function table(lines) {
  const rows = lines.map((line) => (ROW.exec(line)?.[1] ?? "").split("|").map((cell) => cell.trim()));
  const headed = rows[1]?.every((cell) => /^:?-+:?$/.test(cell));
  const element = document.createElement("table");
  for (const [number, cells] of rows.entries()) {
    if (headed && number === 1) continue;
    const row = element.insertRow();
    for (const cell of cells) {
      inline(row.appendChild(document.createElement(headed && number === 0 ? "th" : "td")), cell);
    }
  }
  return element;
}

/**
 * Bring an element's blocks in line with a text that grows, leaving the blocks that stay untouched.
 *
 * @param {HTMLElement} parent
 * @param {string[]} shown the sources shown so far, kept by the caller
 * @param {string} text
 */
export function show(parent, shown, text) {
  const wanted = blocks(text);
  let same = 0;
  while (same < shown.length && shown[same] === wanted[same]) same++;
  while (parent.children.length > same) parent.lastElementChild?.remove();
  parent.append(...wanted.slice(same).map(element));
  shown.splice(0, shown.length, ...wanted);
}

/**
 * @param {HTMLElement} parent
 * @param {string} text
 */
function inline(parent, text) {
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    parent.append(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [, code, bold, star, under, label, target, bare] = match;
    const tag = code ? "code" : bold ? "strong" : star || under ? "em" : "a";
    const node = document.createElement(tag);
    if (node instanceof HTMLAnchorElement) {
      node.href = target ?? bare ?? "";
      node.target = "_blank";
      node.rel = "noopener noreferrer";
    }
    if (bold) inline(node, bold);
    else node.textContent = code ?? star ?? under ?? label ?? bare ?? "";
    parent.append(node);
  }
  parent.append(text.slice(from));
}
