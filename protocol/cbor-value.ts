/**
 * What a value of our CBOR profile is, what a refusal of one is called, and how large one may be.
 * The profile: RFC 8949 §4.2.1 (shortest heads, definite lengths, map keys sorted by their encoded
 * bytes and unique), narrowed to integers of 64 bits, byte and text strings, arrays, maps keyed by
 * integers or text, tag 18, true, false and null. No floats, so nothing that is signed can round.
 * Every accepted byte string has exactly one value and every value exactly one byte string.
 */

/** An item of the profile. A safe integer is a number, a larger one (to 64 bits) a bigint; no other numbers exist. */
export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | CborMap
  | CborTag;

/** A map; number keys are safe integers. Iterates in the order of the encoded keys when it was decoded. */
export type CborMap = ReadonlyMap<number | string, CborValue>;

/** A tagged item. COSE_Sign1 is the only tag of the profile (RFC 9052 §4.2). */
export interface CborTag {
  readonly tag: typeof CBOR_TAG_COSE_SIGN1;
  readonly value: CborValue;
}

/** The tag of COSE_Sign1. */
export const CBOR_TAG_COSE_SIGN1 = 18;

/** Containers (arrays, maps, tags) that may stand one inside the other. */
export const CBOR_DEPTH_MAX = 16;

/** Bytes of one encoded item or sequence, unless the caller sets another bound. */
export const CBOR_BYTES_MAX = 262_144;

/** Bounds that a caller may tighten or widen; what was not named keeps its default. */
export interface CborLimits {
  readonly bytesMax?: number;
  readonly depthMax?: number;
}

/** Why bytes are not an item of the profile. */
export type CborFaultCode =
  /** The bytes end inside an item, or an item declares more than there is. */
  | "cbor/truncated"
  /** Bytes follow the one item. */
  | "cbor/trailing_bytes"
  /** More bytes than the limit; nothing was read. */
  | "cbor/too_long"
  /** More containers one inside the other than the limit. */
  | "cbor/too_deep"
  /** A sequence of more items than the caller allows. */
  | "cbor/too_many_items"
  /** A float of any width. */
  | "cbor/float"
  /** undefined, or a simple value that is not true, false or null. */
  | "cbor/simple_value"
  /** An indefinite length, or a break. */
  | "cbor/indefinite_length"
  /** A head in more bytes than it needs. */
  | "cbor/head_not_shortest"
  /** Additional information 28 to 30, or 31 where there is no length. */
  | "cbor/head_reserved"
  /** A map key below its predecessor. */
  | "cbor/keys_unsorted"
  /** A map key equal to its predecessor. */
  | "cbor/key_duplicate"
  /** A map key that is neither a safe integer nor text. */
  | "cbor/key_kind"
  /** Text that is not well-formed UTF-8. */
  | "cbor/text_not_utf8"
  /** A tag other than 18. */
  | "cbor/tag_unknown";

/** `offset` is the first byte of the item at fault; of bad text the first bad byte; `message` is for a log. */
export interface CborFault {
  readonly ok: false;
  readonly code: CborFaultCode;
  readonly offset: number;
  readonly message: string;
}

/** A decoded value, or the first reason against it. */
export type CborResult<T> = { readonly ok: true; readonly value: T } | CborFault;

/** One item of a sequence (RFC 8742): its bytes are `bytes.subarray(start, end)`. */
export interface CborSequenceItem {
  readonly value: CborValue;
  readonly start: number;
  readonly end: number;
}
