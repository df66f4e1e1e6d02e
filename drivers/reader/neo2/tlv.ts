/**
 * Tag, length and value as a NEO 2 writes them: BER (ISO 8825-1, definite lengths), and two forms of the
 * length that say what became of a value: A1, A2 masked, C1, C2 encrypted [known]. Pure; values are views
 * of the bytes that were given, and nothing is copied.
 */

/** What the length of a value says of it. Many readers write "plain" for all three (card.ts tells them apart). */
export type TlvForm = "plain" | "masked" | "encrypted";

/** One value. */
export interface Tlv {
  /** The tag's bytes as one number: 9F02, DFEE12. */
  readonly tag: number;
  readonly form: TlvForm;
  readonly value: Uint8Array;
  /** Where its tag begins. */
  readonly offset: number;
}

/** Why bytes are no list of values. */
export type TlvFaultCode = "neo2/tlv_cut" | "neo2/tlv_tag" | "neo2/tlv_length" | "neo2/tlv_count";

/** The values, or the first reason against them. */
export type TlvRead =
  | { readonly ok: true; readonly value: readonly Tlv[] }
  | { readonly ok: false; readonly code: TlvFaultCode; readonly offset: number };

/** Values that one list may have. */
export const TLV_COUNT_MAX = 256;

const TAG_BYTES_MAX = 4;
const FORMS: ReadonlyMap<number, TlvForm> = new Map([
  [0x80, "plain"],
  [0xa0, "masked"],
  [0xc0, "encrypted"],
]);

/** The values of one level, in order. Zero bytes between them are skipped, as BER allows. */
export function readTlvs(bytes: Uint8Array): TlvRead {
  const found: Tlv[] = [];
  let index = 0;
  while (index < bytes.length) {
    if (bytes[index] === 0) {
      index += 1;
      continue;
    }
    if (found.length === TLV_COUNT_MAX) return { ok: false, code: "neo2/tlv_count", offset: index };
    const offset = index;
    const tag = tagAt(bytes, offset);
    if (typeof tag === "string") return { ok: false, code: tag, offset };
    const length = lengthAt(bytes, offset + tag.byteCount);
    if (typeof length === "string") return { ok: false, code: length, offset };
    const start = offset + tag.byteCount + length.byteCount;
    index = start + length.valueBytes;
    if (index > bytes.length) return { ok: false, code: "neo2/tlv_cut", offset };
    found.push({ tag: tag.tag, form: length.form, value: bytes.subarray(start, index), offset });
  }
  return { ok: true, value: found };
}

/** The bytes of one value, its length in the shortest plain form. */
export function encodeTlv(tag: number, value: Uint8Array): Uint8Array {
  const tagBytes = [tag >>> 24, (tag >>> 16) & 0xff, (tag >>> 8) & 0xff, tag & 0xff];
  const from = tagBytes.findIndex((byte) => byte !== 0);
  const count = value.length;
  const length = count < 0x80 ? [count] : count < 0x100 ? [0x81, count] : [0x82, count >>> 8, count & 0xff];
  return Uint8Array.of(...tagBytes.slice(from), ...length, ...value);
}

function tagAt(bytes: Uint8Array, start: number): { tag: number; byteCount: number } | TlvFaultCode {
  let tag = bytes[start] ?? 0;
  let byteCount = 1;
  if ((tag & 0x1f) !== 0x1f) return { tag, byteCount };
  for (;;) {
    const next = bytes[start + byteCount];
    if (next === undefined) return "neo2/tlv_cut";
    if (byteCount === TAG_BYTES_MAX) return "neo2/tlv_tag";
    tag = tag * 0x100 + next;
    byteCount += 1;
    if ((next & 0x80) === 0) return { tag, byteCount };
  }
}

interface Length {
  readonly form: TlvForm;
  readonly valueBytes: number;
  readonly byteCount: number;
}

function lengthAt(bytes: Uint8Array, start: number): Length | TlvFaultCode {
  const first = bytes[start];
  if (first === undefined) return "neo2/tlv_cut";
  if (first < 0x80) return { form: "plain", valueBytes: first, byteCount: 1 };
  const form = FORMS.get(first & 0xe0);
  const lengthBytes = first & 0x1f;
  if (form === undefined || lengthBytes < 1 || lengthBytes > 2) return "neo2/tlv_length";
  const [high, low] = bytes.subarray(start + 1, start + 1 + lengthBytes);
  if (high === undefined || (lengthBytes === 2 && low === undefined)) return "neo2/tlv_cut";
  const valueBytes = low === undefined ? high : (high << 8) | low;
  return { form, valueBytes, byteCount: 1 + lengthBytes };
}
