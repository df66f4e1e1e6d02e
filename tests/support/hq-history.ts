/**
 * A terminal's history for tests of headquarters: real records, blocks and signed batches, written
 * without a journal. Every event's Lamport time is its seq.
 */
import { clerkId, epochId, eventId, terminalId } from "../../core/ids.ts";
import type { Epoch, EventId, TerminalId } from "../../core/ids.ts";
import { milli, minor, ppm, ZERO } from "../../core/money.ts";
import { foldOrder } from "../../core/order/fold.ts";
import { frontierOf } from "../../core/order/sort.ts";
import type { RecordedOrderEvent } from "../../core/order/types.ts";
import { closingView } from "../../core/order/view.ts";
import { taxesOf } from "../../core/price/tax.ts";
import { wallMs } from "../../core/time.ts";
import type { OrderKind } from "../../core/facts.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { isOrderEvent } from "../../core/evolve.ts";
import type { Block } from "../../protocol/batch.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import { CHAIN_START, chainHash, sha256 } from "../../protocol/hash.ts";
import { sealMessage } from "../../protocol/message.ts";
import type { Link, Position } from "../../protocol/message.ts";
import { encodeRecord } from "../../protocol/record.ts";
import { createSigner } from "../../protocol/sign.ts";
import { keyName } from "../../tools/hq/keys.ts";
import type { Arrival, PlacedRecord } from "../../tools/hq/store/store.ts";

/** The tenant of tests that need only one. */
export const TENANT = "demo";
/** The store that all test terminals belong to. */
export const STORE = "main";
/** 2026-01-05T08:00:00Z. */
const START_MS = 1_767_600_000_000;

/** The epoch that tests call by one letter. */
export function epochOf(letter: string): Epoch {
  // Digits alone could be taken for a card number.
  return epochId(`${letter.charCodeAt(0).toString(16).padStart(2, "0").repeat(7)}ee`);
}

/** The link of a test terminal. */
export function linkOf(name: string, tenant = TENANT): Link {
  return { tenant, terminal: terminalId(name) };
}

/** A test terminal's key pair: the same for the same name. */
export function signerOf(name: string) {
  return createSigner(sha256(new TextEncoder().encode(name)));
}

/** What a sale or a return of a test is. */
export interface TestSale {
  readonly kind?: OrderKind;
  readonly label?: string;
  readonly unitPriceMinor?: number;
  readonly quantityMilli?: number;
  readonly currency?: string;
  /** A closing that names another view than its events make. */
  readonly viewHash?: Uint8Array;
}

/** One epoch of one terminal, growing at its end. */
export class TestHistory {
  readonly tenant: string;
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly blocks: Block[] = [];
  readonly records: PlacedRecord[] = [];
  readonly events: RecordedOrderEvent[] = [];
  #position: { readonly seq: number; readonly hash: Uint8Array };
  #receiptNumber = 1;

  /** Begins with an epoch_started of this parent. `parent` null: the start of a history. */
  constructor(name: string, epoch: Epoch, parent: Position | null = null, tenant = TENANT) {
    this.tenant = tenant;
    this.terminal = terminalId(name);
    this.epoch = epoch;
    this.#position = parent ?? { seq: 0, hash: CHAIN_START };
    this.block({
      type: "epoch_started",
      parent,
      opening: parent === null ? "new" : "clean",
      detail: "",
      series: "A",
      runtimeVersion: "0.1.0",
    });
  }

