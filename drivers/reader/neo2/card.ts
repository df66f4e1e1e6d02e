/**
 * What a NEO 2 says of a card (the data of 02-40, guide 80139403 §8.5.3), through an allow-list: a tag that
 * is not in a table below ends here, and no card number, track or name becomes an object of ours.
 *
 * A1  Numbers and tracks pass only as ciphertext, inside a Cryptogram, which can be wiped and cannot be
 *     printed. Of a masked number the last four digits stay.
 * A2  Whatever is not said and seen to be encrypted or masked counts as clear, and a card that came in clear
 *     has no cryptogram: nobody can charge it.
 *
 * VP3300 readers write masked and encrypted values under the same tag with the same plain length, the masked
 * one first; so a value is judged by its look as well as by its form.
 */

import type { CardEntry, CardFacts, CardVerification } from "../reader.ts";
import { Cryptogram } from "./cryptogram.ts";
import { toHex } from "./hex.ts";
import { looksClear, looksMasked, maskedLastFour } from "./look.ts";
import { encodeTlv, readTlvs } from "./tlv.ts";
import type { Tlv, TlvFaultCode } from "./tlv.ts";

/** What is known of a card after its data were read. */
export interface CardRead {
  readonly facts: CardFacts;
  /** Allowed tags by their hex name, values in hex. */
  readonly fields: ReadonlyMap<string, string>;
  /** What the host decides about; undefined when there was nothing to decide about, or it came in clear (A2). */
  readonly cryptogram: Cryptogram | undefined;
  /** A number or track came readable. It was dropped; the reader must not be used. */
  readonly isClear: boolean;
  /** The error byte of FFEE1F; undefined when there is none. */
  readonly cardError: number | undefined;
  /** Values that no table names. */
  readonly droppedCount: number;
}

/** The card, or why its data cannot be read. */
export type CardReadResult =
  | { readonly ok: true; readonly value: CardRead }
  | { readonly ok: false; readonly code: TlvFaultCode | "neo2/no_attribution"; readonly offset: number };

/** Tags that may be known, with their names; none can hold a card number. Values of more bytes are dropped. */
export const ALLOWED_TAGS: ReadonlyMap<number, string> = new Map([
  [0x4f, "application"],
  [0x82, "interchangeProfile"],
  [0x84, "fileName"],
  [0x95, "verificationResults"],
  [0x9a, "date"],
  [0x9b, "statusInformation"],
  [0x9c, "transactionKind"],
  [0x5f2a, "currency"],
  [0x5f34, "sequenceNumber"],
  [0x9f02, "amount"],
  [0x9f03, "otherAmount"],
  [0x9f06, "terminalApplication"],
  [0x9f09, "applicationVersion"],
  [0x9f10, "issuerData"],
  [0x9f1a, "country"],
  [0x9f21, "time"],
  [0x9f26, "applicationCryptogram"],
  [0x9f27, "cryptogramInformation"],
  [0x9f33, "terminalCapabilities"],
  [0x9f34, "holderVerification"],
  [0x9f35, "terminalKind"],
  [0x9f36, "transactionCounter"],
  [0x9f37, "unpredictableNumber"],
  [0x9f39, "entryMode"],
  [0x9f66, "transactionQualifiers"],
  [0x9f6e, "formFactor"],
  [0xdf30, "trackSource"],
  [0xdfee25, "fallbackReason"],
  [0xdfee26, "encryptionInformation"],
  [0xdfef7b, "phoneWallet"],
  [0xffee1f, "cardError"],
]);

/** Numbers and tracks: never kept but as ciphertext (A1). */
export const SEALED_TAGS: ReadonlyMap<number, string> = new Map([
  [0x56, "track1"],
  [0x57, "track2"],
  [0x5a, "cardNumber"],
  [0x9f1f, "track1Rest"],
  [0x9f20, "track2Rest"],
  [0x9f6b, "track2Stripe"],
  [0xdfee23, "stripeBlock"],
  [0xdfef17, "track1Text"],
  [0xdfef18, "track2Text"],
  [0xffee13, "track1Text"],
  [0xffee14, "track2Text"],
]);

/** Number of the key that encrypted: DFEE12, in older firmware FFEE12. */
export const KEY_NUMBER_TAGS: ReadonlySet<number> = new Set([0xdfee12, 0xffee12]);

/** Values that hold values. */
export const GROUP_TAGS: ReadonlyMap<number, string> = new Map([
  [0xe1, "clearingRecord"],
  [0xff8105, "dataRecord"],
  [0xff8106, "discretionaryData"],
  [0xffee01, "vendorGroup"],
]);

const ALLOWED_BYTES_MAX = 32;
const DEPTH_MAX = 3;
const APPLICATION_CRYPTOGRAM = 0x9f26;
const ENCRYPTED_BOTH = 0xc0;
const TRANSACTION_TAGS = { application: 0x4f, fileName: 0x84, terminal: 0x9f06, error: 0xffee1f } as const;

/** Registered application providers (ISO 7816-5) and what the trade calls them. */
const BRANDS: ReadonlyMap<string, string> = new Map([
  ["A000000003", "Visa"],
  ["A000000004", "Mastercard"],
  ["A000000025", "American Express"],
  ["A000000065", "JCB"],
  ["A000000152", "Discover"],
  ["A000000277", "Interac"],
  ["A000000333", "UnionPay"],
  ["A000000359", "girocard"],
]);

