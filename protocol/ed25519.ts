/**
 * What a signature is to the rest of the house, and the rules that every implementation obeys first.
 * Owns the Signer and Verifier interfaces and the checks on keys and signatures that libraries
 * disagree about, so that one component decides, once. Knows no cryptography: sign.ts does.
 * K1 A public key is 32 bytes, its y is below p, and it is none of the points of order 1, 2, 4 or 8.
 * K2 A signature is 64 bytes and its S is below L (RFC 8032 §5.1.7), so no second signature can be
 *    made from a first. Even so a signature is never a key to find or to tell apart messages by.
 */

/** Bytes of the secret from which a key pair grows (RFC 8032 §5.1.5). */
export const ED25519_SEED_BYTES = 32;

/** Bytes of an encoded public key. */
const ED25519_PUBLIC_KEY_BYTES = 32;

/** Bytes of a signature, R then S. */
export const ED25519_SIGNATURE_BYTES = 64;

/** Holds one private key. Signatures are deterministic: the same message gives the same 64 bytes. */
export interface Signer {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** Holds one public key that has passed K1. */
export interface Verifier {
  readonly publicKey: Uint8Array;
  /** Whether `signature` is this key's over exactly these bytes; any wrong length or form is false, never a throw. */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** Why bytes are not a public key that may be trusted. */
export type KeyFaultCode = "key/length" | "key/not_canonical" | "key/low_order";

/** A verifier, or why there is none; `offset` is 0, for the key is at fault as a whole. */
export type VerifierResult =
  | { readonly ok: true; readonly value: Verifier }
  | { readonly ok: false; readonly code: KeyFaultCode; readonly offset: number; readonly message: string };

/** 2^255 - 19, the prime of the field, little-endian. */
const FIELD_PRIME = littleEndian("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");

/** 2^252 + 27742317777372353535851937790883648493, the order of the base point, little-endian. */
const GROUP_ORDER = littleEndian("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

/** The y of the eight points of small order: 1 (order 1), -1 (order 2), 0 (order 4), two of order 8. */
const LOW_ORDER_Y: readonly Uint8Array[] = [
  littleEndian("01"),
  littleEndian("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
  littleEndian("00"),
  littleEndian("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"),
  littleEndian("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"),
];

/** What is wrong with a public key under K1; undefined when it may be used. */
export function publicKeyFault(publicKey: Uint8Array): KeyFaultCode | undefined {
  if (publicKey.length !== ED25519_PUBLIC_KEY_BYTES) return "key/length";
  // The top bit is the sign of x. Both signs of a small-order y are refused, also where x is 0.
  const y = publicKey.slice();
  y[31] = (y[31] ?? 0) & 0x7f;
  if (!isBelow(y, 0, FIELD_PRIME)) return "key/not_canonical";
  for (const lowOrder of LOW_ORDER_Y) {
    if (y.every((byte, index) => byte === lowOrder[index])) return "key/low_order";
  }
  return undefined;
}

/** Whether a signature has the length and the range of K2; says nothing about whether it is right. */
export function isSignatureCanonical(signature: Uint8Array): boolean {
  return signature.length === ED25519_SIGNATURE_BYTES && isBelow(signature, 32, GROUP_ORDER);
}

/** Compares 32 bytes from `start`, read little-endian, with `bound`. Public data: time may depend on it. */
function isBelow(bytes: Uint8Array, start: number, bound: Uint8Array): boolean {
  for (let index = 31; index >= 0; index -= 1) {
    const difference = (bytes[start + index] ?? 0) - (bound[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function littleEndian(hex: string): Uint8Array {
  const bytes = new Uint8Array(32);
  const padded = hex.padStart(64, "0");
  for (let index = 0; index < 32; index += 1) {
    bytes[31 - index] = Number.parseInt(padded.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}
