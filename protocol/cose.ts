/**
 * COSE_Sign1 (RFC 9052 §4.2) in one shape: tag 18, payload inside, everything under the signature.
 * Owns the envelope and what is signed; knows nothing of what a payload means or whose a kid is.
 * C1 The protected header is exactly {1: alg, 3: content type as text, 4: kid as bytes}; the
 *    unprotected header is empty. What has another shape is refused, also where COSE would allow it.
 * C2 The algorithm is Ed25519, written as -8 (EdDSA) and read as -8 or -19 (RFC 9864); the key
 *    decides what is computed, never the message.
 * C3 The signature is checked over the header and payload bytes as received, never over re-encoded ones.
 */
import type { CborFaultCode, CborMap, CborResult, CborTag, CborValue } from "./cbor-value.ts";
import { CBOR_TAG_COSE_SIGN1 } from "./cbor-value.ts";
import { decodeCbor } from "./cbor-decode.ts";
import { encodeCbor } from "./cbor-encode.ts";
import { ED25519_SIGNATURE_BYTES } from "./ed25519.ts";
import type { Signer, Verifier } from "./ed25519.ts";

/** Header labels (RFC 9052 §3.1). */
const LABEL = { ALG: 1, CRIT: 2, CONTENT_TYPE: 3, KID: 4 } as const;

/** Algorithm numbers: EdDSA (RFC 9053 §2.2) and fully specified Ed25519 (RFC 9864). */
const ALG = { EDDSA: -8, ED25519: -19 } as const;

/** The context of a single signer's Sig_structure (RFC 9052 §4.4). */
const SIGNATURE_CONTEXT = "Signature1";

/** The part of a Sig_structure that is neither header, external data nor payload: heads and context, rounded up. */
const SIG_STRUCTURE_FRAME_BYTES_MAX = 64;

/** Bytes before the protected header's byte string: the tag and the head of the array. */
const PROTECTED_OFFSET_BYTES = 2;

/** Why bytes are not a message of C1. A fault of the CBOR below keeps its own code. */
export type CoseFaultCode =
  | CborFaultCode
  /** Not tag 18 over an array of four. */
  | "cose/not_sign1"
  /** A tag where the profile has none. */
  | "cose/nested_tag"
  /** A part of another CBOR type than it must have. */
  | "cose/part_kind"
  /** The protected bytes are not a map. */
  | "cose/protected_not_map"
  /** A label stands in both headers. */
  | "cose/label_in_both"
  /** The unprotected header holds something. */
  | "cose/unprotected_not_empty"
  /** The message demands that extensions be understood; there are none. */
  | "cose/crit_not_understood"
  /** A protected label other than alg, content type and kid. */
  | "cose/label_unknown"
  /** No algorithm, or another than Ed25519. */
  | "cose/alg_not_ed25519"
  /** No content type, or one that is not text. */
  | "cose/content_type_kind"
  /** No kid, or one that is not bytes. */
  | "cose/kid_kind"
  /** The payload is elsewhere. */
  | "cose/payload_detached"
  /** A signature that is not 64 bytes. */
  | "cose/signature_length";

/** What a log says beside the code. */
const MESSAGES: { readonly [Code in Exclude<CoseFaultCode, CborFaultCode>]: string } = {
  "cose/not_sign1": "Not a tagged COSE_Sign1 of four parts",
  "cose/nested_tag": "A tag stands inside the message",
  "cose/part_kind": "A part of the message has the wrong type",
  "cose/protected_not_map": "The protected header is not a map",
  "cose/label_in_both": "A label stands in both headers",
  "cose/unprotected_not_empty": "The unprotected header is not empty",
  "cose/crit_not_understood": "The message demands an extension that is not understood",
  "cose/label_unknown": "The protected header holds an unknown label",
  "cose/alg_not_ed25519": "The algorithm is not Ed25519",
  "cose/content_type_kind": "The content type is missing or not text",
  "cose/kid_kind": "The kid is missing or not bytes",
  "cose/payload_detached": "The payload is not in the message",
  "cose/signature_length": "The signature is not 64 bytes",
};

/** `offset` is in the message; where a header or a part is wrong as a whole it is where the message or the header begins. */
interface CoseFault {
  readonly ok: false;
  readonly code: CoseFaultCode;
  readonly offset: number;
  readonly message: string;
}

/** What was read, or the first reason against it. */
export type CoseResult<T> = { readonly ok: true; readonly value: T } | CoseFault;

