/**
 * Days of a shop at random: two terminals that hear each other now and then, every command there is with
 * parameters that often fit, PINs and second persons, cash rounded to 0.05, a clock that is doubted. One
 * seed is one history; what is refused leaves nothing.
 */
import type { Approval, Command, CommandType } from "../../core/command.ts";
import type { Context } from "../../core/context.ts";
import { clerkId, drawerId, eventId } from "../../core/ids.ts";
import type { ClerkId, EventId, ShiftId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import { leftToPay } from "../../core/order/fold.ts";
import type { Check } from "../../core/order/types.ts";
import type { Recorded } from "../../core/types.ts";
import { CONTEXT, id, ITEMS, Writer } from "./core-fixtures.ts";
import { Dice } from "./dice.ts";
import { rulesFrom, sourceOf } from "./priced-shop.ts";
import { CARD_MAKERS } from "./random-day-cards.ts";
import type { Making } from "./random-day-cards.ts";

const STEP_COUNT = 120;
const CLERKS = ["boss", "sam", "may_refund", "may_approve", "idle"].map(clerkId);
const NO_EVENT = id("Z/999");
const REASONS = ["", "why", "原因", "x".repeat(200)];

/** The shop of these days: "boss" and "may_approve" have PINs, buns have a price of headquarters. */
export const DAY_CONTEXT: Context = {
  ...CONTEXT,
  item: (sku) => {
    const item = CONTEXT.item(sku);
    return item === null || sku !== "bun" ? item : { ...item, priceVersion: 7 };
  },
  hasPin: (clerk) => clerk === "boss" || clerk === "may_approve",
  cashRounding: { incrementMinor: minor(5), tie: "up" },
  offlineCards: {
    tenderMinorMax: minor(5000),
    sumMinorMax: minor(50_000),
    cardsCountMax: 50,
    ageMsMax: 86_400_000,
  },
  drawers: [drawerId("1"), drawerId("till-2"), drawerId("bar")],
};

/** The second till sells by rules. */
const RULED_CONTEXT: Context = {
  ...DAY_CONTEXT,
  pricing: sourceOf(
    rulesFrom({
      currency: "SEK",
      promotions: [
        { id: "c10", kind: "spend_once", offMinor: 100, couponCodes: ["C10"] },
        { id: "second", nameEn: "Second at half", kind: "second_at", offPpm: 500_000, skus: ["tea"] },
      ],
      fees: [{ id: "box", amountMinor: 10, taxPpm: 250_000 }],
      rounding: { form: "drop_tenths" },
    }),
  ),
};

/** What both terminals recorded in the history of this seed. */
export function randomDay(seed: number): readonly Recorded[] {
  const dice = new Dice(seed);
  const writers = [new Writer("A", DAY_CONTEXT), new Writer("Kassa_2", RULED_CONTEXT)] as const;
  const heardCounts = [0, 0];
  for (const writer of writers) for (const clerk of CLERKS) signOn(writer, clerk);
  for (let step = 0; step < STEP_COUNT; step += 1) {
    const index = dice.chance(70) ? 0 : 1;
    const [writer, other] = index === 0 ? writers : ([writers[1], writers[0]] as const);
    const roll = dice.below(100);
    if (roll < 4) writer.start();
    else if (roll < 20) {
      for (const recorded of other.records.slice(heardCounts[index])) writer.hear(recorded);
      heardCounts[index] = other.records.length;
    } else act(writer, dice);
  }
  return writers.flatMap((writer) => writer.records);
}

function act(writer: Writer, dice: Dice): void {
  const { state } = writer;
  const orders = [...state.orders.values()].map(({ order }) => order);
  const order = orders.length === 0 || dice.chance(8) ? null : dice.pick(orders.slice(-5));
  const type = dice.pick(TYPES);
  const command = MAKERS[type]({ writer, dice, order });
  const clerk = dice.pick(CLERKS);
  const approval = dice.chance(40) ? approvalOf(writer, dice, clerk) : null;
  writer.tap(command, dice.chance(50) ? "boss" : clerk, approval);
}

function passed(writer: Writer, clerk: ClerkId, purpose: "sign_on" | "approve"): EventId {
  writer.tap({ type: "try_pin", clerk, purpose }, "");
  const attempt = eventId(
    writer.records.at(-1) ?? { terminal: writer.terminal, epoch: writer.state.epoch, seq: 1 },
  );
  writer.tap({ type: "pass_pin", clerk, attempt }, "");
  return attempt;
}

function signOn(writer: Writer, clerk: ClerkId): void {
  const attempt = DAY_CONTEXT.hasPin(clerk) ? passed(writer, clerk, "sign_on") : null;
  writer.tap({ type: "sign_on", clerk, attempt }, "");
}

function approvalOf(writer: Writer, dice: Dice, requester: ClerkId): Approval | null {
  const approver = clerkId(dice.chance(50) ? "boss" : "may_approve");
  if (approver === requester) return null;
  return { approver, attempt: passed(writer, approver, "approve") };
}

const idOf = ({ order }: Making): EventId => order?.id ?? NO_EVENT;
const reasonOf = ({ dice }: Making): string => dice.pick(REASONS);
const quantityOf = ({ dice }: Making): number => dice.pick([1000, 2000, 755, 500, 0]);
const skuOf = ({ dice }: Making): string => dice.pick(ITEMS).sku;
const clerkOf = ({ dice }: Making): ClerkId => dice.pick(CLERKS);
const amountOf = ({ dice }: Making): number => dice.pick([1, 250, 1003, 100_000, 0]);

function lineOf({ order, dice }: Making): EventId {
  return order === null || order.lines.length === 0 ? NO_EVENT : dice.pick(order.lines).id;
}

function checkOf({ order }: Making): Check | undefined {
  return order?.checks.find((check) => check.status === "frozen");
}

function shiftOf({ writer, dice }: Making): ShiftId {
  const open = [...writer.state.shifts.values()].filter((shift) => shift.closing === null);
  return open.length === 0 ? NO_EVENT : dice.pick(open).id;
}

function refundOf(making: Making): Command {
  const { writer, dice } = making;
  const sales = [...writer.state.orders.values()].flatMap(({ order }) =>
    order.kind === "sale" ? order.checks.filter((check) => check.closings.length > 0) : [],
  );
  const reason = reasonOf(making);
  if (sales.length === 0) return { type: "refund", closing: NO_EVENT, lines: [], reason };
  const check = dice.pick(sales);
  const lines = check.lines
    .filter(() => dice.chance(70))
    .map((line) => ({
      line: line.id,
      quantityMilli: dice.chance(50) ? line.quantityMilli : Math.max(1, Math.floor(line.quantityMilli / 3)),
    }));
  return { type: "refund", closing: check.closings[0]?.id ?? NO_EVENT, lines, reason };
}

function handedOf(making: Making): number {
  const { order, dice } = making;
  const check = checkOf(making);
  const leftMinor = check === undefined ? (order?.openTotalMinor ?? 0) : leftToPay(check);
  return Math.max(0, leftMinor + dice.pick([0, 2, -100, 1000, 5000]));
}

const MAKERS: Readonly<Record<CommandType, (making: Making) => Command>> = {
  sign_on: ({ writer, dice }) => {
    const clerk = dice.pick(CLERKS);
    return { type: "sign_on", clerk, attempt: dice.chance(80) ? passed(writer, clerk, "sign_on") : null };
  },
  sign_off: (making) => {
    const clerk = clerkOf(making);
    if (clerk === "boss") signOn(making.writer, clerk);
    return { type: "sign_off", clerk: clerk === "boss" ? clerkId("idle") : clerk };
  },
  try_pin: (making) => ({
    type: "try_pin",
    clerk: clerkOf(making),
    purpose: making.dice.pick(["sign_on", "approve", "training"]),
  }),
  pass_pin: (making) => {
    const clerk = clerkOf(making);
    return { type: "pass_pin", clerk, attempt: making.writer.state.pins.get(clerk)?.open ?? NO_EVENT };
  },
  unlock_clerk: (making) => ({ type: "unlock_clerk", clerk: clerkOf(making) }),
  open_order: (making) => ({
    type: "open_order",
    kind: making.dice.pick(["sale", "return"]),
    label: reasonOf(making),
    reason: reasonOf(making),
  }),
  add_item: (making) => ({
    type: "add_item",
    order: making.order?.id ?? null,
    sku: skuOf(making),
    quantityMilli: quantityOf(making),
  }),
  add_labelled_item: (making) => ({
    type: "add_labelled_item",
    order: making.order?.id ?? null,
    sku: skuOf(making),
    unitPriceMinor: amountOf(making),
  }),
  add_open_item: (making) => ({
    type: "add_open_item",
    order: making.order?.id ?? null,
    sku: "open",
    name: "Öppen 开放",
    quantityMilli: quantityOf(making),
    unitPriceMinor: amountOf(making),
    reason: reasonOf(making),
  }),
  add_units: (making) => ({
    type: "add_units",
    order: idOf(making),
    line: lineOf(making),
    quantityMilli: quantityOf(making),
  }),
  remove_units: (making) => ({
    type: "remove_units",
    order: idOf(making),
    line: lineOf(making),
    quantityMilli: quantityOf(making),
    reason: reasonOf(making),
  }),
  set_note: (making) => ({
    type: "set_note",
    order: idOf(making),
    line: making.dice.chance(50) ? lineOf(making) : null,
    text: reasonOf(making),
  }),
  void_order: (making) => ({ type: "void_order", order: idOf(making), reason: reasonOf(making) }),
  freeze_check: (making) => ({ type: "freeze_check", order: idOf(making) }),
  thaw_check: (making) => ({
    type: "thaw_check",
    order: idOf(making),
    check: checkOf(making)?.id ?? NO_EVENT,
  }),
  take_cash: (making) => ({
    type: "take_cash",
    order: idOf(making),
    handedMinor: handedOf(making),
    leftMinor: null,
  }),
  pay_out_cash: (making) => ({ type: "pay_out_cash", order: idOf(making) }),
  close_without_tender: (making) => ({ type: "close_without_tender", order: idOf(making) }),
  copy_receipt: (making) => ({ type: "copy_receipt", order: idOf(making) }),
  park_order: (making) => ({ type: "park_order", order: idOf(making), label: reasonOf(making) }),
  recall_order: (making) => ({ type: "recall_order", order: idOf(making) }),
  undo: (making) => ({ type: "undo", order: idOf(making) }),
  refund: refundOf,
  open_shift: (making) => ({
    type: "open_shift",
    drawer: making.dice.pick(DAY_CONTEXT.drawers),
    floatMinor: amountOf(making),
  }),
  join_shift: (making) => ({ type: "join_shift", shift: shiftOf(making) }),
  move_cash: (making) => ({
    type: "move_cash",
    kind: making.dice.pick(["pay_in", "pay_out", "drop"]),
    amountMinor: amountOf(making),
    reason: reasonOf(making),
  }),
  open_drawer: (making) => ({ type: "open_drawer", reason: reasonOf(making) }),
  count_drawer: (making) => ({
    type: "count_drawer",
    shift: shiftOf(making),
    denominations: [
      { valueMinor: 500, count: making.dice.below(4) },
      { valueMinor: 1, count: amountOf(making) },
    ],
  }),
  report_shift: (making) => ({ type: "report_shift", shift: shiftOf(making) }),
  close_shift: (making) => {
    const shift = shiftOf(making);
    making.writer.tap({ type: "count_drawer", shift, denominations: [{ valueMinor: 100, count: 10 }] });
    return { type: "close_shift", shift, reason: reasonOf(making) };
  },
  print_report: ({ writer }) => ({
    type: "print_report",
    closing: [...writer.state.reports.keys()].at(-1) ?? NO_EVENT,
  }),
  set_sold_out: (making) => ({
    type: "set_sold_out",
    sku: skuOf(making),
    isSoldOut: making.dice.chance(50),
  }),
  flag_clock: ({ dice }) => ({
    type: "flag_clock",
    flag: dice.pick(["behind", "before_release", "jumped"]),
    byMs: dice.below(1_000_000_000),
  }),
  trust_clock: () => ({ type: "trust_clock" }),
  finish_report: ({ writer, dice }) => ({
    type: "finish_report",
    job: [...writer.state.reportJobs].at(-1) ?? NO_EVENT,
    outcome: dice.pick(["printed", "failed", "unknown"]),
    code: dice.pick(["", "printer/silent"]),
    mark: dice.pick(["none", "resumed", "reprinted"]),
  }),
  finish_print: (making) => ({
    type: "finish_print",
    order: idOf(making),
    job: making.order?.jobs.at(-1)?.id ?? NO_EVENT,
    outcome: making.dice.pick(["printed", "failed", "unknown"]),
    code: making.dice.pick(["", "printer/silent"]),
    mark: making.dice.pick(["none", "resumed", "reprinted"]),
  }),
  ...CARD_MAKERS,
  give_discount: (making) => ({
    type: "give_discount",
    order: idOf(making),
    line: making.dice.chance(50) ? lineOf(making) : null,
    ...(making.dice.chance(50)
      ? { ratePpm: making.dice.pick([100_000, 123_456, 1_000_000]), amountMinor: 0 }
      : { ratePpm: null, amountMinor: amountOf(making) }),
    reason: reasonOf(making),
  }),
  enter_coupon: (making) => ({
    type: "enter_coupon",
    order: idOf(making),
    code: making.dice.pick(["C10", "c10", "C99", ""]),
  }),
  withdraw_adjustment: (making) => ({
    type: "withdraw_adjustment",
    order: idOf(making),
    adjustment:
      [...(making.order?.adjustments.discounts ?? []), ...(making.order?.adjustments.coupons ?? [])].at(-1)
        ?.id ?? NO_EVENT,
  }),
  set_tip: (making) => ({
    type: "set_tip",
    order: idOf(making),
    ...(making.dice.chance(50)
      ? { ratePpm: 180_000, amountMinor: 0 }
      : { ratePpm: null, amountMinor: making.dice.below(300) }),
  }),
  set_guests: (making) => ({ type: "set_guests", order: idOf(making), guestCount: making.dice.below(9) }),
  set_tier: (making) => ({ type: "set_tier", order: idOf(making), tier: making.dice.pick(["", "gold"]) }),
  set_tax_treatment: (making) => ({
    type: "set_tax_treatment",
    order: idOf(making),
    treatment: making.dice.pick(["standard", "tax_free", "reverse_charge"]),
    reason: reasonOf(making),
  }),
  round_order: (making) => ({ type: "round_order", order: idOf(making), isGiven: making.dice.chance(70) }),
};

// What moves a day on, or needs much before it, comes up more often than the rest.
const OFTEN: readonly CommandType[] = [
  "add_item",
  "add_item",
  "take_cash",
  "take_cash",
  "open_shift",
  "refund",
  "freeze_check",
  "thaw_check",
  "park_order",
  "recall_order",
  "print_report",
  "unlock_clerk",
  "finish_print",
  "request_card",
  "request_card",
  "approve_tender",
  "approve_tender",
  "capture_tender",
  "settle_tender",
  "judge_tender",
  "judge_tender",
  "forward_tender",
  "forward_tender",
];
const TYPES: readonly CommandType[] = [...OFTEN, ...Object.keys(MAKERS).filter(isCommandType)];

function isCommandType(text: string): text is CommandType {
  return text in MAKERS;
}
