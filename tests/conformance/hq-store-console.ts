/**
 * What every store of headquarters answers to the console: lists that go on where they ended, sums in
 * the shop's zone, what is known of a terminal. Part of the suite of hq-store.ts.
 */
import { expect, test } from "vitest";
import { clerkId, drawerId, eventId } from "../../core/ids.ts";
import type { EventId } from "../../core/ids.ts";
import { minor, ZERO } from "../../core/money.ts";
import { emptyReport } from "../../core/shift/report.ts";
import { wallMs } from "../../core/time.ts";
import { createProjection } from "../../tools/hq/project.ts";
import { projectAll } from "../../tools/hq/projector.ts";
import type {
  OrderCursor,
  OrderFilter,
  OrderSearch,
  Span,
  TimeCursor,
} from "../../tools/hq/store/console.ts";
import type { Store } from "../../tools/hq/store/store.ts";
import type { TestHistory } from "../support/hq-history.ts";

type SetUp = () => {
  readonly tenant: string;
  readonly store: Store;
  readonly history: (terminal: string, letter: string, parent?: TestHistory["tip"]) => TestHistory;
};
type Title = (text: string) => string;

const projection = createProjection();
/** The instant of seq 0 in every test history: 2026-01-05T08:00:00Z. */
const START_MS = 1_767_600_000_000;
const EVER: Span = { fromMs: 0, toMs: 4_000_000_000_000 };
const ALL: OrderFilter = {
  span: null,
  phase: null,
  kind: null,
  terminal: "",
  clerk: "",
  isMarked: false,
  search: null,
};
const NOTHING: OrderSearch = { order: null, receipt: null, amountMinor: null, label: "" };

async function take(store: Store, tenant: string, histories: readonly TestHistory[]): Promise<void> {
  await store.commit(histories.map((history) => history.arrival()));
  await projectAll(store, tenant, projection);
}

/** Every page of a list, two rows at a time. */
async function pages<T, C>(
  list: (after: C | null, countMax: number) => Promise<readonly T[]>,
  cursorOf: (row: T) => C,
): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let after: C | null = null; ;) {
    const page = await list(after, 2);
    rows.push(...page);
    const last = page.at(-1);
    if (last === undefined) return rows;
    after = cursorOf(last);
  }
}

/** Registers this part of the suite. */
export function testConsole(title: Title, setUp: SetUp): void {
  testOrders(title, setUp);
  testSums(title, setUp);
  testHouse(title, setUp);
}

