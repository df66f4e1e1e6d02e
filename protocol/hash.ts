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

/** Parts up to this are joined and hashed in one call, which costs a third of a hash that is fed by parts. */
const JOINED_BYTES_MAX = 65_536;
const joined = new Uint8Array(JOINED_BYTES_MAX);

/** SHA-256 of the parts as if they were joined; 32 bytes that the caller owns. */
export function sha256(bytes: Uint8Array, ...more: readonly Uint8Array[]): Uint8Array {
  if (more.length === 0) return bytesOf(hash("sha256", bytes, "binary"));
  const lengthBytes = more.reduce((length, part) => length + part.length, bytes.length);
  if (lengthBytes > JOINED_BYTES_MAX) return fedByParts([bytes, ...more]);
  joined.set(bytes);
  let end = bytes.length;
  for (const part of more) {
    joined.set(part, end);
    end += part.length;
  }
  return bytesOf(hash("sha256", joined.subarray(0, end), "binary"));
}

function fedByParts(parts: readonly Uint8Array[]): Uint8Array {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return new Uint8Array(digest.digest());
}

/** A string with a byte in each unit: small bytes made from it are cheaper than those that come as a buffer. */
function bytesOf(units: string): Uint8Array {
  const bytes = new Uint8Array(HASH_BYTES);
  for (let index = 0; index < HASH_BYTES; index += 1) bytes[index] = units.charCodeAt(index);
  return bytes;
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
