import assert from "node:assert/strict";
import { test } from "node:test";
import { withLimit } from "../src/environments";
import { SingleFlight } from "../src/flight";
import { levelOf } from "../src/logs";
import { placeOf, sealed } from "../src/sealed";

const tick = () => new Promise((resolve) => setImmediate(resolve));

test("however often it is asked for, one run is under way and one waits", async () => {
  let running = 0;
  let runs = 0;
  const gates: (() => void)[] = [];
  const flight = new SingleFlight(async () => {
    assert.equal(++running, 1);
    runs++;
    await new Promise<void>((resolve) => gates.push(resolve));
    running--;
  });
  const asked = [flight.run(), flight.run(), flight.run(), flight.run()];
  gates.shift()?.();
  await tick();
  await tick();
  assert.equal(runs, 2);
  gates.shift()?.();
  await Promise.all(asked);
  assert.equal(runs, 2);
  void flight.run();
  assert.equal(runs, 3);
  gates.shift()?.();
});

test("a run that fails does not keep the next one from running", async () => {
  let runs = 0;
  const flight = new SingleFlight(() => (++runs === 1 ? Promise.reject(new Error("no")) : Promise.resolve()));
  const first = flight.run();
  const second = flight.run();
  await assert.rejects(first);
  await second;
  assert.equal(runs, 2);
});

test("who does not answer in time has no answer", async () => {
  assert.equal(await withLimit(new Promise(() => undefined), 5), undefined);
  assert.equal(await withLimit(Promise.reject(new Error("broken")), 50), undefined);
  assert.equal(await withLimit(Promise.resolve("python"), 50), "python");
});

test("the server's log lines keep their level", () => {
  assert.deepEqual(levelOf("2026-01-15 10:11:12,345 WARNING mldebt.lsp: no such file"), { level: "warn", text: "mldebt.lsp: no such file" });
  assert.deepEqual(levelOf("2026-01-15 10:11:12,345 DEBUG mldebt.engine: 3 files"), { level: "debug", text: "mldebt.engine: 3 files" });
  assert.equal(levelOf("Traceback (most recent call last):").level, "error");
});

test("a page in the editor loads nothing, and runs only what bears our mark", () => {
  const page = "<!doctype html><html><head lang='en'><meta http-equiv='Content-Security-Policy' content='x'><script>go()</script></head><body></body></html>";
  const shown = sealed(page, "abc");
  assert.equal(shown.match(/Content-Security-Policy/g)?.length, 1);
  assert.match(shown, /default-src 'none'/);
  assert.ok(shown.indexOf("Content-Security-Policy") < shown.indexOf("go()"));
  assert.equal(shown.match(/<script(?! nonce="abc")/g), null);
  assert.doesNotMatch(shown, /https?:\/\//);
  assert.match(sealed("<p>bare</p>", "n"), /<head>.*<\/head><body><p>bare<\/p>/s);
});

test("a link of the report is a place in its folder, or nothing", () => {
  const folder = "/home/me/project";
  assert.deepEqual(placeOf("src/train.py#L12", folder), { file: `${folder}/src/train.py`, line: 11, column: 0 });
  assert.deepEqual(placeOf("src/train.py#L12C5-L13", folder), { file: `${folder}/src/train.py`, line: 11, column: 4 });
  assert.deepEqual(placeOf("src/train.py:12:3", folder), { file: `${folder}/src/train.py`, line: 11, column: 2 });
  assert.deepEqual(placeOf("a%20b/c.py", folder), { file: `${folder}/a b/c.py`, line: 0, column: 0 });
  assert.deepEqual(placeOf(`file://${folder}/x.py#L1`, folder), { file: `${folder}/x.py`, line: 0, column: 0 });
  assert.deepEqual(placeOf("n.ipynb#cell3L2C1", folder), { file: `${folder}/n.ipynb`, line: 1, column: 0, cell: 2 });
  for (const other of ["../secret.py", "/etc/passwd", "https://example.com/a.py", "mailto:a@b.c", "a%zz.py", ""]) {
    assert.equal(placeOf(other, folder), undefined, other);
  }
});
