/**
 * Headquarters as a process on its embedded database: restarts, kills at chosen moments, and what
 * it says where it cannot start. Skipped where the database's programs are not installed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { isAlive } from "../../../tools/hq/postgres/pidfile.ts";
import { headquartersKey, registerTerminal } from "../../../tools/hq/keys.ts";
import { epochOf, linkOf, signerOf, TestHistory } from "../../support/hq-history.ts";
import { postmasterOf, runningPostmasterOf, runProgram, startProgram } from "../../support/hq-process.ts";
import type { HqProcess } from "../../support/hq-process.ts";
import { TestTerminal } from "../../support/hq-terminal.ts";

const MAIN = "tools/hq/main.ts";
const CHILD = "tests/support/hq-child.ts";

let dataDir = "";
const running: HqProcess[] = [];

beforeEach(({ skip }) => {
  if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
  dataDir = mkdtempSync(join(tmpdir(), "hq-process-"));
  registerTerminal(join(dataDir, "keys"), linkOf("t1"), signerOf("t1").publicKey);
});

afterEach(async () => {
  for (const program of running.splice(0)) {
    if (program.child.exitCode === null && program.child.signalCode === null) await program.end("SIGTERM");
  }
  // A killed headquarters leaves its database; the tools end it when they are done with it.
  const pid = postmasterOf(dataDir);
  if (pid !== null && isAlive(pid)) await report();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(program = MAIN, ...more: readonly string[]): Promise<HqProcess> {
  const texts = program === MAIN ? ["--data", dataDir, "--port", "0"] : [dataDir, ...more];
  const started = await startProgram(program, texts);
  running.push(started);
  return started;
}

function connect(hq: HqProcess): Promise<TestTerminal> {
  return TestTerminal.connect(hq.port, "t1", headquartersKey(join(dataDir, "keys")).signer.publicKey);
}

async function report(): Promise<Readonly<Record<string, unknown>>> {
  const { code, stdout, stderr } = await runProgram("tools/hq/report.ts", ["--data", dataDir]);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

async function heldLines(): Promise<readonly unknown[]> {
  const { stdout } = await runProgram("tools/hq/records.ts", ["--data", dataDir, "--terminal", "t1"]);
  return stdout
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

function linesOf(history: TestHistory): readonly unknown[] {
  return history.records.map(({ epoch, seq, bytes }) => ({
    epoch,
    seq,
    bytes: Buffer.from(bytes).toString("hex"),
  }));
}

function soldHistory(saleCount: number): TestHistory {
  const a = new TestHistory("t1", epochOf("a"));
  for (let count = 0; count < saleCount; count += 1) a.sale();
  return a;
}

test("what was acknowledged is there after a restart, and the report works with and without headquarters", async () => {
  const hq = await start();
  const terminal = await connect(hq);
  const { incarnation } = await terminal.hello();
  const a = soldHistory(3);
  expect(await terminal.send(a.arrival().body)).toMatchObject({ kind: "ack", position: a.tip });
  expect(await report()).toMatchObject({ net: "15.00", saleCount: 3, lagCount: 0, alarms: [] });
  expect(await heldLines()).toEqual(linesOf(a));
  const database = runningPostmasterOf(dataDir);
  expect(await hq.end("SIGTERM")).toBe(0);
  expect(isAlive(database)).toBe(false);

  expect(await report()).toMatchObject({ net: "15.00", eventCount: a.tip.seq, lagCount: 0 });
  expect(await heldLines()).toEqual(linesOf(a));
  expect(postmasterOf(dataDir)).toBeNull();

  const again = await connect(await start());
  expect(await again.hello()).toMatchObject({ incarnation, holds: [a.tip] });
  expect(await again.send(a.arrival().body)).toMatchObject({ kind: "ack", position: a.tip });
  await again.close();
});

test("killed between commit and ack: the resend gets the same ack and the rows are there once", async () => {
  const hq = await start(CHILD, "after-commit");
  const terminal = await connect(hq);
  await terminal.hello();
  const a = soldHistory(2);
  await expect(terminal.publish(a.arrival().body)).rejects.toThrow("The connection was closed");
  await hq.ended;

  const again = await connect(await start());
  expect(await again.hello()).toMatchObject({ holds: [a.tip] });
  expect(await again.send(a.arrival().body)).toMatchObject({ kind: "ack", position: a.tip });
  expect(await heldLines()).toEqual(linesOf(a));
  expect(await report()).toMatchObject({ net: "10.00", saleCount: 2 });
  await again.close();
});

test("killed before the commit: nothing is held, and the resend is stored", async () => {
  const hq = await start(CHILD, "before-commit");
  const terminal = await connect(hq);
  await terminal.hello();
  const a = soldHistory(1);
  await expect(terminal.publish(a.arrival().body)).rejects.toThrow("The connection was closed");
  await hq.ended;

  const again = await connect(await start());
  expect(await again.hello()).toMatchObject({ holds: [] });
  expect(await again.send(a.arrival().body)).toMatchObject({ kind: "ack", position: a.tip });
  expect(await report()).toMatchObject({ net: "5.00", saleCount: 1 });
  await again.close();
});

test("killed in the middle of projecting: position and tables agree, and the next one ends the work", async () => {
  const hq = await start(CHILD, "in-fold");
  const terminal = await connect(hq);
  await terminal.hello();
  const a = soldHistory(4);
  // Acknowledged or not, it is committed: the projector begins only then.
  await Promise.allSettled([terminal.publish(a.arrival().body), hq.ended]);
  await start();
  expect(await report()).toMatchObject({
    net: "20.00",
    saleCount: 4,
    orderCount: 4,
    lagCount: 0,
    views: { matches: 4, differs: 0, pending: 0 },
    alarms: [],
  });
});

test("a killed headquarters leaves its database, and the next one goes on with it", async () => {
  const hq = await start();
  const database = runningPostmasterOf(dataDir);
  await hq.end("SIGKILL");
  expect(isAlive(database)).toBe(true);
  const next = await start();
  expect(postmasterOf(dataDir)).toBe(database);
  expect(await next.end("SIGTERM")).toBe(0);
  expect(isAlive(database)).toBe(false);
});

test("a database that is killed ends headquarters with hq/postgres_lost, and the next start recovers", async () => {
  const hq = await start();
  const terminal = await connect(hq);
  await terminal.hello();
  const a = soldHistory(1);
  await terminal.send(a.arrival().body);
  process.kill(runningPostmasterOf(dataDir), "SIGKILL");
  await hq.ended;
  expect(hq.child.exitCode).toBe(1);
  const again = await connect(await start());
  expect(await again.hello()).toMatchObject({ holds: [a.tip] });
  await again.close();
});

test("a second headquarters on the same folder is refused, and so is a port that is taken", async () => {
  const hq = await start();
  const second = await runProgram(MAIN, ["--data", dataDir, "--port", "0"]);
  expect(second).toMatchObject({ code: 1, stdout: "" });
  expect(second.stderr).toContain("hq/already_running");
  const elsewhere = join(dataDir, "elsewhere");
  const taken = await runProgram(MAIN, ["--data", elsewhere, "--port", String(hq.port)]);
  expect(taken).toMatchObject({ code: 1, stdout: "" });
  expect(taken.stderr).toContain(`hq/port_in_use`);
  expect(postmasterOf(elsewhere)).toBeNull();
});

test.each([
  [["--data", "/tmp", "--port", "many"], 2, "hq/configuration: This setting cannot be used: --port"],
  [["--port", "0"], 2, "--data: name a folder"],
  [["--data", "/dev/null"], 2, "--data: /dev/null is no folder"],
])("headquarters started with %j says what is wrong and ends with %i", async (texts, code, sentence) => {
  const ended = await runProgram(MAIN, texts);
  expect(ended).toMatchObject({ code, stdout: "" });
  expect(ended.stderr).toContain(sentence);
});

test("a damaged key ends the start with hq/key_unreadable and leaves no database behind", async () => {
  mkdirSync(join(dataDir, "keys"), { recursive: true });
  writeFileSync(join(dataDir, "keys", "hq.key"), "half");
  const ended = await runProgram(MAIN, ["--data", dataDir, "--port", "0"]);
  expect(ended).toMatchObject({ code: 1, stdout: "" });
  expect(ended.stderr).toContain("hq/key_unreadable");
  expect(postmasterOf(dataDir)).toBeNull();
});

test.each([MAIN, "tools/hq/report.ts", "tools/hq/records.ts"])(
  "%s --help says how it is used",
  async (program) => {
    const { code, stdout } = await runProgram(program, ["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`node ${program} --data DIR`);
  },
);
