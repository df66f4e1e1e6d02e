/** What staff are told: one situation a row, each mark with the events that leave it and some that do not. */
import { expect, test } from "vitest";
import { jobIdOf } from "../../../core/order/marks.ts";
import type { Mark, RecordedOrderEvent } from "../../../core/order/types.ts";
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
  printed,
  returned,
  thaw,
  voided,
} from "../../support/order-events.ts";
import {
  approvedOffline,
  asked,
  capturedCard,
  doubted,
  orphaned,
  overridden,
  refusedLater,
} from "../../support/card-events.ts";

const open = placed("A", 1, 1, opened());
const tea = placed("A", 2, 2, line(2));
const frozen = [open, tea, placed("A", 3, 3, freeze("A/2", 500))];
const paid = [...frozen, placed("A", 4, 4, cash("A/3", 500)), placed("A", 5, 5, closed("A/3", 500))];
const left = [open, tea, placed("A", 3, 3, voided("A/2"))];

const rows: readonly (readonly [
  situation: string,
  events: readonly RecordedOrderEvent[],
  marks: readonly Mark[],
])[] = [
  ["a plain order", [open, tea], []],
  ["a paid order", paid, []],
  ["a voided order", left, []],
  ["no opening", [tea], ["order_unknown"]],
  ["units of an unknown line", [open, placed("A", 2, 2, more("B/9", 1))], ["line_unknown"]],
  ["a removal from an unknown line", [open, placed("A", 2, 2, less("B/9", 1))], ["line_unknown"]],
  ["a note on an unknown line", [open, placed("A", 2, 2, note("B/9", "hot"))], ["line_unknown"]],
  [
    "a line that was added without knowing a check",
    [...frozen, placed("B", 1, 9, line(1))],
    ["added_after_freeze"],
  ],
  [
    "units that were added without knowing a check",
    [...paid, placed("B", 1, 1, more("A/2", 1))],
    ["added_after_freeze"],
  ],
  [
    "a line that was added without knowing a void",
    [...left, placed("B", 1, 9, line(1))],
    ["added_after_void"],
  ],
  ["a line that was added knowing the check", [...paid, placed("B", 1, 9, line(1, 1))], []],
  ["a line that its own terminal added after a void", [...left, placed("A", 4, 4, line(1, 1))], []],
  [
    "a late line on a check that was thawed",
    [...frozen, placed("A", 4, 4, thaw("A/3")), placed("B", 1, 9, line(1))],
    [],
  ],
  [
    "a line whose author counted fewer checks and voids than there were",
    [...paid, placed("C", 1, 6, voided("A/5")), placed("B", 1, 9, line(1, 1))],
    ["added_after_freeze", "added_after_void"],
  ],
  [
    "a line of the author of one of two, who did not count the other",
    [...paid, placed("B", 1, 6, voided("A/5")), placed("B", 2, 9, line(1, 1))],
    ["added_after_freeze"],
  ],
  [
    "a removal that its check did not know",
    [...frozen, placed("B", 1, 2, less("A/2", 1))],
    ["removed_after_freeze"],
  ],
  [
    "two removals of the same units",
    [open, tea, placed("A", 3, 3, less("A/2", 2)), placed("B", 1, 3, less("A/2", 1))],
    ["removed_more_than_held"],
  ],
  [
    "a removal that a void did not know",
    [...left, placed("B", 1, 2, less("A/2", 1))],
    ["removed_more_than_held"],
  ],
  [
    "two freezes that did not know of each other",
    [...frozen, placed("B", 1, 3, freeze("A/2", 500))],
    ["held_twice"],
  ],
  [
    "a second freeze after a thaw that a tender made void",
    [
      ...frozen,
      placed("B", 1, 4, thaw("A/3")),
      placed("B", 2, 5, freeze("A/3 B/1", 500)),
      placed("A", 4, 4, cash("A/3", 1)),
    ],
    ["held_twice", "thaw_ignored"],
  ],
  [
    "two checks that hold different units of one line",
    [...paid, placed("A", 6, 7, more("A/2", 1, 1)), placed("A", 7, 8, freeze("A/6", 250))],
    [],
  ],
  ["two closings of one check", [...paid, placed("B", 1, 5, closed("A/3", 500))], ["closed_twice"]],
  [
    "more money than was due",
    [...frozen, placed("A", 4, 4, cash("A/3", 300)), placed("B", 1, 4, cash("A/3", 300))],
    ["overpaid"],
  ],
  ["money for an unknown check", [open, tea, placed("A", 3, 3, cash("A/9", 300))], ["check_unknown"]],
  ["a closing of an unknown check", [open, tea, placed("A", 3, 3, closed("A/9", 300))], ["check_unknown"]],
  ["a thaw of an unknown check", [open, tea, placed("A", 3, 3, thaw("A/9"))], ["check_unknown"]],
  [
    "a thaw after money was taken",
    [...frozen, placed("A", 4, 4, cash("A/3", 1)), placed("B", 1, 5, thaw("A/3"))],
    ["thaw_ignored"],
  ],
  ["a receipt that was printed", [...paid, placed("A", 6, 6, printed("A/5", "printed"))], []],
  [
    "a receipt that failed",
    [...paid, placed("A", 6, 6, printed("A/5", "failed"))],
    ["receipt_not_confirmed"],
  ],
  [
    "a receipt that nobody knows of",
    [...paid, placed("A", 6, 6, printed("A/5", "unknown"))],
    ["receipt_not_confirmed"],
  ],
  [
    "a receipt that went on below a mark",
    [...paid, placed("A", 6, 6, printed("A/5", "printed", "resumed"))],
    ["receipt_marked"],
  ],
  [
    "as many units back as were sold",
    [...paid, placed("A", 6, 6, returned("A/5", "A/2", 1)), placed("B", 1, 6, returned("A/5", "A/2", 1))],
    [],
  ],
  [
    "a unit that came back at two terminals",
    [...paid, placed("A", 6, 6, returned("A/5", "A/2", 2)), placed("B", 1, 6, returned("A/5", "A/2", 1))],
    ["returned_twice"],
  ],
  ["a card that a reader was asked for", [...frozen, placed("A", 4, 4, asked("A/3", 500))], []],
  ["a card for an unknown check", [open, tea, placed("A", 3, 3, asked("A/9", 500))], ["check_unknown"]],
  [
    "a card whose end nobody knows",
    [...frozen, placed("A", 4, 4, asked("A/3", 500)), placed("A", 5, 5, doubted("A/4"))],
    ["card_unknown"],
  ],
  [
    "a card that a second person went on without",
    [...frozen, placed("A", 4, 4, asked("A/3", 500)), placed("A", 5, 5, overridden("A/4"))],
    ["card_overridden"],
  ],
  [
    "money that a reader moved beside what it was asked for",
    [...frozen, placed("A", 4, 4, asked("A/3", 500)), placed("A", 5, 5, orphaned("A/4", 999))],
    ["card_orphan"],
  ],
  [
    "a card that was taken without its host and then refused",
    [
      ...frozen,
      placed("A", 4, 4, asked("A/3", 500)),
      placed("A", 5, 5, approvedOffline("A/4")),
      placed("A", 6, 6, capturedCard("A/3", "A/4", 500)),
      placed("A", 7, 7, refusedLater("A/4")),
    ],
    ["card_declined_later"],
  ],
];

