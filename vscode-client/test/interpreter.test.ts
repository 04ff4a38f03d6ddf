import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { findInterpreter, isBelow, isNewEnough, type Sources, which } from "../src/interpreter";

const sources = (given: Partial<Sources> = {}): Sources => ({
  setting: "",
  environmentMatters: false,
  folders: ["/work/project"],
  trusted: true,
  chosen: () => Promise.resolve(undefined),
  ...given,
});

/** Pythons by path, with their version; every other path does not exist. */
const machine = (pythons: Record<string, string>) => (python: string) =>
  python in pythons ? Promise.resolve(`${pythons[python]}\n${python}`) : Promise.reject(new Error(`spawn ${python} ENOENT`));

test("the first Python on the PATH that is new enough is taken", async () => {
  const probe = machine({ "/usr/bin/python3": "3.8", "/opt/bin/python3": "3.12" });
  const { found, rejected } = await findInterpreter(sources(), probe, () => ["/usr/bin/python3", "/opt/bin/python3"]);
  assert.deepEqual(found, { path: "/opt/bin/python3", version: "3.12", from: "the PATH" });
  assert.deepEqual(rejected, [{ path: "/usr/bin/python3", from: "the PATH", why: "it is Python 3.8" }]);
});

test("what the Python extension has chosen comes before the PATH", async () => {
  const probe = machine({ "/env/bin/python": "3.11", "/usr/bin/python3": "3.12" });
  const chosen = () => Promise.resolve("/env/bin/python");
  const { found } = await findInterpreter(sources({ chosen }), probe, () => ["/usr/bin/python3"]);
  assert.equal(found?.path, "/env/bin/python");
});

test("a Python extension that sleeps is woken only if the PATH has nothing, or its environment is the point", async () => {
  const asked: boolean[] = [];
  const chosen = (wake: boolean) => {
    asked.push(wake);
    return Promise.resolve(wake ? "/env/bin/python" : undefined);
  };
  const probe = machine({ "/env/bin/python": "3.10", "/usr/bin/python3": "3.12" });
  await findInterpreter(sources({ chosen }), probe, () => ["/usr/bin/python3"]);
  assert.deepEqual(asked, [false]);
  assert.equal((await findInterpreter(sources({ chosen }), probe, () => [])).found?.path, "/env/bin/python");
  asked.length = 0;
  const { found } = await findInterpreter(sources({ chosen, environmentMatters: true }), probe, () => ["/usr/bin/python3"]);
  assert.equal(found?.path, "/env/bin/python");
  assert.deepEqual(asked, [true]);
});

test("a Python that the user has named is used, or none", async () => {
  const probe = machine({ "/old/python": "3.9", "/usr/bin/python3": "3.12" });
  const { found, rejected } = await findInterpreter(sources({ setting: "/old/python" }), probe, () => ["/usr/bin/python3"]);
  assert.equal(found, undefined);
  assert.equal(rejected[0]?.why, "it is Python 3.9");
  const gone = await findInterpreter(sources({ setting: "/no/python" }), probe, () => ["/usr/bin/python3"]);
  assert.deepEqual(gone.rejected, [{ path: "/no/python", from: "the setting mldebt.interpreter", why: "there is no such file" }]);
});

test("nothing that lies in a workspace is run before it is trusted", async () => {
  const inside = "/work/project/.venv/bin/python";
  const probe = machine({ [inside]: "3.12", "/usr/bin/python3": "3.11" });
  const chosen = () => Promise.resolve(inside);
  const wary = await findInterpreter(sources({ chosen, trusted: false }), probe, () => [inside, "/usr/bin/python3"]);
  assert.equal(wary.found?.path, "/usr/bin/python3");
  assert.match(wary.rejected[0]?.why ?? "", /not trusted/);
  const trusting = await findInterpreter(sources({ chosen }), probe, () => ["/usr/bin/python3"]);
  assert.equal(trusting.found?.path, inside);
});

test("a launcher answers with the interpreter that it starts", async () => {
  const { found } = await findInterpreter(sources(), () => Promise.resolve("3.13\r\n/real/python3.13"), () => ["/shims/python3"]);
  assert.equal(found?.path, "/real/python3.13");
});

test("versions are compared as numbers", () => {
  assert.deepEqual(["3.9", "3.10", "3.14", "4.0", "2.7", ""].map(isNewEnough), [false, true, true, true, false, false]);
});

test("below a folder means inside it", () => {
  assert.ok(isBelow("/a/b/c", "/a/b"));
  assert.ok(isBelow("/a/b/..c/d", "/a/b"));
  assert.ok(!isBelow("/a/bc", "/a/b"));
  assert.ok(!isBelow("/a/b", "/a/b"));
  assert.ok(!isBelow("/x", "/a/b"));
});

test("a command is looked for on the PATH, never in the current folder", { skip: process.platform === "win32" }, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mldebt-which-"));
  const before = { path: process.env["PATH"], folder: process.cwd() };
  try {
    fs.writeFileSync(path.join(folder, "snake"), "#!/bin/sh\n", { mode: 0o755 });
    process.chdir(folder);
    process.env["PATH"] = [".", "", "/nonexistent"].join(path.delimiter);
    assert.equal(which("snake"), "snake");
    process.env["PATH"] = folder;
    assert.equal(which("snake"), path.join(folder, "snake"));
  } finally {
    process.env["PATH"] = before.path;
    process.chdir(before.folder);
    fs.rmSync(folder, { recursive: true });
  }
});
