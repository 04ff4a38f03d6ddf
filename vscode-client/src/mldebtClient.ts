// The language client itself, and its library with it: loaded when the server starts, not when the extension does.

import * as readline from "node:readline";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient/node";
import { type Launch, startProcess } from "./launch";
import { levelOf } from "./logs";
import { agreed } from "./review";

const SELECTOR = [
  ...["file", "untitled", "vscode-notebook-cell"].map((scheme) => ({ scheme, language: "python" })),
  // Manifests and configuration, whatever language the editor takes them for.
  ...["**/*.{toml,yaml,yml}", "**/*{requirements,constraints}*.{txt,in}"].map((pattern) => ({ scheme: "file", pattern })),
];

/** What the client asks of whoever keeps it. */
export interface Keeper {
  /** Settings as the server is to see them when it starts. */
  settings(): object;
  /** Those of them that hold for this window only. */
  overrides(): object;
  /** The server ended by itself: whether to start it again. */
  startAgain(): boolean;
  changed(client: LanguageClient, running: boolean): void;
}

/** Says nothing of requests that came too late for a server that is ending: nobody needs an answer then. */
class Client extends LanguageClient {
  override handleFailedRequest<T>(...given: Parameters<typeof LanguageClient.prototype.handleFailedRequest<T>>): T {
    return this.isRunning() ? super.handleFailedRequest(...given) : given[3];
  }
}

export function makeClient(launch: Launch, log: vscode.LogOutputChannel, keeper: Keeper): LanguageClient {
  const settings = vscode.workspace.getConfiguration("mldebt");
  const further = ["--stdio", `--clientProcessId=${process.pid}`];
  const level = settings.get<string>("logLevel");
  const file = settings.get<string>("logFile");
  if (level) further.push(`--log-level=${level}`);
  if (file) further.push(`--log-file=${file}`);
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // Also sent when the server asks; here so that nothing flashes that the user has turned off.
    initializationOptions: () => keeper.settings(),
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => ({ action: keeper.startAgain() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
    },
    stdioOptions: { stdout: () => undefined, stderr: pipe },
    middleware: {
      window: { showDocument },
      workspace: {
        handleApplyEdit: async (params, next) =>
          (await agreed(params)) ? next(params, new vscode.CancellationTokenSource().token) : { applied: false },
        configuration: async (params, token, next) => {
          const answers = await next(params, token);
          if (!Array.isArray(answers)) return answers;
          return answers.map((one, at) => (params.items[at]?.section === "mldebt" ? { ...one, ...keeper.overrides() } : one));
        },
      },
    },
  };
  const client = new Client("mldebt", "ML Debt", () => Promise.resolve(startProcess(launch, further)), options);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting || newState === State.Running) keeper.changed(client, newState === State.Running);
  });
  return client;
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
