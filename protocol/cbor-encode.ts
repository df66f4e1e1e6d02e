/**
 * Values to bytes in the profile of cbor-value.ts: RFC 8949 §4.2.1, one form for each value.
 * A value outside the profile is our own mistake and throws a Bug; nothing is rounded, replaced or
 * left out. What was encoded here is read back by cbor-decode.ts under the same limits.
 * Two walks: `size…` judges the value and adds up its bytes, `write…` fills exactly that many. So
 * nothing grows, nothing is made per item, nothing is kept between calls, and all throws come first.
 */
import { assert, Bug } from "../core/bug.ts";
import { CBOR_BYTES_MAX, CBOR_DEPTH_MAX, CBOR_TAG_COSE_SIGN1 } from "./cbor-value.ts";
import type { CborLimits, CborMap, CborTag, CborValue } from "./cbor-value.ts";
import { utf8Length, writeUtf8 } from "./utf8.ts";

const MAJOR_UNSIGNED = 0 << 5;
const MAJOR_NEGATIVE = 1 << 5;
const MAJOR_BYTES = 2 << 5;
const MAJOR_TEXT = 3 << 5;
const MAJOR_ARRAY = 4 << 5;
const MAJOR_MAP = 5 << 5;
const MAJOR_TAG = 6 << 5;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;

/** ASCII text below this length has a head of one byte. */
const TINY_TEXT_UNITS = 24;

const UINT_32_RANGE = 0x1_0000_0000;
const UINT_64_MAX = 0xffff_ffff_ffff_ffffn;

type CborObject = Uint8Array | readonly CborValue[] | CborMap | CborTag;

/**
 * The one encoding of `value`, in bytes that the caller owns. -0 is written as 0.
 * Throws a Bug on a float, an integer that is unsafe as a number or beyond 64 bits as a bigint, text
 * with a lone surrogate, a map key that is neither integer nor text, another tag than 18, and on what
 * is too deep or too long to be decoded under the same limits.
 */
export function encodeCbor(value: CborValue, limits: CborLimits = {}): Uint8Array {
  const lengthBytes = sizeItem(value, limits.depthMax ?? CBOR_DEPTH_MAX);
  assert(lengthBytes <= (limits.bytesMax ?? CBOR_BYTES_MAX), "cbor: An item is longer than its limit");
  const bytes = new Uint8Array(lengthBytes);
  assert(writeItem(bytes, 0, value) === lengthBytes, "cbor: An item has another size than was reckoned");
  return bytes;
}

function sizeItem(value: CborValue, depthLeft: number): number {
  switch (typeof value) {
    case "number":
      return sizeNumber(value);
    case "string":
      return sizeText(value);
    case "boolean":
      return 1;
    case "bigint":
      return sizeBigint(value);
    case "object":
      return value === null ? 1 : sizeObject(value, depthLeft);
    default:
      throw new Bug(`cbor: A ${typeof value} is not in the profile`);
  }
}

function sizeObject(value: CborObject, depthLeft: number): number {
  if (value instanceof Uint8Array) return sizeHead(value.length) + value.length;
  assert(depthLeft > 0, "cbor: A value is too deep");
  if (isArray(value)) {
    let lengthBytes = sizeHead(value.length);
    for (const item of value) lengthBytes += sizeItem(item, depthLeft - 1);
    return lengthBytes;
  }
  if (isMap(value)) {
    let lengthBytes = sizeHead(value.size);
    for (const [key, item] of value) lengthBytes += sizeKey(key) + sizeItem(item, depthLeft - 1);
    return lengthBytes;
  }
  assert(value.tag === CBOR_TAG_COSE_SIGN1, "cbor: An object is not in the profile");
  return 1 + sizeItem(value.value, depthLeft - 1);
}

function sizeKey(key: number | string): number {
  if (typeof key === "number") return sizeNumber(key);
  assert(typeof key === "string", "cbor: A map key is neither a number nor text");
  return sizeText(key);
}

function sizeNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Bug(`cbor: ${value} is not a safe integer`);
  return sizeHead(value >= 0 ? value : -1 - value);
}

function sizeBigint(value: bigint): number {
  const argument = argumentOf(value);
  assert(argument <= UINT_64_MAX, "cbor: An integer takes more than 64 bits");
  return argument < UINT_32_RANGE ? sizeHead(Number(argument)) : 9;
}

function sizeText(text: string): number {
  const lengthBytes = utf8Length(text);
  assert(lengthBytes >= 0, "cbor: Text holds a lone surrogate");
  return sizeHead(lengthBytes) + lengthBytes;
}

function sizeHead(argument: number): number {
  if (argument < 24) return 1;
  if (argument < 0x100) return 2;
  if (argument < 0x1_0000) return 3;
  return argument < UINT_32_RANGE ? 5 : 9;
}

/** Writes an item that was sized; this and all below answer the place after what they wrote. */
function writeItem(bytes: Uint8Array, at: number, value: CborValue): number {
  switch (typeof value) {
    case "number":
      return writeNumber(bytes, at, value);
    case "string":
      return writeText(bytes, at, value);
    case "boolean":
      bytes[at] = value ? TRUE : FALSE;
      return at + 1;
    case "bigint":
      return writeBigint(bytes, at, value);
    default:
      if (value !== null) return writeObject(bytes, at, value);
      bytes[at] = NULL;
      return at + 1;
  }
}

