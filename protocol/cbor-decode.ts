/**
 * Bytes to values in the profile of cbor-value.ts, refusing everything that has another form.
 * Never throws on input. A declared length is held against what is left before anything is made,
 * so the memory used is in proportion to the bytes received. Values share no memory with the input.
 * D1 decodeCbor answers a value only for the bytes that encodeCbor makes of that value.
 */
import { CBOR_BYTES_MAX, CBOR_DEPTH_MAX, CBOR_TAG_COSE_SIGN1 } from "./cbor-value.ts";
import type {
  CborFault,
  CborFaultCode,
  CborLimits,
  CborResult,
  CborSequenceItem,
  CborValue,
} from "./cbor-value.ts";
import { readUtf8 } from "./utf8.ts";

const UINT_32_RANGE = 0x1_0000_0000;

/** Text up to this length is tried as ASCII, character by character, before the general way. */
const SHORT_TEXT_BYTES_MAX = 32;

/** What a log says beside the code. */
const MESSAGES: { readonly [Code in CborFaultCode]: string } = {
  "cbor/truncated": "The bytes end inside an item",
  "cbor/trailing_bytes": "Bytes follow the item",
  "cbor/too_long": "There are more bytes than the limit",
  "cbor/too_deep": "Containers are nested deeper than the limit",
  "cbor/too_many_items": "The sequence holds more items than the limit",
  "cbor/float": "A float is not in the profile",
  "cbor/simple_value": "Of the simple values only true, false and null are in the profile",
  "cbor/indefinite_length": "An indefinite length is not in the profile",
  "cbor/head_not_shortest": "A head is longer than it has to be",
  "cbor/head_reserved": "A head uses reserved additional information",
  "cbor/keys_unsorted": "Map keys do not ascend in the order of their bytes",
  "cbor/key_duplicate": "A map key occurs twice",
  "cbor/key_kind": "A map key is neither a safe integer nor text",
  "cbor/text_not_utf8": "Text is not well-formed UTF-8",
  "cbor/tag_unknown": "Only tag 18 is in the profile",
};

/** The one item that `bytes` are from the first to the last. */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits = {}): CborResult<CborValue> {
  if (bytes.length > (limits.bytesMax ?? CBOR_BYTES_MAX)) return faultOf("cbor/too_long", 0);
  const reader = new Reader(bytes);
  const value = reader.item(limits.depthMax ?? CBOR_DEPTH_MAX);
  if (value === undefined) return reader.fault();
  if (reader.at < bytes.length) return faultOf("cbor/trailing_bytes", reader.at);
  return { ok: true, value };
}

/** The items that stand one after another in `bytes` (RFC 8742), at most `countMax`; no bytes are no items. */
export function decodeCborSequence(
  bytes: Uint8Array,
  countMax: number,
  limits: CborLimits = {},
): CborResult<readonly CborSequenceItem[]> {
  if (bytes.length > (limits.bytesMax ?? CBOR_BYTES_MAX)) return faultOf("cbor/too_long", 0);
  const reader = new Reader(bytes);
  const items: CborSequenceItem[] = [];
  while (reader.at < bytes.length) {
    const start = reader.at;
    if (items.length >= countMax) return faultOf("cbor/too_many_items", start);
    const value = reader.item(limits.depthMax ?? CBOR_DEPTH_MAX);
    if (value === undefined) return reader.fault();
    items.push({ value, start, end: reader.at });
  }
  return { ok: true, value: items };
}

function faultOf(code: CborFaultCode, offset: number): CborFault {
  return { ok: false, code, offset, message: MESSAGES[code] };
}

/** A place in bytes. After a method has answered undefined or -1, only `fault` may be asked. */
class Reader {
  at = 0;
  readonly #bytes: Uint8Array;
  #faultCode: CborFaultCode = "cbor/truncated";
  #faultOffset = 0;
  /** The halves of the last 64-bit argument, for when a number cannot hold it. */
  #high = 0;
  #low = 0;

  constructor(bytes: Uint8Array) {
    // A Buffer's slice shares memory with it; a plain Uint8Array's is a copy.
    const isPlain = bytes.constructor === Uint8Array;
    this.#bytes = isPlain ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  fault(): CborFault {
    return faultOf(this.#faultCode, this.#faultOffset);
  }

  item(depthLeft: number): CborValue | undefined {
    const start = this.at;
    const head = this.#bytes[start];
    if (head === undefined) return this.#refuse("cbor/truncated", start);
    if (head < 0x18) {
      this.at = start + 1;
      return head;
    }
    const major = head >> 5;
    if (major === 7) return this.#simple(head, start);
    const argument = this.#argument(head, start);
    if (argument < 0) return undefined;
    switch (major) {
      case 0:
        return argument <= Number.MAX_SAFE_INTEGER ? argument : this.#bigArgument();
      case 1:
        return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : -1n - this.#bigArgument();
      case 2:
        return this.#byteString(argument, start);
      case 3:
        return this.#text(argument, start);
      default:
        return this.#container(major, argument, start, depthLeft);
    }
  }

  #container(major: number, argument: number, start: number, depthLeft: number): CborValue | undefined {
    if (major === 6 && argument !== CBOR_TAG_COSE_SIGN1) return this.#refuse("cbor/tag_unknown", start);
    if (depthLeft <= 0) return this.#refuse("cbor/too_deep", start);
    if (major === 4) return this.#array(argument, start, depthLeft - 1);
    if (major === 5) return this.#map(argument, start, depthLeft - 1);
    const value = this.item(depthLeft - 1);
    return value === undefined ? undefined : { tag: CBOR_TAG_COSE_SIGN1, value };
  }

