/**
 * Reads JSON that people edited, field by field: a value of the right form, or undefined. Never throws.
 * Used by the ways back of `tools/inspect`.
 */

import { hexOf } from "./inspector.ts";

/** An object whose fields are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object, or undefined for everything else. */
export function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}

/** The list, or undefined. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** A whole number from 0 to `max`, or undefined. */
export function wholeOf(value: unknown, max: number): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max
    ? value
    : undefined;
}

/** The bytes of a text in hex, or undefined. */
export function hexBytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== "string" || !/^([0-9a-fA-F]{2})*$/.test(value)) return undefined;
  return new Uint8Array(Buffer.from(value, "hex"));
}

/** A number in hex such as a tag, or undefined. */
export function hexNumberOf(value: unknown, byteCountMax: number): number | undefined {
  const bytes = hexBytesOf(value);
  if (bytes === undefined || bytes.length === 0 || bytes.length > byteCountMax) return undefined;
  return Number.parseInt(hexOf(bytes), 16);
}
