/**
 * What a policy lets go of, and what stays although it is old enough, each with its reason; and the doing of
 * it. Read and done through the database itself.
 *
 * T1 Nothing goes that a verified backup does not hold byte for byte; of a batch two must hold it.
 * T2 Of a batch only the body goes. Its row with its time stays, and its blocks with their hashes: what comes
 *    again is known, forks are still seen, acknowledgements stand.
 * T3 Only a head of an epoch goes, folded and confirmed, never headquarters' own journal and never the newest
 *    batches of an epoch.
 * T4 What goes is named by its hash in the deleting statement: what changed since the plan stays.
 */
import { HQ_WRITER } from "../../../core/hq/events.ts";
import { numberIn, textIn } from "../store/sql.ts";
import type { Database, Row } from "../store/sql.ts";
import type { Evidence } from "./evidence.ts";
import type { Limited, Policy } from "./policy.ts";

/** One line of the plan. */
export interface PlanRow {
  readonly kind: "batches" | "house_events" | "blobs";
  /** Empty where no terminal is meant. */
  readonly terminal: string;
  readonly does: "go" | "stay";
  readonly count: number;
  readonly bytes: number;
  readonly why: string;
}

/** What is to be deleted, with its table for people. */
export interface Plan {
  readonly rows: readonly PlanRow[];
  readonly batches: readonly BatchToGo[];
  readonly houseEvents: readonly HouseToGo[];
  readonly blobs: readonly string[];
}

interface BatchToGo {
  readonly terminal: string;
  readonly epoch: string;
  readonly toSeq: number;
  readonly digest: string;
}

interface HouseToGo {
  readonly terminal: string;
  readonly epoch: string;
  readonly tipSeq: number;
  readonly before: Date;
}

/** How many rows each kind lost. */
export type Done = Readonly<Record<PlanRow["kind"], number>>;

