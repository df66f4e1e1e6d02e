/** The arithmetic of measuring: medians, turns, and results that must be equal. */
import { expect, test } from "vitest";
import { inTurn, median, mediansOf, mustEqual } from "../../../tools/bench/measure.ts";

test("the median is the middle value, or the mean of the two middle ones", () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])]).toEqual([2, 2.5, 7]);
});

test("the ratio is the middle of the rounds' ratios, not the ratio of the middles", () => {
  const pairs = [
    { ours: 1, peer: 1 },
    { ours: 10, peer: 2 },
    { ours: 100, peer: 50 },
  ];
  expect(mediansOf(pairs)).toEqual({ ours: 10, peer: 2, ratio: 2 });
});

test("both sides run in turn, who is first changes, and the warm-up is not counted", async () => {
  const order: string[] = [];
  let value = 0;
  const side = (name: string) => () => {
    order.push(name);
    value += 1;
    return value;
  };
  const medians = await inTurn(2, side("ours"), side("peer"), 1);
  expect(order).toEqual(["ours", "peer", "peer", "ours", "ours", "peer"]);
  expect(medians).toEqual({ ours: 4.5, peer: 4.5, ratio: (4 / 3 + 5 / 6) / 2 });
});

test("two results that differ stop a bench, whatever the order of their keys", () => {
  expect(() => mustEqual("the sale", { a: 1, b: [2] }, { b: [2], a: 1 })).not.toThrow();
  expect(() => mustEqual("the sale", { a: 1 }, { a: 2 })).toThrow(
    'bench: the sale: ours is {"a":1}, the peer\'s {"a":2}',
  );
});
