/**
 * The sums of a report in SQL, over the projections alone.
 * Sums are selected as text: they may pass what a number holds.
 */
import type { Figures, TerminalFigures, Turnover } from "./figures.ts";
import { shiftFigures } from "./postgres-day.ts";
import { bigintIn, numberIn, textIn } from "./sql.ts";
import type { Query, Row } from "./sql.ts";

/** The figures of one tenant. */
export async function figures(query: Query, tenant: string): Promise<Figures> {
  const totals = await query.rows(
    `select currency, sum(total_minor)::text as net_minor,
            count(*) filter (where kind = 'sale') as sale_count,
            count(*) filter (where kind = 'return') as return_count
       from closing where tenant = $1 group by currency order by currency`,
    [tenant],
  );
  const taxes = await taxRows(query, tenant);
  const tenders = await tenderRows(query, tenant);
  return {
    turnovers: totals.map((row) => turnoverOf(row, taxes, tenders)),
    terminals: await terminalFigures(query, tenant),
    shifts: await shiftFigures(query, tenant),
    orderCount: await count(query, "order_view where tenant = $1 and kind is not null", tenant),
    heldRecordCount: await count(query, "held_record where tenant = $1", tenant),
    quarantineCount: await count(query, "quarantine where tenant = $1", tenant),
    views: {
      matches: await count(query, "closing where tenant = $1 and view_check = 'matches'", tenant),
      differs: await count(query, "closing where tenant = $1 and view_check = 'differs'", tenant),
      pending: await count(query, "closing where tenant = $1 and view_check = 'pending'", tenant),
    },
  };
}

function taxRows(query: Query, tenant: string): Promise<readonly Row[]> {
  return query.rows(
    `select c.currency, x.rate_ppm, sum(x.net_minor)::text as net_minor, sum(x.tax_minor)::text as tax_minor
       from closing c join closing_tax x
         on x.tenant = c.tenant and x.terminal = c.terminal and x.epoch = c.epoch and x.seq = c.seq
      where c.tenant = $1 group by c.currency, x.rate_ppm order by x.rate_ppm`,
    [tenant],
  );
}

function tenderRows(query: Query, tenant: string): Promise<readonly Row[]> {
  return query.rows(
    `select c.currency, x.method, sum(x.amount_minor)::text as amount_minor, count(*) as tender_count
       from closing c join closing_tender x
         on x.tenant = c.tenant and x.terminal = c.terminal and x.epoch = c.epoch and x.seq = c.seq
      where c.tenant = $1 group by c.currency, x.method order by x.method`,
    [tenant],
  );
}

function turnoverOf(row: Row, taxes: readonly Row[], tenders: readonly Row[]): Turnover {
  const currency = textIn(row, "currency");
  const isOfCurrency = (other: Row): boolean => textIn(other, "currency") === currency;
  return {
    currency,
    netMinor: bigintIn(row, "net_minor"),
    saleCount: numberIn(row, "sale_count"),
    returnCount: numberIn(row, "return_count"),
    taxes: taxes.filter(isOfCurrency).map((tax) => ({
      ratePpm: numberIn(tax, "rate_ppm"),
      netMinor: bigintIn(tax, "net_minor"),
      taxMinor: bigintIn(tax, "tax_minor"),
    })),
    tenders: tenders.filter(isOfCurrency).map((tender) => ({
      method: textIn(tender, "method"),
      amountMinor: bigintIn(tender, "amount_minor"),
      count: numberIn(tender, "tender_count"),
    })),
  };
}

async function terminalFigures(query: Query, tenant: string): Promise<readonly TerminalFigures[]> {
  const rows = await query.rows(
    `select t.terminal, t.epoch_count, sum(e.tip_seq - e.from_seq + 1)::bigint as event_count,
            max(case when e.arrival_index = t.epoch_count - 1 then e.tip_seq end) as last_seq
       from terminal t join epoch e on e.tenant = t.tenant and e.terminal = t.terminal
      where t.tenant = $1 group by t.terminal, t.epoch_count order by t.terminal`,
    [tenant],
  );
  return rows.map((row) => ({
    terminal: textIn(row, "terminal"),
    epochCount: numberIn(row, "epoch_count"),
    lastSeq: numberIn(row, "last_seq"),
    eventCount: numberIn(row, "event_count"),
  }));
}

async function count(query: Query, from: string, tenant: string): Promise<number> {
  const [row] = await query.rows(`select count(*) as n from ${from}`, [tenant]);
  return row === undefined ? 0 : numberIn(row, "n");
}
