/**
 * An order's event as one step of its timeline: its place, its two instants and what it says. Names
 * labels and kinds only: words are the page's, so a step reads in any language.
 */
import { eventId } from "../../../core/ids.ts";
import { isPricingEvent } from "../../../core/price/order/adjustments.ts";
import type { RecordedOrderEvent } from "../../../core/order/types.ts";
import type { PricingEvent } from "../../../core/price/order/events.ts";
import { tellPricing } from "../../../core/price/order/tell.ts";
import type { EventFact, TimelineEvent } from "./api.ts";

/** See the header. */
export function timelineEvent(recorded: RecordedOrderEvent, receivedAtMs: number | null): TimelineEvent {
  const { terminal, seq, at, cause, event } = recorded;
  const clerk = cause?.clerk ?? ("clerk" in event ? event.clerk : "");
  return {
    id: eventId(recorded),
    type: event.type,
    terminal,
    seq,
    clerk,
    atMs: at,
    receivedAtMs,
    facts: [...factsOf(event)].filter((fact) => fact.kind !== "text" || fact.text !== ""),
  };
}

function text(label: string, value: string): EventFact {
  return { label, kind: "text", text: value };
}

function word(label: string, value: string): EventFact {
  return { label, kind: "word", word: value };
}

function money(label: string, amountMinor: number): EventFact {
  return { label, kind: "money", minor: String(amountMinor) };
}

function quantity(milli: number): EventFact {
  return { label: "quantity", kind: "quantity", milli };
}

/** A version that headquarters published; the terminal's own file is none. */
function versionText(version: number): string {
  return version === 0 ? "" : String(version);
}

function factsOf(event: RecordedOrderEvent["event"]): readonly EventFact[] {
  if (isPricingEvent(event)) return pricingFactsOf(event);
  switch (event.type) {
    case "order_opened":
      return [word("kind", event.kind), text("label", event.label), text("reason", event.reason)];
    case "line_added":
      return [
        text("item", event.name),
        text("sku", event.sku),
        quantity(event.quantityMilli),
        money("unit_price", event.unitPriceMinor),
        text("reason", event.reason),
        text("price_version", versionText(event.priceVersion)),
        text("rules_version", versionText(event.pricing?.rulesVersion ?? 0)),
      ];
    case "units_added":
      return [quantity(event.quantityMilli)];
    case "units_removed":
      return [quantity(event.quantityMilli), text("reason", event.reason)];
    case "note_set":
      return [text("note", event.text)];
    case "order_voided":
      return [text("reason", event.reason)];
    case "order_parked":
      return [text("label", event.label)];
    case "check_frozen":
      return [money("due", event.dueMinor)];
    case "cash_rounded":
      return [money("rounding", event.adjustmentMinor)];
    case "tender_captured":
      return [
        word("method", event.method),
        money("amount", event.amountMinor),
        money("handed", event.handedMinor),
        money("change", event.changeMinor),
      ];
    case "check_closed": {
      const { series, number } = event.receipt;
      return [money("total", event.totalMinor), text("receipt", `${series}-${number}`)];
    }
    case "receipt_copied":
      return [text("copy", String(event.copyNumber))];
    case "print_finished":
      return [word("outcome", event.outcome), text("code", event.code)];
    case "return_linked":
      return [text("original", event.original)];
    case "units_returned":
      return [text("return", event.by)];
    case "tender_requested":
    case "tender_approved":
    case "tender_declined":
    case "tender_doubted":
    case "tender_reversed":
    case "tender_overridden":
    case "tender_judged":
    case "orphan_found":
    case "orphan_settled":
    case "slip_received":
    case "tender_forwarded":
      return cardFactsOf(event);
    case "check_thawed":
    case "order_recalled":
    case "edit_undone":
      return [];
  }
}

function pricingFactsOf(event: PricingEvent): readonly EventFact[] {
  const { detail, amountMinor } = tellPricing(event);
  return [
    ...(detail === "" ? [] : [text("words", detail)]),
    ...(amountMinor === null ? [] : [money("amount", amountMinor)]),
  ];
}

type CardEvent = Extract<
  RecordedOrderEvent["event"],
  {
    readonly type:
      | "tender_requested"
      | "tender_approved"
      | "tender_declined"
      | "tender_doubted"
      | "tender_reversed"
      | "tender_overridden"
      | "tender_judged"
      | "orphan_found"
      | "orphan_settled"
      | "slip_received"
      | "tender_forwarded";
  }
>;

function cardFactsOf(event: CardEvent): readonly EventFact[] {
  switch (event.type) {
    case "tender_requested":
      return [word("kind", event.kind), money("amount", event.amountMinor), text("reader", event.reader)];
    case "tender_approved":
      return [
        text("card", `${event.result.brand} ${event.result.lastFour}`.trim()),
        text("reference", event.result.reference),
      ];
    case "tender_declined":
      return [text("code", event.code), text("words", event.text)];
    case "tender_doubted":
    case "tender_reversed":
      return [text("code", event.code)];
    case "tender_overridden":
      return [text("reason", event.reason)];
    case "tender_judged":
      return [word("outcome", event.as), text("reason", event.reason)];
    case "orphan_found":
      return [money("amount", event.amountMinor), text("reference", event.result.reference)];
    case "orphan_settled":
      return [word("outcome", event.how), text("reason", event.reason)];
    case "slip_received":
      return [text("copy", event.copy)];
    case "tender_forwarded":
      return [word("outcome", event.as), text("code", event.code)];
  }
}
