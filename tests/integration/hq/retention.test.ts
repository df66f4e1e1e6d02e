/**
 * Retention on a real PostgreSQL: nothing goes that two verified backups do not hold, and what is gone can
 * still be told, refused, backed up on a base and restored. Skipped where the database is not installed.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decodeRecord } from "../../../protocol/record.ts";
import { lookAtInstance, openInstance } from "../../../tools/hq/instance.ts";
import { registerTerminal } from "../../../tools/hq/keys.ts";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { createProjection } from "../../../tools/hq/project.ts";
import { projectAll } from "../../../tools/hq/projector.ts";
import { Database } from "../../../tools/hq/store/sql.ts";
import type { SqlValue } from "../../../tools/hq/store/sql.ts";
import { digestOf } from "../../../tools/hq/backup/format.ts";
import { epochOf, linkOf, signerOf, TENANT, TestHistory } from "../../support/hq-history.ts";
import { runProgram } from "../../support/hq-process.ts";

let folder = "";
const POLICY = { rawBatches: { days: 90, backups: 2 }, houseEvents: { days: 90 }, blobs: "named" };
const SALE_COUNT = 100;
const HOUSE_COUNT = 3;

beforeEach(({ skip }) => {
  if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
  folder = mkdtempSync(join(tmpdir(), "hq-retention-"));
  // The database's own account passes through: it lies in the folder and goes with it.
  chmodSync(folder, 0o755);
  registerTerminal(join(data(), "keys"), linkOf("t1"), signerOf("t1").publicKey);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function data(name = "hq"): string {
  return join(folder, name);
}

/** A hundred batches of one sale each, a year old, and a file that nobody names. */
async function sold(): Promise<TestHistory> {
  const history = new TestHistory("t1", epochOf("a"));
  const blob = new TextEncoder().encode("a catalogue of last year");
  const instance = await openInstance(data());
  const { store } = instance;
  try {
    for (let count = 0; count < SALE_COUNT; count += 1) {
      const fromSeq = count === 0 ? 1 : history.tip.seq + 1;
      if (count < HOUSE_COUNT) history.filler("moved");
      history.sale();
      await store.commit([{ ...history.arrival(fromSeq), receivedAtMs: Date.now() - 365 * 86_400_000 }]);
    }
    await store.putBlob(TENANT, digestOf(blob), blob);
    await projectAll(store, TENANT, createProjection());
  } finally {
    await instance.close();
  }
  writeFileSync(join(data(), "retention.json"), JSON.stringify(POLICY));
  return history;
}

async function sql(text: string, values: readonly SqlValue[] = []): Promise<readonly unknown[]> {
  const look = await lookAtInstance(data());
  if (look === null) throw new Error("retention: There must be a database");
  const database = new Database(look.connection);
  try {
    return await database.rows(text, values);
  } finally {
    await database.close();
    await look.close();
  }
}

async function ran(program: string, ...texts: readonly string[]) {
  const { code, stdout, stderr } = await runProgram(`tools/hq/${program}.ts`, ["--data", data(), ...texts]);
  return { code, stderr, said: JSON.parse(stdout.split("\n")[0] || "{}") };
}

async function backUp(name: string, ...more: readonly string[]): Promise<void> {
  expect(await ran("backup", "--to", join(folder, name), ...more)).toMatchObject({ code: 0, stderr: "" });
}

async function goingCount(): Promise<number> {
  const { said } = await ran("retention", "--dry-run", "--json");
  const rows: readonly { kind: string; does: string; count: number }[] = said.rows;
  return rows
    .filter(({ kind, does }) => kind === "batches" && does === "go")
    .reduce((sum, its) => sum + its.count, 0);
}

