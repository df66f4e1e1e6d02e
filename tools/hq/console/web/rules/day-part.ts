/**
 * Parts of a day as people write them: "17:00-19:00". One that ends before it begins runs over
 * midnight; whether it may is headquarters' to say.
 */
import { numberOf } from "./draft.ts";
import type { Json } from "./draft.ts";

/** "17:00-19:00". */
export function dayPartText(part: Json): string {
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return `${clock(numberOf(part, "fromMinute") ?? 0)}-${clock(numberOf(part, "untilMinute") ?? 0)}`;
}

/** A part of a day from its text, or null. */
export function dayPartOf(text: string): Json | null {
  const [, fromHour, fromMinute, untilHour, untilMinute] =
    /^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (fromHour === undefined || untilHour === undefined) return null;
  return {
    fromMinute: Number(fromHour) * 60 + Number(fromMinute),
    untilMinute: Number(untilHour) * 60 + Number(untilMinute),
  };
}
