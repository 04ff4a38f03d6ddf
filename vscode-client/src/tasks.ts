// `mldebt-lsp --check` as a task, with the bundled server: Terminal, Run Task, ML Debt.

import * as vscode from "vscode";
import type { Server } from "./server";

interface Definition extends vscode.TaskDefinition {
  readonly paths?: readonly string[];
  readonly arguments?: readonly string[];
}

export function taskProvider(server: Server): vscode.TaskProvider {
  const made = (definition: Definition, scope: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task | undefined => {
    if (!server.launch) return undefined;
    const { interpreter, arguments: first } = server.launch;
    const words = ["--check", ...(definition.paths ?? ["."]), "--format", "concise", ...(definition.arguments ?? [])];
    const folder = typeof scope === "object" ? { cwd: scope.uri.fsPath } : {};
    const execution = new vscode.ProcessExecution(interpreter.path, [...first, ...words], folder);
    const task = new vscode.Task(definition, scope, "check", "ML Debt", execution, "$mldebt");
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent };
    return task;
  };
  return {
    provideTasks: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .map((folder) => made({ type: "mldebt" }, folder))
        .filter((task) => task !== undefined),
    resolveTask: (task) => made(task.definition, task.scope ?? vscode.TaskScope.Workspace),
  };
}
