/**
 * The TLV container of BMP 06 (PA00P015 chapter on TLV): a table of the tags that are kept, and both
 * directions. An allow-list (R3 of reader.ts): a tag without a row here never becomes a value; its
 * bytes are zeroed where they lie.
 *
 * T1  Decoding is total. What does not fit its container ends that container and is counted.
 * T2  Nesting and the number of items are bounded.
 * T3  `encodeTlv(decodeTlv(bytes))` gives the bytes back when nothing was dropped and lengths were shortest.
 */

import { assert } from "../../../core/bug.ts";
import { bcdBytes, bcdDigits, fromHex, joinBytes, toHex } from "./bytes.ts";
import { decodeText, encodeText } from "./text.ts";

/** How a value is written. "number": big-endian, at most 4 bytes. "digits": BCD, zeros kept. "hex": as it is. */
type TlvForm = "number" | "digits" | "hex" | "text" | "items";

/** The tags that are kept. Names are ours; numbers from PA00P015. */
export const TLV_TAGS = [
  { tag: 0x07, name: "text", form: "text" },
  { tag: 0x08, name: "receipt", form: "digits" },
  { tag: 0x09, name: "attribute", form: "number" },
  { tag: 0x0a, name: "command", form: "hex" },
  { tag: 0x12, name: "printer_width", form: "digits" },
  { tag: 0x14, name: "charset", form: "number" },
  { tag: 0x1a, name: "apdu_bytes_max", form: "number" },
  { tag: 0x23, name: "receipts", form: "items" },
  { tag: 0x24, name: "display_texts", form: "items" },
  { tag: 0x25, name: "print_texts", form: "items" },
  { tag: 0x26, name: "permitted_commands", form: "items" },
  { tag: 0x27, name: "charsets", form: "items" },
  { tag: 0x2f, name: "payment_type", form: "items" },
  { tag: 0x43, name: "application_id", form: "hex" },
  { tag: 0x44, name: "application_name", form: "text" },
  { tag: 0x4c, name: "uid", form: "hex" },
  { tag: 0x60, name: "application", form: "items" },
  { tag: 0x1f04, name: "receipt_options", form: "number" },
  { tag: 0x1f07, name: "receipt_kind", form: "number" },
  { tag: 0x1f10, name: "verification", form: "number" },
  { tag: 0x1f12, name: "technology", form: "number" },
  { tag: 0x1f15, name: "card_reading", form: "hex" },
  { tag: 0x1f16, name: "error_code", form: "hex" },
  { tag: 0x1f17, name: "error_text", form: "text" },
  { tag: 0x1f1f, name: "sync_id", form: "digits" },
  { tag: 0x1f2b, name: "long_trace", form: "digits" },
  { tag: 0x1f60, name: "card_types", form: "hex" },
  { tag: 0x1f73, name: "message_id", form: "digits" },
] as const satisfies readonly TlvRow[];

interface TlvRow {
  readonly tag: number;
  readonly name: string;
  readonly form: TlvForm;
}

/** Name of a tag that is kept. */
export type TlvName = (typeof TLV_TAGS)[number]["name"];

/** Bytes that only an encoder is given, never the outcome of decoding: for simulators. */
export interface RawBytes {
  readonly raw: Uint8Array;
}

/** A value: "number" as number, "digits", "hex" and "text" as string, "items" as items. */
export type TlvValue = number | string | readonly TlvItem[] | RawBytes;

/** One item. `tag` may be any number when the value is raw. */
export interface TlvItem {
  readonly tag: number;
  readonly name: TlvName | "raw";
  readonly value: TlvValue;
}

/** What was in a container. */
export interface TlvDecoded {
  readonly items: readonly TlvItem[];
  /** Tags without a row, in the order they came. */
  readonly droppedTags: readonly number[];
  /** Lengths that do not fit, values that do not fit their form, nesting too deep. */
  readonly malformedCount: number;
}

/** Items over all levels of one container. */
export const TLV_ITEMS_MAX = 2_000;
/** Containers inside containers. */
export const TLV_DEPTH_MAX = 6;

