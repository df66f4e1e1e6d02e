/**
 * The dry run: every check that was closed in a span, priced once more under rules that nobody sells by
 * yet, before they are published. Streams what changes as it finds it; holds a page of orders at a time.
 *
 * D1 The total is the exact sum of the rows: a row leaves here for every check whose amount changes.
 * D2 Nothing is written, and what is left as it was is counted by its reason.
 */
import { eventId } from "../../../core/ids.ts";
import { foldOrder } from "../../../core/order/fold.ts";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import { storeNameIn } from "../store/bodies.ts";
import type { SoldClosing } from "../store/console.ts";
import type { Store } from "../store/store.ts";
import { closingPages } from "./closing-pages.ts";
import type { ClosingPagesOptions, ClosingWithEvents } from "./closing-pages.ts";
import { repriceCheck } from "./reprice.ts";
import type { Repriced, Under } from "./reprice.ts";

/** What is priced once more, under what. */
export interface DryRunOptions extends ClosingPagesOptions {
  readonly store: Pick<Store, "console" | "batchesAfter">;
  /** `place.store` is each terminal's own. */
  readonly under: Under;
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
  const stores = new Map<string, string>();
  let tally = NOTHING;
  for await (const page of closingPages(options)) {
    for (const { closing } of page) await learnStore(options, stores, closing);
    const step = stepOf(page, options, stores, tally);
    tally = step.tally;
    yield step;
  }
}

function stepOf(
  page: readonly ClosingWithEvents[],
  { under }: DryRunOptions,
  stores: ReadonlyMap<string, string>,
  before: DryRunTally,
): DryRunStep {
  const changed: ChangedCheck[] = [];
  let tally = before;
  for (const { closing, events } of page) {
    const store = stores.get(writerOf(closing)) ?? "";
    const place = { ...under.place, store };
    const repriced = repriceClosing(closing, events, { ...under, place });
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
