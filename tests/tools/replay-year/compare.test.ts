/** A journal compared with headquarters' list as it comes: equal, missing, other, and steps that are named. */
import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { HeldCheck } from "../../../tools/replay-year/compare.ts";
import type { YearComparison } from "../../../tools/replay-year/compare.ts";

const EPOCH = "00000000000000aa";
const RECORDS = ["8101", "8202", "8303"];

function digestOf(hex: string, seq: number): number {
  return Number.parseInt(hash("sha256", `${EPOCH}/${seq} ${hex}`).slice(0, 12), 16);
}

function line(hex: string, seq: number): string {
  return JSON.stringify({ epoch: EPOCH, seq, bytes: hex });
}

function compared(lines: readonly string[], stepCounts = [0, 1, 1]): YearComparison {
  const digests = RECORDS.map((hex, index) => digestOf(hex, index + 1));
  const check = new HeldCheck({ digests, stepCounts: Uint8Array.from(stepCounts) });
  for (const each of lines) check.take(each);
  return check.done();
}

const LINES = RECORDS.map((hex, index) => line(hex, index + 1));
const EQUAL = { missingCount: 0, doubledCount: 0, differentCount: 0, findings: [] };

test("the same records in the same order agree", () => {
  expect(compared(LINES)).toEqual({ writtenCount: 3, heldCount: 3, ...EQUAL });
});

test("a record that headquarters lacks at the end is missing", () => {
  expect(compared(LINES.slice(0, 2))).toMatchObject({ heldCount: 2, missingCount: 1, differentCount: 0 });
});

test("a record with other bytes, another place, or behind the journal's end is different, and named", () => {
  expect(compared(LINES.with(1, line("82ff", 2)))).toMatchObject({
    differentCount: 1,
    findings: [`record ${EPOCH}/2 is not what stands there in the journal`],
  });
  expect(compared(LINES.toSpliced(1, 1))).toMatchObject({ missingCount: 1, differentCount: 1 });
  expect(compared([...LINES, line("84", 4)])).toMatchObject({ missingCount: 0, differentCount: 1 });
});

test("a step that is in no record is missing, and one in two records is doubled", () => {
  expect(compared(LINES, [0, 0, 2])).toMatchObject({
    missingCount: 1,
    doubledCount: 1,
    findings: ["step 1 is in 0 records", "step 2 is in 2 records"],
  });
});

test("a line of another shape is refused with replay/report_failed", () => {
  expect(() => compared(["{}"])).toThrow("replay/report_failed");
});
