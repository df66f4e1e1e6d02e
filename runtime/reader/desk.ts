/**
 * The card desk: brings recorded requests to readers and what readers say back into the loop, and asks
 * again about every tender whose end was cut. Decides nothing about money: core/tender does.
 *
 * K1 A result is durable before its reader hears that it was taken: `take` answers when the loop did.
 * K2 One question at a time for each reader; a request never overtakes an unfinished inquiry.
 * K3 What is not known is asked again after 1, 2, 5, 10 and then every 30 s, and at once when the reader
 *    comes back, until the core says that it is known or that only a person can tell.
 * K4 A reader that cannot take a card, or another device under its name, is asked in the same rhythm
 *    whether it is ready: a request goes to the device that was last found ready.
 * K5 A request that does not end is recorded as unknown after a while, so that a person may judge it; its
 *    reader's word is still heard, and nothing else is asked of it.
 */
import type { Command, ReaderMoney } from "../../core/command.ts";
import type { OrderId, TenderId } from "../../core/ids.ts";
import { SLIP_LINE_LENGTH_MAX, SLIP_LINES_COUNT_MAX } from "../../core/limits.ts";
import { minor } from "../../core/money.ts";
import type { State } from "../../core/state.ts";
import { cardOn } from "../../core/tender/decide.ts";
import { liveTenders } from "../../core/tender/live.ts";
import type { SlipLine } from "../../core/tender/events.ts";
import type { ReaderSays } from "../../core/tender/recovery.ts";
import type { CardTender } from "../../core/tender/types.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type {
  Reader,
  ReaderDayEnd,
  ReaderDesk,
  ReaderEnd,
  ReaderInquiryAnswer,
  ReaderPrompt,
  ReaderRequest,
  ReaderResult,
  ReaderSlip,
  ReaderState,
} from "../../drivers/reader/reader.ts";
import type { Answer } from "../loop.ts";

/** Waits before the next inquiry (K3); the last one repeats. */
export const INQUIRY_DELAYS_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000];

/** How long a request may run before it counts as unknown (K5). */
export const REQUEST_RUNS_MS_MAX = 900_000;

/** What the desk works with. */
export interface CardDeskOptions {
  /** By the name in the configuration. */
  readonly readers: ReadonlyMap<string, Reader>;
  readonly state: State;
  /** The loop's submit for the runtime's own commands. */
  readonly submit: (command: Command) => Promise<Answer>;
  readonly timers: Timers;
  /** Prints a slip that belongs to no tender: a reader's end of day. */
  readonly printSlip: (lines: readonly SlipLine[]) => void;
  /** Whether a slip would find a printer that can print: asked before a request and for each slip. */
  readonly isPrinterReady: () => boolean;
  readonly log: (code: string, detail: string) => void;
  /** Told when a prompt or a reader's state changed. */
  readonly onChange: () => void;
}

/** One reader at work. */
interface Station {
  readonly name: string;
  readonly reader: Reader;
  /** The tender whose request runs. */
  running: TenderId | null;
  prompt: ReaderPrompt | null;
  isAsking: boolean;
  askedCount: number;
  cancelTimer: (() => void) | null;
  /** K4: who was last found ready, the question under way, how many in a row found nobody, and the next one. */
  readySerial: string | null;
  readying: Promise<void> | null;
  unreadyCount: number;
  cancelReady: (() => void) | null;
  readonly stopState: () => void;
}

/** A reader as the screen shows it. */
export interface ReaderStation {
  readonly name: string;
  readonly state: ReaderState;
  readonly running: TenderId | null;
  readonly prompt: ReaderPrompt | null;
}

export class CardDesk {
  readonly #options: CardDeskOptions;
  readonly #stations: ReadonlyMap<string, Station>;
  #isOpen = true;

  constructor(options: CardDeskOptions) {
    this.#options = options;
    this.#stations = new Map(
      [...options.readers].map(([name, reader]) => {
        const station: Station = {
          name,
          reader,
          running: null,
          prompt: null,
          isAsking: false,
          askedCount: 0,
          cancelTimer: null,
          readySerial: null,
          readying: null,
          unreadyCount: 0,
          cancelReady: null,
          stopState: reader.onState(() => this.#onState(name)),
        };
        return [name, station];
      }),
    );
  }

