/**
 * A1: what a check is paid with is what its lines come to, to the last minor unit, and change is what
 * was handed over and not kept. Looked at for each order whose money was touched, after each answer.
 * Prices and taxes are computed here once more, from the rule and not with the product's arithmetic.
 */
import type { Check, Line, Order } from "../../../../core/order/types.ts";
import type { TaxFact } from "../../../../core/facts.ts";
import type { Checker, Till } from "../cast.ts";

/** See the header. */
export const orderSums: Checker = {
  name: "order_sums",
  laws: ["A1", "I1", "I3"],
  shows: ["F1", "F9"],
  promise:
    "lines = due = tenders; net + tax = total, rounded half up once per rate; handed - change = amount; a closed check owes nothing",
  watch: (world) => ({
    answered: (till, { command, answer }) => {
      if (!answer.ok || !("order" in command) || command.order === null) return;
      const order = till.terminal?.loop.state.orders.get(command.order)?.order;
      if (order === undefined) return;
      const wrong = wrongIn(order);
      if (wrong !== null) world.violate("order_sums", till.name, `${order.id}: ${wrong}`);
    },
    inTheEnd: () => {
      for (const till of world.tills)
        for (const wrong of wrongOrders(till)) world.violate("order_sums", till.name, wrong);
    },
  }),
};

function wrongOrders(till: Till): readonly string[] {
  const orders = [...(till.terminal?.loop.state.orders.values() ?? [])];
  return orders.flatMap(({ order }) => {
    const wrong = wrongIn(order);
    return wrong === null ? [] : [`${order.id}: ${wrong}`];
  });
}

const DEVICE_MARKS: ReadonlySet<string> = new Set([
  "receipt_not_confirmed",
  "receipt_marked",
  "card_unknown",
]);

function wrongIn(order: Order): string | null {
  const openMinor = order.lines.reduce((sum, line) => sum + costMinor(line), 0);
  if (openMinor !== order.openTotalMinor)
    return `open lines ${openMinor}, open total ${order.openTotalMinor}`;
  // But for what a printer or a card reader did, a mark would be true only where several terminals write to one order.
  const odd = order.marks.filter((mark) => !DEVICE_MARKS.has(mark));
  if (odd.length > 0) return `is marked ${odd.join(", ")}`;
  for (const check of order.checks) {
    const wrong = wrongCheck(order, check);
    if (wrong !== null) return `check ${check.id}: ${wrong}`;
  }
  return null;
}

function wrongCheck(order: Order, check: Check): string | null {
  const sign = order.kind === "sale" ? 1 : -1;
  const linesMinor = sign * check.lines.reduce((sum, line) => sum + costMinor(line), 0);
  if (check.status !== "thawed" && linesMinor !== check.dueMinor + 0)
    return `lines ${linesMinor}, due ${check.dueMinor}`;
  const paidMinor = check.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  for (const tender of check.tenders) {
    if (tender.handedMinor - tender.changeMinor !== tender.amountMinor)
      return `tender ${tender.id} does not add up`;
    if (tender.changeMinor < 0) return `tender ${tender.id} gave negative change`;
  }
  if (Math.abs(paidMinor) > Math.abs(check.dueMinor)) return `paid ${paidMinor} of ${check.dueMinor}`;
  if (check.status !== "closed") return null;
  if (paidMinor !== check.dueMinor) return `closed with ${paidMinor} paid of ${check.dueMinor}`;
  for (const { facts } of check.closings) {
    const taxedMinor = facts.taxes.reduce((sum, tax) => sum + tax.netMinor + tax.taxMinor, 0);
    if (taxedMinor !== facts.totalMinor) return `net and tax ${taxedMinor}, total ${facts.totalMinor}`;
    if (facts.totalMinor !== check.dueMinor) return `total ${facts.totalMinor}, due ${check.dueMinor}`;
    const wrong = wrongTaxes(facts.taxes, taxesOf(check.lines, sign));
    if (wrong !== null) return wrong;
    const factsMinor = facts.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
    if (factsMinor !== facts.totalMinor)
      return `tenders in the facts ${factsMinor}, total ${facts.totalMinor}`;
  }
  return check.closings.length === 1 ? null : `closed ${check.closings.length} times`;
}

/** Price times thousandths, half up. */
function costMinor({ unitPriceMinor, quantityMilli }: Line): number {
  return halfUp(BigInt(unitPriceMinor) * BigInt(quantityMilli), 1000n);
}

/** The tax inside the lines of each rate, half up. */
function taxesOf(lines: readonly Line[], sign: 1 | -1): ReadonlyMap<number, number> {
  const grossByRate = new Map<number, number>();
  for (const line of lines)
    grossByRate.set(line.taxPpm, (grossByRate.get(line.taxPpm) ?? 0) + costMinor(line));
  return new Map(
    [...grossByRate].map(([ratePpm, grossMinor]) => {
      const taxMinor = halfUp(BigInt(grossMinor) * BigInt(ratePpm), BigInt(1_000_000 + ratePpm));
      return [ratePpm, sign * taxMinor + 0];
    }),
  );
}

function wrongTaxes(taxes: readonly TaxFact[], expected: ReadonlyMap<number, number>): string | null {
  if (taxes.length !== expected.size) return `${taxes.length} tax rates of ${expected.size}`;
  const wrong = taxes.find(({ ratePpm, taxMinor }) => taxMinor !== expected.get(ratePpm));
  return wrong === undefined
    ? null
    : `tax ${wrong.taxMinor} at ${wrong.ratePpm} ppm, the rule says ${expected.get(wrong.ratePpm)}`;
}

/** For magnitudes: a half goes up. */
function halfUp(numerator: bigint, denominator: bigint): number {
  return Number((2n * numerator + denominator) / (2n * denominator));
}
