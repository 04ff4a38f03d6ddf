const { ID, assert, at, found, menu, open, pick, running, some, take, takenAndUndone, until, vscode, write, fs } = require("./tools.cjs");

const LEAK = `from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

icon = "\u{1F4C9}"; X, y = load()
scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=0)
`;

module.exports = {
  async "it is activated quickly, and by nothing before"() {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, "the VSIX is installed");
    assert.ok(!extension.isActive, "nothing has started it yet");
    const opened = Date.now();
    const document = await open("train.py");
    await running();
    console.log(`# the server ran after ${extension.exports.startedAfter} ms`);
    await some(document.uri);
    console.log(`# findings ${Date.now() - opened} ms after the file was opened`);
    // What VS Code itself has measured.
    await vscode.commands.executeCommand("perfview.show");
    const row = await until("its figures", () => vscode.window.activeTextEditor?.document.getText().split("\n").find((line) => line.includes(ID) && line.includes("|")));
    const [, , eager, load, call, finish] = row.split("|").map((cell) => cell.trim());
    console.log(`# VS Code says of the activation: ${load} ms to load, ${call} ms to call, ${finish} ms to finish`);
    assert.equal(eager, "false", row);
    // 11 and 1 ms on two cores that others used as well (2026-11). This limit finds what is slow by its nature.
    assert.ok(Number(load) + Number(call) < 250, row);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  },

  async "findings of an open file"() {
    const document = await open("train.py");
    await some(document.uri, "preprocessing-leak");
    const rules = new Set(found(document.uri).map((one) => String(one.code.value)));
    for (const rule of ["preprocessing-leak", "hardcoded-path", "magic-hyperparameter", "commented-out-code"]) assert.ok(rules.has(rule), rule);
    const [leak] = found(document.uri, "preprocessing-leak");
    assert.equal(leak.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(leak.range), "scaler.fit_transform(X)");
    const [dead] = found(document.uri, "commented-out-code");
    assert.deepEqual(dead.tags, [vscode.DiagnosticTag.Unnecessary]);
  },

  async "columns are right behind an emoji"() {
    const document = await write("emoji.py", LEAK.replace("X = scaler", 'z = "\u{1F600}"; X = scaler'));
    const [leak] = await some(document.uri, "preprocessing-leak");
    assert.equal(document.getText(leak.range), "scaler.fit_transform(X)");
  },

  async "hover tells what, why and what to do"() {
    const document = await open("train.py");
    const [leak] = await some(document.uri, "preprocessing-leak");
    const shown = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, leak.range.start);
    const text = shown.flatMap((one) => one.contents.map((part) => part.value ?? part)).join("\n");
    assert.match(text, /Why it is debt/);
    assert.match(text, /preprocessing-leak/);
  },

  async "fix: the leak goes behind the split"() {
    const document = await write("leak.py", LEAK);
    const [leak] = await some(document.uri, "preprocessing-leak");
    const actions = await menu(document.uri, leak.range);
    assert.match(actions[0].title, /split/i, JSON.stringify(actions.map((one) => one.title)));
    await takenAndUndone(document, leak, actions[0].title, (text) => {
      assert.ok(text.indexOf("train_test_split(X") < text.indexOf("fit_transform("), text);
      assert.match(text, /scaler\.transform\(X_test\)/);
    });
  },

  async "fix: a number moves into a config class"() {
    const document = await open("train.py");
    const [number] = await some(document.uri, "magic-hyperparameter");
    const actions = await menu(document.uri, number.range);
    const action = actions.find((one) => /config/i.test(one.title) && one.edit);
    assert.ok(action, JSON.stringify(actions.map((one) => one.title)));
    await takenAndUndone(document, number, action.title, (text) => assert.match(text, /@dataclass/));
  },

  async "fix: dead code is deleted"() {
    const document = await open("train.py");
    const [dead] = await some(document.uri, "commented-out-code");
    await takenAndUndone(document, dead, "Delete", (text) => assert.doesNotMatch(text, /# table = table/));
  },

  async "fix: a path below somebody's home becomes one of the project's"() {
    const document = await open("train.py");
    const [one] = await some(document.uri, "hardcoded-path");
    const actions = await menu(document.uri, one.range);
    const action = actions.find((other) => other.edit && /[Pp]ath|folder|file/.test(other.title) && !/Ignore|Fix all/.test(other.title));
    assert.ok(action, JSON.stringify(actions.map((other) => other.title)));
    await takenAndUndone(document, one, action.title, (text) => assert.match(text, /Path(\(|\.home)/));
  },

  async "fix all of one rule in the file"() {
    const document = await write("dead.py", "import pandas as pd\n\ndf = pd.read_csv('a.csv')\n# df = df.dropna()\n# df = df[df.age > 3]\nprint(df)\n# df.to_csv('b.csv')\n# print(df.head())\n");
    const dead = await some(document.uri, "commented-out-code");
    assert.ok(dead.length > 1);
    await takenAndUndone(document, dead[0], "Fix all `commented-out-code` in this file", (text) => {
      assert.equal(text, "import pandas as pd\n\ndf = pd.read_csv('a.csv')\nprint(df)\n");
    });
  },

  async "ignore on the line, in the file, in the project"() {
    const document = await write("ignored.py", LEAK);
    const [leak] = await some(document.uri, "preprocessing-leak");
    await takenAndUndone(document, leak, "on this line", (text) => assert.match(text, /# mldebt: ignore\[preprocessing-leak\]/));
    await takenAndUndone(document, leak, "in this file, with", (text) => assert.match(text, /# mldebt: ignore-file\[preprocessing-leak\]/));
    const action = await pick(document.uri, leak, "in this project");
    await take(action);
    const [[target]] = action.edit.entries();
    const config = await vscode.workspace.openTextDocument(target);
    assert.match(config.getText(), /preprocessing-leak/);
    await vscode.window.showTextDocument(config);
    await config.save();
    await until("the project's file silences it", () => found(document.uri, "preprocessing-leak").length === 0);
    fs.rmSync(target.fsPath);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.window.showTextDocument(document);
    await some(document.uri, "preprocessing-leak");
  },

  async "explain opens the rule's page as a page"() {
    const document = await open("leak.py");
    const [leak] = await some(document.uri, "preprocessing-leak");
    await take(await pick(document.uri, leak, "Explain `preprocessing-leak`"));
    await until("a preview", () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).some((tab) => /Preview.*preprocessing-leak/.test(tab.label)));
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  },

  async "source.fixAll.mldebt, which fix on save asks for, takes what is safe"() {
    const document = await write("saved.py", `${LEAK}print(X_test)  # mldebt: ignore[magic-number] for nothing\n`);
    await some(document.uri, "unused-suppression");
    const actions = await menu(document.uri, new vscode.Range(0, 0, 0, 0), "source.fixAll.mldebt");
    assert.deepEqual(actions.map((one) => one.kind.value), ["source.fixAll.mldebt"]);
    await take(actions[0]);
    assert.doesNotMatch(document.getText(), /ignore\[/);
    await document.save();
  },

  async "fix on save, as the editor's own settings ask for it"() {
    const document = await write("on_save.py", `${LEAK}print(X_test)  # mldebt: ignore[magic-number] for nothing\n`);
    await some(document.uri, "unused-suppression");
    await ofEditor("editor.codeActionsOnSave", { "source.fixAll.mldebt": "explicit" }, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "# touched\n");
      await vscode.workspace.applyEdit(edit);
      await document.save();
      const saved = fs.readFileSync(document.uri.fsPath, "utf8");
      assert.doesNotMatch(saved, /ignore\[/);
      assert.match(saved, /^# touched\n/);
      assert.match(saved, /X = scaler\.fit_transform\(X\)/, "what is not safe stays as it is");
    });
    // And not when nobody asked for it.
    const other = await write("no_save.py", `${LEAK}print(X_test)  # mldebt: ignore[magic-number] for nothing\n`);
    await some(other.uri, "unused-suppression");
    await other.save();
    assert.match(fs.readFileSync(other.uri.fsPath, "utf8"), /ignore\[/);
  },

  async "fix on save of a notebook"() {
    const cells = ["import pandas as pd\nprint(pd.__version__)  # mldebt: ignore[magic-number] for nothing\n", "x = 1  # mldebt: ignore[hardcoded-path] nor here\nprint(x)"];
    const target = at("on_save.ipynb");
    const json = { cells: cells.map((text) => ({ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source: text.split(/(?<=\n)/) })), metadata: {}, nbformat: 4, nbformat_minor: 4 };
    fs.writeFileSync(target.fsPath, JSON.stringify(json, undefined, 1));
    const notebook = await vscode.workspace.openNotebookDocument(target);
    await vscode.window.showNotebookDocument(notebook);
    const texts = () => notebook.getCells().map((cell) => cell.document.getText());
    await until("findings in both cells", () => notebook.getCells().every((cell) => found(cell.document.uri, "unused-suppression").length));
    await ofEditor("notebook.codeActionsOnSave", { "notebook.source.fixAll.mldebt": "explicit" }, async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(notebook.cellAt(0).document.uri, new vscode.Position(0, 0), "# touched\n");
      await vscode.workspace.applyEdit(edit);
      await until("a changed notebook", () => notebook.isDirty);
      await notebook.save();
    });
    const saved = JSON.parse(fs.readFileSync(target.fsPath, "utf8")).cells.map((cell) => [cell.source].flat().join(""));
    assert.deepEqual(saved, texts());
    assert.ok(!saved.join().includes("ignore["), JSON.stringify(saved));
    assert.match(saved[0], /^# touched\n/);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  },
};

/** Runs with a setting of the editor's own, which is then taken back. */
async function ofEditor(name, value, run) {
  const settings = vscode.workspace.getConfiguration();
  await settings.update(name, value, vscode.ConfigurationTarget.Global);
  try {
    await run();
  } finally {
    await settings.update(name, undefined, vscode.ConfigurationTarget.Global);
  }
}
