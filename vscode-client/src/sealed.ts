// A page of ours made safe to show: nothing is loaded from anywhere, and only scripts with our mark run.

import * as path from "node:path";

/** Makes the places that the page names into links, and posts the one that is followed. */
const BRIDGE = `
const editor = acquireVsCodeApi();
const place = (event) => event.target.closest && event.target.closest("[data-at], a[href]");
const follow = (event) => {
  const link = place(event);
  const target = link && (link.getAttribute("data-at") || link.getAttribute("href"));
  if (!target || target.startsWith("#")) return;
  event.preventDefault();
  event.stopPropagation();
  editor.postMessage({ open: target });
};
document.addEventListener("click", follow, true);
document.addEventListener("keydown", (event) => event.key === "Enter" && follow(event), true);
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll("[data-at]")) {
    link.setAttribute("role", "link");
    link.tabIndex = 0;
  }
});
`;

const STYLE = "[data-at]{cursor:pointer;text-decoration:underline}";

export function sealed(html: string, nonce: string): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src 'nonce-${nonce}'`;
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}"><style>${STYLE}</style><script nonce="${nonce}">${BRIDGE}</script>`;
  const own = html
    // A policy that the page brings would be met as well as ours, and does not know our mark.
    .replace(/<meta[^>]+http-equiv=["']?Content-Security-Policy[^>]*>/gi, "")
    .replace(/<script(?=[\s>])/gi, `<script nonce="${nonce}"`);
  const at = /<head[^>]*>/i.exec(own);
  if (!at) return `<!doctype html><html><head>${head}</head><body>${own}</body></html>`;
  const end = at.index + at[0].length;
  return own.slice(0, end) + head + own.slice(end);
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Of a notebook, from 0; line and column are then within it. */
  readonly cell?: number;
}

/** The place that a link names: `path#L12C3`, `path#cell2L1C1`, `path:12:3`, a file URI; none outside `folder`. */
export function placeOf(href: string, folder: string): Place | undefined {
  let text = href.replace(/^file:\/\//, "");
  if (/^[a-z][\w+.-]+:\/\//i.test(text) || text.startsWith("mailto:")) return undefined;
  const found = /(?:#(?:cell(\d+))?L(\d+)(?:C(\d+))?(?:-.*)?|:(\d+)(?::(\d+))?)$/.exec(text);
  if (found) text = text.slice(0, found.index);
  try {
    text = decodeURIComponent(text.replace(/[?#].*$/, ""));
  } catch {
    return undefined;
  }
  const file = path.resolve(folder, text);
  const way = path.relative(folder, file);
  if (!way || way.startsWith("..") || path.isAbsolute(way)) return undefined;
  const number = (digits: string | undefined) => Math.max(0, Number(digits ?? 1) - 1);
  const place = { file, line: number(found?.[2] ?? found?.[4]), column: number(found?.[3] ?? found?.[5]) };
  return found?.[1] ? { ...place, cell: number(found[1]) } : place;
}
