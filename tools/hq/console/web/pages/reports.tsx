/**
 * Reports: a period summed by item, hour, day, clerk or terminal; as a table, a plot and a file.
 * Without a date it begins at the newest day with sales.
 */
import { PERIODS, REPORT_KEYS } from "../../api.ts";
import type { ReportAnswer, ReportRow } from "../../api.ts";
import { useAnswer } from "../ask.ts";
import { date, daysFrom, forPlot, house, money, percent, quantity, whole } from "../format.ts";
import { Choice, Entry, Filters } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Plot } from "../parts/plot.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { addressOf, filter, follow, withFilters } from "../route.ts";
import { say } from "../words/words.ts";

/** Columns that a plot can still tell apart. */
const BARS_COUNT_MAX = 40;

/** See the header. */
export function ReportsPage() {
  const wanted = {
    period: filter("period"),
    by: filter("by"),
    date: filter("date") === "" ? (house.value?.newestDay ?? "") : filter("date"),
  };
  const { value, failure, again } = useAnswer<ReportAnswer>("/api/reports", wanted);
  return (
    <>
      <Head title={say("reports")}>
        <a class="button" href={addressOf("/api/reports.csv", wanted)} download data-id="csv">
          {say("download_csv")}
        </a>
      </Head>
      <Filters>
        <Choice
          name="period"
          label={say("period")}
          fallback="day"
          options={PERIODS.map((period) => [period, say(period)])}
        />
        <Entry name="date" label={say("date")} type="date" fallback={wanted.date} />
        <Choice
          name="by"
          label={say("by")}
          fallback="item"
          options={REPORT_KEYS.map((key) => [key, say(`by_${key}`)])}
        />
        {value === null ? null : (
          <>
            <a class="button" href={withFilters({ date: daysFrom(value.from, -1) })} onClick={follow}>
              {say("previous")}
            </a>
            <a class="button" href={withFilters({ date: value.to })} onClick={follow}>
              {say("next")}
            </a>
          </>
        )}
      </Filters>
      {failure === null ? null : <Failed failure={failure} again={again} />}
      {value === null ? failure === null ? <Loading /> : null : <Report report={value} />}
    </>
  );
}

function Report({ report }: { readonly report: ReportAnswer }) {
  const lastDay = daysFrom(report.to, -1);
  return (
    <>
      <p class="sub">
        {date(report.from)}
        {report.from === lastDay ? "" : ` – ${date(lastDay)}`}
      </p>
      {report.totals.length === 0 ? (
        <Empty>{say("report_empty")}</Empty>
      ) : (
        <>
          <Totals report={report} />
          <Bars report={report} />
          {report.hasMore ? <p class="sub">{say("report_cut", { n: whole(report.rows.length) })}</p> : null}
          <Rows report={report} />
          <Money report={report} />
        </>
      )}
    </>
  );
}

function Totals({ report }: { readonly report: ReportAnswer }) {
  return (
    <>
      {report.totals.map(({ currency, netMinor, saleCount, returnCount }) => (
        <dl class="figures" key={currency}>
          <div>
            <dt>{say("turnover")}</dt>
            <dd data-id={`total-${currency}`}>{money(netMinor, currency)}</dd>
          </div>
          <div>
            <dt>{say("sales_count")}</dt>
            <dd>{whole(saleCount)}</dd>
          </div>
          <div>
            <dt>{say("returns_count")}</dt>
            <dd>{whole(returnCount)}</dd>
          </div>
        </dl>
      ))}
    </>
  );
}

function Bars({ report }: { readonly report: ReportAnswer }) {
  const currency = report.totals[0]?.currency ?? "";
  const rows = report.rows.filter((row) => row.currency === currency).slice(0, BARS_COUNT_MAX);
  const isLong = report.rows.length > BARS_COUNT_MAX;
  if (report.by === "item" || (isLong && report.by !== "day")) return null;
  const shown = report.by === "day" ? report.rows.filter((row) => row.currency === currency) : rows;
  return (
    <Plot
      label={`${say("turnover")} ${say(`by_${report.by}`)}`}
      labels={shown.map(({ key }) => (report.by === "day" ? key.slice(5) : key))}
      series={[{ name: say("turnover"), values: shown.map(({ netMinor }) => forPlot(netMinor, currency)) }]}
      isBars
      valueText={(value) => whole(Math.round(value))}
    />
  );
}

function keyText(report: ReportAnswer, row: ReportRow): string {
  if (report.by === "hour") return `${row.key}:00`;
  return report.by === "day" ? date(row.key) : row.key;
}

function Rows({ report }: { readonly report: ReportAnswer }) {
  const isByItem = report.by === "item";
  return (
    <Table
      label={say("reports")}
      rows={report.rows}
      keyOf={({ key, currency }) => `${key} ${currency}`}
      columns={[
        { name: say(`by_${report.by}`), cell: (row) => keyText(report, row) },
        ...(isByItem ? [{ name: say("name"), cell: ({ name }: ReportRow) => name }] : []),
        ...(isByItem
          ? [
              {
                name: say("quantity"),
                isFigure: true,
                cell: ({ quantityMilli }: ReportRow) => quantity(quantityMilli ?? "0"),
              },
            ]
          : [
              {
                name: say("sales_count"),
                isFigure: true,
                cell: ({ saleCount }: ReportRow) => whole(saleCount ?? 0),
              },
              {
                name: say("returns_count"),
                isFigure: true,
                cell: ({ returnCount }: ReportRow) => whole(returnCount ?? 0),
              },
            ]),
        {
          name: say("turnover"),
          isFigure: true,
          cell: ({ netMinor, currency }) => money(netMinor, currency),
        },
      ]}
    />
  );
}

function Money({ report }: { readonly report: ReportAnswer }) {
  return (
    <div class="pair">
      <section>
        <h2>{say("tenders")}</h2>
        <Table
          label={say("tenders")}
          rows={report.tenders}
          keyOf={({ method, currency }) => `${method} ${currency}`}
          columns={[
            { name: say("method"), cell: ({ method }) => (method === "cash" ? say("word_cash") : method) },
            { name: say("count"), isFigure: true, cell: ({ count }) => whole(count) },
            {
              name: say("amount"),
              isFigure: true,
              cell: ({ amountMinor, currency }) => money(amountMinor, currency),
            },
          ]}
        />
      </section>
      <section>
        <h2>{say("tax")}</h2>
        <Table
          label={say("tax")}
          rows={report.taxes}
          keyOf={({ ratePpm, currency }) => `${ratePpm} ${currency}`}
          columns={[
            { name: say("tax_rate"), cell: ({ ratePpm }) => percent(ratePpm) },
            {
              name: say("tax_net"),
              isFigure: true,
              cell: ({ netMinor, currency }) => money(netMinor, currency),
            },
            { name: say("tax"), isFigure: true, cell: ({ taxMinor, currency }) => money(taxMinor, currency) },
          ]}
        />
      </section>
    </div>
  );
}
