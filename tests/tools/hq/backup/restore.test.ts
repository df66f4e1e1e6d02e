/** Backups of a store and what they give back; every way in which one is not whole. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkBackup, restoreBackup, restoreKeys } from "../../../../tools/hq/backup/restore.ts";
import { writeBackup } from "../../../../tools/hq/backup/write.ts";
import { registerTerminal } from "../../../../tools/hq/keys.ts";
import { createProjection } from "../../../../tools/hq/project.ts";
import { projectAll } from "../../../../tools/hq/projector.ts";
import { reportOf } from "../../../../tools/hq/report-of.ts";
import { createMemoryStore } from "../../../../tools/hq/store/memory.ts";
import { epochOf, linkOf, signerOf, TENANT, TestHistory } from "../../../support/hq-history.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backup-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const NOW_MS = 1_767_600_000_000;

/** A store with two terminals, one over two epochs, a count of stock, and its backup. */
async function backedUp() {
  const keysDir = join(folder, "keys");
  for (const name of ["t1", "t2"]) registerTerminal(keysDir, linkOf(name), signerOf(name).publicKey);
  const store = createMemoryStore(Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1));
  const a = new TestHistory("t1", epochOf("a"));
  for (let count = 0; count < 20; count += 1) a.sale();
  const b = new TestHistory("t1", epochOf("b"), a.tip);
  b.sale({ kind: "return" });
  const c = new TestHistory("t2", epochOf("c"));
  c.sale({ currency: "JPY" });
  await store.commit([a.arrival(1, 30), a.arrival(20), b.arrival(), c.arrival()]);
  await projectAll(store, TENANT, createProjection());
  await store.countStock(TENANT, [
    { sku: "tea", countedMilli: 5000, targetMilli: 9000, thresholdPpm: 500_000 },
  ]);
  const target = join(folder, "backup");
  const manifest = await writeBackup(store, keysDir, [TENANT], target, NOW_MS);
  return { store, target, manifest, histories: [a, b, c] as const };
}

test("a restored store reports what the first one did, and terminals send only what came after", async () => {
  const { store, target, manifest, histories } = await backedUp();
  const keysDir = join(folder, "new-keys");
  restoreKeys(target, keysDir);
  const fresh = createMemoryStore(Uint8Array.of(2, 2, 2, 2, 2, 2, 2, 2));
  const count = await restoreBackup(fresh, target, checkBackup(target), keysDir, NOW_MS);
  expect(count).toBe(histories.reduce((sum, { records }) => sum + records.length, 0));
  expect(count).toBe(manifest.recordCount);
  expect(await reportOf(fresh, TENANT)).toEqual(await reportOf(store, TENANT));
  const [a, b] = histories;
  b.sale();
  // The whole history again: what is held is known, and the new sale counts once.
  const outcomes = await fresh.commit([a.arrival(), b.arrival()]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["known", "stored"]);
  await projectAll(fresh, TENANT, createProjection());
  expect((await reportOf(fresh, TENANT)).saleCount).toBe((await reportOf(store, TENANT)).saleCount + 1);
  expect((await fresh.stock(TENANT))[0]?.levelMilli).toBe(3000);
});

test("a backup is not written over another, and half a one is never there under its name", async () => {
  const { store, target } = await backedUp();
  await expect(writeBackup(store, join(folder, "keys"), [TENANT], target, NOW_MS)).rejects.toThrow(
    "is there already",
  );
  const failing = { ...store, figures: () => Promise.reject(new Error("away")) };
  const other = join(folder, "other");
  await expect(
    writeBackup(
      Object.assign(Object.create(store) as typeof store, failing),
      join(folder, "keys"),
      [TENANT],
      other,
      NOW_MS,
    ),
  ).rejects.toThrow("away");
  expect(() => checkBackup(other)).toThrow("hq/backup_unreadable");
});

test.each([
  ["a flipped byte", (file: string) => writeFileSync(file, flipped(readFileSync(file)))],
  ["a cut file", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 100))],
  ["a missing file", (file: string) => rmSync(file)],
])("%s is found before anything is taken over", async (_name, spoil) => {
  const { target } = await backedUp();
  spoil(join(target, "batches", TENANT, "t1.bat"));
  expect(() => checkBackup(target)).toThrow("hq/backup_unreadable");
});

test.each([
  ["no manifest", "nothing"],
  ["another format", '{"format":"other/1","files":[],"tenants":[]}'],
  [
    "a path out of the folder",
    '{"format":"tillwright-backup/1","tenants":[],"files":[{"path":"../x","bytes":1,"sha256":""}]}',
  ],
])("%s is no backup", async (_name, text) => {
  const { target } = await backedUp();
  writeFileSync(join(target, "manifest.json"), text);
  expect(() => checkBackup(target)).toThrow("hq/backup_unreadable");
});

test("a batch that its terminal's key did not sign is not taken over", async () => {
  const { target } = await backedUp();
  const keysDir = join(folder, "other-keys");
  cpSync(join(folder, "keys"), keysDir, { recursive: true });
  registerTerminal(keysDir, linkOf("t1"), signerOf("t2").publicKey);
  const fresh = createMemoryStore(new Uint8Array(8));
  await expect(restoreBackup(fresh, target, checkBackup(target), keysDir, NOW_MS)).rejects.toThrow(
    "not signed by its key",
  );
});

test("keys are not put over others", async () => {
  const { target } = await backedUp();
  expect(() => restoreKeys(target, join(folder, "keys"))).toThrow("is there already");
});

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[50] = (copy[50] ?? 0) ^ 1;
  return copy;
}
