// The palette's commands. What the server can do is asked of it; what the command line can do is run by it.

import * as path from "node:path";
import * as vscode from "vscode";
import type { Ran } from "./launch";
import { runCommandLine } from "./launch";
import { showReport } from "./report";
import type { Server } from "./server";
import { debugInformation } from "./debug";
import { openSample } from "./sample";

const STARTER = `# What this project wants of mldebt-lsp, in the editor and in CI. Rules are named by id or category.
# Every setting, with its value here: mldebt-lsp --show-config FILE

# Rules that do not count here.
ignore = []

# Further paths to leave out, in the notation of .gitignore.
extend-exclude = []

# A run of --check fails from this severity up.
fail-on = "warning"

[severity]
# hardcoded-path = "error"

[per-file-ignores]
# "notebooks/**" = ["unseeded-split"]
`;

interface RuleRow {
  readonly id: string;
  readonly title: string;
  readonly category: string;
}

export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly server: Server;
  readonly log: vscode.LogOutputChannel;
  readonly serverLog: vscode.LogOutputChannel;
}

export function registerCommands({ context, server, log, serverLog }: Parts): void {
  const register = (id: string, run: (...given: never[]) => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(id, run));

  register("mldebt.restart", () => server.restart("asked for by command"));
  register("mldebt.showLogs", () => log.show());
  register("mldebt.showServerLogs", () => serverLog.show());
  register("mldebt.printDebugInformation", () => debugInformation(context, server));
  register("mldebt.openSample", () => openSample(context));
  register("mldebt.openWalkthrough", () =>
    vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false),
  );
  register("mldebt.fixAll", () => fixAll(server));
  register("mldebt.fixAllOfRule", () => fixAllOfRule(server));
  register("mldebt.scanWorkspace", () => scanWorkspace(server));
  register("mldebt.toggleBaselined", () => toggleBaselined(server));
  register("mldebt.showRuleDocumentation", (rule?: string) => showRule(server, rule));
  register("mldebt.showReport", () => withFolder((folder) => showReport(context, server, folder)));
  register("mldebt.showScore", () => withFolder((folder) => showScore(server, folder)));
  register("mldebt.createConfiguration", () => withFolder((folder) => createConfiguration(server, folder)));
  register("mldebt.draftAuditFiles", () => withFolder((folder) => draftAuditFiles(server, folder)));
  register("mldebt.writeBaseline", () => withFolder((folder) => writeBaseline(server, folder)));
  register("mldebt.pruneBaseline", () => withFolder((folder) => changeBaseline(server, folder, "--prune-baseline")));
}

/** The folder that a command is about: the active editor's, the only one, or the one the user picks. */
async function withFolder(run: (folder: string) => Promise<unknown>): Promise<unknown> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const active = vscode.window.activeTextEditor?.document.uri ?? vscode.window.activeNotebookEditor?.notebook.uri;
  const own = active && vscode.workspace.getWorkspaceFolder(active);
  const folder = own ?? (folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0]);
  if (!folder) return void vscode.window.showInformationMessage("Open a folder first: this command is about a project.");
  return run(folder.uri.fsPath);
}

