/**
 * Whether headquarters holds the very event that a receipt is of: looked up by its place, read from the
 * signed batch as it came, and compared by the first bytes of the closing's hash.
 *
 * V1 Nothing is believed of a batch before its terminal's registered key has verified it again.
 * V2 What is not held is "not_held", never "forged": it may still be on its way.
 */
import { isEpoch, isTerminalId } from "../../../core/ids.ts";
import type { Epoch, TerminalId } from "../../../core/ids.ts";
import type { Verifier } from "../../../protocol/ed25519.ts";
import { openMessage } from "../../../protocol/message.ts";
import type { Link } from "../../../protocol/message.ts";
import { decodeRecord, splitRecords } from "../../../protocol/record.ts";
import type { Store } from "../../hq/store/store.ts";

/** What a receipt says of itself: its record line, or its QR code, which names the epoch as well. */
export interface ReceiptReference {
  readonly terminal: TerminalId;
  readonly seq: number;
  readonly epoch: Epoch | null;
  /** The first four bytes of the closing's hash, as 8 hex digits. */
  readonly shortHash: string;
}

/**
 * "genuine": this event is held, signed by its terminal, with this hash. "altered": at its place stands
 * another closing. "not_a_receipt": at its place stands an event that is no closing. "not_held": nothing is
 * held at its place. "retired": its batch was given to backups, and only those can prove it. "unproven": it is held, but its terminal's key is not registered or did not sign it.
 */
export type Verdict = "genuine" | "altered" | "not_a_receipt" | "not_held" | "retired" | "unproven";

/** The verdict with what the held event says, where there is one. */
export interface Verified {
  readonly verdict: Verdict;
  readonly terminal: string;
  readonly seq: number;
  readonly epoch?: string;
  readonly receipt?: string;
  readonly totalMinor?: number;
  readonly at?: number;
}

const LINE = /(?:^|\s)([A-Za-z0-9_-]{1,32}) ([1-9][0-9]{0,15}) ([0-9a-f]{8})$/;
const CODE = /^TW1:([A-Za-z0-9_-]{1,32})\/([0-9a-f]{16})\/([1-9][0-9]{0,15}):([0-9a-f]{8})$/;

/** The reference in a receipt's record line or QR code; null when there is none. */
export function referenceIn(text: string): ReceiptReference | null {
  const trimmed = text.trim();
  const code = CODE.exec(trimmed);
  const [, terminal = "", epochText = "", seqText = "", shortHash = ""] =
    code ?? withoutEpoch(LINE.exec(trimmed));
  const seq = Number(seqText);
  if (!isTerminalId(terminal) || !Number.isSafeInteger(seq) || seq < 1) return null;
  return { terminal, seq, epoch: isEpoch(epochText) ? epochText : null, shortHash };
}

function withoutEpoch(match: RegExpExecArray | null): readonly string[] {
  if (match === null) return [];
  const [all, terminal = "", seq = "", hash = ""] = match;
  return [all, terminal, "", seq, hash];
}

/** Looks the receipt up; `keyOf` gives the terminal's registered key, null when there is none. */
export async function verifyReceipt(
  store: Pick<Store, "epochs" | "batchesAfter">,
  keyOf: (link: Link) => Promise<Verifier | null>,
  tenant: string,
  reference: ReceiptReference,
): Promise<Verified> {
  const { terminal, seq } = reference;
  const link: Link = { tenant, terminal };
  const key = await keyOf(link);
  let best: Verified = { verdict: "not_held", terminal, seq };
  for (const { epoch, fromSeq, tip } of await store.epochs(link)) {
    const isElsewhere = seq < fromSeq || seq > tip.seq || (reference.epoch ?? epoch) !== epoch;
    if (isElsewhere) continue;
    const [body] = await store.batchesAfter({ ...link, epoch }, seq - 1, 1);
    if (body === undefined) continue;
    const found = key === null ? unproven(reference, epoch) : judge(body, link, key, reference, epoch);
    if (found.verdict === "genuine") return found;
    // Two histories may hold the place; one that is another receipt does not unmake the other.
    best = found;
  }
  return best;
}

function unproven({ terminal, seq }: ReceiptReference, epoch: Epoch): Verified {
  return { verdict: "unproven", terminal, seq, epoch };
}

// V1
function judge(
  body: Uint8Array,
  link: Link,
  key: Verifier,
  reference: ReceiptReference,
  epoch: Epoch,
): Verified {
  const { terminal, seq } = reference;
  const message = openMessage(body, link, key);
  if (!message.ok || message.value.kind !== "batch") return unproven(reference, epoch);
  const { blocks } = message.value.batch;
  // The first batch that is still held begins behind it.
  if ((blocks[0]?.fromSeq ?? seq) > seq) return { verdict: "retired", terminal, seq, epoch };
  for (const block of blocks) {
    if (seq < block.fromSeq || seq >= block.fromSeq + block.recordCount) continue;
    const parts = splitRecords(block.recordBytes, block.recordCount);
    const bytes = parts.ok ? parts.value[seq - block.fromSeq] : undefined;
    const record = bytes === undefined ? null : decodeRecord(bytes, { terminal, epoch });
    if (record?.ok !== true) return { verdict: "not_a_receipt", terminal, seq, epoch };
    const { event, at } = record.value;
    if (event.type !== "check_closed") return { verdict: "not_a_receipt", terminal, seq, epoch };
    const held = Buffer.from(event.viewHash.subarray(0, 4)).toString("hex");
    return {
      verdict: held === reference.shortHash ? "genuine" : "altered",
      terminal,
      seq,
      epoch,
      receipt: `${terminal}-${event.receipt.series}-${event.receipt.number}`,
      totalMinor: event.totalMinor,
      at,
    };
  }
  return { verdict: "not_held", terminal, seq };
}
