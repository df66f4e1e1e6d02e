/**
 * The dry run: every check that was closed in a span, priced once more under rules that nobody sells by
 * yet, before they are published. Streams what changes as it finds it; holds a page of orders at a time.
 *
 * D1 The total is the exact sum of the rows: a row leaves here for every check whose amount changes.
 * D2 Nothing is written, and what is left as it was is counted by its reason.
 */
import { isOrderEvent } from "../../../core/evolve.ts";
import { eventId } from "../../../core/ids.ts";
import type { OrderId } from "../../../core/ids.ts";
import { foldOrder } from "../../../core/order/fold.ts";
import { compareRecorded } from "../../../core/order/sort.ts";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import { decodeRecord } from "../../../protocol/record.ts";
import { storeNameIn } from "../store/bodies.ts";
import type { SoldClosing, Span, StoredRecord, TimeCursor } from "../store/console.ts";
import type { Store } from "../store/store.ts";
import { repriceCheck } from "./reprice.ts";
import type { Repriced, Under } from "./reprice.ts";

/** Closings of one page. */
const PAGE_COUNT = 100;

/** What is priced once more, under what. */
export interface DryRunOptions {
  readonly tenant: string;
  readonly store: Pick<Store, "console" | "batchesAfter">;
  readonly span: Span;
  /** `place.store` is each terminal's own. */
  readonly under: Under;
  /** Looked at between pages: true ends the run early. */
  readonly isStopped?: () => boolean;
}

/** A check whose amount changes. */
export interface ChangedCheck {
  readonly closing: SoldClosing;
  readonly repriced: Extract<Repriced, { readonly kind: "priced" }>;
}

/** How far it is. Amounts are sums of what changes; `leftByCode` counts what was left as it was. */
export interface DryRunTally {
  readonly closingCount: number;
  readonly pricedCount: number;
  readonly lineCount: number;
  readonly changedCount: number;
  readonly beforeMinor: bigint;
  readonly afterMinor: bigint;
  readonly leftByCode: Readonly<Record<string, number>>;
}

/** One page of it. */
export interface DryRunStep {
  readonly changed: readonly ChangedCheck[];
  readonly tally: DryRunTally;
}

const NOTHING: DryRunTally = {
  closingCount: 0,
  pricedCount: 0,
  lineCount: 0,
  changedCount: 0,
  beforeMinor: 0n,
  afterMinor: 0n,
  leftByCode: {},
};

/** Page by page, in order of time. Faults of the store reject. */
export async function* dryRun(options: DryRunOptions): AsyncGenerator<DryRunStep, void, undefined> {
  const { tenant, store, span, isStopped = () => false } = options;
  const stores = new Map<string, string>();
  let tally = NOTHING;
  for (let after: TimeCursor | null = null; !isStopped();) {
    const page: readonly SoldClosing[] = await store.console.closings(tenant, span, after, PAGE_COUNT);
    const last = page.at(-1);
    if (last === undefined) return;
    after = { ...last, sku: "" };
    const orders = [...new Set(page.map(({ order }) => order))];
    const records = await store.console.recordsOf(tenant, orders);
    for (const closing of page) await learnStore(options, stores, closing);
    const step = stepOf(page, eventsOf(records), options, stores, tally);
    tally = step.tally;
    yield step;
  }
}

function stepOf(
  page: readonly SoldClosing[],
  events: ReadonlyMap<OrderId, readonly RecordedOrderEvent[]>,
  { under }: DryRunOptions,
  stores: ReadonlyMap<string, string>,
  before: DryRunTally,
): DryRunStep {
  const changed: ChangedCheck[] = [];
  let tally = before;
  for (const closing of page) {
    const store = stores.get(writerOf(closing)) ?? "";
    const place = { ...under.place, store };
    const repriced = repriceClosing(closing, events.get(closing.order) ?? [], { ...under, place });
    const row = repriced.kind === "priced" && repriced.beforeMinor !== repriced.afterMinor;
    if (row) changed.push({ closing, repriced });
    tally = counted(tally, repriced);
  }
  return { changed, tally };
}

function repriceClosing(closing: SoldClosing, events: readonly RecordedOrderEvent[], under: Under): Repriced {
  if (events.length === 0) return { kind: "left", code: "unread" };
  const order = foldOrder(closing.order, events);
  return repriceCheck(order, events, eventId(closing), under);
}

// D1, D2
function counted(tally: DryRunTally, repriced: Repriced): DryRunTally {
  const closingCount = tally.closingCount + 1;
  if (repriced.kind === "left") {
    const { code } = repriced;
    const leftByCode = { ...tally.leftByCode, [code]: (tally.leftByCode[code] ?? 0) + 1 };
    return { ...tally, closingCount, leftByCode };
  }
  const { beforeMinor, afterMinor, lines } = repriced;
  const isChanged = beforeMinor !== afterMinor;
  return {
    ...tally,
    closingCount,
    pricedCount: tally.pricedCount + 1,
    lineCount: tally.lineCount + lines.length,
    changedCount: tally.changedCount + (isChanged ? 1 : 0),
    beforeMinor: tally.beforeMinor + (isChanged ? BigInt(beforeMinor) : 0n),
    afterMinor: tally.afterMinor + (isChanged ? BigInt(afterMinor) : 0n),
  };
}

/** The events of each order in their order; what this build cannot read is left out. */
function eventsOf(
  records: ReadonlyMap<OrderId, readonly StoredRecord[]>,
): ReadonlyMap<OrderId, readonly RecordedOrderEvent[]> {
  const read = (record: StoredRecord): readonly RecordedOrderEvent[] => {
    const decoded = decodeRecord(record.bytes, record);
    if (!decoded.ok) return [];
    const { event } = decoded.value;
    return isOrderEvent(event) ? [{ ...decoded.value, event }] : [];
  };
  return new Map([...records].map(([id, its]) => [id, its.flatMap(read).sort(compareRecorded)]));
}

/** The store that a terminal said it stands in, by the batch that holds the closing. */
async function learnStore(
  { tenant, store }: DryRunOptions,
  stores: Map<string, string>,
  closing: SoldClosing,
): Promise<void> {
  const { terminal, epoch, seq } = closing;
  const key = writerOf(closing);
  if (stores.has(key)) return;
  const writer = { tenant, terminal, epoch };
  const [body] = await store.batchesAfter(writer, seq - 1, 1);
  stores.set(key, body === undefined ? "" : storeNameIn(writer, body));
}

function writerOf({ terminal, epoch }: SoldClosing): string {
  return `${terminal}/${epoch}`;
}