const ROW_OF_TAG = new Map<number, TlvRow>(TLV_TAGS.map((row) => [row.tag, row]));
const ROW_OF_NAME = new Map<string, TlvRow>(TLV_TAGS.map((row) => [row.name, row]));

/** An item by the name of its tag. A Bug when the value does not have the form of the tag. */
export function tlvItem(name: TlvName, value: TlvValue): TlvItem {
  const row = ROW_OF_NAME.get(name);
  assert(row !== undefined, "zvt: Every name has a row");
  return { tag: row.tag, name, value };
}

/** Any tag with any bytes: what a simulator plants. */
export function rawTlvItem(tag: number, raw: Uint8Array): TlvItem {
  return { tag, name: "raw", value: { raw } };
}

/** Reads a container's content (without tag 06 and its length). What is not kept is zeroed in `bytes`. */
export function decodeTlv(bytes: Uint8Array): TlvDecoded {
  const reading: Reading = { droppedTags: [], malformedCount: 0, itemCount: 0 };
  const items = decodeItems(bytes, 0, reading);
  return { items, droppedTags: reading.droppedTags, malformedCount: reading.malformedCount };
}

/** The content of a container. */
export function encodeTlv(items: readonly TlvItem[]): Uint8Array {
  let charset: number | undefined;
  const parts: Uint8Array[] = [];
  for (const item of items) {
    if (item.name === "charset" && typeof item.value === "number") charset = item.value;
    const value = encodeValue(item, charset);
    parts.push(tagBytes(item.tag), encodeTlvLength(value.length), value);
  }
  return joinBytes(parts);
}

/** A length in its shortest form: 00 to 7F, 81 n, 82 hi lo. */
export function encodeTlvLength(byteCount: number): Uint8Array {
  assert(byteCount <= 0xffff, "zvt: A TLV value has at most 65,535 bytes");
  if (byteCount < 0x80) return Uint8Array.of(byteCount);
  if (byteCount <= 0xff) return Uint8Array.of(0x81, byteCount);
  return Uint8Array.of(0x82, byteCount >> 8, byteCount & 0xff);
}

/** Reads a length; undefined when it is cut off or of a form that is not allowed. `size`: its own bytes. */
export function decodeTlvLength(
  bytes: Uint8Array,
  offset: number,
): { readonly byteCount: number; readonly size: number } | undefined {
  const first = bytes[offset];
  if (first === undefined) return undefined;
  if (first < 0x80) return { byteCount: first, size: 1 };
  const second = bytes[offset + 1];
  if (first === 0x81 && second !== undefined) return { byteCount: second, size: 2 };
  const third = bytes[offset + 2];
  if (first !== 0x82 || second === undefined || third === undefined) return undefined;
  return { byteCount: second * 256 + third, size: 3 };
}

/** The first item of that name on this level. */
export function findTlv(items: readonly TlvItem[], name: TlvName): TlvItem | undefined {
  return items.find((item) => item.name === name);
}

/** The items inside the first item of that name; none when it is absent. */
export function innerTlv(items: readonly TlvItem[], name: TlvName): readonly TlvItem[] {
  const value = findTlv(items, name)?.value;
  return typeof value === "object" && !("raw" in value) ? value : [];
}

/** Its number, or undefined. */
export function tlvNumber(items: readonly TlvItem[], name: TlvName): number | undefined {
  const value = findTlv(items, name)?.value;
  return typeof value === "number" ? value : undefined;
}

/** Its text, digits or hex, or undefined. */
export function tlvText(items: readonly TlvItem[], name: TlvName): string | undefined {
  const value = findTlv(items, name)?.value;
  return typeof value === "string" ? value : undefined;
}

interface Reading {
  readonly droppedTags: number[];
  malformedCount: number;
  itemCount: number;
}

