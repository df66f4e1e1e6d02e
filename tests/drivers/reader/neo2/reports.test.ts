/** Reports of 63 bytes: goldens of each kind, orphans, restarts, bounds, and that nothing stays in the buffer. */

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  MESSAGE_BYTES_MAX,
  REPORTS_COUNT_MAX,
  ReportAssembler,
  reportsOf,
} from "../../../../drivers/reader/neo2/reports.ts";

const part = (id: number, fill: number): Uint8Array => new Uint8Array(64).fill(fill).with(0, id);
const message = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => 1 + (index % 250));

function joined(reports: readonly Uint8Array[]): readonly (number | string)[] {
  const assembler = new ReportAssembler();
  return reports.map((report) => {
    const pushed = assembler.push(report);
    return pushed.kind === "message" ? pushed.bytes.length : pushed.kind;
  });
}

test.each([
  [1, [1]],
  [63, [1]],
  [64, [2, 4]],
  [126, [2, 4]],
  [127, [2, 3, 4]],
  [253, [2, 3, 3, 3, 4]],
])("a message of %i bytes has the report ids %j", (length, ids) => {
  const reports = reportsOf(message(length));
  expect(reports.map((report) => report[0])).toEqual(ids);
  expect(reports.every((report) => report.length === 64)).toBe(true);
});

test("the reports of any message join to it and its padding (seed printed by fast-check)", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: MESSAGE_BYTES_MAX }), (bytes) => {
      const assembler = new ReportAssembler();
      const last = reportsOf(bytes)
        .map((report) => assembler.push(report))
        .at(-1);
      if (last?.kind !== "message") throw new Error("not joined");
      expect(last.bytes.slice(0, bytes.length)).toEqual(bytes);
      expect(last.bytes.subarray(bytes.length).every((value) => value === 0)).toBe(true);
      expect(last.bytes.length % 63).toBe(0);
    }),
  );
});

test.each([
  ["a middle part without a beginning", [part(3, 1)], ["ignored"]],
  ["a last part without a beginning", [part(4, 1)], ["ignored"]],
  ["a part after the end", [part(1, 1), part(4, 1)], [63, "ignored"]],
  ["an unknown id", [part(0, 1), part(5, 1), part(0xff, 1)], ["ignored", "ignored", "ignored"]],
  ["an unknown id between parts", [part(2, 1), part(9, 9), part(4, 2)], ["partial", "ignored", 126]],
  ["a new beginning ends what was begun", [part(2, 1), part(2, 2), part(4, 3)], ["partial", "partial", 126]],
  ["a whole message ends what was begun", [part(2, 1), part(1, 2), part(4, 3)], ["partial", 63, "ignored"]],
  ["a report that is too long", [new Uint8Array(65).with(0, 1)], ["ignored"]],
  ["nothing at all", [new Uint8Array()], ["ignored"]],
  ["a first part that was cut", [part(2, 1).slice(0, 40), part(4, 1)], ["ignored", "ignored"]],
  ["a whole message without its padding", [part(1, 1).slice(0, 17)], [63]],
])("%s", (_, reports, expected) => {
  expect(joined(reports)).toEqual(expected);
});

test("more parts than a message may have are ignored until a new beginning", () => {
  const parts = Array.from({ length: REPORTS_COUNT_MAX }, () => part(3, 7));
  const pushed = joined([part(2, 7), ...parts, part(4, 7), part(1, 7)]);
  expect(pushed.slice(REPORTS_COUNT_MAX)).toEqual(["ignored", "ignored", 63]);
});

test("wiping zeroes what was joined, also through a view of it", () => {
  const assembler = new ReportAssembler();
  const pushed = assembler.push(part(1, 0x37));
  if (pushed.kind !== "message") throw new Error("not joined");
  assembler.wipe();
  expect(pushed.bytes.every((value) => value === 0)).toBe(true);
});

test("a message longer than its reports can be is a Bug", () => {
  expect(() => reportsOf(new Uint8Array(MESSAGE_BYTES_MAX + 1))).toThrow("fits its reports");
});
