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
    const parts: Buffer[] = [];
    try {
      parts.push(cipher.update(sealed), cipher.final());
      return new Uint8Array(Buffer.concat(parts));
    } catch {
      return undefined;
    } finally {
      for (const part of parts) part.fill(0);
    }
  },
  random: (lengthBytes) => new Uint8Array(randomBytes(lengthBytes)),
};
