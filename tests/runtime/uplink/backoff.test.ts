/** The waits of the uplink: their ceilings, and the jitter below them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ACK_DELAY_MS_MIN,
  delayCeilingMs,
  jitteredDelayMs,
  RETRY_DELAY_MS_MAX,
  RETRY_DELAY_MS_MIN,
} from "../../../runtime/uplink/backoff.ts";
import { table } from "../../support/table.ts";

const rngOf = (bytes: readonly number[]) => ({ bytes: () => Uint8Array.from(bytes) });

const CEILINGS = table(
  ["try", "retry", "ack"],
  `
  try  | retry | ack
  0    | 1000  | 3000
  1    | 2000  | 6000
  2    | 4000  | 12000
  3    | 8000  | 24000
  4    | 16000 | 48000
  5    | 32000 | 60000
  6    | 60000 | 60000
  7    | 60000 | 60000
  1000 | 60000 | 60000
  `,
);

test.each(CEILINGS)("the wait doubles up to a minute: $title", (row) => {
  expect(delayCeilingMs(Number(row.try), RETRY_DELAY_MS_MIN)).toBe(Number(row.retry));
  expect(delayCeilingMs(Number(row.try), ACK_DELAY_MS_MIN)).toBe(Number(row.ack));
});

const JITTER = table(
  ["try", "bytes", "wait"],
  `
  try | bytes   | wait
  0   | 0 0     | 100
  0   | 128 0   | 550
  0   | 255 255 | 1000
  3   | 0 0     | 800
  6   | 0 0     | 6000
  6   | 255 255 | 59999
  `,
);

test.each(JITTER)("two random bytes choose the wait: $title", (row) => {
  expect(jitteredDelayMs(Number(row.try), rngOf(row.bytes.split(" ").map(Number)))).toBe(Number(row.wait));
});

test("a wait lies between a tenth of the ceiling and the ceiling, so a refusing port is not hammered", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(255), fc.nat(255), (tryCount, high, low) => {
      const ceilingMs = delayCeilingMs(tryCount, RETRY_DELAY_MS_MIN);
      const delayMs = jitteredDelayMs(tryCount, rngOf([high, low]));
      expect(delayMs).toBeGreaterThanOrEqual(ceilingMs / 10);
      expect(delayMs).toBeLessThanOrEqual(Math.min(ceilingMs, RETRY_DELAY_MS_MAX));
    }),
  );
});
