/**
 * The canonical sales, as goals: what to tap next, given the order on the screen. So a script reaches
 * its end whatever a crash took from it, as a person would.
 */
import type { Command } from "../../../core/command.ts";
import { drawerId } from "../../../core/ids.ts";
import type { Order } from "../../../core/order/types.ts";
import type { State } from "../../../core/state.ts";

/** What happens next: a tap, a restart of the terminal, or the end. */
export type Step = Command | "restart" | "done";

/** A canonical sale. `next` is asked again after each step; `doneCount` counts closings that were seen. */
export interface Script {
  readonly name: string;
  readonly says: string;
  readonly next: (order: Order | null, doneCount: number, restartCount: number, state: State) => Step;
}

const SKUS = ["coffee", "bun", "milk"] as const;

/** The canonical sales that can be sold today. */
export const SCRIPTS: readonly Script[] = [
  {
    name: "cash_sale",
    says: "two items, one more of the first, cash in two parts with change",
    next: (order, doneCount) => {
      if (doneCount > 0) return "done";
      if (order === null) return add(null, 0);
      if (order.phase === "frozen") return cash(order, 5000);
      if (order.lines.length < 2) return add(order, order.lines.length);
      const [line] = order.lines;
      if (line !== undefined && line.quantityMilli < 2000)
        return { type: "add_units", order: order.id, line: line.id, quantityMilli: 1000 };
      return cash(order, 100);
    },
  },
  {
    name: "blind_return",
    says: "an item comes back without its receipt and is paid out",
    next: (order, doneCount) => {
      if (doneCount > 0) return "done";
      if (order === null) return { type: "open_order", kind: "return", label: "", reason: "brought back" };
      if (order.lines.length === 0 && order.phase === "open") return add(order, 0);
      return { type: "pay_out_cash", order: order.id };
    },
  },
  {
    name: "open_over_restart",
    says: "an order stays open over a restart, grows, and is paid exactly",
    next: (order, doneCount, restartCount) => {
      if (doneCount > 0) return "done";
      if (order === null) return add(null, 0);
      if (restartCount === 0) return order.lines.length < 2 ? add(order, 1) : "restart";
      if (order.phase === "open" && order.lines.length < 3) return add(order, 2);
      return cash(order, order.phase === "open" ? order.openTotalMinor : 100_000);
    },
  },
  {
    name: "refund",
    says: "two items are sold, one comes back against its receipt, then the other",
    next: (order, doneCount, _restartCount, state) => {
      if (doneCount > 2) return "done";
      const sale = [...state.orders.values()].find((its) => its.order.kind === "sale")?.order;
      const check = sale?.checks.find(({ status }) => status === "closed");
      const closing = check?.closings[0];
      if (sale === undefined || check === undefined || closing === undefined) {
        if (order === null) return add(null, 0);
        return order.phase === "open" && order.lines.length < 2
          ? add(order, order.lines.length)
          : cash(order, 100_000);
      }
      const line = check.lines.find(({ id }) => !sale.returned.some((its) => its.line === id));
      if (line === undefined) return "done";
      const { id, quantityMilli } = line;
      return { type: "refund", closing: closing.id, lines: [{ line: id, quantityMilli }], reason: "broken" };
    },
  },
  {
    name: "day_close",
    says: "a drawer is opened with its float, sells, is counted and closed with a difference",
    next: (order, doneCount, _restartCount, state) => {
      const [shift] = [...state.shifts.values()];
      if (shift === undefined) return { type: "open_shift", drawer: drawerId("1"), floatMinor: 500 };
      if (shift.closing !== null) return "done";
      if (doneCount === 0) return order === null ? add(null, 0) : cash(order, 100_000);
      if (shift.countedMinor === null) {
        const denominations = [{ valueMinor: 1, count: Math.max(0, shift.report.expectedMinor - 1) }];
        return { type: "count_drawer", shift: shift.id, denominations };
      }
      return { type: "close_shift", shift: shift.id, reason: "a coin is missing" };
    },
  },
];

/** Canonical sales whose part of the product does not exist yet. */
export const OPEN_SCRIPTS: readonly string[] = ["card_sale", "three_way_split", "table_move"];

function add(order: Order | null, index: number): Command {
  return { type: "add_item", order: order?.id ?? null, sku: SKUS[index] ?? SKUS[0], quantityMilli: 1000 };
}

function cash(order: Order, handedMinor: number): Command {
  return { type: "take_cash", order: order.id, handedMinor, leftMinor: null };
}
