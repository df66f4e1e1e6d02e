/**
 * Reads the parent that an epoch's first record names. The only look that taking in a batch has
 * into its records.
 */
import type { Epoch, TerminalId } from "../../core/ids.ts";
import type { Block } from "../../protocol/batch.ts";
import type { Position } from "../../protocol/message.ts";
import { decodeRecord, splitRecords } from "../../protocol/record.ts";

export type ParentNamed =
  /** History begins here. */
  | { readonly kind: "start" }
  | { readonly kind: "parent"; readonly position: Position }
  /** A record that is readable and begins no epoch: what comes before it is missing. */
  | { readonly kind: "not_a_start" }
  /** A record that this build cannot read. */
  | { readonly kind: "unreadable" };

/** What the first record of `block` says about where its epoch comes from. */
export function parentIn(terminal: TerminalId, epoch: Epoch, block: Block): ParentNamed {
  const records = splitRecords(block.recordBytes, block.recordCount);
  const first = records.ok ? records.value[0] : undefined;
  if (first === undefined) return { kind: "unreadable" };
  const record = decodeRecord(first, { terminal, epoch });
  if (!record.ok) return { kind: "unreadable" };
  const { event } = record.value;
  if (event.type !== "epoch_started") return { kind: "not_a_start" };
  return event.parent === null ? { kind: "start" } : { kind: "parent", position: event.parent };
}
