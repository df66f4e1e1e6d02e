/** The table and the plot are made from rows alone. */
import { expect, test } from "vitest";
import { rowOf } from "../../../tools/bench/row.ts";
import { decadesOf, markdownTable, plainTable, plotSvg } from "../../../tools/bench/table.ts";

const FAST = rowOf({
  id: "B1",
  what: "events",
  ours: 500,
  peer: 10,
  peerName: "XState | actor",
  ratio: 50,
  judged: "ratio",
  better: "more",
  reach: 25,
  dream: 40,
  unit: "events/s",
  note: "a note",
});
const FAT = rowOf({
  ...FAST,
  id: "B9",
  what: "memory",
  ours: 300,
  peer: 40,
  ratio: 7.5,
  judged: "difference",
  better: "less",
  reach: 16,
  dream: 10,
  unit: "MiB",
  note: "",
});
const ALONE = rowOf({
  ...FAST,
  id: "B10",
  peer: null,
  peerName: "",
  ratio: null,
  judged: "ours",
  reach: 500,
  note: "",
});

test("the Markdown table has a line for each row, and no cell breaks it", () => {
  const lines = markdownTable([FAST, FAT, ALONE]).trim().split("\n");
  expect(lines.slice(2)).toEqual([
    "| B1 | events | 500 | 10 | 50 | 25 x | 40 x | yes | events/s | XState / actor; a note |",
    "| B9 | memory | 300 | 40 | 7.5 | +16 | +10 | NO | MiB | XState / actor |",
    "| B10 | events | 500 |  |  | 500 | 40 | yes | events/s |  |",
  ]);
});

test("the plain table's columns stand under each other", () => {
  const lines = plainTable([FAST, FAT, ALONE]).trim().split("\n");
  const column = lines[0]?.indexOf("ours") ?? -1;
  expect(lines.slice(1).map((line) => line.slice(column, column + 3))).toEqual(["500", "300", "500"]);
});

test("a row's place is its decades from reach, held within the plot", () => {
  expect(decadesOf(FAST)).toBeCloseTo(Math.log10(2));
  expect(decadesOf(FAT)).toBe(-1);
  expect(decadesOf(ALONE)).toBe(0);
  expect(decadesOf(FAST, 25_000)).toBe(1);
});

test("the plot has a bar for each row, and a dot for each earlier run of it", () => {
  const svg = plotSvg([FAST, FAT], [[FAST], [FAST, ALONE]]);
  expect(svg.match(/fill="#2e7d4f"/g)).toHaveLength(1);
  expect(svg.match(/fill="#c0392b"/g)).toHaveLength(1);
  expect(svg.match(/<circle/g)).toHaveLength(2);
});
