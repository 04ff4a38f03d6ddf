// The language server's life: found, started, restarted, stopped; one thing at a time.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Keeper } from "./mldebtClient";
import { SingleFlight } from "./flight";
import type { Rejected } from "./interpreter";
import { findLaunch, type Launch } from "./launch";

export type Health = "starting" | "running" | "no-python" | "failed" | "stopped";

const CRASHES = 4;
const WITHIN_MS = 3 * 60_000;
// vscode-languageclient's own numbers: a server that dies at once again and again is not worth starting.

export class Server implements vscode.Disposable, Keeper {
  client: LanguageClient | undefined;
  launch: Launch | undefined;
  rejected: readonly Rejected[] = [];
  health: Health = "stopped";
  startedAfter: number | undefined;
  /** The score in a line, as last worked out; "" before. */
  score = "";

  private readonly healthChanged = new vscode.EventEmitter<Health>();
  readonly onDidChangeHealth = this.healthChanged.event;
  private readonly flight = new SingleFlight(() => this.cycle());
  private readonly crashes: number[] = [];
  private readonly forThisWindow: Record<string, unknown> = {};
  private wanted = false;

  constructor(
    private readonly extensionPath: string,
    /** A folder of ours for this workspace. */
    private readonly storage: string,
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
    const found = await findLaunch(this.extensionPath, this.storage);
    if (JSON.stringify(found) !== JSON.stringify(this.launch ?? this.rejected)) await this.restart(why);
  }

  /** Ask the server to run one of its commands. Undefined when it is not running. */
  async ask<T>(command: string, ...given: unknown[]): Promise<T | undefined> {
    if (!this.client?.isRunning()) return undefined;
    return this.client.sendRequest("workspace/executeCommand", { command, arguments: given });
  }

  /** A setting as the server gets it. */
  setting<T>(name: string): T | undefined {
    return (this.forThisWindow[name] as T | undefined) ?? vscode.workspace.getConfiguration("mldebt").get<T>(name);
  }

  /** Another value for this window, without writing it into anybody's settings. */
  async override(name: string, value: unknown): Promise<void> {
    this.forThisWindow[name] = value;
    if (this.client?.isRunning()) {
      await this.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    }
  }

  /** Note the score that the command line has printed, for the status item. */
  scored(output: string): void {
    this.score = /^\d+ of \d+: [^\n]*/.exec(output)?.[0] ?? this.score;
    this.healthChanged.fire(this.health);
  }

  dispose(): void {
    this.healthChanged.dispose();
  }

  private async cycle(): Promise<void> {
    try {
      await this.end();
      if (!this.wanted) return this.become("stopped");
      this.become("starting");
      const began = Date.now();
      const asked = findLaunch(this.extensionPath, this.storage);
      // The library is read while the interpreter answers.
      const { makeClient } = require("./mldebtClient") as typeof import("./mldebtClient");
      const found = await asked;
      if (!("interpreter" in found)) return this.noPython(found);
      this.launch = found;
      this.rejected = [];
      const { path, version, from } = found.interpreter;
      this.log.info(`Python ${version}, ${path}, from ${from}; ${found.strategy}`);
      const client = makeClient(found, this.serverLog, this);
      this.client = client;
      await client.start();
      this.startedAfter = Date.now() - began;
      this.log.info(`the server runs after ${this.startedAfter} ms`);
      return this.become("running");
    } catch (error) {
      this.log.error(`the server did not start: ${error instanceof Error ? error.message : String(error)}`);
      return this.become("failed");
    }
  }

  private noPython(rejected: readonly Rejected[]): void {
    this.launch = undefined;
    this.rejected = rejected;
    for (const one of rejected) this.log.warn(`${one.path} (${one.from}) is not used: ${one.why}`);
    this.log.error("there is no Python 3.10 or newer to run the server with");
    this.become("no-python");
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

  private become(health: Health): void {
    if (this.health === health) return;
    this.health = health;
    this.healthChanged.fire(health);
  }

  // What the client asks

  settings(): object {
    return { ...vscode.workspace.getConfiguration("mldebt"), ...this.forThisWindow };
  }

  overrides(): object {
    return this.forThisWindow;
  }

  /** A client that restarts a crashed server by itself tells us only by its state. */
  changed(client: LanguageClient, running: boolean): void {
    if (client === this.client) this.become(running ? "running" : "starting");
  }

  startAgain(): boolean {
    const now = Date.now();
    this.crashes.push(now);
    while ((this.crashes[0] ?? now) < now - WITHIN_MS) this.crashes.shift();
    if (this.crashes.length <= CRASHES) {
      this.log.warn(`the server ended by itself (${this.crashes.length} of ${CRASHES} times); starting it again`);
      return true;
    }
    this.log.error("the server keeps ending by itself and is not started again");
    this.crashes.length = 0;
    this.become("failed");
    return false;
  }
}