  /** The argument of a head and the place after it; -1 for a fault. From 2^53 up it is only about right. */
  #argument(head: number, start: number): number {
    const info = head & 0x1f;
    if (info < 24) {
      this.at = start + 1;
      return info;
    }
    if (info > 27) return this.#refuseInfo(head, start);
    const bytes = this.#bytes;
    const widthBytes = 1 << (info - 24);
    this.at = start + 1 + widthBytes;
    if (this.at > bytes.length) return this.#refuseArgument("cbor/truncated", start);
    let argument: number;
    let leastShortest: number;
    if (widthBytes === 1) {
      argument = bytes[start + 1] ?? 0;
      leastShortest = 24;
    } else if (widthBytes === 2) {
      argument = ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
      leastShortest = 0x100;
    } else if (widthBytes === 4) {
      argument = this.#uint32(start + 1);
      leastShortest = 0x1_0000;
    } else {
      this.#high = this.#uint32(start + 1);
      this.#low = this.#uint32(start + 5);
      argument = this.#high * UINT_32_RANGE + this.#low;
      leastShortest = UINT_32_RANGE;
    }
    return argument < leastShortest ? this.#refuseArgument("cbor/head_not_shortest", start) : argument;
  }

  #uint32(offset: number): number {
    const bytes = this.#bytes;
    const low = ((bytes[offset + 1] ?? 0) << 16) | ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0);
    return (bytes[offset] ?? 0) * 0x100_0000 + low;
  }

  #bigArgument(): bigint {
    return (BigInt(this.#high) << 32n) | BigInt(this.#low);
  }

  #simple(head: number, start: number): CborValue | undefined {
    this.at = start + 1;
    const info = head & 0x1f;
    if (info === 20) return false;
    if (info === 21) return true;
    if (info === 22) return null;
    if (info <= 24) return this.#refuse("cbor/simple_value", start);
    if (info <= 27) return this.#refuse("cbor/float", start);
    return this.#refuse(info === 31 ? "cbor/indefinite_length" : "cbor/head_reserved", start);
  }

  #byteString(lengthBytes: number, start: number): Uint8Array | undefined {
    const from = this.at;
    if (lengthBytes > this.#bytes.length - from) return this.#refuse("cbor/truncated", start);
    this.at = from + lengthBytes;
    return this.#bytes.slice(from, this.at);
  }

  #text(lengthBytes: number, start: number): string | undefined {
    const bytes = this.#bytes;
    const from = this.at;
    if (lengthBytes > bytes.length - from) return this.#refuse("cbor/truncated", start);
    const end = from + lengthBytes;
    this.at = end;
    if (lengthBytes <= SHORT_TEXT_BYTES_MAX) {
      let text = "";
      let index = from;
      for (; index < end; index += 1) {
        const byte = bytes[index] ?? 0;
        if (byte >= 0x80) break;
        text += String.fromCharCode(byte);
      }
      if (index === end) return text;
    }
    const text = readUtf8(bytes, from, end);
    return typeof text === "string" ? text : this.#refuse("cbor/text_not_utf8", text);
  }

  #array(count: number, start: number, depthLeft: number): CborValue[] | undefined {
    if (count > this.#bytes.length - this.at) return this.#refuse("cbor/truncated", start);
    const items: CborValue[] = [];
    for (let index = 0; index < count; index += 1) {
      const item = this.item(depthLeft);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  #map(count: number, start: number, depthLeft: number): CborValue | undefined {
    if (2 * count > this.#bytes.length - this.at) return this.#refuse("cbor/truncated", start);
    const map = new Map<number | string, CborValue>();
    let lastStart = this.at;
    let lastEnd = this.at;
    for (let index = 0; index < count; index += 1) {
      const keyStart = this.at;
      const key = this.#key(keyStart);
      if (key === undefined) return undefined;
      const order = this.#compare(lastStart, lastEnd, keyStart, this.at);
      if (order === 0) return this.#refuse("cbor/key_duplicate", keyStart);
      if (order > 0) return this.#refuse("cbor/keys_unsorted", keyStart);
      lastStart = keyStart;
      lastEnd = this.at;
      const value = this.item(depthLeft);
      if (value === undefined) return undefined;
      map.set(key, value);
    }
    return map;
  }

  #key(start: number): number | string | undefined {
    // No depth is left to a key, and its major type is asked first, so a container is a wrong kind and not too deep.
    if ((this.#bytes[start] ?? 0) >> 5 >= 4) return this.#refuse("cbor/key_kind", start);
    const key = this.item(0);
    if (key === undefined || typeof key === "number" || typeof key === "string") return key;
    return this.#refuse("cbor/key_kind", start);
  }

  /** The sign of the difference of two ranges in byte order; the empty range is before all keys. */
  #compare(aStart: number, aEnd: number, bStart: number, bEnd: number): number {
    const bytes = this.#bytes;
    const sharedBytes = Math.min(aEnd - aStart, bEnd - bStart);
    for (let index = 0; index < sharedBytes; index += 1) {
      const difference = (bytes[aStart + index] ?? 0) - (bytes[bStart + index] ?? 0);
      if (difference !== 0) return difference;
    }
    return aEnd - aStart - (bEnd - bStart);
  }

  #refuseInfo(head: number, start: number): number {
    const major = head >> 5;
    const isLength = (head & 0x1f) === 31 && major >= 2 && major <= 5;
    return this.#refuseArgument(isLength ? "cbor/indefinite_length" : "cbor/head_reserved", start);
  }

  #refuseArgument(code: CborFaultCode, offset: number): number {
    this.#refuse(code, offset);
    return -1;
  }

  #refuse(code: CborFaultCode, offset: number): undefined {
    this.#faultCode = code;
    this.#faultOffset = offset;
    return undefined;
  }
}