  /** Every reader with what it is doing, in the order of the configuration. */
  stations(): readonly ReaderStation[] {
    return [...this.#stations.values()].map(({ name, reader, running, prompt }) => ({
      name,
      state: reader.state(),
      running,
      prompt,
    }));
  }

  /** The device that is connected under this name, or null. */
  serialOf(name: string): string | null {
    return this.#stations.get(name)?.reader.state().identity?.serial ?? null;
  }

  /**
   * Begins to ask about every tender that an earlier start left open. Call once, when the loop accepts
   * commands. Resolves when what was under way is recorded as unknown.
   */
  async start(): Promise<void> {
    for (const card of liveTenders(this.#options.state)) {
      if (card.status === "requested")
        await this.#submit({ type: "doubt_tender", ...idsOf(card), code: "tender/restarted" });
    }
    for (const station of this.#stations.values()) {
      if (this.#unknownAt(station) === null) this.#findReady(station);
      else this.#askLater(station, 0);
    }
  }

  /** Runs the recorded request of a tender to its end. The executor of the effect ask_reader. */
  async ask(order: OrderId, tender: TenderId): Promise<void> {
    const readying = this.#stations.get(this.#card(order, tender)?.reader ?? "")?.readying;
    if (readying !== null && readying !== undefined) await readying;
    const card = this.#card(order, tender);
    if (card === null || card.status !== "requested") return;
    const station = this.#stations.get(card.reader);
    const refused = this.#refused(station, card);
    if (station === undefined || refused !== null) {
      await this.#submit({ type: "decline_tender", order, tender, code: refused ?? "reader/none", text: "" });
      return;
    }
    station.running = tender;
    this.#options.onChange();
    // K5
    const stop = this.#options.timers.after(REQUEST_RUNS_MS_MAX, () => {
      void this.#submit({ type: "doubt_tender", order, tender, code: "reader/no_answer" });
    });
    // What a driver did not foresee ends nothing, and must not hold the reader.
    const end = await station.reader
      .begin(this.#requestOf(card), this.#deskOf(station, card))
      .catch((): ReaderEnd => ({ kind: "unknown", code: "reader/protocol" }));
    stop();
    station.running = null;
    station.prompt = null;
    await this.#record(card, end);
    this.#options.onChange();
    this.#askLater(station, 0);
    this.#findReadyLater(station);
  }

  #refused(station: Station | undefined, card: CardTender): string | null {
    if (station === undefined) return "reader/none";
    if (station.running !== null || station.isAsking) return "reader/busy";
    if (!this.#options.isPrinterReady() && !station.reader.capabilities.printsItself)
      return "reader/printer_not_ready";
    const serial = station.reader.state().identity?.serial;
    return serial === card.serial ? null : "reader/swapped";
  }

  #requestOf(card: CardTender): ReaderRequest {
    return {
      kind: card.kind,
      ref: card.id,
      amountMinor: Math.abs(card.amountMinor),
      currency: this.#options.state.orders.get(card.order)?.order.currency ?? "",
      watermark: card.watermark,
      original: card.originalReference,
    };
  }

  #deskOf(station: Station, card: CardTender): ReaderDesk {
    const { order, tender } = idsOf(card);
    return {
      // K1
      take: async (result) => {
        const answer = await this.#submit({ type: "approve_tender", order, tender, ...moneyOf(result) });
        const now = this.#card(order, tender);
        const isTaken = answer.ok && now?.status === "approved" && now.result?.reference === result.reference;
        return isTaken ? "accept" : "refuse";
      },
      slip: async (slip) => await this.#keepSlip(card, slip),
      show: (prompt) => {
        station.prompt = prompt;
        this.#options.onChange();
      },
    };
  }

  async #keepSlip(card: CardTender, slip: ReaderSlip): Promise<boolean> {
    if (!this.#options.isPrinterReady()) return false;
    const lines = bounded(slip.lines);
    const answer = await this.#submit({ type: "keep_slip", ...idsOf(card), copy: slip.copy, lines });
    return answer.ok;
  }

  async #record(card: CardTender, end: ReaderEnd): Promise<void> {
    const ids = idsOf(card);
    switch (end.kind) {
      case "captured":
        await this.#submit({ type: "capture_tender", ...ids });
        return;
      case "declined":
        await this.#submit({ type: "decline_tender", ...ids, code: end.code, text: end.text });
        return;
      case "not_sent":
        await this.#submit({ type: "decline_tender", ...ids, code: end.code, text: "" });
        return;
      case "unknown":
        await this.#submit({ type: "doubt_tender", ...ids, code: end.code });
        return;
    }
  }

  /** Asks the running request of this tender to end. What became of it is the reader's word. */
  cancel(tender: TenderId): void {
    for (const station of this.#stations.values()) if (station.running === tender) station.reader.cancel();
  }

  /** Asks about this tender now, also when only a person was to tell. */
  check(tender: TenderId): void {
    for (const station of this.#stations.values()) {
      const card = this.#unknownAt(station, true);
      if (card?.id === tender) this.#askLater(station, 0, true);
    }
  }

  /** Closes the day of a reader and records its totals beside the journal's. */
  async closeDay(name: string): Promise<ReaderDayEnd> {
    const station = this.#stations.get(name);
    if (station === undefined) return { kind: "failed", code: "reader/none", text: "" };
    // A reader that closed its day may know no more of what it is still asked about.
    if (station.running !== null || station.isAsking || this.#unknownAt(station) !== null)
      return { kind: "failed", code: "reader/busy", text: "" };
    station.isAsking = true;
    const end = await station.reader.endOfDay({
      // Of no tender: it goes to paper and into no journal, which has the totals by themselves.
      slip: async ({ lines }) => {
        const isReady = this.#options.isPrinterReady();
        if (isReady) this.#options.printSlip(bounded(lines));
        return isReady;
      },
      show: (prompt) => {
        station.prompt = prompt;
        this.#options.onChange();
      },
    });
    station.isAsking = false;
    station.prompt = null;
    if (end.kind === "closed") {
      const totals = end.totals.map(({ brand, count, amountMinor }) => ({
        brand,
        count,
        amountMinor: minor(amountMinor),
      }));
      await this.#submit({ type: "close_reader_day", reader: name, serial: end.serial, totals });
    }
    this.#options.onChange();
    this.#findReadyLater(station);
    return end;
  }

  /** Ends everything; requests that run stay unknown for the next start. May be called twice. */
  close(): void {
    this.#isOpen = false;
    for (const station of this.#stations.values()) {
      station.cancelTimer?.();
      station.cancelReady?.();
      station.stopState();
      station.reader.close();
    }
  }

  #onState(name: string): void {
    this.#options.onChange();
    const station = this.#stations.get(name);
    if (station === undefined) return;
    if (station.reader.state().link === "ready") this.#askLater(station, 0);
    this.#findReadyLater(station);
  }

  // K4. Who is at work, or still asked about an earlier request, is found ready later.
  #wantsReady(station: Station): boolean {
    const { link, identity } = station.reader.state();
    const isIdle = station.running === null && !station.isAsking && station.readying === null;
    if (!this.#isOpen || !isIdle || link === "busy" || link === "connecting") return false;
    const isFound = link === "ready" && identity?.serial === station.readySerial;
    return !isFound && this.#unknownAt(station) === null;
  }

  #findReadyLater(station: Station): void {
    if (station.cancelReady !== null || !this.#wantsReady(station)) return;
    const isThere = station.reader.state().link === "ready";
    const waitMs = INQUIRY_DELAYS_MS[Math.min(station.unreadyCount, INQUIRY_DELAYS_MS.length - 1)] ?? 30_000;
    const delayMs = isThere && station.unreadyCount === 0 ? 0 : waitMs;
    station.cancelReady = this.#options.timers.after(delayMs, () => {
      station.cancelReady = null;
      if (this.#wantsReady(station)) this.#findReady(station);
    });
  }

  #findReady(station: Station): void {
    station.readying = station.reader.ready().then((found) => {
      station.readying = null;
      station.readySerial = found.ok ? found.identity.serial : null;
      station.unreadyCount = found.ok ? 0 : station.unreadyCount + 1;
      this.#findReadyLater(station);
    });
  }

  // K3
  #askLater(station: Station, delayMs: number, isByHand = false): void {
    const isWanted = this.#unknownAt(station, isByHand) !== null;
    if (!this.#isOpen || !isWanted || station.running !== null || station.isAsking) return;
    station.cancelTimer?.();
    if (delayMs === 0) station.askedCount = 0;
    station.cancelTimer = this.#options.timers.after(delayMs, () => {
      station.cancelTimer = null;
      void this.#inquire(station, isByHand);
    });
  }

  async #inquire(station: Station, isByHand: boolean): Promise<void> {
    const card = this.#unknownAt(station, isByHand);
    if (card === null || station.running !== null || station.isAsking) return;
    station.isAsking = true;
    await station.readying;
    const request = this.#requestOf(card);
    const said = await station.reader.inquire({ request, serial: card.serial });
    station.isAsking = false;
    if (!this.#isOpen) return;
    const { capabilities } = station.reader;
    const { inquiry, commit, autoReversal } = capabilities;
    await this.#submit({
      type: "settle_tender",
      ...idsOf(card),
      ...saidOf(said),
      capabilities: { inquiry, commit, autoReversal },
    });
    this.#options.onChange();
    const delayMs = INQUIRY_DELAYS_MS[Math.min(station.askedCount, INQUIRY_DELAYS_MS.length - 1)] ?? 30_000;
    station.askedCount += 1;
    // Another one of this reader may wait behind the one that is settled.
    this.#askAgain(station, card, delayMs);
    this.#findReadyLater(station);
  }

  #askAgain(station: Station, asked: CardTender, delayMs: number): void {
    const next = this.#unknownAt(station);
    if (next !== null) this.#askLater(station, next.id === asked.id ? Math.max(1, delayMs) : 0);
  }

  // The oldest first: a reader's newest payment is all that some can be asked about. What is requested and
  // not running has not been sent yet: `ask` is about to, and nobody asks about it before.
  #unknownAt(station: Station, withManual = false): CardTender | null {
    const open = liveTenders(this.#options.state).filter(
      (card) =>
        card.reader === station.name &&
        card.status !== "requested" &&
        card.status !== "orphaned" &&
        card.id !== station.running &&
        (withManual || !card.isManual),
    );
    return open[0] ?? null;
  }

  #card(order: OrderId, tender: TenderId): CardTender | null {
    const held = this.#options.state.orders.get(order)?.order;
    return held === undefined ? null : cardOn(held, tender);
  }

  async #submit(command: Command): Promise<Answer> {
    const answer = await this.#options.submit(command);
    if (!answer.ok) this.#options.log("reader/not_recorded", `${command.type}: ${answer.refusal.code}`);
    return answer;
  }
}

function bounded(lines: readonly SlipLine[]): readonly SlipLine[] {
  return lines
    .slice(0, SLIP_LINES_COUNT_MAX)
    .map((line) => ({ ...line, text: line.text.slice(0, SLIP_LINE_LENGTH_MAX) }));
}

function idsOf({ order, id }: CardTender): { readonly order: OrderId; readonly tender: TenderId } {
  return { order, tender: id };
}

function moneyOf(result: ReaderResult): ReaderMoney {
  const { reference, authorisation, serial, card, amountMinor, currency, isOffline } = result;
  const { brand, lastFour, entry, verification } = card;
  return {
    amountMinor,
    currency,
    isOffline,
    result: { reference, authorisation, serial, brand, lastFour, entry, verification },
  };
}

function saidOf(said: ReaderInquiryAnswer): {
  readonly says: ReaderSays;
  readonly serial: string;
  readonly money: ReaderMoney | null;
} {
  switch (said.kind) {
    case "found":
    case "other":
      return { says: said.kind, serial: said.result.serial, money: moneyOf(said.result) };
    case "unreachable":
      return { says: "unreachable", serial: "", money: null };
    default:
      return { says: said.kind, serial: said.serial, money: null };
  }
}
