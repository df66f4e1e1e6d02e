/**
 * The page Settings: the rules of the house as headquarters says them. A rule that it does not say is
 * each terminal's own; the newest word stands as a whole.
 */
import type { HouseRules } from "../../../core/hq/events.ts";
import { minor } from "../../../core/money.ts";
import type { SettingsAnswer, WordAnswer, WordChange } from "./api-house.ts";
import { currencyOf } from "./catalogue.ts";
import type { ConsoleContext } from "./context.ts";
import { doorOf } from "./published.ts";
import { answerOf, refused } from "./words.ts";

/** What the page asks for. */
export type SettingsWish = Omit<SettingsAnswer, "currency">;

const HOUR_MINUTES = 60;

/** What stands. */
export async function settingsPage(context: ConsoleContext): Promise<SettingsAnswer> {
  const { rules } = await doorOf(context).view();
  return { ...rules, currency: await currencyOf(context) };
}

/** What a wish changes; published where it is confirmed. */
export async function setSettings(
  context: ConsoleContext,
  wish: SettingsWish,
  isConfirmed: boolean,
): Promise<WordAnswer> {
  const door = doorOf(context);
  const changes = changesOf((await door.view()).rules, wish);
  if (changes.length === 0) return refused([{ code: "authoring/nothing", detail: "" }]);
  const { cashRounding: rounding, needsShift, dayStartMinutes } = wish;
  const isWhole = [rounding?.incrementMinor ?? 1, dayStartMinutes ?? 0].every(Number.isSafeInteger);
  if (!isWhole) return refused([{ code: "authoring/rules", detail: "" }]);
  const cashRounding = rounding && { incrementMinor: minor(rounding.incrementMinor), tie: rounding.tie };
  if (!isConfirmed) return { refusals: [], changes, seq: null };
  return answerOf(context, changes, await door.setRules({ needsShift, cashRounding, dayStartMinutes }));
}

function changesOf(before: HouseRules, after: SettingsWish): readonly WordChange[] {
  const rows: readonly (readonly [what: string, before: string, after: string])[] = [
    ["needs_shift", flagText(before.needsShift), flagText(after.needsShift)],
    ["cash_rounding", roundingText(before.cashRounding), roundingText(after.cashRounding)],
    ["day_start", clockText(before.dayStartMinutes), clockText(after.dayStartMinutes)],
  ];
  return rows
    .filter(([, was, is]) => was !== is)
    .map(([what, was, is]) => ({ what, subject: "", before: was, after: is, isWord: true }));
}

function flagText(flag: boolean | null): string {
  return flag === null ? "own" : flag ? "yes" : "no";
}

function roundingText(rounding: SettingsWish["cashRounding"]): string {
  if (rounding === null) return "own";
  return rounding.incrementMinor === 1 ? "none" : `${rounding.incrementMinor} ${rounding.tie}`;
}

function clockText(minutes: number | null): string {
  if (minutes === null) return "own";
  const part = (value: number): string => String(value).padStart(2, "0");
  return `${part(Math.floor(minutes / HOUR_MINUTES))}:${part(minutes % HOUR_MINUTES)}`;
}
