/**
 * Today: what needs a look first, then turnover beside the same weekday of the week before. The
 * running day is asked for again every few seconds.
 */
import type { DayTurnover, Exception, Today } from "../../api.ts";
import { useAnswer } from "../ask.ts";
import { ago, date, daysFrom, duration, forPlot, house, money, quantity, time, whole } from "../format.ts";
import { Entry, Filters } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Plot } from "../parts/plot.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { addressOf, filter, follow, withFilters } from "../route.ts";
import { say, sayCode } from "../words/words.ts";

/** How often the running day is asked for again, and one that was chosen. */
const LIVE_MS = 5000;
const REST_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** See the header. */
export function TodayPage() {
  const day = filter("day");
  const { value, failure, again } = useAnswer<Today>("/api/today", { day }, day === "" ? LIVE_MS : REST_MS);
  if (value === null) return failure === null ? <Loading /> : <Failed failure={failure} again={again} />;
  return (
    <>
      <Head title={say("today")}>
        <Filters>
          <a class="button" href={withFilters({ day: daysFrom(value.day, -1) })} onClick={follow}>
            {say("previous")}
          </a>
          <Entry name="day" label={say("day")} type="date" fallback={value.day} />
          <a class="button" href={withFilters({ day: daysFrom(value.day, 1) })} onClick={follow}>
            {say("next")}
          </a>
        </Filters>
      </Head>
      <p class="sub">
        {date(value.day)} {value.isLive ? <span class="chip good">{say("live")}</span> : null}
      </p>
      {failure === null ? null : <Failed failure={failure} again={again} />}
      <Exceptions exceptions={value.exceptions} />
      {value.lagCount === 0 ? null : <p class="sub">{say("lag", { n: whole(value.lagCount) })}</p>}
      {value.turnovers.length === 0 ? (
        <Nothing day={value.day} />
      ) : (
        value.turnovers.map((turnover) => (
          <Turnover key={turnover.currency} turnover={turnover} today={value} />
        ))
      )}
    </>
  );
}

function Nothing({ day }: { readonly day: string }) {
  const newestDay = house.value?.newestDay ?? null;
  return (
    <Empty>
      {say("today_empty")}{" "}
      {newestDay === null || newestDay === day ? null : (
        <a href={addressOf("/", { day: newestDay })} onClick={follow}>
          {say("newest_day")}
        </a>
      )}
    </Empty>
  );
}

function Turnover({ turnover, today }: { readonly turnover: DayTurnover; readonly today: Today }) {
  const { currency, netMinor, lastNetMinor, lastSoFarMinor } = turnover;
  const [net, lastNet] = [money(netMinor, currency), money(lastNetMinor, currency)];
  return (
    <section aria-label={`${say("turnover")} ${currency}`}>
      <dl class="figures">
        <Figure name={say("turnover")} value={net} id={`net-${currency}`} />
        <Figure name={say("sales_count")} value={whole(turnover.saleCount)} id={`sales-${currency}`} />
        <Figure name={say("returns_count")} value={whole(turnover.returnCount)} />
        <Figure name={say("average")} value={money(turnover.averageMinor, currency)} />
        <Figure
          name={`${say("last_week")}, ${say(today.isLive ? "by_now" : "whole_day")}`}
          value={money(today.isLive ? lastSoFarMinor : lastNetMinor, currency)}
        />
      </dl>
      <h2>{say("cumulative")}</h2>
      <Plot
        label={`${say("cumulative")}: ${say("this_day")} ${net}, ${say("last_week")} ${lastNet}`}
        labels={Array.from({ length: DAY_HOURS }, (_none, hour) => String(hour))}
        series={[
          {
            name: say("last_week"),
            values: cumulative(turnover.lastHours, currency, DAY_HOURS),
            isFaint: true,
          },
          { name: say("this_day"), values: cumulative(turnover.hours, currency, hoursSoFar(today)) },
        ]}
        valueText={(value) => whole(Math.round(value))}
      />
    </section>
  );
}

function Figure(props: { readonly name: string; readonly value: string; readonly id?: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd data-id={props.id}>{props.value}</dd>
    </div>
  );
}

/** The running day's line ends at the running hour. */
function hoursSoFar({ isLive, nowMs }: Today): number {
  if (!isLive) return DAY_HOURS;
  const localMs = nowMs + (house.value?.zoneMinutes ?? 0) * 60_000;
  return (Math.floor(localMs / HOUR_MS) % DAY_HOURS) + 1;
}

function cumulative(
  hours: readonly string[],
  currency: string,
  hourCount: number,
): readonly (number | null)[] {
  let sum = 0;
  return hours.map((minor, hour) => {
    sum += forPlot(minor, currency);
    return hour < hourCount ? sum : null;
  });
}

function Exceptions({ exceptions }: { readonly exceptions: readonly Exception[] }) {
  return (
    <section aria-label={say("exceptions")}>
      <h2>{say("exceptions")}</h2>
      {exceptions.length === 0 ? (
        <p class="sub good-text">{say("exceptions_none")}</p>
      ) : (
        <ul class="exceptions">
          {exceptions.map((exception) => (
            <li key={JSON.stringify(exception)} class={exception.kind === "low_stock" ? "mild" : "hard"}>
              <a href={placeOf(exception)} onClick={follow}>
                {wordsOf(exception)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function placeOf(exception: Exception): string {
  switch (exception.kind) {
    case "low_stock":
      return addressOf("/stock", { low: "1" });
    case "shift_differs":
      return addressOf("/shifts");
    case "card_open":
      return addressOf("/cards", { open: "1" });
    case "alarm":
    case "clerk_locked":
      return addressOf("/audit");
    case "terminal_silent":
    case "figures_wait":
    case "clock_ahead":
      return addressOf("/terminals");
  }
}

function wordsOf(exception: Exception): string {
  switch (exception.kind) {
    case "alarm": {
      const { code, terminal, lastAtMs } = exception;
      const words = sayCode("alarm", code.replace("/", "_"));
      return say("ex_alarm_words", { words, terminal, last: time(lastAtMs) });
    }
    case "terminal_silent":
      return say("ex_terminal_silent", {
        terminal: exception.terminal,
        ago: ago(exception.lastReceivedAtMs),
      });
    case "figures_wait":
      return say("ex_figures_wait", { terminal: exception.terminal, ago: ago(exception.sinceMs) });
    case "clock_ahead":
      return say("ex_clock_ahead", { terminal: exception.terminal, duration: duration(exception.byMs) });
    case "low_stock":
      return say("ex_low_stock", {
        name: exception.name === "" ? exception.sku : exception.name,
        level: quantity(exception.levelMilli),
        target: quantity(exception.targetMilli),
      });
    case "shift_differs":
      return say("ex_shift_differs", {
        number: exception.zNumber,
        terminal: exception.terminal,
        date: exception.businessDate,
      });
    case "card_open":
      return say("ex_card_open", {
        terminal: exception.terminal,
        amount: money(exception.minor, exception.currency),
        state: sayCode("card_state", exception.state),
        ago: ago(exception.atMs),
      });
    case "clerk_locked":
      return say("ex_clerk_locked", {
        clerk: exception.clerk,
        terminal: exception.terminal,
        n: exception.count,
      });
  }
}
