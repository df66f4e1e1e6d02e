/**
 * What the page knows, as signals, and what follows from it. All of it is a copy of what the runtime
 * said, or which sheet is open: nothing here is kept, and a reload loses nothing.
 */
import { computed, signal } from "@preact/signals";

import type { ClerkId, LineId } from "../../../core/ids.ts";
import { moneyFormat, moneyText } from "../amount.ts";
import type { ItemView, Language, LastView, OrderRow, OrderView, StatusView, Welcome } from "../wire.ts";
import { en } from "./i18n/en.ts";
import type { Words } from "./i18n/en.ts";
import { zh } from "./i18n/zh.ts";

/** What lies over the screen. */
export type SheetState =
  | { readonly kind: "cart" }
  | { readonly kind: "note"; readonly line: LineId }
  | { readonly kind: "menu" }
  | { readonly kind: "health" }
  | { readonly kind: "search" }
  | { readonly kind: "message"; readonly title: string; readonly sentence: string; readonly code: string }
  | { readonly kind: "print"; readonly sentence: string; readonly code: string };

/** The screens of a clerk who is signed on. */
export type ScreenName = "sale" | "tender" | "orders";

/** "shown" goes by itself after a while, "pinned" stays until it is closed. */
export type DoneState = "hidden" | "shown" | "pinned";

/** Whether the runtime can be spoken to. */
export const isConnected = signal(false);
/** The catalogue, the staff and the language; null before the first hello was answered. */
export const welcome = signal<Welcome | null>(null);
/** The order on the screen, null when the next item opens one. */
export const order = signal<OrderView | null>(null);
/** The newest sale of this terminal. */
export const last = signal<LastView | null>(null);
/** The status strip. */
export const status = signal<StatusView | null>(null);
/** The list of today; null until it was opened. */
export const orders = signal<readonly OrderRow[] | null>(null);
/** Taps without an answer. */
export const pendingCount = signal(0);
/** Who is selling; empty for nobody. */
export const clerk = signal<ClerkId | "">("");
/** The screen that was asked for; screenShown is the one that is shown. */
export const screenWanted = signal<ScreenName>("sale");
/** The chosen category; empty for all items. */
export const category = signal("");
/** The open sheet. */
export const sheet = signal<SheetState | null>(null);
/** The result of the last sale. */
export const done = signal<DoneState>("hidden");
/** A word in passing; empty for none. */
export const toast = signal("");

/** The language of this page. */
export const language = computed<Language>(() => welcome.value?.language ?? "en");
/** The words of that language. */
export const words = computed<Words>(() => (language.value === "zh" ? zh : en));

const format = computed(() => moneyFormat(welcome.value?.currency ?? "CNY", welcome.value?.exponent ?? 2));

/** An amount as text in the store's currency. */
export function money(amountMinor: number): string {
  return moneyText(amountMinor, format.value);
}

/** The store's money format. */
export const currencyFormat = format;

/** The screen that is shown: a check that waits for money cannot be walked away from. */
export const screenShown = computed<ScreenName | "sign_on">(() => {
  if (clerk.value === "") return "sign_on";
  if (screenWanted.value === "orders") return "orders";
  if (order.value === null || order.value.lines.length === 0) return "sale";
  return screenWanted.value === "tender" || order.value.phase === "frozen" ? "tender" : "sale";
});

/** Whether a tap on money may be sent now: connected, and everything before it answered. */
export const isSettled = computed(() => isConnected.value && pendingCount.value === 0);

const itemsBySku = computed(() => new Map(welcome.value?.items.map((item) => [item.sku, item])));

/** The name of an item in the screen's language; `fallback` where the catalogue has none. */
export function itemName(sku: string, fallback: string): string {
  const item = itemsBySku.value.get(sku);
  return item === undefined ? fallback : nameOf(item);
}

/** The name in the screen's language. */
export function nameOf(named: Pick<ItemView, "nameEn" | "nameZh">): string {
  return language.value === "zh" ? named.nameZh : named.nameEn;
}

/** Pieces in the cart by item. */
export const countBySku = computed(() => {
  const counts = new Map<string, number>();
  for (const line of order.value?.lines ?? []) {
    const pieces = line.quantityMilli % 1000 === 0 ? line.quantityMilli / 1000 : 1;
    counts.set(line.sku, (counts.get(line.sku) ?? 0) + pieces);
  }
  return counts;
});

/** The first character of a name, for the round sign before it. */
export function initialOf(name: string): string {
  return Array.from(name)[0] ?? "";
}
