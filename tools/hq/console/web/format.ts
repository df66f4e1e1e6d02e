/**
 * Money, quantities and times as people read them, in the shop's zone and the page's language. Amounts
 * come as digits of minor units and never pass through a float.
 */
import { signal } from "@preact/signals";
import { currencyExponent } from "../../../../core/money.ts";
import type { House } from "../api.ts";
import { language, say } from "./words/words.ts";

/** What the server said of the house; null until then. */
export const house = signal<House | null>(null);
/** The time now by headquarters' clock, as the page last heard it. */
export const nowMs = signal(Date.now());

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MILLI_DIGITS = 3;

/** "£12.50". */
export function money(minor: string, currency: string): string {
  const digits = decimalOf(minor, currencyExponent(currency));
  if (!/^[A-Z]{3}$/.test(currency)) return digits;
  const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  const format = new Intl.NumberFormat(language.value, style);
  return format.format(digits);
}

function decimalOf(minor: string, exponent: number): `${number}` {
  const sign = minor.startsWith("-") ? "-" : "";
  const digits = minor.replace("-", "").padStart(exponent + 1, "0");
  const [whole, part] = [digits.slice(0, digits.length - exponent), digits.slice(digits.length - exponent)];
  const text = exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${part}`;
  return isDecimal(text) ? text : "0";
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** An amount in whole units for a plot's axis; near enough for a pixel. */
export function forPlot(minor: string, currency: string): number {
  return Number(minor) / 10 ** currencyExponent(currency);
}

/** "2" or "0.755". */
export function quantity(milli: number | string): string {
  const digits = decimalOf(String(milli), MILLI_DIGITS);
  return new Intl.NumberFormat(language.value, { maximumFractionDigits: MILLI_DIGITS }).format(digits);
}

/** "1,284". */
export function whole(count: number): string {
  return new Intl.NumberFormat(language.value).format(count);
}

/** "20%" of parts per million. */
export function percent(ppm: number): string {
  const format = new Intl.NumberFormat(language.value, { style: "percent", maximumFractionDigits: 2 });
  return format.format(ppm / 1_000_000);
}

/** "22 Nov, 14:05:09" in the shop's zone. */
export function time(atMs: number, withSeconds = false): string {
  const shown = new Intl.DateTimeFormat(language.value === "zh" ? "zh-CN" : "en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...(withSeconds ? { second: "2-digit" } : {}),
    hourCycle: "h23",
    timeZone: "UTC",
  });
  return shown.format(atMs + (house.value?.zoneMinutes ?? 0) * MINUTE_MS);
}

/** A date with its weekday: "Sun, 22 Nov 2026". */
export function date(day: string): string {
  const atMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(atMs)) return day;
  const shown = new Intl.DateTimeFormat(language.value === "zh" ? "zh-CN" : "en-GB", {
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    timeZone: "UTC",
  });
  return shown.format(atMs);
}

/** The date some days from this one. */
export function daysFrom(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** "3 min ago". */
export function ago(atMs: number): string {
  const sinceMs = Math.max(0, nowMs.value - atMs);
  if (sinceMs < MINUTE_MS) return say("ago_s", { n: Math.floor(sinceMs / 1000) });
  if (sinceMs < HOUR_MS) return say("ago_min", { n: Math.floor(sinceMs / MINUTE_MS) });
  if (sinceMs < 2 * DAY_MS) return say("ago_h", { n: Math.floor(sinceMs / HOUR_MS) });
  return say("ago_d", { n: Math.floor(sinceMs / DAY_MS) });
}

/** "2 min 5 s", roughly where it is long. */
export function duration(ms: number): string {
  const unit = (value: number, name: "second" | "minute" | "hour" | "day"): string =>
    new Intl.NumberFormat(language.value, { style: "unit", unit: name, unitDisplay: "narrow" }).format(
      Math.round(value),
    );
  if (ms < MINUTE_MS) return unit(ms / 1000, "second");
  if (ms < HOUR_MS) return unit(ms / MINUTE_MS, "minute");
  return ms < 2 * DAY_MS ? unit(ms / HOUR_MS, "hour") : unit(ms / DAY_MS, "day");
}
