/**
 * Tenders of an order and what may go back to each (ARITHMETIC section 10). The right of a tender is
 * what it captured without what it gave back; the order in which rights are filled is a setting.
 *
 * I4 No tender gives back more than it captured.
 */
import { allocate, minor, subtract, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { settleCash } from "./cash.ts";
import type { CashRule, CashSettled } from "./cash.ts";
import type { CartRefusal } from "./refusal.ts";

/** "bonus" and "points" earn no points. */
export type CartTenderMethod = "card" | "cash" | "wallet" | "principal" | "bonus" | "points" | "gift_card";

/** What is asked of one tender. */
export interface CartTender {
  readonly id: string;
  readonly method: CartTenderMethod;
  /** Null: what is left. */
  readonly amountMinor: Minor | null;
  /** Cash put on the counter, or null. */
  readonly handedMinor: Minor | null;
}

/** A tender that captured its part of the total. */
export interface CapturedTender {
  readonly id: string;
  readonly method: CartTenderMethod;
  readonly amountMinor: Minor;
  /** How cash settled its part; null for everything else. */
  readonly cash: CashSettled | null;
}

/** Captures a total. Where coins are rounded, cash comes last: it settles what is left, once. */
export function captureTenders(
  totalMinor: Minor,
  tenders: readonly CartTender[],
  rule: CashRule,
): { readonly ok: true; readonly tenders: readonly CapturedTender[] } | CartRefusal {
  const captured: CapturedTender[] = [];
  let leftMinor = totalMinor;
  for (const [index, { id, method, amountMinor, handedMinor }] of tenders.entries()) {
    const partMinor = amountMinor ?? leftMinor;
    if (partMinor > leftMinor) return { ok: false, code: "cart/tender_over", path: `tenders[${index}]` };
    leftMinor = subtract(leftMinor, partMinor);
    const isRounded = leftMinor === 0;
    const own = isRounded ? rule : { ...rule, incrementMinor: minor(1) };
    const cash = method === "cash" ? settleCash(partMinor, own, handedMinor) : null;
    if (cash !== null && (cash.changeMinor ?? 0) < 0)
      return { ok: false, code: "cart/tender_short", path: `tenders[${index}].handedMinor` };
    captured.push({ id, method, amountMinor: partMinor, cash });
  }
  return leftMinor === 0
    ? { ok: true, tenders: captured }
    : { ok: false, code: "cart/tender_short", path: "tenders" };
}

/** The order in which tenders are filled; "operator" names them. */
export type FillOrder = "capture_order" | "reverse" | "proportional" | "operator";

/** Amounts that go back to each right, side by side; null when the rights that may be filled are too small. */
export function fillRights(
  amountMinor: Minor,
  rightsMinor: readonly Minor[],
  order: FillOrder,
  namedIndexes: readonly number[],
): readonly Minor[] | null {
  if (order === "proportional")
    return amountMinor > sum(rightsMinor) ? null : allocate(amountMinor, rightsMinor);
  const indexes = [...rightsMinor.keys()];
  if (order === "reverse") indexes.reverse();
  const amounts = rightsMinor.map(() => ZERO);
  let leftMinor = amountMinor;
  for (const index of order === "operator" ? new Set(namedIndexes) : indexes) {
    const partMinor = minor(Math.min(leftMinor, rightsMinor[index] ?? 0));
    amounts[index] = partMinor;
    leftMinor = subtract(leftMinor, partMinor);
  }
  return leftMinor === 0 ? amounts : null;
}
