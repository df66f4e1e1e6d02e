/**
 * Reads the facts of a priced check: what lines, discounts, fees and rates come to.
 *
 * F1 Line nets + taxes that are not inside + fees with theirs + tip + rounding = total.
 * F2 Total: reading them never throws, whatever an event of another build says.
 */
import type { TaxFact } from "../../facts.ts";
import { negate, ppm, sumWithin, ZERO } from "../../money.ts";
import type { Minor, Ppm } from "../../money.ts";
import type { CheckPricing, LineFact } from "./types.ts";

/** What a line costs after its discounts. */
export function netOfFact({ grossMinor, shares }: LineFact): Minor {
  return sumWithin([grossMinor, ...shares.map(({ amountMinor }) => negate(amountMinor))]);
}

/** What a line is to the customer without its fees: its net, and the tax that is not inside. */
export function paidForLine({ isTaxInclusive }: Pick<CheckPricing, "isTaxInclusive">, line: LineFact): Minor {
  return isTaxInclusive ? netOfFact(line) : sumWithin([netOfFact(line), line.taxMinor]);
}

/** What a line bears of all fees, with taxes that are not inside. */
export function feesOfLine({ isTaxInclusive }: Pick<CheckPricing, "isTaxInclusive">, line: LineFact): Minor {
  return sumWithin(
    line.fees.flatMap(({ amountMinor, taxMinor }) =>
      isTaxInclusive ? [amountMinor] : [amountMinor, taxMinor],
    ),
  );
}

/** What each discount of a check gave, side by side with its promotions. */
export function givenBy({ promotions, lines }: CheckPricing): readonly Minor[] {
  return promotions.map((_, index) =>
    sumWithin(
      lines.flatMap(({ shares }) =>
        shares.filter(({ promotionIndex }) => promotionIndex === index).map(({ amountMinor }) => amountMinor),
      ),
    ),
  );
}

/** What each fee of a check came to, without taxes that are not inside. */
export function chargedBy({ fees, lines }: CheckPricing): readonly Minor[] {
  return fees.map((_, index) =>
    sumWithin(
      lines.flatMap((line) =>
        line.fees.filter(({ feeIndex }) => feeIndex === index).map(({ amountMinor }) => amountMinor),
      ),
    ),
  );
}

/** Net and tax per rate, fees included, by ascending rate; `ratesPpm` are those of the lines. */
export function taxesOfPricing(
  pricing: CheckPricing,
  ratesPpm: readonly Ppm[],
  sign: 1 | -1,
): readonly TaxFact[] {
  const rates = new Map<Ppm, { readonly amountMinor: Minor; readonly taxMinor: Minor }>();
  const count = (ratePpm: Ppm | null | undefined, amountMinor: Minor, taxMinor: Minor): void => {
    if (ratePpm === null || ratePpm === undefined) return;
    const before = rates.get(ratePpm) ?? { amountMinor: ZERO, taxMinor: ZERO };
    rates.set(ratePpm, {
      amountMinor: sumWithin([before.amountMinor, amountMinor]),
      taxMinor: sumWithin([before.taxMinor, taxMinor]),
    });
  };
  pricing.lines.forEach((line, index) => {
    count(ratesPpm[index], netOfFact(line), line.taxMinor);
    for (const { feeIndex, amountMinor, taxMinor } of line.fees)
      count(pricing.fees[feeIndex]?.taxPpm, amountMinor, taxMinor);
  });
  return [...rates]
    .sort(([a], [b]) => a - b)
    .map(([ratePpm, { amountMinor, taxMinor }]) => {
      const netMinor = pricing.isTaxInclusive ? sumWithin([amountMinor, negate(taxMinor)]) : amountMinor;
      return { ratePpm, netMinor: signed(netMinor, sign), taxMinor: signed(taxMinor, sign) };
    });
}

/** The rates of a check's lines; an order that is not taxed has none. */
export function ratesOf(
  { treatment }: Pick<CheckPricing, "treatment">,
  lines: readonly { readonly taxPpm: Ppm }[],
): readonly Ppm[] {
  return lines.map(({ taxPpm }) => (treatment === "standard" ? taxPpm : ppm(0)));
}

/** Bytes on the wire, at most (protocol/line-facts.ts): what keeps a freeze within one record. */
export function bytesOfPricing({ promotions, fees, lines }: CheckPricing): number {
  const names = [...promotions, ...fees].reduce(
    (sum, { id, name }) => sum + 3 * (id.length + name.length),
    0,
  );
  const entries = (promotions.length + fees.length) * ENTRY_BYTES;
  return lines.reduce((sum, line) => sum + lineBytes(line), HEAD_BYTES + names + entries);
}

const HEAD_BYTES = 100;
/** Of a discount or a fee beside its names. */
const ENTRY_BYTES = 24;
/** A line's counts of shares and fees. */
const LINE_HEAD_BYTES_MAX = 3;

function lineBytes({ listMinor, grossMinor, shares, taxMinor, fees }: LineFact): number {
  const numbers = [
    listMinor,
    ...(grossMinor === listMinor ? [] : [grossMinor]),
    taxMinor,
    ...shares.flatMap(({ promotionIndex, amountMinor }) => [promotionIndex, amountMinor]),
    ...fees.flatMap((fee) => [fee.feeIndex, fee.amountMinor, fee.taxMinor]),
  ];
  const head = fees.length === 0 && shares.length < 12 ? 1 : LINE_HEAD_BYTES_MAX;
  return numbers.reduce((sum, number) => sum + intBytes(number), head);
}

function intBytes(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude < 24) return 1;
  if (magnitude < 0x100) return 2;
  if (magnitude < 0x1_0000) return 3;
  return magnitude < 0x1_0000_0000 ? 5 : 9;
}

function signed(amountMinor: Minor, sign: 1 | -1): Minor {
  return sign === 1 ? amountMinor : negate(amountMinor);
}
