/**
 * The report: what was taken, by whom, and whether anything needs a person. A value of plain JSON;
 * amounts are decimal text in their currency.
 */
import { currencyExponent } from "../../core/money.ts";
import type { StoredAlarm } from "./alarm.ts";
import type { Figures, ShiftFigures, Turnover } from "./store/figures.ts";
import type { StockLevel } from "./store/rows.ts";
import type { Store } from "./store/store.ts";

/** What was taken and paid back in one currency, amounts as decimal text. */
export interface TurnoverReport {
  readonly currency: string;
  readonly net: string;
  readonly saleCount: number;
  readonly returnCount: number;
  readonly taxes: readonly { readonly ratePpm: number; readonly net: string; readonly tax: string }[];
  readonly tenders: readonly { readonly method: string; readonly amount: string; readonly count: number }[];
}

/** A Z, and whether what headquarters holds of its shift comes to the same. */
export interface ShiftLine {
  readonly terminal: string;
  readonly drawer: string;
  readonly zNumber: number;
  readonly businessDate: string;
  readonly currency: string;
  readonly net: string;
  readonly saleCount: number;
  readonly returnCount: number;
  readonly expected: string;
  readonly counted: string;
  readonly difference: string;
  readonly reason: string;
  /** False when closings came that the Z did not count: sold apart, or still on their way at its closing. */
  readonly agrees: boolean;
  readonly heldNet: string;
}

export interface Report extends TurnoverReport {
  readonly tenant: string;
  /** All currencies; the first one's figures stand at the top as well. */
  readonly turnovers: readonly TurnoverReport[];
  readonly orderCount: number;
  readonly terminals: Figures["terminals"];
  /** Records held, over all terminals. */
  readonly eventCount: number;
  /** Records that are held and not yet in these figures. */
  readonly lagCount: number;
  readonly heldRecordCount: number;
  readonly quarantineCount: number;
  readonly views: Figures["views"];
  readonly shifts: readonly ShiftLine[];
  /** Counted items; quantities in thousandths. */
  readonly stock: readonly StockLevel[];
  readonly alarms: readonly StoredAlarm[];
}

/** The report of a tenant as its projections stand. */
export async function reportOf(store: Store, tenant: string): Promise<Report> {
  const figures = await store.figures(tenant);
  const turnovers = figures.turnovers.map(turnoverReport);
  const [first = turnoverReport(NOTHING)] = turnovers;
  return {
    tenant,
    ...first,
    turnovers,
    orderCount: figures.orderCount,
    terminals: figures.terminals,
    eventCount: figures.terminals.reduce((count, terminal) => count + terminal.eventCount, 0),
    lagCount: await store.lagCount(tenant),
    heldRecordCount: figures.heldRecordCount,
    quarantineCount: figures.quarantineCount,
    views: figures.views,
    shifts: figures.shifts.map(shiftLine),
    stock: await store.stock(tenant),
    alarms: await store.alarms(tenant),
  };
}

const NOTHING: Turnover = {
  currency: "",
  netMinor: 0n,
  saleCount: 0,
  returnCount: 0,
  taxes: [],
  tenders: [],
};

function shiftLine(shift: ShiftFigures): ShiftLine {
  const { report } = shift;
  const exponent = currencyExponent(report.currency);
  const amount = (minor: number | bigint): string => decimalTextOf(BigInt(minor), exponent);
  const netMinor = BigInt(report.salesMinor) - BigInt(report.returnsMinor);
  return {
    terminal: shift.terminal,
    drawer: report.drawer,
    zNumber: shift.zNumber,
    businessDate: report.businessDate,
    currency: report.currency,
    net: amount(netMinor),
    saleCount: report.saleCount,
    returnCount: report.returnCount,
    expected: amount(report.expectedMinor),
    counted: amount(shift.countedMinor),
    difference: amount(shift.differenceMinor),
    reason: shift.reason,
    agrees:
      netMinor === shift.heldNetMinor && report.saleCount + report.returnCount === shift.heldClosingCount,
    heldNet: amount(shift.heldNetMinor),
  };
}

function turnoverReport(turnover: Turnover): TurnoverReport {
  const exponent = currencyExponent(turnover.currency);
  const amount = (minor: bigint): string => decimalTextOf(minor, exponent);
  return {
    currency: turnover.currency,
    net: amount(turnover.netMinor),
    saleCount: turnover.saleCount,
    returnCount: turnover.returnCount,
    taxes: turnover.taxes.map(({ ratePpm, netMinor, taxMinor }) => ({
      ratePpm,
      net: amount(netMinor),
      tax: amount(taxMinor),
    })),
    tenders: turnover.tenders.map(({ method, amountMinor, count }) => ({
      method,
      amount: amount(amountMinor),
      count,
    })),
  };
}

/** As core's decimalText, for sums that may pass what a number holds. */
export function decimalTextOf(minor: bigint, exponent: number): string {
  const sign = minor < 0n ? "-" : "";
  const digits = String(minor < 0n ? -minor : minor).padStart(exponent + 1, "0");
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
