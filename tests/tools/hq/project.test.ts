/** Records become rows: what a closing's view is checked against, and what happens where folding fails. */
import { expect, test } from "vitest";
import { assert } from "../../../core/bug.ts";
import { foldOrder } from "../../../core/order/fold.ts";
import { createProjection } from "../../../tools/hq/project.ts";
import type { Folding, PlacedRecord, Projection } from "../../../tools/hq/store/store.ts";
import { PricedTill, rulesFrom, sourceOf } from "../../support/priced-shop.ts";
import { encodeRecord } from "../../../protocol/record.ts";
import { epochOf, TENANT, TestHistory } from "../../support/hq-history.ts";

/** Projects these records as if nothing was held before. */
function project(records: readonly PlacedRecord[], projection: Projection = createProjection()): Folding {
  const reading = projection.read(TENANT, records);
  const byOrder = Map.groupBy(
    reading.events.map(({ row }) => row),
    (row) => row.order,
  );
  return projection.fold(TENANT, reading, byOrder);
}

function history(): TestHistory {
  return new TestHistory("t1", epochOf("a"));
}

test("a closing becomes a row of its event's facts, and its view matches", () => {
  const a = history();
  const { order, totalMinor } = a.sale({ label: "table 5" });
  const { orders, closings, alarms } = project(a.records);
  expect(alarms).toEqual([]);
  expect(orders).toMatchObject([
    {
      order,
      phase: "closed",
      label: "table 5",
      currency: "GBP",
      closedTotalMinor: totalMinor,
      closingCount: 1,
    },
  ]);
  expect(closings).toMatchObject([
    {
      order,
      kind: "sale",
      clerk: "ann",
      totalMinor,
      receiptSeries: "A",
      receiptNumber: 1,
      taxes: [{ ratePpm: 200_000, netMinor: 417, taxMinor: 83 }],
      tenders: [{ method: "cash", amountMinor: 500 }],
      viewCheck: "matches",
    },
  ]);
});

test("a closing whose order or check is not held yet counts, and its view waits", () => {
  const a = history();
  a.sale();
  const withoutOpening = a.records.filter((_record, index) => index !== 1);
  const [waiting] = project(withoutOpening).closings;
  expect(waiting).toMatchObject({ totalMinor: 500, currency: "", viewCheck: "pending" });
  const withoutFreeze = a.records.filter((_record, index) => index !== 3);
  expect(project(withoutFreeze).closings).toMatchObject([{ totalMinor: 500, viewCheck: "pending" }]);
});

test("the view waits until the newest event that the frontier names of each writer is held", () => {
  const a = history();
  a.sale();
  const withoutLine = a.records.filter((_record, index) => index !== 2);
  expect(project(withoutLine)).toMatchObject({ closings: [{ viewCheck: "pending" }], alarms: [] });
});

test("a line that is not what was closed raises order/view_hash_mismatch", () => {
  const a = history();
  const b = new TestHistory("t1", epochOf("a"));
  a.sale({ unitPriceMinor: 250 });
  b.sale({ unitPriceMinor: 251 });
  const [line] = b.records.slice(2, 3);
  assert(line !== undefined, "project: There must be a line");
  const changed = a.records.with(2, line);
  const { closings, alarms } = project(changed);
  expect(closings).toMatchObject([{ totalMinor: 500, viewCheck: "differs" }]);
  expect(alarms).toMatchObject([{ code: "order/view_hash_mismatch", kind: "fact", terminal: "t1" }]);
});

test("an order whose fold fails keeps its closings and raises order/unfoldable; the others are folded", () => {
  const a = history();
  const { order: poison } = a.sale();
  const { order: sound } = a.sale();
  const failing = createProjection({
    fold: (id, events) => {
      assert(id !== poison, "fold: A mistake of ours");
      return foldOrder(id, events);
    },
  });
  const { orders, closings, alarms } = project(a.records, failing);
  expect(orders).toMatchObject([{ order: sound }]);
  expect(closings).toMatchObject([
    { order: poison, kind: "sale", currency: "GBP", totalMinor: 500, viewCheck: "pending" },
    { order: sound, kind: "sale", currency: "GBP", totalMinor: 500, viewCheck: "matches" },
  ]);
  expect(alarms).toMatchObject([{ code: "order/unfoldable", subject: poison }]);
});

test("a record that cannot be read is held with its code and event/undecodable, and the rest goes on", () => {
  const a = history();
  a.unknownEvent();
  a.blockOf([Uint8Array.of(0x01)]);
  a.sale();
  const projection = createProjection();
  const reading = projection.read(TENANT, a.records);
  expect(reading.held).toMatchObject([
    { seq: 2, code: "event/unknown" },
    { seq: 3, code: "record/shape" },
  ]);
  expect(reading.events).toHaveLength(5);
  expect(project(a.records).alarms).toMatchObject([
    { code: "event/undecodable", subject: `${a.epoch}/2`, detail: "event/unknown" },
    { code: "event/undecodable", subject: `${a.epoch}/3`, detail: "record/shape" },
  ]);
});

test("a sale by rules and its return match at headquarters, and their lines are what was paid for them", () => {
  const rules = rulesFrom({
    tax: { mode: "exclusive" },
    promotions: [{ id: "m100", kind: "spend_once", barMinor: 10_000, offMinor: 3000 }],
    fees: [{ id: "box", amountMinor: 100 }],
  });
  const till = new PricedTill(sourceOf(rules)).sell("58.00@10", "42.00", "36.00");
  till.must({ type: "set_tip", order: till.order.id, ratePpm: null, amountMinor: 200 }).pay();
  till.refund(till.order, [[0, 1000]]);
  const records = till.writer.records.map((recorded): PlacedRecord => {
    const { terminal, epoch, seq } = recorded;
    return { terminal, epoch, seq, bytes: encodeRecord(recorded) };
  });
  const { closings, lines, alarms } = project(records);
  expect(alarms).toEqual([]);
  expect(closings.map(({ viewCheck, totalMinor }) => [viewCheck, totalMinor])).toEqual([
    // 106.00 of lines, 4.52 of tax, 1.00 for the box, 2.00 for the staff.
    ["matches", 11_352],
    ["matches", -4973],
  ]);
  expect(lines.map(({ amountMinor }) => amountMinor)).toEqual([4973, 3273, 2806, -4973]);
});