function decodeItems(bytes: Uint8Array, depth: number, reading: Reading): readonly TlvItem[] {
  const items: TlvItem[] = [];
  let charset: number | undefined;
  let offset = 0;
  while (offset < bytes.length) {
    const head = decodeHead(bytes, offset);
    reading.itemCount += 1;
    if (head === undefined || depth > TLV_DEPTH_MAX || reading.itemCount > TLV_ITEMS_MAX) {
      bytes.fill(0, offset);
      reading.malformedCount += 1;
      break;
    }
    const value = bytes.subarray(head.start, head.end);
    offset = head.end;
    const item = decodeItem(head.tag, value, charset, depth, reading);
    if (item === undefined) continue;
    if (item.name === "charset" && typeof item.value === "number") charset = item.value;
    items.push(item);
  }
  return items;
}

function decodeItem(
  tag: number,
  bytes: Uint8Array,
  charset: number | undefined,
  depth: number,
  reading: Reading,
): TlvItem | undefined {
  const row = TLV_TAGS.find((candidate) => candidate.tag === tag);
  if (row === undefined) {
    bytes.fill(0);
    reading.droppedTags.push(tag);
    return undefined;
  }
  const value =
    row.form === "items" ? decodeItems(bytes, depth + 1, reading) : decodeScalar(row.form, bytes, charset);
  if (value === undefined) {
    bytes.fill(0);
    reading.malformedCount += 1;
    return undefined;
  }
  return { tag, name: row.name, value };
}

function decodeScalar(
  form: Exclude<TlvForm, "items">,
  bytes: Uint8Array,
  charset: number | undefined,
): TlvValue | undefined {
  switch (form) {
    case "text":
      return decodeText(bytes, charset);
    case "digits":
      return bcdDigits(bytes);
    case "hex":
      return bytes.length > HEX_BYTES_MAX ? undefined : toHex(bytes);
    case "number":
      return bytes.length < 1 || bytes.length > 4
        ? undefined
        : bytes.reduce((sum, value) => sum * 256 + value, 0);
  }
}

/** Application identifiers have 16, UIDs 10. */
const HEX_BYTES_MAX = 32;

/** Bytes that a number takes when it is more than one; PA00P015. */
const NUMBER_BYTES = new Map<string, number>([["apdu_bytes_max", 2]]);

function encodeValue(item: TlvItem, charset: number | undefined): Uint8Array {
  const { value } = item;
  if (typeof value === "number") return bigEndian(value, NUMBER_BYTES.get(item.name) ?? 1);
  if (typeof value === "object") return "raw" in value ? value.raw : encodeTlv(value);
  const form = ROW_OF_TAG.get(item.tag)?.form;
  if (form === "text") return encodeText(value, charset);
  if (form === "digits") return bcdBytes(value, Math.ceil(value.length / 2));
  assert(form === "hex", "zvt: A string is text, digits or hex");
  return fromHex(value);
}

function bigEndian(value: number, byteCount: number): Uint8Array {
  assert(value >= 0 && value < 256 ** byteCount, "zvt: A number fits its bytes");
  return Uint8Array.from(
    { length: byteCount },
    (_, index) => Math.floor(value / 256 ** (byteCount - 1 - index)) % 256,
  );
}

function tagBytes(tag: number): Uint8Array {
  return tag <= 0xff ? Uint8Array.of(tag) : Uint8Array.of(tag >> 8, tag & 0xff);
}

/** Tag: low five bits all ones, then one more byte (two at most are in use). */
function decodeHead(
  bytes: Uint8Array,
  offset: number,
): { readonly tag: number; readonly start: number; readonly end: number } | undefined {
  const first = bytes[offset] ?? 0;
  const second = bytes[offset + 1];
  const isLong = (first & 0x1f) === 0x1f;
  if (isLong && (second === undefined || second >= 0x80)) return undefined;
  const tagSize = isLong ? 2 : 1;
  const tag = isLong ? first * 256 + (second ?? 0) : first;
  const length = decodeTlvLength(bytes, offset + tagSize);
  if (length === undefined) return undefined;
  const start = offset + tagSize + length.size;
  const end = start + length.byteCount;
  return end > bytes.length ? undefined : { tag, start, end };
}
