/**
 * What to do with what the disk holds after a start: one table, asked once for every segment in
 * order, and once when there is no segment at all. Pure; inspect.ts finds out the conditions and
 * acts on the decision.
 *
 * A torn write and rot look alike at the end of a log. They are told apart by evidence that the bytes
 * had been durable: the next segment's parent, a whole block further on, or the commit mark. Without
 * evidence broken bytes are a write that never finished, and nobody was told that it had.
 */
import { assert } from "../../core/bug.ts";

/** One answer per column of the table, in its order. */
export interface Conditions {
  /** There is a segment; false is asked only of a journal that holds none. */
  readonly present: boolean;
  /** One of the two copies of its header is whole. */
  readonly readable: boolean;
  /** Its format is one that this release knows. */
  readonly known: boolean;
  /** It was written by this terminal. */
  readonly ours: boolean;
  /** Number and epoch are those of the file's name, and the number follows the segment before. */
  readonly named: boolean;
  /** Its parent is the block with which the segments before it ended. */
  readonly chained: boolean;
  /** The next segment's parent is a block beyond the whole blocks of this one. */
  readonly outrun: boolean;
  /** No segment follows. */
  readonly last: boolean;
  /** A whole block stands behind bytes that are none. */
  readonly resumed: boolean;
  /** The commit mark names a block that is not among the whole ones. */
  readonly marked: boolean;
  /** From the last whole block to the segment's full size there are zeros and nothing else. */
  readonly zeros: boolean;
}

export type Decision =
  /** A terminal that never wrote anything. */
  | "new"
  /** All its blocks stand; the next segment goes on. */
  | "next"
  /** The journal ends here, with a write that was finished. */
  | "clean"
  /** The journal ends here; behind it lies a write that was cut. It stays where it is, dead. */
  | "torn"
  /** The journal ends here because what followed is broken. A copy of this segment and all later ones go to quarantine. */
  | "rot_inside"
  /** The journal ends before this segment; it and all later ones go to quarantine. */
  | "rot_whole"
  /** Do not touch anything: these files are not for this program. */
  | "fault_format"
  | "fault_terminal";

export interface Row {
  readonly label: string;
  /** One sign per column: 1 true, 0 false, - either. */
  readonly pattern: string;
  readonly decision: Decision;
}

/** The columns from left to right. */
export const COLUMNS: readonly (keyof Conditions)[] = [
  "present",
  "readable",
  "known",
  "ours",
  "named",
  "chained",
  "outrun",
  "last",
  "resumed",
  "marked",
  "zeros",
];

/**
 * Exactly one row matches any combination of conditions. The signs of a pattern stand for:
 *
 *     present  readable  known  ours  named  chained  outrun  last  resumed  marked  zeros
 */
export const RECOVERY_TABLE: readonly Row[] = [
  // No segment at all.
  { label: "new", pattern: "0--------0-", decision: "new" },
  { label: "gone", pattern: "0--------1-", decision: "rot_whole" },
  // The header.
  { label: "header_broken", pattern: "10---------", decision: "rot_whole" },
  { label: "format_unknown", pattern: "110--------", decision: "fault_format" },
  { label: "other_terminal", pattern: "1110-------", decision: "fault_terminal" },
  { label: "misnamed", pattern: "11110------", decision: "rot_whole" },
  { label: "unchained", pattern: "111110-----", decision: "rot_whole" },
  // A segment with a successor: what lies behind the successor's parent is dead, whatever it is.
  { label: "outrun", pattern: "1111111----", decision: "rot_inside" },
  { label: "closed", pattern: "11111100---", decision: "next" },
  // The last segment.
  { label: "resumed", pattern: "111111011--", decision: "rot_inside" },
  { label: "marked", pattern: "1111110101-", decision: "rot_inside" },
  { label: "torn", pattern: "11111101000", decision: "torn" },
  { label: "clean", pattern: "11111101001", decision: "clean" },
];

/** The one row of the table that matches; a Bug when there is none or more than one. */
export function decideRecovery(conditions: Conditions): Row {
  const rows = RECOVERY_TABLE.filter((row) => matches(row.pattern, conditions));
  const [row] = rows;
  assert(row !== undefined && rows.length === 1, "recover: Exactly one row must match");
  return row;
}

function matches(pattern: string, conditions: Conditions): boolean {
  return COLUMNS.every((column, index) => {
    const sign = pattern[index];
    return sign === "-" || (sign === "1") === conditions[column];
  });
}
