// What the Python extensions say the user has chosen. Neither is needed, and neither is waited for without a limit.

import * as vscode from "vscode";

const ENVIRONMENTS = "ms-python.vscode-python-envs";
const PYTHON = "ms-python.python";
const RUNNING_MS = 400;
const WAKING_MS = 5_000;
// A running extension answers in milliseconds; starting one takes seconds, and has been seen to hang.

interface EnvironmentsApi {
  getEnvironment(scope: vscode.Uri | undefined): Promise<{ execInfo?: { run?: { executable?: string } } } | undefined>;
  onDidChangeEnvironment?: vscode.Event<unknown>;
}

interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(path: unknown): Promise<{ executable?: { uri?: vscode.Uri } } | undefined>;
    onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

export async function chosenPython(wake: boolean): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const ask = async (): Promise<string | undefined> => {
    const environments = await api<EnvironmentsApi>(ENVIRONMENTS, wake);
    const fromEnvironments = (await environments?.getEnvironment?.(folder))?.execInfo?.run?.executable;
    if (fromEnvironments) return fromEnvironments;
    const python = (await api<PythonApi>(PYTHON, wake))?.environments;
    if (!python) return undefined;
    const resolved = await python.resolveEnvironment(python.getActiveEnvironmentPath(folder));
    return resolved?.executable?.uri?.fsPath;
  };
  return withLimit(ask(), wake ? WAKING_MS : RUNNING_MS);
}

/** Calls `changed` when the user chooses another environment. Looks only at extensions that run already. */
export async function watchChoice(changed: () => void): Promise<vscode.Disposable> {
  const watched: vscode.Disposable[] = [];
  const environments = await api<EnvironmentsApi>(ENVIRONMENTS, false);
  const python = await api<PythonApi>(PYTHON, false);
  for (const event of [environments?.onDidChangeEnvironment, python?.environments?.onDidChangeActiveEnvironmentPath]) {
    if (event) watched.push(event(changed));
  }
  return vscode.Disposable.from(...watched);
}

async function api<T>(id: string, wake: boolean): Promise<T | undefined> {
  const extension = vscode.extensions.getExtension<T>(id);
  if (!extension) return undefined;
  if (extension.isActive) return extension.exports;
  return wake ? await extension.activate() : undefined;
}

/** The answer, or undefined after `ms` or when asking fails. */
export async function withLimit<T>(answer: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
