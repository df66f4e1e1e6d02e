/**
 * Inclusive tax, once per rate on the sum of the lines (grain "bucket", ARITHMETIC section 4):
 * gross is the truth and is never rebuilt from net.
 */
import { add, minor, negate, PPM_ONE, prefix, scale, subtract, sumWithin, ZERO } from "../money.ts";
import type { Minor, Ppm } from "../money.ts";
import { lineAmount } from "../order/lines.ts";
import type { Line } from "../order/types.ts";
import type { TaxFact } from "../facts.ts";

/** The tax inside `grossMinor` at `ratePpm`: gross × r / (1 + r), half up on the magnitude. */
export function inclusiveTax(grossMinor: Minor, ratePpm: Ppm): Minor {
  return minor(scale(grossMinor, ratePpm, PPM_ONE + ratePpm));
}

/** Net and tax per rate in these lines, by ascending rate; a `sign` of -1 gives the facts of money paid back. */
export function taxesOf(lines: readonly Line[], sign: 1 | -1): readonly TaxFact[] {
  return grossByRate(lines).map(([ratePpm, grossMinor]) => {
    const taxMinor = inclusiveTax(grossMinor, ratePpm);
    const netMinor = subtract(grossMinor, taxMinor);
    return { ratePpm, netMinor: minor(netMinor * sign), taxMinor: minor(taxMinor * sign) };
  });
}

/**
 * Net and tax, both negative, of units that come back: their part of what the closing `sold`, by the
 * cumulative rule of ARITHMETIC section 8, so that the parts sum to the whole. `beforeMinor` is the
 * gross of a rate that came back before.
 */
export function returnedTaxes(
  lines: readonly Line[],
  sold: readonly TaxFact[],
  beforeMinor: (ratePpm: Ppm) => Minor,
): readonly TaxFact[] {
  return grossByRate(lines).map(([ratePpm, grossMinor]) => {
    const whole = sold.find((fact) => fact.ratePpm === ratePpm);
    const from = beforeMinor(ratePpm);
    const taxMinor = subtract(taxUpTo(add(from, grossMinor), ratePpm, whole), taxUpTo(from, ratePpm, whole));
    return { ratePpm, netMinor: negate(subtract(grossMinor, taxMinor)), taxMinor: negate(taxMinor) };
  });
}

function grossByRate(lines: readonly Line[]): readonly (readonly [Ppm, Minor])[] {
  const totals = new Map<Ppm, Minor>();
  for (const line of lines)
    totals.set(line.taxPpm, sumWithin([totals.get(line.taxPpm) ?? ZERO, lineAmount(line)]));
  return [...totals.entries()].sort(([a], [b]) => a - b);
}

// A closing that says nothing of the rate, which none of this program does, is taxed as if sold anew.
function taxUpTo(grossMinor: Minor, ratePpm: Ppm, whole: TaxFact | undefined): Minor {
  const wholeMinor = whole === undefined ? ZERO : sumWithin([whole.netMinor, whole.taxMinor]);
  if (whole === undefined || wholeMinor <= 0) return inclusiveTax(grossMinor, ratePpm);
  return prefix(whole.taxMinor, Math.min(Math.max(grossMinor, 0), wholeMinor), wholeMinor);
}
