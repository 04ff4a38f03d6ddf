// What activation costs, counted, as machines are too uneven to time it: what the built entry file requires and starts
// until `activate` has returned to the editor. The language client's library is twenty times as big and comes later.

import assert from "node:assert/strict";
import childProcess from "node:child_process";
import fs from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ENTRY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../vscode-client/out/extension.js");
const MAX_BYTES = 40_000;

/** Answers to any name, call and construction with itself. */
const anything = new Proxy(function () {}, {
  get: (_, name) => (name === "then" ? undefined : name === Symbol.toPrimitive ? () => "" : anything),
  apply: () => anything,
  construct: () => anything,
  set: () => true,
});
const API = "CancellationError EventEmitter LanguageStatusSeverity ProgressLocation TaskRevealKind TaskScope Uri ViewColumn commands env languages tasks window workspace";
const vscode = Object.fromEntries(API.split(" ").map((name) => [name, anything]));

test("activation reads one small file and starts nothing", () => {
  const required = [];
  const started = [];
  const load = Module._load;
  Module._load = (name, ...rest) => (required.push(name), name === "vscode" ? vscode : load(name, ...rest));
  const real = { spawn: childProcess.spawn, execFile: childProcess.execFile };
  for (const name of Object.keys(real)) childProcess[name] = (file) => started.push(file);
  const later = [];
  const immediate = globalThis.setImmediate;
  globalThis.setImmediate = (run) => later.push(run);
  try {
    const began = performance.now();
    const extension = createRequire(import.meta.url)(ENTRY);
    const loaded = performance.now();
    extension.activate({ subscriptions: [], extensionPath: "/nowhere", globalStorageUri: { fsPath: "/nowhere" }, extension: { id: "" } });
    const words = [`loading ${(loaded - began).toFixed(1)} ms`, `activating ${(performance.now() - loaded).toFixed(1)} ms`];
    const files = required.slice(1);
    console.log(`# ${words.join(", ")}, ${fs.statSync(ENTRY).size} bytes, ${new Set(files).size} modules: ${[...new Set(files)].join(" ")}`);
    assert.deepEqual(files.filter((name) => name !== "vscode" && !name.startsWith("node:")), [], "nothing but what the editor has loaded anyway");
    assert.deepEqual(started, []);
    assert.equal(later.length, 1, "the server is started afterwards");
    assert.ok(fs.statSync(ENTRY).size < MAX_BYTES, "the entry file stays small");
  } finally {
    Module._load = load;
    Object.assign(childProcess, real);
    globalThis.setImmediate = immediate;
  }
});
