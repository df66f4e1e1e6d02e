/**
 * The AIM symbology identifier that a scanner may send in front of the data: "]", a letter, a
 * modifier (ISO/IEC 15424). It tells a payment code from a pallet number and a GTIN from chance digits.
 */

/** How the data behind an identifier is to be read. */
export type AimForm =
  /** EAN-13 or UPC as 13 digits (some scanners leave out the leading zero of UPC-A). */
  | "retail"
  /** The same with two or five digits of an add-on behind it. */
  | "retail_addon"
  | "ean8"
  /** Interleaved 2 of 5: a short read of it is a code of fewer digits, so only 14 are believed. */
  | "itf"
  | "gs1"
  /** Anything: Code 128, Code 39, QR, PDF417 and the rest. */
  | "text";

/** A code parted into identifier and data; `form` undefined where none was sent. */
export interface AimParts {
  readonly form: AimForm | undefined;
  readonly data: string;
}

const FORMS: ReadonlyMap<string, AimForm> = new Map([
  ["E0", "retail"],
  ["E3", "retail_addon"],
  ["E4", "ean8"],
  ["I0", "itf"],
  ["I1", "itf"],
  ["I3", "itf"],
  ["C1", "gs1"],
  ["e0", "gs1"],
  ["d2", "gs1"],
  ["Q3", "gs1"],
  ["J1", "gs1"],
]);

const AIM = /^\]([A-Za-z][0-9A-Za-z])/;

/** Characters of an identifier. */
export const AIM_CHARS = 3;

/** Parts `text`; never fails: what does not begin with an identifier is data. */
export function splitAim(text: string): AimParts {
  const id = AIM.exec(text)?.[1];
  if (id === undefined) return { form: undefined, data: text };
  return { form: FORMS.get(id) ?? "text", data: text.slice(AIM_CHARS) };
}