/** What a plan is made from. */
export interface PlanAsked {
  readonly tenant: string;
  readonly policy: Policy;
  readonly evidence: Evidence;
  /** Files that headquarters' word names, in force or to come. */
  readonly namedBlobs: ReadonlySet<string>;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;
/** The newest batches of an epoch: the console reads a terminal's clock from them (T3). */
const NEWEST_KEPT_COUNT = 64;

/** Looks, and changes nothing. */
export async function planRetention(database: Database, asked: PlanAsked): Promise<Plan> {
  const batches = await planBatches(database, asked);
  const house = await planHouse(database, asked);
  const blobs = await planBlobs(database, asked);
  return {
    rows: [...batches.rows, ...house.rows, ...blobs.rows],
    batches: batches.batches,
    houseEvents: house.houseEvents,
    blobs: blobs.blobs,
  };
}

/** Does what the plan says; answers how many rows each kind lost. */
export async function applyRetention(database: Database, tenant: string, plan: Plan): Promise<Done> {
  const done = { batches: 0, house_events: 0, blobs: 0 };
  for (const { terminal, epoch, toSeq, digest } of plan.batches) {
    // T2, T4
    const rows = await database.rows(
      `update batch set body = ''
        where tenant = $1 and terminal = $2 and epoch = $3 and to_seq = $4
          and encode(sha256(body), 'hex') = $5 returning to_seq`,
      [tenant, terminal, epoch, toSeq, digest],
    );
    done.batches += rows.length;
  }
  for (const { terminal, epoch, tipSeq, before } of plan.houseEvents) {
    const rows = await database.rows(
      `delete from house_event where tenant = $1 and terminal = $2 and epoch = $3 and seq <= $4 and at < $5
          and type <> 'epoch_started' returning seq`,
      [tenant, terminal, epoch, tipSeq, before],
    );
    done.house_events += rows.length;
  }
  for (const name of plan.blobs) {
    const rows = await database.rows(
      "delete from blob where tenant = $1 and sha256 = $2 returning from_byte",
      [tenant, name],
    );
    done.blobs += rows.length === 0 ? 0 : 1;
  }
  return done;
}

type Part<K extends keyof Plan> = Pick<Plan, "rows" | K>;

async function planBatches(database: Database, asked: PlanAsked): Promise<Part<"batches">> {
  const { tenant, policy, evidence, nowMs } = asked;
  if (policy.rawBatches === "for_ever") {
    const [row] = await database.rows(
      "select count(*) as count, coalesce(sum(octet_length(body)), 0)::bigint as bytes from batch where tenant = $1",
      [tenant],
    );
    return { batches: [], rows: [keptRow("batches", row)] };
  }
  const { days, backups } = policy.rawBatches;
  const found = await database.rows(
    `select b.terminal, b.epoch, b.to_seq, octet_length(b.body)::bigint as bytes,
            encode(sha256(b.body), 'hex') as digest,
            (b.received_at < $2)::text as is_old, (b.to_seq <= coalesce(p.seq, 0))::text as is_folded,
            (row_number() over (partition by b.terminal, b.epoch order by b.to_seq desc))::bigint as newness
       from batch b
       left join projector_pos p on p.tenant = b.tenant and p.terminal = b.terminal and p.epoch = b.epoch
      where b.tenant = $1 and b.terminal <> $3 and octet_length(b.body) > 0
      order by b.terminal, b.epoch, b.to_seq`,
    [tenant, new Date(nowMs - days * DAY_MS), HQ_WRITER],
  );
  const ledger = new Ledger("batches");
  const batches: BatchToGo[] = [];
  const ended = new Set<string>();
  for (const row of found) {
    const [terminal, epoch, digest] = [textIn(row, "terminal"), textIn(row, "epoch"), textIn(row, "digest")];
    const writer = `${terminal}/${epoch}`;
    const held = evidence.batchCount(digest);
    const why = reasonToStay(row, { days, backups }, held, ended.has(writer));
    if (why === null) batches.push({ terminal, epoch, toSeq: numberIn(row, "to_seq"), digest });
    else ended.add(writer);
    const reason = why ?? `older than ${days} days, in ${backups} verified backups`;
    ledger.add(terminal, why === null ? "go" : "stay", numberIn(row, "bytes"), reason);
  }
  return { batches, rows: ledger.rows() };
}

// T1, T3
function reasonToStay(row: Row, { days, backups }: Limited, held: number, hasEnded: boolean): string | null {
  if (textIn(row, "is_old") !== "true") return `not ${days} days old`;
  if (textIn(row, "is_folded") !== "true") return "not folded yet";
  if (numberIn(row, "newness") <= NEWEST_KEPT_COUNT) return "among the newest of its epoch";
  if (held < backups) return `in ${held} verified backups, not ${backups}`;
  return hasEnded ? "something before it stays" : null;
}

async function planHouse(database: Database, asked: PlanAsked): Promise<Part<"houseEvents">> {
  const { tenant, policy, evidence, nowMs } = asked;
  if (policy.houseEvents === "for_ever") {
    const [row] = await database.rows(
      "select count(*) as count, 0::bigint as bytes from house_event where tenant = $1",
      [tenant],
    );
    return { houseEvents: [], rows: [keptRow("house_events", row)] };
  }
  const { days, backups } = policy.houseEvents;
  const before = new Date(nowMs - days * DAY_MS);
  const writers = await database.rows(
    `select terminal, epoch, seq from house_event
      where tenant = $1 and at < $2 and type <> 'epoch_started' order by terminal, epoch, seq`,
    [tenant, before],
  );
  const ledger = new Ledger("house_events");
  const tips = new Map<string, HouseToGo>();
  for (const row of writers) {
    const [terminal, epoch] = [textIn(row, "terminal"), textIn(row, "epoch")];
    const tipSeq = evidence.verified.length < backups ? 0 : evidence.tipOf(terminal, epoch);
    const goes = numberIn(row, "seq") <= tipSeq;
    if (goes) tips.set(`${terminal}/${epoch}`, { terminal, epoch, tipSeq, before });
    const why = goes
      ? `older than ${days} days; a rebuild makes it again`
      : "its record is in no verified backup";
    ledger.add(terminal, goes ? "go" : "stay", 0, why);
  }
  return { houseEvents: [...tips.values()], rows: ledger.rows() };
}

async function planBlobs(database: Database, asked: PlanAsked): Promise<Part<"blobs">> {
  const { tenant, policy, evidence, namedBlobs } = asked;
  const found = await database.rows(
    `select sha256, sum(octet_length(bytes))::bigint as bytes from blob where tenant = $1 group by sha256 order by sha256`,
    [tenant],
  );
  const ledger = new Ledger("blobs");
  const blobs: string[] = [];
  for (const row of found) {
    const name = textIn(row, "sha256");
    const why =
      policy.blobs === "for_ever"
        ? "kept for ever"
        : namedBlobs.has(name)
          ? "named by what is in force or to come"
          : evidence.blobCount(name) === 0
            ? "in no verified backup"
            : null;
    if (why === null) blobs.push(name);
    ledger.add(
      "",
      why === null ? "go" : "stay",
      numberIn(row, "bytes"),
      why ?? "no version names it any more",
    );
  }
  return { blobs, rows: ledger.rows() };
}

function keptRow(kind: PlanRow["kind"], row: Row | undefined): PlanRow {
  const [count, bytes] = row === undefined ? [0, 0] : [numberIn(row, "count"), numberIn(row, "bytes")];
  return { kind, terminal: "", does: "stay", count, bytes, why: "kept for ever" };
}

/** Adds up what has one fate for one reason. */
class Ledger {
  readonly #kind: PlanRow["kind"];
  readonly #rows = new Map<string, PlanRow>();

  constructor(kind: PlanRow["kind"]) {
    this.#kind = kind;
  }

  add(terminal: string, does: PlanRow["does"], bytes: number, why: string): void {
    const key = JSON.stringify([terminal, does, why]);
    const known = this.#rows.get(key);
    const [count, sum] = [(known?.count ?? 0) + 1, (known?.bytes ?? 0) + bytes];
    this.#rows.set(key, { kind: this.#kind, terminal, does, count, bytes: sum, why });
  }

  rows(): readonly PlanRow[] {
    return [...this.#rows.values()];
  }
}
