// What the page around the editor is: which notebook, and light or dark.

const MB = 1024 * 1024;

/**
 * How many bytes one message may carry here: Colab breaks near 1 MB, Jupyter at 10 MB, others are unknown.
 *
 * @param {Document} page
 * @returns {{ up: number, down: number }}
 */
export function sliceBytes(page = document) {
  const jupyter =
    page.body.dataset.jpThemeLight !== undefined || page.getElementById("jupyter-config-data") !== null;
  const other = page.documentElement.hasAttribute("theme") || /\bvscode-/.test(page.body.className);
  return jupyter && !other ? { up: 4 * MB, down: 8 * MB } : { up: MB / 2, down: MB / 2 };
}

/**
 * Which theme the host shows, by its own markers.
 *
 * @param {Document} page
 * @returns {"light" | "dark"}
 */
export function hostTheme(page = document) {
  const root = page.documentElement;
  const { body } = page;
  const jupyter = body.dataset.jpThemeLight;
  if (jupyter !== undefined) return jupyter === "false" ? "dark" : "light";
  const words = [
    root.getAttribute("theme"), // Colab
    ...[root, body].flatMap((node) => [node.dataset.theme, node.dataset.vscodeThemeKind, ...node.classList]),
  ];
  for (const word of words) {
    // VS Code: vscode-dark; marimo: dark or dark-theme.
    const match = /^(?:vscode-)?(dark|light|high-contrast-light|high-contrast)(?:-theme)?$/.exec(word ?? "");
    if (match) return match[1] === "dark" || match[1] === "high-contrast" ? "dark" : "light";
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/**
 * Keep an element's `data-theme` like the host's theme.
 *
 * @param {HTMLElement} element
 * @returns {() => void} ends it
 */
export function followTheme(element) {
  const apply = () => {
    element.dataset.theme = hostTheme();
  };
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributes: true });
  observer.observe(document.body, { attributes: true });
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", apply);
  apply();
  return () => {
    observer.disconnect();
    media.removeEventListener("change", apply);
  };
}
