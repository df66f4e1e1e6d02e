/**
 * What a promotion gives, on what, when and where, in a few words. Says nothing of what it does not
 * understand; the form and the document have all of it.
 */
import { money, percent, time } from "../format.ts";
import { say } from "../words/words.ts";
import { currencyOf, listIn, namesOf, numberOf, textOf } from "./draft.ts";
import { dayPartText } from "./day-part.ts";
import type { Json } from "./draft.ts";

const PPM = 1_000_000;

/** "10 % off". */
export function givesOf(entry: Json): string {
  const amount = (name: string): string => amountText(numberOf(entry, name));
  const [take, free] = [numberOf(entry, "takeCount") ?? 0, numberOf(entry, "freeCount") ?? 0];
  const bar = amount("barMinor");
  const giftAmount = say("gives_amount", { amount: amount("offMinor") });
  switch (textOf(entry, "kind")) {
    case "line_percent":
      return say("gives_percent", { percent: offText(entry) });
    case "order_percent":
      return fromBar(entry, say("gives_percent", { percent: offText(entry) }), bar);
    case "line_fixed":
      return giftAmount;
    case "second_at":
      return say("gives_second", { percent: offText(entry) });
    case "cheapest_free":
      return say("gives_free", { take, free });
    case "n_for_price":
      return say("gives_price", { take, amount: amount("priceMinor") });
    case "bundle":
      return say("gives_bundle", { amount: amount("priceMinor") });
    case "spend_once":
      return fromBar(entry, giftAmount, bar);
    case "spend_every":
      return say("gives_every", { gift: giftAmount, bar });
    case "spend_ladder": {
      const steps = listIn(entry, "steps");
      const most = Math.max(0, ...steps.map((step) => numberOf(step, "offMinor") ?? 0));
      return say("gives_ladder", {
        steps: steps.length,
        gift: say("gives_amount", { amount: amountText(most) }),
      });
    }
    default:
      return "";
  }
}

function fromBar(entry: Json, gift: string, bar: string): string {
  return (numberOf(entry, "barMinor") ?? 0) === 0 ? gift : say("gives_bar", { gift, bar });
}

function offText(entry: Json): string {
  const pay = numberOf(entry, "payPpm");
  return percent(pay === null ? (numberOf(entry, "offPpm") ?? 0) : PPM - pay);
}

function amountText(amountMinor: number | null): string {
  return money(String(amountMinor ?? 0), currencyOf());
}

/** "drink; tea". */
export function goodsOf(entry: Json): string {
  const named = [...namesOf(entry, "categories"), ...namesOf(entry, "skus")].join("; ");
  const excluded = namesOf(entry, "excludedCategories");
  const goods = named === "" ? say("everything") : named;
  return excluded.length === 0 ? goods : `${goods} (${say("excluded")}: ${excluded.join("; ")})`;
}

/** "Fri; 1 Dec 2026 -". */
export function whenOf(entry: Json): string {
  const [fromMs, untilMs] = [numberOf(entry, "fromMs"), numberOf(entry, "untilMs")];
  const span =
    fromMs === null && untilMs === null
      ? ""
      : `${fromMs === null ? "" : time(fromMs)} - ${untilMs === null ? "" : time(untilMs)}`;
  const days = namesOf(entry, "weekdays").map(weekdayOf).join(" ");
  const parts = listIn(entry, "dayParts").map(dayPartText).join(", ");
  const words = [span, days, parts].filter((text) => text !== "");
  return words.length === 0 ? say("always") : words.join("; ");
}

function weekdayOf(day: string): string {
  switch (day) {
    case "1":
      return say("weekday_1");
    case "2":
      return say("weekday_2");
    case "3":
      return say("weekday_3");
    case "4":
      return say("weekday_4");
    case "5":
      return say("weekday_5");
    case "6":
      return say("weekday_6");
    default:
      return say("weekday_7");
  }
}

/** Stores, channels and tiers. */
export function whereOf(entry: Json): string {
  const names = ["stores", "channels", "tiers"].flatMap((name) => namesOf(entry, name));
  return names.length === 0 ? say("everywhere") : names.join("; ");
}
