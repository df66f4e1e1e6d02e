/** The fold: total on any set of events, blind to the order of their arrival, equal to its short cut. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { evolve } from "../../../core/evolve.ts";
import { eventId, terminalId } from "../../../core/ids.ts";
import { milli, minor } from "../../../core/money.ts";
import { extendOrder, foldOrder, leftToPay } from "../../../core/order/fold.ts";
import { compareRecorded } from "../../../core/order/sort.ts";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import { NO_ADJUSTMENTS } from "../../../core/price/order/adjustments.ts";
import { businessView } from "../../../core/order/view.ts";
import { emptyState } from "../../../core/state.ts";
import type { OrderEvent } from "../../../core/types.ts";
import { epochAt, id, placed } from "../../support/core-fixtures.ts";
import {
  cash,
  closed,
  copied,
  folded,
  freeze,
  less,
  line,
  more,
  note,
  opened,
  ORDER,
  printed,
  thaw,
  unitsText,
  voided,
} from "../../support/order-events.ts";

const open = placed("A", 1, 1, opened());
const tea = placed("A", 2, 2, line(2));

test("an order is what its opening says, owned by the terminal that opened it", () => {
  const event = {
    ...open.event,
    type: "order_opened",
    kind: "return",
    currency: "CNY",
    label: "table 4",
    reason: "torn",
  } as const;
  const cause = { view: 1, n: 1, clerk: "anna" } as never;
  expect(folded({ ...open, event, cause })).toEqual({
    id: ORDER,
    kind: "return",
    owner: "A",
    clerk: "anna",
    currency: "CNY",
    label: "table 4",
    reason: "torn",
    note: "",
    openedAt: open.at,
    phase: "open",
    lines: [],
    openTotalMinor: 0,
    holdCount: 0,
    checks: [],
    jobs: [],
    marks: [],
    isParked: false,
    returnOf: null,
    returned: [],
    refunded: [],
    refundedTenders: [],
    adjustments: NO_ADJUSTMENTS,
  });
});

test("an order without its opening is a sale of the terminal that its id names", () => {
  const order = folded(placed("B", 1, 3, line(1)));
  expect([order.kind, order.owner, order.openedAt, order.currency]).toEqual(["sale", "A", 0, ""]);
});

test("units are the sum of what every writer added and removed", () => {
  const events = [
    placed("B", 1, 3, more("A/2", 3)),
    placed("C", 1, 3, less("A/2", 1)),
    placed("B", 2, 4, line(1)),
  ];
  const order = folded(open, tea, ...events);
  expect([unitsText(order.lines), order.openTotalMinor]).toEqual(["A/2 x 4, B/2 x 1", 1250]);
  expect(unitsText(folded(open, tea, placed("C", 1, 3, less("A/2", 2))).lines)).toBe("");
});

test("of two notes the one that sorts last stands", () => {
  const notes = [
    placed("B", 1, 5, note("A/2", "B")),
    placed("C", 1, 5, note("A/2", "C")),
    placed("C", 2, 9, note(null, "")),
  ];
  const order = folded(open, tea, placed("A", 3, 3, note(null, "old")), ...notes);
  expect([order.lines[0]?.note, order.note]).toEqual(["C", ""]);
});

test("a check says what is left to pay, and a return what is left to pay out", () => {
  const sale = folded(open, tea, placed("A", 3, 3, freeze("A/2", 500)), placed("A", 4, 4, cash("A/3", 200)));
  const back = folded(
    placed("A", 1, 1, opened("return")),
    tea,
    placed("A", 3, 3, freeze("A/2", -500)),
    placed("A", 4, 4, cash("A/3", -200)),
  );
  const left = [sale, back].flatMap((order) => order.checks.map(leftToPay));
  expect(left).toEqual([300, -300]);
});

test("copies count on their closing, and a print job ends as its last word says", () => {
  const paid = [open, tea, placed("A", 3, 3, freeze("A/2", 500)), placed("A", 4, 4, closed("A/3", 500))];
  const copies = [placed("A", 5, 5, copied("A/4", 1)), placed("B", 1, 6, copied("A/4", 2))];
  const ends = [placed("A", 6, 7, printed("A/4", "unknown")), placed("A", 7, 8, printed("A/4", "printed"))];
  const order = folded(...paid, ...copies, ...ends);
  expect(order.checks[0]?.closings[0]?.copyCount).toBe(2);
  expect(order.jobs.map((job) => job.outcome)).toEqual(["printed", "pending", "pending"]);
});

const NAMES = ["A/1", "A/2", "A/3", "A/4", "B/1", "B/2", "B/3", "C/1", "C/2", "Z/9"];
const HUGE = Number.MAX_SAFE_INTEGER;

const name = fc.constantFrom(...NAMES);
const seen = fc.nat(3);
const held = fc.array(name, { maxLength: 4 }).map((names) => names.join(" "));
const amount = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -600, max: 600 }) },
  { weight: 1, arbitrary: fc.constantFrom(HUGE, -HUGE) },
);

function huge(event: OrderEvent, quantityMilli: number, unitPriceMinor: number): OrderEvent {
  if (event.type !== "line_added" && event.type !== "units_added") return event;
  const quantity = { quantityMilli: milli(quantityMilli) };
  return event.type === "line_added"
    ? { ...event, ...quantity, unitPriceMinor: minor(unitPriceMinor) }
    : { ...event, ...quantity };
}

const anyEvent: fc.Arbitrary<OrderEvent> = fc.oneof(
  fc.constantFrom(opened(), opened("return")),
  fc.tuple(fc.integer({ min: 1, max: 5 }), seen).map((args) => line(...args)),
  fc
    .tuple(fc.constantFrom(HUGE, 1), fc.constantFrom(HUGE, -HUGE, 0))
    .map(([q, price]) => huge(line(1), q, price)),
  fc.tuple(name, fc.integer({ min: 1, max: 5 }), seen).map((args) => more(...args)),
  name.map((its) => huge(more(its, 1), HUGE, 0)),
  fc.tuple(name, fc.integer({ min: 1, max: 5 })).map((args) => less(...args)),
  fc.tuple(fc.option(name), fc.constantFrom("", "hot", "cold")).map((args) => note(...args)),
  fc.tuple(held, amount).map((args) => freeze(...args)),
  held.map(voided),
  name.map(thaw),
  fc.tuple(name, amount).map((args) => cash(...args)),
  fc.tuple(name, amount).map((args) => closed(...args)),
  fc.tuple(name, fc.nat(3)).map((args) => copied(...args)),
  fc
    .tuple(name, fc.constantFrom("printed", "failed", "unknown"))
    .map(([job, outcome]) => printed(job, outcome)),
  ...dayEvents(),
);

// Parking, undoing, returns and rounding, with ids of others and numbers that no decide would write.
function dayEvents(): readonly fc.Arbitrary<OrderEvent>[] {
  const ids = name.map(id);
  const units = fc.constantFrom(1000, 0, -1000, HUGE, -HUGE);
  return [
    fc.constantFrom("", "table 4").map((label) => ({ type: "order_parked", order: ORDER, label })),
    fc.constant({ type: "order_recalled", order: ORDER }),
    ids.map((undone) => ({ type: "edit_undone", order: ORDER, undone })),
    fc
      .tuple(ids, ids)
      .map(([original, closing]) => ({ type: "return_linked", order: ORDER, original, closing })),
    fc.tuple(ids, ids, ids, units).map(([closing, by, its, quantity]) => {
      const lines = [{ line: its, quantityMilli: milli(quantity) }];
      return { type: "units_returned", order: ORDER, closing, by, lines, money: null, tenders: null };
    }),
    fc
      .tuple(ids, amount)
      .map(([check, by]) => ({ type: "cash_rounded", order: ORDER, check, adjustmentMinor: minor(by) })),
    fc.tuple(ids, units, units, units).map(([its, sold, from, price]) => {
      const returnOf = { line: its, soldMilli: milli(sold), soldMinor: minor(price), fromMilli: from };
      const event = line(1);
      return event.type === "line_added" ? { ...event, returnOf } : event;
    }),
  ];
}

/** Any events of three writers, each writer's own in rising Lamport time as its journal has them. */
const anyHistory: fc.Arbitrary<readonly RecordedOrderEvent[]> = fc
  .array(fc.tuple(fc.constantFrom("A", "B", "C"), fc.integer({ min: 1, max: 3 }), anyEvent), {
    maxLength: 14,
  })
  .map((steps) => {
    const seqs: Record<string, number> = {};
    let lamport = 0;
    return steps.map(([terminal, step, event]) => {
      const seq = (seqs[terminal] = (seqs[terminal] ?? 0) + 1);
      // Steps below 2 give two writers the same Lamport time.
      lamport += step - 1;
      return placed(terminal, seq, lamport + seq, event);
    });
  });

