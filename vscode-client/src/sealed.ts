// A page of ours made safe to show: nothing is loaded from anywhere, and only scripts with our mark run.

import * as path from "node:path";

/** Posts the target of each link that is clicked; in-page links work as they are. */
const BRIDGE = `
const editor = acquireVsCodeApi();
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[href]");
  const href = link && link.getAttribute("href");
  if (!href || href.startsWith("#")) return;
  event.preventDefault();
  event.stopPropagation();
  editor.postMessage({ open: href });
}, true);
`;

export function sealed(html: string, nonce: string): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src 'nonce-${nonce}'`;
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script nonce="${nonce}">${BRIDGE}</script>`;
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
}

/** The place in the code that a link names: `path#L12`, `path:12:3`, a file URI; none outside `folder`. */
export function placeOf(href: string, folder: string): Place | undefined {
  let text = href.replace(/^file:\/\//, "");
  if (/^[a-z][\w+.-]+:\/\//i.test(text) || text.startsWith("mailto:")) return undefined;
  const found = /(?:#L(\d+)(?:C(\d+))?(?:-.*)?|:(\d+)(?::(\d+))?)$/.exec(text);
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
  return { file, line: number(found?.[1] ?? found?.[3]), column: number(found?.[2] ?? found?.[4]) };
}
