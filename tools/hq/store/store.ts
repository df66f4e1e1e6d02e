/**
 * Where headquarters keeps what it holds: signed batches as they came, what was folded from them,
 * and alarms. Two bindings, memory and PostgreSQL, pass one conformance suite.
 *
 * S1 A commit is one transaction; its outcomes are told only once it is durable.
 * S2 Outcomes are those of deciding the arrivals one after the other (ingest.ts), also when another
 *    process commits to the same store at the same moment.
 * S3 A projector's step changes its tables and its position together or not at all.
 * S4 Nothing here waits for the projector.
 */
import type { Epoch, OrderId, TerminalId } from "../../../core/ids.ts";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import type { Batch } from "../../../protocol/batch.ts";
import type { Link, Position } from "../../../protocol/message.ts";
import type { Alarm, StoredAlarm } from "../alarm.ts";
import type { HeldEpoch } from "../held.ts";
import type { ConsoleStore } from "./console.ts";
import type { Figures } from "./figures.ts";
import type {
  ClosingLineRow,
  ClosingRow,
  HeldRow,
  HouseRow,
  OrderRow,
  ShiftRow,
  StockCount,
  StockLevel,
  StockMoveRow,
} from "./rows.ts";

/** A batch that was verified, with the signed bytes as they came. */
export interface Arrival {
  readonly batch: Batch;
  readonly body: Uint8Array;
  readonly receivedAtMs: number;
}

/** What became of an arrival. `position` is the tip of its epoch: what an ack may name. */
export type Outcome =
  | { readonly kind: "stored"; readonly position: Position }
  | { readonly kind: "known"; readonly position: Position }
  | { readonly kind: "gap" }
  | { readonly kind: "fork" };

/** One writer's epoch. */
export interface WriterKey extends Link {
  readonly epoch: Epoch;
}

/** A record as it came, with its place. */
export interface PlacedRecord {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** Order events that a step of the projector adds, with their bytes. */
export interface OrderEventRow extends PlacedRecord {
  readonly order: OrderId;
}

/** What records turned out to be: the first half of a projection. */
export interface Reading {
  readonly events: readonly { readonly row: OrderEventRow; readonly recorded: RecordedOrderEvent }[];
  /** Records that this build cannot read. */
  readonly held: readonly HeldRow[];
  /** Shifts that were closed. */
  readonly shifts: readonly ShiftRow[];
  /** What was done about people, drawers and machines. */
  readonly house: readonly HouseRow[];
  /** What the records themselves say that a person must look at. */
  readonly alarms: readonly Alarm[];
}

/** What a step writes beside the order events and held records of its reading. */
export interface Folding {
  readonly orders: readonly OrderRow[];
  readonly closings: readonly ClosingRow[];
  /** The lines of those closings, all of each: they stand in place of those of an earlier fold. */
  readonly lines: readonly ClosingLineRow[];
  /** What the closings moved; an order that is folded again replaces its own. */
  readonly moves: readonly StockMoveRow[];
  readonly alarms: readonly Alarm[];
}

/** The pure rules of projecting (project.ts); the store brings the transaction. */
export interface Projection {
  read(tenant: string, records: readonly PlacedRecord[]): Reading;
  /** `events`: all events of each touched order, those of the reading included, in no order. */
  fold(tenant: string, reading: Reading, events: ReadonlyMap<OrderId, readonly PlacedRecord[]>): Folding;
}

/** Where `retryHeld` goes on. */
export interface HeldCursor {
  readonly terminal: string;
  readonly epoch: string;
  readonly seq: number;
}

export interface Store {
  /** What the console reads. */
  readonly console: ConsoleStore;
  /** 8 random bytes drawn when the store was made. */
  readonly incarnation: Uint8Array;

  /** Decides and stores all of these in one transaction; one outcome each, in their order (S1, S2). */
  commit(arrivals: readonly Arrival[]): Promise<readonly Outcome[]>;
  /**
   * Stores batches of headquarters' own journal, all or none, where its newest epoch still ends at `after` (null: there
   * is none yet), in one transaction (S1). "moved": another process wrote meanwhile, and nothing was stored.
   */
  append(arrivals: readonly Arrival[], after: Position | null): Promise<"stored" | "moved">;
  /** Keeps a file under the SHA-256 of its bytes (hex); one that is held already is left as it is. */
  putBlob(tenant: string, sha256: string, bytes: Uint8Array): Promise<void>;
  /** The bytes of a file from a multiple of BLOB_CHUNK_BYTES_MAX on, at most so many; empty where there is nothing. */
  blobPiece(tenant: string, sha256: string, offset: number): Promise<Uint8Array>;
  /** The names of the files that are held, in order. */
  blobs(tenant: string): Promise<readonly string[]>;
  /** Tips of the terminal's epochs, newest arrival first. */
  holds(link: Link, countMax: number): Promise<readonly Position[]>;
  /** All epochs of the terminal, oldest arrival first. */
  epochs(link: Link): Promise<readonly HeldEpoch[]>;
  /** Bodies of stored batches of an epoch that reach beyond `seq`, in order. */
  batchesAfter(writer: WriterKey, seq: number, countMax: number): Promise<readonly Uint8Array[]>;
  raise(alarms: readonly Alarm[]): Promise<void>;

  /** Writers whose projection is behind what is held. */
  writersBehind(tenant: string, countMax: number): Promise<readonly WriterKey[]>;
  /** Projects the next few batches of a writer (S3); answers how many records it took, 0 at the end. */
  projectNext(writer: WriterKey, projection: Projection): Promise<number>;
  /** Tries some held records after `after` again; answers where to go on, null at the end. */
  retryHeld(tenant: string, projection: Projection, after: HeldCursor | null): Promise<HeldCursor | null>;
  /** Records that are held and not yet projected. */
  lagCount(tenant: string): Promise<number>;

  /** Throws away everything that was folded of a tenant; what is held stays, and can be projected anew. */
  clearProjections(tenant: string): Promise<void>;
  /** A digest of every projected row, by table: equal rows, equal digests. */
  projectionDigests(tenant: string): Promise<Readonly<Record<string, string>>>;
  /** Takes counts over: from here on an item's level is its count and what moves after it. All or none. */
  countStock(tenant: string, counts: readonly StockCount[]): Promise<void>;
  /** Levels of the items that were counted, by sku. */
  stock(tenant: string): Promise<readonly StockLevel[]>;

  /** Writes a word of its own and makes it durable: resolves where a commit would. */
  probe(): Promise<void>;
  alarms(tenant: string): Promise<readonly StoredAlarm[]>;
  figures(tenant: string): Promise<Figures>;
  close(): Promise<void>;
}
