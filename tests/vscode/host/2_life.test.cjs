const { ID, assert, at, found, fs, folder, menu, open, path, pause, running, server, setting, some, tabs, take, pick, until, vscode, write } = require("./tools.cjs");

const LOAD = "import pandas as pd\n\ndf = pd.read_csv('/home/ann/data/train.csv')\n";
const command = (name, ...given) => vscode.commands.executeCommand(`mldebt.${name}`, ...given);

module.exports = {
  async "notebooks: findings and fixes in their cells"() {
    const notebook = await vscode.workspace.openNotebookDocument(at("explore.ipynb"));
    await vscode.window.showNotebookDocument(notebook);
    const code = () => notebook.getCells().filter((cell) => cell.kind === vscode.NotebookCellKind.Code);
    const cell = await until("findings in a cell", () => code().find((one) => found(one.document.uri, "hardcoded-path").length));
    const [finding] = found(cell.document.uri, "hardcoded-path");
    const before = cell.document.getText();
    const action = (await menu(cell.document.uri, finding.range)).find((one) => one.edit && !/Ignore|Fix all/.test(one.title));
    await take(action);
    await until("the cell changes", () => cell.document.getText() !== before || code().some((one) => /Path/.test(one.document.getText())));
    await until("the finding goes", () => !code().some((one) => found(one.document.uri).some((other) => other.message === finding.message)));
    await notebook.save();
    assert.match(fs.readFileSync(at("explore.ipynb").fsPath, "utf8"), /pathlib|Path/);
    JSON.parse(fs.readFileSync(at("explore.ipynb").fsPath, "utf8"));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  },

  async "settings take effect at once, without another process"() {
    const document = await write("settings.py", LOAD);
    const [before] = await some(document.uri, "hardcoded-path");
    assert.equal(before.severity, vscode.DiagnosticSeverity.Warning);
    const launched = server().client;
    await setting("severity", { "hardcoded-path": "error" });
    await until("another severity", () => found(document.uri, "hardcoded-path")[0]?.severity === vscode.DiagnosticSeverity.Error);
    await setting("ignore", ["hardcoded-path"]);
    await until("no finding", () => found(document.uri, "hardcoded-path").length === 0);
    await setting("ignore", undefined);
    await setting("severity", undefined);
    await until("as before", () => found(document.uri, "hardcoded-path")[0]?.severity === vscode.DiagnosticSeverity.Warning);
    assert.equal(server().client, launched);
  },

  async "the project's file takes effect when it is saved"() {
    const document = await write("project.py", LOAD);
    await some(document.uri, "hardcoded-path");
    const config = await write("mldebt.toml", 'ignore = ["hardcoded-pth"]\n');
    const [wrong] = await until("what is wrong is told in the file", () => found(config.uri).length && found(config.uri));
    assert.match(wrong.message, /hardcoded-path/);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(config.uri, new vscode.Range(0, 0, 9, 0), 'ignore = ["hardcoded-path"]\n');
    await vscode.workspace.applyEdit(edit);
    await config.save();
    await until("no finding", () => found(document.uri, "hardcoded-path").length === 0);
    await until("nothing wrong", () => found(config.uri).length === 0);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    fs.rmSync(config.uri.fsPath);
    await vscode.window.showTextDocument(document);
    await some(document.uri, "hardcoded-path");
  },

  async "restart: another process, the same findings"() {
    const document = await write("restart.py", LOAD);
    await some(document.uri, "hardcoded-path");
    const old = server().client;
    await Promise.all([command("restart"), command("restart"), command("restart")]);
    await running();
    assert.notEqual(server().client, old);
    await some(document.uri, "hardcoded-path");
    assert.equal(found(document.uri, "hardcoded-path").length, 1);
  },

  async "a server that dies is started again"() {
    const document = await write("crash.py", LOAD);
    await some(document.uri, "hardcoded-path");
    const pids = () => fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((pid) => {
      try {
        const words = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        return words.includes("--stdio") && words.some((word) => word.endsWith("/start.py")) && words.includes(`--clientProcessId=${process.pid}`);
      } catch {
        return false;
      }
    });
    const [pid, ...others] = pids();
    assert.ok(pid && !others.length, `one server: ${[pid, ...others]}`);
    process.kill(Number(pid), "SIGKILL");
    await until("another process", () => pids().some((one) => one !== pid));
    await running();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(2, 0), "dg = pd.read_csv('/home/ann/data/test.csv')\n");
    await vscode.workspace.applyEdit(edit);
    await until("it works", () => found(document.uri, "hardcoded-path").length === 2);
    await document.save();
  },

  async "no Python: told, and over when there is one"() {
    await setting("interpreter", "/nonexistent/python");
    await until("told", () => server().health === "no-python");
    assert.match(server().rejected[0].why, /no such file/);
    await setting("interpreter", undefined);
    await running();
    const document = await open("train.py");
    await some(document.uri);
  },

  async "fix all safe problems, in a file"() {
    const document = await write("safe.py", LOAD + "print(df)  # mldebt: ignore[magic-number] for nothing\n");
    await some(document.uri, "unused-suppression");
    await command("fixAll");
    await until("the suppression that silences nothing goes", () => !document.getText().includes("ignore["));
    await document.save();
  },

  async "scan the workspace: files that are not open are told of"() {
    const closed = at("closed.py");
    fs.writeFileSync(closed.fsPath, LOAD);
    await command("scanWorkspace");
    await until("findings of a closed file", () => found(closed, "hardcoded-path").length === 1);
  },

  async "fix all of a rule in the workspace"() {
    const document = await write("everywhere.py", LOAD);
    const [finding] = await some(document.uri, "hardcoded-path");
    const action = await pick(document.uri, finding, "in the workspace");
    assert.equal(action.command.command, "mldebt.fixRuleInWorkspace");
  },

  async "documentation of a rule, offline"() {
    await command("showRuleDocumentation", "hardcoded-path");
    await until("a page", () => tabs().some((tab) => /Preview.*hardcoded-path/.test(tab.label)));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  },

  async "a baseline: known debt is faint, hidden, and shown again"() {
    const document = await write("known.py", LOAD);
    const [finding] = await some(document.uri, "hardcoded-path");
    await take(await pick(document.uri, finding, "as known debt"));
    await until("faint", () => found(document.uri, "hardcoded-path")[0]?.severity === vscode.DiagnosticSeverity.Hint);
    assert.match(found(document.uri, "hardcoded-path")[0].message, /^known debt: /);
    await command("toggleBaselined");
    await until("hidden", () => found(document.uri, "hardcoded-path").length === 0);
    await command("toggleBaselined");
    await some(document.uri, "hardcoded-path");
    const baseline = at("mldebt-baseline.jsonl").fsPath;
    assert.ok(fs.readFileSync(baseline, "utf8").includes("known.py"));
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(2, 0, 3, 0));
    await vscode.workspace.applyEdit(edit);
    await document.save();
    void command("pruneBaseline");
    await until("what is paid off leaves the list", () => !fs.readFileSync(baseline, "utf8").includes("known.py"));
    fs.rmSync(baseline);
  },

  async "the score, in a document and in the status item"() {
    void command("showScore");
    await until("its text", () => / of 20: /.test(vscode.window.activeTextEditor?.document.getText() ?? ""));
    assert.match(server().score, /^\d+ of 20: /);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  },

  async "a configuration is created, and the one there is is shown"() {
    await open("serve.py");
    await command("createConfiguration");
    const { document } = vscode.window.activeTextEditor;
    assert.equal(document.uri.fsPath, at("mldebt.toml").fsPath);
    assert.match(document.getText(), /fail-on = "warning"/);
    assert.deepEqual(found(document.uri), [], "the server finds nothing wrong with it");
    await document.save();
    await command("createConfiguration");
    assert.equal(vscode.window.activeTextEditor.document.uri.fsPath, document.uri.fsPath);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    fs.rmSync(document.uri.fsPath, { force: true });
  },

  async "audit files are drafted, and what is there stays"() {
    const before = fs.readFileSync(at("labels.yaml").fsPath, "utf8");
    fs.rmSync(at("consumers.yaml").fsPath);
    void command("draftAuditFiles");
    await until("a draft", () => fs.existsSync(at("consumers.yaml").fsPath));
    assert.equal(fs.readFileSync(at("labels.yaml").fsPath, "utf8"), before);
    fs.rmSync(at("mldebt.toml").fsPath, { force: true });
  },

  async "debug information says what runs, and nothing of the project"() {
    await command("printDebugInformation");
    const text = vscode.window.activeTextEditor.document.getText();
    for (const word of ["mldebt-lsp: ", "python: 3.", "interpreter: ", "strategy: useBundled", "workspace trusted: true"]) assert.ok(text.includes(word), word);
    assert.ok(!text.includes(folder()), "no path of the project");
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  },

  async "the task checks the folder and its findings are matched"() {
    const tasks = await vscode.tasks.fetchTasks({ type: "mldebt" });
    assert.equal(tasks.length, 1);
    assert.deepEqual(tasks[0].problemMatchers, ["$mldebt"]);
    const ended = new Promise((resolve) => {
      const watch = vscode.tasks.onDidEndTaskProcess((event) => {
        watch.dispose();
        resolve(event.exitCode);
      });
    });
    await vscode.tasks.executeTask(tasks[0]);
    const code = await Promise.race([ended, pause(30_000).then(() => "late")]);
    if (code === undefined || code === "late") return console.log("# the task could not run: this VS Code has no terminals");
    assert.equal(code, 1);
    await until("the matcher's findings", () => vscode.languages.getDiagnostics(at("serve.py")).length > 0);
  },

  async "the sample is opened from our own storage, and has the flagship debts"() {
    await command("openSample");
    const { document } = vscode.window.activeTextEditor;
    assert.ok(!document.uri.fsPath.startsWith(folder()));
    await some(document.uri, "preprocessing-leak");
    for (const rule of ["hardcoded-path", "commented-out-code", "magic-hyperparameter", "magic-threshold"]) await some(document.uri, rule);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  },

  async "the walkthrough opens"() {
    await command("openWalkthrough");
    await until("its tab", () => tabs().some((tab) => /Walkthrough|Welcome|Get Started/i.test(tab.label)));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  },
};