function testOrders(title: Title, setUp: SetUp): void {
  test(title("orders are listed newest first, page by page, with their receipts"), async () => {
    const { store, history, tenant } = setUp();
    const [a, b] = [history("t1", "a"), history("t2", "b")];
    const sold = [1, 2, 3, 4, 5].map((pieces) => a.sale({ quantityMilli: pieces * 1000 }).order);
    const other = b.sale({ kind: "return", label: "Table 7" }).order;
    await take(store, tenant, [a, b]);
    const list = (filter: OrderFilter) =>
      pages(
        (after: OrderCursor | null, countMax) => store.console.orders(tenant, filter, after, countMax),
        ({ openedAtMs, order }) => ({ openedAtMs, order }),
      );
    const all = await list(ALL);
    // t2's order was opened in the same second as t1's first: the id decides.
    expect(all.map(({ order }) => order)).toEqual([...sold.slice(1).toReversed(), other, sold[0]]);
    expect(all[0]).toMatchObject({
      kind: "sale",
      phase: "closed",
      owner: "t1",
      currency: "GBP",
      closedTotalMinor: 1250,
      closingCount: 1,
      marks: [],
      closings: [{ terminal: "t1", clerk: "ann", totalMinor: 1250, receiptSeries: "A", receiptNumber: 5 }],
    });
    const found = async (changed: Partial<OrderFilter>) =>
      (await list({ ...ALL, ...changed })).map(({ order }) => order);
    const searched = (search: Partial<OrderSearch>) => found({ search: { ...NOTHING, ...search } });
    expect(await found({ kind: "return" })).toEqual([other]);
    expect(await found({ terminal: "t2" })).toEqual([other]);
    expect(await found({ phase: "open" })).toEqual([]);
    expect(await found({ clerk: "ann", kind: "return" })).toEqual([other]);
    expect(await found({ clerk: "bob" })).toEqual([]);
    expect(await found({ isMarked: true })).toEqual([]);
    expect(await found({ span: { fromMs: START_MS, toMs: START_MS + 3000 } })).toEqual([other, sold[0]]);
    expect(await searched({ order: sold[2] ?? null })).toEqual([sold[2]]);
    expect(await searched({ amountMinor: 750 })).toEqual([sold[2]]);
    expect(await searched({ amountMinor: 500 })).toEqual([sold[1], other]);
    expect(await searched({ receipt: { terminal: "", series: "", number: 1 } })).toEqual([other, sold[0]]);
    expect(await searched({ receipt: { terminal: "t2", series: "A", number: 1 } })).toEqual([other]);
    expect(await searched({ label: "table" })).toEqual([other]);
    expect(await searched({})).toEqual([]);
  });

  test(title("the records of an order come with the instant that headquarters had them"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    const { order } = a.sale();
    await store.commit([{ ...a.arrival(), receivedAtMs: START_MS + 60_000 }]);
    a.block({ type: "receipt_copied", order, closing: a.sale().closing, copyNumber: 1 });
    await store.commit([{ ...a.arrival(), receivedAtMs: START_MS + 90_000 }]);
    await projectAll(store, tenant, projection);
    const records = await store.console.orderRecords(tenant, order);
    const times = records
      .toSorted((one, two) => one.seq - two.seq)
      .map(({ seq, receivedAtMs }) => [seq, receivedAtMs === null ? null : (receivedAtMs - START_MS) / 1000]);
    expect(times.slice(0, 5)).toEqual([2, 3, 4, 5, 6].map((seq) => [seq, 60]));
    expect(times.slice(5)).toEqual([[12, 90]]);
    const none = eventId({ terminal: a.terminal, epoch: a.epoch, seq: 999 });
    expect(await store.console.orderRecords(tenant, none)).toEqual([]);
  });
}

