/** Hex for goldens: what a test prints and compares. Spaces and line breaks in hex are for the reader and are skipped. */

/** The bytes that `hex` writes. Throws on what is not hex, so that a mistyped golden cannot pass. */
export function fromHex(hex: string): Uint8Array {
  const digits = hex.replaceAll(/\s/g, "");
  if (!/^([0-9a-f]{2})*$/.test(digits)) throw new Error(`Not hex: ${hex}`);
  return new Uint8Array(Buffer.from(digits, "hex"));
}

/** Lower-case hex without spaces. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** The entries of a golden file: a line "# name" and a line of hex each. */
export function goldenEntries(text: string): readonly (readonly [name: string, bytes: Uint8Array])[] {
  const entries = text.split(/^# /m).filter((entry) => entry !== "");
  return entries.map((entry) => {
    const [name = "", ...hex] = entry.split("\n");
    return [name, fromHex(hex.join(""))];
  });
}
