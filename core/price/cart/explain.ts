/**
 * Why a line or a total is what it is: the tree of rules that touched it, in the order in which they
 * did, with amounts. The amounts of the parts sum to the whole at every node.
 */
import { add, negate, subtract, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { STAGE_NUMBER } from "./pipeline.ts";
import { owedForLine } from "./price.ts";
import type { Cart, FeeShare, PricedCart, PricedLine } from "./types.ts";

/** One rule with what it came to. */
export interface Explained {
  /** "list", "override", "tax", "tip", "rounding", "line a", "promotion p", "fee f" or "total". */
  readonly rule: string;
  /** Null where parts of several stages are summed. */
  readonly stageNumber: number | null;
  readonly amountMinor: Minor;
  /** Tax inside the amount. */
  readonly insideTaxMinor: Minor;
  readonly parts: readonly Explained[];
}

/** What a line costs, and why. */
export function explainLine(cart: Cart, line: PricedLine): Explained {
  const { isInclusive } = cart.tax;
  const parts = [
    leaf("list", STAGE_NUMBER.list, line.listMinor),
    leaf("override", STAGE_NUMBER.override, subtract(line.grossMinor, line.listMinor)),
    ...line.shares.map(({ promotion, stageNumber, amountMinor }) =>
      leaf(`promotion ${promotion}`, stageNumber, negate(amountMinor)),
    ),
    ...line.fees.map((fee) => explainFee(fee, isInclusive)),
    leaf("tax", STAGE_NUMBER.tax, isInclusive ? ZERO : line.taxMinor),
  ];
  return {
    rule: `line ${line.id}`,
    stageNumber: null,
    amountMinor: owedForLine(cart, line),
    insideTaxMinor: isInclusive ? add(line.taxMinor, sum(line.fees.map(({ taxMinor }) => taxMinor))) : ZERO,
    parts: parts.filter(({ rule, amountMinor }) => rule === "list" || amountMinor !== 0),
  };
}

function explainFee({ fee, amountMinor, taxMinor }: FeeShare, isInclusive: boolean): Explained {
  const rule = `fee ${fee}`;
  if (isInclusive) return { ...leaf(rule, STAGE_NUMBER.fees, amountMinor), insideTaxMinor: taxMinor };
  return leaf(rule, STAGE_NUMBER.fees, add(amountMinor, taxMinor));
}

/** What the order comes to, and why. */
export function explainTotal({ cart, lines, totals }: PricedCart): Explained {
  const parts = [
    ...lines.map((line) => explainLine(cart, line)),
    leaf("tip", STAGE_NUMBER.tip, totals.tipMinor),
    leaf("rounding", STAGE_NUMBER.rounding, totals.roundingMinor),
  ];
  return {
    rule: "total",
    stageNumber: null,
    amountMinor: totals.totalMinor,
    insideTaxMinor: cart.tax.isInclusive ? totals.taxMinor : ZERO,
    parts: parts.filter(({ rule, amountMinor }) => rule.startsWith("line ") || amountMinor !== 0),
  };
}

function leaf(rule: string, stageNumber: number, amountMinor: Minor): Explained {
  return { rule, stageNumber, amountMinor, insideTaxMinor: ZERO, parts: [] };
}
