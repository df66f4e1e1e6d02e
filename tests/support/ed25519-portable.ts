/**
 * A second Ed25519, over tweetnacl: another program by other people, to check protocol/sign.ts with.
 * Same interfaces and the same rules first (protocol/ed25519.ts), among them S < L, which tweetnacl
 * itself does not ask. Some hundred times slower than node:crypto, so it stands here and ships nowhere.
 */
import nacl from "tweetnacl";
import { isSignatureCanonical, publicKeyFault } from "../../protocol/ed25519.ts";
import type { Signer, VerifierResult } from "../../protocol/ed25519.ts";

/** As createSigner of protocol/sign.ts; tweetnacl throws on a seed that is not 32 bytes. */
export function createPortableSigner(seed: Uint8Array): Signer {
  const pair = nacl.sign.keyPair.fromSeed(seed);
  return {
    publicKey: pair.publicKey,
    sign: (message) => nacl.sign.detached(message, pair.secretKey),
  };
}

/** As createVerifier of protocol/sign.ts. */
export function createPortableVerifier(publicKey: Uint8Array): VerifierResult {
  const code = publicKeyFault(publicKey);
  if (code !== undefined) return { ok: false, code, offset: 0, message: "This public key may not be used" };
  const key = publicKey.slice();
  return {
    ok: true,
    value: {
      publicKey: key,
      verify: (message, signature) =>
        isSignatureCanonical(signature) && nacl.sign.detached.verify(message, signature, key),
    },
  };
}