test(
  "nothing goes before two whole backups hold it; then bodies go, places stay, and everything else says so",
  { timeout: 180_000 },
  async () => {
    const history = await sold();
    const report = await ran("report");
    expect(await goingCount()).toBe(0);
    await backUp("one");
    expect(await goingCount()).toBe(0);
    await backUp("two");
    // The newest 64 stay, whatever their age.
    expect(await goingCount()).toBe(SALE_COUNT - 64);
    const bat = join(folder, "two", "batches", TENANT, "t1.bat");
    const whole = readFileSync(bat);
    const flipped = new Uint8Array(whole);
    flipped[99] = (flipped[99] ?? 0) ^ 1;
    writeFileSync(bat, flipped);
    expect(await goingCount()).toBe(0);
    writeFileSync(bat, whole);

    const { said } = await ran("retention", "--apply", "--json");
    expect(said.done).toEqual({ batches: SALE_COUNT - 64, house_events: HOUSE_COUNT, blobs: 1 });
    expect(said.refused).toEqual([]);
    expect(await sql("select count(*) as count from batch where octet_length(body) = 0")).toEqual([
      { count: SALE_COUNT - 64 },
    ]);
    // What a terminal is, and what is in no backup, stays.
    expect(await sql("select type from house_event")).toEqual([{ type: "epoch_started" }]);
    expect(await sql("select count(*) as count from blob")).toEqual([{ count: 0 }]);
    expect((await ran("retention", "--apply", "--json")).said.done.batches).toBe(0);
    expect((await ran("report")).said).toEqual(report.said);

    // What comes again is known, and what follows is taken.
    const instance = await openInstance(data());
    const { store } = instance;
    const from = history.tip.seq + 1;
    history.sale();
    const outcomes = await store.commit([history.arrival(1, from - 1), history.arrival(from)]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["known", "stored"]);
    await instance.close();

    expect(await ran("rebuild")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("hq/batches_retired"),
    });
    expect(await ran("backup", "--to", join(folder, "three"))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("hq/batches_retired"),
    });
    const verify = await runProgram("tools/proof/verify/main.ts", [
      "--data",
      data(),
      "--receipt",
      receiptOf(history),
    ]);
    expect(JSON.parse(verify.stdout)).toMatchObject({ verdict: "retired" });
    const doctor = await ran("doctor", "--deep", "--json", "--port", "0");
    const chain = doctor.said.findings.find(({ check }: { readonly check: string }) => check === "chain");
    expect(chain).toMatchObject({ verdict: "ok", says: expect.stringContaining("only in backups") });
  },
);

test("a backup on a base is whole again: it restores to the same report", { timeout: 180_000 }, async () => {
  const history = await sold();
  const report = await ran("report");
  await backUp("one");
  await backUp("two");
  await ran("retention", "--apply", "--json");
  await backUp("three", "--base", join(folder, "two"));
  const restored = await runProgram("tools/hq/backup.ts", [
    "--data",
    data("new"),
    "--from",
    join(folder, "three"),
  ]);
  expect(JSON.parse(restored.stdout)).toMatchObject({ recordCount: history.records.length });
  const again = await runProgram("tools/hq/report.ts", ["--data", data("new")]);
  expect(JSON.parse(again.stdout)).toEqual(report.said);
  const rebuilt = await runProgram("tools/hq/rebuild.ts", ["--data", data("new")]);
  expect(JSON.parse(rebuilt.stdout)).toMatchObject({ isSame: true });
});

test("what was not folded, and what is young, stays with its reason", { timeout: 180_000 }, async () => {
  await sold();
  await backUp("one");
  await backUp("two");
  await sql("update projector_pos set seq = 0");
  const unfolded = (await ran("retention", "--dry-run", "--json")).said.rows;
  expect(unfolded).toContainEqual(
    expect.objectContaining({ does: "stay", why: "not folded yet", count: SALE_COUNT }),
  );
  await sql("update batch set received_at = $1", [new Date()]);
  const young = (await ran("retention", "--dry-run", "--json")).said.rows;
  expect(young).toContainEqual(expect.objectContaining({ does: "stay", why: "not 90 days old" }));
});

test(
  "a policy that cannot be read, and neither or both of the two modes, change nothing",
  { timeout: 60_000 },
  async () => {
    await sold();
    writeFileSync(join(data(), "retention.json"), '{"rawBatchs":{"days":90}}');
    expect(await ran("retention", "--apply")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("knows no rawBatchs"),
    });
    expect(await ran("retention")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--dry-run and --apply"),
    });
    expect(await ran("retention", "--apply", "--dry-run")).toMatchObject({ code: 2 });
  },
);

/** The record line of the first receipt. */
function receiptOf(history: TestHistory): string {
  for (const record of history.records) {
    const read = decodeRecord(record.bytes, record);
    if (read.ok && read.value.event.type === "check_closed")
      return `t1 ${record.seq} ${Buffer.from(read.value.event.viewHash.subarray(0, 4)).toString("hex")}`;
  }
  throw new Error("retention: There must be a receipt");
}
