/** What checks and voids take, what stays open, and what no late event can move. */
import { expect, test } from "vitest";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import { placed } from "../../support/core-fixtures.ts";
import {
  cash,
  closed,
  folded,
  freeze,
  less,
  line,
  more,
  note,
  opened,
  thaw,
  unitsText,
  voided,
} from "../../support/order-events.ts";

const open = placed("A", 1, 1, opened());
const tea = placed("A", 2, 2, line(2));

test("a check takes all that its author held, and nothing is left", () => {
  const order = folded(open, tea, placed("A", 3, 3, freeze("A/2", 500)));
  expect([order.phase, unitsText(order.lines), unitsText(order.checks[0]?.lines ?? [])]).toEqual([
    "frozen",
    "",
    "A/2 x 2",
  ]);
});

test.each([
  ["before the freeze in Lamport time", 1],
  ["after the freeze in Lamport time", 9],
])("an addition outside the frontier, %s, stays open and goes on the next check", (_, lamport) => {
  const events = [open, tea, placed("B", 1, lamport, line(1)), placed("B", 2, lamport + 1, more("A/2", 3))];
  const order = folded(
    ...events,
    placed("A", 3, 3, freeze("A/2", 500)),
    placed("A", 4, 4, cash("A/3", 500)),
    placed("A", 5, 5, closed("A/3", 500)),
  );
  expect(unitsText(order.checks[0]?.lines ?? [])).toBe("A/2 x 2");
  expect([order.phase, unitsText(order.lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)))]).toEqual([
    "open",
    "A/2 x 3, B/1 x 1",
  ]);
  expect(order.marks).toEqual(["added_after_freeze"]);
  const next = folded(
    ...events,
    placed("A", 3, 3, freeze("A/2", 500)),
    placed("A", 5, 5, closed("A/3", 500)),
    placed("A", 6, 12, freeze("A/5 B/2", 1000)),
  );
  expect(next.checks.map((check) => check.lines.length)).toEqual([1, 2]);
  expect([next.phase, next.lines.length]).toEqual(["frozen", 0]);
});

test("a removal outside the frontier takes nothing from a check", () => {
  const order = folded(open, tea, placed("B", 1, 3, less("A/2", 1)), placed("A", 3, 3, freeze("A/2", 500)));
  expect([unitsText(order.checks[0]?.lines ?? []), unitsText(order.lines)]).toEqual(["A/2 x 2", ""]);
  expect(order.marks).toEqual(["removed_after_freeze"]);
});

test("a removal outside the frontier takes from additions outside it", () => {
  const late = [placed("B", 1, 3, more("A/2", 3)), placed("B", 2, 4, less("A/2", 1))];
  const order = folded(open, tea, ...late, placed("A", 3, 3, freeze("A/2", 500)));
  expect([unitsText(order.checks[0]?.lines ?? []), unitsText(order.lines)]).toEqual(["A/2 x 2", "A/2 x 2"]);
  expect(order.marks).toEqual(["added_after_freeze"]);
});

test("a removal that a later check forgave stays marked and is never owed again", () => {
  const events = [
    open,
    tea,
    placed("B", 1, 3, less("A/2", 1)),
    placed("A", 3, 3, freeze("A/2", 500)),
    placed("A", 4, 4, closed("A/3", 500)),
  ];
  const next = [
    placed("A", 5, 5, line(1, 1)),
    placed("A", 6, 6, freeze("A/5 B/1", 250)),
    placed("C", 1, 7, more("A/2", 1, 1)),
  ];
  const order = folded(...events, ...next);
  expect([unitsText(order.checks[1]?.lines ?? []), unitsText(order.lines)]).toEqual(["A/5 x 1", "A/2 x 1"]);
  expect(order.marks).toEqual(["added_after_freeze", "removed_after_freeze"]);
});

test("what a check took stays when a void before it turns out to have known more", () => {
  // B's void knew C's unit; A knew the void, but not C's unit, when it froze three more of its own.
  const unit = placed("C", 1, 3, more("A/2", 1));
  const before = [
    open,
    tea,
    placed("A", 3, 3, more("A/2", 3)),
    placed("B", 1, 4, voided("A/2 C/1")),
    placed("A", 4, 5, freeze("A/3 B/1", 750)),
  ];
  const [early, late] = [folded(...before), folded(...before, unit)];
  expect(unitsText(early.checks[0]?.lines ?? [])).toBe("A/2 x 3");
  expect(unitsText(late.checks[0]?.lines ?? [])).toBe("A/2 x 3");
  expect([early.lines, late.lines]).toEqual([[], []]);
});

test("an addition that neither a check nor a void held stays open though both took the rest", () => {
  const order = folded(
    open,
    tea,
    placed("A", 3, 3, freeze("A/2", 500)),
    placed("B", 1, 3, voided("A/2")),
    placed("C", 1, 3, more("A/2", 1)),
  );
  expect([unitsText(order.checks[0]?.lines ?? []), unitsText(order.lines)]).toEqual(["A/2 x 2", "A/2 x 1"]);
  expect(order.marks).toEqual(["added_after_freeze", "added_after_void", "held_twice"]);
});

