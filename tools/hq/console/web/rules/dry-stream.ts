/**
 * A dry run in the browser: its rows kept, and their sum made here once more, so that the table and the
 * total that headquarters says can be held against each other.
 */
import type { DryRunProgress, DryRunRow, DryRunSaid, RulesProblem } from "../../api-rules.ts";
import { useRun } from "./streams.ts";
import type { Running } from "./streams.ts";

/** What is known of a run. */
export interface DryRun {
  readonly rows: readonly DryRunRow[];
  readonly progress: DryRunProgress | null;
  readonly problems: readonly RulesProblem[];
  /** A code of what failed at headquarters; empty for none. */
  readonly failed: string;
}

const NOTHING: DryRun = { rows: [], progress: null, problems: [], failed: "" };

/** A run that can be started and stopped. */
export function useDryRun(): Running<DryRun> {
  return useRun<DryRunSaid, DryRun>("/api/rules-dry-run", NOTHING, () => {
    const rows: DryRunRow[] = [];
    let state = NOTHING;
    return {
      shown: () => ({ ...state, rows: [...rows] }),
      take: (said) => {
        if (said.kind === "row") rows.push(said);
        else state = after(state, said);
      },
    };
  });
}

function after(state: DryRun, said: Exclude<DryRunSaid, DryRunRow>): DryRun {
  switch (said.kind) {
    case "progress":
    case "done":
      return { ...state, progress: said };
    case "refused":
      return { ...state, problems: said.problems };
    case "failed":
      return { ...state, failed: said.code };
  }
}

/** The sum of the rows, from their own digits. */
export function sumOf(rows: readonly DryRunRow[]): bigint {
  return rows.reduce(
    (sum, { beforeMinor, afterMinor }) => sum + BigInt(afterMinor) - BigInt(beforeMinor),
    0n,
  );
}
