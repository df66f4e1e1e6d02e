/**
 * PINs by scrypt on this machine: the parameters of every PIN that is kept, off the main thread,
 * compared in constant time. The PIN itself is kept nowhere.
 */
import { scrypt, timingSafeEqual } from "node:crypto";
import type { ScryptOptions } from "node:crypto";
import type { Rng } from "../clock.ts";
import type { PinHash } from "../config.ts";
import type { PinHasher } from "../staff/pin-gate.ts";

/** RELIABILITY 7.7. A kept hash does not name them: they never change under the same key of the configuration. */
const SCRYPT: ScryptOptions = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Hashes a PIN for the configuration, with a salt of its own. */
export async function keepPin(pin: string, rng: Rng): Promise<PinHash> {
  const salt = rng.bytes(SALT_BYTES);
  return { salt, hash: await hashOf(pin, salt) };
}

/** The hasher of this machine; one at a time is the gate's business. */
export function createPinHasher(rng: Rng): PinHasher {
  const decoy: PinHash = { salt: rng.bytes(SALT_BYTES), hash: rng.bytes(HASH_BYTES) };
  return {
    matches: async (pin, kept) => {
      const { salt, hash } = kept ?? decoy;
      const isEqual = timingSafeEqual(await hashOf(pin, salt), hash);
      return kept !== null && isEqual;
    },
  };
}

function hashOf(pin: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, SCRYPT, (cause, hash) => {
      if (cause === null) resolve(new Uint8Array(hash));
      else reject(cause);
    });
  });
}
