/**
 * CBOR values in diagnostic notation (RFC 8949 section 8): for people, on one line. What was decoded
 * has no other values than these.
 */
import type { CborMap, CborTag, CborValue } from "../../../protocol/cbor-value.ts";
import { hexOf } from "./inspector.ts";

/** A value in diagnostic notation. */
export function diagnostic(value: CborValue): string {
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "bigint")
    return String(value);
  if (value instanceof Uint8Array) return `h'${hexOf(value)}'`;
  if (isArray(value)) return `[${value.map(diagnostic).join(", ")}]`;
  if (isMap(value))
    return `{${[...value].map(([key, item]) => `${diagnostic(key)}: ${diagnostic(item)}`).join(", ")}}`;
  return `${value.tag}(${diagnostic(value.value)})`;
}

function isArray(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

function isMap(value: CborMap | CborTag): value is CborMap {
  return value instanceof Map;
}
