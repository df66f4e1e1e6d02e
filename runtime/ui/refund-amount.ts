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
  }: Pick<ClosingView, "lines" | "totalMinor" | "roundingMinor">,
  chosenMilli: ReadonlyMap<LineId, number>,
  cashRounding: Welcome["cashRounding"],
): number {
  const beforeMinor = sum(lines.map((line) => worth(line, returned(line))));
  const totalMinor = sum(
    lines.map((line) => {
      const fromMilli = returned(line);
      const chosen = Math.min(chosenMilli.get(line.line) ?? 0, leftMilli(line));
      return subtract(worth(line, fromMilli + chosen), worth(line, fromMilli));
    }),
  );
  const rule =
    cashRounding === null ? null : { ...cashRounding, incrementMinor: minor(cashRounding.incrementMinor) };
  const taken = {
    wholeMinor: minor(wholeMinor),
    takenMinor: add(minor(wholeMinor), minor(roundingMinor)),
  };
  return roundedRefund(beforeMinor, totalMinor, taken, rule);
}

function returned({ quantityMilli, returnedMilli }: SoldLineView): number {
  return Math.min(returnedMilli, quantityMilli);
}

function worth({ amountMinor, quantityMilli }: SoldLineView, partMilli: number): Minor {
  return quantityMilli === 0 ? minor(0) : prefix(minor(amountMinor), partMilli, quantityMilli);
}
