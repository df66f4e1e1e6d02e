/**
 * How a level follows from a count, its moves and its target: the one rule that both stores and their
 * suite share.
 */
import { PPM_ONE } from "../../../core/money.ts";
import type { StockCount, StockLevel } from "./rows.ts";

/** A count with what had moved before it, so that only later moves change the level. */
export interface CountedStock extends StockCount {
  /** Sum of all moves of the item when it was counted. */
  readonly movedBeforeMilli: number;
}

/** The level of an item of which `movedMilli` moved in all. Low is below the threshold's share of the target. */
export function levelOf(counted: CountedStock, movedMilli: number): StockLevel {
  const { sku, countedMilli, targetMilli, thresholdPpm, movedBeforeMilli } = counted;
  const levelMilli = countedMilli + movedMilli - movedBeforeMilli;
  const isLow = BigInt(levelMilli) * BigInt(PPM_ONE) < BigInt(targetMilli) * BigInt(thresholdPpm);
  return { sku, levelMilli, targetMilli, thresholdPpm, isLow };
}
