/**
 * A walk through every room and sheet of the terminal, with real sales behind them. `look` is called at
 * each stop with its name; what it checks or draws is its own.
 */
import { PINS } from "./screen-hand.ts";
import type { Hand } from "./screen-hand.ts";
import type { ScriptedReader } from "./scripted-reader.ts";

/** Called when what is named is on the screen and at rest. */
export type Look = (name: string) => Promise<void>;

/** The stops in their order: every room, every sheet, and the states that look different. */
export const STOPS = [
  "sign-on",
  "pin",
  "pin-wrong",
  "sale-empty",
  "reason",
  "approval",
  "shift-none",
  "float",
  "shift",
  "sale",
  "search",
  "menu",
  "health",
  "cart",
  "line",
  "park",
  "tender",
  "tender-part",
  "message",
  "done",
  "orders",
  "order-parked",
  "order",
  "refund",
  "card-wait",
  "card-declined",
  "card-taken",
  "card-unknown",
  "card-case",
  "give-back",
  "reader-day",
  "health-reader",
  "pay-in",
  "no-sale",
  "count",
  "counted",
  "shift-closed",
  "stock",
  "settings",
  "print",
  "trouble",
  "training",
] as const;

/** Sheets rise for a moment. */
export const AT_REST_MS = 260;

/** Walks; the hand has PINs and this reader under the name "1", and nobody is signed on yet. */
export async function walk(hand: Hand, reader: ScriptedReader, look: Look): Promise<void> {
  const stop = async (name: (typeof STOPS)[number]): Promise<void> => {
    await hand.page.locator('[data-id="toast"][data-shown="false"]').waitFor({ state: "attached" });
    await hand.page.waitForTimeout(AT_REST_MS);
    await look(name);
  };
  await signOnAndApprove(hand, stop);
  await openShift(hand, stop);
  await sell(hand, stop);
  await payAndLookBack(hand, stop);
  await payByCard(hand, reader, stop);
  await giveBackByCard(hand, reader, stop);
  await closeShift(hand, stop);
  await lookAround(hand, stop);
}

type Stop = (name: (typeof STOPS)[number]) => Promise<void>;

async function signOnAndApprove(hand: Hand, stop: Stop): Promise<void> {
  await hand.shown("clerk-li");
  await stop("sign-on");
  await hand.tap("clerk-li");
  await stop("pin");
  await hand.keyPin("9999");
  await hand.page.locator('[data-id="pin-dots"][data-wrong="true"]').waitFor();
  await hand.page.locator(`[data-id="pin-dots"][data-wrong="true"]`).waitFor();
  await stop("pin-wrong");
  await hand.keyPin(PINS.li);
  await hand.shown("item-101");
  await stop("sale-empty");
  await hand.tap("item-101", "item-104", "cart", "void");
  await stop("reason");
  await hand.tap("reason-reason_mistake", "reason-confirm");
  await hand.shown("sheet-approval");
  await hand.tap("approver-mei");
  await stop("approval");
  await hand.keyPin(PINS.mei);
  await hand.gone("sheet-approval");
  await hand.tap("menu", "switch-clerk", "clerk-ana");
  await hand.keyPin(PINS.ana);
  await hand.shown("item-101");
}

async function openShift(hand: Hand, stop: Stop): Promise<void> {
  await hand.tap("menu", "menu-shift");
  await hand.shown("open-1");
  await stop("shift-none");
  await hand.tap("open-1", "key-5", "key-00", "key-00");
  await stop("float");
  await hand.tap("amount-confirm");
  await hand.gone("sheet-amount");
  await hand.shown("shift-1");
  await stop("shift");
  await hand.tap("back");
}

async function sell(hand: Hand, stop: Stop): Promise<void> {
  await hand.tap("item-104", "item-106", "item-104");
  await hand.page.locator('[data-id="undo"]:enabled').waitFor();
  await stop("sale");
  await hand.tap("search");
  await stop("search");
  await hand.tap("sheet-close", "menu");
  await stop("menu");
  await hand.tap("sheet-close", "strip");
  await hand.shown("sheet-health");
  await stop("health");
  await hand.tap("sheet-close", "cart");
  await stop("cart");
  await hand.tap("line", "noteToGo");
  await stop("line");
  await hand.tap("save-note", "park");
  await hand.page.locator('[data-id="park-label"]').fill("Table 4");
  await stop("park");
  await hand.tap("park-confirm");
  await hand.gone("sheet-park");
}