/** Reads the data of a reply to 02-40. They are the caller's to zero afterwards; nothing here is a view of them. */
export function readCard(data: Uint8Array): CardReadResult {
  const attribution = data[0];
  if (attribution === undefined) return { ok: false, code: "neo2/no_attribution", offset: 0 };
  const sieve = new Sieve((attribution & ENCRYPTED_BOTH) === ENCRYPTED_BOTH);
  const fault = sieve.pour(data.subarray(1), 1);
  if (fault !== undefined) return { ok: false, ...fault };
  const { fields } = sieve;
  const error = fields.get(tagName(TRANSACTION_TAGS.error));
  return {
    ok: true,
    value: {
      facts: {
        brand: brandOf(fields),
        lastFour: sieve.lastFour,
        entry: entryOf(attribution),
        verification: verificationOf(fields),
      },
      fields,
      cryptogram: sieve.cryptogram(attribution),
      isClear: sieve.isClear,
      cardError: error === undefined ? undefined : Number.parseInt(error.slice(0, 2), 16),
      droppedCount: sieve.droppedCount,
    },
  };
}

/** How the card was presented, by the attribution byte (bits 4, 3 and 0). */
export function entryOf(attribution: number): CardEntry {
  if ((attribution & 0x08) !== 0) return (attribution & 0x10) === 0 ? "stripe" : "unknown";
  if ((attribution & 0x01) !== 0) return "contactless";
  return (attribution & 0x10) === 0 ? "chip" : "unknown";
}

/** A tag as people write it: 9F02. */
export function tagName(tag: number): string {
  const hex = tag.toString(16).toUpperCase();
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

/** Collects what may be known and what may pass, level by level. */
class Sieve {
  readonly fields = new Map<string, string>();
  readonly #isEncrypted: boolean;
  readonly #parts: Uint8Array[] = [];
  #hasSealed = false;
  isClear = false;
  lastFour = "";
  droppedCount = 0;

  constructor(isEncrypted: boolean) {
    this.#isEncrypted = isEncrypted;
  }

  /** Takes one level; the fault of the first value that cannot be read, if any. */
  pour(bytes: Uint8Array, base: number, depth = 0): { code: TlvFaultCode; offset: number } | undefined {
    const read = readTlvs(bytes);
    if (!read.ok) return { code: read.code, offset: base + read.offset };
    for (const tlv of read.value) {
      if (GROUP_TAGS.has(tlv.tag) && depth < DEPTH_MAX) {
        const fault = this.pour(tlv.value, base + tlv.offset, depth + 1);
        if (fault !== undefined) return fault;
      } else this.#take(tlv);
    }
    return undefined;
  }

  /** The whole of it for the host, or undefined (A2). The parts are zeroed either way. */
  cryptogram(attribution: number): Cryptogram | undefined {
    const isUsable = this.#hasSealed && !this.isClear;
    const made = isUsable ? Cryptogram.of([Uint8Array.of(attribution), ...this.#parts]) : undefined;
    for (const part of this.#parts) part.fill(0);
    return made;
  }

  #take(tlv: Tlv): void {
    const { tag, value } = tlv;
    if (SEALED_TAGS.has(tag)) return this.#seal(tlv);
    if (KEY_NUMBER_TAGS.has(tag)) return void this.#parts.push(encodeTlv(tag, value));
    const isAllowed = ALLOWED_TAGS.has(tag) && value.length <= ALLOWED_BYTES_MAX && tlv.form === "plain";
    // A cryptogram may look like a number by chance, one in twenty thousand; without it the host could not decide.
    if (!isAllowed || (tag !== APPLICATION_CRYPTOGRAM && looksClear(value))) {
      this.droppedCount += 1;
      return;
    }
    this.fields.set(tagName(tag), toHex(value));
    this.#parts.push(encodeTlv(tag, value));
  }

  #seal({ tag, form, value }: Tlv): void {
    if (value.length === 0) return;
    if (looksClear(value)) {
      this.isClear = true;
    } else if (form === "masked" || (form === "plain" && looksMasked(value) && tag !== STRIPE_BLOCK)) {
      if (this.lastFour === "") this.lastFour = maskedLastFour(value);
    } else if (this.#isEncrypted) {
      if (tag === STRIPE_BLOCK && this.lastFour === "") this.lastFour = maskedLastFour(value);
      this.#hasSealed = true;
      this.#parts.push(encodeTlv(tag, value));
    } else this.isClear = true;
  }
}

/** It holds masked tracks beside encrypted ones and passes whole. */
const STRIPE_BLOCK = 0xdfee23;

function brandOf(fields: ReadonlyMap<string, string>): string {
  const { fileName, application, terminal } = TRANSACTION_TAGS;
  const id = [fileName, application, terminal].map((tag) => fields.get(tagName(tag))).find(Boolean) ?? "";
  return BRANDS.get(id.slice(0, 10)) ?? "";
}

/** 9F34, first byte without its "go on if it fails" bit (EMV 4.3 Book 3, table 39); DFEF7B says a phone did it. */
function verificationOf(fields: ReadonlyMap<string, string>): CardVerification {
  const wallet = fields.get("DFEF7B");
  if (wallet === "01" || wallet === "02") return "device";
  const method = Number.parseInt(fields.get("9F34")?.slice(0, 2) ?? "", 16) & 0x3f;
  if (fields.get("9F34") === undefined) return "unknown";
  if (method === 0x1f) return "none";
  if (method === 0x1e) return "signature";
  return method >= 0x01 && method <= 0x05 ? "pin" : "unknown";
}
