/**
 * The checks inside the database: what server it is and how it keeps its word, how far its tables are, what
 * waits, what is held back, and whether every writer's history is whole. Over a session that cannot write.
 */
import { join } from "node:path";
import { isTerminalId } from "../../../core/ids.ts";
import { readWriterKey } from "../keys.ts";
import { LAG_COUNT_MAX } from "../health/vitals.ts";
import { lookAtPostgresStore } from "../store/postgres.ts";
import type { Connection } from "../postgres/embedded.ts";
import { numberIn, textIn } from "../store/sql.ts";
import type { Database, SqlValue } from "../store/sql.ts";
import type { Store } from "../store/store.ts";
import { checkChains } from "./chain.ts";
import { fail, ok, warn } from "./finding.ts";
import type { CheckName, Finding } from "./finding.ts";

const VERSION_MIN = 150_000;
/** What a commit's durability hangs on. */
const SETTINGS_ON = ["fsync", "synchronous_commit", "full_page_writes"] as const;
const CLOCK_AHEAD_MS_MAX = 120_000;
const NAMED_COUNT_MAX = 5;

/** What to look at. */
export interface DatabaseAsked {
  readonly connection: Connection;
  readonly dataDir: string;
  readonly tenant: string;
  readonly nowMs: number;
  /** Reads every record instead of a sample. */
  readonly isDeep: boolean;
}

/** All checks of the database. Throws the store's faults. */
export async function checkDatabase(asked: DatabaseAsked): Promise<readonly Finding[]> {
  const { store, database, step, newest } = await lookAtPostgresStore(asked.connection);
  try {
    const head = [await checkServer(database), await checkChecksums(database), checkTables(step, newest)];
    if (store === null) return head;
    const { tenant } = asked;
    return [
      ...head,
      await checkHistory(store, database, asked),
      await checkProjection(store, tenant),
      await checkHeld(database, tenant),
      await checkQuarantine(database, tenant),
      await checkAlarms(store, tenant),
      ...(await checkNewest(database, asked)),
    ];
  } finally {
    await database.close();
  }
}

async function checkServer(database: Database): Promise<Finding> {
  const [row] = await database.rows(
    `select current_setting('server_version') as version, current_setting('server_version_num')::bigint as number`,
  );
  const version = row === undefined ? "" : textIn(row, "version");
  const number = row === undefined ? 0 : numberIn(row, "number");
  if (number < VERSION_MIN)
    return fail("database", `PostgreSQL ${version} is too old`, "It must be 15 or newer");
  const off: string[] = [];
  for (const name of SETTINGS_ON) {
    const [setting] = await database.rows("select current_setting($1) as value", [name]);
    if (setting === undefined || textIn(setting, "value") !== "on") off.push(name);
  }
  return off.length === 0
    ? ok("database", `PostgreSQL ${version}; ${SETTINGS_ON.join(", ")} are on`)
    : fail(
        "database",
        `PostgreSQL ${version} with ${off.join(", ")} off`,
        "Turn them on: a power cut loses sales",
      );
}

async function checkChecksums(database: Database): Promise<Finding> {
  const [row] = await database.rows(
    `select current_setting('data_checksums') as kept,
            (select coalesce(sum(checksum_failures), 0)::bigint from pg_stat_database) as failures`,
  );
  const failureCount = row === undefined ? 0 : numberIn(row, "failures");
  if (failureCount > 0)
    return fail("checksums", `${failureCount} pages were damaged`, "Replace the disk, then restore a backup");
  return row !== undefined && textIn(row, "kept") === "on"
    ? ok("checksums", "kept, and no page was ever wrong")
    : warn("checksums", "the database keeps none", "Restore a backup into a new folder: new ones keep them");
}

function checkTables(step: number, newest: number): Finding {
  if (step > newest)
    return fail("tables", `step ${step} of a newer release; this one knows ${newest}`, "Start that release");
  if (step < newest)
    return warn(
      "tables",
      `step ${step} of ${newest}`,
      "The next start of this release brings them up to date",
    );
  return ok("tables", `step ${step}, this release's`);
}

