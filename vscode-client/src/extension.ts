// What VS Code calls: everything is made here and wired together; what each part does is its own file's business.

import * as vscode from "vscode";
import { Server } from "./server";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("ML Debt", { log: true });
  const serverLog = vscode.window.createOutputChannel("ML Debt Server", { log: true });
  server = new Server(context.extensionPath, log, serverLog);
  context.subscriptions.push(log, serverLog, server);
  // Not waited for: the editor goes on while the server starts.
  void server.restart("the extension is activated");
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
