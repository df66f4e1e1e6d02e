/**
 * Each command in hex, as the ESC/POS command reference writes it.
 * A change here changes what every printer in the field receives.
 */

import { expect, test } from "vitest";
import { Bug } from "../../../core/bug.ts";
import {
  cutPartial,
  drawerPulse,
  drawerPulseRealtime,
  feedLines,
  initialise,
  printedMarker,
  queryStatus,
  style,
} from "../../../drivers/printer/escpos.ts";
import { toHex } from "../../support/hex.ts";

const rows: readonly [what: string, bytes: Uint8Array | readonly number[], hex: string][] = [
  ["initialise: ESC @, GS a 14, text mode", initialise([0x1c, 0x26]), "1b401d610e1c26"],
  ["style left normal", style("left", "normal", false), "1b61001d21001b4500"],
  ["style centre double bold", style("center", "double", true), "1b61011d21111b4501"],
  ["style right", style("right", "normal", false), "1b61021d21001b4500"],
  ["feed 3", feedLines(3), "1b6403"],
  ["feed 17 without the byte 10", feedLines(17), "1b640f1b6402"],
  ["cut", cutPartial(0), "1d564200"],
  ["drawer on pin 2", drawerPulse(2), "1b700019fa"],
  ["drawer on pin 5", drawerPulse(5), "1b700119fa"],
  ["drawer at once", drawerPulseRealtime(5), "1014010101"],
  ["status 4", queryStatus(4), "100404"],
  ["marker", printedMarker(), "1d7201"],
];

test.each(rows)("%s", (_what, bytes, hex) => {
  expect(toHex(Uint8Array.from(bytes))).toBe(hex);
});

test("a feed of no lines is a Bug", () => {
  expect(() => feedLines(0)).toThrow(Bug);
});
