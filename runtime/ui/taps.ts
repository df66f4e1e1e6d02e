/**
 * What a numbered message of a page does: a command goes to the trade, a PIN to the gate and then to
 * the trade, a scan to the scan desk and then to the trade, an item by weight to the scale first, a pairing to the printer.
 *
 * T1 One tap is one effect: where it takes two commands (recall while another order is open), the second
 *    is known to be possible before the first is sent.
 * T2 What no page may say for somebody else (people.ts, P1) is refused with clerk/not_signed_on.
 */
import type { Approval, Command } from "../../core/command.ts";
import { isRepeat } from "../../core/decide.ts";
import type { Cause } from "../../core/facts.ts";
import type { ClerkId, OrderId } from "../../core/ids.ts";
import { decideRecall } from "../../core/order/decide-park.ts";
import { refuse } from "../../core/refusal.ts";
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import type { ScanResult } from "../../drivers/scanner/result.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Answer } from "../loop.ts";
import type { Scanned } from "../scan/resolve.ts";
import { SCAN_WORDS } from "../scan/words.ts";
import type { Desk } from "./desk.ts";
import type { ScanView } from "./panels.ts";
import type { People } from "./people.ts";
import type { CardPort, PrinterPort, ScalePort, ScanPort } from "./ports.ts";
import { printerRefusal, readerRefusal, refusalView, said, scaleRefusal } from "./refusal-view.ts";
import type { Said } from "./refusal-view.ts";
import { resolveTap, withDevice } from "./resolve.ts";
import type {
  CommandMessage,
  Language,
  NumberedMessage,
  PairMessage,
  PinMessage,
  ReaderMessage,
  RefusalView,
  ScaleMessage,
  ScanMessage,
  ScreenCommand,
  ScreenMessage,
  TestPrintMessage,
} from "./wire.ts";

/** What taps work with. */
export interface TapsOptions {
  readonly scans: ScanPort;
  readonly printer: PrinterPort;
  readonly catalogue: Catalogue;
  readonly cards: CardPort;
  /** Left out, or null, without one. */
  readonly scale?: ScalePort | null;
}

/** What a tap asks the trade for, before the runtime added what only it knows. */
type TapCommand = Command | Exclude<ScreenCommand, { type: "sign_on" }>;

/** The taps of all pages of a terminal. */
export class Taps {
  readonly #options: TapsOptions;
  readonly #people: People;

  constructor(options: TapsOptions, people: People) {
    this.#options = options;
    this.#people = people;
  }

