/**
 * What is kept of a run of tests, and how runs are summed.
 * Pure: vitest writes them through reporter.ts, and tally.ts reads them.
 */

/** One test that was not run; `reason` is what the test gave to `skip(reason)`. */
export interface SkippedTest {
  readonly title: string;
  readonly reason: string;
}

/** The end of one run: build/reports/<run>.json. */
export interface RunCounts {
  readonly passedCount: number;
  readonly failedCount: number;
  readonly skipped: readonly SkippedTest[];
}

/** Sums runs; no runs sum to zero of everything. */
export function total(runs: readonly RunCounts[]): RunCounts {
  return {
    passedCount: runs.reduce((sum, run) => sum + run.passedCount, 0),
    failedCount: runs.reduce((sum, run) => sum + run.failedCount, 0),
    skipped: runs.flatMap((run) => run.skipped),
  };
}

/** "N passed, N failed, N skipped": the closing line that people and machines read. */
export function closingLine(counts: RunCounts): string {
  return `${counts.passedCount} passed, ${counts.failedCount} failed, ${counts.skipped.length} skipped`;
}

/** One line per reason with how many tests it kept from running, in order of first appearance. */
export function skipLines(counts: RunCounts): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { reason, title } of counts.skipped) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), title]);
  }
  return [...byReason].map(
    ([reason, titles]) =>
      `skipped ${titles.length}: ${reason} (${titles[0] ?? ""}${titles.length > 1 ? ", …" : ""})`,
  );
}
