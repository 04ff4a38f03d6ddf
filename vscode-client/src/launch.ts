// How the server and the command line are started: interpreter, arguments, environment.

import { type ChildProcess, spawn } from "node:child_process";
import * as path from "node:path";
import * as vscode from "vscode";
import { chosenPython } from "./environments";
import { findInterpreter, type Interpreter, type Rejected } from "./interpreter";

export interface Launch {
  readonly interpreter: Interpreter;
  /** Everything before the server's or the command line's own arguments. */
  readonly arguments: readonly string[];
  readonly strategy: "useBundled" | "fromEnvironment";
  readonly folder: string;
  /** Where results are remembered, "" for the server's own choice, which is inside the project. */
  readonly cache: string;
}

/** How to start now, or what was wrong with every Python that was looked at. */
export async function findLaunch(extensionPath: string, storage: string): Promise<Launch | readonly Rejected[]> {
  const settings = vscode.workspace.getConfiguration("mldebt");
  // In a workspace that is not trusted, VS Code leaves out what the workspace says of these two.
  const strategy = settings.get("importStrategy") === "fromEnvironment" ? "fromEnvironment" : "useBundled";
  const { found, rejected } = await findInterpreter({
    setting: (settings.get<string>("interpreter") ?? "").trim(),
    environmentMatters: strategy === "fromEnvironment",
    folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    chosen: chosenPython,
  });
  // A folder that nobody has trusted yet is looked at, and nothing is written into it unasked.
  const cache = vscode.workspace.isTrusted ? "" : path.join(storage, "cache");
  return found ? launchWith(found, strategy, extensionPath, cache) : rejected;
}

function launchWith(interpreter: Interpreter, strategy: Launch["strategy"], extensionPath: string, cache: string): Launch {
  const start = path.join(extensionPath, "vscode-client", "start.py");
  // -I: no PYTHONPATH, no user packages, nothing of the current folder. -S: no site-packages, nor what starts with them.
  const options = strategy === "useBundled" ? ["-I", "-S", "-X", "utf8", start] : ["-X", "utf8", start, "--from-environment"];
  return { interpreter, arguments: options, strategy, folder: extensionPath, cache };
}

/** Start it, in our own folder: the workspace's is the last one whose modules should be found. */
export function startProcess(launch: Launch, further: readonly string[], folder = launch.folder): ChildProcess {
  return spawn(launch.interpreter.path, [...launch.arguments, ...further], {
    cwd: folder,
    windowsHide: true,
    env: environment(launch),
  });
}

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Run the command line to its end. It runs in the workspace folder, and with -I imports nothing from there. */
export function runCommandLine(
  launch: Launch,
  further: readonly string[],
  folder: string,
  token?: vscode.CancellationToken,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const running = startProcess(launch, further, folder);
    let output = "";
    let errors = "";
    running.stdout?.setEncoding("utf8").on("data", (part: string) => (output += part));
    running.stderr?.setEncoding("utf8").on("data", (part: string) => (errors += part));
    token?.onCancellationRequested(() => running.kill());
    running.on("error", reject);
    running.on("close", (code) => resolve({ code, output, errors }));
  });
}

/** Ours, without what would make a process of ours another one: an editor is no CI, even if it was started there. */
function environment({ cache }: Launch): NodeJS.ProcessEnv {
  const { CI: _, ...rest } = process.env;
  return { ...rest, PYTHONSAFEPATH: "1", ...(cache && { MLDEBT_CACHE_DIR: cache }) };
}
