/**
 * What every store of headquarters does, whatever it keeps its rows in: S1 to S4 of store.ts.
 * A binding's own test file calls `testStore` once; each test works in a tenant of its own.
 */
import { expect, test } from "vitest";
import type { OrderId } from "../../core/ids.ts";
import { decodeRecord, encodeRecord } from "../../protocol/record.ts";
import type { Event } from "../../core/types.ts";
import { milli, minor, ppm } from "../../core/money.ts";
import { wallMs } from "../../core/time.ts";
import { fact } from "../../tools/hq/alarm.ts";
import { heldRecords } from "../../tools/hq/held-records.ts";
import { createProjection } from "../../tools/hq/project.ts";
import { projectAll } from "../../tools/hq/projector.ts";
import { reportOf } from "../../tools/hq/report-of.ts";
import type { Outcome, PlacedRecord, Projection, Store, WriterKey } from "../../tools/hq/store/store.ts";
import { epochOf, linkOf, TestHistory } from "../support/hq-history.ts";
import { testAuthor } from "./hq-store-author.ts";
import { testConsole } from "./hq-store-console.ts";
import { testDay } from "./hq-store-day.ts";

let tenantCount = 0;

/** Registers the suite. `open` gives the store when a test runs; one store may serve all tests. */
export function testStore(name: string, open: () => Store): void {
  const title = (text: string): string => `${name}: ${text}`;
  const setUp = () => {
    tenantCount += 1;
    const tenant = `c${process.pid}-${tenantCount}`;
    const history = (terminal: string, letter: string, parent?: TestHistory["tip"]): TestHistory =>
      new TestHistory(terminal, epochOf(letter), parent ?? null, tenant);
    return { tenant, store: open(), history };
  };
  testHistory(title, setUp);
  testProjection(title, setUp);
  testRepairs(title, setUp);
  testDay(title, setUp);
  testConsole(title, setUp);
  testAuthor(title, setUp);
}

type SetUp = () => {
  readonly tenant: string;
  readonly store: Store;
  readonly history: (terminal: string, letter: string, parent?: TestHistory["tip"]) => TestHistory;
};
type Title = (text: string) => string;

const projection = createProjection();

function kinds(outcomes: readonly Outcome[]): string {
  return outcomes.map((outcome) => outcome.kind).join(" ");
}

async function recordsOf(store: Store, tenant: string, terminal: string): Promise<readonly PlacedRecord[]> {
  const records: PlacedRecord[] = [];
  for await (const record of heldRecords(store, linkOf(terminal, tenant))) records.push(record);
  return records;
}

