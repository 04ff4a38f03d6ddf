// What a bug report needs, as a document to read before it is pasted anywhere. No code and no file names of the project.

import * as os from "node:os";
import * as vscode from "vscode";
import type { Server } from "./server";

export async function debugInformation(context: vscode.ExtensionContext, server: Server): Promise<void> {
  const content = [
    "ML Debt: debug information",
    "",
    section("Extension", {
      version: context.extension.packageJSON.version,
      server: server.health,
      "started after": server.startedAfter === undefined ? "" : `${server.startedAfter} ms`,
      interpreter: server.launch?.interpreter.path ?? "none",
      python: server.launch?.interpreter.version ?? "",
      "found by": server.launch?.interpreter.from ?? "",
      strategy: server.launch?.strategy ?? "",
    }),
    ...server.rejected.map((one) => `not used: ${one.path} (${one.from}): ${one.why}`),
    section("Editor", {
      name: vscode.env.appName,
      version: vscode.version,
      host: vscode.env.appHost,
      remote: vscode.env.remoteName ?? "no",
      kind: vscode.env.uiKind === vscode.UIKind.Web ? "web" : "desktop",
      "workspace trusted": vscode.workspace.isTrusted,
      folders: vscode.workspace.workspaceFolders?.length ?? 0,
      system: `${os.platform()} ${os.release()} ${os.arch()}`,
    }),
    "Server",
    (await server.ask<string>("mldebt.debugInformation")) ?? "not running",
    "",
    "Settings that differ from their defaults",
    ...changedSettings(context),
  ];
  const document = await vscode.workspace.openTextDocument({ content: `${content.join("\n")}\n`, language: "plaintext" });
  await vscode.window.showTextDocument(document, { preview: false });
}

function section(title: string, rows: Record<string, unknown>): string {
  return [title, ...Object.entries(rows).map(([name, value]) => `${name}: ${String(value)}`), ""].join("\n");
}

function changedSettings(context: vscode.ExtensionContext): string[] {
  const groups: { properties: object }[] = context.extension.packageJSON.contributes.configuration;
  const settings = vscode.workspace.getConfiguration();
  const rows: string[] = [];
  for (const name of groups.flatMap((group) => Object.keys(group.properties))) {
    const value = settings.get(name);
    if (JSON.stringify(value) !== JSON.stringify(settings.inspect(name)?.defaultValue)) {
      rows.push(`${name}: ${JSON.stringify(value)}`);
    }
  }
  return rows.length ? rows : ["none"];
}
