/**
 * Samples of what a shop's day records beside plain sales: shifts, people, parking, returns, rounding, and
 * the later versions of older events. Each shows what an older version has no place for, or an edge
 * of a field's range.
 */
import type { Cause, ClerkGrant, Frontier, Right } from "../../core/facts.ts";
import { clerkId, drawerId, epochId, eventId, terminalId } from "../../core/ids.ts";
import type { EventId } from "../../core/ids.ts";
import { SHIFT_WRITERS_COUNT_MAX, SKU_TEXT_LENGTH_MAX } from "../../core/limits.ts";
import { milli, minor, ppm, ZERO } from "../../core/money.ts";
import type { ShiftReport } from "../../core/shift/events.ts";
import { wallMs } from "../../core/time.ts";
import type { Event, LineAdded } from "../../core/types.ts";

const terminal = terminalId("till-1");
const epoch = epochId("00112233445566ff");
const olderEpoch = epochId("ffffffffffffffff");
const otherEpoch = epochId("0000000000000001");
const anna = clerkId("anna");
const boss = clerkId("boss");
const MAX = Number.MAX_SAFE_INTEGER;
/** The last millisecond of 9999. */
const LAST_MS = 253_402_300_799_999;

function own(seq: number): EventId {
  return eventId({ terminal, epoch, seq });
}

const earlier = eventId({ terminal, epoch: olderEpoch, seq: 5 });
const elsewhere = eventId({ terminal: terminalId("Kassa_2"), epoch: otherEpoch, seq: 70_000 });

const ALL_RIGHTS: readonly Right[] = [
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
];

const chief: ClerkGrant = { clerk: boss, name: "The Boss", rights: ALL_RIGHTS };

const line: LineAdded = {
  type: "line_added",
  order: own(8),
  sku: "2112345",
  name: "Ost",
  quantityMilli: milli(1000),
  unitPriceMinor: minor(3012),
  taxPpm: ppm(120_000),
  priceSource: "list",
  reason: "",
  checksSeenCount: 0,
  returnOf: null,
  priceVersion: 0,
  pricing: null,
};

const report: ShiftReport = {
  drawer: drawerId("1"),
  businessDate: "2010-12-01",
  currency: "SEK",
  clerk: anna,
  openedAt: wallMs(1_291_191_960_000),
  frontier: [
    { terminal: terminalId("Kassa_2"), epoch: otherEpoch, seq: 70_000 },
    { terminal, epoch, seq: 24 },
  ],
  floatMinor: minor(50_000),
  saleCount: 12,
  salesMinor: minor(83_940),
  returnCount: 1,
  returnsMinor: minor(6995),
  taxes: [
    { ratePpm: ppm(120_000), netMinor: minor(68_701), taxMinor: minor(8244) },
    { ratePpm: ppm(250_000), netMinor: minor(-1), taxMinor: ZERO },
  ],
  methods: [{ method: "cash", count: 13, amountMinor: minor(76_945) }],
  cashInMinor: minor(100_000),
  changeMinor: minor(16_060),
  cashRefundMinor: minor(6995),
  roundingMinor: minor(-2),
  payInMinor: minor(100),
  payOutMinor: minor(25_000),
  dropMinor: minor(10_000),
  noSaleCount: 3,
  voidCount: 2,
  copyCount: 1,
  expectedMinor: minor(92_045),
};

const quietReport: ShiftReport = {
  drawer: drawerId("x".repeat(16)),
  businessDate: "",
  currency: "",
  clerk: "",
  openedAt: wallMs(0),
  frontier: [],
  floatMinor: ZERO,
  saleCount: 0,
  salesMinor: ZERO,
  returnCount: 0,
  returnsMinor: ZERO,
  taxes: [],
  methods: [],
  cashInMinor: ZERO,
  changeMinor: ZERO,
  cashRefundMinor: ZERO,
  roundingMinor: ZERO,
  payInMinor: ZERO,
  payOutMinor: ZERO,
  dropMinor: ZERO,
  noSaleCount: 0,
  voidCount: 0,
  copyCount: 0,
  expectedMinor: ZERO,
};

function manyWriters(): Frontier {
  return Array.from({ length: SHIFT_WRITERS_COUNT_MAX }, (_, index) => ({
    terminal: terminalId(`till-${index + 1}`),
    epoch: olderEpoch,
    seq: MAX - index,
  }));
}

