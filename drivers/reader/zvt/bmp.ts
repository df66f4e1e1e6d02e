/**
 * The bitmap fields of an APDU (PA00P015 chapter "Bitmaps"): the table of all lengths, and of what is
 * kept. An allow-list (R3 of reader.ts): a field whose form is "drop" is skipped by its length and
 * zeroed where it lies; of the card number (22) the last four digits leave the parser, nothing else.
 *
 * F1  Decoding is total. An unknown field has no length: what came before it is kept, the rest is
 *     zeroed and told.
 * F2  A field whose value does not have its form is dropped and counted; never read as nought.
 */

import { assert } from "../../../core/bug.ts";
import { bcdBytes, bcdDigits, joinBytes } from "./bytes.ts";
import { decodeText, encodeText } from "./text.ts";
import { decodeTlv, decodeTlvLength, encodeTlv, encodeTlvLength } from "./tlv.ts";
import type { RawBytes, TlvItem } from "./tlv.ts";

/** "ll", "lll": that many bytes Fx, each a decimal digit of the length. "tlv": a BER length. */
type BmpLength = number | "ll" | "lll" | "tlv";
/** "amount": BCD minor units. "digits": BCD, zeros kept. "secret": written, never read. */
type BmpForm = "amount" | "byte" | "digits" | "text" | "tlv" | "card" | "totals" | "secret" | "drop";

interface BmpRow {
  readonly tag: number;
  readonly name: string;
  readonly length: BmpLength;
  readonly form: BmpForm;
}

/** All fields whose length is known. Names are ours. */
export const BMP_FIELDS = [
  { tag: 0x01, name: "timeout", length: 1, form: "byte" },
  { tag: 0x02, name: "status_count_max", length: 1, form: "byte" },
  { tag: 0x03, name: "service", length: 1, form: "byte" },
  { tag: 0x04, name: "amount", length: 6, form: "amount" },
  { tag: 0x05, name: "pump", length: 1, form: "byte" },
  { tag: 0x06, name: "tlv", length: "tlv", form: "tlv" },
  { tag: 0x0b, name: "trace", length: 3, form: "digits" },
  { tag: 0x0c, name: "time", length: 3, form: "digits" },
  { tag: 0x0d, name: "date", length: 2, form: "digits" },
  { tag: 0x0e, name: "expiry", length: 2, form: "drop" },
  { tag: 0x17, name: "card_sequence", length: 2, form: "drop" },
  { tag: 0x19, name: "kind", length: 1, form: "byte" },
  { tag: 0x22, name: "card_number", length: "ll", form: "card" },
  { tag: 0x23, name: "track_2", length: "ll", form: "drop" },
  { tag: 0x24, name: "track_3", length: "ll", form: "drop" },
  { tag: 0x27, name: "result", length: 1, form: "byte" },
  { tag: 0x29, name: "terminal", length: 4, form: "digits" },
  { tag: 0x2a, name: "contract", length: 15, form: "text" },
  { tag: 0x2d, name: "track_1", length: "ll", form: "drop" },
  { tag: 0x2e, name: "chip_data", length: "lll", form: "drop" },
  { tag: 0x37, name: "original_trace", length: 3, form: "digits" },
  { tag: 0x3a, name: "card_check", length: 2, form: "drop" },
  { tag: 0x3b, name: "authorisation", length: 8, form: "text" },
  { tag: 0x3c, name: "additional_text", length: "lll", form: "text" },
  { tag: 0x3d, name: "password", length: 3, form: "secret" },
  { tag: 0x49, name: "currency", length: 2, form: "digits" },
  { tag: 0x60, name: "totals", length: "lll", form: "totals" },
  { tag: 0x70, name: "image_70", length: 4, form: "drop" },
  { tag: 0x71, name: "image_71", length: 4, form: "drop" },
  { tag: 0x72, name: "image_72", length: 1, form: "drop" },
  { tag: 0x73, name: "image_73", length: 1, form: "drop" },
  { tag: 0x74, name: "image_74", length: 1, form: "drop" },
  { tag: 0x75, name: "image_75", length: 1, form: "drop" },
  { tag: 0x87, name: "receipt", length: 2, form: "digits" },
  { tag: 0x88, name: "turnover", length: 3, form: "digits" },
  { tag: 0x8a, name: "card_type", length: 1, form: "byte" },
  { tag: 0x8b, name: "card_name", length: "ll", form: "text" },
  { tag: 0x8c, name: "network_card_type", length: 1, form: "byte" },
  { tag: 0x9a, name: "geldkarte", length: "lll", form: "drop" },
  { tag: 0xa0, name: "host_result", length: 1, form: "byte" },
  { tag: 0xa7, name: "chip_ef_info", length: "ll", form: "drop" },
  { tag: 0xaa, name: "full_date", length: 3, form: "digits" },
  { tag: 0xaf, name: "chip_ef_info_2", length: "lll", form: "drop" },
  { tag: 0xba, name: "aid_parameter", length: 5, form: "drop" },
  { tag: 0xd0, name: "algorithm", length: 1, form: "drop" },
  { tag: 0xd1, name: "card_offset", length: "ll", form: "drop" },
  { tag: 0xd2, name: "direction", length: 1, form: "drop" },
  { tag: 0xd3, name: "key_position", length: 1, form: "drop" },
  { tag: 0xe0, name: "input_length_min", length: 1, form: "byte" },
  ...lines(0xe1, "input_line"),
  { tag: 0xe9, name: "input_length_max", length: 1, form: "byte" },
  { tag: 0xea, name: "input_echo", length: 1, form: "byte" },
  { tag: 0xeb, name: "mac_text", length: 8, form: "drop" },
  { tag: 0xf0, name: "display_seconds", length: 1, form: "byte" },
  ...lines(0xf1, "display_line"),
  { tag: 0xf9, name: "beep_count", length: 1, form: "byte" },
  { tag: 0xfa, name: "card_reader", length: 1, form: "byte" },
  { tag: 0xfb, name: "confirmation", length: 1, form: "byte" },
  { tag: 0xfc, name: "dialog_control", length: 1, form: "byte" },
  { tag: 0xfd, name: "offset", length: 1, form: "byte" },
] as const satisfies readonly BmpRow[];

