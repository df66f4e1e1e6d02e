/**
 * What pricing leaves behind for ever: facts that lines and checks carry, so that receipts, refunds,
 * figures and headquarters never reckon a price again. Amounts of a return are magnitudes. What can be
 * read off them is in facts.ts.
 */
import type { Minor, Ppm } from "../../money.ts";
import type { WallMs } from "../../time.ts";
import type { TaxTreatment } from "../rules/types.ts";

/** Under which rules a line was entered. */
export interface LinePricing {
  /** 0 for the terminal's own file. */
  readonly rulesVersion: number;
  /** When it was entered: what is bound to a time is judged at it. */
  readonly at: WallMs;
  readonly category: string;
  /** The list price that a price list or a hand replaced; null where the line's price is it. */
  readonly listPriceMinor: Minor | null;
  /** The price list that said the line's price; empty where none did. */
  readonly priceList: string;
}

/** The rules that a check was priced by. */
export interface RulesFact {
  readonly version: number;
  /** Of the document's bytes. */
  readonly sha256: Uint8Array;
}

/** A discount of a check, by place. */
export interface PromotionFact {
  readonly id: string;
  /** As receipts say it. */
  readonly name: string;
  readonly stageNumber: number;
  /** What it would have given and no line could bear. */
  readonly forfeitedMinor: Minor;
}

/** A fee of a check, by place. */
export interface FeeFact {
  readonly id: string;
  readonly name: string;
  /** Null: not taxed. */
  readonly taxPpm: Ppm | null;
}

/** What a discount took off a line. */
export interface ShareFact {
  readonly promotionIndex: number;
  readonly amountMinor: Minor;
}

/** What a line bears of a fee. */
export interface FeeShareFact {
  readonly feeIndex: number;
  readonly amountMinor: Minor;
  readonly taxMinor: Minor;
}

/** A line's money; its net is its gross without the shares. */
export interface LineFact {
  /** At the list price. */
  readonly listMinor: Minor;
  readonly grossMinor: Minor;
  readonly shares: readonly ShareFact[];
  /** Inside the net where tax is inclusive. */
  readonly taxMinor: Minor;
  readonly fees: readonly FeeShareFact[];
}

/** A check's prices. `lines` stand side by side with the lines that the check took. */
export interface CheckPricing {
  /** Null where nothing but a clerk's own adjustments was at work. */
  readonly rules: RulesFact | null;
  readonly isTaxInclusive: boolean;
  readonly treatment: TaxTreatment;
  readonly promotions: readonly PromotionFact[];
  readonly fees: readonly FeeFact[];
  readonly lines: readonly LineFact[];
  readonly tipMinor: Minor;
  readonly roundingMinor: Minor;
  readonly totalMinor: Minor;
}
