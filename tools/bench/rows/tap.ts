/**
 * B2: what a tap costs on an order of 200 lines against one of 5: decide, encode, evolve. The screen is
 * not in it.
 */
import type { Context } from "../../../core/context.ts";
import { currentOrder } from "../../../core/state.ts";
import { encodeRecord } from "../../../protocol/record.ts";
import { median, mustEqual } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";
import { CONTEXT, contextWithRules, itemAt, TERMINAL, Till } from "../sale/shop.ts";

const TAPS_COUNT = 10;
const ORDERS_COUNT = 900;
const WARM_UP_COUNT = 300;
const RULES_ORDERS_COUNT = 300;
const [FEW_LINES, MANY_LINES] = [5, 200];

/** Nanoseconds of a tap, the middle of TAPS_COUNT, on a new order of so many lines. */
function tapNs(lineCount: number, context: Context): number {
  let encodedBytes = 0;
  const till = new Till(
    (recorded) => {
      encodedBytes += encodeRecord(recorded).length;
    },
    nothing,
    TERMINAL,
    context,
  );
  const add = (ordinal: number): void => {
    const order = currentOrder(till.state)?.id ?? null;
    till.tap({ type: "add_item", order, sku: itemAt(ordinal).sku, quantityMilli: 1000 });
  };
  for (let line = 0; line < lineCount; line += 1) add(line);
  const began = process.hrtime.bigint();
  for (let line = 0; line < TAPS_COUNT; line += 1) add(line);
  const ns = Number(process.hrtime.bigint() - began) / TAPS_COUNT;
  mustEqual("lines", currentOrder(till.state)?.lines.length, lineCount + TAPS_COUNT);
  if (encodedBytes === 0) throw new Error("bench: a tap is encoded");
  return ns;
}

function nothing(): void {
  // Effects are not in a tap.
}

/** Medians of a tap on many lines and on few. */
function pairNs(context: Context, ordersCount: number): readonly [number, number] {
  const few: number[] = [];
  const many: number[] = [];
  for (let order = 0; order < WARM_UP_COUNT + ordersCount; order += 1) {
    const pair = [tapNs(FEW_LINES, context), tapNs(MANY_LINES, context)] as const;
    if (order < WARM_UP_COUNT) continue;
    few.push(pair[0]);
    many.push(pair[1]);
  }
  return [median(many), median(few)];
}

/** The row: windows of some microseconds on the wall, so many that the middle one was not interrupted. */
export function benchTap(): readonly BenchRow[] {
  const [ours, peer] = pairNs(CONTEXT, ORDERS_COUNT);
  const [manyByRules, fewByRules] = pairNs(contextWithRules(), RULES_ORDERS_COUNT);
  return [
    rowOf({
      id: "B2",
      what: "cost of a tap on an order of 200 lines",
      ours,
      peer,
      peerName: "itself at 5 lines",
      ratio: ours / peer,
      judged: "ratio",
      better: "less",
      reach: 1.5,
      dream: 1.1,
      unit: "ns",
      note: `with promotions, fees and taxes by rules: ${(manyByRules / fewByRules).toFixed(2)} times, ${Math.round(manyByRules)} ns`,
    }),
  ];
}