function testHistory(title: Title, setUp: SetUp): void {
  test(title("a batch is stored once, its resend is known, and both name the tip"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    a.filler();
    expect(await store.commit([a.arrival()])).toEqual([{ kind: "stored", position: a.tip }]);
    expect(await store.commit([a.arrival(), a.arrival()])).toEqual([
      { kind: "known", position: a.tip },
      { kind: "known", position: a.tip },
    ]);
    expect(await recordsOf(store, tenant, "t1")).toEqual(a.records);
  });

  test(title("overlapping and re-cut batches leave each record once, byte for byte"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    for (let seq = 2; seq <= 12; seq += 1) a.filler(`record ${seq}`);
    const outcomes = await store.commit([a.arrival(1, 3), a.arrival(2, 6), a.arrival(1, 5), a.arrival(6, 9)]);
    expect(kinds(outcomes)).toBe("stored stored known stored");
    expect(kinds(await store.commit([a.arrival(1, 12)]))).toBe("stored");
    expect(await recordsOf(store, tenant, "t1")).toEqual(a.records);
  });

  test(title("what comes behind a gap is not stored, and is once the gap is filled"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    for (let seq = 2; seq <= 6; seq += 1) a.filler();
    expect(kinds(await store.commit([a.arrival(4, 6), a.arrival(1, 2), a.arrival(4, 6)]))).toBe(
      "gap stored gap",
    );
    expect(await store.holds(linkOf("t1", tenant), 64)).toMatchObject([{ seq: 2 }]);
    expect(kinds(await store.commit([a.arrival(3, 3), a.arrival(4, 6)]))).toBe("stored stored");
    expect(await recordsOf(store, tenant, "t1")).toEqual(a.records);
  });

  test(title("another hash at a held position goes to quarantine with history/fork"), async () => {
    const { store, history, tenant } = setUp();
    const [a, clone] = [history("t1", "a"), history("t1", "a")];
    a.filler("as it was");
    clone.filler("as it was not");
    await store.commit([a.arrival()]);
    expect(kinds(await store.commit([clone.arrival()]))).toBe("fork");
    expect(kinds(await store.commit([clone.arrival()]))).toBe("fork");
    expect(await recordsOf(store, tenant, "t1")).toEqual(a.records);
    expect((await store.figures(tenant)).quarantineCount).toBe(1);
    expect(await store.alarms(tenant)).toMatchObject([
      { code: "history/fork", terminal: "t1", subject: a.epoch, count: 2 },
    ]);
  });

  test(title("epochs follow their parents and are held newest arrival first"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "b");
    a.filler();
    const b = history("t1", "a", a.tip);
    const c = history("t1", "c", b.tip);
    expect(kinds(await store.commit([c.arrival(), a.arrival(), b.arrival(), c.arrival()]))).toBe(
      "gap stored stored stored",
    );
    expect(await store.holds(linkOf("t1", tenant), 64)).toEqual([c.tip, b.tip, a.tip]);
    expect(await store.holds(linkOf("t1", tenant), 2)).toEqual([c.tip, b.tip]);
    expect(await store.epochs(linkOf("t1", tenant))).toMatchObject([
      { epoch: a.epoch, fromSeq: 1, parent: null, tip: a.tip },
      { epoch: b.epoch, fromSeq: 3, parent: { epoch: a.epoch, seq: 2 }, tip: b.tip },
      { epoch: c.epoch, fromSeq: 4, parent: { epoch: b.epoch, seq: 3 }, tip: c.tip },
    ]);
    expect(await store.alarms(tenant)).toEqual([]);
  });

  test(title("a second child of one parent is stored as well, with history/second_child once"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    const [b, c] = [history("t1", "b", a.tip), history("t1", "c", a.tip)];
    await store.commit([a.arrival(), b.arrival()]);
    expect(kinds(await store.commit([c.arrival()]))).toBe("stored");
    expect(kinds(await store.commit([c.arrival()]))).toBe("known");
    expect(await recordsOf(store, tenant, "t1")).toEqual([...a.records, ...b.records, ...c.records]);
    expect(await store.alarms(tenant)).toMatchObject([
      { code: "history/second_child", terminal: "t1", subject: c.epoch, count: 1 },
    ]);
  });

  test(title("an epoch that goes on behind its own child raises history/second_child"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    const b = history("t1", "b", a.tip);
    await store.commit([a.arrival(), b.arrival()]);
    a.filler("the clone goes on");
    expect(kinds(await store.commit([a.arrival()]))).toBe("stored");
    expect(await store.alarms(tenant)).toMatchObject([{ code: "history/second_child", subject: a.epoch }]);
  });

  test(title("terminals, and tenants with terminals of one name, do not touch each other"), async () => {
    const { store, history, tenant } = setUp();
    const other = setUp();
    const [a, b, c] = [history("t1", "a"), history("t2", "a"), other.history("t1", "a")];
    b.filler();
    const arrivals = [a.arrival(), b.arrival(), c.arrival()];
    expect(kinds(await store.commit(arrivals))).toBe("stored stored stored");
    expect(await recordsOf(store, tenant, "t1")).toEqual(a.records);
    expect(await recordsOf(store, tenant, "t2")).toEqual(b.records);
    expect((await store.figures(tenant)).terminals).toEqual([
      { terminal: "t1", epochCount: 1, lastSeq: 1, eventCount: 1 },
      { terminal: "t2", epochCount: 1, lastSeq: 2, eventCount: 2 },
    ]);
  });

  test(title("commits at the same moment decide one after the other"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    for (let seq = 2; seq <= 8; seq += 1) a.filler();
    await store.commit([a.arrival(1, 1)]);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => store.commit([a.arrival(2, 5), a.arrival(4, 8)])),
    );
    expect(outcomes.flat().filter((outcome) => outcome.kind === "stored")).toHaveLength(2);
    expect(outcomes.flat().filter((outcome) => outcome.kind === "known")).toHaveLength(14);
    expect(await recordsOf(store, tenant, "t1")).toEqual(a.records);
  });

  test(title("a fact is raised once, a count adds up, and any text is taken"), async () => {
    const { store, tenant } = setUp();
    const place = { tenant, terminal: "t1", subject: "s", detail: "a \0 in a name" };
    const count = { ...fact("link/signature", place), kind: "count" as const };
    await store.raise([fact("event/undecodable", place), fact("event/undecodable", place)]);
    await store.raise([count, { ...count, count: 3 }]);
    expect(await store.alarms(tenant)).toMatchObject([
      { code: "event/undecodable", count: 1 },
      { code: "link/signature", count: 4 },
    ]);
  });
}

