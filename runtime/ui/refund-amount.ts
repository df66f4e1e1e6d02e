/**
 * What a refund comes to, for the screen that prepares it: the same rules as the trade's own, which
 * decides again when the refund is made (core/order/decide-return.ts).
 */
import { add, minor, prefix, subtract, sum } from "../../core/money.ts";
import type { Minor } from "../../core/money.ts";
import type { LineId } from "../../core/ids.ts";
import { roundedRefund } from "../../core/price/cash-rounding.ts";
import type { ClosingView, SoldLineView } from "./panels.ts";
import type { Welcome } from "./wire.ts";

/** Units of a sold line that may still come back. */
export function leftMilli(line: Pick<SoldLineView, "quantityMilli" | "returnedMilli">): number {
  return Math.max(0, line.quantityMilli - line.returnedMilli);
}

/** Cash to give back when `chosenMilli` of each line of a receipt comes back, at most what is left of it. */
export function refundAmount(
  {
    lines,
    totalMinor: wholeMinor,
    roundingMinor,
    orderRoundingMinor,
  }: Pick<ClosingView, "lines" | "totalMinor" | "roundingMinor" | "orderRoundingMinor">,
  chosenMilli: ReadonlyMap<LineId, number>,
  cashRounding: Welcome["cashRounding"],
): number {
  const exactBeforeMinor = sum(lines.map((line) => worth(line, returned(line))));
  const exactMinor = sum(
    lines.map((line) => {
      const fromMilli = returned(line);
      const chosen = Math.min(chosenMilli.get(line.line) ?? 0, leftMilli(line));
      return subtract(worth(line, fromMilli + chosen), worth(line, fromMilli));
    }),
  );
  // What the house rounded the order by goes back with its part of the whole (ARITHMETIC section 6).
  const share = (upTo: Minor): Minor => roundedUpTo(upTo, orderRoundingMinor, wholeMinor);
  const beforeMinor = add(exactBeforeMinor, share(exactBeforeMinor));
  const afterMinor = add(exactBeforeMinor, exactMinor);
  const totalMinor = subtract(add(afterMinor, share(afterMinor)), beforeMinor);
  const rule =
    cashRounding === null || orderRoundingMinor !== 0
      ? null
      : { ...cashRounding, incrementMinor: minor(cashRounding.incrementMinor) };
  const taken = {
    wholeMinor: minor(wholeMinor),
    takenMinor: add(minor(wholeMinor), minor(roundingMinor)),
  };
  return roundedRefund(beforeMinor, totalMinor, taken, rule);
}

function returned({ quantityMilli, returnedMilli }: SoldLineView): number {
  return Math.min(returnedMilli, quantityMilli);
}

/** Net by units, the tax on top of it by the net: as the trade cuts a line. */
function worth({ amountMinor, taxOnTopMinor, quantityMilli }: SoldLineView, partMilli: number): Minor {
  if (quantityMilli === 0) return minor(0);
  const netMinor = minor(amountMinor - taxOnTopMinor);
  const partMinor = prefix(netMinor, partMilli, quantityMilli);
  if (taxOnTopMinor === 0 || netMinor <= 0) return partMinor;
  return add(partMinor, prefix(minor(taxOnTopMinor), partMinor, netMinor));
}

function roundedUpTo(exactMinor: Minor, orderRoundingMinor: number, totalMinor: number): Minor {
  const wholeMinor = totalMinor - orderRoundingMinor;
  if (orderRoundingMinor === 0 || wholeMinor <= 0) return minor(0);
  return prefix(minor(orderRoundingMinor), Math.min(exactMinor, wholeMinor), wholeMinor);
}
