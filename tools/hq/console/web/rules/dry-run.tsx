/**
 * The dry run: what the draft would have made of past days, order by order, before anybody sells by it.
 * The days are in the address.
 */
import type { DryRunProgress, DryRunRow } from "../../api-rules.ts";
import { csvOf, digits } from "../../csv.ts";
import { currencyExponent } from "../../../../../core/money.ts";
import { daysFrom, duration, house, money, quantity, time, whole } from "../format.ts";
import { Entry, Filters } from "../parts/filters.tsx";
import { Failed } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { addressOf, filter, follow } from "../route.ts";
import { say, sayCode } from "../words/words.ts";
import { currencyOf, draft } from "./draft.ts";
import { sumOf, useDryRun } from "./dry-stream.ts";
import { decimalOf } from "./inputs.tsx";
import { Problems } from "./problems.tsx";

/** Rows that are drawn; the CSV has all. */
const SHOWN_COUNT = 300;

/** See the header. */
export function DryRun() {
  const run = useDryRun();
  const { rows, progress, problems, failed } = run.state;
  const newest = house.value?.newestDay ?? "";
  const fallback = { from: newest === "" ? "" : daysFrom(newest, -6), to: newest };
  const from = filter("from") === "" ? fallback.from : filter("from");
  const to = filter("to") === "" ? fallback.to : filter("to");
  const start = (): void => run.start({ text: draft.value ?? "", from, to });
  return (
    <>
      <p class="sub">{say("dry_help")}</p>
      <Filters>
        <Entry name="from" label={say("from")} type="date" fallback={fallback.from} />
        <Entry name="to" label={say("to")} type="date" fallback={fallback.to} />
        <button
          type="button"
          data-id="dry-run"
          disabled={from === "" || to === "" || run.isRunning}
          onClick={start}
        >
          {say("dry_run")}
        </button>
        <button type="button" disabled={!run.isRunning} onClick={run.stop}>
          {say("dry_stop")}
        </button>
      </Filters>
      {run.failure === null ? null : <Failed failure={run.failure} again={start} />}
      {failed === "" ? null : <Failed failure={{ code: "console/store", field: "" }} again={start} />}
      {problems.length === 0 ? null : <Problems problems={problems} />}
      {progress === null ? null : <Outcome isRunning={run.isRunning} progress={progress} />}
      {rows.length === 0 ? null : <Changed rows={rows} isDone={!run.isRunning} />}
    </>
  );
}

function Outcome(props: { readonly isRunning: boolean; readonly progress: DryRunProgress }) {
  const { isRunning, progress } = props;
  const { closingCount, totalCount, lineCount, tookMs, changedCount, beforeMinor, afterMinor } = progress;
  const rate = whole(Math.round((closingCount * 1000) / Math.max(1, tookMs)));
  const done = whole(closingCount);
  const shown = (minor: string): string => money(minor, currencyOf());
  const words =
    progress.kind === "done"
      ? say("dry_done", { done, lines: whole(lineCount), time: duration(tookMs), rate })
      : isRunning
        ? say("dry_progress", { done, total: whole(totalCount), rate })
        : say("dry_stopped", { done, total: whole(totalCount) });
  return (
    <>
      <progress aria-label={say("dry_run")} max={Math.max(1, totalCount)} value={closingCount} />
      <p role="status" data-id={progress.kind === "done" ? "dry-done" : "dry-progress"}>
        {words}
      </p>
      <p data-id="dry-total">
        {changedCount === 0
          ? say("dry_none")
          : say("dry_changed", {
              n: whole(changedCount),
              before: shown(beforeMinor),
              after: shown(afterMinor),
              difference: shown(String(BigInt(afterMinor) - BigInt(beforeMinor))),
            })}
      </p>
      {Object.entries(progress.leftByCode).map(([code, count]) => (
        <p key={code} class="sub">
          {say("dry_left", { n: whole(count), why: sayCode("left", code) })}
        </p>
      ))}
    </>
  );
}

function Changed({ rows, isDone }: { readonly rows: readonly DryRunRow[]; readonly isDone: boolean }) {
  const shown = (minor: string): string => money(minor, currencyOf());
  return (
    <>
      <p>
        {say("dry_sum")}: <strong data-id="dry-sum">{shown(String(sumOf(rows)))}</strong>{" "}
        {rows.length > SHOWN_COUNT ? say("dry_shown", { n: SHOWN_COUNT }) : ""}{" "}
        {isDone ? (
          <button type="button" onClick={() => download(rows)} data-id="dry-csv">
            {say("download_csv")}
          </button>
        ) : null}
      </p>
      <Table
        label={say("dry_changes")}
        rows={rows.slice(0, SHOWN_COUNT)}
        keyOf={({ receipt }) => receipt}
        columns={[
          { name: say("time"), cell: ({ atMs }) => time(atMs) },
          {
            name: say("receipt"),
            cell: ({ receipt, order }) => (
              <a href={addressOf("/orders", { order })} onClick={follow} data-id="dry-row">
                {receipt}
              </a>
            ),
          },
          { name: say("before"), isFigure: true, cell: ({ beforeMinor }) => shown(beforeMinor) },
          { name: say("after"), isFigure: true, cell: ({ afterMinor }) => shown(afterMinor) },
          {
            name: say("difference"),
            isFigure: true,
            cell: ({ beforeMinor, afterMinor }) => shown(String(BigInt(afterMinor) - BigInt(beforeMinor))),
          },
          {
            name: say("rules_promotions"),
            cell: ({ promotions }) =>
              promotions.map(({ id, givenMinor }) => (
                <span key={id} class="chip good">
                  {id} {shown(String(-BigInt(givenMinor)))}
                </span>
              )),
          },
          {
            name: say("dry_changes"),
            cell: ({ lines }) => (
              <details>
                <summary>{say("dry_lines", { n: lines.length })}</summary>
                {lines.map((line, index) => (
                  <p key={index} class="word">
                    {quantity(line.quantityMilli)} × {line.name}: {shown(line.beforeMinor)} →{" "}
                    {shown(line.afterMinor)}
                  </p>
                ))}
              </details>
            ),
          },
        ]}
      />
    </>
  );
}

function download(rows: readonly DryRunRow[]): void {
  const amount = (minor: string, currency: string) => {
    const value = Number(minor);
    return digits(`${value < 0 ? "-" : ""}${decimalOf(value, currencyExponent(currency))}`);
  };
  const text = csvOf([
    ["receipt", "time", "order", "currency", "before", "after", "difference", "promotions"],
    ...rows.map(({ receipt, atMs, order, currency, beforeMinor, afterMinor, promotions }) => [
      receipt,
      new Date(atMs).toISOString(),
      order,
      currency,
      amount(beforeMinor, currency),
      amount(afterMinor, currency),
      amount(String(BigInt(afterMinor) - BigInt(beforeMinor)), currency),
      promotions.map(({ id }) => id).join(" "),
    ]),
  ]);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = "dry-run.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
