/**
 * Which of the candidates that may count together cost the customer least (ARITHMETIC section 7), found
 * without pricing every combination: promotions are decided one after the other in the order in which
 * they are taken, and a way is left as soon as it cannot end below the best one known.
 *
 * B1 What is found is what a search through every combination finds: a bound only leaves ways that cost
 *    more, or as much with more promotions.
 * B2 A promotion that changes nothing where it would be taken is not chosen: without it the cost is the
 *    same and the promotions are fewer.
 * B3 What is left after a promotion is at least what was left before it, less a part of that, and less the
 *    most that it gives. Both bounds grow with what was left, so that they can be taken one by one.
 */
import { minor, PPM_ONE, sum } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { takeOne } from "./discounts.ts";
import { byPriority, stageOf } from "./pipeline.ts";
import { spendOff } from "./promotions.ts";
import { taxTotal } from "./tax.ts";
import type { Applied, Cart, Percent, Promotion, Rule } from "./types.ts";
import { isSelected, leftOf, workLines } from "./working.ts";
import type { WorkLine } from "./working.ts";

/** Whether these may count together; of promotions that may, any part may. */
export type Stacks = (chosen: readonly Promotion[]) => boolean;

/** The cheapest of all combinations of candidates beside those that count `always`; a tie goes to the fewer, then to the lower ids. */
export function cheapest(
  cart: Cart,
  always: readonly Promotion[],
  candidates: readonly Promotion[],
  stacks: Stacks,
): readonly Promotion[] {
  const lines = workLines(cart.lines);
  const search: Search = { cart, lines, steps: stepsOf(cart, lines, always, candidates), stacks, best: null };
  look(search, 0, []);
  return search.best?.chosen ?? [];
}

/** One promotion at its stage. */
interface Step {
  readonly promotion: Promotion;
  readonly stageNumber: number;
  /** Counts in every way. */
  readonly isForced: boolean;
  readonly beginsStage: boolean;
  readonly own: readonly WorkLine[];
}

interface Way {
  readonly chosen: readonly Promotion[];
  readonly costMinor: number;
  readonly ids: readonly string[];
}

interface Search {
  readonly cart: Cart;
  readonly lines: readonly WorkLine[];
  readonly steps: readonly Step[];
  readonly stacks: Stacks;
  best: Way | null;
}

function stepsOf(
  cart: Cart,
  lines: readonly WorkLine[],
  always: readonly Promotion[],
  candidates: readonly Promotion[],
): readonly Step[] {
  const forced = new Set(always);
  return cart.pipeline.stages.flatMap(({ number, stage }) =>
    [...always, ...candidates]
      .filter((promotion) => stageOf(promotion) === stage)
      .sort(byPriority)
      .map((promotion, index): Step => ({
        promotion,
        stageNumber: number,
        isForced: forced.has(promotion),
        beginsStage: index === 0,
        own: lines.filter((line) => isSelected(line, promotion.selection)),
      })),
  );
}

function look(search: Search, index: number, chosen: readonly Promotion[]): void {
  const { lines, steps, stacks } = search;
  if (isHopeless(search, index, chosen)) return;
  const step = steps[index];
  if (step === undefined) {
    keep(search, chosen);
    return;
  }
  if (step.beginsStage) for (const line of lines) line.startMinor = line.leftMinor;
  const before = marked(lines);
  const withIt = step.isForced ? chosen : [...chosen, step.promotion];
  if (step.isForced || stacks(withIt)) {
    const applied = takeOne(lines, step.promotion, step.stageNumber);
    // B2
    if (step.isForced || changes(lines, before, applied)) look(search, index + 1, withIt);
    putBack(lines, before);
  }
  if (!step.isForced) look(search, index + 1, chosen);
}

// B1
function isHopeless(
  { cart, lines, steps, best }: Search,
  index: number,
  chosen: readonly Promotion[],
): boolean {
  if (best === null) return false;
  const leftMinor = sum(lines.map(leftOf));
  const boundMinor = leastLeft(leftMinor, steps, index);
  const leastMinor = boundMinor + leastTax(cart, lines, leftMinor - boundMinor);
  return leastMinor === best.costMinor ? chosen.length > best.ids.length : leastMinor > best.costMinor;
}

// B3. Divisions are of floats here: what they may be off is taken off, and no amount comes of them.
function leastLeft(leftMinor: number, steps: readonly Step[], from: number): number {
  let least = leftMinor;
  for (const step of steps.slice(from)) {
    const ratePpm = ratePpmOf(step.promotion.rule);
    const byPart = ratePpm === null ? 0 : Math.floor(least - (least / PPM_ONE) * ratePpm) - FLOAT_SLACK_MINOR;
    least = Math.max(0, least - mostGiven(step), byPart);
  }
  return least;
}

