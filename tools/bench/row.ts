/**
 * What a bench says: one figure of ours against what is to be reached and what is dreamt of. Benches
 * measure; main.ts prints.
 */

/** A row of the bench, printed as one line of JSON. */
export interface BenchRow {
  /** As in the list of benches. */
  readonly id: string;
  readonly ours: number;
  readonly reach: number;
  readonly dream: number;
  readonly met: boolean;
  readonly unit: string;
}
