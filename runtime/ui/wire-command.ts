/**
 * Reads the commands that a page may send. Bounds of amounts, texts and quantities are the trade's to
 * check, which answers in words; here is only that every field is there, of its kind, and no other.
 */
import type { CountedDenomination, UnitsToReturn } from "../../core/command.ts";
import type { ClerkId, LineId, OrderId, ShiftId } from "../../core/ids.ts";
import { DENOMINATIONS_COUNT_MAX, ORDER_LINES_COUNT_MAX } from "../../core/limits.ts";
import { kindOf } from "./fields.ts";
import type { FieldReader } from "./fields.ts";
import { WIRE_TEXT_LENGTH_MAX } from "./limits.ts";
import type { ScreenCommand } from "./wire.ts";

type Readers = {
  readonly [T in ScreenCommand["type"]]: (from: FieldReader) => Extract<ScreenCommand, { type: T }>;
};

// One reader for each command: a new one does not compile until it can be read.
const READERS: Readers = {
  sign_on: (from) => ({ type: "sign_on", clerk: clerkOf(from) }),
  sign_off: (from) => ({ type: "sign_off", clerk: clerkOf(from) }),
  unlock_clerk: (from) => ({ type: "unlock_clerk", clerk: clerkOf(from) }),
  trust_clock: () => ({ type: "trust_clock" }),
  open_order: (from) => {
    return {
      type: "open_order",
      kind: from.word("kind", ["sale", "return"]),
      label: text(from, "label"),
      reason: text(from, "reason"),
    };
  },
  add_item: (from) => {
    return {
      type: "add_item",
      order: nullableId(from, "order"),
      sku: text(from, "sku"),
      quantityMilli: from.integer("quantityMilli"),
    };
  },
  add_open_item: (from) => {
    return {
      type: "add_open_item",
      order: nullableId(from, "order"),
      sku: text(from, "sku"),
      name: text(from, "name"),
      quantityMilli: from.integer("quantityMilli"),
      unitPriceMinor: from.integer("unitPriceMinor"),
      reason: text(from, "reason"),
    };
  },
  request_card: (from) => {
    return {
      type: "request_card",
      order: from.eventId("order"),
      amountMinor: from.nullable("amountMinor", (its, name) => its.integer(name)),
      leftMinor: from.nullable("leftMinor", (its, name) => its.integer(name)),
      reader: text(from, "reader"),
    };
  },
  continue_refund: (from) => {
    return { type: "continue_refund", order: from.eventId("order"), inCash: from.flag("inCash") };
  },
  reverse_card: (from) => {
    return { type: "reverse_card", order: from.eventId("order"), tender: from.eventId("tender") };
  },
  override_tender: (from) => {
    return {
      type: "override_tender",
      order: from.eventId("order"),
      tender: from.eventId("tender"),
      reason: text(from, "reason"),
    };
  },
  judge_tender: (from) => {
    return {
      type: "judge_tender",
      order: from.eventId("order"),
      tender: from.eventId("tender"),
      as: from.word("as", ["captured", "failed"]),
      reason: text(from, "reason"),
    };
  },
  settle_orphan: (from) => {
    return {
      type: "settle_orphan",
      order: from.eventId("order"),
      tender: from.eventId("tender"),
      orphan: from.eventId("orphan"),
      how: from.word("how", ["taken_back", "case_opened"]),
      reason: text(from, "reason"),
    };
  },
  give_discount: (from) => {
    return {
      type: "give_discount",
      order: from.eventId("order"),
      line: nullableId(from, "line"),
      ratePpm: from.nullable("ratePpm", (its, name) => its.integer(name)),
      amountMinor: from.integer("amountMinor"),
      reason: text(from, "reason"),
    };
  },
  enter_coupon: (from) => {
    return { type: "enter_coupon", order: from.eventId("order"), code: text(from, "code") };
  },
  withdraw_adjustment: (from) => {
    return {
      type: "withdraw_adjustment",
      order: from.eventId("order"),
      adjustment: from.eventId("adjustment"),
    };
  },
  set_tip: (from) => {
    return {
      type: "set_tip",
      order: from.eventId("order"),
      ratePpm: from.nullable("ratePpm", (its, name) => its.integer(name)),
      amountMinor: from.integer("amountMinor"),
    };
  },
  set_guests: (from) => {
    return { type: "set_guests", order: from.eventId("order"), guestCount: from.integer("guestCount") };
  },
  set_tier: (from) => {
    return { type: "set_tier", order: from.eventId("order"), tier: text(from, "tier") };
  },
  set_tax_treatment: (from) => {
    return {
      type: "set_tax_treatment",
      order: from.eventId("order"),
      treatment: from.word("treatment", ["standard", "tax_free", "reverse_charge"]),
      reason: text(from, "reason"),
    };
  },
  round_order: (from) => {
    return { type: "round_order", order: from.eventId("order"), isGiven: from.flag("isGiven") };
  },
  add_units: (from) => {
    return { type: "add_units", ...lineOf(from), quantityMilli: from.integer("quantityMilli") };
  },
  remove_units: (from) => {
    return {
      type: "remove_units",
      ...lineOf(from),
      quantityMilli: from.integer("quantityMilli"),
      reason: text(from, "reason"),
    };
  },
  set_note: (from) => {
    return {
      type: "set_note",
      order: from.eventId("order"),
      line: nullableId(from, "line"),
      text: text(from, "text"),
    };
  },
  void_order: (from) => {
    return { type: "void_order", order: from.eventId("order"), reason: text(from, "reason") };
  },
  freeze_check: orderOf("freeze_check"),
  thaw_check: (from) => {
    return { type: "thaw_check", order: from.eventId("order"), check: from.eventId("check") };
  },
  take_cash: (from) => {
    return {
      type: "take_cash",
      order: from.eventId("order"),
      handedMinor: from.integer("handedMinor"),
      leftMinor: from.nullable("leftMinor", (its, name) => its.integer(name)),
    };
  },
  pay_out_cash: orderOf("pay_out_cash"),
  close_without_tender: orderOf("close_without_tender"),
  copy_receipt: orderOf("copy_receipt"),
  park_order: (from) => {
    return { type: "park_order", order: from.eventId("order"), label: text(from, "label") };
  },
  recall_order: orderOf("recall_order"),
  undo: orderOf("undo"),
  refund: (from) => {
    return {
      type: "refund",
      closing: from.eventId("closing"),
      lines: from.list("lines", ORDER_LINES_COUNT_MAX, unitsOf),
      reason: text(from, "reason"),
    };
  },
  open_shift: (from) => {
    return { type: "open_shift", drawer: from.drawerId("drawer"), floatMinor: from.integer("floatMinor") };
  },
  join_shift: shiftOf("join_shift"),
  move_cash: (from) => {
    return {
      type: "move_cash",
      kind: from.word("kind", ["pay_in", "pay_out", "drop"]),
      amountMinor: from.integer("amountMinor"),
      reason: text(from, "reason"),
    };
  },
  open_drawer: (from) => ({ type: "open_drawer", reason: text(from, "reason") }),
  count_drawer: (from) => {
    return {
      type: "count_drawer",
      shift: from.eventId("shift"),
      denominations: from.list("denominations", DENOMINATIONS_COUNT_MAX, denominationOf),
    };
  },
  report_shift: shiftOf("report_shift"),
  close_shift: (from) => {
    return { type: "close_shift", shift: from.eventId("shift"), reason: text(from, "reason") };
  },
  print_report: (from) => ({
    type: "print_report",
    closing: from.eventId("closing"),
  }),
  set_sold_out: (from) => {
    return { type: "set_sold_out", sku: text(from, "sku"), isSoldOut: from.flag("isSoldOut") };
  },
};

