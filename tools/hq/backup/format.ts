/**
 * A backup on disk: what headquarters cannot get back from anywhere else.
 *
 *     manifest.json                     written last: counts and the SHA-256 of every other file
 *     keys/...                          headquarters' own key and the terminals' public keys
 *     batches/<tenant>/<terminal>.bat   signed batches as they came, epochs in order of arrival, each
 *                                       behind its length (4 bytes, big-endian)
 *     blobs/<tenant>/<sha256>           files that headquarters' own journal (HQ.bat) names
 *     stock/<tenant>.json               levels that somebody counted
 *
 * Projections are not in it: they are made again from the batches.
 */
import { createHash } from "node:crypto";
import type { StockLevel } from "../store/rows.ts";

/** The file that is written last: without it a folder is no backup. */
export const MANIFEST = "manifest.json";
/** What a manifest of this format begins with. */
export const FORMAT = "tillwright-backup/1";
const LENGTH_BYTES = 4;

/** What the manifest says of one file. */
export interface BackedUpFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The manifest. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly madeAt: string;
  readonly tenants: readonly string[];
  readonly batchCount: number;
  readonly recordCount: number;
  readonly files: readonly BackedUpFile[];
}

/** A body behind its length. */
export function framed(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(LENGTH_BYTES + body.length);
  new DataView(bytes.buffer).setUint32(0, body.length);
  bytes.set(body, LENGTH_BYTES);
  return bytes;
}

/** The bodies in a file of batches; null where the lengths do not come out. */
export function bodiesIn(bytes: Uint8Array): readonly Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const bodies: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (bytes.length - offset < LENGTH_BYTES) return null;
    const length = view.getUint32(offset);
    const end = offset + LENGTH_BYTES + length;
    if (length === 0 || end > bytes.length) return null;
    bodies.push(bytes.slice(offset + LENGTH_BYTES, end));
    offset = end;
  }
  return bodies;
}

/** The manifest in this text; null when it is none of this format. */
export function manifestIn(text: string): Manifest | null {
  const value: unknown = parsed(text);
  if (typeof value !== "object" || value === null) return null;
  const fields = new Map<string, unknown>(Object.entries(value));
  const files = fields.get("files");
  const tenants = fields.get("tenants");
  if (fields.get("format") !== FORMAT || !Array.isArray(files) || !Array.isArray(tenants)) return null;
  if (!files.every(isFile) || !tenants.every((tenant) => typeof tenant === "string")) return null;
  const count = (name: string): number => Number(fields.get(name));
  return {
    format: FORMAT,
    madeAt: String(fields.get("madeAt")),
    tenants,
    batchCount: count("batchCount"),
    recordCount: count("recordCount"),
    files,
  };
}

/** The levels in a stock file; null when it is none. */
export function stockIn(text: string): readonly StockLevel[] | null {
  const value: unknown = parsed(text);
  return Array.isArray(value) && value.every(isLevel) ? value : null;
}

/** The SHA-256 of a file's bytes in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isFile(value: unknown): value is BackedUpFile {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const path = fields.get("path");
  // Nothing outside the folder is ever read on a manifest's word.
  const isInside =
    typeof path === "string" &&
    /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(path);
  return isInside && typeof fields.get("sha256") === "string" && typeof fields.get("bytes") === "number";
}

function isLevel(value: unknown): value is StockLevel {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const isWhole = (name: string): boolean => Number.isSafeInteger(fields.get(name));
  return (
    typeof fields.get("sku") === "string" && ["levelMilli", "targetMilli", "thresholdPpm"].every(isWhole)
  );
}