function testSums(title: Title, setUp: SetUp): void {
  test(title("sales are summed by time in the shop's zone, by clerk and by terminal"), async () => {
    const { store, history, tenant } = setUp();
    const [a, b] = [history("t1", "a"), history("t2", "b")];
    a.sale({ quantityMilli: 4000 });
    a.sale({ kind: "return", quantityMilli: 1000 });
    b.sale({ currency: "CNY" });
    await take(store, tenant, [a, b]);
    const sums = async (by: Parameters<Store["console"]["sales"]>[2], zoneMinutes = 0, span = EVER) =>
      (await store.console.sales(tenant, span, by, zoneMinutes)).map(
        ({ key, currency, netMinor, saleCount, returnCount }) =>
          `${key} ${currency} ${netMinor} ${saleCount}+${returnCount}`,
      );
    expect(await sums("all")).toEqual([" CNY 500 1+0", " GBP 750 1+1"]);
    const hour = Math.floor(START_MS / 3_600_000);
    expect(await sums("hour")).toEqual([`${hour} CNY 500 1+0`, `${hour} GBP 750 1+1`]);
    expect(await sums("hour_of_day", 480)).toEqual(["16 CNY 500 1+0", "16 GBP 750 1+1"]);
    const day = Math.floor(START_MS / 86_400_000);
    expect(await sums("day", -9 * 60)).toEqual([`${day - 1} CNY 500 1+0`, `${day - 1} GBP 750 1+1`]);
    expect(await sums("clerk")).toEqual(["ann CNY 500 1+0", "ann GBP 750 1+1"]);
    expect(await sums("terminal")).toEqual(["t1 GBP 750 1+1", "t2 CNY 500 1+0"]);
    // The end of a span is not in it.
    const closedAtMs = START_MS + 6000;
    expect(await sums("all", 0, { fromMs: closedAtMs, toMs: closedAtMs + 1 })).toEqual([
      " CNY 500 1+0",
      " GBP 1000 1+0",
    ]);
    expect(await sums("all", 0, { fromMs: 0, toMs: closedAtMs })).toEqual([]);
    expect(await store.console.newestClosingAtMs(tenant)).toBe(START_MS + 11_000);
    expect(await store.console.newestClosingAtMs("nobody")).toBe(null);
  });

  test(title("items, taxes and tenders are summed of what was closed, returns taken off"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    a.sale({ quantityMilli: 4000 });
    a.sale({ kind: "return", quantityMilli: 1000 });
    await take(store, tenant, [a]);
    const line = {
      sku: "tea",
      name: "Tea",
      currency: "GBP",
      quantityMilli: 3000n,
      netMinor: 750n,
      lineCount: 2,
    };
    expect(await store.console.items(tenant, EVER, 10)).toEqual([line]);
    expect(await store.console.items(tenant, EVER, 0)).toEqual([]);
    expect(await store.console.items(tenant, { fromMs: 0, toMs: START_MS }, 10)).toEqual([]);
    expect(await store.console.itemNames(tenant, ["tea", "bun"])).toEqual(new Map([["tea", "Tea"]]));
    expect(await store.console.taxes(tenant, EVER)).toEqual([
      { currency: "GBP", ratePpm: 200_000, netMinor: 625n, taxMinor: 125n },
    ]);
    expect(await store.console.tenders(tenant, EVER)).toEqual([
      { currency: "GBP", method: "cash", amountMinor: 750n, count: 2 },
    ]);
  });

  test(title("what moved of an item is listed with its receipt, page by page"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    for (const pieces of [1, 2, 3]) a.sale({ quantityMilli: pieces * 1000 });
    a.sale({ kind: "return", quantityMilli: 1000 });
    await take(store, tenant, [a]);
    const moved = (sku: string) =>
      pages(
        (after: TimeCursor | null, countMax) => store.console.movements(tenant, sku, after, countMax),
        ({ cursor }) => cursor,
      );
    const rows = (await moved("tea")).map(({ kind, quantityMilli, receiptNumber }) => [
      kind,
      quantityMilli,
      receiptNumber,
    ]);
    expect(rows).toEqual([
      ["return", 1000, 4],
      ["sale", -3000, 3],
      ["sale", -2000, 2],
      ["sale", -1000, 1],
    ]);
    expect(await moved("")).toEqual(await moved("tea"));
    expect(await moved("bun")).toEqual([]);
  });
}

const HOUSE = ["drawer_opened", "override_granted", "pin_tried"] as const;

function openShift(history: TestHistory): EventId {
  const shift = eventId({ terminal: history.terminal, epoch: history.epoch, seq: history.tip.seq + 1 });
  const facts = {
    drawer: drawerId("1"),
    businessDate: "2026-01-05",
    currency: "GBP",
    floatMinor: minor(500),
  };
  history.block({ type: "shift_opened", ...facts });
  return shift;
}

function closeShift(history: TestHistory, shift: EventId, zNumber: number): void {
  const opening = {
    drawer: drawerId("1"),
    businessDate: "2026-01-05",
    currency: "GBP",
    clerk: clerkId("ann"),
    openedAt: wallMs(1),
    floatMinor: minor(500),
  };
  const facts = { countedMinor: minor(500), differenceMinor: ZERO, reason: "" };
  history.block({ type: "shift_closed", shift, zNumber, report: emptyReport(opening), ...facts });
}

