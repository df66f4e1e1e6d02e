/**
 * What every store of headquarters does with a shop's day: shifts beside what is held of them, and
 * stock that moves with sales and returns. Part of the suite of hq-store.ts.
 */
import { expect, test } from "vitest";
import { clerkId, drawerId, eventId } from "../../core/ids.ts";
import type { EventId, OrderId } from "../../core/ids.ts";
import { milli, minor, ppm, ZERO } from "../../core/money.ts";
import { emptyReport } from "../../core/shift/report.ts";
import { wallMs } from "../../core/time.ts";
import type { Event } from "../../core/types.ts";
import { createProjection } from "../../tools/hq/project.ts";
import { projectAll } from "../../tools/hq/projector.ts";
import { reportOf } from "../../tools/hq/report-of.ts";
import type { Store } from "../../tools/hq/store/store.ts";
import type { TestHistory } from "../support/hq-history.ts";

type SetUp = () => {
  readonly tenant: string;
  readonly store: Store;
  readonly history: (terminal: string, letter: string) => TestHistory;
};

const projection = createProjection();
const ann = clerkId("ann");
const HASH = new Uint8Array(32);

function ahead(history: TestHistory, offset: number): EventId {
  const { terminal, epoch, tip } = history;
  return eventId({ terminal, epoch, seq: tip.seq + 1 + offset });
}

interface Sold {
  readonly kind: "sale" | "return";
  readonly sku: string;
  readonly pieces: number;
  readonly shift: EventId | null;
}

/** A sale or return at 1.00 a piece, closed in one block; answers its order. */
function sell(history: TestHistory, { kind, sku, pieces, shift }: Sold): OrderId {
  const order = ahead(history, 0);
  const totalMinor = minor((kind === "sale" ? 100 : -100) * pieces);
  const { terminal, epoch } = history;
  history.block(
    { type: "order_opened", kind, currency: "GBP", label: "", reason: kind === "sale" ? "" : "faulty" },
    {
      type: "line_added",
      order,
      sku,
      name: sku,
      quantityMilli: milli(pieces * 1000),
      unitPriceMinor: minor(100),
      taxPpm: ppm(0),
      priceSource: "list",
      reason: "",
      checksSeenCount: 0,
      returnOf: null,
      priceVersion: 0,
      pricing: null,
    },
    {
      type: "check_frozen",
      pricing: null,
      order,
      frontier: [{ terminal, epoch, seq: history.tip.seq + 2 }],
      dueMinor: totalMinor,
    },
    closing(history, order, totalMinor, shift),
  );
  return order;
}

function closing(
  history: TestHistory,
  order: OrderId,
  totalMinor: ReturnType<typeof minor>,
  shift: EventId | null,
): Event {
  return {
    type: "check_closed",
    order,
    check: ahead(history, 2),
    clerk: ann,
    totalMinor,
    taxes: [],
    tenders: [],
    receipt: { series: "A", number: history.tip.seq },
    viewHash: HASH,
    roundingMinor: ZERO,
    shift,
  };
}

function openShift(history: TestHistory): EventId {
  const shift = ahead(history, 0);
  const facts = {
    drawer: drawerId("1"),
    businessDate: "2026-11-22",
    currency: "GBP",
    floatMinor: minor(500),
  };
  history.block({ type: "shift_opened", ...facts });
  return shift;
}

function closeShift(history: TestHistory, shift: EventId, salesMinor: number, saleCount: number): void {
  const opening = {
    drawer: drawerId("1"),
    businessDate: "2026-11-22",
    currency: "GBP",
    clerk: ann,
    openedAt: wallMs(1),
    floatMinor: minor(500),
  };
  history.block({
    type: "shift_closed",
    shift,
    zNumber: 1,
    report: {
      ...emptyReport(opening),
      saleCount,
      salesMinor: minor(salesMinor),
      expectedMinor: minor(500 + salesMinor),
    },
    countedMinor: minor(500 + salesMinor - 20),
    differenceMinor: minor(-20),
    reason: "a coin rolled away",
  });
}

