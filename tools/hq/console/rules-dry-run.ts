/**
 * A dry run, and what promotions gave, as streams of JSON lines: rows as they are found, how far it is, and the sum at the end. A
 * browser that goes away ends it; no more than a few run at once, for each folds as much as it can.
 */
import { HqFault, faultLine } from "../fault.ts";
import { asRules, readDocument } from "../pricing/document.ts";
import { dryRun } from "../pricing/dry-run.ts";
import type { ChangedCheck, DryRunTally } from "../pricing/dry-run.ts";
import { promotionEffects } from "../pricing/effect.ts";
import type { EffectTally } from "../pricing/effect.ts";
import { subtract } from "../../../core/money.ts";
import type { Span } from "../store/console.ts";
import type { DryRunProgress, DryRunRow, DryRunSaid, EffectSaid } from "./api-rules.ts";
import { currencyOf } from "./catalogue.ts";
import type { ConsoleContext } from "./context.ts";
import { receiptOf } from "./orders.ts";
import { itemsOf } from "./rules.ts";

/** Runs of one console at once. */
export const DRY_RUNS_COUNT_MAX = 2;
/** Lines of one order that are told. */
const LINES_COUNT_MAX = 12;

/** See the header. `isStopped` is looked at between pages. Never throws: what failed is its last line. */
export async function* dryRunLines(
  context: ConsoleContext,
  text: string,
  span: Span,
  isStopped: () => boolean,
): AsyncGenerator<DryRunSaid, void, undefined> {
  const read = readDocument(text);
  if (!read.ok) {
    yield { kind: "refused", problems: read.problems };
    return;
  }
  try {
    yield* runLines(context, asRules(read.value, text, 0), span, isStopped);
  } catch (error) {
    context.log(`console dry run: ${faultLine(error)}`);
    yield { kind: "failed", code: error instanceof HqFault ? "console/store" : "console/bug" };
  }
}

async function* runLines(
  context: ConsoleContext,
  rules: ReturnType<typeof asRules>,
  span: Span,
  isStopped: () => boolean,
): AsyncGenerator<DryRunSaid, void, undefined> {
  const { tenant, store, zoneMinutes } = context;
  const startedMs = performance.now();
  const items = await itemsOf(context);
  const totalCount = await closingCountOf(context, span);
  const under = {
    rules,
    place: { store: "", channel: "counter", zoneMinutes },
    categoryOf: (sku: string): string => items.get(sku)?.category ?? "",
  };
  let tally: DryRunTally | null = null;
  for await (const step of dryRun({ tenant, store, span, under, isStopped })) {
    tally = step.tally;
    for (const changed of step.changed) yield rowOf(changed);
    yield progressOf("progress", tally, totalCount, performance.now() - startedMs);
  }
  if (!isStopped()) yield progressOf("done", tally, totalCount, performance.now() - startedMs);
}

function rowOf({ closing, repriced }: ChangedCheck): DryRunRow {
  const { beforeMinor, afterMinor, promotions, lines } = repriced;
  return {
    kind: "row",
    receipt: receiptOf(closing),
    order: closing.order,
    atMs: closing.atMs,
    currency: closing.currency,
    beforeMinor: String(beforeMinor),
    afterMinor: String(afterMinor),
    promotions: promotions.map(({ id, givenMinor }) => ({ id, givenMinor: String(givenMinor) })),
    lines: lines
      .filter((line) => subtract(line.afterMinor, line.beforeMinor) !== 0)
      .slice(0, LINES_COUNT_MAX)
      .map((line) => ({
        sku: line.sku,
        name: line.name,
        quantityMilli: line.quantityMilli,
        beforeMinor: String(line.beforeMinor),
        afterMinor: String(line.afterMinor),
      })),
  };
}

function progressOf(
  kind: DryRunProgress["kind"],
  tally: DryRunTally | null,
  totalCount: number,
  tookMs: number,
): DryRunProgress {
  return {
    kind,
    totalCount,
    closingCount: tally?.closingCount ?? 0,
    pricedCount: tally?.pricedCount ?? 0,
    lineCount: tally?.lineCount ?? 0,
    changedCount: tally?.changedCount ?? 0,
    beforeMinor: String(tally?.beforeMinor ?? 0n),
    afterMinor: String(tally?.afterMinor ?? 0n),
    leftByCode: tally?.leftByCode ?? {},
    tookMs: Math.round(tookMs),
  };
}

async function closingCountOf({ store, tenant, zoneMinutes }: ConsoleContext, span: Span): Promise<number> {
  const sums = await store.console.sales(tenant, span, "all", zoneMinutes);
  return sums.reduce((total, sum) => total + sum.saleCount + sum.returnCount, 0);
}

/** What promotions gave in a span, told after each page. Never throws: what failed is its last line. */
export async function* effectLines(
  context: ConsoleContext,
  span: Span,
  isStopped: () => boolean,
): AsyncGenerator<EffectSaid, void, undefined> {
  const { tenant, store } = context;
  try {
    const [totalCount, currency] = [await closingCountOf(context, span), await currencyOf(context)];
    let tally: EffectTally = { closingCount: 0, effects: [], plainCount: 0, plainMinor: 0n };
    const saying = (kind: "progress" | "done"): EffectSaid => ({
      kind,
      totalCount,
      currency,
      closingCount: tally.closingCount,
      plainCount: tally.plainCount,
      plainMinor: String(tally.plainMinor),
      effects: tally.effects.map((effect) => ({
        ...effect,
        givenMinor: String(effect.givenMinor),
        turnoverMinor: String(effect.turnoverMinor),
      })),
    });
    for await (tally of promotionEffects({ tenant, store, span, isStopped })) yield saying("progress");
    if (!isStopped()) yield saying("done");
  } catch (error) {
    context.log(`console effects: ${faultLine(error)}`);
    yield { kind: "failed", code: error instanceof HqFault ? "console/store" : "console/bug" };
  }
}
