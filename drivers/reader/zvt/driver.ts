/**
 * A ZVT terminal as the runtime knows it (reader.ts): one request at a time over a connection that mends
 * itself, and the questions that settle a doubt. The money is judged in judge.ts, the dialogue held in
 * session-step.ts; here is only what follows what.
 *
 * Z1  A connection begins with a registration; which device answers it is asked each time.
 * Z2  A request goes to the device that was last found ready, or it is not sent.
 * Z3  After a doubt the connection is made anew, and nothing of the request is sent again.
 * Z4  Connecting again waits longer each time, up to a bound, for as long as the driver is open.
 */

import type { PortFactory } from "../../port/port.ts";
import type { Timers } from "../../port/timers.ts";
import type {
  Reader,
  ReaderCapabilities,
  ReaderCardRead,
  ReaderDayEnd,
  ReaderDesk,
  ReaderEnd,
  ReaderFaultCode,
  ReaderIdentity,
  ReaderInquiry,
  ReaderInquiryAnswer,
  ReaderRequest,
  ReaderState,
} from "../reader.ts";
import { bmpText, bmpTlv } from "./bmp.ts";
import type { ZvtConnection } from "./connection.ts";
import { NO_DESK, ZvtLine, faultOf, setupOf } from "./line.ts";
import type { Failure, ZvtOptions } from "./line.ts";
import { failureOf, judgeMoney, judgeRepeated, repeatedResult } from "./judge.ts";
import {
  abortCommand,
  diagnosisCommand,
  displayCommand,
  endOfDayCommand,
  enquiryCommand,
  initialisationCommand,
  moneyCommand,
  openPreAuthorisationsCommand,
  preAuthorisationCommand,
  readCardCommand,
  repeatCommand,
} from "./requests.ts";
import type { PreAuthorisationRequest, ZvtSetup } from "./requests.ts";
import { isBusy, obstacleOf } from "./result-codes.ts";
import type { CommandEnd, ZvtCommand } from "./session.ts";
import { innerTlv } from "./tlv.ts";

/** A ZVT terminal, with what only this protocol has. */
export interface ZvtReader extends Reader {
  /** Reservations and what becomes of them; ends like `begin`. */
  beginPreAuthorisation(request: PreAuthorisationRequest, desk: ReaderDesk): Promise<ReaderEnd>;
  /** Receipts of the open reservations, four digits each; undefined when it could not be asked. */
  openPreAuthorisations(): Promise<readonly string[] | undefined>;
  /** Up to eight lines on the terminal's display. False when it did not take them. */
  displayText(lines: readonly string[], seconds: number): Promise<boolean>;
}

/** Between two questions to a terminal that is busy. */
export const BUSY_POLL_MS = 2_000;
/** Questions to a busy terminal before the inquiry gives up for now. */
export const BUSY_POLLS_COUNT_MAX = 5;

/** Makes a driver; nothing connects before it is asked for something. */
export function createZvtReader(openPort: PortFactory, timers: Timers, options: ZvtOptions): ZvtReader {
  return new ZvtDriver(openPort, timers, options);
}

/** For paper that nobody wants: what an initialisation or a diagnosis prints is for its technician. */
const CARELESS_DESK: ReaderDesk = { ...NO_DESK, slip: async () => await Promise.resolve(true) };

/** Status bits of a registration's completion. */
const NEEDS = { initialisation: 0x01, diagnosis: 0x02 } as const;

class ZvtDriver implements ZvtReader {
  readonly capabilities: ReaderCapabilities;
  readonly #timers: Timers;
  readonly #setup: ZvtSetup;
  readonly #line: ZvtLine;
  /** Who was last found ready (Z2). */
  #ready: ReaderIdentity | undefined;

  constructor(openPort: PortFactory, timers: Timers, options: ZvtOptions) {
    this.capabilities = options.capabilities;
    this.#timers = timers;
    this.#setup = setupOf(options);
    this.#line = new ZvtLine(openPort, timers, options);
  }

  state(): ReaderState {
    return this.#line.state();
  }

  onState(listener: (state: ReaderState) => void): () => void {
    return this.#line.onState(listener);
  }

