// The language status item, behind the braces in the status bar: how the server is, what is found, what is in force.

import * as path from "node:path";
import * as vscode from "vscode";
import type { Health, Server } from "./server";

const SELECTOR: vscode.DocumentSelector = [
  { language: "python" },
  { pattern: "**/{mldebt,pyproject}.toml" },
  { notebookType: "jupyter-notebook" },
];
const KNOWN = "known debt: ";
const PAUSE_MS = 300;
// While somebody types, findings come with every key; counting them can wait for a pause.

interface Standing {
  readonly configuration: string;
  readonly baseline: string;
  readonly known: number;
  readonly findings: number | null;
  readonly complete: boolean;
}

export interface Counted {
  readonly fresh: number;
  readonly known: number;
}

export class Status implements vscode.Disposable {
  private readonly state = vscode.languages.createLanguageStatusItem("mldebt.state", SELECTOR);
  private readonly configuration = vscode.languages.createLanguageStatusItem("mldebt.configuration", SELECTOR);
  private readonly score = vscode.languages.createLanguageStatusItem("mldebt.score", SELECTOR);
  private readonly watched: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server) {
    this.state.name = "ML Debt";
    this.configuration.name = "ML Debt Configuration";
    this.score.name = "ML Debt Score";
    this.score.command = { title: "Work out", command: "mldebt.showScore" };
    const soon = () => this.soon();
    this.watched = [
      this.state,
      this.configuration,
      this.score,
      server.onDidChangeHealth(soon),
      vscode.window.onDidChangeActiveTextEditor(soon),
      vscode.languages.onDidChangeDiagnostics(soon),
      { dispose: () => clearTimeout(this.timer) },
    ];
    this.show();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.update(), PAUSE_MS);
  }

  private async update(): Promise<void> {
    this.show();
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (!uri || this.server.health !== "running") return;
    try {
      const standing = await this.server.ask<Standing>("mldebt.standing", uri.toString());
      if (standing) this.showStanding(standing);
    } catch {
      // The server is ending; the next change of its health says so.
    }
  }

  private show(): void {
    const { health } = this.server;
    this.state.busy = health === "starting";
    this.state.severity = SEVERITY[health];
    this.state.text = `ML Debt: ${health === "running" ? words(countHere()) : TEXT[health]}`;
    this.state.detail = this.server.launch ? `Python ${this.server.launch.interpreter.version}` : "";
    this.state.command = COMMAND[health];
    // Looking at a whole project takes a while, so it is done when asked for.
    this.score.text = this.server.score ? `ML Debt: ${this.server.score.split(":")[0]} points` : "ML Debt: score";
    this.score.detail = this.server.score.split(": ")[1] ?? "";
  }

  private showStanding(standing: Standing): void {
    const file = standing.configuration;
    this.configuration.text = file ? `ML Debt: ${path.basename(file)}` : "ML Debt: no configuration file";
    const project = standing.findings === null ? "" : `${standing.findings} in the folder`;
    this.configuration.detail = [project, standing.baseline ? `${standing.known} known` : ""].filter(Boolean).join(", ");
    this.configuration.command = file
      ? { title: "Open", command: "vscode.open", arguments: [vscode.Uri.file(file)] }
      : { title: "Create", command: "mldebt.createConfiguration" };
  }

  dispose(): void {
    vscode.Disposable.from(...this.watched).dispose();
  }
}

const TEXT: Record<Health, string> = {
  starting: "starting",
  running: "",
  "no-python": "no Python 3.10 or newer found",
  failed: "the server does not run",
  stopped: "stopped",
};

const SEVERITY: Record<Health, vscode.LanguageStatusSeverity> = {
  starting: vscode.LanguageStatusSeverity.Information,
  running: vscode.LanguageStatusSeverity.Information,
  "no-python": vscode.LanguageStatusSeverity.Error,
  failed: vscode.LanguageStatusSeverity.Error,
  stopped: vscode.LanguageStatusSeverity.Warning,
};

const COMMAND: Record<Health, vscode.Command> = {
  starting: { title: "Show Logs", command: "mldebt.showLogs" },
  running: { title: "Show Report", command: "mldebt.showReport" },
  "no-python": { title: "What to do", command: "mldebt.openWalkthrough" },
  failed: { title: "Show Logs", command: "mldebt.showLogs" },
  stopped: { title: "Start", command: "mldebt.restart" },
};

function countHere(): Counted {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  const uris = notebook
    ? notebook.getCells().map((cell) => cell.document.uri)
    : [vscode.window.activeTextEditor?.document.uri].filter((uri) => uri !== undefined);
  const found = uris.flatMap((uri) => vscode.languages.getDiagnostics(uri)).filter((one) => one.source === "mldebt");
  const known = found.filter((one) => one.message.startsWith(KNOWN)).length;
  return { fresh: found.length - known, known };
}

export function words({ fresh, known }: Counted): string {
  const found = fresh === 0 ? "no findings here" : `${fresh} ${fresh === 1 ? "finding" : "findings"} here`;
  return known ? `${found}, ${known} known` : found;
}
