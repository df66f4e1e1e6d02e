/** How long a record has waited, roughly, for any number of records. */
import { expect, test } from "vitest";
import { wallMs } from "../../core/time.ts";
import { RecordTimes, TIME_MARKS_COUNT_MAX } from "../../runtime/record-times.ts";

test("a record's time is its own while there are few, and nothing is known of what came before the first", () => {
  const times = new RecordTimes();
  expect(times.timeOf(1)).toBe(null);
  for (const seq of [3, 4, 5]) times.note(seq, wallMs(seq * 1000));
  expect([1, 2, 3, 4, 5, 6].map((seq) => times.timeOf(seq))).toEqual([null, null, 3000, 4000, 5000, 5000]);
});

test("of a hundred thousand records the time is never later than the record's and seldom much earlier", () => {
  const times = new RecordTimes();
  const count = 100_000;
  for (let seq = 1; seq <= count; seq += 1) times.note(seq, wallMs(seq));
  const spacing = (2 * count) / TIME_MARKS_COUNT_MAX;
  for (let seq = 1; seq <= count; seq += 997) {
    const at = times.timeOf(seq) ?? expect.fail(`no time of ${seq}`);
    expect(at).toBeLessThanOrEqual(seq);
    expect(seq - at).toBeLessThanOrEqual(spacing);
  }
});
