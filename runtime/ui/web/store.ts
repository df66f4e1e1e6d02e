/**
 * What the page knows, as signals, and what follows from it. All of it is a copy of what the runtime
 * said, or which sheet is open: nothing here is kept, and a reload loses nothing.
 */
import { computed, signal } from "@preact/signals";

import type { Right } from "../../../core/facts.ts";
import type { ClerkId, LineId, OrderId, ShiftId, TenderId } from "../../../core/ids.ts";
import type { CashMove } from "../../../core/shift/events.ts";
import { moneyFormat, moneyText } from "../amount.ts";
import type { HealthPanel, OrderDetail, Panel, SettingsPanel, ShiftPanel, StockPanel } from "../panels.ts";
import type {
  CardsView,
  CardView,
  ItemView,
  Language,
  LastView,
  OrderRow,
  OrderView,
  PinAsk,
  RefusalView,
  ScreenCommand,
  ScreenView,
  StaffView,
  StatusView,
  Welcome,
} from "../wire.ts";
import { en } from "./i18n/en.ts";
import type { Words } from "./i18n/en.ts";
import { MESSAGES } from "./i18n/messages.ts";
import type { MessageCode } from "./i18n/messages.ts";
import { pseudoText, pseudoWords } from "./i18n/pseudo.ts";
import { zh } from "./i18n/zh.ts";
import { instead } from "./instead.ts";
import type { OrderFilter } from "./order-filter.ts";

/** Something that a clerk says why of, before it is sent. */
export type ReasonAsk = "void" | "no_sale";

/** Cash that moves without a sale, or the float of a new shift. */
export type AmountAsk = CashMove | "float";

/** A refused command that a second person may agree to. */
export interface ApprovalAsk {
  readonly command: ScreenCommand;
  readonly right: Right;
}

/** What lies over the screen. */
export type SheetState =
  | { readonly kind: "cart" }
  | { readonly kind: "line"; readonly line: LineId }
  | { readonly kind: "price" }
  | { readonly kind: "discount"; readonly line: LineId | null }
  | { readonly kind: "menu" }
  | { readonly kind: "health" }
  | { readonly kind: "search" }
  | { readonly kind: "park" }
  | { readonly kind: "reason"; readonly ask: ReasonAsk }
  | { readonly kind: "amount"; readonly ask: AmountAsk; readonly drawer: string }
  | { readonly kind: "pin"; readonly who: StaffView; readonly ask: Exclude<PinAsk, "approve"> }
  | { readonly kind: "approval"; readonly ask: ApprovalAsk }
  | { readonly kind: "card_case"; readonly tender: TenderId }
  | { readonly kind: "reader_day"; readonly reader: string }
  | { readonly kind: "message"; readonly title: string; readonly sentence: string; readonly code: string }
  | { readonly kind: "print"; readonly sentence: string; readonly code: string };

/** A room of the terminal; all but the sale are left by its back button. */
export type Room =
  | { readonly room: "sale" }
  | { readonly room: "tender" }
  | { readonly room: "orders" }
  | { readonly room: "order"; readonly order: OrderId; readonly from: "sale" | "orders" }
  | { readonly room: "refund"; readonly order: OrderId; readonly from: "sale" | "orders" }
  | { readonly room: "shift" }
  | { readonly room: "count"; readonly shift: ShiftId }
  | { readonly room: "stock" }
  | { readonly room: "settings" };

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
/** The scale's newest word; null without one. */
export const scale = signal<NonNullable<ScreenView["scale"]> | null>(null);
/** Card readers, and the tenders that they were asked for. */
export const cards = signal<CardsView>({ readers: [], tenders: [] });
/** The card of the check that is paid whose end is not known, or null. */
export const liveCard = computed<CardView | null>(
  () => cards.value.tenders.find((its) => its.isCurrent && !its.isOverridden && isLiveCard(its)) ?? null,
);

/** The card that a reader waits for by itself: what else is tapped goes in its place. */
export const armedCard = computed<CardView | null>(() => {
  const card = liveCard.value;
  if (card === null || welcome.value?.armsReader !== true || instead.value !== null) return null;
  const step = card.prompt?.step ?? "connecting";
  const isWaiting = step === "connecting" || step === "present_card";
  const canCancel = card.prompt?.canCancel ?? true;
  return card.kind === "pay" && card.status === "requested" && isWaiting && canCancel ? card : null;
});

function isLiveCard({ status }: CardView): boolean {
  return status === "requested" || status === "approved" || status === "unknown" || status === "orphaned";
}

