// The language server's life: found, started, restarted, stopped; one thing at a time.

import * as readline from "node:readline";
import * as vscode from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient/node";
import { SingleFlight } from "./flight";
import type { Rejected } from "./interpreter";
import { findLaunch, type Launch, startProcess } from "./launch";
import { levelOf } from "./logs";

export type Health = "starting" | "running" | "no-python" | "failed" | "stopped";

const CRASHES = 4;
const WITHIN_MS = 3 * 60_000;
// vscode-languageclient's own numbers: a server that dies at once again and again is not worth starting.

const SELECTOR = [
  ...["file", "untitled", "vscode-notebook-cell"].map((scheme) => ({ scheme, language: "python" })),
  // Manifests and configuration, whatever language the editor takes them for.
  ...["**/*.{toml,yaml,yml}", "**/*{requirements,constraints}*.{txt,in}"].map((pattern) => ({ scheme: "file", pattern })),
];

export class Server implements vscode.Disposable {
  client: LanguageClient | undefined;
  launch: Launch | undefined;
  rejected: readonly Rejected[] = [];
  health: Health = "stopped";
  startedAfter: number | undefined;

  private readonly changed = new vscode.EventEmitter<Health>();
  readonly onDidChangeHealth = this.changed.event;
  private readonly flight = new SingleFlight(() => this.cycle());
  private readonly crashes: number[] = [];
  private readonly overrides: Record<string, unknown> = {};
  private wanted = false;

  constructor(
    private readonly extensionPath: string,
    private readonly log: vscode.LogOutputChannel,
    private readonly serverLog: vscode.LogOutputChannel,
  ) {}

  /** Start, or stop and start anew. Resolves when that is done; never rejects. */
  restart(why: string): Promise<void> {
    this.log.info(`starting the server: ${why}`);
    this.wanted = true;
    return this.flight.run();
  }

  stop(): Promise<void> {
    this.wanted = false;
    return this.flight.run();
  }

  /** Restart only if another process would come of it. */
  async restartIfDifferent(why: string): Promise<void> {
    const found = await findLaunch(this.extensionPath);
    if (JSON.stringify(found) !== JSON.stringify(this.launch ?? this.rejected)) await this.restart(why);
  }

  /** Ask the server to run one of its commands. Undefined when it is not running. */
  async ask<T>(command: string, ...given: unknown[]): Promise<T | undefined> {
    if (this.client?.state !== State.Running) return undefined;
    return this.client.sendRequest("workspace/executeCommand", { command, arguments: given });
  }

  /** A setting as the server gets it. */
  setting<T>(name: string): T | undefined {
    return (this.overrides[name] as T | undefined) ?? vscode.workspace.getConfiguration("mldebt").get<T>(name);
  }

  /** Another value for this window, without writing it into anybody's settings. */
  async override(name: string, value: unknown): Promise<void> {
    this.overrides[name] = value;
    if (this.client?.state === State.Running) {
      await this.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    }
  }

  private settings(): object {
    return { ...vscode.workspace.getConfiguration("mldebt"), ...this.overrides };
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async cycle(): Promise<void> {
    try {
      await this.end();
      if (!this.wanted) return this.become("stopped");
      this.become("starting");
      const found = await findLaunch(this.extensionPath);
      if (!("interpreter" in found)) {
        this.launch = undefined;
        this.rejected = found;
        for (const one of found) this.log.warn(`${one.path} (${one.from}) is not used: ${one.why}`);
        this.log.error("there is no Python 3.10 or newer to run the server with");
        return this.become("no-python");
      }
      this.launch = found;
      this.rejected = [];
      const { path, version, from } = found.interpreter;
      this.log.info(`Python ${version}, ${path}, from ${from}; ${found.strategy}`);
      const began = Date.now();
      const client = this.made(found);
      this.client = client;
      await client.start();
      this.startedAfter = Date.now() - began;
      this.log.info(`the server runs after ${this.startedAfter} ms`);
      client.onDidChangeState(({ newState }) => this.follow(client, newState));
      return this.become("running");
    } catch (error) {
      this.log.error(`the server did not start: ${error instanceof Error ? error.message : String(error)}`);
      return this.become("failed");
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    try {
      await client.dispose(2_000);
    } catch (error) {
      this.log.debug(`the old server did not end well: ${String(error)}`);
    }
  }

  private made(launch: Launch): LanguageClient {
    const settings = vscode.workspace.getConfiguration("mldebt");
    const options: LanguageClientOptions = {
      documentSelector: SELECTOR,
      outputChannel: this.serverLog,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // Also sent when the server asks; here so that nothing flashes that the user has turned off.
      initializationOptions: () => this.settings(),
      errorHandler: { error: () => ({ action: ErrorAction.Continue, handled: true }), closed: () => this.closed() },
      stdioOptions: { stdout: () => undefined, stderr: (stream, channel) => pipe(stream, channel) },
      middleware: {
        window: { showDocument },
        workspace: {
          configuration: async (params, token, next) => {
            const answers = await next(params, token);
            if (!Array.isArray(answers)) return answers;
            return answers.map((one, at) => (params.items[at]?.section === "mldebt" ? { ...one, ...this.overrides } : one));
          },
        },
      },
    };
    const further = ["--stdio", `--clientProcessId=${process.pid}`];
    const level = settings.get<string>("logLevel");
    const file = settings.get<string>("logFile");
    if (level) further.push(`--log-level=${level}`);
    if (file) further.push(`--log-file=${file}`);
    return new LanguageClient("mldebt", "ML Debt", () => Promise.resolve(startProcess(launch, further)), options);
  }

  /** A client that restarts a crashed server by itself tells us only by its state. */
  private follow(client: LanguageClient, state: State): void {
    if (client !== this.client) return;
    if (state === State.Starting) this.become("starting");
    else if (state === State.Running) this.become("running");
  }

  private closed(): CloseHandlerResult {
    const now = Date.now();
    this.crashes.push(now);
    while ((this.crashes[0] ?? now) < now - WITHIN_MS) this.crashes.shift();
    if (this.crashes.length <= CRASHES) {
      this.log.warn(`the server ended by itself (${this.crashes.length} of ${CRASHES} times); starting it again`);
      return { action: CloseAction.Restart, handled: true };
    }
    this.log.error("the server keeps ending by itself and is not started again");
    this.crashes.length = 0;
    this.become("failed");
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private become(health: Health): void {
    this.health = health;
    this.changed.fire(health);
  }
}

function pipe(stream: NodeJS.ReadableStream, channel: vscode.LogOutputChannel): void {
  readline.createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
    const { level, text } = levelOf(line);
    channel[level](text);
  });
}

/** Rule pages are Markdown files of the server's: shown as pages, not as source. */
const showDocument: NonNullable<NonNullable<Middleware["window"]>["showDocument"]> = async (params, token, next) => {
  if (params.uri.startsWith("file:") && /\/mldebt-rules-[^/]*\/[\w-]+\.md$/.test(params.uri)) {
    await vscode.commands.executeCommand("markdown.showPreviewToSide", vscode.Uri.parse(params.uri));
    return { success: true };
  }
  return next(params, token);
};
