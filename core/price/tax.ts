/**
 * Inclusive tax, once per rate on the sum of the lines (grain "bucket", ARITHMETIC section 4):
 * gross is the truth and is never rebuilt from net.
 */
import { add, minor, PPM_ONE, scale, subtract, ZERO } from "../money.ts";
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
  const grossByRate = new Map<Ppm, Minor>();
  for (const line of lines) {
    grossByRate.set(line.taxPpm, add(grossByRate.get(line.taxPpm) ?? ZERO, lineAmount(line)));
  }
  return [...grossByRate.entries()]
    .sort(([a], [b]) => a - b)
    .map(([ratePpm, grossMinor]) => {
      const taxMinor = inclusiveTax(grossMinor, ratePpm);
      const netMinor = subtract(grossMinor, taxMinor);
      return { ratePpm, netMinor: minor(netMinor * sign), taxMinor: minor(taxMinor * sign) };
    });
}
