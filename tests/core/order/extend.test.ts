/** The short cuts from freeze to paper say what the whole fold says, or nothing. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { extendOrder, foldOrder } from "../../../core/order/fold.ts";
import { minor } from "../../../core/money.ts";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import type { OrderEvent } from "../../../core/types.ts";
import { id, placed } from "../../support/core-fixtures.ts";
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
  returned,
  thaw,
  voided,
} from "../../support/order-events.ts";

function rounded(check: string, adjustmentMinor: number): OrderEvent {
  return { type: "cash_rounded", order: ORDER, check: id(check), adjustmentMinor: minor(adjustmentMinor) };
}

/** These events as one history of terminal A, the opening first. */
function historyOf(events: readonly OrderEvent[]): readonly RecordedOrderEvent[] {
  return [opened(), ...events].map((event, index) => placed("A", index + 1, index + 1, event));
}

/** Whether the short cut took the last of these; what it says is compared with the fold. */
function isTaken(...events: readonly OrderEvent[]): boolean {
  const history = historyOf(events);
  const before = history.slice(0, -1);
  const last = history.at(-1) ?? expect.fail("a history has events");
  const short = extendOrder(folded(...before), last, before);
  if (short !== null) expect(short).toEqual(folded(...history));
  return short !== null;
}

const tea = line(2);
const frozen = [tea, freeze("A/2", 500)];
const paid = [...frozen, cash("A/3", 500)];
const done = [...paid, closed("A/3", 500)];

const CASES: readonly (readonly [string, readonly OrderEvent[], boolean])[] = [
  ["a freeze of everything", frozen, true],
  [
    "a freeze of everything with notes",
    [tea, note("A/2", "hot"), note(null, "asap"), freeze("A/4", 500)],
    true,
  ],
  ["a freeze of nothing but the opening", [freeze("A/1", 0)], true],
  ["a freeze of less than everything", [tea, line(1), freeze("A/2", 500)], false],
  ["a second freeze", [...frozen, line(1), freeze("A/4", 250)], false],
  ["a part of what is due", [...frozen, cash("A/3", 200)], true],
  ["all that is due", paid, true],
  ["more than is due", [...frozen, cash("A/3", 501)], false],
  ["money for a check that is not there", [...frozen, cash("A/2", 500)], false],
  ["money after the closing", [...done, cash("A/3", 0)], false],
  ["money for a check that was thawed", [...frozen, thaw("A/3"), cash("A/3", 500)], false],
  ["a rounding", [...frozen, rounded("A/3", -2)], true],
  ["a second rounding", [...frozen, rounded("A/3", -2), rounded("A/3", 1)], false],
  ["a rounding that makes what was paid too much", [...paid, rounded("A/3", -1)], false],
  ["a closing", done, true],
  ["a closing beside open lines", [...paid, line(1), closed("A/3", 500)], true],
  ["a second closing", [...done, closed("A/3", 500)], false],
  ["a closing of which a copy was asked for before", [...paid, copied("A/6", 1), closed("A/3", 500)], false],
  ["a closing whose paper was out before", [...paid, printed("A/6", "printed"), closed("A/3", 500)], false],
  ["paper that is out", [...done, printed("A/5", "printed")], true],
  ["paper that was out before", [...done, printed("A/5", "printed"), printed("A/5", "printed")], true],
  ["paper that failed", [...done, printed("A/5", "failed")], false],
  ["paper with a mark on it", [...done, printed("A/5", "printed", "reprinted")], false],
  ["paper of another job", [...done, printed("A/4", "printed")], false],
  [
    "paper of an order of which something came back",
    [...done, returned("A/5", "A/2", 1), printed("A/5", "printed")],
    false,
  ],
  ["a void", [tea, voided("A/2")], false],
  ["a thaw", [...frozen, thaw("A/3")], false],
];

test.each(CASES)("the short cut for %s is taken as the fold allows", (_, events, taken) => {
  expect(isTaken(...events)).toBe(taken);
});

test("whatever a terminal records, each short cut says what the fold says", () => {
  const at = fc.integer({ min: 1, max: 9 }).map((seq) => `A/${seq}`);
  const due = fc.constantFrom(0, 250, 500, 750);
  const any: fc.Arbitrary<OrderEvent> = fc.oneof(
    fc.integer({ min: 1, max: 2 }).map((units) => line(units)),
    fc.tuple(at, fc.constant(1)).map((args) => more(...args)),
    fc.tuple(at, fc.constant(1)).map((args) => less(...args)),
    fc.tuple(at, due).map((args) => freeze(...args)),
    fc.tuple(at, fc.constantFrom(100, 250, 500)).map((args) => cash(...args)),
    fc.tuple(at, fc.constantFrom(-2, 3)).map((args) => rounded(...args)),
    fc.tuple(at, due).map((args) => closed(...args)),
    fc.tuple(at, fc.constantFrom("printed" as const, "failed" as const)).map((args) => printed(...args)),
    fc.tuple(at, fc.constant(1)).map((args) => copied(...args)),
    fc.tuple(at, at).map(([closing, its]) => returned(closing, its, 1)),
    at.map(thaw),
    at.map(voided),
  );
  // Mostly what a till does, with anything at all in between.
  const sale = fc
    .tuple(fc.array(any, { maxLength: 2 }), fc.array(any, { maxLength: 4 }))
    .map(([first, last]) => {
      const seq = first.length + 2;
      const check = `A/${seq + 1}`;
      return [...first, line(2), freeze(`A/${seq}`, 500), cash(check, 500), closed(check, 500), ...last];
    });
  let takenCount = 0;
  fc.assert(
    fc.property(fc.oneof(fc.array(any, { maxLength: 9 }), sale), (events) => {
      const history = historyOf(events);
      for (let end = 1; end < history.length; end += 1) {
        const before = history.slice(0, end);
        const last = history[end] ?? expect.fail("it is in the history");
        const short = extendOrder(foldOrder(ORDER, before), last, before);
        if (short === null) continue;
        takenCount += 1;
        expect(short).toEqual(foldOrder(ORDER, history.slice(0, end + 1)));
      }
    }),
    { numRuns: 600 },
  );
  expect(takenCount).toBeGreaterThan(400);
});
