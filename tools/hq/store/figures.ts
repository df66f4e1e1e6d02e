/**
 * The sums that a report is made of, as a store answers them. Amounts are bigint, for the sum of a
 * chain's years may pass what a number holds.
 */

import type { ShiftRow } from "./rows.ts";

/** What was taken and paid back in one currency. */
export interface Turnover {
  /** Empty where closings came whose order's opening is not held yet. */
  readonly currency: string;
  readonly netMinor: bigint;
  readonly saleCount: number;
  readonly returnCount: number;
  /** By ascending rate. */
  readonly taxes: readonly {
    readonly ratePpm: number;
    readonly netMinor: bigint;
    readonly taxMinor: bigint;
  }[];
  /** By method. */
  readonly tenders: readonly {
    readonly method: string;
    readonly amountMinor: bigint;
    readonly count: number;
  }[];
}

/** What is held of one terminal. */
export interface TerminalFigures {
  readonly terminal: string;
  readonly epochCount: number;
  /** Of the epoch that arrived last. */
  readonly lastSeq: number;
  /** Records held, over all epochs. */
  readonly eventCount: number;
}

/** A closed shift beside what headquarters itself counts of it. */
export interface ShiftFigures extends ShiftRow {
  /** Totals of the closings that name the shift. */
  readonly heldNetMinor: bigint;
  readonly heldClosingCount: number;
}

export interface Figures {
  /** By currency. */
  readonly turnovers: readonly Turnover[];
  /** By name. */
  readonly terminals: readonly TerminalFigures[];
  readonly orderCount: number;
  readonly heldRecordCount: number;
  readonly quarantineCount: number;
  /** By business date, terminal and Z. */
  readonly shifts: readonly ShiftFigures[];
  /** Closings by what the check of their view said. */
  readonly views: { readonly matches: number; readonly differs: number; readonly pending: number };
}
