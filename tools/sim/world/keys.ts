/**
 * Keys of a world. Most worlds sign with a keyed SHA-256 in the shape of an Ed25519 signature: what
 * the product asks of a signature is that only its key makes it, and a hundred times more orders fit
 * into an hour. Some worlds use the product's Ed25519. Never for anything outside of a simulation.
 */
import { sha256 } from "../../../protocol/hash.ts";
import type { Signer, Verifier } from "../../../protocol/ed25519.ts";
import { createSigner, createVerifier } from "../../../protocol/sign.ts";

/** A key with both of its sides, and the secret that must never be seen anywhere. */
export interface KeyPair {
  readonly seed: Uint8Array;
  readonly signer: Signer;
  readonly verifier: Verifier;
}

/** How a world signs. */
export type KeyKind = "fast" | "ed25519";

/** The key that grows from `seed`, 32 bytes. */
export function keyPair(kind: KeyKind, seed: Uint8Array): KeyPair {
  if (kind === "fast") return fastPair(seed);
  const signer = createSigner(seed);
  const verifier = createVerifier(signer.publicKey);
  if (!verifier.ok) throw new Error(verifier.message);
  return { seed, signer, verifier: verifier.value };
}

function fastPair(seed: Uint8Array): KeyPair {
  const publicKey = sha256(seed, new TextEncoder().encode("public"));
  const secret = sha256(seed, new TextEncoder().encode("secret"));
  const sign = (message: Uint8Array): Uint8Array => {
    const keyed = new Uint8Array(secret.length + message.length);
    keyed.set(secret);
    keyed.set(message, secret.length);
    const half = sha256(keyed);
    const signature = new Uint8Array(64);
    signature.set(half);
    signature.set(half, 32);
    return signature;
  };
  const verify = (message: Uint8Array, signature: Uint8Array): boolean =>
    Buffer.compare(sign(message), signature) === 0;
  return { seed, signer: { publicKey, sign }, verifier: { publicKey, verify } };
}
