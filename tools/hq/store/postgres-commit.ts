/**
 * Taking in batches on PostgreSQL: what is held is read under a lock on the terminals' rows, decided
 * by plan.ts and written, in one transaction. The lock makes several processes decide about one
 * terminal one after the other; rows are always locked in the same order.
 */
import type { Epoch } from "../../../core/ids.ts";
import { isEpoch } from "../../../core/ids.ts";
import type { Link, Position } from "../../../protocol/message.ts";
import type { Alarm } from "../alarm.ts";
import { HqFault } from "../fault.ts";
import { HeldTerminal, lastSeq } from "../held.ts";
import type { HeldEpoch } from "../held.ts";
import { QUARANTINE_COUNT_MAX } from "../limits.ts";
import { parentIn } from "../parent.ts";
import { linkKey, planCommit, rangeOf } from "./plan.ts";
import type { CommitPlan } from "./plan.ts";
import { insertMany } from "./insert-many.ts";
import { bytesIn, insertRows, numberIn, sqlText, textIn } from "./sql.ts";
import type { Query, Row } from "./sql.ts";
import type { Arrival, Outcome } from "./store.ts";

/** The body of the transaction that takes in these batches. */
export async function commitArrivals(
  query: Query,
  arrivals: readonly Arrival[],
): Promise<readonly Outcome[]> {
  const held = await lockTerminals(query, arrivals);
  const epochs = await fillBlocks(query, held, arrivals);
  await fillEpochs(query, held, arrivals, epochs);
  const plan = planCommit(held, arrivals);
  await writePlan(query, plan, held);
  return plan.outcomes;
}

type Pictures = ReadonlyMap<string, HeldTerminal>;

/** Takes the lock of the terminals that these are of, for the rest of the transaction. */
export async function lockTerminals(query: Query, arrivals: readonly Arrival[]): Promise<Pictures> {
  const links = new Map<string, Link>(arrivals.map(({ batch }) => [linkKey(batch), batch]));
  const sorted = [...links.keys()].sort().flatMap((key) => links.get(key) ?? []);
  let rows = await lockedRows(query, sorted);
  if (rows.length < sorted.length) {
    const fresh = sorted.map((link) => [link.tenant, link.terminal, 0] as const);
    await insertRows(
      query,
      "terminal",
      ["tenant", "terminal", "epoch_count"],
      fresh,
      "on conflict do nothing",
    );
    rows = await lockedRows(query, sorted);
  }
  return new Map(rows.map((row) => [rowKey(row), new HeldTerminal(numberIn(row, "epoch_count"))]));
}

function lockedRows(query: Query, links: readonly Link[]): Promise<readonly Row[]> {
  return query.rows(
    `select t.tenant, t.terminal, t.epoch_count from terminal t
       join unnest($1::text[], $2::text[]) w (tenant, terminal)
         on t.tenant = w.tenant and t.terminal = w.terminal
      order by t.tenant, t.terminal for update of t`,
    [links.map((link) => link.tenant), links.map((link) => link.terminal)],
  );
}

/** Every block of the terminal that ends where the batch, or what is before it, has an end; answers their epochs. */
async function fillBlocks(
  query: Query,
  held: Pictures,
  arrivals: readonly Arrival[],
): Promise<readonly (Link & { readonly epoch: string })[]> {
  const ranges = arrivals.map(({ batch }) => rangeOf(batch));
  const rows = await query.rows(
    `select distinct b.tenant, b.terminal, b.epoch, b.to_seq, b.hash from block b
       join unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) w (tenant, terminal, from_seq, to_seq)
         on b.tenant = w.tenant and b.terminal = w.terminal
        and b.to_seq between w.from_seq - 1 and w.to_seq`,
    [
      arrivals.map(({ batch }) => batch.tenant),
      arrivals.map(({ batch }) => batch.terminal),
      ranges.map(([fromSeq]) => fromSeq),
      ranges.map(([, toSeq]) => toSeq),
    ],
  );
  for (const row of rows) {
    held.get(rowKey(row))?.fillBlock({
      epoch: epochIn(row, "epoch"),
      seq: numberIn(row, "to_seq"),
      hash: bytesIn(row, "hash"),
    });
  }
  const byKey = new Map(arrivals.map(({ batch }) => [linkKey(batch), batch]));
  return rows.flatMap((row) => {
    const link = byKey.get(rowKey(row));
    return link === undefined ? [] : [{ ...link, epoch: textIn(row, "epoch") }];
  });
}

/** The epochs that the batches are of, come from, or share a parent with. */
async function fillEpochs(
  query: Query,
  held: Pictures,
  arrivals: readonly Arrival[],
  seen: readonly (Link & { readonly epoch: string })[],
): Promise<void> {
  const named = [...seen, ...arrivals.flatMap(({ batch }) => namedEpochs(batch))];
  const ranges = arrivals.map(({ batch }) => rangeOf(batch));
  const rows = await query.rows(
    `select e.* from epoch e join unnest($1::text[], $2::text[], $3::text[]) w (tenant, terminal, epoch)
         on e.tenant = w.tenant and e.terminal = w.terminal and e.epoch = w.epoch
      union
     select e.* from epoch e
       join unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[]) w (tenant, terminal, from_seq, to_seq)
         on e.tenant = w.tenant and e.terminal = w.terminal and e.from_seq between w.from_seq and w.to_seq`,
    [
      named.map((its) => its.tenant),
      named.map((its) => its.terminal),
      named.map((its) => its.epoch),
      arrivals.map(({ batch }) => batch.tenant),
      arrivals.map(({ batch }) => batch.terminal),
      ranges.map(([fromSeq]) => fromSeq),
      ranges.map(([, toSeq]) => toSeq),
    ],
  );
  for (const row of rows) held.get(rowKey(row))?.fillEpoch(epochOf(row));
}

