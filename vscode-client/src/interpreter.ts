// Which Python runs the server: the setting, the Python extensions' choice, else the first good one on the PATH.
//
// The bundled server needs no package, so any Python that is new enough does: nobody is waited for unless the
// PATH has none. With `fromEnvironment` the chosen environment is the point, and it is waited for, with a limit.

import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

export const OLDEST: readonly [number, number] = [3, 10];
const PROBE_MS = 10_000;
// A cold interpreter on a network disk takes seconds; one that hangs must not hold the server for ever.

const PROBE = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)";

export interface Interpreter {
  readonly path: string;
  readonly version: string;
  /** Words for the log and the debug information. */
  readonly from: string;
}

export interface Rejected {
  readonly path: string;
  readonly from: string;
  readonly why: string;
}

export interface Sources {
  /** What the user set, "" if nothing. */
  readonly setting: string;
  /** An environment other extensions know of is what the user wants, not just some Python. */
  readonly environmentMatters: boolean;
  /** Folders of the workspace: nothing below them is run unless `trusted`. */
  readonly folders: readonly string[];
  readonly trusted: boolean;
  /** The Python extensions' choice. `wake`: also if that extension has to be started first. */
  chosen(wake: boolean): Promise<string | undefined>;
}

/** The interpreter to use, or none, and what was looked at and refused. */
export async function findInterpreter(
  sources: Sources,
  probe: (python: string) => Promise<string> = probed,
  onPath: () => string[] = pythonsOnPath,
): Promise<{ found: Interpreter | undefined; rejected: Rejected[] }> {
  const rejected: Rejected[] = [];
  const seen = new Set<string>();
  const good = async (python: string | undefined, from: string): Promise<Interpreter | undefined> => {
    if (!python || seen.has(python)) return undefined;
    seen.add(python);
    if (!sources.trusted && sources.folders.some((folder) => isBelow(python, folder))) {
      rejected.push({ path: python, from, why: "it lies in this workspace, which is not trusted" });
      return undefined;
    }
    try {
      const [version = "", executable = ""] = (await probe(python)).split(/\r?\n/);
      if (isNewEnough(version)) return { path: executable || python, version, from };
      rejected.push({ path: python, from, why: `it is Python ${version}` });
    } catch (error) {
      rejected.push({ path: python, from, why: reason(error) });
    }
    return undefined;
  };

  if (sources.setting) {
    // Somebody has chosen: no other one is taken instead.
    return { found: await good(which(sources.setting), "the setting mldebt.interpreter"), rejected };
  }
  let found = await good(await sources.chosen(sources.environmentMatters), "the Python extension");
  if (!found) {
    for (const python of onPath()) {
      found = await good(python, "the PATH");
      if (found) break;
    }
  }
  if (!found && !sources.environmentMatters) found = await good(await sources.chosen(true), "the Python extension");
  return { found, rejected };
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

export function isBelow(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way !== "" && way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** The file that a command names. Never one in the current folder, which is somebody's workspace. */
export function which(command: string): string {
  if (path.isAbsolute(command)) return command;
  if (command.includes("/") || command.includes(path.sep)) return path.resolve(command);
  return onPathAs(command)[0] ?? command;
}

/** The Pythons on the PATH, likeliest first. */
export function pythonsOnPath(): string[] {
  const names = process.platform === "win32" ? ["python", "python3", "py"] : ["python3", "python"];
  const newer = [14, 13, 12, 11, 10].map((minor) => `python3.${minor}`);
  return [...names, ...(process.platform === "win32" ? [] : newer)].flatMap(onPathAs);
}

function onPathAs(name: string): string[] {
  const endings = process.platform === "win32" ? [".exe"] : [""];
  const found: string[] = [];
  for (const folder of (process.env["PATH"] ?? process.env["Path"] ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      try {
        fs.accessSync(file, fs.constants.X_OK);
        if (fs.statSync(file).isFile()) found.push(file);
      } catch {
        // not this one
      }
    }
  }
  return found;
}

/** What the interpreter says of itself: version and path, a line each. */
function probed(python: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(python, ["-I", "-S", "-c", PROBE], { timeout: PROBE_MS, windowsHide: true }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr.trim().split("\n").pop() || error.message));
      else resolve(stdout.trim());
    });
  });
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.includes("ENOENT") ? "there is no such file" : text;
}
