/** One byte of a status or of a card error, and what it comes to. */

import { expect, test } from "vitest";
import { cardErrorWords, declineOf, statusWords } from "../../../../drivers/reader/neo2/status.ts";

test.each([
  [0x0a, 0x20, "reader/declined"],
  [0x0a, 0x21, "reader/card_unreadable"],
  [0x0a, 0x22, "reader/limit"],
  [0x0a, 0x23, "reader/declined"],
  [0x0a, 0x24, "reader/card_unreadable"],
  [0x0a, 0x25, "reader/declined"],
  [0x0a, 0x26, "reader/card_expired"],
  [0x0a, 0x27, "reader/card_unknown"],
  [0x0a, 0x30, "reader/card_unreadable"],
  [0x0a, 0x62, "reader/declined"],
  [0x0a, 0x73, "reader/card_unreadable"],
  [0x0a, 0xee, "reader/declined"],
  [0x0a, undefined, "reader/declined"],
  [0x08, undefined, "reader/cancelled"],
  [0x1d, undefined, "reader/not_ready"],
  [0x0b, undefined, "reader/not_ready"],
])("status %i with card error %s is %s", (status, error, code) => {
  expect(declineOf(status, error)).toBe(code);
});

test("words for logs, and hex for what the guide does not name", () => {
  expect([statusWords(0x08), statusWords(0x99)]).toEqual(["timeout", "status 99"]);
  expect([cardErrorWords(0x26), cardErrorWords(0x99)]).toEqual(["card expired", "error 99"]);
});
