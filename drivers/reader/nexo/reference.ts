/**
 * Our one-line form of a terminal's transaction: its TransactionID and its TimeStamp, which a reversal
 * has to repeat, joined by "@". At most 64 printable characters, as `ReaderResult.reference` asks.
 */

const REFERENCE_CHARS_MAX = 64;

/** Both halves of a transaction's name. */
export interface PoiTransaction {
  readonly transactionId: string;
  /** As the terminal wrote it; empty when it did not fit. */
  readonly timeStamp: string;
}

/** The reference; a time stamp that does not fit is left out, and such a payment cannot be reversed from here. */
export function referenceOf({ transactionId, timeStamp }: PoiTransaction): string {
  const id = transactionId.replace(/[^\x21-\x3f\x41-\x7e]/g, "");
  const whole = `${id}@${timeStamp.replace(/[^\x21-\x3f\x41-\x7e]/g, "")}`;
  return whole.length <= REFERENCE_CHARS_MAX ? whole : id.slice(0, REFERENCE_CHARS_MAX);
}

/** The transaction that a reference names; undefined when it has no time stamp. */
export function transactionOf(reference: string): PoiTransaction | undefined {
  const cut = reference.lastIndexOf("@");
  const timeStamp = reference.slice(cut + 1);
  return cut < 1 || timeStamp === "" ? undefined : { transactionId: reference.slice(0, cut), timeStamp };
}