  /** Does what a message asks for, and gives what to say to its page. Never rejects but for a Bug. */
  async serve(desk: Desk, message: NumberedMessage, language: Language): Promise<ScreenMessage> {
    const { n } = message;
    switch (message.kind) {
      case "command":
        return { kind: "answer", n, refusal: this.#view(await this.#command(desk, message), "", language) };
      case "pin":
        return {
          kind: "answer",
          n,
          refusal: this.#view(await this.#pin(desk, message), message.who, language),
        };
      case "scan":
        return await this.#scan(desk, message, language);
      case "pair_printer":
      case "test_print":
        return { kind: "answer", n, refusal: await this.#tryPrinter(desk, message, language) };
      case "reader":
        return { kind: "answer", n, refusal: await this.#askReader(desk, message, language) };
      case "scale":
        return { kind: "answer", n, refusal: await this.#askScale(desk, message, language) };
    }
  }

  /** A code from the terminal's own scanner, for the clerk of this desk. */
  async takeScan(desk: Desk | null, result: ScanResult, language: Language): Promise<ScreenMessage> {
    const clerk = desk === null ? "" : this.#people.clerkAt(desk);
    const scanned = this.#options.scans.ofResult(result, this.#people.house.loop.state);
    const said = await this.#sell(scanned, this.#people.ownCause(clerk));
    return this.#scanned(0, scanned, said, language);
  }

  #view(said: Said | null, who: ClerkId | "", language: Language): RefusalView | null {
    return said === null ? null : refusalView(said, this.#people.house.loop.state, who, language);
  }

  async #command(desk: Desk, message: CommandMessage): Promise<Said | null> {
    const cause = this.#people.causeOf(desk, message);
    if (cause === null) return said(refuse("clerk/not_signed_on"));
    return await this.#act(desk, message.command, cause, null);
  }

  #pin(desk: Desk, message: PinMessage): Promise<Said | null> {
    return this.#people.takePin(desk, message, async (cause, approval) =>
      message.purpose === "approve" ? await this.#act(desk, message.command, cause, approval) : null,
    );
  }

  async #act(
    desk: Desk,
    command: ScreenCommand,
    cause: Cause,
    approval: Approval | null,
  ): Promise<Said | null> {
    switch (command.type) {
      case "sign_on":
        return await this.#people.signOn(desk, command.clerk, null, cause);
      case "sign_off":
        return await this.#people.signOff(desk, command.clerk, cause);
      case "recall_order":
        return said(await this.#recall(command.order, cause, approval));
      default:
        return said(await this.#submit(command, cause, approval));
    }
  }

  // Settled and decided in the same turn: two fast taps never open two orders.
  #submit(asked: TapCommand, cause: Cause, approval: Approval | null): Promise<Answer> {
    const { loop } = this.#people.house;
    const command = withDevice(loop.state, asked, this.#options.cards);
    if (command === null) return Promise.resolve(refuse("tender/reader_missing"));
    return loop.submit(resolveTap(loop.state, this.#options.catalogue, command), cause, approval);
  }

  // T1
  async #recall(order: OrderId, cause: Cause, approval: Approval | null): Promise<Answer> {
    const { loop } = this.#people.house;
    const { state } = loop;
    const current = currentOrder(state);
    const mustPark = current !== null && current.id !== order && current.lines.length > 0;
    const isBusy = current?.phase === "frozen" && current.id !== order;
    const isPossible = !isRepeat(state, cause) && canRecall(state, order);
    if (!isPossible || (!mustPark && !isBusy))
      return await this.#submit({ type: "recall_order", order }, cause, approval);
    const parking = loop.submit(
      { type: "park_order", order: current.id, label: "" },
      this.#people.ownCause(cause.clerk),
    );
    // Decided already: only what it answers is still to come.
    if (state.orders.get(current.id)?.order.isParked !== true) return await parking;
    const [, answer] = await Promise.all([
      parking,
      this.#submit({ type: "recall_order", order }, cause, approval),
    ]);
    return answer;
  }

  async #scan(desk: Desk, message: ScanMessage, language: Language): Promise<ScreenMessage> {
    const { n } = message;
    const cause = this.#people.causeOf(desk, message);
    if (cause === null || cause.clerk === "")
      return { kind: "answer", n, refusal: this.#view(said(refuse("clerk/not_signed_on")), "", language) };
    // A repeat of somebody who has left since.
    if (cause.clerk !== this.#people.clerkAt(desk)) return { kind: "answer", n, refusal: null };
    const { state } = this.#people.house.loop;
    const expected = currentOrder(state)?.phase === "frozen" ? "tender" : "goods";
    const scanned = this.#options.scans.ofText(message.text, expected, state);
    return this.#scanned(n, scanned, await this.#sell(scanned, cause), language);
  }

  async #sell(scanned: Scanned, cause: Cause): Promise<Said | null> {
    if (scanned.kind !== "item") return null;
    return said(await this.#submit(scanned.command, cause, null));
  }

  #scanned(n: number, scanned: Scanned, refused: Said | null, language: Language): ScreenMessage {
    return {
      kind: "scanned",
      n,
      scan: scanView(scanned, language),
      refusal: this.#view(refused, "", language),
    };
  }

  async #askReader(desk: Desk, message: ReaderMessage, language: Language): Promise<RefusalView | null> {
    const { cards } = this.#options;
    const { state } = this.#people.house.loop;
    const clerk = this.#people.clerkAt(desk);
    if (clerk === "" || clerk !== message.clerk)
      return this.#view(said(refuse("clerk/not_signed_on")), "", language);
    if (state.isTraining) return this.#view(said(refuse("tender/reader_missing")), "", language);
    if (message.action === "cancel") cards.cancel(message.tender);
    else if (message.action === "check") cards.check(message.tender);
    else {
      const mayClose = state.clerks.get(clerk)?.rights.includes("shift") === true;
      if (!mayClose) return this.#view(said(refuse("clerk/right_missing", "shift")), "", language);
      const end = await cards.closeDay(message.reader);
      return end.kind === "closed" ? null : readerRefusal(end.code, language);
    }
    return null;
  }

  async #askScale(desk: Desk, message: ScaleMessage, language: Language): Promise<RefusalView | null> {
    const { scale = null, catalogue } = this.#options;
    const { sku, action } = message;
    const cause = this.#people.causeOf(desk, message);
    const notSignedOn = (): RefusalView | null =>
      this.#view(said(refuse("clerk/not_signed_on")), "", language);
    if (cause === null || cause.clerk === "") return notSignedOn();
    if (isRepeat(this.#people.house.loop.state, cause)) return null;
    if (scale === null) return scaleRefusal("scale/none", language);
    if (action !== "weigh") {
      const code = scale.order({ kind: action });
      return code === null ? null : scaleRefusal(code, language);
    }
    if (catalogue.bySku.get(sku)?.isByWeight === false) return scaleRefusal("scale/not_by_weight", language);
    const weighed = await scale.weigh();
    if (!weighed.ok) return scaleRefusal(weighed.code, language);
    // Whoever left while the plate came to rest sells nothing.
    if (this.#people.clerkAt(desk) !== cause.clerk) return notSignedOn();
    const command: Command = { type: "add_item", order: null, sku, quantityMilli: weighed.quantityMilli };
    return this.#view(said(await this.#submit(command, cause, null)), "", language);
  }

  async #tryPrinter(
    desk: Desk,
    message: PairMessage | TestPrintMessage,
    language: Language,
  ): Promise<RefusalView | null> {
    const { printer } = this.#options;
    const { state } = this.#people.house.loop;
    const clerk = this.#people.clerkAt(desk);
    if (clerk === "" || clerk !== message.clerk)
      return this.#view(said(refuse("clerk/not_signed_on")), "", language);
    const isPairing = message.kind === "pair_printer";
    // Whoever pairs a printer says where this shop's receipts go; in training anybody is anybody.
    const mayPair = !state.isTraining && state.clerks.get(clerk)?.rights.includes("approve") === true;
    if (isPairing && !mayPair)
      return this.#view(said(refuse("clerk/right_missing", "approve")), "", language);
    const word = isPairing ? await printer.pair(message.printer) : await printer.testPrint();
    return word === "ok" ? null : printerRefusal(word, language);
  }
}

function canRecall(state: State, id: OrderId): boolean {
  const order = state.orders.get(id)?.order;
  return order !== undefined && decideRecall(state, order).ok;
}

function scanView(scanned: Scanned, language: Language): ScanView {
  switch (scanned.kind) {
    case "item":
      return { kind: "item", sku: scanned.sku };
    case "receipt":
      return { kind: "receipt", order: scanned.order, closing: scanned.closing };
    case "payment_code":
      return { kind: "payment_code" };
    case "rejected":
      return { kind: "rejected", code: scanned.code, sentence: SCAN_WORDS[scanned.code][language] };
  }
}
