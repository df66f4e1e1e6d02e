/**
 * Cards that a simulated card holder has in the wallet, and how a NEO 2 tells of them: masked, encrypted
 * under a key of its own, or readable where its keys were never loaded. Numbers are made up from a range and
 * a check digit; none is written down here.
 */

import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import { longTlv, tlv } from "./wire.ts";

/** A payment card. `issuerCode`: what its bank would say, 0 for yes. */
export interface SimCard {
  readonly brand: string;
  /** The application's name (AID) in hex. */
  readonly application: string;
  /** The first digits of its number; the rest is made. */
  readonly range: string;
  readonly issuerCode: number;
}

/** The wallet, by the words of the command line. */
export const SIM_CARDS: ReadonlyMap<string, SimCard> = new Map([
  ["visa", { brand: "Visa", application: "A0000000031010", range: "476173", issuerCode: 0 }],
  ["mastercard", { brand: "Mastercard", application: "A0000000041010", range: "541333", issuerCode: 0 }],
  ["unionpay", { brand: "UnionPay", application: "A000000333010101", range: "622200", issuerCode: 0 }],
  ["poor", { brand: "Visa", application: "A0000000031010", range: "476155", issuerCode: 51 }],
]);

/** Seven bytes as NFC member cards have. */
export interface MemberCard {
  /** Kind of card as 2C-02 says it: 04 Mifare Ultralight. */
  readonly kind: number;
  readonly uid: string;
}

const NUMBER_DIGITS = 16;
const BASE_KEY = "a base key of nobody's";
const BLOCK_BYTES = 16;
const NO_VECTOR = new Uint8Array(BLOCK_BYTES);

/** How a card came over the air or through the slot. */
export type SimEntry = "tap" | "swipe";

/** How the reader protects it. "clear" is a reader whose keys were never loaded. */
export type SimProtection = "encrypted" | "clear";

/** What a card holder did. */
export interface Presented {
  readonly card: SimCard;
  readonly entry: SimEntry;
  readonly amountMinor: number;
  /** As digits of ISO 4217. */
  readonly currency: string;
}

/** The number of a card: its range, a made-up account, the check digit. */
export function numberOf({ range }: SimCard): string {
  const body = range.padEnd(NUMBER_DIGITS - 1, "0123456789");
  return body + checkDigit(body);
}

/** The data of a reply to 02-40. `keyNumber`: ten bytes in hex, another one for each card. */
export function cardData(presented: Presented, keyNumber: string, protection: SimProtection): Uint8Array {
  const { entry } = presented;
  const number = numberOf(presented.card);
  const isSwipe = entry === "swipe";
  const attribution = (protection === "encrypted" ? 0xc2 : 0x00) | (isSwipe ? 0x08 : 0x01);
  const secret = isSwipe
    ? stripeTlvs(number, keyNumber, protection)
    : chipTlvs(number, keyNumber, protection);
  const key = protection === "encrypted" && !isSwipe ? tlv("DFEE12", Buffer.from(keyNumber, "hex")) : [];
  return Uint8Array.of(
    attribution,
    ...key,
    ...secret,
    ...transactionTlvs(presented),
    ...tlv("DFEE26", [attribution, 0]),
  );
}

/** The data of a reply to a transaction that failed. */
export function failureData(error: number): Uint8Array {
  return Uint8Array.of(0xc3, ...tlv("FFEE1F", [error, 0x00, 0x00, 0x31]));
}