function testHouse(title: Title, setUp: SetUp): void {
  test(
    title("a terminal's state says what is held, what waits, its clock, its version, its shift"),
    async () => {
      const { store, history, tenant } = setUp();
      const [a, b] = [history("t1", "a"), history("t2", "b")];
      const shift = openShift(a);
      a.filler();
      await store.commit([{ ...a.arrival(), receivedAtMs: START_MS + 10_000 }, b.arrival()]);
      const [before] = await store.console.terminals(tenant, "", 1);
      expect(before).toMatchObject({ heldSeq: 3, projectedSeq: 0, oldestWaitingAtMs: START_MS + 10_000 });
      await projectAll(store, tenant, projection);
      const states = await store.console.terminals(tenant, "", 10);
      expect(states.map(({ terminal }) => terminal)).toEqual(["t1", "t2"]);
      expect(states[0]).toEqual({
        terminal: "t1",
        epoch: a.epoch,
        epochCount: 1,
        heldSeq: 3,
        projectedSeq: 3,
        lastReceivedAtMs: START_MS + 10_000,
        oldestWaitingAtMs: null,
        clockBehindMs: 7000,
        version: "0.1.0",
        shift: { shift, sinceMs: START_MS + 2000, clerk: "", drawer: "1" },
      });
      expect(await store.console.terminals(tenant, "t1", 10)).toEqual([states[1]]);
      closeShift(a, shift, 1);
      await take(store, tenant, [a]);
      const [after] = await store.console.terminals(tenant, "", 1);
      expect(after?.shift).toBe(null);
    },
  );

  test(title("Zs are listed newest first, page by page"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    for (const zNumber of [1, 2, 3]) closeShift(a, openShift(a), zNumber);
    await take(store, tenant, [a]);
    const shifts = await pages(
      (after: TimeCursor | null, countMax) => store.console.shifts(tenant, after, countMax),
      ({ atMs, terminal, epoch, seq }) => ({ atMs, terminal, epoch, seq, sku: "" }),
    );
    expect(shifts.map(({ zNumber, heldClosingCount }) => [zNumber, heldClosingCount])).toEqual([
      [3, 0],
      [2, 0],
      [1, 0],
    ]);
  });

  test(title("what was done in the house is listed, and wrong PINs count until one is right"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    const [ann, bob] = [clerkId("ann"), clerkId("bob")];
    const tries = (clerk: typeof ann): EventId => {
      a.block({ type: "pin_tried", clerk, purpose: "sign_on" });
      return eventId({ terminal: a.terminal, epoch: a.epoch, seq: a.tip.seq });
    };
    tries(ann);
    a.block({ type: "pin_passed", clerk: ann, attempt: tries(ann) });
    for (let times = 0; times < 3; times += 1) tries(bob);
    tries(ann);
    a.block({ type: "drawer_opened", shift: null, reason: "change" });
    const { order } = a.sale();
    const override = { approver: ann, requester: bob, action: "void_order", right: "void" } as const;
    a.block({ type: "override_granted", ...override, order, amountMinor: minor(250) });
    await take(store, tenant, [a]);
    const house = await pages(
      (after: TimeCursor | null, countMax) => store.console.house(tenant, HOUSE, after, countMax),
      ({ atMs, terminal, epoch, seq }) => ({ atMs, terminal, epoch, seq, sku: "" }),
    );
    expect(house.map(({ type }) => type)).toEqual([
      "override_granted",
      "drawer_opened",
      ...Array.from({ length: 6 }, () => "pin_tried"),
    ]);
    expect(house[0]).toMatchObject({
      clerk: "ann",
      subject: "bob",
      amountMinor: 250,
      order,
      detail: "void_order",
    });
    const failures = async () =>
      (await store.console.pinFailures(tenant)).map(({ clerk, count }) => `${clerk} ${count}`);
    expect(await failures()).toEqual(["bob 3", "ann 1"]);
    a.block({ type: "clerk_unlocked", clerk: bob });
    await take(store, tenant, [a]);
    expect(await failures()).toEqual(["ann 1"]);
  });

  test(
    title("what each terminal said last of an item is listed, without headquarters' own word"),
    async () => {
      const { store, history, tenant } = setUp();
      const [a, b, hq] = [history("t1", "a"), history("t2", "b"), history("HQ", "c")];
      const say = (to: TestHistory, sku: string, isSoldOut: boolean): void =>
        void to.block({ type: "item_availability_set", sku, isSoldOut });
      say(a, "tea", true);
      say(a, "tea", false);
      say(b, "tea", true);
      say(b, "bun", true);
      say(hq, "latte", true);
      await take(store, tenant, [a, b, hq]);
      const words = await store.console.availability(tenant, 10);
      expect(words.map(({ sku, terminal, isSoldOut }) => [sku, terminal, isSoldOut])).toEqual([
        ["bun", "t2", true],
        ["tea", "t1", false],
        ["tea", "t2", true],
      ]);
      expect(words[1]?.atMs).toBeGreaterThan(START_MS);
      expect(await store.console.availability(tenant, 1)).toEqual(words.slice(0, 1));
    },
  );

  test(title("alarms are listed with the first and the last time that they were raised"), async () => {
    const { store, tenant } = setUp();
    const alarm = {
      code: "link/flood",
      tenant,
      terminal: "t1",
      subject: "",
      detail: "a",
      kind: "count",
    } as const;
    await store.raise([{ ...alarm, count: 2 }]);
    await store.raise([{ ...alarm, detail: "b", count: 3 }]);
    const [raised, ...rest] = await store.console.alarms(tenant);
    expect(rest).toEqual([]);
    expect(raised).toMatchObject({ code: "link/flood", terminal: "t1", detail: "b", count: 5 });
    expect(raised?.firstAtMs).toBeLessThanOrEqual(raised?.lastAtMs ?? 0);
    expect(raised?.firstAtMs).toBeGreaterThan(START_MS);
  });

  test(
    title("closings are listed oldest first, page by page, and their orders' records with them"),
    async () => {
      const { store, history, tenant } = setUp();
      const [a, b] = [history("t1", "a"), history("t2", "b")];
      const sold = [1, 2, 3].map((pieces) => a.sale({ quantityMilli: pieces * 1000 }).order);
      const other = b.sale({ kind: "return" }).order;
      await take(store, tenant, [a, b]);
      const list = (span: Span) =>
        pages(
          (after: TimeCursor | null, countMax) => store.console.closings(tenant, span, after, countMax),
          (row) => ({ ...row, sku: "" }),
        );
      const all = await list(EVER);
      expect(all.map(({ order }) => order)).toEqual([sold[0], other, sold[1], sold[2]]);
      expect(all[1]).toMatchObject({ terminal: "t2", kind: "return", currency: "GBP", totalMinor: -500 });
      const [first, second] = all;
      expect(await list({ fromMs: 0, toMs: second?.atMs ?? 0 })).toEqual(
        all.filter(({ atMs }) => atMs < (second?.atMs ?? 0)),
      );
      const wanted = [first?.order, other].flatMap((order) => (order === undefined ? [] : [order]));
      const records = await store.console.recordsOf(tenant, [
        ...wanted,
        eventId({ terminal: a.terminal, epoch: a.epoch, seq: 9999 }),
      ]);
      expect([...records.keys()].sort()).toEqual([...wanted].sort());
      const alone = await store.console.orderRecords(tenant, other);
      const bySeq = (x: { readonly seq: number }, y: { readonly seq: number }): number => x.seq - y.seq;
      expect([...(records.get(other) ?? [])].sort(bySeq).map(({ seq, bytes }) => [seq, ...bytes])).toEqual(
        [...alone].sort(bySeq).map(({ seq, bytes }) => [seq, ...bytes]),
      );
    },
  );
}