/** Name of a field. */
export type BmpName = (typeof BMP_FIELDS)[number]["name"];

/** The brands of BMP 60, in the order of their sums (PA00P015, end of day). */
export const TOTAL_BRANDS = [
  "girocard",
  "JCB",
  "Mastercard",
  "American Express",
  "Visa",
  "Diners",
  "other",
] as const;

/** BMP 60. */
export interface ZvtTotals {
  /** Four digits each. */
  readonly receiptFrom: string;
  readonly receiptTo: string;
  readonly sums: readonly { readonly brand: string; readonly count: number; readonly amountMinor: number }[];
}

/** Of the card number: the last four digits, or empty. */
export interface CardTail {
  readonly lastFour: string;
}

/** By form: amount and byte as number; digits and text as string; the others as they are called. */
export type BmpValue = number | string | readonly TlvItem[] | CardTail | ZvtTotals | RawBytes;

/** One field. */
export interface BmpField {
  readonly tag: number;
  readonly name: BmpName;
  readonly value: BmpValue;
}

/** What was among the fields and is not kept. Counts and tags only. */
export interface BmpDropped {
  /** Fields and TLV tags that are known and not kept. */
  readonly tags: readonly number[];
  readonly malformedCount: number;
  /** The first field without a known length, and how many bytes were thrown away with it (F1). */
  readonly unknown: { readonly tag: number; readonly byteCount: number } | undefined;
}

/** Fields of one APDU. */
export interface BmpDecoded {
  readonly fields: readonly BmpField[];
  readonly dropped: BmpDropped;
}

const ROW_OF_TAG = new Map<number, (typeof BMP_FIELDS)[number]>(BMP_FIELDS.map((row) => [row.tag, row]));
const ROW_OF_NAME = new Map<string, (typeof BMP_FIELDS)[number]>(BMP_FIELDS.map((row) => [row.name, row]));

/** A field by its name. Raw bytes are written as they are, with the length that the table asks for. */
export function bmpField(name: BmpName, value: BmpValue): BmpField {
  const row = ROW_OF_NAME.get(name);
  assert(row !== undefined, "zvt: Every name has a row");
  return { tag: row.tag, name, value };
}

