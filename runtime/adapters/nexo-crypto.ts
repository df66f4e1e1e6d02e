/**
 * The primitives of the nexo envelope on this machine. Knows nothing of messages; which of them is used
 * for what stands in drivers/reader/nexo/envelope.ts.
 */
import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import type { NexoCrypto } from "../../drivers/reader/nexo/envelope.ts";

const CIPHER = "aes-256-cbc";

/** The primitives by OpenSSL. SHA-1 is what the protocol derives its key with; nothing is signed by it. */
export const nexoCrypto: NexoCrypto = {
  pbkdf2Sha1: (passphrase, salt, rounds, lengthBytes) =>
    new Uint8Array(pbkdf2Sync(passphrase, salt, rounds, lengthBytes, "sha1")),
  hmacSha256: (key, message) => new Uint8Array(createHmac("sha256", key).update(message).digest()),
  encrypt: (key, startVector, plain) => {
    const cipher = createCipheriv(CIPHER, key, startVector);
    return new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]));
  },
  decrypt: (key, startVector, sealed) => {
    const cipher = createDecipheriv(CIPHER, key, startVector);
    // The caller wipes what it gets; no other copy of the plain bytes may be left behind.
    const plain = new Uint8Array(new ArrayBuffer(sealed.length));
    const parts: Buffer[] = [];
    try {
      parts.push(cipher.update(sealed));
      parts.push(cipher.final());
      let at = 0;
      for (const part of parts) {
        plain.set(part, at);
        at += part.length;
      }
      return plain.subarray(0, at);
    } catch {
      plain.fill(0);
      return undefined;
    } finally {
      for (const part of parts) part.fill(0);
    }
  },
  random: (lengthBytes) => new Uint8Array(randomBytes(lengthBytes)),
};
