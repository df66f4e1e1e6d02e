/**
 * What the result bytes of a ZVT terminal mean (PA00P015, chapter "Error messages"; 01 to 63 are the host's
 * own, ISO 8583 decimals as binary). A code without a row is unknown: it never reads as "no money moved".
 */

import type { ReaderDeclineCode } from "../reader.ts";

/** One result byte. `words` is for logs and tools; people read the words of `code`. */
export interface ResultRow {
  readonly result: number;
  readonly code: ReaderDeclineCode;
  readonly words: string;
}

function row(result: number, code: ReaderDeclineCode, words: string): ResultRow {
  return { result, code, words };
}

/** Results with a meaning of their own. */
export const ZVT_RESULTS: readonly ResultRow[] = [
  row(0x04, "reader/declined", "pick up the card"),
  row(0x0e, "reader/card_unknown", "invalid card number"),
  row(0x33, "reader/no_funds", "not enough funds"),
  row(0x36, "reader/card_expired", "card expired"),
  row(0x37, "reader/wrong_pin", "wrong PIN"),
  row(0x3d, "reader/limit", "above the card's limit"),
  row(0x41, "reader/limit", "too many payments with this card"),
  row(0x4b, "reader/wrong_pin", "PIN tried too often"),
  row(0x5b, "reader/host_unreachable", "the card's bank does not answer"),
  row(0x64, "reader/card_unreadable", "card not readable"),
  row(0x65, "reader/card_unreadable", "no card data"),
  row(0x66, "reader/declined", "processing error"),
  row(0x67, "reader/unsupported", "not permitted for this card"),
  row(0x68, "reader/unsupported", "not permitted for this card"),
  row(0x6a, "reader/day_not_closed", "turnover file full"),
  row(0x6b, "reader/not_ready", "not registered"),
  row(0x6c, "reader/cancelled", "cancelled, or timed out"),
  row(0x6e, "reader/card_unreadable", "card not readable"),
  row(0x6f, "reader/currency", "wrong currency"),
  row(0x71, "reader/no_funds", "credit not sufficient"),
  row(0x72, "reader/card_unreadable", "chip error"),
  row(0x73, "reader/declined", "card data wrong"),
  row(0x77, "reader/not_ready", "end of day not possible"),
  row(0x78, "reader/card_expired", "card expired"),
  row(0x79, "reader/card_unknown", "card not yet valid"),
  row(0x7a, "reader/card_unknown", "card unknown"),
  row(0x7d, "reader/host_unreachable", "communication error"),
  row(0x83, "reader/unsupported", "function not possible"),
  row(0x85, "reader/not_ready", "key missing"),
  row(0x89, "reader/wrong_pin", "PIN pad faulty"),
  row(0x9b, "reader/host_unreachable", "host not reachable"),
  row(0x9c, "reader/not_ready", "busy, please wait"),
  row(0xa0, "reader/declined", "receiver not ready"),
  row(0xa1, "reader/host_unreachable", "remote station does not respond"),
  row(0xa3, "reader/host_unreachable", "no connection"),
  row(0xb1, "reader/day_not_closed", "memory full"),
  row(0xb2, "reader/day_not_closed", "journal full"),
  row(0xb4, "reader/already_reversed", "already reversed"),
  row(0xb5, "reader/not_reversible", "reversal not possible"),
  row(0xb7, "reader/not_reversible", "pre-authorisation unknown"),
  row(0xb8, "reader/not_reversible", "pre-authorisation error"),
  row(0xc2, "reader/not_ready", "diagnosis required"),
  row(0xc3, "reader/limit", "amount too high"),
  row(0xc5, "reader/unsupported", "payment method not supported"),
  row(0xc6, "reader/currency", "currency not applicable"),
  row(0xc8, "reader/limit", "amount too small"),
  row(0xc9, "reader/limit", "amount above the limit"),
  row(0xcc, "reader/printer_not_ready", "printer not ready"),
  row(0xcd, "reader/unsupported", "cashback not possible"),
  row(0xd2, "reader/unsupported", "service card"),
  row(0xdc, "reader/not_ready", "card inserted"),
  row(0xdd, "reader/card_unreadable", "error ejecting the card"),
  row(0xdf, "reader/not_ready", "out of order"),
  row(0xe0, "reader/maintenance", "remote maintenance"),
  row(0xe1, "reader/maintenance", "maintenance pending"),
  row(0xe2, "reader/not_ready", "technical error"),
  row(0xe3, "reader/not_ready", "no receipt possible"),
  row(0xe4, "reader/not_ready", "activation needed"),
  row(0xf0, "reader/day_not_closed", "close the day first"),
  row(0xf1, "reader/host_unreachable", "offline error"),
  row(0xf6, "reader/not_ready", "out of order"),
  row(0xfa, "reader/host_unreachable", "clearing error"),
  row(0xfc, "reader/not_ready", "a device is missing"),
];

const ROW_OF_RESULT = new Map(ZVT_RESULTS.map((its) => [its.result, its]));
/** Results 1 to 99 are words of the host: each of them is a decline, whether it has a row or not. */
const HOST_RESULT_MAX = 0x63;

/** Why no money moved; undefined when the code is not known, and then nobody knows whether money moved. */
export function declineOf(result: number): ReaderDeclineCode | undefined {
  const known = ROW_OF_RESULT.get(result)?.code;
  if (known !== undefined) return known;
  return result >= 1 && result <= HOST_RESULT_MAX ? "reader/declined" : undefined;
}

/** A result in words, for logs and tools. */
export function resultWords(result: number): string {
  if (result === 0) return "ok";
  const known = ROW_OF_RESULT.get(result)?.words;
  if (known !== undefined) return known;
  return result <= HOST_RESULT_MAX ? `declined by the host (${result})` : "unknown result";
}

/** Why a terminal that was asked how it is (05 01) cannot take a card; undefined when it can. */
export function obstacleOf(status: number): ReaderDeclineCode | undefined {
  if (status === 0) return undefined;
  // Below 64h a status is no word of a host: 51h asks for an initialisation, 62h for the time.
  const known = status > HOST_RESULT_MAX ? declineOf(status) : undefined;
  return known ?? "reader/not_ready";
}

/** The terminal is at work on something: ask again, do not repeat the payment. */
export function isBusy(result: number): boolean {
  return result === 0x9c || result === 0xe0 || result === 0xe1;
}
