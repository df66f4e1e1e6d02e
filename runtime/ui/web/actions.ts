/**
 * What taps do: each action sends a command or opens a sheet, and what comes back changes the
 * store. The one place where store and link meet.
 */
import { batch } from "@preact/signals";

import type { ClerkId, OrderId } from "../../../core/ids.ts";
import { DONE_SHOWN_MS } from "../limits.ts";
import type { LastView, LineView, ScreenCommand } from "../wire.ts";
import { guarded, holdTaps, isGuarded } from "./guard.ts";
import { Link } from "./link.ts";
import type { SaidMessage } from "./link.ts";
import * as store from "./store.ts";

const TOAST_SHOWN_MS = 2500;

const socketUrl = `ws://${location.host}/screen`;
const link = new Link(socketUrl, {
  onConnected: (isConnected) => {
    store.isConnected.value = isConnected;
  },
  onPending: (count) => {
    store.pendingCount.value = count;
  },
  onMessage: (message) => batch(() => show(message)),
  onAnswer: (command, { refusal }) =>
    batch(() => {
      if (refusal === null) succeeded(command);
      else tell(store.words.value.refusedTitle, refusal.sentence, refusal.code);
    }),
  onUnreadable: (code) => tell(store.words.value.notOursTitle, store.words.value.notOurs, code),
});

function show(message: SaidMessage): void {
  switch (message.kind) {
    case "welcome":
      store.welcome.value = message.welcome;
      if (store.clerk.value === "") store.clerk.value = message.welcome.clerk;
      document.documentElement.lang = message.welcome.language === "zh" ? "zh-CN" : "en";
      break;
    case "view":
      if (message.order !== undefined) store.order.value = message.order;
      if (message.last !== undefined) showLast(message.last);
      if (message.status !== undefined) store.status.value = message.status;
      break;
    case "orders":
      store.orders.value = message.orders;
      break;
    case "fault":
      tell(store.words.value.refusedTitle, message.sentence, message.code);
      break;
  }
}

// A print that goes wrong is told when it happens, not again at each reload.
function showLast(last: LastView | null): void {
  const before = store.last.value;
  store.last.value = last;
  if (last === null || before === null || before.order !== last.order || before.print === last.print) return;
  const { words } = store;
  if (last.print === "unknown") {
    store.sheet.value = { kind: "print", sentence: words.value.maybePrinted, code: last.printCode };
  }
  // A shop without a printer knows that it has none.
  if (last.print === "failed" && last.printer !== "none") {
    const problem = last.printer === "ready" ? "fault" : last.printer;
    const sentence = words.value[`notPrinted_${problem}`];
    store.sheet.value = { kind: "print", sentence, code: last.printCode };
  }
}

function tell(title: string, sentence: string, code: string): void {
  store.sheet.value = { kind: "message", title, sentence, code };
}

function succeeded(command: ScreenCommand): void {
  switch (command.type) {
    case "sign_on":
      store.clerk.value = command.clerk;
      break;
    case "take_cash":
    case "pay_out_cash":
    case "close_without_tender":
      if (store.order.value?.order !== command.order && store.last.value?.order === command.order) finish();
      break;
    case "copy_receipt":
      showToast(store.words.value.copyAsked);
      break;
    default:
      break;
  }
}

let doneTimer = 0;

function finish(): void {
  store.screenWanted.value = "sale";
  store.sheet.value = null;
  store.done.value = "shown";
  clearTimeout(doneTimer);
  doneTimer = setTimeout(() => {
    if (store.done.value !== "shown") return;
    store.done.value = "hidden";
    // Tiles come up where the panel was: a tap meant for it must not sell one of them.
    holdTaps();
  }, DONE_SHOWN_MS);
}

let toastTimer = 0;

function showToast(text: string): void {
  store.toast.value = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    store.toast.value = "";
  }, TOAST_SHOWN_MS);
}

function send(command: ScreenCommand): void {
  const isKept = link.command(store.clerk.value, command);
  if (!isKept) tell(store.words.value.refusedTitle, store.words.value.tooManyTaps, "screen/too_many_taps");
}

/** Signs a clerk on. */
export function signOn(clerk: ClerkId): void {
  send({ type: "sign_on", clerk, attempt: null });
}

/** Back to the choice of clerks; the order stays. */
export function signOff(): void {
  batch(() => {
    store.sheet.value = null;
    store.done.value = "hidden";
    store.clerk.value = "";
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
  send({ type: "set_note", order, line: line.line, text: text.trim() });
  store.sheet.value = { kind: "cart" };
}

/** To the tender screen. */
export function pay(): void {
  guarded(() =>
    batch(() => {
      store.sheet.value = null;
      store.screenWanted.value = "tender";
    }),
  );
}

/** Takes cash; `handedMinor` is what the customer gave. */
export function takeCash(order: OrderId, handedMinor: number): void {
  guarded(() => send({ type: "take_cash", order, handedMinor, leftMinor: null }));
}

/** Pays a return out. */
export function payOut(order: OrderId): void {
  guarded(() => send({ type: "pay_out_cash", order }));
}

/** Closes an order that comes to nothing. */
export function closeFree(order: OrderId): void {
  guarded(() => send({ type: "close_without_tender", order }));
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
  store.screenWanted.value = "sale";
  if (order !== null && order.check !== null)
    send({ type: "thaw_check", order: order.order, check: order.check });
}

/** Opens or leaves the list of today. */
export function showOrders(isShown: boolean): void {
  batch(() => {
    store.screenWanted.value = isShown ? "orders" : "sale";
    store.sheet.value = null;
    store.done.value = "hidden";
  });
  link.open(isShown ? "orders" : "none");
}

/** Shows the last sale's result until it is closed. */
export function pinDone(): void {
  guarded(() => {
    store.done.value = "pinned";
  });
}

/** Closes the result of a sale. */
export function hideDone(): void {
  guarded(() => {
    store.done.value = "hidden";
  });
}

/** The other language. */
export function switchLanguage(): void {
  link.speak(store.language.value === "zh" ? "en" : "zh");
  store.sheet.value = null;
}

/** Opens a sheet, or closes the one that is open. */
export function openSheet(sheet: store.SheetState | null): void {
  store.sheet.value = sheet;
}
