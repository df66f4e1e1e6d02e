/**
 * Lines while discounts are taken from them. One set of these lives as long as one pricing; the
 * counters in it change, what was entered does not.
 *
 * W1 0 <= leftMinor <= barMinor <= grossMinor, and gross - left is the sum of the shares.
 */
import { add, minor, MILLI_ONE, PPM_ONE, priceOf, scale, subtract, sum } from "../../money.ts";
import type { Minor, Ppm } from "../../money.ts";
import type { Applied, CartLine, Percent, Promotion, Selection, Share } from "./types.ts";

/** A line under way. */
export interface WorkLine {
  readonly id: string;
  readonly source: CartLine;
  readonly taxPpm: Ppm;
  readonly listMinor: Minor;
  readonly grossMinor: Minor;
  /** Whole units that a set may take: 0 for weighed goods and for modifiers with a rate of their own. */
  readonly unitCount: number;
  readonly shares: Share[];
  /** What it still costs. */
  leftMinor: Minor;
  /** What counts towards a bar: gross without the discounts of lines and sets. */
  barMinor: Minor;
  /** What it cost when the stage began. */
  startMinor: Minor;
  /** Units that a set has taken. */
  usedCount: number;
}

/** The lines of a cart before any discount; a modifier with its own rate follows its line. */
export function workLines(lines: readonly CartLine[]): readonly WorkLine[] {
  return lines.flatMap((source) => {
    const inside = sum(
      source.modifiers.filter((its) => its.taxPpm === null).map((its) => its.unitPriceMinor),
    );
    const unitCount = source.quantityMilli % MILLI_ONE === 0 ? source.quantityMilli / MILLI_ONE : 0;
    const list = add(source.unitPriceMinor, inside);
    const price = add(source.overrideMinor ?? source.unitPriceMinor, inside);
    const own = source.modifiers.flatMap(({ id, unitPriceMinor, taxPpm }) =>
      taxPpm === null
        ? []
        : [workLine(source, `${source.id}/${id}`, taxPpm, [unitPriceMinor, unitPriceMinor], 0)],
    );
    return [workLine(source, source.id, source.taxPpm, [list, price], unitCount), ...own];
  });
}

function workLine(
  source: CartLine,
  id: string,
  taxPpm: Ppm,
  [listUnit, unit]: readonly [Minor, Minor],
  unitCount: number,
): WorkLine {
  const grossMinor = priceOf(unit, source.quantityMilli);
  const listMinor = priceOf(listUnit, source.quantityMilli);
  const under = { leftMinor: grossMinor, barMinor: grossMinor, startMinor: grossMinor, usedCount: 0 };
  return { id, source, taxPpm, listMinor, grossMinor, unitCount, shares: [], ...under };
}

/** Whether a promotion is for this line; never for gift cards and deposits. */
export function isSelected({ source }: WorkLine, selection: Selection): boolean {
  const { lines, skus, categories, excludedCategories } = selection;
  return (
    source.kind === "goods" &&
    (lines.length === 0 || lines.includes(source.id)) &&
    (skus.length === 0 || skus.includes(source.sku)) &&
    (categories.length === 0 || categories.includes(source.category)) &&
    !excludedCategories.includes(source.category)
  );
}

/** What a percentage takes off `baseMinor`: once, half up. */
export function percentOff(baseMinor: Minor, { of, ratePpm }: Percent): Minor {
  const part = minor(scale(baseMinor, ratePpm, PPM_ONE));
  return of === "off" ? part : subtract(baseMinor, part);
}

/** What a line still costs. */
export const leftOf = ({ leftMinor }: WorkLine): Minor => leftMinor;

/** Which promotion takes, at which stage, and how much it wanted to give. */
export interface Taking {
  readonly promotion: Pick<Promotion, "id">;
  readonly stageNumber: number;
  readonly wantedMinor: Minor;
  /** Discounts of lines and sets lower what counts towards a bar. */
  readonly lowersBar: boolean;
}

/** Puts shares on lines; shares and lines stand side by side, and no share is above what its line costs. */
export function take(lines: readonly WorkLine[], shares: readonly Minor[], taking: Taking): Applied {
  const { promotion, stageNumber, wantedMinor, lowersBar } = taking;
  lines.forEach((line, index) => {
    const amountMinor = shares[index] ?? minor(0);
    if (amountMinor === 0) return;
    line.leftMinor = subtract(line.leftMinor, amountMinor);
    if (lowersBar) line.barMinor = subtract(line.barMinor, amountMinor);
    line.shares.push({ promotion: promotion.id, stageNumber, amountMinor });
  });
  const givenMinor = sum(shares);
  const forfeitedMinor = subtract(wantedMinor, givenMinor);
  return { promotion: promotion.id, stageNumber, givenMinor, forfeitedMinor, pointsCount: 0 };
}
