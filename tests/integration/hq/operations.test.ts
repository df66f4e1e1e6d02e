/**
 * Headquarters' operations as their commands: backup beside a running one, restore, rebuild, verify,
 * stock that runs low. Skipped where the database's programs are not installed.
 */
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decodeRecord } from "../../../protocol/record.ts";
import { headquartersKey, registerTerminal } from "../../../tools/hq/keys.ts";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { epochOf, linkOf, signerOf, TestHistory } from "../../support/hq-history.ts";
import { runProgram, startProgram } from "../../support/hq-process.ts";
import type { HqProcess } from "../../support/hq-process.ts";
import { TestTerminal } from "../../support/hq-terminal.ts";

let folder = "";
const running: HqProcess[] = [];

beforeEach(({ skip }) => {
  if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
  folder = mkdtempSync(join(tmpdir(), "hq-operations-"));
  // The database's own account passes through: it lies in the folder and goes with it.
  chmodSync(folder, 0o755);
  registerTerminal(join(data(), "keys"), linkOf("t1"), signerOf("t1").publicKey);
});

afterEach(async () => {
  for (const program of running.splice(0)) {
    if (program.child.exitCode === null && program.child.signalCode === null) await program.end("SIGTERM");
  }
  rmSync(folder, { recursive: true, force: true });
});

function data(name = "hq"): string {
  return join(folder, name);
}

async function start(name = "hq"): Promise<HqProcess> {
  const started = await startProgram("tools/hq/main.ts", ["--data", data(name), "--port", "0"]);
  running.push(started);
  return started;
}

function connect(hq: HqProcess, name = "hq"): Promise<TestTerminal> {
  return TestTerminal.connect(hq.port, "t1", headquartersKey(join(data(name), "keys")).signer.publicKey);
}

async function said(program: string, ...texts: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runProgram(`tools/hq/${program}.ts`, texts);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout.split("\n")[0] ?? "{}");
}

test(
  "backed up while it runs, destroyed and restored: totals equal, the terminal sends the rest, nothing doubled",
  { timeout: 120_000 },
  async () => {
    const hq = await start();
    const terminal = await connect(hq);
    await terminal.hello();
    const history = new TestHistory("t1", epochOf("a"));
    for (let count = 0; count < 12; count += 1) history.sale();
    await terminal.send(history.arrival().body);
    const backup = join(folder, "backup");
    expect(await said("backup", "--data", data(), "--to", backup)).toMatchObject({
      recordCount: history.tip.seq,
    });
    const before = await said("report", "--data", data());
    // Sold after the backup, acknowledged by a headquarters that is about to be lost.
    const heldSeq = history.tip.seq;
    history.sale();
    await terminal.send(history.arrival(heldSeq + 1).body);
    expect(await hq.end("SIGTERM")).toBe(0);
    rmSync(data(), { recursive: true, force: true });

    expect(await said("backup", "--check", backup)).toMatchObject({ recordCount: heldSeq });
    expect(await said("backup", "--data", data("new"), "--from", backup)).toMatchObject({
      recordCount: heldSeq,
    });
    expect(await said("report", "--data", data("new"))).toEqual(before);
    const again = await connect(await start("new"), "new");
    expect(await again.hello()).toMatchObject({ holds: [{ seq: heldSeq }] });
    // From the start, as a terminal that knows nothing: blocks that are held count once.
    expect(await again.send(history.arrival().body)).toMatchObject({ kind: "ack", position: history.tip });
    expect(await said("report", "--data", data("new"))).toMatchObject({
      net: "65.00",
      saleCount: 13,
      alarms: [],
    });
    for (let times = 0; times < 2; times += 1) {
      expect(await said("rebuild", "--data", data("new"))).toMatchObject({ isSame: true, changed: [] });
    }
    await again.close();
  },
);

test(
  "a receipt is verified beside a running headquarters, and one that was altered is not",
  { timeout: 60_000 },
  async () => {
    const hq = await start();
    const terminal = await connect(hq);
    await terminal.hello();
    const history = new TestHistory("t1", epochOf("a"));
    history.sale();
    await terminal.send(history.arrival().body);
    const closing = history.records.at(-1);
    const record = closing === undefined ? null : decodeRecord(closing.bytes, closing);
    if (record?.ok !== true || record.value.event.type !== "check_closed")
      throw new Error("operations: The last record must be a closing");
    const shortHash = Buffer.from(record.value.event.viewHash.subarray(0, 4)).toString("hex");
    const verify = async (receipt: string) => {
      const run = promisify(execFile)("tools/verify", [
        "--data",
        data(),
        "--tenant",
        linkOf("t1").tenant,
        "--receipt",
        receipt,
      ]);
      const { stdout } = await run.catch((error: unknown) => error as { readonly stdout: string });
      return JSON.parse(stdout);
    };
    expect(await verify(`Record t1 ${record.value.seq} ${shortHash}`)).toMatchObject({ verdict: "genuine" });
    expect(await verify(`Record t1 ${record.value.seq} 00000000`)).toMatchObject({ verdict: "altered" });
    expect(await verify(`Record t1 ${record.value.seq + 9} ${shortHash}`)).toMatchObject({
      verdict: "not_held",
    });
    expect(await verify("no receipt")).toMatchObject({ verdict: "unreadable" });
    await terminal.close();
  },
);

test(
  "what was counted runs low by sales, and its terminal is told with an ack",
  { timeout: 60_000 },
  async () => {
    const file = join(folder, "count.csv");
    writeFileSync(file, "sku,counted,target\ntea,10,10\n");
    const levels = await said("stock", "--data", data(), "--count", file);
    expect(levels).toMatchObject({ sku: "tea", levelMilli: 10_000, isLow: false });
    const terminal = await connect(await start());
    await terminal.hello();
    const history = new TestHistory("t1", epochOf("a"));
    // The projector works behind the acks: some sale after the sixth brings the notice.
    for (let count = 0; count < 100; count += 1) {
      const fromSeq = history.tip.seq + 1;
      history.sale({ quantityMilli: 1000 });
      await terminal.send(history.arrival(count === 0 ? 1 : fromSeq).body);
      if (terminal.arrivedCount > 0) break;
    }
    expect(await terminal.next()).toMatchObject({
      kind: "notice",
      low: [{ sku: "tea", targetMilli: 10_000 }],
    });
    await terminal.close();
  },
);

test("a count with a wrong row is refused whole, with its row", { timeout: 60_000 }, async () => {
  const file = join(folder, "count.csv");
  writeFileSync(file, "sku,counted,target\ntea,10,10\nbun,x,1\n");
  await start();
  const { code, stderr } = await runProgram("tools/hq/stock.ts", ["--data", data(), "--count", file]);
  expect(code).toBe(2);
  expect(stderr).toContain("row 3: counted x");
  expect((await runProgram("tools/hq/stock.ts", ["--data", data()])).stdout).toBe("");
});
