/**
 * What to do with a tender whose end was cut: one decision table, by what the journal holds, what the
 * reader says and what the reader's kind can promise (facts: RELIABILITY section 2.2). docs/CARD-RECOVERY.md
 * is printed from RECOVERY_ROWS.
 *
 * V1 The first row that fits decides; the last fits everything and asks a person.
 * V2 No row says that no money moved unless the same device said so and its kind can know.
 */

import { assert } from "../bug.ts";

/** What the journal holds: the intent alone, or an approval whose acknowledgement may not have arrived. */
export type JournalShows = "intent" | "approval";

/** What the reader says, judged against the request. */
export type ReaderSays =
  /** Money moved, and it is what was asked for. */
  | "found"
  /** Idle, and nothing such stands. */
  | "absent"
  /** Money moved that is not what was asked for. */
  | "other"
  | "in_progress"
  | "unreachable"
  /** It cannot be asked about the past. */
  | "unanswerable";

/** The capability flags that decide. */
export interface RecoveryCapabilities {
  readonly inquiry: "byRef" | "lastOnly" | "none";
  readonly commit: "onAck" | "onApproval";
  readonly autoReversal: boolean;
}

/** What is to be recorded. */
export type RecoveryAction =
  /** The approval stands: capture. */
  | "capture"
  /** Record the approval that we missed, then capture. */
  | "approve_and_capture"
  /** No money moved: the amount is due, and the same may be asked again. */
  | "fail"
  /** The reader took it back: the amount is due again. */
  | "reversed_by_reader"
  /** Record what moved as a case beside the tender. */
  | "orphan"
  /** Nothing is known yet: ask again later. */
  | "keep_asking"
  /** Only a person can tell. */
  | "manual";

/** One row: an empty cell fits everything. */
export interface RecoveryRow {
  readonly journal: JournalShows | null;
  readonly reader: ReaderSays | null;
  readonly isSameDevice: boolean | null;
  readonly capabilities: Partial<RecoveryCapabilities>;
  readonly action: RecoveryAction;
  readonly because: string;
}

function row(
  journal: JournalShows | null,
  reader: ReaderSays | null,
  isSameDevice: boolean | null,
  capabilities: Partial<RecoveryCapabilities>,
  action: RecoveryAction,
  because: string,
): RecoveryRow {
  return { journal, reader, isSameDevice, capabilities, action, because };
}

/** The table, first fit first. */
export const RECOVERY_ROWS: readonly RecoveryRow[] = [
  row(
    null,
    "unreachable",
    null,
    {},
    "keep_asking",
    "nobody answered; the tender stays unknown, other readers go on",
  ),
  row(null, null, false, {}, "manual", "another device answers: what it says is not about this payment"),
  row(null, "in_progress", true, {}, "keep_asking", "the reader still works on it"),
  row("approval", "found", true, {}, "capture", "both say that it was paid"),
  row(
    "intent",
    "found",
    true,
    {},
    "approve_and_capture",
    "the reader was faster than the cut; its word is recorded now",
  ),
  row(null, "other", true, {}, "orphan", "money moved that nobody here asked for"),
  row(
    "approval",
    "absent",
    true,
    { commit: "onAck" },
    "reversed_by_reader",
    "our answer never arrived and it was taken back",
  ),
  row(
    "approval",
    "absent",
    true,
    { autoReversal: true },
    "reversed_by_reader",
    "the reader takes back what is not acknowledged",
  ),
  row(
    "intent",
    "absent",
    true,
    { inquiry: "byRef" },
    "fail",
    "the reader knows its payments by our reference and has none",
  ),
  row(
    "intent",
    "absent",
    true,
    { inquiry: "lastOnly" },
    "fail",
    "idle, and nothing newer than what we knew before",
  ),
  row(
    "approval",
    "unanswerable",
    true,
    { commit: "onApproval", autoReversal: false },
    "capture",
    "approved is final at this kind, and its approval is on record",
  ),
  row(null, null, null, {}, "manual", "nothing here can tell: look at the reader's slip or ask the acquirer"),
];

/** The row that decides (V1). */
export function recoveryRow(
  journal: JournalShows,
  reader: ReaderSays,
  isSameDevice: boolean,
  capabilities: RecoveryCapabilities,
): RecoveryRow {
  const fits = (its: RecoveryRow): boolean =>
    (its.journal ?? journal) === journal &&
    (its.reader ?? reader) === reader &&
    (its.isSameDevice ?? isSameDevice) === isSameDevice &&
    (its.capabilities.inquiry ?? capabilities.inquiry) === capabilities.inquiry &&
    (its.capabilities.commit ?? capabilities.commit) === capabilities.commit &&
    (its.capabilities.autoReversal ?? capabilities.autoReversal) === capabilities.autoReversal;
  const found = RECOVERY_ROWS.find(fits);
  assert(found !== undefined, "recovery: The last row fits everything");
  return found;
}
