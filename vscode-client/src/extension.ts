// What VS Code calls: everything is made here and wired together; what each part does is its own file's business.

import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { watchChoice } from "./environments";
import { Server } from "./server";
import { Status } from "./status";
import { taskProvider } from "./tasks";

const NEEDS_RESTART = ["interpreter", "importStrategy", "logLevel", "logFile"].map((name) => `mldebt.${name}`);

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): Server {
  const log = vscode.window.createOutputChannel("ML Debt", { log: true });
  const serverLog = vscode.window.createOutputChannel("ML Debt Server", { log: true });
  const storage = (context.storageUri ?? context.globalStorageUri).fsPath;
  const running = (server = new Server(context.extensionPath, storage, log, serverLog));
  context.subscriptions.push(
    log,
    serverLog,
    running,
    running.onDidChangeHealth((health) => tell(health)),
    new Status(running),
    vscode.tasks.registerTaskProvider("mldebt", taskProvider(running)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (NEEDS_RESTART.some((name) => event.affectsConfiguration(name))) void running.restart("a setting has changed");
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void running.restartIfDifferent("the workspace is trusted now")),
  );
  registerCommands({ context, server: running, log, serverLog });
  // Not before the editor has its answer: what follows starts a process and reads the client's library.
  setImmediate(() => void start(context, running));
  return running;
}

async function start(context: vscode.ExtensionContext, running: Server): Promise<void> {
  await running.restart("the extension is activated");
  const choice = await watchChoice(() => void running.restartIfDifferent("another environment was chosen"));
  context.subscriptions.push(choice);
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** What the user must know, once, with the way out. */
function tell(health: string): void {
  if (health === "no-python") {
    const text = "ML Debt needs Python 3.10 or newer to run, and found none. Nothing else is needed.";
    void offer(vscode.window.showErrorMessage(text, "What to Do", "Choose a Python"), {
      "What to Do": ["mldebt.openWalkthrough"],
      "Choose a Python": ["workbench.action.openSettings", "mldebt.interpreter"],
    });
  } else if (health === "failed") {
    const text = "ML Debt: the server does not run.";
    void offer(vscode.window.showErrorMessage(text, "Show Logs", "Restart"), {
      "Show Logs": ["mldebt.showLogs"],
      Restart: ["mldebt.restart"],
    });
  }
}

async function offer(asked: Thenable<string | undefined>, ways: Record<string, [string, ...unknown[]]>): Promise<void> {
  const [command, ...given] = ways[(await asked) ?? ""] ?? [];
  if (command) await vscode.commands.executeCommand(command, ...given);
}
