/**
 * What taps do: each action asks the runtime for something or opens a room or a sheet, and what comes
 * back changes the store. The one place where store and link meet.
 */
import { batch, effect } from "@preact/signals";

import type { ClerkId, OrderId, TenderId } from "../../../core/ids.ts";
import type { PairedPrinter, PanelContent, ScanView } from "../panels.ts";
import type {
  CardView,
  Language,
  LastView,
  LineView,
  NumberedMessage,
  OrderView,
  PinAsk,
  RefusalView,
  ScreenCommand,
  StaffView,
} from "../wire.ts";
import { guarded, isGuarded } from "./guard.ts";
import { became, instead } from "./instead.ts";
import { Link } from "./link.ts";
import type { SaidMessage } from "./link.ts";
import { forgetPin, pinRefused } from "./pin.ts";
import { finish, showToast } from "./passing.ts";
import * as store from "./store.ts";

const socketUrl = `ws://${location.host}/screen`;
const link = new Link(socketUrl, store.isPseudo ? "en" : null, {
  onConnected: (isConnected) => {
    store.isConnected.value = isConnected;
  },
  onPending: (count) => {
    store.pendingCount.value = count;
  },
  onMessage: (message) => batch(() => show(message)),
  onAnswer: (asked, answer) =>
    batch(() => {
      if (asked.kind === "command" && asked.command.type === "sign_off") store.isLeaving.value = false;
      if (answer.kind === "scanned") showScan(answer.scan, answer.refusal);
      else if (answer.refusal === null) obeyed(asked);
      else refused(asked, answer.refusal);
    }),
  onGivenUp: () => batch(forgetPin),
  onUnreadable: (code) => tell(store.words.value.notOursTitle, store.said("screen/not_ours"), code),
});
effect(() => link.open(store.panelWanted.value));

function show(message: SaidMessage): void {
  switch (message.kind) {
    case "welcome":
      store.welcome.value = message.welcome;
      document.documentElement.lang = message.welcome.language === "zh" ? "zh-CN" : "en";
      break;
    case "view":
      if (message.clerk !== undefined) store.signedOn.value = message.clerk;
      if (message.order !== undefined) store.order.value = message.order;
      if (message.cards !== undefined) store.cards.value = message.cards;
      if (message.scale !== undefined) store.scale.value = message.scale;
      if (message.last !== undefined) showLast(message.last);
      goOnInstead();
      if (message.status !== undefined) store.status.value = message.status;
      if (message.availability !== undefined)
        store.availability.value = new Map(message.availability.map((its) => [its.sku, its.isSoldOut]));
      break;
    case "orders":
      store.orders.value = message.orders;
      break;
    case "panel":
      showPanel(message);
      break;
    case "scanned":
      showScan(message.scan, message.refusal);
      break;
    case "fault":
      tell(store.words.value.refusedTitle, message.sentence, message.code);
      break;
  }
}

function showPanel(message: PanelContent): void {
  switch (message.panel) {
    case "order":
      store.detail.value = { order: message.order, content: message.content };
      break;
    case "shift":
      store.shiftPanel.value = message.content;
      break;
    case "stock":
      store.stockPanel.value = message.content;
      break;
    case "health":
      store.healthPanel.value = message.content;
      break;
    case "settings":
      store.settingsPanel.value = message.content;
      break;
  }
}

// A print that goes wrong is told when it happens, not again at each reload.
function showLast(last: LastView | null): void {
  const before = store.last.value;
  store.last.value = last;
  if (last !== null && last.order === paidByCard && before?.order !== last.order) {
    paidByCard = "";
    finish();
  }
  if (last === null || before === null || before.order !== last.order || before.print === last.print) return;
  if (last.print === "unknown") tellPrint(store.said("printer/unknown"), last.printCode);
  // A shop without a printer knows that it has none.
  if (last.print === "failed" && last.printer !== "none") {
    const { printer } = last;
    const problem = printer === "ready" || printer === "unknown" ? "fault" : printer;
    tellPrint(store.said(`printer/${problem}`), last.printCode);
  }
}

/** The order that a card was asked for at this page: its closing is shown as cash's is. */
let paidByCard = "";

function tellPrint(sentence: string, code: string): void {
  store.sheet.value = { kind: "print", sentence, code };
}