  /** Where the history ends. */
  get tip(): Position {
    return { epoch: this.epoch, ...this.#position };
  }

  /** Appends one block of these events. */
  block(...events: readonly Event[]): Block {
    return this.blockOf(events.map((event, index) => this.#encode(event, this.tip.seq + 1 + index)));
  }

  /** Appends one block of records as they are, readable or not. */
  blockOf(records: readonly Uint8Array[]): Block {
    const fromSeq = this.tip.seq + 1;
    const recordBytes = new Uint8Array(Buffer.concat(records));
    const previousHash = this.tip.hash;
    const hash = chainHash(previousHash, recordBytes);
    const block = { fromSeq, recordCount: records.length, recordBytes, previousHash, hash };
    records.forEach((bytes, index) => {
      this.records.push({ terminal: this.terminal, epoch: this.epoch, seq: fromSeq + index, bytes });
    });
    this.blocks.push(block);
    this.#position = { seq: fromSeq + records.length - 1, hash };
    return block;
  }

  /** Appends a record whose event no build knows. */
  unknownEvent(): Block {
    const seq = this.tip.seq + 1;
    return this.blockOf([encodeCbor([seq, seq, START_MS + seq, null, [99, 1, "from a newer build"]])]);
  }

  /** Appends a small event that belongs to no order; `text` makes histories differ. */
  filler(text = ""): Block {
    return this.block({ type: "continuity_lost", series: "A", detail: text });
  }

  /** Appends a whole sale or return, paid in cash, in one block; answers the order and its closing. */
  sale(sale: TestSale = {}): {
    readonly order: EventId;
    readonly closing: EventId;
    readonly totalMinor: number;
  } {
    const kind = sale.kind ?? "sale";
    const sign = kind === "sale" ? 1 : -1;
    const order = this.#idAhead(0);
    const check = this.#idAhead(2);
    const currency = sale.currency ?? "GBP";
    const head: readonly Event[] = [
      {
        type: "order_opened",
        kind,
        currency,
        label: sale.label ?? "",
        reason: kind === "sale" ? "" : "faulty",
      },
      {
        type: "line_added",
        order,
        sku: "tea",
        name: "Tea",
        quantityMilli: milli(sale.quantityMilli ?? 2000),
        unitPriceMinor: minor(sale.unitPriceMinor ?? 250),
        taxPpm: ppm(200_000),
        priceSource: "list",
        reason: "",
        checksSeenCount: 0,
        returnOf: null,
        priceVersion: 0,
        pricing: null,
      },
    ];
    const folded = head.map((event, index) => this.#recorded(event, this.tip.seq + 1 + index));
    const before = foldOrder(order, folded.filter(isOfOrder));
    const totalMinor = minor(before.openTotalMinor * sign);
    const facts = {
      totalMinor,
      taxes: taxesOf(before.lines, sign),
      tenders: [{ tender: this.#idAhead(3), method: "cash" as const, amountMinor: totalMinor }],
      receipt: { series: "A", number: this.#receiptNumber },
      roundingMinor: ZERO,
    };
    this.#receiptNumber += 1;
    const view = sha256(new TextEncoder().encode(closingView(before, before.lines, facts)));
    const closing = this.#idAhead(4);
    this.block(
      ...head,
      {
        type: "check_frozen",
        order,
        frontier: frontierOf(folded.filter(isOfOrder)),
        dueMinor: totalMinor,
        pricing: null,
      },
      {
        type: "tender_captured",
        order,
        check,
        method: "cash",
        amountMinor: totalMinor,
        handedMinor: totalMinor,
        changeMinor: minor(0),
        shift: null,
        request: null,
      },
      {
        type: "check_closed",
        order,
        check,
        clerk: clerkId("ann"),
        ...facts,
        shift: null,
        viewHash: sale.viewHash ?? view,
      },
    );
    return { order, closing, totalMinor };
  }

  /** The blocks that end in this range, as an arrival with its signed bytes. */
  arrival(fromSeq = 1, toSeq = this.tip.seq): Arrival {
    const blocks = this.blocks.filter(
      (block) => block.fromSeq >= fromSeq && block.fromSeq + block.recordCount - 1 <= toSeq,
    );
    const link = linkOf(this.terminal, this.tenant);
    const batch = { tenant: this.tenant, store: STORE, terminal: this.terminal, epoch: this.epoch, blocks };
    const signer = signerOf(this.terminal);
    const body = sealMessage({ kind: "batch", batch }, link, signer, keyName(signer.publicKey));
    return { batch, body, receivedAtMs: START_MS };
  }

  #idAhead(offset: number): EventId {
    return eventId({ terminal: this.terminal, epoch: this.epoch, seq: this.tip.seq + 1 + offset });
  }

  #recorded(event: Event, seq: number): Recorded {
    const { terminal, epoch } = this;
    return { terminal, epoch, seq, lamport: seq, at: wallMs(START_MS + seq * 1000), cause: null, event };
  }

  #encode(event: Event, seq: number): Uint8Array {
    const recorded = this.#recorded(event, seq);
    if (isOfOrder(recorded)) this.events.push(recorded);
    return encodeRecord(recorded);
  }
}

function isOfOrder(recorded: Recorded): recorded is RecordedOrderEvent {
  return isOrderEvent(recorded.event);
}
