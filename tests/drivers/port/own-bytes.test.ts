/** Own bytes: a buffer of their own behind them, so that zeroing them zeroes all there is. */

import { expect, test } from "vitest";
import { ownBytes, ownCopy } from "../../../drivers/port/own-bytes.ts";

test("a copy is equal, has a buffer of its own of just that length, and zeroing it leaves the other", () => {
  const given = Uint8Array.of(1, 2, 3, 4).subarray(1, 3);
  const copy = ownCopy(given);
  expect(copy).toEqual(Uint8Array.of(2, 3));
  expect([copy.byteOffset, copy.buffer.byteLength]).toEqual([0, 2]);
  copy.fill(0);
  expect(given).toEqual(Uint8Array.of(2, 3));
});

test("fresh bytes are zeros", () => {
  expect(ownBytes(3)).toEqual(new Uint8Array(3));
  expect(ownBytes(0)).toHaveLength(0);
});
