/** Both sides of a run compared: what is missing, doubled or different, in records and in steps. */
import { expect, test } from "vitest";
import { epochId, terminalId } from "../../../core/ids.ts";
import { wallMs } from "../../../core/time.ts";
import { encodeRecord } from "../../../protocol/record.ts";
import { compareRecords, heldRecordsIn } from "../../../tools/replay-day/compare.ts";
import type { ListedRecord } from "../../../tools/replay-day/compare.ts";

const EPOCH = "00000000000000aa";

/** The record of step `n` at place (epoch, seq); null for one that no step caused. */
function record(seq: number, n: number | null, epoch = EPOCH): ListedRecord {
  const bytes = encodeRecord({
    terminal: terminalId("T"),
    epoch: epochId(epoch),
    seq,
    lamport: seq,
    at: wallMs(0),
    cause: n === null ? null : { view: 1, n, clerk: "" },
    event: { type: "order_opened", kind: "sale", currency: "GBP", label: "", reason: "" },
  });
  return { epoch, seq, hex: Buffer.from(bytes).toString("hex") };
}

const WRITTEN = [record(1, null), record(2, 1), record(3, null), record(4, 2)];
const EQUAL = { missingCount: 0, doubledCount: 0, differentCount: 0, findings: [] };

function compared(held: readonly ListedRecord[], written = WRITTEN, stepCount = 2) {
  return compareRecords(written, held, "T", stepCount);
}

test("two sides with the same records agree, in whatever order they are listed", () => {
  expect(compared(WRITTEN.toReversed())).toEqual({ writtenCount: 4, heldCount: 4, ...EQUAL });
});

test("a record that headquarters lacks is missing, and so is its step", () => {
  expect(compared(WRITTEN.slice(0, 3))).toMatchObject({ heldCount: 3, missingCount: 2, doubledCount: 0 });
  expect(compared(WRITTEN.toSpliced(2, 1)).findings).toEqual([`record ${EPOCH}/3 is missing`]);
});

test("a step that neither side recorded is missing", () => {
  expect(compared(WRITTEN, WRITTEN, 3)).toMatchObject({
    missingCount: 1,
    findings: ["step 3 is in no record"],
  });
});

test("a record that headquarters lists twice is doubled", () => {
  expect(compared([...WRITTEN, record(3, null)])).toMatchObject({ doubledCount: 1, missingCount: 0 });
});

test("a step that was sold twice under two names is doubled, also when both sides agree on it", () => {
  const twice = [...WRITTEN, record(5, 2, "00000000000000bb")];
  expect(compared(twice, twice)).toMatchObject({ doubledCount: 1, findings: ["step 2 is in 2 records"] });
});

test("a record with other bytes, or of which the journal knows nothing, is different", () => {
  const other = WRITTEN.with(2, { ...record(3, null), hex: record(9, null).hex });
  expect(compared(other)).toMatchObject({ differentCount: 1, missingCount: 0 });
  expect(compared([...WRITTEN, record(5, null)])).toMatchObject({ differentCount: 1, missingCount: 0 });
});

test("headquarters' list is read line by line, and another shape is refused with replay/report_failed", () => {
  const [first] = WRITTEN;
  const line = JSON.stringify({ epoch: EPOCH, seq: 1, bytes: first?.hex });
  expect(heldRecordsIn([line])).toEqual([first]);
  expect(() => heldRecordsIn([line, '{"epoch":1}'])).toThrow("replay/report_failed");
});
