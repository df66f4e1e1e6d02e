/**
 * `replay explain`: why a receipt comes to what it comes to: each line's price and how it was reached, the
 * tax of each rate, rounding, tenders and change, in the order in which they were reckoned.
 */
import type { Order, Check, Closing, Line } from "../../../core/order/types.ts";
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
): { readonly order: Order; readonly check: Check; readonly closing: Closing } {
  for (const { order } of state.orders.values()) {
    for (const check of order.checks) {
      for (const closing of check.closings) {
        const { series, number } = closing.facts.receipt;
        const names = [`${closing.terminal}-${series}-${number}`, `${series}-${number}`, closing.id];
        if (names.includes(name) || closing.id.endsWith(`/${name}`)) return { order, check, closing };
      }
    }
  }
  throw new ReplayFault("replay/not_found", name);
}

/** The lines of the explanation, indented by what follows from what. */
export function explainReceipt(order: Order, check: Check, closing: Closing): readonly string[] {
  const money = moneyOf(order.currency);
  const { facts } = closing;
  const sign = order.kind === "sale" ? 1 : -1;
  const grossMinor = sumWithin(check.lines.map(lineAmount));
  return [
    `receipt ${closing.terminal}-${facts.receipt.series}-${facts.receipt.number} (${order.kind}, ${order.currency})`,
    ...check.lines.flatMap((line) => lineLines(line, money)),
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

function lineLines(line: Line, money: ReturnType<typeof moneyOf>): readonly string[] {
  const source = line.priceSource === "list" ? "list price" : `price (${line.priceSource})`;
  const quantity = quantityText(line.quantityMilli);
  const head = `  ${line.name}: ${money(lineAmount(line))}`;
  if (line.returnOf === null)
    return [head, `    ${quantity} x ${source} ${money(line.unitPriceMinor)}, half up`];
  const { soldMilli, soldMinor, fromMilli } = line.returnOf;
  const to = quantityText(line.quantityMilli);
  return [
    head,
    `    ${to} of ${quantityText(soldMilli)} sold for ${money(soldMinor)}, after ${fromMilli / 1000} came back: a difference of prefixes`,
  ];
}
