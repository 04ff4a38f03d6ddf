// A new user's first minutes in the real VS Code: the VSIX into a clean profile, squiggles, the lightbulb, a fix, save,
// the debt report and its links. MLDEBT_PICTURES=yes renews the pictures that README.md shows.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Editor, missing, pause, until } from "./editor.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const out = path.join(process.env.MLDEBT_VSCODE_OUT ?? path.join(root, "build", "vscode"), "ui");
const MARKS = ".monaco-editor .squiggly-error, .monaco-editor .squiggly-warning, .monaco-editor .squiggly-info";

test("squiggle, lightbulb, fix, save, report", { skip: missing() || false, timeout: 180_000 }, async (t) => {
  const editor = await Editor.prepare({ out, copy: path.join(root, "demo"), trusted: false, settings: { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" } });
  try {
    await editor.install(process.env.MLDEBT_VSIX);
    await editor.serve();
    const page = await editor.open("train.py");
    await page.waitForSelector(".monaco-editor .view-line");
    const shown = Date.now();
    await page.waitForSelector(MARKS);
    t.diagnostic(`squiggles ${Date.now() - shown} ms after the editor showed the file, server and extension started in between`);
    await page.waitForSelector(".monaco-editor .squiggly-error");
    const line = (text) => page.locator(".monaco-editor .view-line", { hasText: text }).first();

    await t.test("in a workspace that nobody has trusted", async () => {
      assert.match(await page.locator(".statusbar").innerText(), /Restricted/);
    });

    await t.test("hover", async () => {
      await line("scaler.fit_transform(X)").locator("span span", { hasText: "fit_transform" }).first().hover();
      const card = page.locator(".monaco-hover:visible").first();
      await card.waitFor();
      await until("the card", async () => /Why it is debt/.test(await card.innerText()));
      await editor.picture("hover");
      await page.keyboard.press("Escape");
      await page.mouse.move(600, 780);
    });

    await t.test("lightbulb and menu", async () => {
      await line("scaler.fit_transform(X)").locator("span span", { hasText: "fit_transform" }).first().click();
      await page.locator(".monaco-editor [class*='codicon-gutter-lightbulb'], .monaco-editor .lightBulbWidget").first().waitFor({ state: "attached" });
      await page.keyboard.press("Control+.");
      const rows = page.locator(".action-widget .monaco-list-row");
      await rows.first().waitFor();
      const titles = await rows.allInnerTexts();
      t.diagnostic(`menu: ${titles.map((one) => one.trim()).join(" | ")}`);
      assert.ok(titles.some((one) => /Explain `?preprocessing-leak/.test(one)), titles.join());
      await pause(200);
      await editor.picture("menu");
    });

    await t.test("fix, save", async () => {
      const before = editor.read("train.py");
      await page.keyboard.press("Enter");
      await page.locator(".monaco-editor .squiggly-error").first().waitFor({ state: "detached" });
      await page.keyboard.press("Control+S");
      // An editor empties a file before it fills it.
      const saved = await until("the file on disk", () => {
        const text = editor.read("train.py");
        return text.length > 100 && text !== before && text;
      });
      assert.ok(saved.indexOf("= train_test_split(") < saved.indexOf("fit_transform("), saved);
      await editor.picture("fixed");
    });

    await t.test("undone in one step", async () => {
      await page.keyboard.press("Control+Z");
      await page.waitForSelector(".monaco-editor .squiggly-error");
      await page.keyboard.press("Control+S");
      await until("the file on disk", () => editor.read("train.py") === fs.readFileSync(path.join(root, "demo/train.py"), "utf8"));
    });

    await t.test("problems of the whole folder", async () => {
      await editor.command("ML Debt: Scan Workspace");
      // The list draws only what is in view, so any other file will do.
      const files = page.locator(".markers-panel .monaco-list-row .file-icon");
      await until("a file that is not open", async () => (await files.allInnerTexts()).some((one) => !one.includes("train.py")));
      await editor.picture("problems");
      await page.keyboard.press("Control+J");
    });

    await t.test("a notebook", async () => {
      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "explore.ipynb" }).dblclick();
      await page.waitForSelector(".notebookOverlay .cell-editor-container .squiggly-warning, .notebookOverlay .cell-editor-container .squiggly-error, .notebookOverlay .cell-editor-container .squiggly-info");
      await editor.picture("notebook");
    });

    await t.test("the status item", async () => {
      await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "train.py" }).first().dblclick();
      await page.locator("#status\\.languageStatus, [id='status.languageStatus']").first().click();
      const card = page.locator(".monaco-hover:visible, .hover-language-status").first();
      await until("the state", async () => /ML Debt: \d+ finding/.test(await card.innerText()));
      await editor.picture("status");
      await page.keyboard.press("Escape");
    });

    await t.test("the debt report, and a link of it", async () => {
      await page.keyboard.press("Escape");
      await editor.command("ML Debt: Show Debt Report");
      // The notebook has a webview as well.
      const frame = await until("the page", async () => {
        for (const one of page.frames()) if (await one.locator("[data-at]").count().catch(() => 0)) return one;
        return undefined;
      });
      await pause(300);
      await editor.picture("report");
      const file = frame.locator("details", { has: frame.locator("summary .place", { hasText: "serve.py" }) }).last();
      await file.locator("summary .mark").click();
      const link = file.locator("li [data-at]").first();
      const line = /#L(\d+)/.exec(await link.getAttribute("data-at"))[1];
      await link.click();
      await page.locator(".tab.active", { hasText: "serve.py" }).first().waitFor();
      await until("the place", async () => (await page.locator(".statusbar").innerText()).includes(`Ln ${line},`));
      await editor.picture("report-link");
    });

    await pause(300);
    if (process.env.MLDEBT_PICTURES) {
      const shown = path.join(root, "vscode-client/media/pictures");
      fs.mkdirSync(shown, { recursive: true });
      for (const name of ["menu", "report", "notebook"]) fs.copyFileSync(path.join(editor.out, `${name}.png`), path.join(shown, `${name}.png`));
    }
    await t.test("nothing is written into a folder that nobody has trusted", () => {
      assert.ok(!fs.existsSync(path.join(editor.workspace, ".mldebt_cache")));
      const kept = fs.readdirSync(path.join(editor.data, "User/workspaceStorage"), { recursive: true });
      assert.ok(kept.some((name) => /mldebt\.mldebt-lsp\/cache\/\w+\/\w+\.bin$/.test(name)), "what a scan found out is kept in our own storage");
    });

    await t.test("once it is trusted, its results are kept in it, where the command line finds them", async () => {
      await editor.command("Workspaces: Manage Workspace Trust");
      await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust/ }).first().click();
      await until("a cache in the folder", () => fs.existsSync(path.join(editor.workspace, ".mldebt_cache/CACHEDIR.TAG")));
      await editor.picture("trusted");
    });

    await t.test("no log has a word of trouble, to the very end", async () => assert.deepEqual(await editor.troubles(), []));
  } catch (error) {
    await editor.picture("failed").catch(() => undefined);
    throw error;
  } finally {
    await editor.close();
  }
});