/** Says something that has to be read, over whatever is shown. */
export function tell(title: string, sentence: string, code: string): void {
  store.sheet.value = { kind: "message", title, sentence, code };
}

// What a scan of goods leaves open: it adds its item under them.
const SCAN_KEEPS: ReadonlySet<string> = new Set(["cart", "line", "print"]);

function showScan(scan: ScanView, refusal: RefusalView | null): void {
  const { words } = store;
  if (refusal !== null) return tell(words.value.refusedTitle, refusal.sentence, refusal.code);
  switch (scan.kind) {
    case "item":
      store.done.value = "hidden";
      if (!SCAN_KEEPS.has(store.sheet.value?.kind ?? "")) store.sheet.value = null;
      if (store.room.value.room !== "tender") store.roomWanted.value = { room: "sale" };
      break;
    case "receipt":
      goTo({ room: "order", order: scan.order, from: "sale" });
      break;
    case "payment_code":
      tell(words.value.refusedTitle, store.said("scan/payment_code"), "scan/payment_code");
      break;
    case "rejected":
      tell(words.value.refusedTitle, scan.sentence, scan.code);
      break;
  }
}

function obeyed(asked: NumberedMessage): void {
  switch (asked.kind) {
    case "command":
      succeeded(asked.command);
      break;
    case "pin":
      forgetPin();
      store.sheet.value = null;
      if (asked.purpose === "approve") succeeded(asked.command);
      else store.roomWanted.value = { room: "sale" };
      break;
    case "pair_printer":
      showToast(store.words.value.paired);
      break;
    case "test_print":
      showToast(store.words.value.testAsked);
      break;
    case "reader":
      if (asked.action === "check") showToast(store.words.value.cardAsked);
      if (asked.action === "close_day") openSheet({ kind: "reader_day", reader: asked.reader });
      break;
    case "scan":
    case "scale":
      break;
  }
}

function refused(asked: NumberedMessage, refusal: RefusalView): void {
  if (asked.kind === "pin" && pinRefused(refusal)) return;
  if (asked.kind === "command") {
    // Whoever is not signed on any more wanted exactly that.
    if (asked.command.type === "sign_off") return;
    if (refusal.right !== null && store.approvers(refusal.right).length > 0) {
      store.sheet.value = { kind: "approval", ask: { command: asked.command, right: refusal.right } };
      return;
    }
  }
  tell(store.words.value.refusedTitle, refusal.sentence, refusal.code);
}

function succeeded(command: ScreenCommand): void {
  const t = store.words.value;
  switch (command.type) {
    case "take_cash":
    case "pay_out_cash":
    case "close_without_tender":
      if (store.order.value?.order !== command.order && store.last.value?.order === command.order) finish();
      // A part in cash: the reader waits for the rest.
      else if (command.type === "take_cash") armReader();
      break;
    case "refund":
    case "continue_refund":
      // A card that gets its money back takes its time: its room is shown meanwhile.
      if (store.order.value?.kind === "return" && store.order.value.phase === "frozen") {
        paidByCard = store.order.value.order;
        goTo({ room: "sale" });
      } else finish();
      break;
    case "recall_order":
      goTo({ room: "sale" });
      break;
    case "void_order":
    case "override_tender":
    case "judge_tender":
    case "settle_orphan":
      store.sheet.value = null;
      break;
    case "give_discount":
      store.sheet.value = { kind: "cart" };
      break;
    case "count_drawer":
    case "close_shift":
      store.roomWanted.value = { room: "shift" };
      if (command.type === "close_shift") showToast(t.zAsked);
      break;
    case "open_shift":
      store.sheet.value = null;
      break;
    default: {
      const word = TOASTS.get(command.type);
      if (word === undefined) break;
      showToast(t[word]);
      // The next customer's first item opens the sale, not the tender that was left.
      if (command.type === "park_order") store.roomWanted.value = { room: "sale" };
      // A copy is asked for from the list of orders, or from a sheet that closed itself.
      if (command.type !== "copy_receipt") store.sheet.value = null;
    }
  }
}

type ToastWord = "copyAsked" | "parkedToast" | "moved" | "drawerAsked" | "xAsked" | "zAsked";