/** Reads fields in any order. What is not kept is zeroed in `bytes`. */
export function decodeBmps(bytes: Uint8Array): BmpDecoded {
  const fields: BmpField[] = [];
  const tags: number[] = [];
  let malformedCount = 0;
  let offset = 0;
  while (offset < bytes.length) {
    const tag = bytes[offset] ?? 0;
    const row = ROW_OF_TAG.get(tag);
    const span = row === undefined ? undefined : spanOf(row.length, bytes, offset + 1);
    if (row === undefined || span === undefined) {
      const byteCount = bytes.length - offset;
      bytes.fill(0, offset);
      if (row !== undefined) malformedCount += 1;
      return { fields, dropped: { tags, malformedCount, unknown: { tag, byteCount } } };
    }
    const value = bytes.subarray(span.start, span.end);
    offset = span.end;
    if (row.form === "tlv") {
      const tlv = decodeTlv(value);
      fields.push({ tag, name: row.name, value: tlv.items });
      tags.push(...tlv.droppedTags);
      malformedCount += tlv.malformedCount;
      continue;
    }
    const decoded = row.form === "drop" || row.form === "secret" ? undefined : decodeValue(row.form, value);
    if (decoded === undefined || row.form === "card") value.fill(0);
    if (decoded !== undefined) fields.push({ tag, name: row.name, value: decoded });
    else if (row.form === "drop" || row.form === "secret") tags.push(tag);
    else malformedCount += 1;
  }
  return { fields, dropped: { tags, malformedCount, unknown: undefined } };
}

/** The bytes of fields in the order given. A Bug when a value does not fit its field. */
export function encodeBmps(fields: readonly BmpField[]): Uint8Array {
  return joinBytes(
    fields.flatMap(({ tag, value }) => {
      const row = ROW_OF_TAG.get(tag);
      assert(row !== undefined, "zvt: Every field has a row");
      const bytes = encodeValue(row.form, row.length, value);
      return [Uint8Array.of(tag), encodeLength(row.length, bytes.length), bytes];
    }),
  );
}

/** Its number, or undefined. */
export function bmpNumber(fields: readonly BmpField[], name: BmpName): number | undefined {
  const value = fields.find((field) => field.name === name)?.value;
  return typeof value === "number" ? value : undefined;
}

/** Its digits or text, or undefined. */
export function bmpText(fields: readonly BmpField[], name: BmpName): string | undefined {
  const value = fields.find((field) => field.name === name)?.value;
  return typeof value === "string" ? value : undefined;
}

/** The items of BMP 06; none when it is absent. */
export function bmpTlv(fields: readonly BmpField[]): readonly TlvItem[] {
  const value = fields.find((field) => field.name === "tlv")?.value;
  return Array.isArray(value) ? value : [];
}

/** The last four digits of the card number; empty when absent. */
export function bmpLastFour(fields: readonly BmpField[]): string {
  const value = fields.find((field) => field.name === "card_number")?.value;
  return typeof value === "object" && "lastFour" in value ? value.lastFour : "";
}

/** BMP 60, or undefined. */
export function bmpTotals(fields: readonly BmpField[]): ZvtTotals | undefined {
  const value = fields.find((field) => field.name === "totals")?.value;
  return typeof value === "object" && "sums" in value ? value : undefined;
}

function lines<Name extends string>(
  firstTag: number,
  name: Name,
): readonly {
  readonly tag: number;
  readonly name: `${Name}_${LineNumber}`;
  readonly length: "ll";
  readonly form: "text";
}[] {
  const numbers = ["1", "2", "3", "4", "5", "6", "7", "8"] as const;
  return numbers.map((number, index) => ({
    tag: firstTag + index,
    name: `${name}_${number}` as const,
    length: "ll",
    form: "text",
  }));
}
type LineNumber = "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8";

function spanOf(
  length: BmpLength,
  bytes: Uint8Array,
  offset: number,
): { readonly start: number; readonly end: number } | undefined {
  const found = lengthAt(length, bytes, offset);
  if (found === undefined) return undefined;
  const start = offset + found.size;
  const end = start + found.byteCount;
  return end > bytes.length ? undefined : { start, end };
}

function lengthAt(
  length: BmpLength,
  bytes: Uint8Array,
  offset: number,
): { readonly byteCount: number; readonly size: number } | undefined {
  if (typeof length === "number") return { byteCount: length, size: 0 };
  if (length === "tlv") return decodeTlvLength(bytes, offset);
  const size = length.length;
  let byteCount = 0;
  for (let index = 0; index < size; index += 1) {
    const value = bytes[offset + index] ?? 0;
    if (value < 0xf0 || value > 0xf9) return undefined;
    byteCount = byteCount * 10 + (value & 0x0f);
  }
  return { byteCount, size };
}