function testProjection(title: Title, setUp: SetUp): void {
  test(
    title("sales and returns of two terminals and two currencies are summed from their closings"),
    async () => {
      const { store, history, tenant } = setUp();
      const [a, b] = [history("t1", "a"), history("t2", "a")];
      a.sale({ unitPriceMinor: 250, quantityMilli: 2000 });
      a.sale({ unitPriceMinor: 120, quantityMilli: 1000, kind: "return" });
      b.sale({ unitPriceMinor: 999, quantityMilli: 1000, label: "table \0 5" });
      b.sale({ unitPriceMinor: 700, quantityMilli: 1000, currency: "JPY" });
      await store.commit([a.arrival(), b.arrival()]);
      expect(await store.lagCount(tenant)).toBe(a.tip.seq + b.tip.seq);
      await projectAll(store, tenant, projection);
      const report = await reportOf(store, tenant);
      expect(report).toMatchObject({
        currency: "GBP",
        net: "13.79",
        saleCount: 2,
        returnCount: 1,
        taxes: [{ ratePpm: 200_000, net: "11.49", tax: "2.30" }],
        tenders: [{ method: "cash", amount: "13.79", count: 3 }],
        orderCount: 4,
        lagCount: 0,
        eventCount: a.tip.seq + b.tip.seq,
        views: { matches: 4, differs: 0, pending: 0 },
        alarms: [],
      });
      expect(report.turnovers.map(({ currency, net }) => [currency, net])).toEqual([
        ["GBP", "13.79"],
        ["JPY", "700"],
      ]);
    },
  );

  test(title("projecting again, and twice at the same moment, changes nothing"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    for (let count = 0; count < 5; count += 1) a.sale();
    await store.commit([a.arrival()]);
    await Promise.all([1, 2, 3].map(() => projectAll(store, tenant, projection)));
    const first = await reportOf(store, tenant);
    await projectAll(store, tenant, projection);
    expect(await reportOf(store, tenant)).toEqual(first);
    expect(first).toMatchObject({ net: "25.00", saleCount: 5, lagCount: 0 });
  });

  test(title("a step that fails changes neither tables nor position, and succeeds later"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    a.sale();
    await store.commit([a.arrival()]);
    const writer: WriterKey = { ...linkOf("t1", tenant), epoch: a.epoch };
    const broken: Projection = {
      ...projection,
      fold: () => {
        throw new Error("in the middle");
      },
    };
    await expect(store.projectNext(writer, broken)).rejects.toThrow("in the middle");
    expect(await reportOf(store, tenant)).toMatchObject({ orderCount: 0, lagCount: a.tip.seq });
    expect(await store.projectNext(writer, projection)).toBe(a.tip.seq);
    expect(await reportOf(store, tenant)).toMatchObject({ orderCount: 1, lagCount: 0, net: "5.00" });
  });

  test(title("an order of two writers is folded whole in whatever order they arrive"), async () => {
    const { store, history, tenant } = setUp();
    const [a, b] = [history("t1", "a"), history("t2", "a")];
    const { order } = a.sale();
    const id: OrderId = order;
    b.block({ type: "note_set", order: id, line: null, text: "no sugar" });
    // The second writer's note, and a closing of an order that nobody has sent yet.
    await store.commit([b.arrival()]);
    await projectAll(store, tenant, projection);
    expect(await reportOf(store, tenant)).toMatchObject({ orderCount: 1, net: "0.00" });
    await store.commit([a.arrival()]);
    await projectAll(store, tenant, projection);
    expect(await reportOf(store, tenant)).toMatchObject({
      orderCount: 1,
      net: "5.00",
      views: { matches: 1, differs: 0, pending: 0 },
    });
  });

  test(
    title("a closing that names another view raises order/view_hash_mismatch and counts all the same"),
    async () => {
      const { store, history, tenant } = setUp();
      const a = history("t1", "a");
      const { order } = a.sale({ viewHash: new Uint8Array(32) });
      await store.commit([a.arrival()]);
      await projectAll(store, tenant, projection);
      expect(await reportOf(store, tenant)).toMatchObject({
        net: "5.00",
        views: { matches: 0, differs: 1, pending: 0 },
        alarms: [{ code: "order/view_hash_mismatch", terminal: "t1", detail: order, count: 1 }],
      });
    },
  );
}