const loudReport: ShiftReport = {
  ...report,
  openedAt: wallMs(LAST_MS),
  frontier: manyWriters(),
  salesMinor: minor(MAX),
  returnsMinor: minor(-MAX),
  noSaleCount: MAX,
};

/** By name; a cause where a tap stands behind the event. Only ever grows at its end. */
export const DAY_EVENTS: readonly (readonly [name: string, event: Event, cause?: Cause])[] = [
  ["clerk_signed_on 2: with every right", { type: "clerk_signed_on", ...chief }],
  [
    "checkpoint_opened 2: with a clerk of later rights",
    {
      type: "checkpoint_opened",
      series: "2",
      nextReceiptNumber: 1,
      lamport: 7,
      clerks: [chief, { clerk: anna, name: "Anna", rights: ["sell"] }],
      views: [],
      carriedCount: 0,
    },
  ],
  [
    "day_carried: of nothing",
    {
      type: "day_carried",
      businessDate: "",
      nextZNumber: 1,
      shifts: [],
      pins: [],
      soldOut: [],
      isTraining: false,
      clock: { highWaterMs: wallMs(0), flag: "none" },
    },
  ],
  [
    "day_carried: with all its lists",
    {
      type: "day_carried",
      businessDate: "2010-12-01",
      nextZNumber: 42,
      shifts: [
        { shift: earlier, report, isJoined: false, countedMinor: minor(92_000) },
        { shift: elsewhere, report: loudReport, isJoined: true, countedMinor: null },
      ],
      pins: [
        { clerk: anna, failureCount: 10 },
        { clerk: boss, failureCount: 0 },
      ],
      soldOut: [
        { sku: "7310070770000", isSoldOut: true },
        { sku: "茶".repeat(SKU_TEXT_LENGTH_MAX), isSoldOut: false },
      ],
      isTraining: true,
      clock: { highWaterMs: wallMs(LAST_MS), flag: "jumped" },
    },
  ],
  ["clerk_signed_off", { type: "clerk_signed_off", clerk: anna }, { view: 3, n: 9, clerk: anna }],
  ["pin_tried: to sign on", { type: "pin_tried", clerk: anna, purpose: "sign_on" }],
  ["pin_tried: to enter training", { type: "pin_tried", clerk: boss, purpose: "training" }],
  ["pin_passed", { type: "pin_passed", clerk: anna, attempt: own(33) }],
  ["line_added 2: at the price of its label", { ...line, priceSource: "label" }],
  [
    "line_added 2: units of a line of an earlier start that come back",
    {
      ...line,
      returnOf: { line: earlier, soldMilli: milli(3000), soldMinor: minor(9035), fromMilli: 1000 },
    },
  ],
  [
    "line_added 2: the largest numbers of a return",
    {
      ...line,
      priceSource: "open",
      returnOf: { line: elsewhere, soldMilli: milli(MAX), soldMinor: minor(-MAX), fromMilli: MAX },
    },
  ],
  ["order_parked", { type: "order_parked", order: own(8), label: "桌 4" }, { view: 3, n: 10, clerk: anna }],
  ["order_recalled", { type: "order_recalled", order: elsewhere }],
  ["edit_undone", { type: "edit_undone", order: own(8), undone: own(13) }],
  [
    "tender_captured 2: into a drawer",
    {
      type: "tender_captured",
      order: own(8),
      check: own(18),
      method: "cash",
      amountMinor: minor(6995),
      handedMinor: minor(10_000),
      changeMinor: minor(3005),
      shift: own(31),
      request: null,
    },
  ],
  [
    "check_closed 2: rounded, outside any shift",
    {
      type: "check_closed",
      order: own(8),
      check: own(18),
      clerk: anna,
      totalMinor: minor(6998),
      taxes: [{ ratePpm: ppm(120_000), netMinor: minor(6248), taxMinor: minor(750) }],
      tenders: [{ tender: own(21), method: "cash", amountMinor: minor(7000) }],
      receipt: { series: "2", number: 128 },
      viewHash: new Uint8Array(32).fill(0xff),
      roundingMinor: minor(2),
      shift: null,
    },
  ],
  [
    "check_closed 2: of nothing, in a shift of another terminal",
    {
      type: "check_closed",
      order: own(8),
      check: own(18),
      clerk: anna,
      totalMinor: ZERO,
      taxes: [],
      tenders: [],
      receipt: { series: "2", number: 129 },
      viewHash: new Uint8Array(32),
      roundingMinor: ZERO,
      shift: elsewhere,
    },
  ],
  ["cash_rounded", { type: "cash_rounded", order: own(8), check: own(18), adjustmentMinor: minor(-2) }],
  ["return_linked", { type: "return_linked", order: own(48), original: earlier, closing: elsewhere }],
  [
    "units_returned: of two lines",
    {
      type: "units_returned",
      order: earlier,
      closing: elsewhere,
      by: own(48),
      lines: [
        { line: earlier, quantityMilli: milli(1000) },
        { line: elsewhere, quantityMilli: milli(1) },
      ],
      money: null,
      tenders: null,
    },
  ],
  [
    "units_returned: of nothing",
    {
      type: "units_returned",
      order: own(8),
      closing: own(23),
      by: own(48),
      lines: [],
      money: null,
      tenders: null,
    },
  ],
  [
    "print_finished 2: gone on below a mark",
    { type: "print_finished", order: own(8), job: own(23), outcome: "printed", code: "", mark: "resumed" },
  ],
  [
    "print_finished 2: printed whole again",
    {
      type: "print_finished",
      order: own(8),
      job: own(23),
      outcome: "unknown",
      code: "printer/silent",
      mark: "reprinted",
    },
  ],
  [
    "shift_opened",
    {
      type: "shift_opened",
      drawer: drawerId("1"),
      businessDate: "2010-12-01",
      currency: "SEK",
      floatMinor: minor(50_000),
    },
    { view: 3, n: 11, clerk: anna },
  ],
  ["shift_joined", { type: "shift_joined", shift: elsewhere }],
  [
    "cash_moved: in",
    { type: "cash_moved", shift: own(52), kind: "pay_in", amountMinor: minor(1), reason: "växel" },
  ],
  [
    "cash_moved: to the safe",
    { type: "cash_moved", shift: earlier, kind: "drop", amountMinor: minor(MAX), reason: "" },
  ],
  ["drawer_opened: in a shift", { type: "drawer_opened", shift: own(52), reason: "change for the bus" }],
  ["drawer_opened: without one", { type: "drawer_opened", shift: null, reason: "" }],
  [
    "drawer_counted",
    {
      type: "drawer_counted",
      shift: own(52),
      denominations: [
        { valueMinor: minor(100_000), count: 0 },
        { valueMinor: minor(500), count: 1_000_000 },
      ],
      countedMinor: minor(500_000_000),
    },
  ],
  [
    "drawer_counted: an empty drawer",
    { type: "drawer_counted", shift: earlier, denominations: [], countedMinor: ZERO },
  ],
  ["shift_reported: of nothing", { type: "shift_reported", shift: own(52), report: quietReport }],
  [
    "shift_reported: as many writers as there may be",
    { type: "shift_reported", shift: earlier, report: loudReport },
  ],
  [
    "shift_closed: a note is missing",
    {
      type: "shift_closed",
      shift: own(52),
      zNumber: 42,
      report,
      countedMinor: minor(92_000),
      differenceMinor: minor(-45),
      reason: "miscounted change",
    },
  ],
  ["report_copied", { type: "report_copied", closing: own(62) }],
  [
    "report_finished: failed",
    { type: "report_finished", job: own(62), outcome: "failed", code: "printer/cover_open", mark: "none" },
  ],
  [
    "report_finished: gone on below a mark",
    { type: "report_finished", job: earlier, outcome: "printed", code: "", mark: "resumed" },
  ],
  ["clerk_unlocked", { type: "clerk_unlocked", clerk: anna }, { view: 3, n: 12, clerk: boss }],
  [
    "override_granted: for an order",
    {
      type: "override_granted",
      approver: boss,
      requester: anna,
      action: "refund",
      right: "refund",
      order: own(8),
      amountMinor: minor(-6995),
    },
  ],
  [
    "override_granted: for none",
    {
      type: "override_granted",
      approver: boss,
      requester: anna,
      action: "open_drawer",
      right: "drawer",
      order: null,
      amountMinor: ZERO,
    },
  ],
  ["item_availability_set", { type: "item_availability_set", sku: "7310070770000", isSoldOut: true }],
  ["training_started", { type: "training_started" }],
  ["clock_flagged", { type: "clock_flagged", flag: "behind", byMs: 7_200_000 }],
  ["clock_flagged: by as much as can be", { type: "clock_flagged", flag: "jumped", byMs: MAX }],
  ["clock_trusted", { type: "clock_trusted" }],
];
