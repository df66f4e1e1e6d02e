/**
 * `replay explain`: why a receipt comes to what it comes to: each line's price and how it was reached, the
 * tax of each rate, rounding, tenders and change, in the order in which they were reckoned.
 */
import { eventId } from "../../../core/ids.ts";
import type { LineId } from "../../../core/ids.ts";
import type { Order, Check, Closing, Line, RecordedOrderEvent } from "../../../core/order/types.ts";
import { lineAmount } from "../../../core/order/lines.ts";
import { minor, quantityText, sumWithin } from "../../../core/money.ts";
import { ratePercent } from "../../../core/receipt/parts.ts";
import type { State } from "../../../core/state.ts";
import { ReplayFault } from "./fault.ts";
import { moneyOf } from "./tell.ts";

/** The closing that `name` means: a receipt's number (terminal-series-number), or the seq of its record. */
export function findReceipt(
  state: State,
  name: string,
): {
  readonly order: Order;
  readonly check: Check;
  readonly closing: Closing;
  /** What headquarters published each line's price under; without those of the terminal's own file. */
  readonly versions: ReadonlyMap<LineId, number>;
} {
  for (const { order, events } of state.orders.values()) {
    for (const check of order.checks) {
      for (const closing of check.closings) {
        const { series, number } = closing.facts.receipt;
        const names = [`${closing.terminal}-${series}-${number}`, `${series}-${number}`, closing.id];
        if (names.includes(name) || closing.id.endsWith(`/${name}`))
          return { order, check, closing, versions: versionsIn(events) };
      }
    }
  }
  throw new ReplayFault("replay/not_found", name);
}

function versionsIn(events: readonly RecordedOrderEvent[]): ReadonlyMap<LineId, number> {
  return new Map(
    events.flatMap((recorded) => {
      const { event } = recorded;
      const isPublished = event.type === "line_added" && event.priceVersion > 0;
      return isPublished ? [[eventId(recorded), event.priceVersion] as const] : [];
    }),
  );
}

/** The lines of the explanation, indented by what follows from what. */
export function explainReceipt(
  order: Order,
  check: Check,
  closing: Closing,
  versions: ReadonlyMap<LineId, number> = new Map(),
): readonly string[] {
  const money = moneyOf(order.currency);
  const { facts } = closing;
  const sign = order.kind === "sale" ? 1 : -1;
  const grossMinor = sumWithin(check.lines.map(lineAmount));
  return [
    `receipt ${closing.terminal}-${facts.receipt.series}-${facts.receipt.number} (${order.kind}, ${order.currency})`,
    ...check.lines.flatMap((line) => lineLines(line, money, versions.get(line.id) ?? 0)),
    `  sum of lines ${money(grossMinor)}${sign === 1 ? "" : ", paid back"}: total ${money(facts.totalMinor)}`,
    ...facts.taxes.map(
      ({ ratePpm, netMinor, taxMinor }) =>
        `  tax ${ratePercent(ratePpm)} % is in ${money(minor(netMinor + taxMinor))}: gross x rate / (1 + rate), half up = ${money(taxMinor)}, net ${money(netMinor)}`,
    ),
    ...(facts.roundingMinor === 0
      ? []
      : [
          `  cash rounding ${money(facts.roundingMinor)}: coins pay ${money(minor(facts.totalMinor + facts.roundingMinor))}`,
        ]),
    ...check.tenders.map(
      ({ method, amountMinor, handedMinor, changeMinor }) =>
        `  ${method}: handed ${money(handedMinor)} less change ${money(changeMinor)} = ${money(amountMinor)}`,
    ),
  ];
}

function lineLines(line: Line, money: ReturnType<typeof moneyOf>, version: number): readonly string[] {
  const source = line.priceSource === "list" ? "list price" : `price (${line.priceSource})`;
  const quantity = quantityText(line.quantityMilli);
  const head = `  ${line.name}: ${money(lineAmount(line))}`;
  const under = version === 0 ? "" : ` of headquarters' version ${version}`;
  if (line.returnOf === null)
    return [head, `    ${quantity} x ${source} ${money(line.unitPriceMinor)}${under}, half up`];
  const { soldMilli, soldMinor, fromMilli } = line.returnOf;
  const to = quantityText(line.quantityMilli);
  return [
    head,
    `    ${to} of ${quantityText(soldMilli)} sold for ${money(soldMinor)}, after ${fromMilli / 1000} came back: a difference of prefixes`,
  ];
}