function encodeLength(length: BmpLength, byteCount: number): Uint8Array {
  if (typeof length === "number") {
    assert(byteCount === length, "zvt: A field of fixed length has that length");
    return new Uint8Array(0);
  }
  if (length === "tlv") return encodeTlvLength(byteCount);
  const digits = String(byteCount).padStart(length.length, "0");
  assert(digits.length === length.length, "zvt: A length fits its digits");
  return Uint8Array.from(digits, (digit) => 0xf0 + Number(digit));
}

function decodeValue(
  form: "amount" | "byte" | "digits" | "text" | "card" | "totals",
  bytes: Uint8Array,
): BmpValue | undefined {
  switch (form) {
    case "byte":
      return bytes[0];
    case "text":
      return decodeText(bytes).trimEnd();
    case "digits":
      return bcdDigits(bytes);
    case "amount":
      return amountOf(bytes);
    case "card":
      return cardTail(bytes);
    case "totals":
      return decodeTotals(bytes);
  }
}

function amountOf(bytes: Uint8Array): number | undefined {
  const digits = bcdDigits(bytes);
  return digits === undefined || digits.startsWith("F") ? undefined : Number(digits);
}

/** Nibbles: digits, E for masked, D before what is not of the number, F as filler. Never the whole number in one value. */
function cardTail(bytes: Uint8Array): CardTail {
  let end = bytes.length * 2;
  for (let index = end - 1; index >= 0; index -= 1) {
    const nibble = nibbleAt(bytes, index);
    if (nibble === 0x0d || (nibble === 0x0f && index === end - 1)) end = index;
  }
  let lastFour = "";
  for (let index = Math.max(0, end - 4); index < end; index += 1) {
    const nibble = nibbleAt(bytes, index);
    if (nibble <= 9) lastFour += String(nibble);
  }
  return { lastFour: lastFour.length === 4 ? lastFour : "" };
}

function nibbleAt(bytes: Uint8Array, index: number): number {
  const value = bytes[index >> 1] ?? 0;
  return index % 2 === 0 ? value >> 4 : value & 0x0f;
}

const TOTAL_SUM_BYTES = 7;

function decodeTotals(bytes: Uint8Array): ZvtTotals | undefined {
  const receiptFrom = bcdDigits(bytes.subarray(0, 2));
  const receiptTo = bcdDigits(bytes.subarray(2, 4));
  const sums: { brand: string; count: number; amountMinor: number }[] = [];
  for (const [index, brand] of TOTAL_BRANDS.entries()) {
    const start = 4 + index * TOTAL_SUM_BYTES;
    const count = bytes[start];
    const amountMinor = amountOf(bytes.subarray(start + 1, start + TOTAL_SUM_BYTES));
    if (count === undefined || bytes.length < start + TOTAL_SUM_BYTES || amountMinor === undefined)
      return undefined;
    sums.push({ brand, count, amountMinor });
  }
  if (receiptFrom === undefined || receiptTo === undefined) return undefined;
  return { receiptFrom, receiptTo, sums };
}

function encodeValue(form: BmpForm, length: BmpLength, value: BmpValue): Uint8Array {
  if (typeof value === "number") {
    if (form === "byte") return Uint8Array.of(value);
    assert(
      form === "amount" && Number.isSafeInteger(value) && value >= 0,
      "zvt: An amount is a whole number",
    );
    return bcdBytes(String(value), 6);
  }
  if (typeof value === "string") {
    if (form !== "text")
      return bcdBytes(value, typeof length === "number" ? length : Math.ceil(value.length / 2));
    const text = encodeText(value);
    if (typeof length !== "number") return text;
    return joinBytes([text.subarray(0, length), new Uint8Array(Math.max(0, length - text.length))]);
  }
  if ("raw" in value) return value.raw;
  if ("lastFour" in value) return encodeCardTail(value);
  if ("sums" in value) return encodeTotals(value);
  return encodeTlv(value);
}

function encodeCardTail({ lastFour }: CardTail): Uint8Array {
  const tail = lastFour === "" ? [0xee, 0xee] : [...bcdBytes(lastFour, 2)];
  return Uint8Array.of(0xee, 0xee, 0xee, 0xee, 0xee, 0xee, ...tail);
}

function encodeTotals({ receiptFrom, receiptTo, sums }: ZvtTotals): Uint8Array {
  assert(sums.length === TOTAL_BRANDS.length, "zvt: Totals have one sum for each brand");
  return joinBytes([
    bcdBytes(receiptFrom, 2),
    bcdBytes(receiptTo, 2),
    ...sums.flatMap(({ count, amountMinor }) => [Uint8Array.of(count), bcdBytes(String(amountMinor), 6)]),
  ]);
}
