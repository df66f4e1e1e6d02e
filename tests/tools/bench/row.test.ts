/** A row and its verdict. */
import { expect, test } from "vitest";
import { isBenchRow, judgedOf, rowOf } from "../../../tools/bench/row.ts";
import type { BenchRow } from "../../../tools/bench/row.ts";

const ROW: Omit<BenchRow, "met"> = {
  id: "B1",
  what: "a figure",
  ours: 30,
  peer: 10,
  peerName: "a peer",
  ratio: 3,
  judged: "ratio",
  better: "more",
  reach: 3,
  dream: 4,
  unit: "events/s",
  note: "",
};

const CASES: readonly (readonly [string, Partial<BenchRow>, number, boolean])[] = [
  ["the ratio, as high as reach", {}, 3, true],
  ["the ratio, lower than reach", { ratio: 2.9 }, 2.9, false],
  ["the ratio where less is better", { better: "less", ratio: 2.9 }, 2.9, true],
  ["our figure", { judged: "ours", reach: 31 }, 30, false],
  ["the difference", { judged: "difference", better: "less", reach: 20 }, 20, true],
  ["the difference, too large", { judged: "difference", better: "less", reach: 19 }, 20, false],
];

test.each(CASES)("%s is held against reach", (_, fields, judged, met) => {
  const row = rowOf({ ...ROW, ...fields });
  expect([judgedOf(row), row.met]).toEqual([judged, met]);
});

test("a ratio without a peer is never met", () => {
  expect(rowOf({ ...ROW, peer: null, ratio: null }).met).toBe(false);
});

test("figures are written with four digits", () => {
  expect(rowOf({ ...ROW, ours: 123_456, peer: 0.123_456, ratio: 1.000_04 })).toMatchObject({
    ours: 123_500,
    peer: 0.1235,
    ratio: 1,
  });
});

test("a row is known by its shape", () => {
  const row = rowOf(ROW);
  expect(isBenchRow(JSON.parse(JSON.stringify(row)))).toBe(true);
  for (const key of Object.keys(row)) expect(isBenchRow({ ...row, [key]: Symbol(key) })).toBe(false);
  expect([null, 1, "row", []].some(isBenchRow)).toBe(false);
});