async function payAndLookBack(hand: Hand, stop: Stop): Promise<void> {
  await hand.tapSlowly("item-104");
  await hand.tap("item-106", "item-104", "cart", "cart-pay");
  await hand.shown("note-10000");
  await stop("tender");
  await hand.tapSlowly("key-9", "key-00", "take");
  await hand.page.locator(".due-taken:not(:empty)").waitFor();
  await stop("tender-part");
  await hand.tap("back");
  await hand.shown("sheet-message");
  await stop("message");
  await hand.tap("understood");
  await hand.tapSlowly("note-10000");
  await hand.shown("done");
  await stop("done");
  await hand.tapSlowly("orders");
  await hand.shown("row");
  await stop("orders");
  await hand.tap("filter-parked");
  await hand.tap("row");
  await hand.shown("recall");
  await stop("order-parked");
  await hand.tap("back", "filter-paid", "row");
  await hand.shown("refund");
  await stop("order");
  await hand.tap("refund", "reason-reason_damaged", "minus");
  await stop("refund");
  await hand.tap("back", "back", "filter-all", "back");
}

async function payByCard(hand: Hand, reader: ScriptedReader, stop: Stop): Promise<void> {
  await hand.tapSlowly("item-101", "pay", "reader-1");
  await hand.shown("card-wait");
  reader.desk.show({ step: "present_card", text: "Karte bitte", canCancel: true });
  await hand.page.locator('[data-step="present_card"]').waitFor();
  await stop("card-wait");
  reader.end({ kind: "declined", code: "reader/no_funds", text: "Limit" });
  await hand.shown("card-failure");
  await stop("card-declined");
  await hand.tapSlowly("key-1", "key-0", "key-00", "reader-1");
  await hand.shown("card-wait");
  const result = reader.result();
  await reader.desk.take(result);
  reader.end({ kind: "captured", reference: result.reference });
  await hand.page.locator('[data-id^="reverse-"]').waitFor();
  await stop("card-taken");
  await hand.tapSlowly("reader-1");
  await hand.shown("card-wait");
  reader.inquiryAnswer = { kind: "unanswerable", serial: "68001234" };
  reader.end({ kind: "unknown", code: "reader/link_lost" });
  await hand.shown("card-unknown");
  await stop("card-unknown");
  await hand.tapSlowly("card-manager");
  await hand.tap("case-not_charged", "reason-reason_bankAsked");
  await stop("card-case");
  await hand.tapSlowly("card-case-confirm");
  await hand.shown("card-failure");
  await hand.tapSlowly("note-800");
  await hand.shown("done");
}

async function giveBackByCard(hand: Hand, reader: ScriptedReader, stop: Stop): Promise<void> {
  await hand.tapSlowly("orders", "row", "refund");
  await hand.tap("reason-reason_damaged");
  await hand.tapSlowly("refund-confirm");
  await hand.shown("card-wait");
  reader.end({ kind: "declined", code: "reader/unsupported", text: "" });
  await hand.shown("refund-again");
  await stop("give-back");
  await hand.tapSlowly("refund-in-cash");
  await hand.shown("done");
  const totals = [{ brand: "Visa", count: 1, amountMinor: 4200 }];
  reader.dayEnd = { kind: "closed", serial: "68001234", totals };
  await hand.tapSlowly("strip", "close-day-1");
  await hand.shown("day-case-journal_more");
  await stop("reader-day");
  await hand.tapSlowly("sheet-close", "strip");
  await hand.shown("reader-day-1");
  await stop("health-reader");
  await hand.tap("sheet-close");
}

async function closeShift(hand: Hand, stop: Stop): Promise<void> {
  await hand.tap("menu", "menu-shift", "pay-in");
  await stop("pay-in");
  await hand.tap("sheet-close", "no-sale");
  await stop("no-sale");
  await hand.tap("sheet-close", "count", "key-5", "key-next", "key-1", "key-2");
  await stop("count");
  await hand.tap("count-done");
  await hand.shown("counted");
  await stop("counted");
  await hand.tap("reason-reason_counted");
  await hand.tapSlowly("close-shift");
  await hand.shown("print-z-1");
  await stop("shift-closed");
  await hand.tap("back");
}

async function lookAround(hand: Hand, stop: Stop): Promise<void> {
  const { status } = hand.terminal;
  status.lowItems = [{ sku: "104", levelMilli: 3000, targetMilli: 20_000 }];
  await hand.tap("menu", "menu-stock", "sold-out-102");
  await stop("stock");
  await hand.tap("back", "menu", "menu-settings");
  await hand.shown("printer-save");
  await stop("settings");
  await hand.tap("back", "orders");
  hand.terminal.printAs("failed", "printer/paper_out");
  await hand.tapSlowly("reprint-last");
  await hand.shown("sheet-print");
  await stop("print");
  await hand.tap("sheet-close", "back");
  status.link = "down";
  status.printer = "cover_open";
  status.tell();
  await hand.tap("strip");
  await stop("trouble");
  await hand.tap("sheet-close", "menu", "menu-training");
  await hand.keyPin(PINS.ana);
  await hand.shown("training-sign");
  await hand.tapSlowly("item-101");
  await hand.shown("pay");
  await stop("training");
}
