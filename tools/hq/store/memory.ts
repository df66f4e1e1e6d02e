/**
 * The store in memory: for tests and for the simulated world. Nothing survives it. Each call does
 * its work without a pause in between, which is what makes it a transaction (S1, S3).
 */
import { createHash } from "node:crypto";
import type { Epoch, OrderId } from "../../../core/ids.ts";
import { isTerminalId } from "../../../core/ids.ts";
import { BLOB_CHUNK_BYTES_MAX } from "../../../protocol/limits.ts";
import type { Link, Position } from "../../../protocol/message.ts";
import { alarmKey } from "../alarm.ts";
import type { Alarm, StoredAlarm } from "../alarm.ts";
import { HeldTerminal } from "../held.ts";
import type { HeldEpoch } from "../held.ts";
import { HELD_RETRY_COUNT_MAX, PROJECT_BATCHES_COUNT_MAX, QUARANTINE_COUNT_MAX } from "../limits.ts";
import { recordsAfter } from "./bodies.ts";
import type { Figures } from "./figures.ts";
import { createMemoryConsole } from "./memory-console.ts";
import { figuresOf, movedBySku, stockOf } from "./memory-figures.ts";
import type { TenantRows } from "./memory-rows.ts";
import { isAt, linkKey, planCommit } from "./plan.ts";
import type { BatchRow, QuarantineRow } from "./plan.ts";
import type { StockCount, StockLevel } from "./rows.ts";
import type {
  Arrival,
  HeldCursor,
  OrderEventRow,
  Outcome,
  PlacedRecord,
  Projection,
  Reading,
  Store,
  WriterKey,
} from "./store.ts";

/** A store in memory; `incarnation` is 8 bytes. */
export function createMemoryStore(incarnation: Uint8Array): Store {
  return new MemoryStore(incarnation);
}

const NO_BYTES = new Uint8Array(0);