/** What is said in passing of commands that leave nothing else to see. */
const TOASTS: ReadonlyMap<ScreenCommand["type"], ToastWord> = new Map([
  ["copy_receipt", "copyAsked"],
  ["park_order", "parkedToast"],
  ["move_cash", "moved"],
  ["open_drawer", "drawerAsked"],
  ["report_shift", "xAsked"],
  ["print_report", "zAsked"],
] as const);

/** Sends a message under its number; says so when too many wait. */
export function ask(make: (n: number) => NumberedMessage): void {
  if (link.ask(make)) return;
  tell(store.words.value.refusedTitle, store.said("screen/too_many_taps"), "screen/too_many_taps");
}

/** Sends a command of whoever is signed on. */
export function send(command: ScreenCommand): void {
  const clerk = store.clerk.value;
  ask((n) => ({ kind: "command", n, clerk, command }));
}

/** Sends a command that moves money, goods or paper: one tap of it within the guard's time. */
export function sendOnce(command: ScreenCommand): void {
  guarded(() => send(command));
}

/** Sends what a scanner typed. */
export function scan(text: string): void {
  const clerk = store.clerk.value;
  ask((n) => ({ kind: "scan", n, clerk, text }));
}

/** Sends a PIN; nothing here keeps it. */
export function enterPin(who: ClerkId, pin: string, purpose: PinAsk, command: ScreenCommand | null): void {
  const clerk = store.clerk.value;
  if (purpose !== "approve") ask((n) => ({ kind: "pin", n, clerk, who, pin, purpose, command: null }));
  else if (command !== null) ask((n) => ({ kind: "pin", n, clerk, who, pin, purpose, command }));
}

/** Sets the printer up. */
export function pairPrinter(printer: PairedPrinter): void {
  const clerk = store.clerk.value;
  guarded(() => ask((n) => ({ kind: "pair_printer", n, clerk, printer })));
}

/** Prints a test. */
export function testPrint(): void {
  const clerk = store.clerk.value;
  guarded(() => ask((n) => ({ kind: "test_print", n, clerk })));
}

/** Signs a clerk on: by name, or to the PIN pad. */
export function signOn(who: StaffView): void {
  if (who.hasPin) openSheet({ kind: "pin", who, ask: "sign_on" });
  else send({ type: "sign_on", clerk: who.clerk });
}

/** Back to the choice of clerks; the order stays. */
export function signOff(): void {
  const clerk = store.clerk.value;
  if (clerk === "") return;
  batch(() => {
    forgetPin();
    goTo({ room: "sale" });
    send({ type: "sign_off", clerk });
    store.isLeaving.value = true;
  });
}

/** One more of an item; the runtime opens the order or adds to its line. */
export function addItem(sku: string): void {
  if (store.done.value === "hidden" && isGuarded()) return;
  batch(() => {
    store.done.value = "hidden";
    store.sheet.value = null;
  });
  send({ type: "add_item", order: null, sku, quantityMilli: 1000 });
}

/** One unit more on a line. */
export function addUnit(order: OrderId, line: LineView): void {
  send({ type: "add_units", order, line: line.line, quantityMilli: 1000 });
}

/** One unit less on a line; all of it when it is less than one. */
export function removeUnit(order: OrderId, line: LineView): void {
  const quantityMilli = Math.min(1000, line.quantityMilli);
  send({ type: "remove_units", order, line: line.line, quantityMilli, reason: "" });
}

/** The whole line off the order. */
export function removeLine(order: OrderId, line: LineView): void {
  send({ type: "remove_units", order, line: line.line, quantityMilli: line.quantityMilli, reason: "" });
}

/** The note of a line; empty takes it away. */
export function setNote(order: OrderId, line: LineView, text: string): void {
  if (text.trim() !== line.note) send({ type: "set_note", order, line: line.line, text: text.trim() });
}

/** To the tender screen. */
export function pay(): void {
  guarded(() => {
    goTo({ room: "tender" });
    armReader();
  });
}

