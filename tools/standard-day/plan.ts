/**
 * The plan of a day: what customers ask for and what goes wrong, in order, drawn from a seed. Pure;
 * what an order comes to is the price list's, what the till makes of it is the screen's.
 *
 * Of `orderCount` orders `voidCount` are cancelled and the rest is paid, `parkCount` of it after it was
 * parked. Returns come on top, each of a receipt of its own. The paper ends in the first shift, the
 * power in the second; an X is printed at half time.
 */
import { Stream } from "../sim/world/random.ts";

/** How much of what a day holds. */
export interface DaySize {
  readonly orderCount: number;
  readonly returnCount: number;
  readonly voidCount: number;
  readonly parkCount: number;
}

/** Something that may be asked for. */
export interface PlanItem {
  readonly sku: string;
  readonly category: string;
  readonly priceMinor: number;
}

/** How a customer pays: the exact sum, a note that is larger, or a sum that is keyed in. */
export type Pay = "exact" | "note" | "keyed";

/** What happens next at the till. */
export type DayStep =
  | { readonly kind: "open_shift"; readonly clerk: string; readonly floatMinor: number }
  | {
      readonly kind: "sale";
      readonly items: readonly PlanItem[];
      readonly pay: Pay;
      readonly trouble: Trouble;
    }
  | { readonly kind: "void"; readonly items: readonly PlanItem[] }
  | { readonly kind: "park"; readonly items: readonly PlanItem[]; readonly label: string }
  | { readonly kind: "recall"; readonly label: string; readonly pay: Pay }
  /** `choice` says which of the receipts that are left, `isPart` that a unit stays with the customer. */
  | {
      readonly kind: "refund";
      readonly choice: number;
      readonly isPart: boolean;
      readonly by: "number" | "scan";
    }
  | { readonly kind: "report_x" }
  /** `offMinor`: what is missing in the drawer, positive. */
  | { readonly kind: "close_shift"; readonly offMinor: number };

/** What goes wrong at a sale. */
export type Trouble = "none" | "paper_ends" | "new_roll" | "power_cut";

/** The clerks of the two shifts, in order; the second has a PIN. */
export const DAY_CLERKS = ["mei", "hua"] as const;

const FLOAT_MINOR = 50_000;
/** What the second clerk's drawer lacks. */
const OFF_MINOR = 100;
/** The tiles of a category that no result of a sale covers: an order begins with one of them. */
const FIRST_TILES_COUNT = 3;
/** Orders between the parking of one and its taking up. */
const PARKED_FOR_COUNT = 2;

/** The day of `seed`. */
export function planDay(size: DaySize, items: readonly PlanItem[], seed: number): readonly DayStep[] {
  const dice = new Stream(seed, "standard day");
  const { orderCount, voidCount, parkCount } = size;
  const half = Math.floor(orderCount / 2);
  const paperAt = Math.floor(orderCount / 4);
  const troubles = new Map<number, Trouble>([
    [paperAt, "paper_ends"],
    [paperAt + 1, "new_roll"],
    [half + paperAt, "power_cut"],
  ]);
  const special = drawSpecial(size, troubles, dice);
  const later = new Map<number, DayStep[]>();
  const refundAfter = drawRefunds(size, dice);
  const steps: DayStep[] = [{ kind: "open_shift", clerk: DAY_CLERKS[0], floatMinor: FLOAT_MINOR }];
  for (let index = 0; index < orderCount; index += 1) {
    if (index === half)
      steps.push(
        { kind: "report_x" },
        { kind: "close_shift", offMinor: 0 },
        { kind: "open_shift", clerk: DAY_CLERKS[1], floatMinor: FLOAT_MINOR },
      );
    const asked = drawItems(items, dice);
    const pay = drawPay(dice);
    const place = special.indexOf(index);
    if (place >= 0 && place < voidCount) steps.push({ kind: "void", items: asked });
    else if (place >= 0 && place < voidCount + parkCount) {
      const label = `Table ${index + 1}`;
      steps.push({ kind: "park", items: asked, label });
      const until = Math.min(index + PARKED_FOR_COUNT, orderCount - 1);
      later.set(until, [...(later.get(until) ?? []), { kind: "recall", label, pay }]);
    } else {
      const trouble = troubles.get(index) ?? "none";
      steps.push({ kind: "sale", items: asked, pay, trouble });
    }
    steps.push(...(later.get(index) ?? []));
    for (let count = refundAfter.get(index) ?? 0; count > 0; count -= 1)
      steps.push({
        kind: "refund",
        choice: dice.below(2 ** 31),
        isPart: dice.chance(0.5),
        by: dice.chance(0.5) ? "number" : "scan",
      });
  }
  return [...steps, { kind: "close_shift", offMinor: OFF_MINOR }];
}

// Voids and parks at orders of their own, and at none at which something goes wrong.
function drawSpecial(
  { orderCount, voidCount, parkCount }: DaySize,
  taken: ReadonlyMap<number, Trouble>,
  dice: Stream,
): readonly number[] {
  const free = Array.from({ length: orderCount }, (_, index) => index).filter((index) => !taken.has(index));
  return shuffled(free, dice).slice(0, voidCount + parkCount);
}

/** After which order how many returns come: never before a tenth of the day is sold. */
function drawRefunds({ orderCount, returnCount }: DaySize, dice: Stream): ReadonlyMap<number, number> {
  const after = new Map<number, number>();
  const first = Math.ceil(orderCount / 10) + 2;
  for (let count = 0; count < returnCount; count += 1) {
    const index = dice.between(first, orderCount - 1);
    after.set(index, (after.get(index) ?? 0) + 1);
  }
  return after;
}

function drawItems(items: readonly PlanItem[], dice: Stream): readonly PlanItem[] {
  const categories = [...new Set(items.map(({ category }) => category))];
  const category = categories[dice.below(categories.length)];
  const shelf = items.filter((item) => item.category === category);
  return Array.from({ length: dice.between(1, 4) }, (_, index) => {
    const item = shelf[dice.below(index === 0 ? Math.min(FIRST_TILES_COUNT, shelf.length) : shelf.length)];
    return item ?? { sku: "", category: "", priceMinor: 0 };
  });
}

function drawPay(dice: Stream): Pay {
  const roll = dice.below(4);
  return roll < 2 ? "exact" : roll === 2 ? "note" : "keyed";
}

function shuffled<T>(values: readonly T[], dice: Stream): readonly T[] {
  const all = [...values];
  for (let index = all.length - 1; index > 0; index -= 1) {
    const other = dice.below(index + 1);
    const [here, there] = [all[index], all[other]];
    if (here !== undefined && there !== undefined) [all[index], all[other]] = [there, here];
  }
  return all;
}