class MemoryStore implements Store {
  readonly incarnation: Uint8Array;
  readonly #tenants = new Map<string, TenantRows>();
  readonly console = createMemoryConsole((tenant) => this.#rows(tenant));

  constructor(incarnation: Uint8Array) {
    this.incarnation = incarnation;
  }

  commit(arrivals: readonly Arrival[]): Promise<readonly Outcome[]> {
    const pictures = new Map(arrivals.map(({ batch }) => [linkKey(batch), this.#terminal(batch)]));
    const plan = planCommit(pictures, arrivals);
    for (const row of plan.batches) {
      const { batches } = this.#rows(row.batch.tenant);
      const key = writerKey(row.batch);
      const known = batches.get(key);
      if (known === undefined) batches.set(key, [row]);
      else known.push(row);
    }
    for (const row of plan.quarantined) this.#quarantine(row);
    this.#raise(plan.alarms);
    return Promise.resolve(plan.outcomes);
  }

  async append(arrivals: readonly Arrival[], after: Position | null): Promise<"stored" | "moved"> {
    const [first] = arrivals;
    const newest = first === undefined ? undefined : this.#terminal(first.batch).epochs()[0];
    if (!isAt(newest?.tip ?? null, after)) return "moved";
    await this.commit(arrivals);
    return "stored";
  }

  putBlob(tenant: string, sha256: string, bytes: Uint8Array): Promise<void> {
    const { blobs } = this.#rows(tenant);
    if (!blobs.has(sha256)) blobs.set(sha256, bytes.slice());
    return Promise.resolve();
  }

  blobPiece(tenant: string, sha256: string, offset: number): Promise<Uint8Array> {
    const bytes = this.#rows(tenant).blobs.get(sha256) ?? NO_BYTES;
    if (offset % BLOB_CHUNK_BYTES_MAX !== 0) return Promise.resolve(NO_BYTES);
    return Promise.resolve(bytes.slice(offset, offset + BLOB_CHUNK_BYTES_MAX));
  }

  blobs(tenant: string): Promise<readonly string[]> {
    return Promise.resolve([...this.#rows(tenant).blobs.keys()].sort());
  }

  #quarantine(row: QuarantineRow): void {
    const { quarantined } = this.#rows(row.batch.tenant);
    const ofTerminal = [...quarantined.values()].filter((its) => its.batch.terminal === row.batch.terminal);
    if (ofTerminal.length >= QUARANTINE_COUNT_MAX) return;
    const key = `${writerKey(row.batch)}/${row.fromSeq}/${Buffer.from(row.lastHash).toString("hex")}`;
    if (!quarantined.has(key)) quarantined.set(key, row);
  }

  holds(link: Link, countMax: number): Promise<readonly Position[]> {
    const tips = this.#terminal(link)
      .epochs()
      .map((epoch) => epoch.tip);
    return Promise.resolve(tips.slice(0, countMax));
  }

  epochs(link: Link): Promise<readonly HeldEpoch[]> {
    return Promise.resolve(this.#terminal(link).epochs().toReversed());
  }

  batchesAfter(writer: WriterKey, seq: number, countMax: number): Promise<readonly Uint8Array[]> {
    return Promise.resolve(this.#bodiesAfter(writer, seq, countMax));
  }

  #bodiesAfter(writer: WriterKey, seq: number, countMax: number): readonly Uint8Array[] {
    const rows = this.#rows(writer.tenant).batches.get(writerKey(writer)) ?? [];
    const first = firstBeyond(rows, seq);
    return rows.slice(first, first + countMax).map((row) => row.body);
  }

  raise(alarms: readonly Alarm[]): Promise<void> {
    this.#raise(alarms);
    return Promise.resolve();
  }

  #raise(alarms: readonly Alarm[]): void {
    for (const alarm of alarms) {
      const key = alarmKey(alarm);
      const { alarms: table } = this.#rows(alarm.tenant);
      const known = table.get(key);
      if (known !== undefined && alarm.kind === "fact") continue;
      const { code, terminal, subject, detail } = alarm;
      const [count, lastAtMs] = [(known?.count ?? 0) + alarm.count, Date.now()];
      const firstAtMs = known?.firstAtMs ?? lastAtMs;
      table.set(key, { code, terminal, subject, detail, count, firstAtMs, lastAtMs });
    }
  }

  writersBehind(tenant: string, countMax: number): Promise<readonly WriterKey[]> {
    const behind = this.#writers(tenant).filter(({ writer, held }) => this.#arrears(writer, held) > 0);
    return Promise.resolve(behind.slice(0, countMax).map(({ writer }) => writer));
  }

  lagCount(tenant: string): Promise<number> {
    const writers = this.#writers(tenant);
    return Promise.resolve(writers.reduce((sum, { writer, held }) => sum + this.#arrears(writer, held), 0));
  }

  #arrears(writer: WriterKey, held: HeldEpoch): number {
    const seq = this.#rows(writer.tenant).positions.get(writerKey(writer)) ?? held.fromSeq - 1;
    return held.tip.seq - seq;
  }

  #writers(tenant: string): readonly { readonly writer: WriterKey; readonly held: HeldEpoch }[] {
    return [...this.#rows(tenant).terminals].flatMap(([terminal, picture]) =>
      isTerminalId(terminal)
        ? picture.epochs().map((held) => ({ writer: { tenant, terminal, epoch: held.epoch }, held }))
        : [],
    );
  }

  // Async, so that a fold that throws is a rejected promise here as it is with a database.
  async projectNext(writer: WriterKey, projection: Projection): Promise<number> {
    const rows = this.#rows(writer.tenant);
    const key = writerKey(writer);
    const seq = rows.positions.get(key) ?? 0;
    const bodies = this.#bodiesAfter(writer, seq, PROJECT_BATCHES_COUNT_MAX);
    const records = recordsAfter(writer, bodies, seq);
    const last = records.at(-1);
    if (last === undefined) return 0;
    const reading = this.#project(writer.tenant, records, projection);
    for (const row of reading.held) rows.held.set(placeKey(row), row);
    rows.positions.set(key, last.seq);
    return records.length;
  }

  async retryHeld(
    tenant: string,
    projection: Projection,
    after: HeldCursor | null,
  ): Promise<HeldCursor | null> {
    const { held } = this.#rows(tenant);
    const rows = [...held.values()]
      .sort(comparePlaces)
      .filter((row) => after === null || comparePlaces(row, after) > 0)
      .slice(0, HELD_RETRY_COUNT_MAX);
    const last = rows.at(-1);
    if (last === undefined) return null;
    const reading = this.#project(tenant, rows, projection);
    const stillHeld = new Set(reading.held.map(placeKey));
    for (const row of rows) if (!stillHeld.has(placeKey(row))) held.delete(placeKey(row));
    return last;
  }

  // Everything that may throw comes before the first row is changed.
  #project(tenant: string, records: readonly PlacedRecord[], projection: Projection): Reading {
    const rows = this.#rows(tenant);
    const reading = projection.read(tenant, records);
    const events = new Map<OrderId, Map<string, OrderEventRow>>();
    for (const { row } of reading.events) {
      const known = events.get(row.order) ?? new Map(rows.orderEvents.get(row.order));
      events.set(row.order, known.set(placeKey(row), row));
    }
    const places = new Map([...events].map(([order, its]) => [order, [...its.values()]]));
    const folding = projection.fold(tenant, reading, places);
    for (const [order, its] of events) rows.orderEvents.set(order, its);
    for (const row of folding.orders) rows.orders.set(row.order, row);
    for (const row of folding.closings) rows.closings.set(placeKey(row), row);
    const lines = Map.groupBy(folding.lines, placeKey);
    for (const row of folding.closings) rows.lines.set(placeKey(row), lines.get(placeKey(row)) ?? []);
    for (const row of reading.house) rows.house.set(placeKey(row), row);
    for (const row of folding.moves) rows.moves.set(`${placeKey(row)} ${row.sku}`, row);
    for (const row of reading.shifts) rows.shifts.set(placeKey(row), row);
    this.#raise(folding.alarms);
    return reading;
  }

  probe(): Promise<void> {
    return Promise.resolve();
  }

  alarms(tenant: string): Promise<readonly StoredAlarm[]> {
    return Promise.resolve(
      [...this.#rows(tenant).alarms]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { code, terminal, subject, detail, count }]) => ({
          code,
          terminal,
          subject,
          detail,
          count,
        })),
    );
  }

  clearProjections(tenant: string): Promise<void> {
    const { positions, orderEvents, orders, closings, shifts, moves, lines, house, held } =
      this.#rows(tenant);
    for (const table of [positions, orderEvents, orders, closings, shifts, moves, lines, house, held])
      table.clear();
    return Promise.resolve();
  }

  projectionDigests(tenant: string): Promise<Readonly<Record<string, string>>> {
    const { positions, orders, closings, shifts, moves, lines, house, held } = this.#rows(tenant);
    const tables = { positions, orders, closings, shifts, moves, lines, house, held };
    return Promise.resolve(
      Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, digestOfRows(rows)])),
    );
  }

  countStock(tenant: string, counts: readonly StockCount[]): Promise<void> {
    const rows = this.#rows(tenant);
    const moved = movedBySku(rows.moves.values());
    for (const count of counts)
      rows.counts.set(count.sku, { ...count, movedBeforeMilli: moved.get(count.sku) ?? 0 });
    return Promise.resolve();
  }

  stock(tenant: string): Promise<readonly StockLevel[]> {
    return Promise.resolve(stockOf(this.#rows(tenant)));
  }

  figures(tenant: string): Promise<Figures> {
    return Promise.resolve(figuresOf(this.#rows(tenant)));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #rows(tenant: string): TenantRows {
    const known = this.#tenants.get(tenant);
    if (known !== undefined) return known;
    const fresh: TenantRows = {
      terminals: new Map(),
      batches: new Map(),
      quarantined: new Map(),
      positions: new Map(),
      orderEvents: new Map(),
      orders: new Map(),
      closings: new Map(),
      shifts: new Map(),
      moves: new Map(),
      lines: new Map(),
      house: new Map(),
      counts: new Map(),
      held: new Map(),
      alarms: new Map(),
      blobs: new Map(),
    };
    this.#tenants.set(tenant, fresh);
    return fresh;
  }

  #terminal(link: Link): HeldTerminal {
    const { terminals } = this.#rows(link.tenant);
    const known = terminals.get(link.terminal);
    if (known !== undefined) return known;
    const fresh = new HeldTerminal();
    terminals.set(link.terminal, fresh);
    return fresh;
  }
}

function digestOfRows(rows: ReadonlyMap<string, unknown>): string {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}

function writerKey(writer: { readonly terminal: string; readonly epoch: Epoch }): string {
  return `${writer.terminal}/${writer.epoch}`;
}

function placeKey(place: HeldCursor): string {
  return `${place.terminal}/${place.epoch}/${place.seq}`;
}

function comparePlaces(a: HeldCursor, b: HeldCursor): number {
  if (a.terminal !== b.terminal) return a.terminal < b.terminal ? -1 : 1;
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  return a.seq - b.seq;
}

/** The index of the first row that reaches beyond `seq`; rows of a writer stand in order. */
function firstBeyond(rows: readonly BatchRow[], seq: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.toSeq ?? Infinity) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
