/**
 * What every kind of `tools/inspect` is: a pure function from the bytes of one item to what they say,
 * or to the first reason against them. Input is anybody's: nothing here throws on it.
 */

/** A value that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What the bytes of one item say, or a coded reason with its place. */
export type Inspected = { readonly ok: true; readonly value: { readonly [name: string]: Json } } | Refused;

/** Bytes that are not what they were given as. */
export interface Refused {
  readonly ok: false;
  readonly code: string;
  /** The byte, or the character of a text, at which it shows. */
  readonly offset: number;
  readonly message: string;
  /** The field of a JSON item that it is about. */
  readonly path?: string;
}

/** Options by name, as they stood on the command line. */
export type InspectOptions = Readonly<Record<string, string | undefined>>;

/** One kind. */
export interface Inspector {
  readonly name: string;
  /** One line for --help. */
  readonly summary: string;
  /** Options beside the common ones: name and what stands behind it. */
  readonly options: Readonly<Record<string, string>>;
  /**
   * "bytes" come as hex unless --raw says otherwise; "text" comes as it is, an item a line; so does
   * "json", where the whole input may also be one item over several lines.
   */
  readonly input: "bytes" | "text" | "json";
  /** What --help adds when it is asked for this kind. */
  readonly help?: string;
  readonly inspect: (bytes: Uint8Array, options: InspectOptions) => Inspected;
  /** With --back: from what it printed (parsed JSON, anybody's) to the bytes, in hex. */
  readonly back?: (json: unknown) => Inspected;
}

/** A refusal. */
export function refused(code: string, offset: number, message: string): Refused {
  return { ok: false, code, offset, message };
}

/** Lower-case hex. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
}

/** The bytes of hex text with blanks in it, or the refusal of the first character that is none. */
export function bytesOfHex(text: string): { readonly ok: true; readonly bytes: Uint8Array } | Refused {
  const digits = text.replace(/\s+/g, "");
  const wrong = text.search(/[^0-9a-fA-F\s]/);
  if (wrong >= 0) return refused("input/not_hex", wrong, "Not a hex digit. For bytes as they are use --raw");
  if (digits.length % 2 === 1)
    return refused("input/odd_hex", text.length, "Half a byte is missing: hex digits come in pairs");
  return { ok: true, bytes: new Uint8Array(Buffer.from(digits, "hex")) };
}