// Armed on entry where the shop wants it: a card needs no further tap.
function armReader(): void {
  const current = store.order.value;
  const ready = store.cards.value.readers.filter(({ link }) => link === "ready");
  const [only] = ready;
  const isArmed = store.welcome.value?.armsReader === true && store.isSettled.value;
  if (!isArmed || current === null || current.kind !== "sale" || current.leftMinor <= 0) return;
  if (ready.length !== 1 || only === undefined || store.liveCard.value !== null) return;
  const { order, leftMinor } = current;
  paidByCard = order;
  send({ type: "request_card", order, amountMinor: null, leftMinor, reader: only.name });
}

/** Takes cash; `handedMinor` is what the customer gave. What was left to pay on this screen goes with it. */
export function takeCash(current: OrderView, handedMinor: number): void {
  const { order, leftMinor } = current;
  guarded(() => sendInstead({ type: "take_cash", order, handedMinor, leftMinor }));
}

// A reader that waits for a card ends first.
function sendInstead(command: ScreenCommand): void {
  const card = store.armedCard.value;
  if (card === null) return send(command);
  const { tender, order } = card;
  const clerk = store.clerk.value;
  instead.value = { tender, order, clerk, command };
  ask((n) => ({ kind: "reader", n, clerk, action: "cancel", tender, reader: "" }));
}

function goOnInstead(): void {
  const wanted = instead.value;
  if (wanted === null) return;
  const what = became(wanted, store.cards.value.tenders, store.last.value);
  if (what === "wait") return;
  instead.value = null;
  const isSame = wanted.clerk === store.clerk.value && store.order.value?.order === wanted.order;
  if (what === "free" && isSame) send(wanted.command);
  const t = store.words.value;
  if (wanted.command.type !== "take_cash" || what === "free" || what === "gone") return;
  tell(t.refusedTitle, what === "paid" ? t.cardPaidNoCash : t.cardUnknownNoCash, "tender/in_progress");
}

/** Asks a reader for what is left, or for a part of it. */
export function askCard(current: OrderView, reader: string, amountMinor: number | null): void {
  const { order, leftMinor } = current;
  paidByCard = order;
  guarded(() => sendInstead({ type: "request_card", order, amountMinor, leftMinor, reader }));
}

/** Asks the reader to give a payment of this check back. */
export function reverseCard({ order, tender }: CardView): void {
  sendOnce({ type: "reverse_card", order, tender });
}

/** Asks the reader to end what it does; how that ended comes back in the view. */
export function cancelCard({ tender }: CardView): void {
  askReader({ action: "cancel", tender, reader: "" });
}

/** Asks the reader again about a tender that nobody knows of. */
export function checkCard({ tender, order }: CardView): void {
  paidByCard = order;
  askReader({ action: "check", tender, reader: "" });
}

/** Closes a reader's day. */
export function closeReaderDay(reader: string): void {
  askReader({ action: "close_day", tender: null, reader });
}

function askReader(
  what:
    | { readonly action: "cancel" | "check"; readonly tender: TenderId; readonly reader: "" }
    | { readonly action: "close_day"; readonly tender: null; readonly reader: string },
): void {
  const clerk = store.clerk.value;
  guarded(() => ask((n) => ({ kind: "reader", n, clerk, ...what })));
}

/** Serves the next customer while a card of this order is not known: the order is parked with its badge. */
export function leaveUnknown({ order, label }: CardView): void {
  sendOnce({ type: "park_order", order, label });
}

/** Prints a copy of an order's receipt. */
export function reprint(order: OrderId): void {
  guarded(() => {
    store.sheet.value = null;
    send({ type: "copy_receipt", order });
  });
}

/** From the tender screen to the sale; refused in words once money was taken. */
export function leaveTender(): void {
  const order = store.order.value;
  store.roomWanted.value = { room: "sale" };
  if (order !== null && order.check !== null)
    sendInstead({ type: "thaw_check", order: order.order, check: order.check });
}

/** Into a room; whatever lay over the last one is closed. */
export function goTo(room: store.Room): void {
  batch(() => {
    store.roomWanted.value = room;
    store.sheet.value = null;
    store.done.value = "hidden";
  });
}

/** Another language. */
export function speak(language: Language): void {
  link.speak(language);
}

/** Opens a sheet, or closes the one that is open. */
export function openSheet(sheet: store.SheetState | null): void {
  batch(() => {
    if (sheet?.kind !== store.sheet.value?.kind) forgetPin();
    store.sheet.value = sheet;
  });
}
