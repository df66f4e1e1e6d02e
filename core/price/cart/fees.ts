/**
 * Fees (stage 70): fixed amounts and percentages of what the goods cost, each with its own tax, from
 * a number of guests on. They are shared to the lines by what the lines cost, so that they follow
 * them to the checks of a split.
 */
import { allocate, minor, PPM_ONE, scale, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { taxOf } from "./tax.ts";
import type { Cart, Fee, FeeShare } from "./types.ts";
import { leftOf } from "./working.ts";
import type { WorkLine } from "./working.ts";

/** What each line bears of the fees, side by side with `lines`; shares of 0 are left out. */
export function feeShares(cart: Cart, lines: readonly WorkLine[]): readonly (readonly FeeShare[])[] {
  const result = lines.map((): FeeShare[] => []);
  if (lines.length === 0) return result;
  const goods = lines.filter(({ source }) => source.kind === "goods");
  const bearers = goods.length > 0 ? goods : lines;
  for (const fee of cart.fees) {
    if (cart.guestCount < fee.guestCountMin) continue;
    const amountMinor = feeOf(fee, sum(goods.map(leftOf)));
    const taxMinor = fee.taxPpm === null ? ZERO : taxOf(amountMinor, fee.taxPpm, cart.tax);
    const amounts = spread(amountMinor, bearers);
    const taxes = amountMinor === 0 ? amounts : allocate(taxMinor, amounts);
    bearers.forEach((line, index) => {
      const share = { fee: fee.id, amountMinor: amounts[index] ?? ZERO, taxMinor: taxes[index] ?? ZERO };
      if (share.amountMinor !== 0) result[lines.indexOf(line)]?.push(share);
    });
  }
  return result;
}

/** A fee on goods of `goodsMinor`. */
function feeOf({ charge }: Fee, goodsMinor: Minor): Minor {
  if (charge.kind === "fixed") return charge.amountMinor;
  return minor(scale(goodsMinor, charge.ratePpm, PPM_ONE, charge.rounding));
}

function spread(amountMinor: Minor, bearers: readonly WorkLine[]): readonly Minor[] {
  const lefts = bearers.map(leftOf);
  // Goods that cost nothing bear a delivery evenly.
  return allocate(amountMinor, sum(lefts) === 0 ? lefts.map(() => 1) : lefts);
}
