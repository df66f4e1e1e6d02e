/**
 * Taxes of a cart's lines (ARITHMETIC section 4): inclusive or exclusive, once per rate on the sum
 * ("bucket") or line by line, in the rounding of the place. A bucket's tax is shared to its lines, so
 * that what comes back later has its own.
 */
import { add, allocate, minor, PPM_ONE, scale, sum, ZERO } from "../../money.ts";
import type { Minor, Ppm } from "../../money.ts";
import type { TaxRule } from "./types.ts";
import type { WorkLine } from "./working.ts";

/** The tax on, or inside, an amount at a rate. */
export function taxOf(amountMinor: Minor, ratePpm: Ppm, { isInclusive, rounding }: TaxRule): Minor {
  return minor(scale(amountMinor, ratePpm, isInclusive ? PPM_ONE + ratePpm : PPM_ONE, rounding));
}

/** The tax of each line, side by side with `lines`; gift cards have none. */
export function lineTaxes(rule: TaxRule, lines: readonly WorkLine[]): readonly Minor[] {
  const amounts = lines.map(({ leftMinor, source }) => (source.kind === "gift_card" ? ZERO : leftMinor));
  if (rule.grain === "line")
    return lines.map(({ taxPpm }, index) => taxOf(amounts[index] ?? ZERO, taxPpm, rule));
  const taxes = new Map<number, Minor>();
  for (const [ratePpm, indexes] of indexesByRate(lines)) {
    const weights = indexes.map((index) => amounts[index] ?? ZERO);
    const sumMinor = sum(weights);
    if (sumMinor === 0) continue;
    const shares = allocate(taxOf(sumMinor, ratePpm, rule), weights);
    indexes.forEach((index, place) => taxes.set(index, shares[place] ?? ZERO));
  }
  return lines.map((_, index) => taxes.get(index) ?? ZERO);
}

/** What the taxes of all lines come to, and how many roundings are in it. */
export function taxTotal(
  rule: TaxRule,
  lines: readonly WorkLine[],
): { readonly taxMinor: Minor; readonly roundingsCount: number } {
  const goods = lines.filter(({ source }) => source.kind !== "gift_card");
  if (rule.grain === "line") {
    const taxes = goods.map(({ leftMinor, taxPpm }) => taxOf(leftMinor, taxPpm, rule));
    return { taxMinor: sum(taxes), roundingsCount: taxes.length };
  }
  const amounts = new Map<Ppm, Minor>();
  for (const { taxPpm, leftMinor } of goods) amounts.set(taxPpm, add(amounts.get(taxPpm) ?? ZERO, leftMinor));
  const taxes = [...amounts].map(([ratePpm, sumMinor]) => taxOf(sumMinor, ratePpm, rule));
  return { taxMinor: sum(taxes), roundingsCount: taxes.length };
}

function indexesByRate(lines: readonly WorkLine[]): ReadonlyMap<Ppm, readonly number[]> {
  const byRate = new Map<Ppm, number[]>();
  lines.forEach(({ taxPpm }, index) => {
    const indexes = byRate.get(taxPpm);
    if (indexes === undefined) byRate.set(taxPpm, [index]);
    else indexes.push(index);
  });
  return byRate;
}