/** A message of the right shape. Nothing in it is to be believed before verifyCose has said true. */
export interface CoseMessage {
  /** Names the key; a hint, and not unique. */
  readonly kid: Uint8Array;
  readonly contentType: string;
  readonly payload: Uint8Array;
  /** The encoded protected header as received: these bytes are signed. */
  readonly protectedBytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** What goes into a message. `externalAad` is signed and not sent: the reader must know it. */
export interface CoseDraft {
  readonly signer: Signer;
  readonly kid: Uint8Array;
  readonly contentType: string;
  readonly externalAad: Uint8Array;
  readonly payload: Uint8Array;
}

/** The signed message in bytes. Throws a Bug when it would be longer than CBOR_BYTES_MAX. */
export function signCose(draft: CoseDraft): Uint8Array {
  const header = new Map<number, CborValue>([
    [LABEL.ALG, ALG.EDDSA],
    [LABEL.CONTENT_TYPE, draft.contentType],
    [LABEL.KID, draft.kid],
  ]);
  const protectedBytes = encodeCbor(header);
  const signature = draft.signer.sign(sigStructure(protectedBytes, draft.externalAad, draft.payload));
  return encodeCbor({
    tag: CBOR_TAG_COSE_SIGN1,
    value: [protectedBytes, new Map<number, CborValue>(), draft.payload, signature],
  });
}

/** Reads the shape of a message and holds it to C1 and C2; says nothing about the signature. */
export function readCose(bytes: Uint8Array): CoseResult<CoseMessage> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return decoded;
  if (!isTag(decoded.value)) return refuse("cose/not_sign1", 0);
  const parts = decoded.value.value;
  if (isTag(parts)) return refuse("cose/nested_tag", 1);
  if (!isArray(parts) || parts.length !== 4) return refuse("cose/not_sign1", 1);
  if (parts.some(isTag)) return refuse("cose/nested_tag", 1);
  const [protectedBytes, unprotected, payload, signature] = parts;
  if (!(protectedBytes instanceof Uint8Array) || !isMap(unprotected)) return refuse("cose/part_kind", 1);
  if (payload === null) return refuse("cose/payload_detached", 1);
  if (!(payload instanceof Uint8Array) || !(signature instanceof Uint8Array))
    return refuse("cose/part_kind", 1);
  if (signature.length !== ED25519_SIGNATURE_BYTES) return refuse("cose/signature_length", 1);

  const offset = PROTECTED_OFFSET_BYTES + headBytes(protectedBytes.length);
  const header = readHeader(protectedBytes, unprotected, offset);
  if (!header.ok) return header;
  const { kid, contentType } = header.value;
  return { ok: true, value: { kid, contentType, payload, protectedBytes, signature } };
}

/** Whether the message's signature is this key's over its header, this external data and its payload. */
export function verifyCose(message: CoseMessage, verifier: Verifier, externalAad: Uint8Array): boolean {
  const signed = sigStructure(message.protectedBytes, externalAad, message.payload);
  return verifier.verify(signed, message.signature);
}

/** The bytes under the signature (RFC 9052 §4.4). */
function sigStructure(protectedBytes: Uint8Array, externalAad: Uint8Array, payload: Uint8Array): Uint8Array {
  // A message may fill its limit and has to be checked all the same, so the limit here follows the parts.
  const bytesMax =
    protectedBytes.length + externalAad.length + payload.length + SIG_STRUCTURE_FRAME_BYTES_MAX;
  return encodeCbor([SIGNATURE_CONTEXT, protectedBytes, externalAad, payload], { bytesMax });
}

interface Header {
  readonly kid: Uint8Array;
  readonly contentType: string;
}

/** C1 and C2 for the two headers; `offset` is where the protected bytes begin in the message. */
function readHeader(protectedBytes: Uint8Array, unprotected: CborMap, offset: number): CoseResult<Header> {
  const decoded = decodeHeader(protectedBytes);
  if (!decoded.ok) return { ...decoded, offset: offset + decoded.offset };
  const header = decoded.value;
  if (!isMap(header)) return refuse("cose/protected_not_map", offset);
  for (const label of unprotected.keys()) {
    if (header.has(label)) return refuse("cose/label_in_both", offset);
  }
  if (unprotected.size > 0) return refuse("cose/unprotected_not_empty", offset + protectedBytes.length);
  if (header.has(LABEL.CRIT)) return refuse("cose/crit_not_understood", offset);
  const alg = header.get(LABEL.ALG);
  if (alg !== ALG.EDDSA && alg !== ALG.ED25519) return refuse("cose/alg_not_ed25519", offset);
  const contentType = header.get(LABEL.CONTENT_TYPE);
  if (typeof contentType !== "string") return refuse("cose/content_type_kind", offset);
  const kid = header.get(LABEL.KID);
  if (!(kid instanceof Uint8Array)) return refuse("cose/kid_kind", offset);
  if (header.size !== 3) return refuse("cose/label_unknown", offset);
  return { ok: true, value: { kid, contentType } };
}

/** No bytes at all stand for the empty map (RFC 9052 §3). */
function decodeHeader(protectedBytes: Uint8Array): CborResult<CborValue> {
  return protectedBytes.length === 0
    ? { ok: true, value: new Map<number, CborValue>() }
    : decodeCbor(protectedBytes);
}

/** Bytes of the head of a byte string of this length, which CBOR_BYTES_MAX keeps below 2^32. */
function headBytes(lengthBytes: number): number {
  if (lengthBytes < 24) return 1;
  if (lengthBytes < 0x100) return 2;
  return lengthBytes < 0x1_0000 ? 3 : 5;
}

function refuse(code: Exclude<CoseFaultCode, CborFaultCode>, offset: number): CoseFault {
  return { ok: false, code, offset, message: MESSAGES[code] };
}

function isTag(value: CborValue): value is CborTag {
  return typeof value === "object" && value !== null && "tag" in value;
}

function isArray(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

function isMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map;
}