async function checkHistory(store: Store, database: Database, asked: DatabaseAsked): Promise<Finding> {
  const { dataDir, tenant, isDeep } = asked;
  const rows = await database.rows(
    "select distinct terminal from epoch where tenant = $1 order by terminal",
    [tenant],
  );
  const terminals = rows.map((row) => textIn(row, "terminal")).filter(isTerminalId);
  const keysDir = join(dataDir, "keys");
  const checked = await checkChains(
    store,
    tenant,
    terminals,
    async (link) => {
      const key = await readWriterKey(keysDir, link);
      return key.kind === "known" ? key.verifier : null;
    },
    isDeep,
  );
  const { recordCount, readCount, retiredCount, problems } = checked;
  if (problems.length > 0)
    return fail(
      "chain",
      `${problems.length} problems: ${problems.slice(0, NAMED_COUNT_MAX).join("; ")}`,
      "Keep the folder as it is, restore a backup into a new one, and call support",
    );
  const retired = retiredCount === 0 ? "" : `, ${retiredCount} only in backups`;
  const sample = isDeep || readCount + retiredCount >= recordCount ? "" : " (--deep reads all)";
  return ok(
    "chain",
    `${terminals.length} writers whole: ${readCount} of ${recordCount} records read${retired}${sample}`,
  );
}

async function checkProjection(store: Store, tenant: string): Promise<Finding> {
  const lagCount = await store.lagCount(tenant);
  const says = `${lagCount} records wait to be folded`;
  return lagCount > LAG_COUNT_MAX
    ? warn("projection", says, "Wait; where it does not fall, the log says projector/failed")
    : ok("projection", says);
}

async function checkHeld(database: Database, tenant: string): Promise<Finding> {
  const codes = await database.rows(
    "select code, count(*) as count from held_record where tenant = $1 group by code order by code",
    [tenant],
  );
  if (codes.length === 0) return ok("held", "no record is held back");
  const words = codes.map((row) => `${textIn(row, "code")} ${numberIn(row, "count")}`).join(", ");
  return warn(
    "held",
    `records that this release cannot read: ${words}`,
    "Update headquarters to the terminals' release",
  );
}

async function checkQuarantine(database: Database, tenant: string): Promise<Finding> {
  const rows = await database.rows(
    "select terminal, count(*) as count from quarantine where tenant = $1 group by terminal order by terminal",
    [tenant],
  );
  if (rows.length === 0) return ok("quarantine", "empty");
  const words = rows.map((row) => `${textIn(row, "terminal")} ${numberIn(row, "count")}`).join(", ");
  return fail(
    "quarantine",
    `batches of a second history: ${words}`,
    "Compare them by hand; those terminals wait",
  );
}

/** Alarms that say that a history or an order is not what it should be. */
async function checkAlarms(store: Store, tenant: string): Promise<Finding> {
  const alarms = await store.alarms(tenant);
  const grave = alarms.filter(({ code }) => /^(?:history|order|event|store)\//.test(code));
  if (grave.length === 0)
    return ok("alarms", alarms.length === 0 ? "none" : `${alarms.length}, none about what is held`);
  const codes = [...new Set(grave.map(({ code }) => code))].join(", ");
  return warn("alarms", `${grave.length}: ${codes}`, "See docs/RUNBOOK.md, Headquarters raises an alarm");
}

/** A batch from the future: the clock of this machine went back. */
async function checkNewest(
  database: Database,
  { tenant, nowMs }: DatabaseAsked,
): Promise<readonly Finding[]> {
  const values: readonly SqlValue[] = [tenant];
  const [row] = await database.rows(
    "select (extract(epoch from max(received_at)) * 1000)::bigint as newest from batch where tenant = $1",
    values,
  );
  const newest = row?.["newest"];
  const check: CheckName = "clock";
  if (typeof newest !== "number" || newest <= nowMs + CLOCK_AHEAD_MS_MAX) return [];
  const at = new Date(newest).toISOString();
  return [fail(check, `a batch came at ${at}, which is still to come`, "Set this machine's clock")];
}
