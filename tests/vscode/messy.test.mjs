// Paying off debt in a project full of it, as its owner would: the three flagship fixes, all of a rule in the file and
// in the workspace, a notebook. Each is applied, saved, undone and saved again, and the bytes on disk are compared.
//
// MLDEBT_WORKSPACE drives any other folder the same way; its debts are looked up there. MLDEBT_THEME sets the theme.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Editor, missing, pause, until } from "./editor.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const out = path.join(process.env.MLDEBT_VSCODE_OUT ?? path.join(root, "build", "vscode"), "messy");
const MARKS = ["error", "warning", "info", "hint"].map((kind) => `.monaco-editor .squiggly-${kind}`).join(", ");
const FLAGSHIPS = { "magic-hyperparameter": /^Move .* to a documented/, "commented-out-code": /^Delete the commented-out code/, "hardcoded-path": /^(Build|Name|Read|Put|Take|Keep) / };

/** What the command line finds in a folder: the same server, so the editor must show the same. */
function debts(folder) {
  const start = path.join(root, "vscode-client/start.py");
  const words = ["-I", "-S", start, "--check", ".", "--no-cache", "--format", "json", "--fail-on", "never"];
  const said = execFileSync(process.env.PYTHON ?? "python3", words, { cwd: folder, encoding: "utf8", maxBuffer: 1e9 });
  return JSON.parse(said).findings;
}

/** Every file of a folder by its path, as bytes in one-to-one text. */
function bytes(folder) {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const rows = files.map((one) => path.join(one.parentPath ?? one.path, one.name)).filter((file) => !file.includes(".mldebt_cache"));
  return new Map(rows.map((file) => [path.relative(folder, file), fs.readFileSync(file, "latin1")]));
}

/** The line that has this code in a comment. An editor draws other blanks than a file has. */
const commented = (code) => new RegExp(`#\\s*${code.replace(/…$/, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ +/g, "\\s+")}`);

const changed = (before, after) => [...before.keys()].filter((name) => after.get(name) !== before.get(name));

