/**
 * A headquarters that kills itself at a chosen moment, as a power cut would:
 * `node tests/support/hq-child.ts <data folder> <moment>` with the moment "after-commit" (durable,
 * not acknowledged), "before-commit" or "in-fold" (in the middle of a projector's step).
 */
import { join } from "node:path";
import { startHq } from "../../tools/hq/hq.ts";
import { openInstance } from "../../tools/hq/instance.ts";
import { headquartersKey } from "../../tools/hq/keys.ts";
import { createProjection } from "../../tools/hq/project.ts";
import type { Projection, Store } from "../../tools/hq/store/store.ts";
import { TENANT } from "./hq-history.ts";

const [dataDir = "", moment = ""] = process.argv.slice(2);

function die(): void {
  process.kill(process.pid, "SIGKILL");
}

function dying(store: Store): Store {
  return {
    console: store.console,
    incarnation: store.incarnation,
    commit: async (arrivals) => {
      if (moment === "before-commit") die();
      const outcomes = await store.commit(arrivals);
      if (moment === "after-commit") die();
      return outcomes;
    },
    append: (arrivals, after) => store.append(arrivals, after),
    putBlob: (tenant, sha256, bytes) => store.putBlob(tenant, sha256, bytes),
    blobPiece: (tenant, sha256, offset) => store.blobPiece(tenant, sha256, offset),
    blobs: (tenant) => store.blobs(tenant),
    holds: (link, countMax) => store.holds(link, countMax),
    epochs: (link) => store.epochs(link),
    batchesAfter: (writer, seq, countMax) => store.batchesAfter(writer, seq, countMax),
    raise: (alarms) => store.raise(alarms),
    writersBehind: (tenant, countMax) => store.writersBehind(tenant, countMax),
    projectNext: (writer, projection) => store.projectNext(writer, projection),
    retryHeld: (tenant, projection, after) => store.retryHeld(tenant, projection, after),
    lagCount: (tenant) => store.lagCount(tenant),
    probe: () => store.probe(),
    alarms: (tenant) => store.alarms(tenant),
    figures: (tenant) => store.figures(tenant),
    clearProjections: (tenant) => store.clearProjections(tenant),
    projectionDigests: (tenant) => store.projectionDigests(tenant),
    countStock: (tenant, counts) => store.countStock(tenant, counts),
    stock: (tenant) => store.stock(tenant),
    close: () => store.close(),
  };
}

const rules = createProjection();
const projection: Projection = {
  ...rules,
  fold: (tenant, reading, events) => {
    // The order's events are written in this transaction already, its row and the position are not.
    if (moment === "in-fold" && reading.events.length > 0) die();
    return rules.fold(tenant, reading, events);
  },
};

const keysDir = join(dataDir, "keys");
const instance = await openInstance(dataDir);
const hq = await startHq({
  tenant: TENANT,
  store: dying(instance.store),
  keysDir,
  ...headquartersKey(keysDir),
  port: 0,
  log: () => {},
  projection,
});
process.stdout.write(`${JSON.stringify({ port: hq.port, pid: process.pid })}\n`);
