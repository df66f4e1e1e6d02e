/**
 * What a NEO 2 says with one byte: the status of every reply (guide 80139403 §2.1.5) and the error of a
 * card transaction that failed (tag FFEE1F). Words for logs, and which decline they come to. None of them
 * speaks of money: a NEO 2 moves none.
 */

import type { ReaderDeclineCode } from "../reader.ts";

/** Statuses that the session knows by name. */
export const STATUS = {
  ok: 0x00,
  timeout: 0x08,
  failed: 0x0a,
  uiEvent: 0x0e,
  onlineRequested: 0x23,
} as const;

const STATUS_WORDS: ReadonlyMap<number, string> = new Map([
  [0x00, "ok"],
  [0x01, "wrong header"],
  [0x02, "unknown command"],
  [0x03, "unknown sub-command"],
  [0x04, "wrong CRC"],
  [0x05, "wrong parameter"],
  [0x06, "parameter not supported"],
  [0x07, "malformed data"],
  [0x08, "timeout"],
  [0x0a, "failed"],
  [0x0b, "command not allowed"],
  [0x0c, "sub-command not allowed"],
  [0x0d, "buffer overflow"],
  [0x0e, "user interface event"],
  [0x11, "communication type not supported"],
  [0x12, "secure interface not functional"],
  [0x19, "frame too large"],
  [0x1d, "tamper occurred"],
  [0x23, "online authorisation requested"],
  [0x60, "no data"],
  [0x61, "full"],
]);

interface CardErrorRow {
  readonly words: string;
  readonly code: ReaderDeclineCode;
}

const CARD_ERRORS: ReadonlyMap<number, CardErrorRow> = new Map([
  [0x20, { words: "card returned an error", code: "reader/declined" }],
  [0x21, { words: "more than one card", code: "reader/card_unreadable" }],
  [0x22, { words: "amount over the limit", code: "reader/limit" }],
  [0x23, { words: "online authorisation requested", code: "reader/declined" }],
  [0x24, { words: "card could not be talked to", code: "reader/card_unreadable" }],
  [0x25, { words: "card blocked", code: "reader/declined" }],
  [0x26, { words: "card expired", code: "reader/card_expired" }],
  [0x27, { words: "card not supported", code: "reader/card_unknown" }],
  [0x30, { words: "card did not answer", code: "reader/card_unreadable" }],
  [0x62, { words: "card transaction failed", code: "reader/declined" }],
  [0x73, { words: "torn transaction", code: "reader/card_unreadable" }],
]);

/** The words of a status, in hex where there are none. */
export function statusWords(status: number): string {
  return STATUS_WORDS.get(status) ?? `status ${hexByte(status)}`;
}

/** The words of a card error, in hex where there are none. */
export function cardErrorWords(error: number): string {
  return CARD_ERRORS.get(error)?.words ?? `error ${hexByte(error)}`;
}

/** What a transaction that ended with this status, and this card error if there is one, is declined with. */
export function declineOf(status: number, cardError: number | undefined): ReaderDeclineCode {
  if (status === STATUS.timeout) return "reader/cancelled";
  if (cardError !== undefined) return CARD_ERRORS.get(cardError)?.code ?? "reader/declined";
  return status === STATUS.failed ? "reader/declined" : "reader/not_ready";
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, "0").toUpperCase();
}