test("paying off debt in a messy project", { skip: missing() || false, timeout: 280_000 }, async (t) => {
  const theme = process.env.MLDEBT_THEME ? { "workbench.colorTheme": process.env.MLDEBT_THEME } : {};
  const editor = await Editor.prepare({ out, copy: process.env.MLDEBT_WORKSPACE ?? path.join(here, "messy"), trusted: true, settings: { "workbench.editor.enablePreview": false, ...theme } });
  const found = debts(editor.workspace);
  const before = bytes(editor.workspace);
  const byRule = (rule, file) => found.filter((one) => one.rule === rule && (!file || one.path === file));
  const fixable = (one) => one.fixes.some(({ safety }) => safety !== undefined);
  const main = [...before.keys()].find((file) => file.endsWith(".py") && Object.keys(FLAGSHIPS).every((rule) => byRule(rule, file).some(fixable)));
  assert.ok(main, "no file has all three");
  let page;

  const openFile = async (file) => {
    await page.keyboard.press("Control+P");
    const box = page.locator(".quick-input-widget input.input");
    await box.waitFor({ state: "visible" });
    await box.fill(file);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: path.basename(file) }).first().waitFor();
    const asked = Date.now();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: path.basename(file) }).first().waitFor();
    return asked;
  };
  const go = async (line, column) => {
    await page.keyboard.press("Control+G");
    const box = page.locator(".quick-input-widget input.input");
    await box.waitFor({ state: "visible" });
    await box.fill(`:${line}:${column}`);
    await page.keyboard.press("Enter");
    await box.waitFor({ state: "hidden" });
    await until("the cursor", async () => (await page.locator(".statusbar").innerText()).includes(`Ln ${line},`));
  };
  /** Opens the menu at the cursor and picks the action whose title matches. */
  const choose = async (title, picture) => {
    const rows = page.locator(".action-widget .monaco-list-row");
    // Findings may still be on their way; and when they come while a menu is open, VS Code forgets what its rows ran.
    await pause(1_000);
    await until(`${title} in the menu`, async () => {
      await page.keyboard.press("Control+.");
      await rows.first().waitFor({ timeout: 2_000 }).catch(() => undefined);
      const titles = await rows.allInnerTexts();
      if (titles.some((one) => title.test(one.trim()))) return true;
      await page.keyboard.press("Escape");
      return false;
    });
    await pause(150);
    if (picture) await editor.picture(`${picture}-menu`);
    await rows.filter({ hasText: new RegExp(title.source.replace(/^\^/, "")) }).first().click();
  };
  const saved = async (what, test) => {
    // An edit that a command makes arrives when it arrives.
    await page.locator(".tab.active.dirty").first().waitFor();
    await page.keyboard.press("Control+S");
    return until(`${what} on disk`, test);
  };
  const disk = (file) => fs.readFileSync(path.join(editor.workspace, file), "latin1");
  const takenAndUndone = async (name, file, title, test) => {
    await choose(title, name);
    const text = await saved(name, () => {
      const now = disk(file);
      return now.length > 20 && now !== before.get(file) && now;
    });
    await pause(400);
    await editor.picture(name);
    test?.(text);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Z");
    await saved(`${name}, taken back,`, () => disk(file) === before.get(file));
  };

  try {
    await editor.install(process.env.MLDEBT_VSIX);
    await editor.serve();
    page = await editor.open(undefined);
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
    await until("the extension host", () => /onStartupFinished/.test(editor.logs(/remoteexthost/)));
    await pause(Number(process.env.MLDEBT_SETTLE ?? 500));

    await t.test("first findings", async (t) => {
      const asked = await openFile(main);
      await page.waitForSelector(MARKS);
      const seen = Date.now();
      const started = /the server runs after (\d+) ms/.exec(editor.logs(/ML Debt\.log/))?.[1];
      t.diagnostic(`the first squiggle ${seen - asked} ms after ${path.basename(main)} was opened, the first start of all; of these ${started} ms to start the server`);
      await pause(800);
      await editor.picture("first");
    });

    for (const [rule, title] of Object.entries(FLAGSHIPS)) {
      await t.test(`${rule}: fixed, saved, undone, saved`, async () => {
        const one = byRule(rule, main).find(fixable);
        await go(one.line, one.column);
        await takenAndUndone(rule, main, title, (text) => {
          if (rule === "magic-hyperparameter") assert.match(text, /@dataclass\(frozen=True\)/);
          if (rule === "hardcoded-path") assert.match(text, /from pathlib import Path/);
          if (rule === "commented-out-code") assert.ok(text.length < before.get(main).length);
        });
      });
    }

    await t.test("all of a rule in the file: fixed, saved, undone, saved", async () => {
      const one = byRule("commented-out-code", main).find(fixable);
      await go(one.line, one.column);
      await takenAndUndone("all-in-file", main, /^Fix all `commented-out-code` in this file/, () => {
        const left = debts(editor.workspace).filter((other) => other.rule === "commented-out-code" && other.path === main && fixable(other));
        assert.deepEqual(left.map((other) => other.line), []);
      });
    });

    await t.test("all of a rule in the workspace: looked through, fixed, saved, undone, saved", async (t) => {
      const rule = process.env.MLDEBT_WIDE_RULE ?? "hardcoded-path";
      const one = byRule(rule, main).find(fixable);
      await go(one.line, one.column);
      await choose(new RegExp(`^Fix all \`${rule}\` in the workspace`), "all-in-workspace");
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.waitFor();
      await pause(200);
      await editor.picture("all-in-workspace-asked");
      await dialog.locator(".monaco-button", { hasText: "Fix All" }).click();
      await dialog.waitFor({ state: "hidden" });
      const files = new Set(byRule(rule).filter((other) => other.path.endsWith(".py") && fixable(other)).map((other) => other.path));
      // The editor opens what is changed and not saved yet.
      await until("every file has its tab", async () => (await page.locator(".tab.dirty").count()) >= files.size);
      await editor.command("File: Save All");
      await until("every file on disk", () => {
        const now = changed(before, bytes(editor.workspace));
        return now.length === files.size && now.every((file) => files.has(file));
      });
      await pause(300);
      await editor.picture("all-in-workspace");
      t.diagnostic(`${files.size} files`);
      const left = debts(editor.workspace).filter((other) => other.rule === rule && files.has(other.path) && fixable(other));
      assert.deepEqual(left.map((other) => `${other.path}:${other.line}`), []);
      await page.locator(".editor-group-container.active .monaco-editor .view-lines").first().click();
      // One undo for all of them.
      await page.keyboard.press("Control+Z");
      await until("every file is changed again", async () => (await page.locator(".tab.dirty").count()) >= files.size);
      await editor.picture("all-in-workspace-undone");
      await editor.command("File: Save All");
      await until("every byte is back", () => changed(before, bytes(editor.workspace)).length === 0);
    });

    await t.test("a rule is picked by name, and nothing happens unless the user agrees", async () => {
      await editor.command("ML Debt: Fix All of a Rule in the Workspace");
      const rows = page.locator(".quick-input-list .monaco-list-row");
      await rows.filter({ hasText: "hardcoded-path" }).first().waitFor();
      await page.locator(".quick-input-widget input.input").fill("hardcoded-path");
      await pause(200);
      await editor.picture("rule-picked");
      await page.keyboard.press("Enter");
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.waitFor();
      await dialog.locator(".monaco-button", { hasText: "Cancel" }).click();
      await dialog.waitFor({ state: "hidden" });
      assert.equal(await page.locator(".tab.dirty").count(), 0);
      assert.deepEqual(changed(before, bytes(editor.workspace)), []);
    });

    await t.test("a baseline is written when the user says so, and what is paid off leaves it", async () => {
      const file = path.join(editor.workspace, "mldebt-baseline.jsonl");
      const rows = () => fs.readFileSync(file, "utf8").trim().split("\n").length;
      await openFile(main);
      await editor.command("ML Debt: Write Baseline");
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.waitFor();
      await pause(200);
      await editor.picture("baseline-asked");
      assert.ok(!fs.existsSync(file));
      await dialog.locator(".monaco-button", { hasText: "Write Baseline" }).click();
      await until("the baseline", () => fs.existsSync(file), 60_000);
      await page.locator(MARKS.replace(/, [^,]*hint$/, "")).first().waitFor({ state: "detached" });
      await pause(300);
      await editor.picture("baseline");
      const written = rows();
      const one = byRule("commented-out-code", main).find(fixable);
      await go(one.line, one.column);
      await choose(FLAGSHIPS["commented-out-code"]);
      await saved("one debt less", () => disk(main) !== before.get(main));
      await editor.command("ML Debt: Prune Baseline");
      await until("it leaves the list", () => rows() === written - 1, 60_000);
      await page.keyboard.press("Control+Z");
      await saved("the debt again", () => disk(main) === before.get(main));
      fs.rmSync(file);
    });

    await t.test("a notebook is fixed in place", async () => {
      const dead = found.filter((other) => other.path.endsWith(".ipynb") && other.rule === "commented-out-code" && fixable(other));
      const [one] = dead.sort((some, other) => some.line - other.line);
      await openFile(one.path);
      const line = page.locator(".notebookOverlay .cell-editor-container .view-line", { hasText: commented(/`([^`]*)`/.exec(one.message)[1]) }).first();
      await until("the cell", async () => {
        if (await line.isVisible()) return true;
        await page.mouse.move(800, 500);
        await page.mouse.wheel(0, 300);
        return false;
      });
      await line.click();
      await choose(/^Delete the commented-out code/, "notebook");
      const text = await saved("the notebook", () => {
        const now = disk(one.path);
        return now.length > 20 && now !== before.get(one.path) && now;
      });
      const cells = (json) => JSON.parse(Buffer.from(json, "latin1").toString("utf8")).cells;
      assert.equal(cells(text).length, cells(before.get(one.path)).length);
      const touched = cells(text).filter((cell, at) => [cell.source].flat().join("") !== [cells(before.get(one.path))[at].source].flat().join(""));
      assert.equal(touched.length, 1, "one cell has changed, and no other");
      await pause(300);
      await editor.picture("notebook");
      await page.keyboard.press("Control+Z");
      await saved("the notebook as it was", () => JSON.stringify(cells(disk(one.path)).map((cell) => [cell.source].flat().join(""))) === JSON.stringify(cells(before.get(one.path)).map((cell) => [cell.source].flat().join(""))));
    });

    await t.test("the debt report, and links of it into the code", async () => {
      await editor.command("ML Debt: Show Debt Report");
      const frame = await until("the page", async () => {
        for (const one of page.frames()) if (await one.locator("[data-at]").count().catch(() => 0)) return one;
        return undefined;
      }, 60_000);
      await pause(300);
      await editor.picture("report");
      const summary = frame.locator("details summary .mark").first();
      await summary.click();
      const link = frame.locator("details[open] li [data-at]").first();
      const at = await link.getAttribute("data-at");
      await link.click();
      const [, file, line] = /^([^#]+)#(?:cell\d+)?L(\d+)/.exec(at);
      await page.locator(".tab.active", { hasText: path.basename(decodeURIComponent(file)) }).first().waitFor();
      if (!file.endsWith(".ipynb")) await until("the place", async () => (await page.locator(".statusbar").innerText()).includes(`Ln ${line},`));
      await editor.picture("report-link");
    });

    await t.test("no log has a word of trouble, to the very end", async () => assert.deepEqual(await editor.troubles(), []));
  } catch (error) {
    await editor.picture("failed").catch(() => undefined);
    throw error;
  } finally {
    await editor.close();
  }
});
