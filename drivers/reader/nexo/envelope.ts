/**
 * The encrypted envelope: header in the clear, message as AES-256-CBC under a key of both sides, and an
 * HMAC-SHA256 of the plain bytes. One passphrase gives 80 bytes (PBKDF2-HMAC-SHA1, 4000 rounds): 32 for
 * the HMAC, 32 for the cipher, 16 that are combined with each message's nonce to its start vector.
 * Checked against an answer that the maker of this dialect publishes for its own library. Pure: the
 * primitives are arguments.
 */

import { textAt } from "./scan.ts";
import type { Scanned } from "./scan.ts";

/** The primitives; one implementation is in runtime/adapters. */
export interface NexoCrypto {
  pbkdf2Sha1(passphrase: Uint8Array, salt: Uint8Array, rounds: number, lengthBytes: number): Uint8Array;
  hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array;
  /** AES-256-CBC with PKCS#7 padding. */
  encrypt(key: Uint8Array, startVector: Uint8Array, plain: Uint8Array): Uint8Array;
  /** Undefined when the length or the padding is wrong. */
  decrypt(key: Uint8Array, startVector: Uint8Array, sealed: Uint8Array): Uint8Array | undefined;
  random(lengthBytes: number): Uint8Array;
}

/** The shared key as it is set up on both sides. */
export interface NexoKeyConfig {
  readonly identifier: string;
  readonly version: number;
  /** Latin-1 letters; others are refused when the key is made. */
  readonly passphrase: string;
}

/** A key that is ready for use. Never logged. */
export interface NexoKey {
  readonly identifier: string;
  readonly version: number;
  readonly hmacKey: Uint8Array;
  readonly cipherKey: Uint8Array;
  readonly startVector: Uint8Array;
}

/** Why an envelope was not opened. */
export type EnvelopeCode =
  | "nexo/not_sealed"
  | "nexo/bad_base64"
  | "nexo/unknown_key"
  | "nexo/unknown_key_version"
  | "nexo/unknown_crypto_version"
  | "nexo/bad_nonce"
  | "nexo/bad_cipher"
  | "nexo/bad_hmac";

/** What the trailer of an envelope says. */
export interface SecurityTrailer {
  readonly KeyVersion: number;
  readonly KeyIdentifier: string;
  readonly Hmac: string;
  readonly Nonce: string;
  readonly AdyenCryptoVersion: number;
}

/** The two fields of an envelope beside its header. */
export interface Sealed {
  readonly NexoBlob: string;
  readonly SecurityTrailer: SecurityTrailer;
}

const SALT = "AdyenNexoV1Salt";
const ROUNDS = 4000;
const HMAC_KEY_BYTES = 32;
const CIPHER_KEY_BYTES = 32;
const VECTOR_BYTES = 16;
const CRYPTO_VERSION = 1;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The working key of a passphrase; takes some milliseconds. Undefined when the passphrase is empty or not Latin-1. */
export function deriveKey(config: NexoKeyConfig, crypto: NexoCrypto): NexoKey | undefined {
  if (!/^[\x20-\x7e\xa0-\xff]+$/.test(config.passphrase)) return undefined;
  const bytes = crypto.pbkdf2Sha1(
    latin(config.passphrase),
    latin(SALT),
    ROUNDS,
    HMAC_KEY_BYTES + CIPHER_KEY_BYTES + VECTOR_BYTES,
  );
  return {
    identifier: config.identifier,
    version: config.version,
    hmacKey: bytes.slice(0, HMAC_KEY_BYTES),
    cipherKey: bytes.slice(HMAC_KEY_BYTES, HMAC_KEY_BYTES + CIPHER_KEY_BYTES),
    startVector: bytes.slice(HMAC_KEY_BYTES + CIPHER_KEY_BYTES),
  };
}

/** Seals one message under a fresh nonce. */
export function seal(plain: Uint8Array, key: NexoKey, crypto: NexoCrypto): Sealed {
  const nonce = crypto.random(VECTOR_BYTES);
  return {
    NexoBlob: base64(crypto.encrypt(key.cipherKey, combined(key.startVector, nonce), plain)),
    SecurityTrailer: {
      KeyVersion: key.version,
      KeyIdentifier: key.identifier,
      Hmac: base64(crypto.hmacSha256(key.hmacKey, plain)),
      Nonce: base64(nonce),
      AdyenCryptoVersion: CRYPTO_VERSION,
    },
  };
}

/** The plain bytes of a scanned envelope, which the caller wipes, or the first thing against it. */
export function openEnvelope(
  envelope: Scanned | undefined,
  key: NexoKey,
  crypto: NexoCrypto,
): { readonly ok: true; readonly plain: Uint8Array } | { readonly ok: false; readonly code: EnvelopeCode } {
  const blob = textAt(envelope, "NexoBlob");
  const trailer = (name: string): string => textAt(envelope, "SecurityTrailer", name);
  if (blob === "") return { ok: false, code: "nexo/not_sealed" };
  if (trailer("AdyenCryptoVersion") !== String(CRYPTO_VERSION))
    return { ok: false, code: "nexo/unknown_crypto_version" };
  if (trailer("KeyIdentifier") !== key.identifier) return { ok: false, code: "nexo/unknown_key" };
  if (trailer("KeyVersion") !== String(key.version)) return { ok: false, code: "nexo/unknown_key_version" };
  const sealed = unBase64(blob);
  const nonce = unBase64(trailer("Nonce"));
  const hmac = unBase64(trailer("Hmac"));
  if (sealed === undefined || nonce === undefined || hmac === undefined)
    return { ok: false, code: "nexo/bad_base64" };
  if (nonce.length !== VECTOR_BYTES) return { ok: false, code: "nexo/bad_nonce" };
  const plain = crypto.decrypt(key.cipherKey, combined(key.startVector, nonce), sealed);
  if (plain === undefined) return { ok: false, code: "nexo/bad_cipher" };
  if (!isSame(crypto.hmacSha256(key.hmacKey, plain), hmac)) {
    plain.fill(0);
    return { ok: false, code: "nexo/bad_hmac" };
  }
  return { ok: true, plain };
}

function combined(vector: Uint8Array, nonce: Uint8Array): Uint8Array {
  return vector.map((byte, index) => byte ^ (nonce[index] ?? 0));
}

/** Every byte is looked at, whatever the first ones said. */
function isSame(ours: Uint8Array, theirs: Uint8Array): boolean {
  const difference = ours.reduce((bits, byte, index) => bits | (byte ^ (theirs[index] ?? 0)), 0);
  return difference === 0 && ours.length === theirs.length;
}

function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function unBase64(text: string): Uint8Array | undefined {
  return BASE64.test(text) ? latin(atob(text)) : undefined;
}