test("units of a line that the author of a freeze did not know yet are not lost", () => {
  // C knew B's line; A heard C's units, but not B's line, before it froze.
  const events = [
    open,
    tea,
    placed("B", 1, 3, line(1)),
    placed("C", 1, 4, more("B/1", 2)),
    placed("A", 3, 5, freeze("A/2 C/1", 500)),
  ];
  const order = folded(...events);
  expect([unitsText(order.checks[0]?.lines ?? []), unitsText(order.lines)]).toEqual(["A/2 x 2", "B/1 x 3"]);
});

test("a thawed check gives back what it took", () => {
  const frozen = [open, tea, placed("A", 3, 3, freeze("A/2", 500)), placed("A", 4, 4, thaw("A/3"))];
  const order = folded(...frozen);
  expect([order.phase, unitsText(order.lines), order.checks[0]?.status, order.marks]).toEqual([
    "open",
    "A/2 x 2",
    "thawed",
    [],
  ]);
  const again = folded(...frozen, placed("A", 5, 5, less("A/2", 1)), placed("A", 6, 6, freeze("A/5", 250)));
  expect(again.checks.map((check) => unitsText(check.lines))).toEqual(["A/2 x 2", "A/2 x 1"]);
  expect([again.phase, again.lines, again.holdCount]).toEqual(["frozen", [], 2]);
});

test.each([
  ["a tender", cash("A/3", 100)],
  ["a closing", closed("A/3", 500)],
])("a thaw counts for nothing where there is %s, whichever came first", (_, event) => {
  for (const lamport of [3, 9]) {
    const order = folded(
      open,
      tea,
      placed("A", 3, 3, freeze("A/2", 500)),
      placed("A", 4, 5, event),
      placed("B", 1, lamport, thaw("A/3")),
    );
    expect([order.checks[0]?.status === "thawed", order.lines, order.marks]).toEqual([
      false,
      [],
      ["thaw_ignored"],
    ]);
  }
});

test("a void takes what is open, leaves what a check holds, and nothing thaws it", () => {
  const paid = [open, tea, placed("A", 3, 3, freeze("A/2", 500)), placed("A", 4, 4, closed("A/3", 500))];
  const rest = [placed("B", 1, 2, line(4)), placed("A", 5, 6, voided("A/4 B/1"))];
  const order = folded(...paid, ...rest, placed("A", 6, 7, thaw("A/5")));
  expect([order.phase, order.lines, unitsText(order.checks[0]?.lines ?? [])]).toEqual([
    "closed",
    [],
    "A/2 x 2",
  ]);
  expect(folded(open, tea, placed("A", 3, 3, voided("A/2"))).phase).toBe("voided");
});

test("a check keeps the notes that its author knew", () => {
  const notes = [placed("A", 3, 3, note("A/2", "hot")), placed("A", 4, 4, note(null, "window"))];
  const late = [placed("B", 1, 9, note("A/2", "cold")), placed("B", 2, 10, note(null, "door"))];
  const order = folded(open, tea, ...notes, ...late, placed("A", 5, 5, freeze("A/4", 500)));
  const [check] = order.checks;
  expect([check?.lines[0]?.note, check?.note, order.note]).toEqual(["hot", "window", "door"]);
});

test("a frontier names epochs: what its writer wrote after a restart is outside", () => {
  const restarted: RecordedOrderEvent = placed("B", 2, 3, line(1), 2);
  const order = folded(
    open,
    tea,
    placed("B", 1, 2, line(1)),
    restarted,
    placed("A", 3, 4, freeze("A/2 B/9", 750)),
  );
  expect([unitsText(order.checks[0]?.lines ?? []), unitsText(order.lines)]).toEqual([
    "A/2 x 2, B/1 x 1",
    "B/2 x 1",
  ]);
});

test.each([
  ["names itself", [placed("A", 3, 3, freeze("A/3", 500))], ["A/2 x 2"]],
  [
    "and another name each other",
    [placed("A", 3, 3, freeze("A/2 B/1", 500)), placed("B", 1, 4, freeze("A/3 B/1", 500))],
    ["", ""],
  ],
  ["names what does not exist", [placed("A", 3, 3, freeze("Z/9 A/999", 500))], ["A/2 x 2"]],
  ["names nobody", [placed("A", 3, 3, freeze("", 500))], [""]],
])("a frontier that %s is folded all the same", (_, holds, held) => {
  const order = folded(open, tea, ...holds);
  expect(order.checks.map((check) => unitsText(check.lines))).toEqual(held);
});

test("forty checks of one order take each their own", () => {
  const events: RecordedOrderEvent[] = [open];
  for (let round = 0; round < 40; round += 1) {
    const seq = 2 + round * 3;
    events.push(placed("A", seq, seq, line(1, round)), placed("A", seq + 1, seq + 1, freeze(`A/${seq}`)));
    events.push(placed("A", seq + 2, seq + 2, closed(`A/${seq + 1}`, 250)));
  }
  const order = folded(...events);
  expect(order.checks.map((check) => unitsText(check.lines))).toEqual(
    order.checks.map((_, round) => `A/${2 + round * 3} x 1`),
  );
  expect([order.phase, order.holdCount, order.marks]).toEqual(["closed", 40, []]);
});