function arrived(events: readonly RecordedOrderEvent[]): string {
  const state = emptyState(terminalId("X"), epochAt(1));
  for (const recorded of events) evolve(state, recorded);
  const orders = [...state.orders.values()].map(({ order }) => JSON.stringify([order, businessView(order)]));
  return orders.sort().join("\n");
}

test("any events at all, in any order and repeated, make the same orders and throw nothing", () => {
  const shuffled = anyHistory.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray([...events], { minLength: events.length }),
      fc.subarray([...events]),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([events, other, again]) => {
      expect(arrived([...other, ...again])).toBe(arrived(events));
    }),
    { numRuns: 400 },
  );
});

test("the short cut for the newest event is the whole fold", () => {
  let takenCount = 0;
  const plain = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.integer({ min: 1, max: 5 }), seen).map((args) => line(...args)) },
    {
      weight: 3,
      arbitrary: fc.tuple(name, fc.integer({ min: 1, max: 5 }), seen).map((args) => more(...args)),
    },
    { weight: 3, arbitrary: fc.tuple(name, fc.integer({ min: 1, max: 5 })).map((args) => less(...args)) },
    { weight: 1, arbitrary: anyEvent },
  );
  fc.assert(
    fc.property(fc.array(plain, { maxLength: 12 }), (events) => {
      const history = [open, ...events.map((event, index) => placed("A", index + 2, index + 2, event))];
      history.reduce((order, recorded, index) => {
        if (index === 0) return order;
        const whole = foldOrder(ORDER, history.slice(0, index + 1));
        const short = extendOrder(order, recorded, history.slice(0, index));
        if (short !== null) {
          takenCount += 1;
          expect(short).toEqual(whole);
        }
        return whole;
      }, folded(open));
    }),
    { numRuns: 300 },
  );
  expect(takenCount).toBeGreaterThan(100);
});

