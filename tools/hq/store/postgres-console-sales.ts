/**
 * Sums of sales over a span, on PostgreSQL. Times are told apart in the shop's zone by arithmetic alone,
 * which every engine of this dialect does alike.
 */
import type { ItemSum, SalesKey, SalesSum, Span, TaxSum, TenderSum } from "./console.ts";
import { monthsWithin, startOfMonth } from "./month.ts";
import { atMsOf, numberOrNullIn } from "./postgres-time.ts";
import { bigintIn, numberIn, textIn } from "./sql.ts";
import type { Query } from "./sql.ts";

const HOUR_S = 3600;
const DAY_S = 86_400;
const DAY_HOURS = 24;

/** `sales` of the console. */
export async function salesSums(
  query: Query,
  tenant: string,
  span: Span,
  by: SalesKey,
  zoneMinutes: number,
): Promise<readonly SalesSum[]> {
  const rows = await query.rows(
    `select ${keyOf(by, zoneMinutes)} as key, currency, sum(total_minor)::text as net_minor,
            count(*) filter (where kind = 'sale') as sale_count,
            count(*) filter (where kind = 'return') as return_count
       from closing where tenant = $1 and at >= $2 and at < $3
      group by 1, 2 order by 1, 2`,
    [tenant, ...boundsOf(span)],
  );
  return rows.map((row) => ({
    key: textIn(row, "key"),
    currency: textIn(row, "currency"),
    netMinor: bigintIn(row, "net_minor"),
    saleCount: numberIn(row, "sale_count"),
    returnCount: numberIn(row, "return_count"),
  }));
}

function keyOf(by: SalesKey, zoneMinutes: number): string {
  const second = `floor(extract(epoch from at))::bigint + ${Math.trunc(zoneMinutes) * 60}`;
  // Digits sort by their value: there are as many of them at any time of this century.
  switch (by) {
    case "all":
      return `''`;
    case "hour":
      return `((${second}) / ${HOUR_S})::text`;
    case "day":
      return `((${second}) / ${DAY_S})::text`;
    case "hour_of_day":
      return `lpad((((${second}) / ${HOUR_S}) % ${DAY_HOURS})::text, 2, '0')`;
    case "clerk":
      return `clerk collate "C"`;
    case "terminal":
      return "terminal";
  }
}

/** `items` of the console: whole months as they are summed already, and the lines of what is left at both ends. */
export async function itemSums(
  query: Query,
  tenant: string,
  span: Span,
  countMax: number,
): Promise<readonly ItemSum[]> {
  const { fromMonth, toMonth } = monthsWithin(span);
  const isNone = fromMonth >= toMonth;
  const headEnd = isNone ? new Date(span.toMs) : startOfMonth(fromMonth);
  const tailStart = isNone ? new Date(span.toMs) : startOfMonth(toMonth);
  const [from, to] = boundsOf(span);
  const lines = `select sku, currency, sum(quantity_milli), sum(amount_minor), count(*) from closing_line
                  where tenant = $1`;
  const rows = await query.rows(
    `select s.sku, s.currency, s.quantity_milli::text, s.net_minor::text, s.line_count::bigint, n.name
       from (select sku, currency, sum(quantity_milli) as quantity_milli, sum(amount_minor) as net_minor,
                    sum(line_count) as line_count
               from (select sku, currency, quantity_milli, amount_minor, line_count from item_month
                      where tenant = $1 and month >= $2 and month < $3
                     union all ${lines} and at >= $4 and at < $5 group by sku, currency
                     union all ${lines} and at >= $6 and at < $7 group by sku, currency) p
              group by sku, currency order by 4 desc, sku, currency limit $8) s
       cross join lateral (select l.name from closing_line l where l.tenant = $1 and l.sku = s.sku
                            order by l.at desc, l.terminal desc, l.seq desc, l.line_index desc limit 1) n
      order by s.net_minor desc, s.sku, s.currency`,
    [tenant, fromMonth, toMonth, from, headEnd, tailStart, to, countMax],
  );
  return rows.map((row) => ({
    sku: textIn(row, "sku"),
    name: textIn(row, "name"),
    currency: textIn(row, "currency"),
    quantityMilli: bigintIn(row, "quantity_milli"),
    netMinor: bigintIn(row, "net_minor"),
    lineCount: numberIn(row, "line_count"),
  }));
}

/** `itemNames` of the console. */
export async function itemNames(
  query: Query,
  tenant: string,
  skus: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await query.rows(
    `select s.sku, n.name from unnest($2::text[]) s (sku)
      cross join lateral (select l.name from closing_line l where l.tenant = $1 and l.sku = s.sku
                           order by l.at desc, l.terminal desc, l.seq desc, l.line_index desc limit 1) n`,
    [tenant, skus],
  );
  return new Map(rows.map((row) => [textIn(row, "sku"), textIn(row, "name")]));
}

/** `taxes` of the console. */
export async function taxSums(query: Query, tenant: string, span: Span): Promise<readonly TaxSum[]> {
  const rows = await query.rows(
    `select c.currency, x.rate_ppm, sum(x.net_minor)::text as net_minor, sum(x.tax_minor)::text as tax_minor
       from closing c join closing_tax x
         on x.tenant = c.tenant and x.terminal = c.terminal and x.epoch = c.epoch and x.seq = c.seq
      where c.tenant = $1 and c.at >= $2 and c.at < $3
      group by c.currency, x.rate_ppm order by c.currency, x.rate_ppm`,
    [tenant, ...boundsOf(span)],
  );
  return rows.map((row) => ({
    currency: textIn(row, "currency"),
    ratePpm: numberIn(row, "rate_ppm"),
    netMinor: bigintIn(row, "net_minor"),
    taxMinor: bigintIn(row, "tax_minor"),
  }));
}

/** `tenders` of the console. */
export async function tenderSums(query: Query, tenant: string, span: Span): Promise<readonly TenderSum[]> {
  const rows = await query.rows(
    `select c.currency, x.method, sum(x.amount_minor)::text as amount_minor, count(*) as tender_count
       from closing c join closing_tender x
         on x.tenant = c.tenant and x.terminal = c.terminal and x.epoch = c.epoch and x.seq = c.seq
      where c.tenant = $1 and c.at >= $2 and c.at < $3
      group by c.currency, x.method order by c.currency, x.method`,
    [tenant, ...boundsOf(span)],
  );
  return rows.map((row) => ({
    currency: textIn(row, "currency"),
    method: textIn(row, "method"),
    amountMinor: bigintIn(row, "amount_minor"),
    count: numberIn(row, "tender_count"),
  }));
}

/** `newestClosingAtMs` of the console. */
export async function newestClosingAtMs(query: Query, tenant: string): Promise<number | null> {
  const [row] = await query.rows(
    `select ${atMsOf("at")} as at_ms from closing where tenant = $1 order by at desc limit 1`,
    [tenant],
  );
  return row === undefined ? null : numberOrNullIn(row, "at_ms");
}

function boundsOf(span: Span): readonly [Date, Date] {
  return [new Date(span.fromMs), new Date(span.toMs)];
}
