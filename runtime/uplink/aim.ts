/**
 * Where to go on sending: what headquarters says it holds of this terminal, against what the
 * journal here holds. Pure.
 *
 * A1 A position that both hold with one hash is common ground: everything before it is safe there.
 * A2 Headquarters further on in one of our old epochs than we are, or with an epoch that we never had
 *    and that came there after all of ours: this disk is an older image. All that is common is safe
 *    there, and the history forks at its end.
 * A3 Another hash at a position that we hold is a fork: nothing more may be sent under this name.
 * A4 What an older image's other past had under way may arrive behind our own newer epochs. It has sold
 *    in the receipt series that we are in, unless that series came there behind it: then it was told of.
 */
import type { Epoch } from "../../core/ids.ts";
import { sameBytes } from "../../protocol/batch.ts";
import { HELLO_HOLDS_COUNT_MAX } from "../../protocol/limits.ts";
import type { Position } from "../../protocol/message.ts";

/** A position that headquarters holds beside what this journal knows of the same epoch. */
export interface Compared {
  readonly hold: Position;
  /** The last position of that epoch here; null for an epoch that this journal never had. */
  readonly last: Position | null;
  /** The chain's hash here behind `hold.seq`; null when no block ends there. */
  readonly hash: Uint8Array | null;
}

export type Aim =
  /** Send from here; `common` is what headquarters is known to hold, null for nothing. */
  | { readonly kind: "send"; readonly fromSeq: number; readonly common: Position | null }
  /** A2: send from here, and let it be known that continuity was lost. */
  | { readonly kind: "rolled_back"; readonly fromSeq: number; readonly common: Position }
  /** A3: do not send; a person must look. */
  | { readonly kind: "fork"; readonly at: Position };

/**
 * The aim that these positions (newest first arrival first) leave. `isSeriesOf` says whether the receipt
 * series in use began in an epoch.
 */
export function aimAt(compared: readonly Compared[], isSeriesOf: (epoch: Epoch) => boolean): Aim {
  let best: Exclude<Aim, { kind: "fork" }> = { kind: "send", fromSeq: 1, common: null };
  for (const { hold, last, hash } of compared) {
    if (last === null) continue;
    const isAhead = hold.seq > last.seq;
    if (!isAhead && (hash === null || !sameBytes(hash, hold.hash))) return { kind: "fork", at: hold };
    const common = isAhead ? last : hold;
    if (common.seq < best.fromSeq) continue;
    best = { kind: isAhead ? "rolled_back" : "send", fromSeq: common.seq + 1, common };
  }
  // A2: a journal with nothing in common is a new one, which has a receipt series of its own.
  if (best.common !== null && (compared[0]?.last === null || isSoldInElsewhere(compared, isSeriesOf)))
    return { ...best, kind: "rolled_back", common: best.common };
  return best;
}

// A4. A series that is not there is too new for anybody else, or older than all that a hello has room for.
function isSoldInElsewhere(compared: readonly Compared[], isSeriesOf: (epoch: Epoch) => boolean): boolean {
  const seriesAt = compared.findIndex(({ hold }) => isSeriesOf(hold.epoch));
  if (seriesAt < 0 && compared.length < HELLO_HOLDS_COUNT_MAX) return false;
  const since = seriesAt < 0 ? compared : compared.slice(0, seriesAt + 1);
  return since.some(({ hold, last }) => last === null || hold.seq > last.seq);
}
