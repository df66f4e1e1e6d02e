/**
 * The virtual printer's status bytes against the table of the ESC/POS reference.
 * The driver reads the same conditions back in its own tests.
 */

import { expect, test } from "vitest";
import {
  GOOD_CONDITION,
  automaticStatus,
  paperSensorStatus,
  realtimeStatus,
} from "../../../../tools/sim/printer/status.ts";
import type { PrinterCondition } from "../../../../tools/sim/printer/status.ts";
import { toHex } from "../../../support/hex.ts";

const rows: readonly [
  what: string,
  change: Partial<PrinterCondition>,
  answers: string,
  sensors: number,
  quad: string,
][] = [
  ["nothing wrong", {}, "12121212", 0x00, "10000000"],
  ["paper near its end", { paper: "near_end" }, "1212121e", 0x03, "10000300"],
  ["paper out", { paper: "out" }, "1a32127e", 0x0f, "18000f00"],
  ["cover open", { cover: "open" }, "1a161212", 0x00, "38000000"],
  ["cutter jammed", { cutter: "jammed" }, "1a521a12", 0x00, "18080000"],
];

test.each(rows)("%s", (_what, change, answers, sensors, quad) => {
  const condition = { ...GOOD_CONDITION, ...change };
  const bytes = [1, 2, 3, 4].map((query) => realtimeStatus(condition, query) ?? 0);
  expect(toHex(Uint8Array.from(bytes))).toBe(answers);
  expect(paperSensorStatus(condition)).toBe(sensors);
  expect(toHex(automaticStatus(condition))).toBe(quad);
});

test("a question that does not exist has no answer", () => {
  expect(realtimeStatus(GOOD_CONDITION, 0)).toBeUndefined();
  expect(realtimeStatus(GOOD_CONDITION, 5)).toBeUndefined();
});
