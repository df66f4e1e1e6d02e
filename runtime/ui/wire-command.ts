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
  trust_clock: (from) => {
    from.only("type");
    return { type: "trust_clock" };
  },
  open_order: (from) => {
    from.only("type", "kind", "label", "reason");
    return {
      type: "open_order",
      kind: from.word("kind", ["sale", "return"]),
      label: text(from, "label"),
      reason: text(from, "reason"),
    };
  },
  add_item: (from) => {
    from.only("type", "order", "sku", "quantityMilli");
    return {
      type: "add_item",
      order: nullableId(from, "order"),
      sku: text(from, "sku"),
      quantityMilli: from.integer("quantityMilli"),
    };
  },
  add_open_item: (from) => {
    from.only("type", "order", "sku", "name", "quantityMilli", "unitPriceMinor", "reason");
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
    from.only("type", "order", "amountMinor", "leftMinor", "reader");
    return {
      type: "request_card",
      order: from.eventId("order"),
      amountMinor: from.nullable("amountMinor", (its, name) => its.integer(name)),
      leftMinor: from.nullable("leftMinor", (its, name) => its.integer(name)),
      reader: text(from, "reader"),
    };
  },
  continue_refund: (from) => {
    from.only("type", "order", "inCash");
    return { type: "continue_refund", order: from.eventId("order"), inCash: from.flag("inCash") };
  },
  reverse_card: (from) => {
    from.only("type", "order", "tender");
    return { type: "reverse_card", order: from.eventId("order"), tender: from.eventId("tender") };
  },
  override_tender: (from) => {
    from.only("type", "order", "tender", "reason");
    return {
      type: "override_tender",
      order: from.eventId("order"),
      tender: from.eventId("tender"),
      reason: text(from, "reason"),
    };
  },
  judge_tender: (from) => {
    from.only("type", "order", "tender", "as", "reason");
    return {
      type: "judge_tender",
      order: from.eventId("order"),
      tender: from.eventId("tender"),
      as: from.word("as", ["captured", "failed"]),
      reason: text(from, "reason"),
    };
  },
  settle_orphan: (from) => {
    from.only("type", "order", "tender", "orphan", "how", "reason");
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
    from.only("type", "order", "line", "ratePpm", "amountMinor", "reason");
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
    from.only("type", "order", "code");
    return { type: "enter_coupon", order: from.eventId("order"), code: text(from, "code") };
  },
  withdraw_adjustment: (from) => {
    from.only("type", "order", "adjustment");
    return {
      type: "withdraw_adjustment",
      order: from.eventId("order"),
      adjustment: from.eventId("adjustment"),
    };
  },
  set_tip: (from) => {
    from.only("type", "order", "ratePpm", "amountMinor");
    return {
      type: "set_tip",
      order: from.eventId("order"),
      ratePpm: from.nullable("ratePpm", (its, name) => its.integer(name)),
      amountMinor: from.integer("amountMinor"),
    };
  },
  set_guests: (from) => {
    from.only("type", "order", "guestCount");
    return { type: "set_guests", order: from.eventId("order"), guestCount: from.integer("guestCount") };
  },
  set_tier: (from) => {
    from.only("type", "order", "tier");
    return { type: "set_tier", order: from.eventId("order"), tier: text(from, "tier") };
  },
  set_tax_treatment: (from) => {
    from.only("type", "order", "treatment", "reason");
    return {
      type: "set_tax_treatment",
      order: from.eventId("order"),
      treatment: from.word("treatment", ["standard", "tax_free", "reverse_charge"]),
      reason: text(from, "reason"),
    };
  },
  round_order: (from) => {
    from.only("type", "order", "isGiven");
    return { type: "round_order", order: from.eventId("order"), isGiven: from.flag("isGiven") };
  },
  add_units: (from) => {
    from.only("type", "order", "line", "quantityMilli");
    return { type: "add_units", ...lineOf(from), quantityMilli: from.integer("quantityMilli") };
  },
  remove_units: (from) => {
    from.only("type", "order", "line", "quantityMilli", "reason");
    return {
      type: "remove_units",
      ...lineOf(from),
      quantityMilli: from.integer("quantityMilli"),
      reason: text(from, "reason"),
    };
  },
  set_note: (from) => {
    from.only("type", "order", "line", "text");
    return {
      type: "set_note",
      order: from.eventId("order"),
      line: nullableId(from, "line"),
      text: text(from, "text"),
    };
  },
  void_order: (from) => {
    from.only("type", "order", "reason");
    return { type: "void_order", order: from.eventId("order"), reason: text(from, "reason") };
  },
  freeze_check: orderOf("freeze_check"),
  thaw_check: (from) => {
    from.only("type", "order", "check");
    return { type: "thaw_check", order: from.eventId("order"), check: from.eventId("check") };
  },
  take_cash: (from) => {
    from.only("type", "order", "handedMinor", "leftMinor");
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
    from.only("type", "order", "label");
    return { type: "park_order", order: from.eventId("order"), label: text(from, "label") };
  },
  recall_order: orderOf("recall_order"),
  undo: orderOf("undo"),
  refund: (from) => {
    from.only("type", "closing", "lines", "reason");
    return {
      type: "refund",
      closing: from.eventId("closing"),
      lines: from.list("lines", ORDER_LINES_COUNT_MAX, unitsOf),
      reason: text(from, "reason"),
    };
  },
  open_shift: (from) => {
    from.only("type", "drawer", "floatMinor");
    return { type: "open_shift", drawer: from.drawerId("drawer"), floatMinor: from.integer("floatMinor") };
  },
  join_shift: shiftOf("join_shift"),
  move_cash: (from) => {
    from.only("type", "kind", "amountMinor", "reason");
    return {
      type: "move_cash",
      kind: from.word("kind", ["pay_in", "pay_out", "drop"]),
      amountMinor: from.integer("amountMinor"),
      reason: text(from, "reason"),
    };
  },
  open_drawer: (from) => ({ type: "open_drawer", reason: text(from.only("type", "reason"), "reason") }),
  count_drawer: (from) => {
    from.only("type", "shift", "denominations");
    return {
      type: "count_drawer",
      shift: from.eventId("shift"),
      denominations: from.list("denominations", DENOMINATIONS_COUNT_MAX, denominationOf),
    };
  },
  report_shift: shiftOf("report_shift"),
  close_shift: (from) => {
    from.only("type", "shift", "reason");
    return { type: "close_shift", shift: from.eventId("shift"), reason: text(from, "reason") };
  },
  print_report: (from) => ({
    type: "print_report",
    closing: from.only("type", "closing").eventId("closing"),
  }),
  set_sold_out: (from) => {
    from.only("type", "sku", "isSoldOut");
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
  return from.only("type", "clerk").clerkId("clerk");
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
    order: from.only("type", "order").eventId("order"),
  });
}

function shiftOf<const T extends string>(type: T) {
  return (from: FieldReader): { readonly type: T; readonly shift: ShiftId } => ({
    type,
    shift: from.only("type", "shift").eventId("shift"),
  });
}

function unitsOf(row: FieldReader): UnitsToReturn {
  row.only("line", "quantityMilli");
  return { line: row.eventId("line"), quantityMilli: row.integer("quantityMilli") };
}

function denominationOf(row: FieldReader): CountedDenomination {
  row.only("valueMinor", "count");
  return { valueMinor: row.integer("valueMinor"), count: row.integer("count") };
}
