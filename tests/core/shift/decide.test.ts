/** Every refusal of a shift's commands, and what a count, an X and a Z hold. */
import { expect, test } from "vitest";
import type { Command } from "../../../core/command.ts";
import { drawerId } from "../../../core/ids.ts";
import type { ShiftId } from "../../../core/ids.ts";
import { DENOMINATIONS_COUNT_MAX, SHIFTS_OPEN_COUNT_MAX } from "../../../core/limits.ts";
import { NO_EVENT } from "../../support/attempts.ts";
import { idOf, Till } from "../../support/day-till.ts";

const DRAWERS = ["1", "2", "3", "4", "5"].map(drawerId);

function shop(): Till {
  return new Till("A", { drawers: DRAWERS });
}

function open(drawer: string, floatMinor = 100): Command {
  return { type: "open_shift", drawer: drawerId(drawer), floatMinor };
}

function count(shift: ShiftId, ...piles: readonly (readonly [number, number])[]): Command {
  const denominations = piles.map(([valueMinor, its]) => ({ valueMinor, count: its }));
  return { type: "count_drawer", shift, denominations };
}

function close(shift: ShiftId, reason = ""): Command {
  return { type: "close_shift", shift, reason };
}

function move(amountMinor: number, reason = "because"): Command {
  return { type: "move_cash", kind: "drop", amountMinor, reason };
}

const SHIFT_RIGHT: readonly Command[] = [
  open("9", -1),
  { type: "join_shift", shift: NO_EVENT },
  count(NO_EVENT),
  close(NO_EVENT),
  { type: "report_shift", shift: NO_EVENT },
  { type: "print_report", closing: NO_EVENT },
];

test.each(SHIFT_RIGHT)("$type needs the right before anything else is looked at", (command) => {
  expect(shop().says(command, "sam")).toBe("clerk/right_missing shift");
  expect(shop().says(command, "may_shift")).not.toMatch(/^clerk/);
});

test.each<Command>([move(0, ""), { type: "open_drawer", reason: "" }])(
  "$type needs the right of the drawer before anything else is looked at",
  (command) => {
    expect(shop().says(command, "may_shift")).toBe("clerk/right_missing drawer");
    expect(shop().says(command, "may_drawer")).not.toMatch(/^clerk/);
  },
);

const WHOLE: readonly number[] = [-1, 0.5, 1_000_000_000_001, Number.NaN];

test.each(WHOLE)("an amount of %s is refused wherever money is named", (wrong) => {
  const till = shop();
  expect(till.says(open("1", wrong))).toBe("command/out_of_range float");
  const shift = till.openShift(0);
  expect(till.says(move(wrong))).toBe("command/out_of_range amount");
  expect(till.says(count(shift, [wrong, 1]))).toBe("command/out_of_range denominations");
  expect(till.says(count(shift, [1, wrong]))).toBe("command/out_of_range denominations");
});

