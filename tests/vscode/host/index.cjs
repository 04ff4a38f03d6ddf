// Runs inside the real extension host, with the real `vscode` API, beside the installed VSIX.
// Each file of this folder exports tests by name; VSCODE_TESTS in the driver may pick some by a word.
const fs = require("node:fs");
const path = require("node:path");

exports.run = async function run() {
  const word = fs.existsSync(path.join(__dirname, ".only")) ? fs.readFileSync(path.join(__dirname, ".only"), "utf8").trim() : "";
  let passed = 0;
  let failed = 0;
  for (const file of fs.readdirSync(__dirname).filter((name) => name.endsWith(".test.cjs")).sort()) {
    for (const [name, test] of Object.entries(require(path.join(__dirname, file)))) {
      if (word && !name.includes(word)) continue;
      const began = Date.now();
      try {
        await test();
        passed++;
        console.log(`ok - ${name} (${Date.now() - began} ms)`);
      } catch (error) {
        failed++;
        console.error(`not ok - ${name}\n${error.stack}`);
      }
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed) throw new Error(`${failed} failed`);
};
