/**
 * SHA-256 (FIPS 180-4) by node:crypto, and the one rule by which records are chained.
 * Hashes bytes that exist already; nothing here encodes. CRC-32 is disk framing and lives with the journal.
 */
import { createHash, hash } from "node:crypto";
import { assert } from "../core/bug.ts";

/** Bytes of a SHA-256 value. */
export const HASH_BYTES = 32;

/** The hash before the first record of a chain: 32 zero bytes. Treat as constant; never write into it. */
export const CHAIN_START: Uint8Array = new Uint8Array(HASH_BYTES);

/** SHA-256 of the parts as if they were joined; 32 bytes that the caller owns. */
export function sha256(bytes: Uint8Array, ...more: readonly Uint8Array[]): Uint8Array {
  if (more.length === 0) return new Uint8Array(hash("sha256", bytes, "buffer"));
  const digest = createHash("sha256").update(bytes);
  for (const part of more) digest.update(part);
  return new Uint8Array(digest.digest());
}

/** SHA-256 of a text's UTF-8, in 64 lower-case hex digits. The text must be well-formed: a lone surrogate would be replaced. */
export function sha256Hex(text: string): string {
  return hash("sha256", text, "hex");
}

/** The hash of a commit block in its chain: SHA-256(previous || recordBytes), `previous` being 32 bytes. */
export function chainHash(previous: Uint8Array, recordBytes: Uint8Array): Uint8Array {
  assert(previous.length === HASH_BYTES, "hash: A previous hash is 32 bytes");
  return sha256(previous, recordBytes);
}
