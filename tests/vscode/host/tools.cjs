// What the host tests share.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const ID = "mldebt.mldebt-lsp";
const folder = () => vscode.workspace.workspaceFolders[0].uri.fsPath;
const at = (name) => vscode.Uri.file(path.join(folder(), name));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what, test, ms = 20_000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await test();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s in vain: ${what}`);
    await pause(40);
  }
}

const found = (uri, rule) =>
  vscode.languages.getDiagnostics(uri).filter((one) => one.source === "mldebt" && (!rule || String(one.code?.value ?? one.code) === rule));

const some = (uri, rule) => until(`${rule ?? "a finding"} in ${path.basename(uri.path)}`, () => found(uri, rule).length && found(uri, rule));

async function open(name) {
  const document = await vscode.workspace.openTextDocument(at(name));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

async function write(name, text) {
  fs.mkdirSync(path.dirname(at(name).fsPath), { recursive: true });
  fs.writeFileSync(at(name).fsPath, text);
  return open(name);
}

/** The menu at a finding, resolved. */
const menu = (uri, range, kind = vscode.CodeActionKind.QuickFix.value) =>
  vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, range, kind, 50);

async function pick(uri, finding, title) {
  const actions = await menu(uri, finding.range);
  const action = actions.find((one) => one.title.includes(title));
  assert.ok(action, `${title} is not among ${JSON.stringify(actions.map((one) => one.title))}`);
  return action;
}

/** What the editor does when the user picks an action. */
async function take(action) {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit));
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** Picks an action, sees that the text becomes what `test` wants, and takes it back. */
async function takenAndUndone(document, finding, title, test) {
  const before = document.getText();
  await vscode.window.showTextDocument(document);
  await take(await pick(document.uri, finding, title));
  await until(`${title}: the text changes`, () => document.getText() !== before);
  test(document.getText());
  await vscode.commands.executeCommand("undo");
  await until(`${title}: one undo takes it back`, () => document.getText() === before);
}

const setting = (name, value, where = vscode.ConfigurationTarget.Global) =>
  vscode.workspace.getConfiguration("mldebt").update(name, value, where);

const server = () => vscode.extensions.getExtension(ID).exports;
const running = () => until("the server runs", () => vscode.extensions.getExtension(ID).isActive && server().health === "running");

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

module.exports = { ID, at, assert, fs, folder, found, menu, open, path, pause, pick, running, server, setting, some, tabs, take, takenAndUndone, until, vscode, write };
