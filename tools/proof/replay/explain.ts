/**
 * `replay explain`: why a receipt comes to what it comes to: each line's price and how it was reached, the
 * tax of each rate, rounding, tenders and change, in the order in which they were reckoned.
 */
import { eventId } from "../../../core/ids.ts";
import type { LineId } from "../../../core/ids.ts";
import type { Order, Check, Closing, Line, RecordedOrderEvent } from "../../../core/order/types.ts";
import { lineAmount } from "../../../core/order/lines.ts";
import { minor, quantityText, sumWithin } from "../../../core/money.ts";
import { explainPricing } from "../../../core/price/order/explain.ts";
import type { ExplainedPrice } from "../../../core/price/order/explain.ts";
import type { CheckPricing } from "../../../core/price/order/types.ts";
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
  if (check.pricing !== null) return explainPriced(order, check, closing, check.pricing);
  const grossMinor = sumWithin(check.lines.map(lineAmount));
  return [
    `receipt ${closing.terminal}-${facts.receipt.series}-${facts.receipt.number} (${order.kind}, ${order.currency})`,
    ...check.lines.flatMap((line) => lineLines(line, money, versions.get(line.id) ?? 0)),
    `  sum of lines ${money(grossMinor)}${sign === 1 ? "" : ", paid back"}: total ${money(facts.totalMinor)}`,
    ...facts.taxes.map(
      ({ ratePpm, netMinor, taxMinor }) =>
        `  tax ${ratePercent(ratePpm)} % is in ${money(minor(netMinor + taxMinor))}: gross x rate / (1 + rate), half up = ${money(taxMinor)}, net ${money(netMinor)}`,
    ),
    ...settledLines(check, closing, money),
  ];
}

/** The tree of rules of a check that was sold by them: every amount from the facts that it froze. */
function explainPriced(
  order: Order,
  check: Check,
  closing: Closing,
  pricing: CheckPricing,
): readonly string[] {
  const money = moneyOf(order.currency);
  const { facts } = closing;
  const { rules, treatment } = pricing;
  const by =
    rules === null
      ? "no pricing rules"
      : `pricing rules ${rules.version}, ${Buffer.from(rules.sha256).toString("hex").slice(0, 16)}`;
  const tree = explainPricing(check.lines, pricing);
  return [
    `receipt ${closing.terminal}-${facts.receipt.series}-${facts.receipt.number} (${order.kind}, ${order.currency}), by ${by}`,
    ...(treatment === "standard" ? [] : [`  taxed as ${treatment}`]),
    ...tree.parts.flatMap((node) => nodeLines(node, "  ", money)),
    `  total ${money(tree.amountMinor)}${order.kind === "sale" ? "" : ", paid back"}`,
    ...facts.taxes.map(
      ({ ratePpm, netMinor, taxMinor }) =>
        `  tax ${ratePercent(ratePpm)} % ${pricing.isTaxInclusive ? "inside" : "on top"}: net ${money(netMinor)}, tax ${money(taxMinor)}`,
    ),
    ...pricing.promotions
      .filter(({ forfeitedMinor }) => forfeitedMinor !== 0)
      .map(({ name, forfeitedMinor }) => `  ${name}: ${money(forfeitedMinor)} more than any line could bear`),
    ...settledLines(check, closing, money),
  ];
}

function nodeLines(
  { kind, name, stageNumber, amountMinor, insideTaxMinor, parts }: ExplainedPrice,
  indent: string,
  money: ReturnType<typeof moneyOf>,
): readonly string[] {
  const stage = stageNumber === null ? "" : `${stageNumber} `;
  const title = kind === "line" ? name : [kind, name].filter(Boolean).join(" ");
  const inside = insideTaxMinor === 0 ? "" : ` (tax inside ${money(insideTaxMinor)})`;
  return [
    `${indent}${stage}${title}: ${money(amountMinor)}${inside}`,
    ...parts.flatMap((part) => nodeLines(part, `${indent}  `, money)),
  ];
}

function settledLines(
  check: Check,
  { facts }: Closing,
  money: ReturnType<typeof moneyOf>,
): readonly string[] {
  return [
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
