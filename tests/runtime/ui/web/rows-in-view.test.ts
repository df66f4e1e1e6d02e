/** Which rows of a long list are drawn. */
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { ROWS_BESIDE_COUNT, rowsInView } from "../../../../runtime/ui/web/rows-in-view.ts";

const ROW_PX = 96;

test("at the top the rows in view and a few below are drawn, at the end a few above", () => {
  expect(rowsInView(300, ROW_PX, 0, 380)).toEqual({ first: 0, end: 4 + ROWS_BESIDE_COUNT });
  expect(rowsInView(300, ROW_PX, 300 * ROW_PX - 380, 380)).toEqual({
    first: 296 - ROWS_BESIDE_COUNT,
    end: 300,
  });
});

test("a list that fits and an empty one are drawn whole", () => {
  expect(rowsInView(3, ROW_PX, 0, 380)).toEqual({ first: 0, end: 3 });
  expect(rowsInView(0, ROW_PX, 0, 380)).toEqual({ first: 0, end: 0 });
});

test("a list that got shorter than it was scrolled shows its last rows", () => {
  expect(rowsInView(10, ROW_PX, 20_000, 380)).toEqual({ first: 0, end: 10 });
});

test("every row that the place shows is drawn, and never many more", () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(60_000), fc.integer({ min: 1, max: 2000 }), (count, top, heightPx) => {
      const topPx = Math.min(top, Math.max(0, count * ROW_PX - heightPx));
      const { first, end } = rowsInView(count, ROW_PX, topPx, heightPx);
      expect(first * ROW_PX).toBeLessThanOrEqual(topPx);
      expect(end * ROW_PX).toBeGreaterThanOrEqual(Math.min(count * ROW_PX, topPx + heightPx));
      expect(end - first).toBeLessThanOrEqual(Math.ceil(heightPx / ROW_PX) + 1 + 2 * ROWS_BESIDE_COUNT);
    }),
  );
});
