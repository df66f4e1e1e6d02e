/**
 * Pictures: bits in their places, slices that lose nothing, and no byte that looks like a command.
 * R1 and R2 in raster.ts.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SLICE_ROWS_MAX, fitRaster, rasterOf, sliceRaster } from "../../../drivers/printer/raster.ts";
import { UNCONFIRMED_BYTES_MAX } from "../../../drivers/printer/session-step.ts";
import { toHex } from "../../support/hex.ts";

test("the leftmost dot is the highest bit, and each row begins a byte", () => {
  const raster = rasterOf(10, 2, (x, y) => x === 0 || (y === 1 && x === 9));
  expect(toHex(raster.dots)).toBe("80008040");
});

test("a picture wider than the paper becomes smaller in both directions", () => {
  const wide = rasterOf(800, 100, (x) => x < 400);
  const { widthDots, heightDots, dots } = fitRaster(wide, 400);
  expect([widthDots, heightDots, dots.length]).toEqual([400, 50, 2_500]);
  expect(dots.subarray(0, 50).every((byte, index) => byte === (index < 25 ? 0xff : 0x00))).toBe(true);
});

test("dots that are missing are white, and an empty picture has no slices", () => {
  expect(toHex(fitRaster({ widthDots: 8, heightDots: 2, dots: Uint8Array.of(0xff) }, 8).dots)).toBe("ff00");
  expect(sliceRaster({ widthDots: 8, heightDots: 0, dots: new Uint8Array(0) })).toEqual([]);
});

test("slices put together are the picture but for lone dots in the place of a DLE, and each fits its window", () => {
  const pictures = fc
    .tuple(fc.integer({ min: 1, max: 72 }), fc.integer({ min: 1, max: 130 }))
    .chain(([rowBytes, heightDots]) =>
      fc
        .uint8Array({ minLength: rowBytes * heightDots, maxLength: rowBytes * heightDots })
        .map((dots) => ({ widthDots: rowBytes * 8, heightDots, dots })),
    );
  fc.assert(
    fc.property(pictures, (picture) => {
      const slices = sliceRaster(picture);
      const bytes = slices.flatMap(({ dots }) => [...dots]);
      expect(bytes).toEqual(Array.from(picture.dots, (byte) => (byte === 0x10 ? 0x18 : byte)));
      expect(slices.reduce((sum, { heightDots }) => sum + heightDots, 0)).toBe(picture.heightDots);
      for (const { heightDots, dots } of slices) {
        expect(heightDots).toBeLessThanOrEqual(SLICE_ROWS_MAX);
        expect(dots.length + 32).toBeLessThan(UNCONFIRMED_BYTES_MAX);
      }
    }),
    { numRuns: 40 },
  );
});
