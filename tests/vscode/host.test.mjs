// Starts the real VS Code with the VSIX installed, and the tests of ./host inside its extension host.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Editor, late, missing, pause } from "./editor.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const out = process.env.MLDEBT_VSCODE_OUT ?? path.join(root, "build", "vscode");

test("in the extension host", { skip: missing() || false, timeout: 300_000 }, async (t) => {
  const editor = await Editor.prepare({ out: path.join(out, "host"), copy: path.join(root, "demo"), trusted: true, machine: process.env.MLDEBT_PYTHON ? { "mldebt.interpreter": process.env.MLDEBT_PYTHON } : {}, settings: process.env.MLDEBT_TRACE ? { "mldebt.trace.server": "verbose" } : {} });
  fs.writeFileSync(path.join(editor.out, "automation.log"), "");
  try {
    await editor.install(process.env.MLDEBT_VSIX);
    await editor.serve();
    let finish;
    const ended = new Promise((resolve) => (finish = resolve));
    const lines = [];
    await editor.open(undefined, {
      wait: false,
      beforeLoad: async (page) => {
        // The workbench calls these two when it is asked to run tests.
        await page.exposeFunction("codeAutomationExit", (code) => finish(code));
        await page.exposeFunction("codeAutomationLog", (type, given) => {
          const line = (Array.isArray(given) ? given : [given]).map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(" ");
          fs.appendFileSync(path.join(editor.out, "automation.log"), `${type} ${line}\n`);
          if (/^(ok|not ok|# |\d+ passed)/.test(line)) lines.push(line);
          if (/^# /.test(line)) t.diagnostic(line.slice(2));
        });
        // Release builds read the tests' place from the page's own configuration only.
        await page.addInitScript((development) => {
          document.addEventListener("readystatechange", () => {
            const element = document.getElementById("vscode-workbench-web-configuration");
            if (document.readyState !== "interactive" || !element) return;
            const settings = JSON.parse(element.getAttribute("data-settings"));
            settings.developmentOptions = { ...settings.developmentOptions, ...development };
            element.setAttribute("data-settings", JSON.stringify(settings));
          });
        }, { extensions: [editor.uri(path.join(here, "host"))], extensionTestsPath: editor.uri(path.join(here, "host/index.cjs")) });
      },
    });
    const code = await Promise.race([ended, late(200_000)]);
    await editor.picture("end").catch(() => undefined);
    for (const line of lines) await t.test(line.split("\n")[0].replace(/^(not )?ok - /, ""), { skip: /^(# |\d+ passed)/.test(line) }, () => assert.ok(!line.startsWith("not ok"), line));
    assert.equal(code, 0, `the host ended with ${code}\n${lines.join("\n")}`);
    await pause(300);
    // Our own channels, and what the extension host says of us.
    const ours = editor.logs(/ML Debt/);
    assert.ok(ours, "the log channels are written");
    // One test takes the Python away, which is to be said.
    assert.doesNotMatch(ours.replace(/\[error\] there is no Python 3\.10/g, ""), /\[error\]|Traceback/);
    const host = editor.logs(/exthost|renderer/i).split("\n").filter((line) => /\[error\]/.test(line) && /mldebt/i.test(line));
    assert.deepEqual(host, []);
  } finally {
    await editor.close();
  }
});
