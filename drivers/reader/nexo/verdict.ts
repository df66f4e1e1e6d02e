/**
 * What an answer means for money: approved, refused or nothing that is known. A word that is not in the
 * tables is never a refusal (R1 of reader.ts).
 */

import { minorOfDigits } from "./amount.ts";
import { slipsOf } from "./receipt.ts";
import { referenceOf } from "./reference.ts";
import { at, listAt, textAt } from "./scan.ts";
import type { Scanned } from "./scan.ts";
import type {
  CardEntry,
  CardFacts,
  CardVerification,
  ReaderDeclineCode,
  ReaderRequest,
  ReaderResult,
  ReaderSlip,
} from "../reader.ts";

/** The meaning of one PaymentResponse or ReversalResponse. */
export type Verdict =
  | { readonly kind: "approved"; readonly result: ReaderResult; readonly slips: readonly ReaderSlip[] }
  | { readonly kind: "refused"; readonly code: ReaderDeclineCode; readonly text: string }
  /** The terminal itself says that it has not ended. */
  | { readonly kind: "in_progress" }
  | { readonly kind: "not_understood" };

/** What a verdict needs beside the answer. */
export interface VerdictFacts {
  readonly request: ReaderRequest;
  readonly serial: string;
  readonly exponent: number;
}

/** ErrorCondition of a Failure. "Communication timeout" is documented beside the enumeration: the host cancelled. */
const REFUSALS: ReadonlyMap<string, ReaderDeclineCode> = new Map([
  ["Aborted", "reader/cancelled"],
  ["Busy", "reader/not_ready"],
  ["Cancel", "reader/cancelled"],
  ["Communication timeout", "reader/host_unreachable"],
  ["DeviceOut", "reader/not_ready"],
  ["InsertedCard", "reader/not_ready"],
  ["InvalidCard", "reader/card_unreadable"],
  ["LoggedOut", "reader/not_ready"],
  ["MessageFormat", "reader/unsupported"],
  ["NotAllowed", "reader/unsupported"],
  ["NotFound", "reader/not_reversible"],
  ["PaymentRestriction", "reader/card_unknown"],
  ["Refusal", "reader/declined"],
  ["UnavailableDevice", "reader/not_ready"],
  ["UnavailableService", "reader/not_ready"],
  ["UnreachableHost", "reader/host_unreachable"],
  ["WrongPIN", "reader/wrong_pin"],
]);

const BRANDS: ReadonlyMap<string, string> = new Map([
  ["amex", "American Express"],
  ["cup", "UnionPay"],
  ["diners", "Diners Club"],
  ["discover", "Discover"],
  ["girocard", "girocard"],
  ["jcb", "JCB"],
  ["maestro", "Maestro"],
  ["mc", "Mastercard"],
  ["visa", "Visa"],
]);

const ENTRIES: ReadonlyMap<string, CardEntry> = new Map([
  ["Contactless", "contactless"],
  ["ICC", "chip"],
  ["Keyed", "manual"],
  ["MagStripe", "stripe"],
  ["Manual", "manual"],
  ["RFID", "contactless"],
  ["SynchronousICC", "chip"],
  ["Tapped", "contactless"],
]);

const VERIFICATIONS: ReadonlyMap<string, CardVerification> = new Map([
  ["Biometry", "device"],
  ["Bypass", "none"],
  ["NoCardholderAuthentication", "none"],
  ["OfflinePIN", "pin"],
  ["OnLinePIN", "pin"],
  ["OnlinePIN", "pin"],
  ["PaperSignature", "signature"],
  ["SignatureCapture", "signature"],
]);

const BRAND_CHARS_MAX = 24;
const AUTHORISATION_CHARS_MAX = 16;
const WORDS_CHARS_MAX = 80;

/** The verdict of a response body; `body` is what stands under PaymentResponse or ReversalResponse. */
export function verdictOf(body: Scanned | undefined, facts: VerdictFacts): Verdict {
  const word = textAt(body, "Response", "Result");
  if (word === "Success" || word === "Partial") return approvedOf(body, facts);
  if (word !== "Failure") return { kind: "not_understood" };
  const condition = textAt(body, "Response", "ErrorCondition");
  if (condition === "InProgress") return { kind: "in_progress" };
  const code = REFUSALS.get(condition);
  return code === undefined
    ? { kind: "not_understood" }
    : { kind: "refused", code, text: wordsOf(at(body, "Response")) };
}

/** The terminal's own words of a Response, cleaned and bounded; may be empty. */
export function wordsOf(response: Scanned | undefined): string {
  const said =
    textAt(response, "AdditionalResponse", "refusalReason") ||
    textAt(response, "AdditionalResponse", "message") ||
    textAt(response, "AdditionalResponse", "text");
  return clean(said).slice(0, WORDS_CHARS_MAX);
}

/** An approval without a transaction, an amount or a currency cannot be written down, so it is not understood. */
function approvedOf(body: Scanned | undefined, { request, serial, exponent }: VerdictFacts): Verdict {
  const transactionId = textAt(body, "POIData", "POITransactionID", "TransactionID");
  const timeStamp = textAt(body, "POIData", "POITransactionID", "TimeStamp");
  const paid = at(body, "PaymentResult");
  const currency = textAt(paid, "AmountsResp", "Currency") || (paid === undefined ? request.currency : "");
  const digits =
    textAt(paid, "AmountsResp", "AuthorizedAmount") ||
    textAt(body, "ReversedAmount") ||
    // A reversal need not repeat its amount.
    (paid === undefined ? undefined : "");
  const amountMinor = digits === undefined ? request.amountMinor : minorOfDigits(digits, exponent);
  if (transactionId === "" || amountMinor === undefined || !/^[A-Z]{3}$/.test(currency))
    return { kind: "not_understood" };
  const result: ReaderResult = {
    reference: referenceOf({ transactionId, timeStamp }),
    amountMinor,
    currency,
    card: cardOf(paid),
    authorisation: clean(textAt(paid, "PaymentAcquirerData", "ApprovalCode")).slice(
      0,
      AUTHORISATION_CHARS_MAX,
    ),
    serial,
    isOffline: at(paid, "OnlineFlag") === false,
  };
  return { kind: "approved", result, slips: slipsOf(listAt(body, "PaymentReceipt")) };
}

function cardOf(paid: Scanned | undefined): CardFacts {
  const card = at(paid, "PaymentInstrumentData", "CardData");
  return {
    brand: brandOf(textAt(card, "PaymentBrand")),
    lastFour: textAt(card, "MaskedPan"),
    entry: firstOf(listAt(card, "EntryMode"), ENTRIES) ?? "unknown",
    verification: firstOf(listAt(paid, "AuthenticationMethod"), VERIFICATIONS) ?? "unknown",
  };
}

/** The name of a brand as people know it; a terminal's own word where it has another one, cleaned and bounded. */
export function brandOf(word: string): string {
  return BRANDS.get(word.toLowerCase()) ?? clean(word).slice(0, BRAND_CHARS_MAX);
}

function firstOf<T>(words: readonly Scanned[], table: ReadonlyMap<string, T>): T | undefined {
  const found = words.find((word) => typeof word === "string" && table.has(word));
  return typeof found === "string" ? table.get(found) : undefined;
}

function clean(text: string): string {
  return text
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim();
}
