// A small file with debt to try the fixes on, in the extension's own storage: nothing of the workspace is touched.

import * as vscode from "vscode";

export async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const source = vscode.Uri.joinPath(context.extensionUri, "vscode-client", "walkthrough", "sample.py");
  const target = vscode.Uri.joinPath(context.globalStorageUri, "sample", "churn.py");
  // Each time as it was: whoever has fixed it wants to see it again.
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(target, ".."));
  await vscode.workspace.fs.copy(source, target, { overwrite: true });
  await vscode.window.showTextDocument(target, { viewColumn: vscode.ViewColumn.Active });
}
