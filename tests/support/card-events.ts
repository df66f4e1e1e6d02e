/** Events of card tenders in few words, for tests of one order's fold. The order is that of order-events.ts. */
import { clerkId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import type { CardResult } from "../../core/tender/events.ts";
import type { OrderEvent } from "../../core/types.ts";
import { id } from "./core-fixtures.ts";
import { ORDER } from "./order-events.ts";

const result: CardResult = {
  reference: "0042",
  authorisation: "",
  serial: "68001234",
  brand: "Visa",
  lastFour: "1234",
  entry: "chip",
  verification: "pin",
};

/** A reader is asked for this much of a check. */
export function asked(check: string, amountMinor: number): OrderEvent {
  return {
    type: "tender_requested",
    order: ORDER,
    check: id(check),
    kind: "pay",
    reader: "r1",
    serial: result.serial,
    amountMinor: minor(amountMinor),
    watermark: "",
    original: null,
    originalReference: "",
    clerk: clerkId("anna"),
    shift: null,
  };
}

/** Its end is not known. */
export function doubted(tender: string): OrderEvent {
  return {
    type: "tender_doubted",
    order: ORDER,
    tender: id(tender),
    code: "reader/link_lost",
    isManual: false,
  };
}

/** A second person went on without it. */
export function overridden(tender: string): OrderEvent {
  return { type: "tender_overridden", order: ORDER, tender: id(tender), reason: "guest waits" };
}

/** The reader moved other money. */
export function orphaned(tender: string, amountMinor: number): OrderEvent {
  const money = { amountMinor: minor(amountMinor), currency: "SEK", result };
  return { type: "orphan_found", order: ORDER, tender: id(tender), ...money };
}

/** Approved without the host. */
export function approvedOffline(tender: string): OrderEvent {
  return {
    type: "tender_approved",
    order: ORDER,
    tender: id(tender),
    result,
    isOffline: true,
    isRecovered: false,
  };
}

/** Captured by this request. */
export function capturedCard(check: string, tender: string, amountMinor: number): OrderEvent {
  const money = { amountMinor: minor(amountMinor), handedMinor: minor(amountMinor), changeMinor: minor(0) };
  const names = { order: ORDER, check: id(check), request: id(tender), shift: null } as const;
  return { type: "tender_captured", method: "card", ...names, ...money };
}

/** The host refused later what was taken without it. */
export function refusedLater(tender: string): OrderEvent {
  return {
    type: "tender_forwarded",
    order: ORDER,
    tender: id(tender),
    as: "declined",
    code: "reader/declined",
  };
}
