/**
 * The page Today: turnover of a day beside the same weekday of the week before, and before all else
 * what somebody has to look at.
 */
import { PIN_TRIES_COUNT_MAX } from "../../../core/limits.ts";
import type { SalesSum, TerminalState } from "../store/console.ts";
import type { DayTurnover, Exception, Today } from "./api.ts";
import { openCardCases } from "./cards.ts";
import type { ConsoleContext } from "./context.ts";
import { DAY_MS, dateOfDay, spanOfDays } from "./day.ts";
import { agreesOf } from "./shifts.ts";

const WEEK_DAYS = 7;
const DAY_HOURS = 24;
/** A terminal with an open shift that says nothing for this long is one to look at. */
const SILENT_MS = 600_000;
const WAITING_MS = 60_000;
const CLOCK_AHEAD_MS = 120_000;
/** Exceptions of one kind that are listed; the pages of their own have all. */
const KIND_COUNT_MAX = 20;
const TERMINALS_COUNT_MAX = 1000;

/** The day as days from 1970; live where it is the running one. */
export async function todayPage(context: ConsoleContext, day: number, runningDay: number): Promise<Today> {
  const { store, tenant } = context;
  const [turnovers, exceptions, lagCount] = await Promise.all([
    turnoversOf(context, day, day === runningDay),
    exceptionsOf(context),
    store.lagCount(tenant),
  ]);
  return {
    day: dateOfDay(day),
    lastDay: dateOfDay(day - WEEK_DAYS),
    isLive: day === runningDay,
    nowMs: context.nowMs(),
    turnovers,
    exceptions,
    lagCount,
  };
}

async function turnoversOf(
  context: ConsoleContext,
  day: number,
  isLive: boolean,
): Promise<readonly DayTurnover[]> {
  const { store, tenant, zoneMinutes } = context;
  const sums = async (ofDay: number): Promise<readonly SalesSum[]> =>
    await store.console.sales(tenant, spanOfDays(ofDay, ofDay + 1, zoneMinutes), "hour_of_day", zoneMinutes);
  const last = spanOfDays(day - WEEK_DAYS, day - WEEK_DAYS + 1, zoneMinutes);
  const soFarMs = isLive ? Math.min(context.nowMs() - WEEK_DAYS * DAY_MS, last.toMs) : last.toMs;
  const [hours, lastHours, lastSoFar] = await Promise.all([
    sums(day),
    sums(day - WEEK_DAYS),
    store.console.sales(tenant, { fromMs: last.fromMs, toMs: soFarMs }, "all", zoneMinutes),
  ]);
  const currencies = [...new Set([...hours, ...lastHours].map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const ofCurrency = (all: readonly SalesSum[]): readonly SalesSum[] =>
      all.filter((sum) => sum.currency === currency);
    return turnoverOf(currency, ofCurrency(hours), ofCurrency(lastHours), ofCurrency(lastSoFar));
  });
}

function turnoverOf(
  currency: string,
  hours: readonly SalesSum[],
  lastHours: readonly SalesSum[],
  lastSoFar: readonly SalesSum[],
): DayTurnover {
  const [net, lastNet, soFar] = [netOf(hours), netOf(lastHours), netOf(lastSoFar)];
  const saleCount = count(hours, "saleCount");
  const orderCount = saleCount + count(hours, "returnCount");
  return {
    currency,
    netMinor: String(net),
    saleCount,
    returnCount: count(hours, "returnCount"),
    averageMinor: String(orderCount === 0 ? 0n : net / BigInt(orderCount)),
    lastNetMinor: String(lastNet),
    lastSoFarMinor: String(soFar),
    lastSaleCount: count(lastSoFar, "saleCount"),
    hours: byHour(hours),
    lastHours: byHour(lastHours),
  };
}

function netOf(sums: readonly SalesSum[]): bigint {
  return sums.reduce((total, { netMinor }) => total + netMinor, 0n);
}

function count(sums: readonly SalesSum[], field: "saleCount" | "returnCount"): number {
  return sums.reduce((total, sum) => total + sum[field], 0);
}

function byHour(sums: readonly SalesSum[]): readonly string[] {
  const hours = new Map(sums.map(({ key, netMinor }) => [Number(key), netMinor]));
  return Array.from({ length: DAY_HOURS }, (_none, hour) => String(hours.get(hour) ?? 0n));
}

async function exceptionsOf(context: ConsoleContext): Promise<readonly Exception[]> {
  const { store, tenant } = context;
  const [alarms, terminals, stock, shifts, pins, cards] = await Promise.all([
    store.console.alarms(tenant),
    store.console.terminals(tenant, "", TERMINALS_COUNT_MAX),
    store.stock(tenant),
    store.console.shifts(tenant, null, KIND_COUNT_MAX),
    store.console.pinFailures(tenant),
    openCardCases(context),
  ]);
  const low = stock.filter(({ isLow }) => isLow).sort((a, b) => a.levelMilli - b.levelMilli);
  const listed = low.slice(0, KIND_COUNT_MAX);
  const names = await store.console.itemNames(
    tenant,
    listed.map(({ sku }) => sku),
  );
  return [
    ...cards.slice(0, KIND_COUNT_MAX).map(({ terminal, order, minor, currency, state, atMs }): Exception => {
      return { kind: "card_open", terminal, order, minor, currency, state, atMs };
    }),
    ...alarms.slice(0, KIND_COUNT_MAX).map((alarm): Exception => ({ kind: "alarm", ...alarm })),
    ...pins.flatMap(({ terminal, clerk, count: tries }): readonly Exception[] =>
      tries < PIN_TRIES_COUNT_MAX ? [] : [{ kind: "clerk_locked", terminal, clerk, count: tries }],
    ),
    ...terminals.flatMap((state) => terminalExceptions(state, context.nowMs())),
    ...shifts.flatMap((shift): readonly Exception[] =>
      agreesOf(shift)
        ? []
        : [
            {
              kind: "shift_differs",
              terminal: shift.terminal,
              zNumber: shift.zNumber,
              businessDate: shift.report.businessDate,
            },
          ],
    ),
    ...listed.map(({ sku, levelMilli, targetMilli }): Exception => {
      const name = names.get(sku) ?? "";
      return { kind: "low_stock", sku, name, levelMilli, targetMilli };
    }),
  ];
}

function terminalExceptions(state: TerminalState, nowMs: number): readonly Exception[] {
  const { terminal, shift, lastReceivedAtMs, oldestWaitingAtMs, clockBehindMs } = state;
  const found: Exception[] = [];
  if (shift !== null && lastReceivedAtMs !== null && nowMs - lastReceivedAtMs > SILENT_MS)
    found.push({ kind: "terminal_silent", terminal, lastReceivedAtMs });
  if (oldestWaitingAtMs !== null && nowMs - oldestWaitingAtMs > WAITING_MS)
    found.push({ kind: "figures_wait", terminal, sinceMs: oldestWaitingAtMs });
  if (clockBehindMs !== null && clockBehindMs < -CLOCK_AHEAD_MS)
    found.push({ kind: "clock_ahead", terminal, byMs: -clockBehindMs });
  return found;
}