function testRepairs(title: Title, setUp: SetUp): void {
  test(
    title("a record of a newer build is acknowledged and held, and folded once a build knows it"),
    async () => {
      const { store, history, tenant } = setUp();
      const a = history("t1", "a");
      a.sale();
      a.unknownEvent();
      a.sale();
      expect(kinds(await store.commit([a.arrival()]))).toBe("stored");
      await projectAll(store, tenant, projection);
      expect(await reportOf(store, tenant)).toMatchObject({
        saleCount: 2,
        lagCount: 0,
        heldRecordCount: 1,
        alarms: [{ code: "event/undecodable", subject: `${a.epoch}/7`, detail: "event/unknown" }],
      });
      await projectAll(store, tenant, laterBuild);
      expect(await reportOf(store, tenant)).toMatchObject({
        saleCount: 2,
        orderCount: 3,
        heldRecordCount: 0,
      });
    },
  );

  test(title("a record that claims another seq than its place is held with record/seq"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    const { terminal, epoch } = a;
    const event: Event = { type: "continuity_lost", series: "A", detail: "" };
    const at = wallMs(0);
    a.blockOf([encodeRecord({ terminal, epoch, seq: 40, lamport: 1, at, cause: null, event })]);
    await store.commit([a.arrival()]);
    await projectAll(store, tenant, projection);
    expect(await store.alarms(tenant)).toMatchObject([{ subject: `${epoch}/2`, detail: "record/seq" }]);
  });

  test(title("amounts beyond any till stop neither their order nor the others"), async () => {
    const { store, history, tenant } = setUp();
    const a = history("t1", "a");
    const { order } = a.sale();
    a.block({
      type: "line_added",
      order,
      sku: "x",
      name: "x",
      quantityMilli: milli(Number.MAX_SAFE_INTEGER),
      unitPriceMinor: minor(Number.MAX_SAFE_INTEGER),
      taxPpm: ppm(0),
      priceSource: "open",
      reason: "",
      checksSeenCount: 1,
      returnOf: null,
      priceVersion: 0,
      pricing: null,
    });
    a.sale();
    await store.commit([a.arrival()]);
    await projectAll(store, tenant, projection);
    expect(await reportOf(store, tenant)).toMatchObject({
      net: "10.00",
      saleCount: 2,
      orderCount: 2,
      lagCount: 0,
    });
  });
}

/** A build that knows the event of TestHistory.unknownEvent as the opening of an order. */
const laterBuild = createProjection({
  decode: (bytes, origin) => {
    const result = decodeRecord(bytes, origin);
    if (result.ok || result.code !== "event/unknown") return result;
    const event: Event = { type: "order_opened", kind: "sale", currency: "GBP", label: "", reason: "" };
    const { terminal, epoch } = origin;
    return { ok: true, value: { terminal, epoch, seq: 7, lamport: 7, at: wallMs(0), cause: null, event } };
  },
});
