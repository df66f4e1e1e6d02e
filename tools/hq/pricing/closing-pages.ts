/**
 * What was closed in a span, page by page in order of time, each closing with the events of its order. Holds
 * one page at a time; reads only.
 */
import { isOrderEvent } from "../../../core/evolve.ts";
import type { OrderId } from "../../../core/ids.ts";
import { compareRecorded } from "../../../core/order/sort.ts";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import { decodeRecord } from "../../../protocol/record.ts";
import type { SoldClosing, Span, StoredRecord, TimeCursor } from "../store/console.ts";
import type { Store } from "../store/store.ts";

/** Closings of one page. */
const PAGE_COUNT = 100;

/** What is read. */
export interface ClosingPagesOptions {
  readonly tenant: string;
  readonly store: Pick<Store, "console">;
  readonly span: Span;
  /** Looked at between pages: true ends it early. */
  readonly isStopped?: () => boolean;
}

/** A closing and its order's events in their order; none where they cannot be read. */
export interface ClosingWithEvents {
  readonly closing: SoldClosing;
  readonly events: readonly RecordedOrderEvent[];
}

/** See the header. Faults of the store reject. */
export async function* closingPages(
  options: ClosingPagesOptions,
): AsyncGenerator<readonly ClosingWithEvents[], void, undefined> {
  const { tenant, store, span, isStopped = () => false } = options;
  for (let after: TimeCursor | null = null; !isStopped();) {
    const page: readonly SoldClosing[] = await store.console.closings(tenant, span, after, PAGE_COUNT);
    const last = page.at(-1);
    if (last === undefined) return;
    after = { ...last, sku: "" };
    const orders = [...new Set(page.map(({ order }) => order))];
    const events = eventsOf(await store.console.recordsOf(tenant, orders));
    yield page.map((closing) => ({ closing, events: events.get(closing.order) ?? [] }));
  }
}

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
