/**
 * What a simulated ZVT terminal tells of a business and of a day: turnover memory turned into the fields
 * of a status information. Here alone a card's key becomes its number again, on its way out.
 */

import { cardOf } from "../cards.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Turnover } from "./memory.ts";
import type { DayTotals, StatusFields, TotalBrand } from "./messages.ts";
import { TOTAL_BRANDS } from "./messages.ts";

/** BMP 8A to the place in BMP 60. */
const PLACE: ReadonlyMap<number, TotalBrand> = new Map([
  [5, "girocard"],
  [6, "eurocard"],
  [8, "amex"],
  [10, "visa"],
]);

/** The fields of a business that stands. */
export function fieldsOf(turnover: Turnover, behaviour: Behaviour): StatusFields {
  const card = cardOf(turnover.cardKey);
  const { trace, originalTrace, receipt, date, time, amountMinor, technology, verification } = turnover;
  return {
    resultCode: 0,
    terminalId: behaviour.terminalId,
    amountMinor,
    currency: behaviour.currency,
    trace,
    ...(originalTrace === null ? {} : { originalTrace }),
    receipt,
    turnover: trace,
    date,
    time,
    authorisation: String(trace).padStart(8, "0"),
    ...(card === undefined
      ? {}
      : {
          card: {
            pan: card.pan,
            expiry: card.expiry,
            name: card.brand,
            typeCode: card.typeCode,
            technology,
            verification,
          },
        }),
  };
}

/** Sums of all that stands; refunds are taken off, and no sum goes below zero on the wire. */
export function totalsOf(turnovers: readonly Turnover[]): DayTotals & { readonly sumMinor: number } {
  const counted = turnovers.filter((its) => !its.isOver && its.kind !== "reversal" && its.kind !== "reserve");
  const receipts = turnovers.map((its) => its.receipt);
  const of = (brand: TotalBrand): readonly Turnover[] =>
    counted.filter((its) => (PLACE.get(cardOf(its.cardKey)?.typeCode ?? 0) ?? "other") === brand);
  const sum = (some: readonly Turnover[]): number =>
    Math.max(
      0,
      some.reduce((total, its) => total + (its.kind === "refund" ? -its.amountMinor : its.amountMinor), 0),
    );
  const rows = TOTAL_BRANDS.map(
    (brand) => [brand, { count: of(brand).length, amountMinor: sum(of(brand)) }] as const,
  );
  const [girocard, jcb, eurocard, amex, visa, diners, other] = rows.map(([, row]) => row);
  const none = { count: 0, amountMinor: 0 };
  return {
    sumMinor: sum(counted),
    fromReceipt: receipts.length === 0 ? 0 : Math.min(...receipts),
    toReceipt: receipts.length === 0 ? 0 : Math.max(...receipts),
    brands: {
      girocard: girocard ?? none,
      jcb: jcb ?? none,
      eurocard: eurocard ?? none,
      amex: amex ?? none,
      visa: visa ?? none,
      diners: diners ?? none,
      other: other ?? none,
    },
  };
}

/** "MMDD" and "HHMMSS" of an instant, in UTC. */
export function momentOf(nowMs: number): { readonly date: string; readonly time: string } {
  const text = new Date(nowMs).toISOString();
  return { date: text.slice(5, 7) + text.slice(8, 10), time: text.slice(11, 19).replaceAll(":", "") };
}
