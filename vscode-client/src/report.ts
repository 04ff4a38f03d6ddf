// The debt report, as the command line writes it, in a webview of ours: offline, and its links open the code.

import * as fs from "node:fs/promises";
import * as path from "node:path";
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { runWithProgress, tellTrouble } from "./commands";
import { placeOf, sealed } from "./sealed";
import type { Server } from "./server";

export async function showReport(context: vscode.ExtensionContext, server: Server, folder: string): Promise<void> {
  const storage = (context.storageUri ?? context.globalStorageUri).fsPath;
  await fs.mkdir(storage, { recursive: true });
  const file = path.join(storage, "report.html");
  const ran = await runWithProgress(server, "Writing the debt report", ["--score", ".", "--report", file], folder);
  if (!ran) return;
  if (ran.code !== 0 && ran.code !== 1) return tellTrouble(ran);
  server.scored(ran.output);
  const html = await fs.readFile(file, "utf8");
  const panel = vscode.window.createWebviewPanel("mldebt.report", `Debt: ${path.basename(folder)}`, vscode.ViewColumn.Active, {
    // The page and its scripts are ours or our server's, and read nothing from disk or network.
    enableScripts: true,
    enableCommandUris: false,
    localResourceRoots: [],
    retainContextWhenHidden: true,
  });
  panel.iconPath = vscode.Uri.joinPath(context.extensionUri, "vscode-client", "media", "icon.png");
  panel.webview.onDidReceiveMessage((message: unknown) => void follow(message, folder));
  panel.webview.html = sealed(html, randomBytes(16).toString("base64"));
}

/** Open what a link of the report names, if it lies in the folder that the report is about. */
async function follow(message: unknown, folder: string): Promise<void> {
  const href = (message as { open?: unknown } | undefined)?.open;
  const place = typeof href === "string" ? placeOf(href, folder) : undefined;
  if (!place) return;
  const at = new vscode.Position(place.line, place.column);
  const uri = vscode.Uri.file(place.file);
  try {
    if (place.file.endsWith(".ipynb")) return await showCell(uri, place.cell ?? 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at), viewColumn: vscode.ViewColumn.Beside });
  } catch (error) {
    void vscode.window.showErrorMessage(`ML Debt: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function showCell(uri: vscode.Uri, cell: number): Promise<void> {
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  const selections = [new vscode.NotebookRange(cell, cell + 1)];
  await vscode.window.showNotebookDocument(notebook, { viewColumn: vscode.ViewColumn.Beside, selections });
}
