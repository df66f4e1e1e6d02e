/**
 * A day as the steps of a seller (tools/sell/step.ts), computed before anything runs. The number of
 * a step is the truth about order: whoever drives a terminal goes on behind the last number that the
 * terminal has, and never makes a step up on the way.
 */
import { MILLI_ONE } from "../../../core/money.ts";
import { wallMs } from "../../../core/time.ts";
import type { WallMs } from "../../../core/time.ts";
import type { Step } from "../../sell/step.ts";
import type { Day, DayLine, DayOrder } from "../day.ts";
import { lineName } from "./price-list.ts";
import type { PriceList } from "./price-list.ts";

export interface ScriptStep {
  /** From 1, without gaps. */
  readonly n: number;
  readonly at: WallMs;
  readonly step: Step;
  /** What the step is for, in words for a person who has to look at it. */
  readonly about: string;
  /** Rows of the file that are sold once this step is answered. */
  readonly lineCount: number;
  /** Whether it closes an order, and so waits for the disk. */
  readonly isClosing: boolean;
}

/** The one clerk of a replayed day. */
export const CLERK = "day";
const RETURN_REASON = "cancelled invoice";
const CORRECTION_REASON = "correction of the books";
const OPEN_PRICE_REASON = "several prices that day";

/** All steps of a day, in the order of its file. None when nothing can be sold. */
export function scriptOf(day: Day, list: PriceList): readonly ScriptStep[] {
  const [first] = day.orders;
  if (first === undefined) return [];
  const signOn = { at: startOf(first), step: { do: "on", clerk: CLERK }, about: "sign on" } as const;
  const steps: Omit<ScriptStep, "n">[] = [{ ...signOn, lineCount: 0, isClosing: false }];
  for (const order of day.orders) steps.push(...stepsOf(order, list));
  return steps.map((step, index) => ({ n: index + 1, ...step }));
}

function stepsOf(order: DayOrder, list: PriceList): readonly Omit<ScriptStep, "n">[] {
  const { invoice, kind } = order;
  const isCancelled = invoice.startsWith("C");
  const reason = kind === "sale" ? "" : isCancelled ? RETURN_REASON : CORRECTION_REASON;
  const open: Step = { do: "open", kind, label: invoice, reason };
  const about = `invoice ${invoice}`;
  return [
    { at: startOf(order), step: open, about, lineCount: 0, isClosing: false },
    ...order.lines.map((line) => ({
      at: line.row.at,
      step: lineStep(line, list),
      about: `${about}, row ${line.row.rowNumber}`,
      lineCount: 0,
      isClosing: false,
    })),
    {
      at: endOf(order),
      step: closingStep(order),
      about,
      lineCount: order.lines.length,
      isClosing: true,
    },
  ];
}

function lineStep(line: DayLine, list: PriceList): Step {
  const { sku } = line.row;
  const quantityMilli = line.quantityCount * MILLI_ONE;
  if (list.prices.get(sku) === line.unitPriceMinor) return { do: "item", sku, quantityMilli };
  const priceMinor = line.unitPriceMinor;
  return {
    do: "price",
    sku,
    name: lineName(list, line),
    quantityMilli,
    priceMinor,
    reason: OPEN_PRICE_REASON,
  };
}

function closingStep(order: DayOrder): Step {
  if (order.totalMinor === 0) return { do: "close" };
  return order.kind === "sale" ? { do: "cash", handedMinor: "exact" } : { do: "payout" };
}

function startOf(order: DayOrder): WallMs {
  return wallMs(Math.min(...order.lines.map(({ row }) => row.at)));
}

function endOf(order: DayOrder): WallMs {
  return wallMs(Math.max(...order.lines.map(({ row }) => row.at)));
}