  async ready(): ReturnType<Reader["ready"]> {
    return await this.#line.alone(
      false,
      "reader/busy",
      async () => {
        const found = await this.#line.connect();
        const code = found.ok ? await this.#obstacle(found.connection) : found.code;
        if (code === undefined && found.ok) {
          this.#ready = found.identity;
          this.#line.tell(null);
          return { ok: true, identity: found.identity } as const;
        }
        this.#line.tell(code ?? null);
        return { ok: false, code: code ?? "reader/unreachable" } as const;
      },
      (code) => ({ ok: false, code }),
    );
  }

  async begin(request: ReaderRequest, desk: ReaderDesk): Promise<ReaderEnd> {
    const { refund, reversal } = this.capabilities;
    const isAble = request.kind === "pay" || (request.kind === "refund" ? refund : reversal);
    return await this.#money(isAble ? moneyCommand(request, this.#setup) : undefined, desk);
  }

  async beginPreAuthorisation(request: PreAuthorisationRequest, desk: ReaderDesk): Promise<ReaderEnd> {
    return await this.#money(preAuthorisationCommand(request, this.#setup), desk);
  }

  cancel(): void {
    if (this.capabilities.abort !== "none") this.#line.cancel();
  }

  async inquire(inquiry: ReaderInquiry): Promise<ReaderInquiryAnswer> {
    return await this.#line.alone(
      false,
      "reader/busy",
      async () => {
        const said = await this.#inquire(inquiry);
        if (said.kind === "found" || said.kind === "absent" || said.kind === "other") this.#line.doubt(false);
        return said;
      },
      (code) => ({ kind: "unreachable", code }),
    );
  }

  async endOfDay(desk: Pick<ReaderDesk, "slip" | "show">): Promise<ReaderDayEnd> {
    const failed = (code: Failure, text = ""): ReaderDayEnd => ({ kind: "failed", code, text });
    return await this.#line.alone(
      true,
      "reader/busy",
      async () => {
        const found = await this.#line.connect();
        if (!found.ok) return failed(found.code);
        const whole = { ...NO_DESK, slip: desk.slip, show: desk.show };
        const open = await this.#openReservations(found.connection);
        const end = await found.connection.run(endOfDayCommand(this.#setup), whole);
        const code = failureOf(end);
        if (code !== undefined || end.kind !== "completed") {
          return failed(code ?? "reader/protocol", end.kind === "aborted" ? (end.facts?.text ?? "") : "");
        }
        if (open.length > 0) await desk.slip(reservationsSlip(open));
        this.#line.tell(null);
        return { kind: "closed", totals: totalsOf(end), serial: found.identity.serial };
      },
      failed,
    );
  }

  async readMemberCard(desk: Pick<ReaderDesk, "show">): Promise<ReaderCardRead> {
    const none = (code: Failure): ReaderCardRead => ({ kind: "none", code });
    if (!this.capabilities.readsMemberCards) return none("reader/unsupported");
    return await this.#line.alone(
      true,
      "reader/busy",
      async () => {
        const found = await this.#line.connect();
        if (!found.ok) return none(found.code);
        if (this.#line.isCancelled) return none("reader/cancelled");
        desk.show({ step: "present_card", text: "", canCancel: this.capabilities.abort !== "none" });
        const end = await found.connection.run(readCardCommand(), { ...NO_DESK, show: desk.show });
        const code = failureOf(end);
        const uid = end.kind === "completed" ? (end.facts?.uid ?? "") : "";
        if (code !== undefined) return none(code);
        return uid === "" ? none("reader/card_unreadable") : { kind: "uid", uid };
      },
      none,
    );
  }

  async openPreAuthorisations(): Promise<readonly string[] | undefined> {
    return await this.#line.alone<readonly string[] | undefined>(
      false,
      "reader/busy",
      async () => {
        const found = await this.#line.connect();
        return found.ok ? await this.#openReservations(found.connection) : undefined;
      },
      () => undefined,
    );
  }

  async displayText(lines: readonly string[], seconds: number): Promise<boolean> {
    return await this.#line.alone(
      false,
      "reader/busy",
      async () => {
        const found = await this.#line.connect();
        if (!found.ok) return false;
        return failureOf(await found.connection.run(displayCommand(lines, seconds), NO_DESK)) === undefined;
      },
      () => false,
    );
  }

  close(): void {
    this.#line.close();
  }

  // What follows what.

  async #money(command: ZvtCommand | undefined, desk: ReaderDesk): Promise<ReaderEnd> {
    const notSent = (code: ReaderFaultCode): ReaderEnd => ({ kind: "not_sent", code });
    if (command === undefined) return notSent("reader/unsupported_request");
    return await this.#line.alone(
      true,
      "reader/busy",
      async () => {
        const canCancel = this.capabilities.abort !== "none";
        if (!this.#line.isRegistered) desk.show({ step: "connecting", text: "", canCancel });
        const ready = this.#ready;
        const found = await this.#line.connect();
        // Nothing has left: its holder has not even been asked for a card.
        if (this.#line.isCancelled) return { kind: "declined", code: "reader/cancelled", text: "" };
        if (!found.ok) return notSent(found.isBusy ? "reader/busy" : faultOf(found.code));
        // Z2
        if (ready !== undefined && ready.serial !== found.identity.serial) return notSent("reader/swapped");
        const end = judgeMoney(await found.connection.run(command, desk));
        this.#line.doubt(end.kind === "unknown");
        if (end.kind !== "captured" && isLasting(end.code)) this.#line.tell(end.code);
        return end;
      },
      notSent,
    );
  }

  async #inquire(inquiry: ReaderInquiry): Promise<ReaderInquiryAnswer> {
    const found = await this.#line.connect();
    if (!found.ok) {
      const serial = this.#line.state().identity?.serial ?? inquiry.serial;
      if (found.isBusy) {
        await this.#line.abortBusy();
        return { kind: "in_progress", serial };
      }
      return { kind: "unreachable", code: faultOf(found.code) };
    }
    const { connection, identity } = found;
    const { serial } = identity;
    if (serial !== inquiry.serial || this.capabilities.inquiry === "none")
      return { kind: "unanswerable", serial };
    const isIdle = await this.#becomesIdle(connection);
    if (isIdle === undefined) return { kind: "unreachable", code: "reader/no_answer" };
    if (!isIdle) return { kind: "in_progress", serial };
    const end = await connection.run(repeatCommand(this.#setup), NO_DESK);
    const isTold = end.kind === "completed" || end.kind === "aborted";
    const result = isTold ? repeatedResult(end, this.#line.config(serial)) : undefined;
    return judgeRepeated(end, inquiry, result, serial);
  }

  /** Asks until the terminal has nothing under way; undefined when it does not answer. */
  async #becomesIdle(connection: ZvtConnection): Promise<boolean | undefined> {
    for (let pollCount = 0; pollCount < BUSY_POLLS_COUNT_MAX; pollCount += 1) {
      if (pollCount > 0) await pause(this.#timers, BUSY_POLL_MS);
      const end = await connection.run(enquiryCommand(this.#setup), NO_DESK);
      if (end.kind === "doubt") return undefined;
      const status = end.kind === "completed" ? (end.status ?? 0) : end.result;
      if (!isBusy(status)) return true;
      // It may still wait for a card, for us: nobody will see what it shows.
      if (pollCount === 0 && status === WAIT) await connection.run(abortCommand(), NO_DESK);
    }
    return false;
  }

  async #openReservations(connection: ZvtConnection): Promise<readonly string[]> {
    const end = await connection.run(openPreAuthorisationsCommand(), NO_DESK);
    const fields = end.kind === "completed" || end.kind === "aborted" ? end.fields : [];
    const [first, ...more] = [
      bmpText(fields, "receipt"),
      ...innerTlv(bmpTlv(fields), "receipts").map(({ value }) =>
        typeof value === "string" ? value : undefined,
      ),
    ].filter((receipt) => receipt !== undefined && /^\d{4}$/.test(receipt));
    return first === undefined
      ? []
      : [...new Set([first, ...more].filter((receipt) => receipt !== undefined))];
  }

  /** What the terminal wants done before it takes cards, and whether it then does. */
  async #obstacle(connection: ZvtConnection): Promise<Failure | undefined> {
    const wanted = this.#line.takeNeeds();
    if ((wanted & NEEDS.initialisation) !== 0)
      await connection.run(initialisationCommand(this.#setup), CARELESS_DESK);
    if ((wanted & NEEDS.diagnosis) !== 0) await connection.run(diagnosisCommand(), CARELESS_DESK);
    const end = await connection.run(enquiryCommand(this.#setup), NO_DESK);
    if (end.kind === "completed" && end.status !== undefined) return obstacleOf(end.status);
    const code = failureOf(end);
    // One that cannot be asked is taken at its word when it is asked for money.
    return code === "reader/unsupported" ? undefined : code;
  }
}

/** What stands in the way of the next request as well. */
function isLasting(code: Failure): boolean {
  return code === "reader/day_not_closed" || code === "reader/maintenance";
}

function pause(timers: Timers, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    timers.after(delayMs, resolve);
  });
}

/** The status and result of a terminal that is at work. */
const WAIT = 0x9c;

function totalsOf(
  end: CommandEnd & { readonly kind: "completed" },
): Extract<ReaderDayEnd, { kind: "closed" }>["totals"] {
  const { facts } = end;
  const sums = facts?.totals?.sums ?? [];
  if (sums.length > 0) return sums.filter(({ count }) => count > 0);
  const amountMinor = facts?.amountMinor ?? 0;
  return amountMinor === 0 ? [] : [{ brand: "", count: 0, amountMinor }];
}

function reservationsSlip(receipts: readonly string[]): Parameters<ReaderDesk["slip"]>[0] {
  const line = (text: string): { text: string; isBold: boolean; isCentred: boolean } => ({
    text,
    isBold: false,
    isCentred: false,
  });
  return { copy: "admin", lines: [line("Open pre-authorisations:"), ...receipts.map(line)] };
}
