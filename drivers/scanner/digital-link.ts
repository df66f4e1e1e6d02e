/**
 * GS1 Digital Link URIs (uncompressed, standard 1.4): primary key and qualifiers in the path, attributes
 * in the query. The host is not asked and not believed: only what the link says of the item is read.
 */

import type { Gs1Element } from "./gs1.ts";
import { gs1RowOf, problemOf } from "./gs1.ts";
import type { Read, ScanRejection } from "./result.ts";

/** All lower or all upper case, as the standard asks of a scheme; then host, path and query without the fragment. */
const LINK = /^(?:https?|HTTPS?):\/\/([^/?#]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/;

const GTIN = "01";
const GTIN_CHARS = 14;
/** Segments of a path that are looked at. */
const SEGMENTS_COUNT_MAX = 64;
const ATTRIBUTES_COUNT_MAX = 64;

/** True for what looks like a link at all, Digital Link or not. */
export function isLink(text: string): boolean {
  return /^https?:/i.test(text);
}

/** The elements of a link; scan/link when it is none, otherwise what is wrong with an element. */
export function readDigitalLink(text: string): Read<readonly Gs1Element[]> {
  const [whole, , path = "", query = ""] = LINK.exec(text) ?? [];
  if (whole === undefined) return refused("scan/link");
  const keys = keysOf(path.split("/").slice(1));
  const attributes = attributesOf(query);
  if (keys === undefined || attributes === undefined) return refused("scan/link");
  const elements = [...keys, ...attributes];
  for (const element of elements) {
    const problem = problemOf(element);
    if (problem !== undefined) return refused(problem);
    const isTwice = elements.some((other) => other !== element && other.ai === element.ai);
    if (isTwice) return refused("scan/gs1_repeated");
  }
  return { ok: true, value: elements };
}

function refused(code: ScanRejection): Read<readonly Gs1Element[]> {
  return { ok: false, code, offset: 0 };
}

/** From the last segment that can be a primary key on: what stands before it is the shop's own path. */
function keysOf(segments: readonly string[]): readonly Gs1Element[] | undefined {
  if (segments.length > SEGMENTS_COUNT_MAX) return undefined;
  // A slash at the end says nothing.
  const parts = segments.at(-1) === "" ? segments.slice(0, -1) : segments;
  for (let index = parts.length - 2; index >= 0; index -= 2) {
    const linkKey = gs1RowOf(parts[index] ?? "")?.[4] ?? "";
    if (linkKey === "") continue;
    const elements = elementsOf(parts.slice(index));
    const qualifiers = elements?.slice(1) ?? [];
    const isInOrder = sequencesOf(linkKey).some((sequence) => isOrderedPart(qualifiers, sequence));
    return isInOrder ? elements : undefined;
  }
  return undefined;
}

/** Pairs of segments as elements; undefined when one cannot be decoded. */
function elementsOf(segments: readonly string[]): readonly Gs1Element[] | undefined {
  const elements: Gs1Element[] = [];
  for (let index = 0; index + 1 < segments.length; index += 2) {
    const ai = segments[index] ?? "";
    const value = decoded(segments[index + 1] ?? "");
    if (value === undefined) return undefined;
    elements.push({ ai, value: padded(ai, value) });
  }
  return elements;
}

/** "key=22,10,21|235" to [22, 10, 21] and [235]. */
function sequencesOf(linkKey: string): readonly (readonly string[])[] {
  const [, sequences = ""] = linkKey.split("=");
  return sequences.split("|").map((sequence) => sequence.split(",").filter((ai) => ai !== ""));
}

function isOrderedPart(qualifiers: readonly Gs1Element[], sequence: readonly string[]): boolean {
  let from = 0;
  for (const qualifier of qualifiers) {
    const found = sequence.indexOf(qualifier.ai, from);
    if (found < 0) return false;
    from = found + 1;
  }
  return true;
}

/** Names that are no digits are the shop's own and left out; unassigned digits make it no Digital Link. */
function attributesOf(query: string): readonly Gs1Element[] | undefined {
  const pairs = query.split(/[&;]/).filter((pair) => pair !== "");
  if (pairs.length > ATTRIBUTES_COUNT_MAX) return undefined;
  const elements: Gs1Element[] = [];
  for (const pair of pairs) {
    const [ai = "", raw = ""] = pair.split(/=(.*)/s);
    if (!/^[0-9]+$/.test(ai)) continue;
    const value = decoded(raw.replaceAll("+", " "));
    if (value === undefined || !(gs1RowOf(ai)?.[2] ?? "").includes("?")) return undefined;
    elements.push({ ai, value: padded(ai, value) });
  }
  return elements;
}

function padded(ai: string, value: string): string {
  return ai === GTIN && [8, 12, 13].includes(value.length) ? value.padStart(GTIN_CHARS, "0") : value;
}

/** Percent-decoding; only ASCII has a place in GS1 data, so bytes from 80 on refuse the link. */
function decoded(text: string): string | undefined {
  if (/%(?![0-7][0-9A-Fa-f])/.test(text)) return undefined;
  return text.replaceAll(/%([0-7][0-9A-Fa-f])/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
