/**
 * The words of the seller without a screen: one step a line, as JSON or as plain words. A step names
 * no ids: it works on the current order, so that the same script means the same after a restart.
 */
import type { Command } from "../../core/command.ts";
import { clerkId, isClerkId } from "../../core/ids.ts";
import { currencyExponent, minorFromDecimal } from "../../core/money.ts";
import { leftToPay } from "../../core/order/fold.ts";
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";

/** One thing to do at the till. */
export type Step =
  | { readonly do: "on"; readonly clerk: string }
  | { readonly do: "open"; readonly kind: "sale" | "return"; readonly label: string; readonly reason: string }
  | { readonly do: "item"; readonly sku: string; readonly quantityMilli: number }
  | {
      readonly do: "price";
      readonly sku: string;
      readonly name: string;
      readonly quantityMilli: number;
      readonly priceMinor: number;
      readonly reason: string;
    }
  | { readonly do: "cash"; readonly handedMinor: number | "exact" }
  | { readonly do: "payout" }
  | { readonly do: "close" }
  | { readonly do: "void"; readonly reason: string }
  | { readonly do: "copy" }
  | { readonly do: "show" };

type FieldKind = "string" | "number";

const FIELDS: Readonly<Record<Step["do"], Readonly<Record<string, readonly FieldKind[]>>>> = {
  on: { clerk: ["string"] },
  open: { kind: ["string"], label: ["string"], reason: ["string"] },
  item: { sku: ["string"], quantityMilli: ["number"] },
  price: {
    sku: ["string"],
    name: ["string"],
    quantityMilli: ["number"],
    priceMinor: ["number"],
    reason: ["string"],
  },
  cash: { handedMinor: ["number", "string"] },
  payout: {},
  close: {},
  void: { reason: ["string"] },
  copy: {},
  show: {},
};

/** Whether a value from outside has the shape of a step. */
export function isStep(value: unknown): value is Step {
  if (typeof value !== "object" || value === null || !("do" in value)) return false;
  const fields = Object.entries(FIELDS).find(([name]) => name === value.do)?.[1];
  if (fields === undefined) return false;
  const given: Readonly<Record<string, unknown>> = { ...value };
  const hasFields = Object.entries(fields).every(([name, kinds]) =>
    kinds.some((kind) => typeof given[name] === kind),
  );
  if (!hasFields) return false;
  if (value.do === "open") return given["kind"] === "sale" || given["kind"] === "return";
  return value.do !== "cash" || typeof given["handedMinor"] === "number" || given["handedMinor"] === "exact";
}

/** The command that a step means now, or why it means none. */
export function commandOf(step: Step, state: State): Command | string {
  if (step.do === "on") {
    return isClerkId(step.clerk)
      ? { type: "sign_on", clerk: clerkId(step.clerk), attempt: null }
      : "a clerk's code is 1 to 16 letters";
  }
  if (step.do === "open") {
    return { type: "open_order", kind: step.kind, label: step.label, reason: step.reason };
  }
  if (step.do === "show") return "show is not a command";
  const order = currentOrder(state);
  const id = order?.id ?? null;
  if (step.do === "item")
    return { type: "add_item", order: id, sku: step.sku, quantityMilli: step.quantityMilli };
  if (step.do === "price") {
    const { sku, name, quantityMilli, priceMinor, reason } = step;
    return { type: "add_open_item", order: id, sku, name, quantityMilli, unitPriceMinor: priceMinor, reason };
  }
  if (step.do === "copy") {
    const closed = [...state.orders.values()].filter(({ order }) =>
      order.checks.some((check) => check.closings.length > 0),
    );
    const last = closed.at(-1)?.order.id;
    return last === undefined ? "there is no receipt yet" : { type: "copy_receipt", order: last };
  }
  if (order === null) return "there is no open order";
  switch (step.do) {
    case "cash": {
      const frozen = order.checks.find((check) => check.status === "frozen");
      const dueMinor = frozen === undefined ? order.openTotalMinor : leftToPay(frozen);
      return {
        type: "take_cash",
        order: order.id,
        handedMinor: step.handedMinor === "exact" ? dueMinor : step.handedMinor,
        leftMinor: null,
      };
    }
    case "payout":
      return { type: "pay_out_cash", order: order.id };
    case "close":
      return { type: "close_without_tender", order: order.id };
    case "void":
      return { type: "void_order", order: order.id, reason: step.reason };
    // A step in JSON may be anything.
    default:
      return "this is no step: try help";
  }
}

/** What a line of plain words means: see SELL_HELP. A string says what is wrong with it. */
export function stepOf(words: readonly string[], currency: string): Step | string {
  const [verb = "", first = "", second = "", ...rest] = words;
  const exponent = currencyExponent(currency);
  switch (verb) {
    case "on":
      return { do: "on", clerk: first };
    case "open":
      return { do: "open", kind: "sale", label: words.slice(1).join(" "), reason: "" };
    case "return":
      return { do: "open", kind: "return", label: "", reason: words.slice(1).join(" ") };
    case "item": {
      const quantityMilli = second === "" ? 1000 : minorFromDecimal(second, 3);
      return quantityMilli === null ? `${second} is no quantity` : { do: "item", sku: first, quantityMilli };
    }
    case "price": {
      const priceMinor = minorFromDecimal(second, exponent);
      if (priceMinor === null) return `${second} is no price`;
      const reason = rest.join(" ");
      return { do: "price", sku: first, name: "", quantityMilli: 1000, priceMinor, reason };
    }
    case "cash": {
      const handedMinor = first === "" || first === "exact" ? "exact" : minorFromDecimal(first, exponent);
      return handedMinor === null ? `${first} is no amount` : { do: "cash", handedMinor };
    }
    case "payout":
    case "close":
    case "copy":
    case "show":
      return { do: verb };
    case "void":
      return { do: "void", reason: words.slice(1).join(" ") };
    default:
      return `${verb} is no step: try help`;
  }
}

/** The steps, for people. */
export const SELL_HELP = `Steps, one a line; they work on the newest open order:
  on CLERK                       sign on
  item SKU [QUANTITY]            add an item of the catalogue
  price SKU AMOUNT REASON...     add an item at an open price
  open [LABEL] | return REASON   open a sale, or a return without its receipt
  cash [AMOUNT | exact]          take cash; closes the order when all is paid
  payout                         pay a return out in cash
  close                          close an order that comes to nothing
  void REASON                    void what is open
  copy                           print a copy of the last receipt
  show                           the current order
As JSON for programs: {"n":1,"at":1291191960000,"step":{"do":"item","sku":"85123A","quantityMilli":6000}}`;
