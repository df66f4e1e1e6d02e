/**
 * Pricing rules of a terminal: the file beside its catalogue, and what headquarters sent. Read by the same
 * core as at headquarters; here is only what a terminal asks beside: its own currency, and one line that
 * says what is wrong.
 */
import { readRules } from "../core/price/rules/read.ts";
import type { PricingSource } from "../core/price/rules/source.ts";
import type { RulesDocument } from "../core/price/rules/types.ts";
import { sha256 } from "../protocol/hash.ts";

/** The name of the file, beside the catalogue's. */
export const PRICING_FILE = "pricing.json";

const PROBLEMS_TOLD_COUNT_MAX = 5;

/** A document, or what is wrong with it. */
export type PricingRead =
  | { readonly ok: true; readonly value: RulesDocument }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Reads a document for a terminal that takes `currency`; `language` chooses the names that receipts carry. */
export function readPricing(text: string, language: "en" | "zh", currency: string): PricingRead {
  const read = readRules(text, language);
  if (!read.ok) {
    const told = read.problems.slice(0, PROBLEMS_TOLD_COUNT_MAX);
    const message = told.map(({ code, path, message: what }) => `${code} ${path}: ${what}`).join("; ");
    return { ok: false, code: read.problems[0]?.code ?? "rules/not_json", message };
  }
  if (read.value.currency === currency) return read;
  const message = `The rules are for ${read.value.currency}, this terminal takes ${currency}`;
  return { ok: false, code: "rules/currency", message };
}

/** A terminal's own rules, from the text of its file: always in force, version 0. */
export function ownPricing(
  document: RulesDocument,
  text: string,
  place: PricingSource["place"],
): PricingSource {
  const rules = { ...document, version: 0, sha256: sha256(new TextEncoder().encode(text)) };
  return { inForce: () => rules, of: (version) => (version === 0 ? rules : null), place };
}