function namedEpochs(batch: Arrival["batch"]): readonly (Link & { readonly epoch: string })[] {
  const { tenant, terminal, epoch } = batch;
  const first = batch.blocks[0];
  const parent = first === undefined ? null : parentIn(terminal, epoch, first);
  const own = { tenant, terminal, epoch };
  return parent?.kind === "parent" ? [own, { tenant, terminal, epoch: parent.position.epoch }] : [own];
}

async function writePlan(query: Query, plan: CommitPlan, held: Pictures): Promise<void> {
  await insertRows(
    query,
    "batch",
    ["tenant", "terminal", "epoch", "to_seq", "from_seq", "body", "received_at"],
    plan.batches.map(({ batch, fromSeq, toSeq, body, receivedAtMs }) => [
      ...writer(batch),
      toSeq,
      fromSeq,
      body,
      new Date(receivedAtMs),
    ]),
  );
  await insertMany(
    query,
    "block",
    ["tenant", "terminal", "epoch", "to_seq", "from_seq", "hash", "previous_hash", "batch_to_seq"],
    plan.batches.flatMap(({ batch, toSeq, blocks }) =>
      blocks.map((block) => [
        ...writer(batch),
        lastSeq(block),
        block.fromSeq,
        block.hash,
        block.previousHash,
        toSeq,
      ]),
    ),
  );
  await writeEpochs(query, plan, held);
  await writeQuarantine(query, plan);
  await writeAlarms(query, plan.alarms);
}

async function writeEpochs(query: Query, plan: CommitPlan, held: Pictures): Promise<void> {
  await insertRows(
    query,
    "epoch",
    [
      "tenant",
      "terminal",
      "epoch",
      "arrival_index",
      "from_seq",
      "parent_epoch",
      "parent_seq",
      "tip_seq",
      "tip_hash",
    ],
    plan.epochs.map(({ link, held: epoch }) => [
      link.tenant,
      link.terminal,
      epoch.epoch,
      epoch.arrivalIndex,
      epoch.fromSeq,
      epoch.parent?.epoch ?? null,
      epoch.parent?.seq ?? null,
      epoch.tip.seq,
      epoch.tip.hash,
    ]),
    `on conflict (tenant, terminal, epoch)
       do update set tip_seq = excluded.tip_seq, tip_hash = excluded.tip_hash`,
  );
  const links = new Map(plan.epochs.map(({ link }) => [linkKey(link), link]));
  await query.rows(
    `update terminal t set epoch_count = w.epoch_count
       from unnest($1::text[], $2::text[], $3::bigint[]) w (tenant, terminal, epoch_count)
      where t.tenant = w.tenant and t.terminal = w.terminal and t.epoch_count <> w.epoch_count`,
    [
      [...links.values()].map((link) => link.tenant),
      [...links.values()].map((link) => link.terminal),
      [...links.keys()].map((key) => held.get(key)?.epochCount ?? 0),
    ],
  );
}

async function writeQuarantine(query: Query, plan: CommitPlan): Promise<void> {
  for (const { batch, fromSeq, lastHash, body, reason, receivedAtMs } of plan.quarantined) {
    await query.rows(
      `insert into quarantine (tenant, terminal, epoch, from_seq, last_hash, body, reason, received_at)
       select $1::text, $2::text, $3::text, $4::bigint, $5::bytea, $6::bytea, $7::text, $8::timestamptz
        where (select count(*) from quarantine where tenant = $1 and terminal = $2) < $9::bigint
       on conflict do nothing`,
      [...writer(batch), fromSeq, lastHash, body, reason, new Date(receivedAtMs), QUARANTINE_COUNT_MAX],
    );
  }
}

/** Raises alarms within a transaction: facts once, counts added up. */
export async function writeAlarms(query: Query, alarms: readonly Alarm[]): Promise<void> {
  for (const alarm of alarms) {
    const update =
      alarm.kind === "fact"
        ? "nothing"
        : "update set count = alarm.count + excluded.count, detail = excluded.detail, last_at = excluded.last_at";
    const now = new Date();
    await insertRows(
      query,
      "alarm",
      ["tenant", "code", "terminal", "subject", "detail", "count", "first_at", "last_at"],
      [
        [
          alarm.tenant,
          alarm.code,
          alarm.terminal,
          sqlText(alarm.subject),
          sqlText(alarm.detail),
          alarm.count,
          now,
          now,
        ],
      ],
      `on conflict (tenant, code, terminal, subject) do ${update}`,
    );
  }
}

function writer(batch: Arrival["batch"]): readonly [string, string, string] {
  return [batch.tenant, batch.terminal, batch.epoch];
}

function rowKey(row: Row): string {
  return `${textIn(row, "tenant")}/${textIn(row, "terminal")}`;
}

/** An epoch column. */
export function epochIn(row: Row, column: string): Epoch {
  const text = textIn(row, column);
  if (!isEpoch(text)) throw new HqFault("hq/store_unreadable", `${column} ${text}`);
  return text;
}

/** A row of the table epoch. */
export function epochOf(row: Row): HeldEpoch {
  const tip: Position = {
    epoch: epochIn(row, "epoch"),
    seq: numberIn(row, "tip_seq"),
    hash: bytesIn(row, "tip_hash"),
  };
  return {
    epoch: tip.epoch,
    arrivalIndex: numberIn(row, "arrival_index"),
    fromSeq: numberIn(row, "from_seq"),
    parent:
      row["parent_epoch"] === null
        ? null
        : { epoch: epochIn(row, "parent_epoch"), seq: numberIn(row, "parent_seq") },
    tip,
  };
}
