/**
 * Card tenders folded from an order's events.
 *
 * T1 Total: an event that no longer fits changes nothing; money that moved is never forgotten.
 * T2 "captured" and what follows it are final: no later word of the request undoes them.
 * T3 Money that nobody asked for says nothing of what was asked for: a request that was in doubt when
 *    a person settles it is in doubt again, and a person tells.
 */
import { eventId } from "../ids.ts";
import type { CheckId, TenderId } from "../ids.ts";
import type { RecordedOrderEvent } from "../order/types.ts";
import type { TenderRequested } from "./events.ts";
import type { CardTender, CardTenderStatus } from "./types.ts";

/** Every request of these events (sorted, of one order), in order; of one check, or of all. */
export function cardTendersOf(
  events: readonly RecordedOrderEvent[],
  check: CheckId | null = null,
): readonly CardTender[] {
  const tenders = new Map<TenderId, CardTender>();
  for (const recorded of events) {
    const { event } = recorded;
    if (event.type === "tender_requested") {
      if (check === null || event.check === check) tenders.set(eventId(recorded), requested(recorded, event));
      continue;
    }
    const id = tenderOf(recorded);
    const before = id === null ? undefined : tenders.get(id);
    if (before !== undefined) tenders.set(before.id, after(before, recorded));
  }
  return [...tenders.values()];
}

/** The tender that an event says something of, or null. */
export function tenderOf({ event }: RecordedOrderEvent): TenderId | null {
  switch (event.type) {
    case "tender_captured":
      return event.request;
    case "tender_approved":
    case "tender_declined":
    case "tender_doubted":
    case "tender_reversed":
    case "tender_overridden":
    case "tender_judged":
    case "tender_forwarded":
    case "orphan_found":
    case "orphan_settled":
    case "slip_received":
      return event.tender;
    default:
      return null;
  }
}

function requested(recorded: RecordedOrderEvent, event: TenderRequested): CardTender {
  const { order, check, kind, reader, serial, amountMinor, watermark, shift } = event;
  const { original, originalReference, clerk } = event;
  return {
    id: eventId(recorded),
    ...{
      order,
      check,
      kind,
      reader,
      serial,
      amountMinor,
      watermark,
      shift,
      clerk,
      original,
      originalReference,
    },
    at: recorded.at,
    status: "requested",
    code: "",
    text: "",
    result: null,
    isOffline: false,
    isManual: false,
    isOverridden: false,
    orphans: [],
    slips: [],
  };
}

const STILL_UNKNOWN = { status: "unknown", isManual: true } as const;

const FINAL: ReadonlySet<CardTenderStatus> = new Set([
  "captured",
  "accepted_offline",
  "declined",
  "declined_later",
  "reversed",
]);

function after(tender: CardTender, recorded: RecordedOrderEvent): CardTender {
  const { event } = recorded;
  switch (event.type) {
    case "slip_received":
      return { ...tender, slips: [...tender.slips, { id: eventId(recorded), slip: event }] };
    case "tender_overridden":
      return { ...tender, isOverridden: true };
    case "tender_captured":
      // T1: also after a final "no": the money moved.
      return { ...tender, status: tender.isOffline ? "accepted_offline" : "captured", code: "", text: "" };
    case "tender_forwarded":
      if (tender.status !== "accepted_offline") return tender;
      return { ...tender, status: event.as === "captured" ? "captured" : "declined_later", code: event.code };
    case "orphan_found": {
      const { amountMinor, currency, result } = event;
      const orphan = { id: eventId(recorded), amountMinor, currency, result, isSettled: false };
      const status = FINAL.has(tender.status) ? tender.status : "orphaned";
      return { ...tender, status, orphans: [...tender.orphans, orphan] };
    }
    case "orphan_settled": {
      const orphans = tender.orphans.map((its) =>
        its.id === event.orphan ? { ...its, isSettled: true } : its,
      );
      const isOver = tender.status === "orphaned" && orphans.every((its) => its.isSettled);
      if (!isOver) return { ...tender, orphans };
      // T3: the money was another's than the one asked for, whose end stays in doubt.
      const isInDoubt = tender.code !== "";
      return { ...tender, orphans, ...(isInDoubt ? STILL_UNKNOWN : { status: "declined" }) };
    }
    default:
      // T2
      return FINAL.has(tender.status) ? tender : answered(tender, recorded);
  }
}

function answered(tender: CardTender, { event }: RecordedOrderEvent): CardTender {
  switch (event.type) {
    case "tender_approved":
      return { ...tender, status: "approved", result: event.result, isOffline: event.isOffline, code: "" };
    case "tender_declined":
      return { ...tender, status: "declined", code: event.code, text: event.text };
    case "tender_doubted": {
      const status = tender.status === "orphaned" ? "orphaned" : "unknown";
      return { ...tender, status, code: event.code, isManual: event.isManual };
    }
    case "tender_reversed":
      return { ...tender, status: "reversed", code: event.code };
    case "tender_judged":
      return event.as === "failed" ? { ...tender, status: "declined", code: "tender/judged_failed" } : tender;
    default:
      return tender;
  }
}
