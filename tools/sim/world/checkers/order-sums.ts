/**
 * A1: what a check is paid with is what its lines come to, to the last minor unit, and change is what
 * was handed over and not kept. Looked at for each order whose money was touched, after each answer.
 */
import { lineAmount } from "../../../../core/order/lines.ts";
import type { Check, Order } from "../../../../core/order/types.ts";
import type { Checker, Till } from "../cast.ts";

/** See the header. */
export const orderSums: Checker = {
  name: "order_sums",
  laws: ["A1", "I1", "I3"],
  shows: ["F1", "F9"],
  promise: "lines = due = tenders; net + tax = total; handed - change = amount; a closed check owes nothing",
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

function wrongIn(order: Order): string | null {
  const openMinor = order.lines.reduce((sum, line) => sum + lineAmount(line), 0);
  if (openMinor !== order.openTotalMinor)
    return `open lines ${openMinor}, open total ${order.openTotalMinor}`;
  // A mark of this list would be true only where several terminals write to one order.
  const odd = order.marks.filter((mark) => mark !== "receipt_not_confirmed");
  if (odd.length > 0) return `is marked ${odd.join(", ")}`;
  for (const check of order.checks) {
    const wrong = wrongCheck(order, check);
    if (wrong !== null) return `check ${check.id}: ${wrong}`;
  }
  return null;
}

function wrongCheck(order: Order, check: Check): string | null {
  const sign = order.kind === "sale" ? 1 : -1;
  const linesMinor = sign * check.lines.reduce((sum, line) => sum + lineAmount(line), 0);
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
    const factsMinor = facts.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
    if (factsMinor !== facts.totalMinor)
      return `tenders in the facts ${factsMinor}, total ${facts.totalMinor}`;
  }
  return check.closings.length === 1 ? null : `closed ${check.closings.length} times`;
}