/** The status strip. */
export const status = signal<StatusView | null>(null);
/** What was set on or off sale on this terminal, by item. */
export const availability = signal<ReadonlyMap<string, boolean>>(new Map());
/** The list of today; null until it was opened. */
export const orders = signal<readonly OrderRow[] | null>(null);
/** The order whose panel is open; undefined until it came, null when this terminal has none of it. */
export const detail = signal<{ readonly order: OrderId; readonly content: OrderDetail | null } | null>(null);
/** The content of the other panels; null until it came. */
export const shiftPanel = signal<ShiftPanel | null>(null);
export const stockPanel = signal<StockPanel | null>(null);
export const healthPanel = signal<HealthPanel | null>(null);
export const settingsPanel = signal<SettingsPanel | null>(null);
/** Taps without an answer. */
export const pendingCount = signal(0);
/** Who is signed on at this page, as the runtime says. */
export const signedOn = signal<ClerkId | "">("");
/** Whether somebody signed off here and the runtime has not said yes yet. */
export const isLeaving = signal(false);
/** Who is selling; empty for nobody. */
export const clerk = computed<ClerkId | "">(() => (isLeaving.value ? "" : signedOn.value));
/** The room that was asked for; `room` is the one that is shown. */
export const roomWanted = signal<Room>({ room: "sale" });
/** Which orders the list shows. */
export const orderFilter = signal<OrderFilter>("all");
/** The chosen category; empty for all items. */
export const category = signal("");
/** The open sheet. */
export const sheet = signal<SheetState | null>(null);
/** The result of the last sale. */
export const done = signal<DoneState>("hidden");
/** A word in passing; empty for none. */
export const toast = signal("");

/**
 * Whether the page was opened with lang=xa behind its address's "#", which no server sees and every
 * redirect keeps: the pseudo-language, which the runtime does not know.
 */
export const isPseudo = /[#?&]lang=xa\b/.test(location.href);
const pseudo = pseudoWords(en);

/** The language of this page. */
export const language = computed<Language>(() => welcome.value?.language ?? "en");
/** The words of that language. */
export const words = computed<Words>(() => {
  if (language.value === "zh") return zh;
  return isPseudo ? pseudo : en;
});

/** What the page has to say, in its language. */
export function said(code: MessageCode): string {
  const sentence = MESSAGES[code][language.value];
  return isPseudo ? pseudoText(sentence) : sentence;
}

const format = computed(() => moneyFormat(welcome.value?.currency ?? "CNY", welcome.value?.exponent ?? 2));

/** An amount as text in the store's currency. */
export function money(amountMinor: number): string {
  return moneyText(amountMinor, format.value);
}

/** The store's money format. */
export const currencyFormat = format;

/** The room that is shown: a check that waits for money cannot be walked away from. */
export const room = computed<Room | { readonly room: "sign_on" }>(() => {
  if (clerk.value === "") return { room: "sign_on" };
  const wanted = roomWanted.value;
  if (wanted.room !== "sale" && wanted.room !== "tender") return wanted;
  if (order.value === null || order.value.lines.length === 0) return { room: "sale" };
  const isPaying = wanted.room === "tender" || order.value.phase === "frozen";
  const isSale = order.value.kind === "sale";
  // A return waits here for the card that gets its money back.
  const isGivingBack =
    !isSale && order.value.phase === "frozen" && cards.value.tenders.some((its) => its.isCurrent);
  return (isPaying && isSale) || isGivingBack ? { room: "tender" } : { room: "sale" };
});

/** The panel that the page keeps open: what the shown room or sheet is made of. */
export const panelWanted = computed<Panel>(() => {
  const open = sheet.value?.kind;
  if (open === "health" || open === "reader_day") return { panel: "health" };
  const shown = room.value;
  switch (shown.room) {
    case "order":
    case "refund":
      return { panel: "order", order: shown.order };
    case "count":
      return { panel: "shift" };
    case "orders":
    case "shift":
    case "stock":
    case "settings":
      return { panel: shown.room };
    // Who is locked out is said on the tiles.
    case "sign_on":
      return { panel: "health" };
    case "sale":
    case "tender":
      return { panel: "none" };
  }
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

/** Whether an item is off sale: what was set here goes before the catalogue. */
export function isSoldOut(item: Pick<ItemView, "sku" | "isSoldOut">): boolean {
  return availability.value.get(item.sku) ?? item.isSoldOut;
}

/** A clerk's name; the code where the staff list has none. */
export function clerkName(id: ClerkId | ""): string {
  return welcome.value?.staff.find((each) => each.clerk === id)?.name ?? id;
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

/** Who may lend this right to whoever is signed on: by PIN, and not to themselves. */
export function approvers(right: NonNullable<RefusalView["right"]>): readonly StaffView[] {
  const people = welcome.value?.staff ?? [];
  return people.filter(
    (its) =>
      its.hasPin && its.clerk !== clerk.value && its.rights.includes("approve") && its.rights.includes(right),
  );
}
