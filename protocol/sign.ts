/**
 * Ed25519 (RFC 8032) by node:crypto: the signer and verifier of everything that leaves a terminal.
 * Owns the key objects; the rules on keys and signatures are ed25519.ts's and are asked first.
 * Makes no keys: randomness is the caller's, who hands in the seed.
 */
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { assert } from "../core/bug.ts";
import { ED25519_SEED_BYTES, isSignatureCanonical, publicKeyFault } from "./ed25519.ts";
import type { Signer, Verifier, VerifierResult } from "./ed25519.ts";

/** PKCS #8 PrivateKeyInfo of an Ed25519 key up to its 32 bytes of seed (RFC 8410 §7). */
const PKCS8_PREFIX_HEX = "302e020100300506032b657004220420";

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes of key (RFC 8410 §4). */
const SPKI_PREFIX_HEX = "302a300506032b6570032100";

/** The signer whose private key grows from these 32 bytes; throws a Bug on another length. Keeps no reference to `seed`. */
export function createSigner(seed: Uint8Array): Signer {
  assert(seed.length === ED25519_SEED_BYTES, "sign: A seed is 32 bytes");
  const key = createPrivateKey({
    key: PKCS8_PREFIX_HEX + hexOf(seed),
    encoding: "hex",
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    publicKey: new Uint8Array(spki.subarray(SPKI_PREFIX_HEX.length / 2)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

/**
 * The verifier of a raw public key; refuses what ed25519.ts K1 refuses.
 * A key off the curve is not seen here: its verifier says false to every signature.
 */
export function createVerifier(publicKey: Uint8Array): VerifierResult {
  const code = publicKeyFault(publicKey);
  if (code !== undefined) return { ok: false, code, offset: 0, message: "This public key may not be used" };
  const key = createPublicKey({
    key: SPKI_PREFIX_HEX + hexOf(publicKey),
    encoding: "hex",
    format: "der",
    type: "spki",
  });
  const value: Verifier = {
    publicKey: publicKey.slice(),
    verify: (message, signature) => isSignatureCanonical(signature) && verify(null, message, key, signature),
  };
  return { ok: true, value };
}

function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}