/** Run the command line with a progress notification. Undefined when it could not be, which the user is told. */
export async function runWithProgress(
  server: Server,
  title: string,
  further: readonly string[],
  folder: string,
): Promise<Ran | undefined> {
  const launch = server.launch;
  if (!launch) return void vscode.commands.executeCommand("mldebt.openWalkthrough");
  const where = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(where, async (_, token) => {
    try {
      const ran = await runCommandLine(launch, further, folder, token);
      return token.isCancellationRequested ? undefined : ran;
    } catch (error) {
      void vscode.window.showErrorMessage(`ML Debt: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  });
}

export function tellTrouble(ran: Ran): void {
  const words = ran.errors.trim() || ran.output.trim() || `the command line ended with code ${ran.code}`;
  void vscode.window.showErrorMessage(`ML Debt: ${words.slice(0, 400)}`, "Show Logs").then((picked) => {
    if (picked) void vscode.commands.executeCommand("mldebt.showLogs");
  });
}

async function fixAll(server: Server): Promise<void> {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  const uri = notebook?.cellCount ? notebook.cellAt(0).document.uri : vscode.window.activeTextEditor?.document.uri;
  if (!uri) return void vscode.window.showInformationMessage("Open a Python file or a notebook first.");
  const changed = await server.ask<number>("mldebt.fixFile", uri.toString());
  if (changed === 0) vscode.window.setStatusBarMessage("ML Debt: nothing here can be fixed safely", 5_000);
}

/** One rule in every file, the most frequent of the open files first. The client asks before it changes anything. */
async function fixAllOfRule(server: Server): Promise<void> {
  const counts = new Map<string, number>();
  const found = vscode.languages.getDiagnostics().flatMap(([, diagnostics]) => diagnostics);
  for (const one of found.filter(({ source }) => source === "mldebt")) counts.set(ruleOf(one), (counts.get(ruleOf(one)) ?? 0) + 1);
  const rules = (await server.ask<RuleRow[]>("mldebt.rules")) ?? [];
  const rows = rules.map(({ id, title }) => ({ label: id, description: title, n: counts.get(id) ?? 0 }));
  rows.sort((one, other) => other.n - one.n);
  const picked = await vscode.window.showQuickPick(rows, { placeHolder: "Rule to fix in every file", matchOnDescription: true });
  if (!picked) return;
  const changed = await server.ask<number>("mldebt.fixRuleInWorkspace", picked.label);
  if (changed === 0) vscode.window.setStatusBarMessage(`ML Debt: nothing was changed for ${picked.label}`, 5_000);
}

/** Every file's findings in Problems, for as long as this window lives. */
async function scanWorkspace(server: Server): Promise<void> {
  await server.override("diagnosticMode", "workspace");
  await vscode.commands.executeCommand("workbench.actions.view.problems");
}

async function toggleBaselined(server: Server): Promise<void> {
  const now = server.setting<string>("baselineShown");
  const next = now === "hide" ? "hint" : "hide";
  await server.override("baselineShown", next);
  vscode.window.setStatusBarMessage(`ML Debt: known debt is ${next === "hide" ? "hidden" : "shown faintly"}`, 5_000);
}

async function showRule(server: Server, rule?: string): Promise<void> {
  let wanted = rule;
  if (!wanted) {
    const rules = (await server.ask<RuleRow[]>("mldebt.rules")) ?? [];
    const here = rulesAtCursor();
    const rows = rules.map((one) => ({ label: one.id, description: one.title, detail: one.category, here: here.has(one.id) }));
    rows.sort((one, other) => Number(other.here) - Number(one.here));
    const picked = await vscode.window.showQuickPick(rows, { placeHolder: "Rule", matchOnDescription: true });
    wanted = picked?.label;
  }
  if (wanted) await server.ask("mldebt.showRule", wanted);
}

function rulesAtCursor(): Set<string> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return new Set();
  const here = vscode.languages.getDiagnostics(editor.document.uri);
  return new Set(here.filter((one) => one.range.contains(editor.selection.active)).map(ruleOf));
}

export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const code = diagnostic.code;
  return String(typeof code === "object" ? code.value : (code ?? ""));
}

async function showScore(server: Server, folder: string): Promise<void> {
  const ran = await runWithProgress(server, "Working out the score", ["--score", "."], folder);
  if (!ran) return;
  if (ran.code !== 0 && ran.code !== 1) return tellTrouble(ran);
  server.scored(ran.output);
  const document = await vscode.workspace.openTextDocument({ content: ran.output, language: "plaintext" });
  await vscode.window.showTextDocument(document, { preview: true });
}

/** `mldebt.toml`, unless the project has its configuration already: then that is shown. */
async function createConfiguration(server: Server, folder: string): Promise<void> {
  const inside = vscode.Uri.file(path.join(folder, "mldebt.toml"));
  const standing = await server.ask<{ configuration: string }>("mldebt.standing", inside.toString());
  const uri = standing?.configuration ? vscode.Uri.file(standing.configuration) : inside;
  if (!standing?.configuration) {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(STARTER) });
    await vscode.workspace.applyEdit(edit);
  }
  await vscode.window.showTextDocument(uri);
}

/** Who labels, who consumes, which features: drafted from the code; what is there already stays. */
async function draftAuditFiles(server: Server, folder: string): Promise<void> {
  const ran = await runWithProgress(server, "Drafting the audit files", ["--init", "."], folder);
  if (!ran) return;
  if (ran.code !== 0) return tellTrouble(ran);
  const said = `${ran.output}\n${ran.errors}`.trim().split("\n").slice(0, 6).join(" · ");
  void vscode.window.showInformationMessage(`ML Debt: ${said}`);
}

async function writeBaseline(server: Server, folder: string): Promise<void> {
  const question = "Take all debt in this folder for known? Findings that it lists are then shown faintly; new ones as before.";
  const answer = await vscode.window.showWarningMessage(question, { modal: true }, "Write Baseline");
  if (answer) await changeBaseline(server, folder, "--write-baseline");
}

async function changeBaseline(server: Server, folder: string, how: string): Promise<void> {
  const named = server.setting<string>("baseline");
  const further = ["--check", ".", how, "--quiet", "--fail-on", "never", ...(named ? ["--baseline", named] : [])];
  const ran = await runWithProgress(server, "Looking at the whole folder", further, folder);
  if (!ran) return;
  if (ran.code !== 0) return tellTrouble(ran);
  const file = vscode.Uri.file(path.resolve(folder, named || "mldebt-baseline.jsonl"));
  void vscode.window.showInformationMessage(`ML Debt: ${ran.errors.trim() || "done"}`, "Open").then((picked) => {
    if (picked) void vscode.window.showTextDocument(file);
  });
}
