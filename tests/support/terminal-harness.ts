/**
 * A whole terminal over fakes: the real loop, journal and executors on a Disk in memory, with taps as a
 * screen sends them, and what two states must have in common to be the same.
 */
import type { Approval, Command } from "../../core/command.ts";
import { clerkId, epochId } from "../../core/ids.ts";
import type { Epoch, TerminalId } from "../../core/ids.ts";
import type { Order } from "../../core/order/types.ts";
import { businessView } from "../../core/order/view.ts";
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import type { Recorded } from "../../core/types.ts";
import { decodeRecord, splitRecords } from "../../protocol/record.ts";
import { createSigner } from "../../protocol/sign.ts";
import { sha256Text } from "../../runtime/adapters/machine.ts";
import type { Rng } from "../../runtime/clock.ts";
import type { Disk } from "../../runtime/disk.ts";
import type { Answer } from "../../runtime/loop.ts";
import { inspectJournal } from "../../runtime/store/inspect.ts";
import type { Recovered } from "../../runtime/store/inspect.ts";
import { openTerminal } from "../../runtime/terminal.ts";
import type { Terminal, TerminalParts } from "../../runtime/terminal.ts";
import { seededRng, shopCatalogue, shopConfig, tickingClock, TILL } from "./fake-world.ts";
import { ManualTimers } from "./manual-timers.ts";

/** Enough for a roll-over after about thirty commits. */
export const SMALL_SEGMENT_BYTES = 64 * 1024;

const CATALOGUE = shopCatalogue();
const SIGNER = createSigner(new Uint8Array(32).fill(3));

/** The parts of a terminal on `disk`; its rng draws the epoch. */
export function partsOn(disk: Disk, rng: Rng, changes: Partial<TerminalParts> = {}): TerminalParts {
  return {
    config: shopConfig(),
    catalogue: CATALOGUE,
    disk,
    clock: tickingClock(),
    timers: new ManualTimers(),
    rng,
    sha256: sha256Text,
    signer: SIGNER,
    printer: null,
    link: null,
    log: () => {},
    segmentBytes: SMALL_SEGMENT_BYTES,
    ...changes,
  };
}

/** A command as a step of a script: it works on whatever order is current. */
export type ScriptStep = (state: State, order: Order | null) => Command;

/** One open terminal and the view that taps on it. */
export class Till {
  readonly terminal: Terminal;
  #n: number;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
    this.#n = terminal.loop.state.views.get(1) ?? 0;
  }

  get state(): State {
    return this.terminal.loop.state;
  }

  /** The number of the newest tap: after a start, of the newest that the journal holds. */
  get n(): number {
    return this.#n;
  }

  get order(): Order | null {
    return currentOrder(this.state);
  }

  /** The next tap. Who taps is "boss" unless said. */
  tap(command: Command, clerk = "boss", approval: Approval | null = null): Promise<Answer> {
    this.#n += 1;
    return this.tapAgain(command, this.#n, clerk, approval);
  }

  /** A tap under a number of one's own. */
  tapAgain(command: Command, n: number, clerk = "boss", approval: Approval | null = null): Promise<Answer> {
    return this.terminal.loop.submit(command, { view: 1, n, clerk: clerkId(clerk) }, approval);
  }

  /** A tap that is answered with yes, or the test fails. */
  async must(
    command: Command,
    clerk = "boss",
    approval: Approval | null = null,
  ): Promise<readonly Recorded[]> {
    const answer = await this.tap(command, clerk, approval);
    if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal.code} ${answer.refusal.about}`);
    return answer.events;
  }

  /** Adds items to the current order, which is opened when there is none. */
  async add(...skus: readonly string[]): Promise<void> {
    for (const sku of skus) {
      await this.must({ type: "add_item", order: this.order?.id ?? null, sku, quantityMilli: 1000 });
    }
  }

  /** Sells these items for cash, exact. */
  async sell(...skus: readonly string[]): Promise<readonly Recorded[]> {
    await this.add(...skus);
    const { order } = this;
    if (order === null) throw new Error("sell: There must be an order");
    return this.must({
      type: "take_cash",
      order: order.id,
      handedMinor: order.openTotalMinor,
      leftMinor: null,
    });
  }
}

/** Opens a terminal on `disk`; `ordinal` is the start's, so that each draws an epoch of its own. */
export async function openTill(disk: Disk, ordinal = 1, changes: Partial<TerminalParts> = {}): Promise<Till> {
  return new Till(await openTerminal(partsOn(disk, seededRng(ordinal), changes)));
}

/** What makes two states the same: views of orders, receipts, clerks and taps. */
export function businessState(state: State, isOfInterest: (order: Order) => boolean = () => true): unknown {
  const orders = [...state.orders.values()].filter(({ order }) => isOfInterest(order));
  return {
    receipt: `${state.receiptSeries} ${state.nextReceiptNumber}`,
    clerks: [...state.clerks.values()],
    views: [...state.views],
    orders: orders.map(({ order }) => businessView(order)),
  };
}

/** A journal read from disk without a terminal: every record in order, with the start of its segment's epoch. */
export interface JournalReading {
  readonly recovered: Recovered;
  readonly records: readonly Recorded[];
  /** Indexes into `records` at which a segment begins. */
  readonly epochs: readonly Epoch[];
}

/** Reads the whole journal; fails on a record that cannot be decoded. */
export async function readJournal(disk: Disk, terminal: TerminalId = TILL): Promise<JournalReading> {
  const records: Recorded[] = [];
  const { recovered } = await inspectJournal(disk, terminal, (block) => {
    const epoch = epochId(block.epoch);
    const parts = splitRecords(block.recordBytes.slice(), block.recordCount);
    if (!parts.ok) throw new Error(`${parts.code} at record ${block.firstSeq}`);
    for (const [index, bytes] of parts.value.entries()) {
      const record = decodeRecord(bytes, { terminal, epoch });
      if (!record.ok) throw new Error(`${record.code} in record ${block.firstSeq + index}`);
      if (record.value.seq !== block.firstSeq + index)
        throw new Error(`seq ${record.value.seq} is misplaced`);
      records.push(record.value);
    }
  });
  return { recovered, records, epochs: [...new Set(records.map((record) => record.epoch))] };
}

/** The receipt numbers of these records, in order, as "series number". */
export function receiptsIn(records: readonly Recorded[]): readonly string[] {
  return records.flatMap(({ event }) =>
    event.type === "check_closed" ? [`${event.receipt.series} ${event.receipt.number}`] : [],
  );
}