function transactionTlvs({ card, entry, amountMinor, currency }: Presented): readonly number[] {
  const amount = Buffer.from(amountMinor.toString().padStart(12, "0"), "hex");
  const common = [
    ...tlv("9F02", amount),
    ...tlv("5F2A", Buffer.from(currency.padStart(4, "0"), "hex")),
    ...tlv("9C", [0]),
    ...tlv("5F20", Buffer.from("HOLDER/CARD", "latin1")),
  ];
  if (entry === "swipe") return [...common, ...tlv("9F39", [0x90]), ...tlv("FFEE01", tlv("DF30", [0x0c]))];
  return [
    ...common,
    ...tlv("84", Buffer.from(card.application, "hex")),
    ...tlv("9F26", [0x80, 0xe4, 0x77, 0x5b, 0x5c, 0xb9, 0x3c, 0x64]),
    ...tlv("9F27", [0x80]),
    ...tlv("9F34", [0x1f, 0x03, 0x00]),
    ...tlv("9F36", [0x00, 0x7a]),
    ...tlv("9F39", [0x07]),
    ...tlv("FFEE01", tlv("DF30", [0x00])),
  ];
}

function chipTlvs(number: string, keyNumber: string, protection: SimProtection): readonly number[] {
  const track = Buffer.from(`${number}D29122010000012345F`, "hex");
  const plain = Buffer.from(number, "hex");
  if (protection === "clear") return [...tlv("57", track), ...tlv("5A", plain)];
  const masked = number.slice(0, 4) + "C".repeat(8) + number.slice(-4);
  return [
    ...longTlv("57", Buffer.from(`${masked}D2912201${"C".repeat(11)}`, "hex")),
    ...longTlv("57", seal(track, keyNumber)),
    ...longTlv("5A", Buffer.from(masked, "hex")),
    ...longTlv("5A", seal(plain, keyNumber)),
  ];
}

/** The stripe block: head, masked track 2, encrypted track 2, key number (80000502, enhanced format). */
function stripeTlvs(number: string, keyNumber: string, protection: SimProtection): readonly number[] {
  const track = Buffer.from(`;${number}=29122010000012345?`, "latin1");
  if (protection === "clear")
    return tlv("DFEE23", [0x02, track.length, 0, 0x80, 0x3f, 0, track.length, 0, 0x02, 0x00, ...track, 0x03]);
  const shown = Buffer.from(
    `;${number.slice(0, 4)}${"*".repeat(8)}${number.slice(-4)}=2912***********?`,
    "latin1",
  );
  const sealed = seal(track, keyNumber);
  const body = [
    0x80,
    0x3f,
    0,
    shown.length,
    0,
    0x02,
    0x82,
    ...shown,
    ...sealed,
    ...Buffer.from(keyNumber, "hex"),
  ];
  return longTlv("DFEE23", [0x02, body.length, 0, ...body, 0x00, 0x00, 0x03]);
}

/** The key of a transaction. It stands for DUKPT: another key for each number, known to reader and host. */
function keyOf(keyNumber: string): Uint8Array {
  return createHmac("sha256", BASE_KEY).update(keyNumber).digest().subarray(0, BLOCK_BYTES);
}

function seal(plain: Uint8Array, keyNumber: string): Uint8Array {
  const padded = new Uint8Array(Math.ceil(plain.length / BLOCK_BYTES) * BLOCK_BYTES);
  padded.set(plain);
  const cipher = createCipheriv("aes-128-cbc", keyOf(keyNumber), NO_VECTOR).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]);
}

/** What a host finds under `keyNumber`, or undefined when it is no track of a card of ours. */
export function openSealed(
  sealed: Uint8Array,
  keyNumber: string,
): { readonly brand: string; readonly lastFour: string; readonly issuerCode: number } | undefined {
  const cipher = createDecipheriv("aes-128-cbc", keyOf(keyNumber), NO_VECTOR).setAutoPadding(false);
  const plain = Buffer.concat([cipher.update(sealed), cipher.final()]);
  const texts = [plain.toString("hex").toUpperCase(), plain.toString("latin1")];
  const card = [...SIM_CARDS.values()].find((its) => texts.some((text) => text.includes(numberOf(its))));
  return card === undefined
    ? undefined
    : { brand: card.brand, lastFour: numberOf(card).slice(-4), issuerCode: card.issuerCode };
}

/** ISO 7812, appendix B. */
function checkDigit(body: string): string {
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return String((10 - (sum % 10)) % 10);
}