function writeObject(bytes: Uint8Array, start: number, value: CborObject): number {
  if (value instanceof Uint8Array) {
    const at = writeHead(bytes, start, MAJOR_BYTES, value.length);
    bytes.set(value, at);
    return at + value.length;
  }
  if (isArray(value)) {
    let at = writeHead(bytes, start, MAJOR_ARRAY, value.length);
    for (const item of value) at = writeItem(bytes, at, item);
    return at;
  }
  if (isMap(value)) return writeMap(bytes, start, value);
  return writeItem(bytes, writeHead(bytes, start, MAJOR_TAG, value.tag), value.value);
}

/** Writes entries as they come while their keys ascend; on the first that does not, starts again sorted. */
function writeMap(bytes: Uint8Array, start: number, map: CborMap): number {
  const entriesStart = writeHead(bytes, start, MAJOR_MAP, map.size);
  let at = entriesStart;
  let lastKey = bytes.subarray(at, at);
  for (const [key, value] of map) {
    const keyEnd = writeKey(bytes, at, key);
    const keyBytes = bytes.subarray(at, keyEnd);
    if (compareBytes(lastKey, keyBytes) > 0) return writeSortedEntries(bytes, entriesStart, map);
    lastKey = keyBytes;
    at = writeItem(bytes, keyEnd, value);
  }
  return at;
}

function writeSortedEntries(bytes: Uint8Array, start: number, map: CborMap): number {
  const entries = Array.from(map, ([key, value]) => ({
    keyBytes: bytes.slice(start, writeKey(bytes, start, key)),
    value,
  }));
  entries.sort((a, b) => compareBytes(a.keyBytes, b.keyBytes));
  let at = start;
  for (const { keyBytes, value } of entries) {
    bytes.set(keyBytes, at);
    at = writeItem(bytes, at + keyBytes.length, value);
  }
  return at;
}

function writeKey(bytes: Uint8Array, at: number, key: number | string): number {
  return typeof key === "number" ? writeNumber(bytes, at, key) : writeText(bytes, at, key);
}

function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  return value >= 0
    ? writeHead(bytes, at, MAJOR_UNSIGNED, value)
    : writeHead(bytes, at, MAJOR_NEGATIVE, -1 - value);
}

function writeBigint(bytes: Uint8Array, at: number, value: bigint): number {
  const argument = argumentOf(value);
  const major = value >= 0n ? MAJOR_UNSIGNED : MAJOR_NEGATIVE;
  if (argument < UINT_32_RANGE) return writeHead(bytes, at, major, Number(argument));
  bytes[at] = major | 27;
  writeUint32(bytes, at + 1, Number(argument >> 32n));
  writeUint32(bytes, at + 5, Number(argument & 0xffff_ffffn));
  return at + 9;
}

function writeText(bytes: Uint8Array, start: number, text: string): number {
  if (text.length < TINY_TEXT_UNITS) {
    // Written as ASCII on trust; the first other character sends the whole text the long way.
    bytes[start] = MAJOR_TEXT | text.length;
    let index = 0;
    for (; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit >= 0x80) break;
      bytes[start + 1 + index] = unit;
    }
    if (index === text.length) return start + 1 + index;
  }
  return writeUtf8(text, bytes, writeHead(bytes, start, MAJOR_TEXT, utf8Length(text)));
}

/** Writes a major type with the shortest form of its argument, a safe integer from 0 up. */
function writeHead(bytes: Uint8Array, at: number, major: number, argument: number): number {
  if (argument < 24) {
    bytes[at] = major | argument;
    return at + 1;
  }
  if (argument < 0x100) {
    bytes[at] = major | 24;
    bytes[at + 1] = argument;
    return at + 2;
  }
  if (argument < 0x1_0000) {
    bytes[at] = major | 25;
    bytes[at + 1] = argument >> 8;
    bytes[at + 2] = argument & 0xff;
    return at + 3;
  }
  if (argument < UINT_32_RANGE) {
    bytes[at] = major | 26;
    writeUint32(bytes, at + 1, argument);
    return at + 5;
  }
  bytes[at] = major | 27;
  writeUint32(bytes, at + 1, Math.floor(argument / UINT_32_RANGE));
  writeUint32(bytes, at + 5, argument % UINT_32_RANGE);
  return at + 9;
}

function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/** The argument under which an integer is written (RFC 8949 §3.1, major types 0 and 1). */
function argumentOf(value: bigint): bigint {
  return value >= 0n ? value : -1n - value;
}

/** The sign of the difference in byte order; a prefix is before what it begins. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const sharedBytes = Math.min(a.length, b.length);
  for (let index = 0; index < sharedBytes; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function isArray(value: CborObject): value is readonly CborValue[] {
  return Array.isArray(value);
}

function isMap(value: CborObject): value is CborMap {
  return value instanceof Map;
}
