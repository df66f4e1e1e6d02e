/**
 * The reference of a ZVT business: "receipt:trace", as on its slip. What is newer than what, and which
 * part a command needs. Both numbers run in a circle, the receipt's may also begin anew with the day.
 */

import type { StatusFacts } from "./status.ts";

/** "0042:000017"; a number that was not sent is left out. */
export function referenceOf({ receipt, trace }: Pick<StatusFacts, "receipt" | "trace">): string {
  return `${receipt}:${trace}`;
}

/** The four digits of the receipt; undefined when the reference has none, or is no reference. */
export function receiptOf(reference: string): string | undefined {
  return /^(\d{4}):(\d{6})?$/.exec(reference)?.[1];
}

/** The six digits of the trace number; undefined when the reference has none. */
export function traceOf(reference: string): string | undefined {
  return /^(\d{4})?:(\d{6})$/.exec(reference)?.[2];
}

/**
 * Whether the business named by `reference` came after the one named by `watermark`; empty: everything
 * did. Trace numbers decide; receipts only where one of the two has no trace. Undefined: cannot be told.
 */
export function isNewer(reference: string, watermark: string): boolean | undefined {
  if (watermark === "") return true;
  const traces = [traceOf(reference), traceOf(watermark)];
  const receipts = [receiptOf(reference), receiptOf(watermark)];
  return isAhead(traces, TRACE_COUNT) ?? isAhead(receipts, RECEIPT_COUNT);
}

/** Traces run from 000001 to 999999, receipts from 0001 to 9999. */
const TRACE_COUNT = 999_999;
const RECEIPT_COUNT = 9_999;

function isAhead([one, other]: readonly (string | undefined)[], count: number): boolean | undefined {
  if (one === undefined || other === undefined) return undefined;
  const ahead = (((Number(one) - Number(other)) % count) + count) % count;
  return ahead > 0 && ahead < count / 2;
}
