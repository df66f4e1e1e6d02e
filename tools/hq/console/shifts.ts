/**
 * The page Shifts: each Z as its terminal printed it, beside what headquarters holds of the shift.
 * Whether the two agree is the one judgement that is made here; every figure is the paper's own.
 */
import { eventId } from "../../../core/ids.ts";
import type { ShiftFigures } from "../store/figures.ts";
import type { Page, ShiftListRow } from "./api.ts";
import type { ConsoleContext } from "./context.ts";
import { pageOf } from "./page.ts";
import { timeCursorIn, timeCursorText } from "./query.ts";
import type { Asked } from "./query.ts";

const PAGE_COUNT = 30;

/** One page of Zs, newest first. */
export async function shiftsPage(context: ConsoleContext, asked: Asked): Promise<Page<ShiftListRow>> {
  const after = timeCursorIn(asked);
  const shifts = await context.store.console.shifts(context.tenant, after, PAGE_COUNT + 1);
  return pageOf(shifts, PAGE_COUNT, shiftRow, ({ atMs, terminal, epoch, seq }) =>
    timeCursorText({ atMs, terminal, epoch, seq, sku: "" }),
  );
}

/** Whether what is held of a shift comes to what its Z says. */
export function agreesOf(shift: ShiftFigures): boolean {
  const { report, heldNetMinor, heldClosingCount } = shift;
  const netMinor = BigInt(report.salesMinor) - BigInt(report.returnsMinor);
  return netMinor === heldNetMinor && report.saleCount + report.returnCount === heldClosingCount;
}

function shiftRow(shift: ShiftFigures): ShiftListRow {
  const { report } = shift;
  return {
    id: eventId(shift),
    terminal: shift.terminal,
    drawer: report.drawer,
    zNumber: shift.zNumber,
    businessDate: report.businessDate,
    atMs: shift.atMs,
    openedAtMs: report.openedAt,
    clerk: report.clerk,
    currency: report.currency,
    netMinor: String(BigInt(report.salesMinor) - BigInt(report.returnsMinor)),
    heldMinor: String(shift.heldNetMinor),
    heldCount: shift.heldClosingCount,
    agrees: agreesOf(shift),
    expectedMinor: String(report.expectedMinor),
    countedMinor: String(shift.countedMinor),
    differenceMinor: String(shift.differenceMinor),
    reason: shift.reason,
    figures: figuresOf(shift),
    taxes: report.taxes.map(({ ratePpm, netMinor, taxMinor }) => ({
      ratePpm,
      netMinor: String(netMinor),
      taxMinor: String(taxMinor),
    })),
  };
}

function figuresOf({ report, countedMinor, differenceMinor }: ShiftFigures): ShiftListRow["figures"] {
  const money = (label: string, amount: number, count: number | null = null) => ({
    label,
    minor: String(amount),
    count,
  });
  const counted = (label: string, count: number) => ({ label, minor: null, count });
  return [
    money("sales", report.salesMinor, report.saleCount),
    money("returns", report.returnsMinor, report.returnCount),
    ...report.methods.map(({ method, amountMinor, count }) => money(`method_${method}`, amountMinor, count)),
    money("float", report.floatMinor),
    money("cash_in", report.cashInMinor),
    money("change", report.changeMinor),
    money("cash_refund", report.cashRefundMinor),
    money("rounding", report.roundingMinor),
    money("pay_in", report.payInMinor),
    money("pay_out", report.payOutMinor),
    money("drop", report.dropMinor),
    money("expected", report.expectedMinor),
    money("counted", countedMinor),
    money("difference", differenceMinor),
    counted("no_sale", report.noSaleCount),
    counted("voids", report.voidCount),
    counted("copies", report.copyCount),
  ];
}