/** Registers this part of the suite. */
export function testDay(title: (text: string) => string, setUp: SetUp): void {
  test(title("a Z stands beside what is held of its shift, and agrees"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    const shift = openShift(a);
    sell(a, { kind: "sale", sku: "tea", pieces: 3, shift });
    sell(a, { kind: "sale", sku: "tea", pieces: 1, shift: null });
    closeShift(a, shift, 300, 1);
    await store.commit([a.arrival()]);
    await projectAll(store, tenant, projection);
    const { shifts } = await reportOf(store, tenant);
    expect(shifts).toEqual([
      {
        terminal: "t1",
        drawer: "1",
        zNumber: 1,
        businessDate: "2026-11-22",
        currency: "GBP",
        net: "3.00",
        saleCount: 1,
        returnCount: 0,
        expected: "8.00",
        counted: "7.80",
        difference: "-0.20",
        reason: "a coin rolled away",
        agrees: true,
        heldNet: "3.00",
      },
    ]);
  });

  test(title("a closing that names a shift after its Z does not move it and is told"), async () => {
    const { store, history, tenant } = setUp();
    const [a, b] = [history("t1", "a"), history("t2", "b")];
    const shift = openShift(a);
    sell(a, { kind: "sale", sku: "tea", pieces: 3, shift });
    closeShift(a, shift, 300, 1);
    sell(b, { kind: "sale", sku: "tea", pieces: 2, shift });
    await store.commit([a.arrival(), b.arrival()]);
    await projectAll(store, tenant, projection);
    const { shifts } = await reportOf(store, tenant);
    expect(shifts).toMatchObject([{ net: "3.00", heldNet: "5.00", agrees: false }]);
  });

  test(title("sales take from a counted item and returns give back, from the count on"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    sell(a, { kind: "sale", sku: "tea", pieces: 5, shift: null });
    await store.commit([a.arrival()]);
    await projectAll(store, tenant, projection);
    const counted = { sku: "tea", countedMilli: 10_000, targetMilli: 16_000, thresholdPpm: 500_000 };
    await store.countStock(tenant, [counted]);
    const level = (levelMilli: number, isLow: boolean) => [
      { sku: "tea", levelMilli, targetMilli: 16_000, thresholdPpm: 500_000, isLow },
    ];
    expect(await store.stock(tenant)).toEqual(level(10_000, false));
    sell(a, { kind: "sale", sku: "tea", pieces: 3, shift: null });
    sell(a, { kind: "return", sku: "tea", pieces: 1, shift: null });
    sell(a, { kind: "sale", sku: "bun", pieces: 3, shift: null });
    await store.commit([a.arrival()]);
    await projectAll(store, tenant, projection);
    // Half of the target is not below it.
    expect(await store.stock(tenant)).toEqual(level(8000, false));
    sell(a, { kind: "sale", sku: "tea", pieces: 1, shift: null });
    await store.commit([a.arrival()]);
    await Promise.all([1, 2].map(() => projectAll(store, tenant, projection)));
    expect(await store.stock(tenant)).toEqual(level(7000, true));
    await store.countStock(tenant, [{ ...counted, countedMilli: 16_000 }]);
    expect(await store.stock(tenant)).toEqual(level(16_000, false));
  });

  test(title("projections that are thrown away come out the same, twice"), async () => {
    const { store, history, tenant } = setUp();
    const [a, b] = [history("t1", "a"), history("t2", "b")];
    const shift = openShift(a);
    for (let count = 0; count < 5; count += 1) sell(a, { kind: "sale", sku: "tea", pieces: 2, shift });
    sell(b, { kind: "return", sku: "tea", pieces: 1, shift: null });
    b.unknownEvent();
    closeShift(a, shift, 1000, 5);
    await store.commit([a.arrival(), b.arrival()]);
    await projectAll(store, tenant, projection);
    const digests = await store.projectionDigests(tenant);
    const report = await reportOf(store, tenant);
    expect(new Set(Object.values(digests)).size).toBeGreaterThan(4);
    for (let times = 0; times < 2; times += 1) {
      await store.clearProjections(tenant);
      expect((await reportOf(store, tenant)).orderCount).toBe(0);
      await projectAll(store, tenant, projection);
      expect(await store.projectionDigests(tenant)).toEqual(digests);
      expect(await reportOf(store, tenant)).toEqual(report);
    }
  });
}
