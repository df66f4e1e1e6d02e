/**
 * Bytes as hex and as text. Used for what may be known of a reader and a card; card numbers are never
 * given to it (card.ts).
 */

/** Upper case, two characters a byte. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (value) => value.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

/** Printable ASCII up to the first zero byte, without blanks at either end and at most `charsMax` characters. */
export function toText(bytes: Uint8Array, charsMax: number): string {
  const end = bytes.indexOf(0);
  const shown = Array.from(end < 0 ? bytes : bytes.subarray(0, end), (value) =>
    value >= 0x20 && value <= 0x7e ? String.fromCharCode(value) : " ",
  );
  return shown.join("").replaceAll(/ +/g, " ").trim().slice(0, charsMax).trim();
}
