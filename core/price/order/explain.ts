/**
 * Why a line or a check comes to what it comes to: the tree of rules that touched it, in the order in which
 * they did, with amounts and the version that they are of. Reads facts only: what is open is explained by
 * the facts that a freeze would keep, what is closed by those that it kept.
 *
 * E1 The amounts of the parts sum to the whole at every node.
 */
import { negate, subtract, sumWithin, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import type { Line } from "../../order/types.ts";
import { ROUNDING_PROMOTION } from "../cart/price.ts";
import { STAGE_NUMBER } from "../cart/pipeline.ts";
import { feesOfLine, paidForLine } from "./facts.ts";
import type { CheckPricing, LineFact } from "./types.ts";

/** What a node is about. "price" is what stands in the place of the list price. */
export type ExplainedKind =
  | "total"
  | "line"
  | "list"
  | "price"
  | "promotion"
  | "fee"
  | "tax"
  | "tip"
  | "rounding";

/** One rule with what it came to. */
export interface ExplainedPrice {
  readonly kind: ExplainedKind;
  /** A promotion's, a fee's or a price list's; the line's for a line; empty for the rest. */
  readonly id: string;
  /** For people; empty where the kind says all. */
  readonly name: string;
  /** Null where parts of several stages are summed. */
  readonly stageNumber: number | null;
  readonly amountMinor: Minor;
  /** Tax inside the amount. */
  readonly insideTaxMinor: Minor;
  readonly parts: readonly ExplainedPrice[];
}

/** What a check comes to, and why: its lines, tip and rounding. */
export function explainPricing(lines: readonly Line[], pricing: CheckPricing): ExplainedPrice {
  const parts = [
    ...lines.flatMap((line, index) => explainPricedLine(line, index, pricing) ?? []),
    leaf("tip", STAGE_NUMBER.tip, pricing.tipMinor),
    leaf("rounding", STAGE_NUMBER.rounding, pricing.roundingMinor),
  ].filter(({ kind, amountMinor }) => kind === "line" || amountMinor !== 0);
  return {
    ...{ kind: "total", id: "", name: "", stageNumber: null },
    amountMinor: pricing.totalMinor,
    insideTaxMinor: sumWithin(parts.map(({ insideTaxMinor }) => insideTaxMinor)),
    parts,
  };
}

/** What the line at this place costs, and why; null for a line without facts. */
export function explainPricedLine(line: Line, index: number, pricing: CheckPricing): ExplainedPrice | null {
  const fact = pricing.lines[index];
  if (fact === undefined) return null;
  const { isTaxInclusive } = pricing;
  const feeTaxes = fact.fees.map(({ taxMinor }) => taxMinor);
  const parts = [
    leaf("list", STAGE_NUMBER.list, fact.listMinor),
    { ...leaf("price", STAGE_NUMBER.override, subtract(fact.grossMinor, fact.listMinor)), ...priceOf(line) },
    ...promotionLeaves(fact, pricing),
    ...feeLeaves(fact, pricing),
    leaf("tax", STAGE_NUMBER.tax, isTaxInclusive ? ZERO : fact.taxMinor),
  ];
  return {
    ...{ kind: "line", id: line.id, name: line.name, stageNumber: null },
    amountMinor: sumWithin([paidForLine(pricing, fact), feesOfLine(pricing, fact)]),
    insideTaxMinor: isTaxInclusive ? sumWithin([fact.taxMinor, ...feeTaxes]) : ZERO,
    parts: parts.filter(({ kind, amountMinor }) => kind === "list" || amountMinor !== 0),
  };
}

function priceOf({ pricing }: Line): Pick<ExplainedPrice, "id" | "name"> {
  return { id: pricing?.priceList ?? "", name: pricing?.priceList ?? "" };
}

function promotionLeaves({ shares }: LineFact, { promotions }: CheckPricing): readonly ExplainedPrice[] {
  return shares.map(({ promotionIndex, amountMinor }) => {
    const { id, name, stageNumber } = promotions[promotionIndex] ?? { id: "", name: "", stageNumber: null };
    const kind = id === ROUNDING_PROMOTION ? "rounding" : "promotion";
    return { ...leaf(kind, stageNumber, negate(amountMinor)), id, name };
  });
}

function feeLeaves({ fees }: LineFact, pricing: CheckPricing): readonly ExplainedPrice[] {
  return fees.map(({ feeIndex, amountMinor, taxMinor }) => {
    const { id, name } = pricing.fees[feeIndex] ?? { id: "", name: "" };
    const { isTaxInclusive } = pricing;
    const wholeMinor = isTaxInclusive ? amountMinor : sumWithin([amountMinor, taxMinor]);
    const insideTaxMinor = isTaxInclusive ? taxMinor : ZERO;
    return { ...leaf("fee", STAGE_NUMBER.fees, wholeMinor), id, name, insideTaxMinor };
  });
}

function leaf(kind: ExplainedKind, stageNumber: number | null, amountMinor: Minor): ExplainedPrice {
  return { kind, id: "", name: "", stageNumber, amountMinor, insideTaxMinor: ZERO, parts: [] };
}
