/**
 * The reader of what the runtime says about cards (wire.ts), as strict as wire-view.ts: a field too
 * many is as wrong as one that is missing.
 */
import { CARD_TENDER_STATUSES } from "../../core/tender/types.ts";
import type { FieldReader } from "./fields.ts";
import { WIRE_ROWS_COUNT_MAX, WIRE_TEXT_LENGTH_MAX } from "./limits.ts";
import type { CardsView, CardView, PromptView, ReaderView } from "./wire.ts";

const LINKS = ["down", "connecting", "ready", "busy", "needs_attention"] as const;
const STEPS = ["connecting", "present_card", "enter_pin", "processing", "remove_card", "other"] as const;

/** The part "cards" of a view. */
export function readCards(from: FieldReader): CardsView {
  return {
    readers: from.list("readers", WIRE_ROWS_COUNT_MAX, readerOf),
    tenders: from.list("tenders", WIRE_ROWS_COUNT_MAX, cardOf),
  };
}

function text(from: FieldReader, name: string): string {
  return from.text(name, WIRE_TEXT_LENGTH_MAX);
}

function readerOf(from: FieldReader): ReaderView {
  return {
    name: text(from, "name"),
    link: from.word("link", LINKS),
    model: text(from, "model"),
    serial: text(from, "serial"),
    sentence: text(from, "sentence"),
  };
}

function cardOf(from: FieldReader): CardView {
  return {
    tender: from.eventId("tender"),
    order: from.eventId("order"),
    label: text(from, "label"),
    isCurrent: from.flag("isCurrent"),
    reader: text(from, "reader"),
    kind: from.word("kind", ["pay", "refund", "reverse"]),
    amountMinor: from.integer("amountMinor"),
    status: from.word("status", CARD_TENDER_STATUSES),
    isManual: from.flag("isManual"),
    isOverridden: from.flag("isOverridden"),
    card: text(from, "card"),
    sentence: text(from, "sentence"),
    text: text(from, "text"),
    isAtReader: from.flag("isAtReader"),
    prompt: from.nullable("prompt", (its, name) => promptOf(its.object(name))),
    orphan: from.nullable("orphan", (its, name) => orphanOf(its.object(name))),
  };
}

function promptOf(from: FieldReader): PromptView {
  return { step: from.word("step", STEPS), text: text(from, "text"), canCancel: from.flag("canCancel") };
}

function orphanOf(from: FieldReader): NonNullable<CardView["orphan"]> {
  return {
    orphan: from.eventId("orphan"),
    amountMinor: from.integer("amountMinor"),
    currency: text(from, "currency"),
  };
}