test.each(rows)("%s", (_, events, marks) => {
  expect(folded(...events).marks).toEqual(marks);
});

test("every mark has a row that leaves it", () => {
  const all: Readonly<Record<Mark, true>> = {
    added_after_freeze: true,
    added_after_void: true,
    removed_after_freeze: true,
    removed_more_than_held: true,
    held_twice: true,
    closed_twice: true,
    overpaid: true,
    thaw_ignored: true,
    order_unknown: true,
    line_unknown: true,
    check_unknown: true,
    receipt_not_confirmed: true,
    receipt_marked: true,
    returned_twice: true,
    card_unknown: true,
    card_overridden: true,
    card_orphan: true,
    card_declined_later: true,
  };
  expect([...new Set(rows.flatMap(([, , marks]) => marks))].sort()).toEqual(Object.keys(all).sort());
});

test("money for an unknown check is not in the order, and never silently so", () => {
  const order = folded(open, tea, placed("A", 3, 3, cash("A/9", 300)));
  expect([order.checks, order.marks]).toEqual([[], ["check_unknown"]]);
});

test("closings and copies ask for paper, and nothing else does", () => {
  expect(jobIdOf(placed("A", 5, 5, closed("A/3", 1)))).toBe(id("A/5"));
  expect(jobIdOf(placed("A", 6, 6, copied("A/5", 1)))).toBe(id("A/6"));
  expect(jobIdOf(tea)).toBeNull();
});