const TYPES: readonly ScreenCommand["type"][] = typesOf(READERS);

/** The command in an object; throws WrongField as every reader of fields does. */
export function readCommand(from: FieldReader): ScreenCommand {
  return READERS[kindOf(from, "type", TYPES, "wire/unknown_command")](from);
}

function typesOf(readers: Readers): readonly ScreenCommand["type"][] {
  const isType = (name: string): name is ScreenCommand["type"] => Object.hasOwn(readers, name);
  return Object.keys(readers).filter(isType);
}

function text(from: FieldReader, name: string): string {
  return from.text(name, WIRE_TEXT_LENGTH_MAX);
}

function clerkOf(from: FieldReader): ClerkId {
  return from.clerkId("clerk");
}

function lineOf(from: FieldReader): { readonly order: OrderId; readonly line: LineId } {
  return { order: from.eventId("order"), line: from.eventId("line") };
}

function nullableId(from: FieldReader, name: string): (OrderId & LineId) | null {
  return from.nullable(name, (its, field) => its.eventId(field));
}

function orderOf<const T extends string>(type: T) {
  return (from: FieldReader): { readonly type: T; readonly order: OrderId } => ({
    type,
    order: from.eventId("order"),
  });
}

function shiftOf<const T extends string>(type: T) {
  return (from: FieldReader): { readonly type: T; readonly shift: ShiftId } => ({
    type,
    shift: from.eventId("shift"),
  });
}

function unitsOf(row: FieldReader): UnitsToReturn {
  return { line: row.eventId("line"), quantityMilli: row.integer("quantityMilli") };
}

function denominationOf(row: FieldReader): CountedDenomination {
  return { valueMinor: row.integer("valueMinor"), count: row.integer("count") };
}
