/**
 * The figures of a shift: empty at its opening, then one addition for each event that counts. Sums
 * are held within the safe integers, because a fold never throws.
 */
import type { ClerkId, DrawerId } from "../ids.ts";
import { SHIFT_RATES_COUNT_MAX, SHIFT_WRITERS_COUNT_MAX } from "../limits.ts";
import { negate, sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import type { WallMs } from "../time.ts";
import type { Frontier, TaxFact } from "../facts.ts";
import type { MethodTotal, ShiftReport } from "./events.ts";
import type { CheckClosed, Recorded, TenderCaptured } from "../types.ts";

/** What is known of a shift when it opens. */
export interface ShiftOpening {
  readonly drawer: DrawerId;
  readonly businessDate: string;
  readonly currency: string;
  readonly clerk: ClerkId | "";
  readonly openedAt: WallMs;
  readonly floatMinor: Minor;
}

/** Figures in which nothing has happened yet: the float alone is expected. */
export function emptyReport(opening: ShiftOpening): ShiftReport {
  return {
    ...opening,
    frontier: [],
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
    expectedMinor: opening.floatMinor,
  };
}

/** `report` with one more event of its shift; the same report when the event counts for nothing. */
export function withEvent(report: ShiftReport, recorded: Recorded): ShiftReport {
  const { event } = recorded;
  switch (event.type) {
    case "check_closed":
      return counted(withClosing(report, event), recorded);
    case "tender_captured":
      return counted(withTender(report, event), recorded);
    case "cash_moved": {
      const key = ({ pay_in: "payInMinor", pay_out: "payOutMinor", drop: "dropMinor" } as const)[event.kind];
      return counted({ ...report, [key]: sumWithin([report[key], event.amountMinor]) }, recorded);
    }
    case "drawer_opened":
      return counted({ ...report, noSaleCount: report.noSaleCount + 1 }, recorded);
    case "order_voided":
      return counted({ ...report, voidCount: report.voidCount + 1 }, recorded);
    case "receipt_copied":
      return counted({ ...report, copyCount: report.copyCount + 1 }, recorded);
    default:
      return report;
  }
}

/** Whether an event of this writer was counted before; each writer's events come in order. */
export function hasCounted({ frontier }: ShiftReport, { terminal, epoch, seq }: Recorded): boolean {
  return frontier.some((its) => its.terminal === terminal && its.epoch === epoch && its.seq >= seq);
}

// A closing pays back when its total is below zero; one of nothing is a sale.
function withClosing(report: ShiftReport, event: CheckClosed): ShiftReport {
  const isReturn = event.totalMinor < 0;
  return {
    ...report,
    ...(isReturn
      ? {
          returnCount: report.returnCount + 1,
          returnsMinor: sumWithin([report.returnsMinor, negate(event.totalMinor)]),
        }
      : {
          saleCount: report.saleCount + 1,
          salesMinor: sumWithin([report.salesMinor, event.totalMinor]),
        }),
    roundingMinor: sumWithin([report.roundingMinor, event.roundingMinor]),
    taxes: event.taxes.reduce(withTax, report.taxes),
  };
}

function withTax(taxes: readonly TaxFact[], tax: TaxFact): readonly TaxFact[] {
  const before = taxes.find((its) => its.ratePpm === tax.ratePpm);
  if (before === undefined && taxes.length >= SHIFT_RATES_COUNT_MAX) return taxes;
  const after: TaxFact = {
    ratePpm: tax.ratePpm,
    netMinor: sumWithin([before?.netMinor ?? ZERO, tax.netMinor]),
    taxMinor: sumWithin([before?.taxMinor ?? ZERO, tax.taxMinor]),
  };
  return [...taxes.filter((its) => its !== before), after].sort((a, b) => a.ratePpm - b.ratePpm);
}

function withTender(report: ShiftReport, event: TenderCaptured): ShiftReport {
  const methods = withMethod(report.methods, event);
  if (event.method !== "cash") return { ...report, methods };
  if (event.amountMinor < 0)
    return {
      ...report,
      methods,
      cashRefundMinor: sumWithin([report.cashRefundMinor, negate(event.amountMinor)]),
    };
  return {
    ...report,
    methods,
    cashInMinor: sumWithin([report.cashInMinor, event.handedMinor]),
    changeMinor: sumWithin([report.changeMinor, event.changeMinor]),
  };
}

function withMethod(methods: readonly MethodTotal[], event: TenderCaptured): readonly MethodTotal[] {
  const before = methods.find((its) => its.method === event.method);
  const after: MethodTotal = {
    method: event.method,
    count: (before?.count ?? 0) + 1,
    amountMinor: sumWithin([before?.amountMinor ?? ZERO, event.amountMinor]),
  };
  return [...methods.filter((its) => its !== before), after].sort((a, b) => (a.method < b.method ? -1 : 1));
}

function counted(report: ShiftReport, recorded: Recorded): ShiftReport {
  return { ...report, frontier: withWriter(report.frontier, recorded), expectedMinor: expectedOf(report) };
}

// What the drawer must hold (FEATURES T12).
function expectedOf(report: ShiftReport): Minor {
  return sumWithin([
    report.floatMinor,
    report.cashInMinor,
    negate(report.changeMinor),
    negate(report.cashRefundMinor),
    report.payInMinor,
    negate(report.payOutMinor),
    negate(report.dropMinor),
  ]);
}

// Beyond the bound the oldest starts of a writer leave: their events were counted long ago.
function withWriter(frontier: Frontier, { terminal, epoch, seq }: Recorded): Frontier {
  const others = frontier.filter((its) => its.terminal !== terminal || its.epoch !== epoch);
  return [...others, { terminal, epoch, seq }].slice(-SHIFT_WRITERS_COUNT_MAX);
}