const refusals: readonly (readonly [string, (till: Till) => Command | readonly [Command, string], string])[] =
  [
    ["a drawer that is not set up", () => open("9"), "drawer/unknown 9"],
    [
      "a drawer that is open",
      (till) => {
        till.openShift(0);
        return open("1");
      },
      "shift/already_open 1",
    ],
    [
      "more shifts than the bound",
      (till) => {
        for (const drawer of DRAWERS.slice(0, SHIFTS_OPEN_COUNT_MAX)) till.openShift(0, drawer);
        return open("5");
      },
      "shift/too_many",
    ],
    ["an unknown shift to join", () => ({ type: "join_shift", shift: NO_EVENT }), "shift/unknown"],
    [
      "one's own shift to join",
      (till) => ({ type: "join_shift", shift: till.openShift(0) }),
      "shift/already_open 1",
    ],
    [
      "a shift to join beyond the bound",
      (till) => {
        for (const drawer of DRAWERS.slice(0, SHIFTS_OPEN_COUNT_MAX)) till.openShift(0, drawer);
        const other = new Till("B");
        const shift = other.openShift(0);
        till.hear(other);
        return { type: "join_shift", shift };
      },
      "shift/too_many",
    ],
    [
      "a closed shift to join",
      (till) => {
        const shift = till.openShift(0);
        till.closeShift(shift);
        return { type: "join_shift", shift };
      },
      "shift/unknown",
    ],
    ["nothing to move", () => move(0), "command/out_of_range amount"],
    ["a move with a reason of control characters", () => move(1, "a\nb"), "command/out_of_range reason"],
    ["a move without a reason", () => move(1, " "), "order/reason_missing"],
    ["a move without a shift", () => move(1), "shift/not_open"],
    [
      "a move of somebody whose drawer it may not be",
      (till) => {
        till.openShift(0, "1");
        till.openShift(0, "2");
        return [move(1), "may_drawer"];
      },
      "shift/ambiguous",
    ],
    ["a drawer opened without a reason", () => ({ type: "open_drawer", reason: "" }), "order/reason_missing"],
    [
      "a drawer opened with too long a reason",
      () => ({ type: "open_drawer", reason: "x".repeat(201) }),
      "command/out_of_range reason",
    ],
    ["a count of no shift", () => count(NO_EVENT), "shift/unknown"],
    [
      "a count of a closed shift",
      (till) => {
        const shift = till.openShift(0);
        till.closeShift(shift);
        return count(shift);
      },
      "shift/unknown",
    ],
    [
      "one coin counted twice",
      (till) => count(till.openShift(0), [100, 1], [100, 2]),
      "command/out_of_range denominations",
    ],
    [
      "more kinds of coins than the bound",
      (till) => {
        const piles = Array.from(
          { length: DENOMINATIONS_COUNT_MAX + 1 },
          (_, index) => [index + 1, 1] as const,
        );
        return count(till.openShift(0), ...piles);
      },
      "command/out_of_range denominations",
    ],
    [
      "more money than the bound",
      (till) => count(till.openShift(0), [1_000_000_000_000, 1_000_000]),
      "command/out_of_range denominations",
    ],
    ["an X of no shift", () => ({ type: "report_shift", shift: NO_EVENT }), "shift/unknown"],
    ["a closing of no shift", () => close(NO_EVENT), "shift/unknown"],
    ["a closing without a count", (till) => close(till.openShift(0)), "shift/not_counted"],
    [
      "a closing with a reason that is too long",
      (till) => close(till.openShift(0), "x".repeat(201)),
      "command/out_of_range reason",
    ],
    [
      "a closing while an order is half paid",
      (till) => {
        const shift = till.openShift(0);
        const [opened] = till.must({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
        till.pay(idOf(opened), 100);
        till.count(shift, 100);
        return close(shift);
      },
      "shift/order_waits",
    ],
    [
      "a difference without a reason",
      (till) => {
        const shift = till.openShift(100);
        till.count(shift, 99);
        return close(shift, " ");
      },
      "shift/difference_reason",
    ],
    ["a Z of no shift", () => ({ type: "print_report", closing: NO_EVENT }), "report/unknown"],
    [
      "an X as if it were a Z",
      (till) => {
        const [reported] = till.must({ type: "report_shift", shift: till.openShift(0) });
        return { type: "print_report", closing: idOf(reported) };
      },
      "report/unknown",
    ],
  ];

test.each(refusals)("%s is refused", (_, given, answer) => {
  const till = shop();
  const tried = given(till);
  const before = till.records.length;
  const [command, clerk] = "type" in tried ? [tried, "boss"] : tried;
  expect(till.says(command, clerk)).toBe(answer);
  expect(till.records).toHaveLength(before);
});

test("another terminal's shift is neither counted nor closed here, joined or not: shift/other_terminal", () => {
  const [a, b] = [shop(), new Till("B")];
  const shift = b.openShift(0);
  a.hear(b);
  for (const command of [count(shift), close(shift)]) expect(a.says(command)).toBe("shift/other_terminal");
  a.must({ type: "join_shift", shift });
  for (const command of [count(shift), close(shift)]) expect(a.says(command)).toBe("shift/other_terminal");
});

test("a count holds each kind that there is any of, and their sum", () => {
  const till = shop();
  const shift = till.openShift(0);
  const [counted] = till.must(count(shift, [10_000, 2], [500, 0], [100, 7]));
  expect(counted?.event).toEqual({
    type: "drawer_counted",
    shift,
    denominations: [
      { valueMinor: 10_000, count: 2 },
      { valueMinor: 100, count: 7 },
    ],
    countedMinor: 20_700,
  });
  expect(till.says(count(shift))).toBe("drawer_counted");
});

test("what differs is stored with its reason, what agrees without one", () => {
  const till = shop();
  const short = till.openShift(1000, "1");
  till.count(short, 990);
  const [closed] = till.must(close(short, "a coin fell behind the till"));
  expect(closed?.event).toMatchObject({
    countedMinor: 990,
    differenceMinor: -10,
    reason: "a coin fell behind the till",
    zNumber: 1,
  });
  const even = till.openShift(1000, "1");
  till.count(even, 1000);
  expect(till.must(close(even, "nothing to say"))[0]?.event).toMatchObject({
    differenceMinor: 0,
    reason: "",
    zNumber: 2,
  });
});

test("whatever moves cash asks for another count, what moves none does not", () => {
  const till = shop();
  const shift = till.openShift(1000);
  const recounts = (act: () => unknown): boolean => {
    till.count(shift, 5);
    act();
    return till.says(close(shift)) === "shift/not_counted";
  };
  expect(recounts(() => till.sell(1, 500))).toBe(true);
  expect(recounts(() => till.move("pay_in", 10))).toBe(true);
  expect(recounts(() => till.move("drop", 10))).toBe(true);
  expect(recounts(() => till.refund(till.sell(1, 250), 1000))).toBe(true);
  expect(recounts(() => till.must({ type: "open_drawer", reason: "change" }))).toBe(false);
  expect(recounts(() => till.must({ type: "report_shift", shift }))).toBe(false);
});

test("figures beyond the safe integers of a peer's cash are held, and the shift still closes", () => {
  const [a, b] = [shop(), new Till("B")];
  const shift = a.openShift(0);
  const amountMinor = Number.MAX_SAFE_INTEGER as never;
  for (let n = 0; n < 3; n += 1)
    b.record([{ type: "cash_moved", shift, kind: "drop", amountMinor, reason: "" }], null);
  a.hear(b);
  a.count(shift, 1_000_000_000_000);
  expect(a.says(close(shift, "a terminal went mad"))).toBe("shift_closed");
});