test.each([
  ["a line", line(1), true],
  ["units of an open line", more("A/2", 1), true],
  ["fewer units of an open line", less("A/2", 1), true],
  ["the last units of a line", less("A/2", 2), false],
  ["units of an unknown line", more("B/9", 1), false],
  ["a note", note("A/2", "hot"), false],
  ["a freeze of all that is there", freeze("A/2", 500), true],
  ["a freeze of less", freeze("A/1", 500), false],
])("the short cut for %s is taken: %s", (_, event, isTaken) => {
  const recorded = placed("A", 3, 3, event);
  const short = extendOrder(folded(open, tea), recorded, [open, tea]);
  expect(short !== null).toBe(isTaken);
  if (short !== null) expect(short).toEqual(folded(open, tea, recorded));
});

test("lines of an order with a check, and whatever befalls one with a mark, are folded whole", () => {
  const freezing = placed("A", 3, 3, freeze("A/2", 500));
  const frozen = folded(open, tea, freezing);
  expect(extendOrder(frozen, placed("A", 4, 4, line(1)), [open, tea, freezing])).toBeNull();
  expect(extendOrder(folded(tea), placed("A", 4, 4, line(1)), [tea])).toBeNull();
  expect(extendOrder(folded(tea), freezing, [tea])).toBeNull();
});

test("amounts beyond every till are held within their bounds and never thrown", () => {
  const priced = Array.from({ length: 3000 }, (_, index) =>
    placed("B", index + 1, 10, huge(line(1), HUGE, index % 2 === 0 ? HUGE : HUGE - 1)),
  );
  const order = folded(
    open,
    ...priced,
    placed("A", 2, 2, freeze("A/1", HUGE)),
    placed("A", 3, 3, cash("A/2", -HUGE)),
  );
  expect(order.openTotalMinor).toBe(HUGE);
  expect(order.checks.map(leftToPay)).toEqual([HUGE]);
});

test("the same identity twice is one event", () => {
  const state = emptyState(terminalId("X"), epochAt(1));
  for (const recorded of [open, tea, tea, open]) evolve(state, recorded);
  const entry = state.orders.get(ORDER);
  expect(entry?.events.map(eventId)).toEqual([open, tea].toSorted(compareRecorded).map(eventId));
});