const FLOAT_SLACK_MINOR = 2;

/** The part that a percentage takes; null for what is no part of what is left. */
function ratePpmOf(rule: Rule): number | null {
  return rule.kind === "line_percent" || rule.kind === "order_percent" ? offPpm(rule.percent) : null;
}

function offPpm({ of, ratePpm }: Percent): number {
  return of === "off" ? ratePpm : PPM_ONE - ratePpm;
}

/** The most that a promotion can still give: what lines cost and what counts towards bars only falls. */
function mostGiven({ own, promotion: { rule } }: Step): number {
  switch (rule.kind) {
    case "line_percent":
      return partOf(leftIn(own), offPpm(rule.percent));
    case "order_percent":
      return barIn(own) < rule.barMinor ? 0 : partOf(leftIn(own), offPpm(rule.percent));
    case "spend_once":
    case "spend_every":
      return spendOff(minor(barIn(own)), rule);
    case "spend_ladder":
      return rule.steps.reduce(
        (most, step) => (step.barMinor <= barIn(own) ? Math.max(most, step.offMinor) : most),
        0,
      );
    // The dearest come first, so that of each set the cheapest are at most their part of what it began with.
    case "second_at":
      return partOf(startIn(own), offPpm(rule.percent) / 2) + own.length;
    case "cheapest_free":
      return partOf(startIn(own), (PPM_ONE * rule.freeCount) / rule.takeCount) + own.length;
    case "line_fixed":
    case "n_for_price":
    case "bundle":
    case "points":
      return leftIn(own);
  }
}

function partOf(amountMinor: number, ratePpm: number): number {
  return Math.ceil((amountMinor / PPM_ONE) * ratePpm) + FLOAT_SLACK_MINOR;
}

function leftIn(lines: readonly WorkLine[]): number {
  return lines.reduce((total, { leftMinor }) => total + leftMinor, 0);
}

function barIn(lines: readonly WorkLine[]): number {
  return lines.reduce((total, { barMinor }) => total + barMinor, 0);
}

function startIn(lines: readonly WorkLine[]): number {
  return lines.reduce((total, { startMinor }) => total + startMinor, 0);
}

/** The tax on top after `goneMinor` more is taken off, or less than it. */
function leastTax({ tax }: Cart, lines: readonly WorkLine[], goneMinor: number): number {
  if (tax.isInclusive) return 0;
  const ratePpmMax = lines.reduce((most, { taxPpm }) => Math.max(most, taxPpm), 0);
  const { taxMinor, roundingsCount } = taxTotal(tax, lines);
  // Each rounding is off by less than one, before and after.
  const slackMinor = 2 * roundingsCount + FLOAT_SLACK_MINOR;
  return Math.max(0, taxMinor - Math.ceil((goneMinor / PPM_ONE) * ratePpmMax) - slackMinor);
}

function keep(search: Search, chosen: readonly Promotion[]): void {
  const { cart, lines, best } = search;
  const taxMinor = cart.tax.isInclusive ? 0 : taxTotal(cart.tax, lines).taxMinor;
  const ids = chosen.map(({ id }) => id).sort();
  const way: Way = { chosen, costMinor: sum(lines.map(leftOf)) + taxMinor, ids };
  if (best === null || isBetter(way, best)) search.best = way;
}

function isBetter(a: Way, b: Way): boolean {
  if (a.costMinor !== b.costMinor) return a.costMinor < b.costMinor;
  if (a.ids.length !== b.ids.length) return a.ids.length < b.ids.length;
  const index = a.ids.findIndex((id, place) => id !== b.ids[place]);
  return index >= 0 && (a.ids[index] ?? "") < (b.ids[index] ?? "");
}

/** What a promotion may change on a line. */
type Mark = readonly [left: Minor, bar: Minor, start: Minor, used: number, shares: number];

function marked(lines: readonly WorkLine[]): readonly Mark[] {
  return lines.map(({ leftMinor, barMinor, startMinor, usedCount, shares }) => [
    leftMinor,
    barMinor,
    startMinor,
    usedCount,
    shares.length,
  ]);
}

function putBack(lines: readonly WorkLine[], marks: readonly Mark[]): void {
  lines.forEach((line, index) => {
    const mark = marks[index];
    if (mark === undefined) return;
    [line.leftMinor, line.barMinor, line.startMinor, line.usedCount, line.shares.length] = mark;
  });
}

function changes(lines: readonly WorkLine[], marks: readonly Mark[], { givenMinor }: Applied): boolean {
  // A set that gives nothing has taken its units from those behind it.
  return givenMinor !== 0 || lines.some(({ usedCount }, index) => usedCount !== marks[index]?.[3]);
}
