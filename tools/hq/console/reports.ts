/**
 * The page Reports: a period summed by item, hour, day, clerk or terminal, as rows and as CSV. Both
 * come from the same rows, so a file never says something else than the page.
 */
import { currencyExponent } from "../../../core/money.ts";
import { decimalTextOf } from "../report-of.ts";
import type { SalesKey, Span } from "../store/console.ts";
import { PERIODS, REPORT_KEYS } from "./api.ts";
import type { Period, ReportAnswer, ReportKey, ReportRow } from "./api.ts";
import type { ConsoleContext } from "./context.ts";
import { csvOf, digits } from "./csv.ts";
import type { Cell } from "./csv.ts";
import { dateOfDay, periodOf, spanOfDays } from "./day.ts";
import { dayIn, oneOf } from "./query.ts";
import type { Asked } from "./query.ts";

/** Items that the page shows, and that a file holds. */
const SHOWN_COUNT_MAX = 200;
const FILE_COUNT_MAX = 100_000;
const QUANTITY_DECIMALS = 3;

interface Wanted {
  readonly period: Period;
  readonly by: ReportKey;
  readonly fromDay: number;
  readonly toDay: number;
  readonly span: Span;
}

function wantedIn(context: ConsoleContext, asked: Asked, today: number): Wanted {
  const period = oneOf(asked, "period", PERIODS);
  const by = oneOf(asked, "by", REPORT_KEYS);
  const { fromDay, toDay } = periodOf(period, dayIn(asked, "date", today));
  return { period, by, fromDay, toDay, span: spanOfDays(fromDay, toDay, context.zoneMinutes) };
}

/** The report that the filters ask for; `today` where they name no date. */
export async function reportPage(
  context: ConsoleContext,
  asked: Asked,
  today: number,
): Promise<ReportAnswer> {
  const { store, tenant, zoneMinutes } = context;
  const { period, by, fromDay, toDay, span } = wantedIn(context, asked, today);
  const [rows, totals, taxes, tenders] = await Promise.all([
    rowsOf(context, span, by, SHOWN_COUNT_MAX + 1),
    store.console.sales(tenant, span, "all", zoneMinutes),
    store.console.taxes(tenant, span),
    store.console.tenders(tenant, span),
  ]);
  // Only items may be more than a page can show; times and names are few.
  const isCut = by === "item" && rows.length > SHOWN_COUNT_MAX;
  return {
    period,
    by,
    from: dateOfDay(fromDay),
    to: dateOfDay(toDay),
    rows: isCut ? rows.slice(0, SHOWN_COUNT_MAX) : rows,
    hasMore: isCut,
    totals: totals.map(({ currency, netMinor, saleCount, returnCount }) => ({
      currency,
      netMinor: String(netMinor),
      saleCount,
      returnCount,
    })),
    taxes: taxes.map((tax) => ({
      ...tax,
      netMinor: String(tax.netMinor),
      taxMinor: String(tax.taxMinor),
    })),
    tenders: tenders.map((tender) => ({ ...tender, amountMinor: String(tender.amountMinor) })),
  };
}

async function rowsOf(
  context: ConsoleContext,
  span: Span,
  by: ReportKey,
  countMax: number,
): Promise<readonly ReportRow[]> {
  const { store, tenant, zoneMinutes } = context;
  if (by === "item") {
    const items = await store.console.items(tenant, span, countMax);
    return items.map(({ sku, name, currency, netMinor, quantityMilli }) => ({
      key: sku,
      name,
      currency,
      netMinor: String(netMinor),
      saleCount: null,
      returnCount: null,
      quantityMilli: String(quantityMilli),
    }));
  }
  const sums = await store.console.sales(tenant, span, salesKeyOf(by), zoneMinutes);
  return sums.map(({ key, currency, netMinor, saleCount, returnCount }) => ({
    key: by === "day" ? dateOfDay(Number(key)) : key,
    name: "",
    currency,
    netMinor: String(netMinor),
    saleCount,
    returnCount,
    quantityMilli: null,
  }));
}

function salesKeyOf(by: Exclude<ReportKey, "item">): SalesKey {
  return by === "hour" ? "hour_of_day" : by;
}

/** The same report as a file, all of its rows. */
export async function reportCsv(
  context: ConsoleContext,
  asked: Asked,
  today: number,
): Promise<{ readonly name: string; readonly text: string }> {
  const { by, fromDay, toDay, span } = wantedIn(context, asked, today);
  const rows = await rowsOf(context, span, by, FILE_COUNT_MAX);
  const head: readonly Cell[] =
    by === "item"
      ? ["item", "name", "currency", "net", "quantity"]
      : [by, "currency", "net", "sales", "returns"];
  const lines = rows.map((row): readonly Cell[] => {
    const net = digits(decimalTextOf(BigInt(row.netMinor), currencyExponent(row.currency)));
    if (row.quantityMilli === null) {
      const [sales, returns] = [row.saleCount ?? 0, row.returnCount ?? 0];
      return [row.key, row.currency, net, digits(String(sales)), digits(String(returns))];
    }
    const quantity = digits(decimalTextOf(BigInt(row.quantityMilli), QUANTITY_DECIMALS));
    return [row.key, row.name, row.currency, net, quantity];
  });
  const name = `by-${by}-${dateOfDay(fromDay)}-to-${dateOfDay(toDay - 1)}.csv`;
  return { name, text: csvOf([head, ...lines]) };
}
