/** The table of results: what is a decline, what nobody knows, what stands in the way. */

import { expect, test } from "vitest";
import {
  ZVT_RESULTS,
  declineOf,
  isBusy,
  obstacleOf,
  resultWords,
} from "../../../../drivers/reader/zvt/result-codes.ts";

test("every result has one row, and 00 has none", () => {
  expect(new Set(ZVT_RESULTS.map(({ result }) => result)).size).toBe(ZVT_RESULTS.length);
  expect(declineOf(0)).toBeUndefined();
  expect(resultWords(0)).toBe("ok");
});

test("every word of a host is a decline; a code without a row is not", () => {
  for (let result = 1; result <= 0x63; result += 1) expect(declineOf(result)).toBeDefined();
  const unknown = Array.from({ length: 256 }, (_, result) => result).filter(
    (result) => result > 0x63 && ZVT_RESULTS.every((row) => row.result !== result),
  );
  expect(unknown).toContain(0xff);
  expect(unknown).toContain(0x9a);
  for (const result of unknown) {
    expect(declineOf(result)).toBeUndefined();
    expect(resultWords(result)).toBe("unknown result");
  }
});

test.each([
  [0x37, "reader/wrong_pin"],
  [0x6c, "reader/cancelled"],
  [0x6f, "reader/currency"],
  [0x9b, "reader/host_unreachable"],
  [0xb4, "reader/already_reversed"],
  [0xb5, "reader/not_reversible"],
  [0xcc, "reader/printer_not_ready"],
  [0xe0, "reader/maintenance"],
  [0xf0, "reader/day_not_closed"],
])("%i is %s", (result, code) => {
  expect(declineOf(result)).toBe(code);
});

test("anything but 00 is in the way of a terminal, and three of them mean that it is at work", () => {
  expect(obstacleOf(0)).toBeUndefined();
  for (let status = 1; status < 256; status += 1) expect(obstacleOf(status)).toBeDefined();
  expect(Array.from({ length: 256 }, (_, result) => result).filter(isBusy)).toEqual([0x9c, 0xe0, 0xe1]);
});
