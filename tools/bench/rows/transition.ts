/**
 * B1: events through decide, evolve and effects in a second, against the same sale as an XState actor
 * and by its pure transition. Both come to the same totals, tenders and effects.
 */
import { cpuSeconds, inTurn, mustEqual } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";
import { eventsOfSale, resultOf, saleCommands } from "../sale/sale.ts";
import { contextWithRules, TERMINAL, Till } from "../sale/shop.ts";
import { saleEvents, xstateSales } from "../sale/xstate-sale.ts";

const LINES_COUNT = 6;
const SALES_COUNT = 2000;
const ROUNDS_COUNT = 9;

/** Sells so many sales by ours; answers what came of the last. */
function sellOurs(till: Till, salesCount: number): void {
  for (let ordinal = 0; ordinal < salesCount; ordinal += 1) {
    for (const command of saleCommands(till.state, ordinal, LINES_COUNT)) till.tap(command);
  }
}

/** The row. Throws when the two sides come to different sales. */
export async function benchTransition(): Promise<readonly BenchRow[]> {
  const peer = xstateSales();
  let [eventCount, effectCount] = [0, 0];
  const counted = new Till(
    () => {
      eventCount += 1;
    },
    () => {
      effectCount += 1;
    },
  );
  const before = eventCount;
  sellOurs(counted, 1);
  mustEqual("events of a sale", eventCount - before, eventsOfSale(LINES_COUNT));
  mustEqual("the sale", resultOf(counted.state), peer.actor(saleEvents(0, LINES_COUNT)));
  mustEqual("the sale", resultOf(counted.state), peer.transition(saleEvents(0, LINES_COUNT)));
  mustEqual("effects of a sale", effectCount, peer.effectCount);

  const events = SALES_COUNT * eventsOfSale(LINES_COUNT);
  const scripts = Array.from({ length: SALES_COUNT }, (_, ordinal) => saleEvents(ordinal, LINES_COUNT));
  const ours = async (): Promise<number> => {
    const till = new Till();
    return events / (await cpuSeconds(() => sellOurs(till, SALES_COUNT)));
  };
  const rate = async (sell: (script: (typeof scripts)[number]) => unknown): Promise<number> =>
    events / (await cpuSeconds(() => scripts.forEach(sell)));
  const actor = await inTurn(ROUNDS_COUNT, ours, () => rate((script) => peer.actor(script)));
  const byRules = async (): Promise<number> => {
    const till = new Till(undefined, undefined, TERMINAL, contextWithRules());
    return events / (await cpuSeconds(() => sellOurs(till, SALES_COUNT)));
  };
  const ruled = await inTurn(5, byRules, ours);
  const pure = await inTurn(5, ours, () => rate((script) => peer.transition(script)));
  return [
    rowOf({
      id: "B1",
      what: "events through decide + evolve + effects, 13-event sale with two tenders",
      ours: actor.ours,
      peer: actor.peer,
      peerName: "XState 5 actor",
      ratio: actor.ratio,
      judged: "ratio",
      better: "more",
      reach: 25,
      dream: 40,
      unit: "events/s",
      note: `XState transition(): ${Math.round(pure.peer)}/s, ours ${pure.ratio.toFixed(1)} times that; with promotions, fees and taxes by rules ours ${Math.round(ruled.ours)}/s, ${ruled.ratio.toFixed(2)} of plain`,
    }),
  ];
}
