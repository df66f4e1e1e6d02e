/**
 * Takes a backup into a new store: every file is held to its manifest first, every batch to its terminal's
 * key; then they are committed as if they came over the wire. What terminals recorded since they send by
 * themselves: the store is a new incarnation, and hello says what it holds.
 */
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isTerminalId } from "../../../core/ids.ts";
import { openMessage } from "../../../protocol/message.ts";
import type { Link } from "../../../protocol/message.ts";
import { HqFault } from "../fault.ts";
import { readWriterKey } from "../keys.ts";
import { COMMIT_GROUP_COUNT_MAX } from "../limits.ts";
import { createProjection } from "../project.ts";
import { projectAll } from "../projector.ts";
import type { Arrival, Store } from "../store/store.ts";
import { bodiesIn, digestOf, MANIFEST, manifestIn, stockIn } from "./format.ts";
import type { Manifest } from "./format.ts";

/** The manifest of a backup whose files are all there and as they were written. Throws hq/backup_unreadable. */
export function checkBackup(source: string): Manifest {
  const path = join(source, MANIFEST);
  if (!existsSync(path)) throw new HqFault("hq/backup_unreadable", `${source} has no ${MANIFEST}`);
  const manifest = manifestIn(readFileSync(path, "utf8"));
  if (manifest === null) throw new HqFault("hq/backup_unreadable", `${path} is none of this release's`);
  for (const file of manifest.files) {
    const its = join(source, file.path);
    if (!existsSync(its)) throw new HqFault("hq/backup_unreadable", `${file.path} is missing`);
    if (digestOf(readFileSync(its)) !== file.sha256)
      throw new HqFault("hq/backup_unreadable", `${file.path} is not what was written`);
  }
  return manifest;
}

/** Puts the backup's keys into `keysDir`, where there must be none. */
export function restoreKeys(source: string, keysDir: string): void {
  if (existsSync(keysDir)) throw new HqFault("hq/configuration", `${keysDir} is there already`);
  const keys = join(source, "keys");
  if (existsSync(keys)) cpSync(keys, keysDir, { recursive: true });
}

/** Commits the backup's batches to `store` and projects them; answers how many records are held then. */
export async function restoreBackup(
  store: Store,
  source: string,
  manifest: Manifest,
  keysDir: string,
  nowMs: number,
): Promise<number> {
  let recordCount = 0;
  for (const tenant of manifest.tenants) {
    for (const { path } of manifest.files) {
      const match = new RegExp(`^batches/${tenant}/([^/]+)\\.bat$`).exec(path);
      const terminal = match?.[1];
      if (terminal === undefined || !isTerminalId(terminal)) continue;
      recordCount += await restoreTerminal(store, join(source, path), { tenant, terminal }, keysDir, nowMs);
    }
    for (const { path } of manifest.files) {
      const name = new RegExp(`^blobs/${tenant}/([0-9a-f]{64})$`).exec(path)?.[1];
      if (name !== undefined) await store.putBlob(tenant, name, readFileSync(join(source, path)));
    }
    await projectAll(store, tenant, createProjection());
    await restoreStock(store, tenant, join(source, "stock", `${tenant}.json`));
  }
  return recordCount;
}

async function restoreTerminal(
  store: Store,
  path: string,
  link: Link,
  keysDir: string,
  nowMs: number,
): Promise<number> {
  const key = await readWriterKey(keysDir, link);
  if (key.kind !== "known") throw new HqFault("hq/backup_unreadable", `there is no key of ${link.terminal}`);
  const bodies = bodiesIn(readFileSync(path));
  if (bodies === null) throw new HqFault("hq/backup_unreadable", `${path} ends in the middle of a batch`);
  const arrivals = bodies.map((body): Arrival => {
    const message = openMessage(body, link, key.verifier);
    if (!message.ok || message.value.kind !== "batch")
      throw new HqFault("hq/backup_unreadable", `a batch of ${link.terminal} is not signed by its key`);
    return { batch: message.value.batch, body, receivedAtMs: nowMs };
  });
  for (let from = 0; from < arrivals.length; from += COMMIT_GROUP_COUNT_MAX) {
    const outcomes = await store.commit(arrivals.slice(from, from + COMMIT_GROUP_COUNT_MAX));
    const refused = outcomes.find(({ kind }) => kind === "gap" || kind === "fork");
    if (refused !== undefined)
      throw new HqFault(
        "hq/backup_unreadable",
        `a batch of ${link.terminal} does not follow: ${refused.kind}`,
      );
  }
  const epochs = await store.epochs(link);
  return epochs.reduce((sum, { fromSeq, tip }) => sum + tip.seq - fromSeq + 1, 0);
}

async function restoreStock(store: Store, tenant: string, path: string): Promise<void> {
  const levels = existsSync(path) ? stockIn(readFileSync(path, "utf8")) : [];
  if (levels === null) throw new HqFault("hq/backup_unreadable", path);
  await store.countStock(
    tenant,
    levels.map(({ sku, levelMilli, targetMilli, thresholdPpm }) => ({
      sku,
      countedMilli: levelMilli,
      targetMilli,
      thresholdPpm,
    })),
  );
}
