// The server's log lines as VS Code's log levels.

export type Level = "trace" | "debug" | "info" | "warn" | "error";

const LINE = /^[\d-]+ [\d:,]+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) ([\w.]+): (.*)$/s;
const LEVELS: Record<string, Level> = { DEBUG: "debug", INFO: "info", WARNING: "warn", ERROR: "error", CRITICAL: "error" };

/** Lines of another shape are parts of a traceback, or a library's words: errors are not to be overlooked. */
export function levelOf(line: string): { level: Level; text: string } {
  const found = LINE.exec(line);
  if (!found) return { level: "error", text: line };
  return { level: LEVELS[found[1] ?? ""] ?? "error", text: `${found[2]}: ${found[3]}` };
}
