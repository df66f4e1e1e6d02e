/**
 * Pricing documents as headquarters handles them: read by the same core as on terminals, compared with
 * what stands, and looked through for what a planner should know before anybody sells by them.
 */
import { overlapsIn } from "../../../core/price/rules/refuse.ts";
import { readRules } from "../../../core/price/rules/read.ts";
import type { PricingRules, PublishedPromotion, RulesDocument } from "../../../core/price/rules/types.ts";
import { sha256 } from "../../../protocol/hash.ts";

/** What is wrong with a document, and where. */
export interface DocumentProblem {
  readonly code: string;
  /** "promotions[2].barMinor"; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** A document, or everything that is wrong with it. */
export type DocumentRead =
  | { readonly ok: true; readonly value: RulesDocument }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] };

/** Two promotions that may be in force together for the same goods. */
export interface Overlap {
  readonly first: string;
  readonly second: string;
  /** "one": of their group one counts. "both": what the first leaves, the second lowers once more. */
  readonly outcome: "one" | "both";
}

/** What is different between two documents, by place and name. */
export interface DocumentChange {
  /** "promotions", "priceLists", "fees", "taxes", or another field of the document. */
  readonly section: string;
  /** Empty for a field that is no list. */
  readonly id: string;
  readonly change: "added" | "changed" | "removed";
}

type Json = Readonly<Record<string, unknown>>;

const LISTS = ["promotions", "priceLists", "fees", "taxes"] as const;

/** Reads a document; names for receipts are of no matter here. */
export function readDocument(text: string): DocumentRead {
  return readRules(text, "en");
}

/** A document as if it were in force under this version. */
export function asRules(document: RulesDocument, text: string, version: number): PricingRules {
  return { ...document, version, sha256: sha256(new TextEncoder().encode(text)) };
}

/** Promotions that meet, in the order of the document. */
export function overlapsOf(document: RulesDocument): readonly Overlap[] {
  return overlapsIn(document).flatMap(([a, b]) => {
    const [first, second] = [document.promotions[a], document.promotions[b]];
    if (first === undefined || second === undefined) return [];
    return [{ first: first.id, second: second.id, outcome: outcomeOf(document, first, second) }];
  });
}

function outcomeOf(
  { stackableGroups }: RulesDocument,
  first: PublishedPromotion,
  second: PublishedPromotion,
): Overlap["outcome"] {
  if (first.group !== "" && first.group === second.group) return "one";
  if (stackableGroups === null || first.group === "" || second.group === "") return "both";
  return stackableGroups.includes(first.group) && stackableGroups.includes(second.group) ? "both" : "one";
}

/** What `after` says otherwise than `before`; an empty text says nothing. */
export function changesOf(before: string, after: string): readonly DocumentChange[] {
  const [old, wanted] = [parsed(before), parsed(after)];
  const lists = LISTS.flatMap((section) => listChanges(section, byId(old[section]), byId(wanted[section])));
  const names = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].sort();
  const fields = names
    .filter((name) => !LISTS.some((list) => list === name) && !isSame(old[name], wanted[name]))
    .map((section): DocumentChange => {
      const change =
        old[section] === undefined ? "added" : wanted[section] === undefined ? "removed" : "changed";
      return { section, id: "", change };
    });
  return [...lists, ...fields];
}

function listChanges(
  section: string,
  old: ReadonlyMap<string, unknown>,
  wanted: ReadonlyMap<string, unknown>,
): readonly DocumentChange[] {
  const come = [...wanted].flatMap(([id, its]): readonly DocumentChange[] => {
    if (!old.has(id)) return [{ section, id, change: "added" }];
    return isSame(old.get(id), its) ? [] : [{ section, id, change: "changed" }];
  });
  const gone = [...old.keys()].filter((id) => !wanted.has(id));
  return [...come, ...gone.map((id): DocumentChange => ({ section, id, change: "removed" }))];
}

function byId(list: unknown): ReadonlyMap<string, unknown> {
  if (!Array.isArray(list)) return new Map();
  return new Map(list.filter(isObject).map((its) => [String(its["id"]), its]));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

/** With keys in order, so that how a file was written does not matter. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, ordered(value[key])]),
  );
}

/** The document's object; an empty one where the text is none. */
export function parsed(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
