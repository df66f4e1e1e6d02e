/**
 * The forms in which a secret could be seen in a text. Raw bytes are looked for by whoever has the
 * bytes at hand.
 */

/** Hex and base64 of these bytes. */
export function forms(secret: Uint8Array): readonly string[] {
  const buffer = Buffer.from(secret);
  return [buffer.toString("hex"), buffer.toString("base64"), buffer.toString("base64url")];
}
