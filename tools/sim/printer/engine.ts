/**
 * The virtual printer without its plug: receive buffer, print engine, paper and the ways to break it.
 * One link at a time; sockets, serial lines and tests bring it bytes.
 * V1  Every byte that arrived was carried out, is held, or was lost with the power: see `account`.
 * V2  Paper out or an open cover stop the print engine and keep the buffer; real-time commands are
 *     carried out all the same. A cut cable keeps the buffer too, half a command included. Only the
 *     power takes the buffer, the line that is being set, and all modes. Nothing takes paper back.
 */

import { Interpreter } from "./interpreter.ts";
import type { PrinterHappening } from "./interpreter.ts";
import { GOOD_CONDITION, automaticStatus, isOffline, paperSensorStatus, realtimeStatus } from "./status.ts";
import type { PrinterCondition } from "./status.ts";
import { Tokenizer } from "./tokenizer.ts";
import type { Token } from "./tokenizer.ts";
import type { Tray } from "./tray.ts";

/** What goes wrong when so many more bytes have arrived. */
export interface PlannedStop {
  readonly afterBytes: number;
  readonly fault: "paper" | "cover" | "cable" | "power";
}

/** Where every byte went (V1). */
export interface ByteAccount {
  readonly receivedBytes: number;
  readonly carriedOutBytes: number;
  /** In the buffer, or the beginning of a command. */
  readonly heldBytes: number;
  /** In the buffer when the power went. */
  readonly lostBytes: number;
  /** Sent to us after the cable or the power was gone. */
  readonly missedBytes: number;
}

/** The printer's end of a link. */
export interface EngineLink {
  send(bytes: Uint8Array): void;
  /** The cable is out or the power off: the link is dead, without a goodbye. */
  die(): void;
}

/** What a link brings. */
export interface LinkInput {
  receive(bytes: Uint8Array): void;
  /** The other side has said goodbye. */
  leave(): void;
}

/** Empty lines at the end that bring the last text past the tear bar. */
const TEAR_LINES_MIN = 3;

/** A printer. */
export class Engine {
  readonly #tray: Tray;
  readonly #interpreter: Interpreter;
  readonly #account = { received: 0, carriedOut: 0, lost: 0, missed: 0 };
  #tokenizer = new Tokenizer();
  #queue: Token[] = [];
  #condition = GOOD_CONDITION;
  #plug: "in" | "unplugged" | "off" = "in";
  #link: EngineLink | undefined;
  #stop: PlannedStop | undefined;
  #paperLinesLeft = Infinity;
  #automaticBits = 0;

  /** `columnCount` of font A. */
  constructor(columnCount: number, tray: Tray) {
    this.#interpreter = new Interpreter(columnCount);
    this.#tray = tray;
  }

  get condition(): PrinterCondition {
    return this.#condition;
  }

  /** "in": it can be connected to. */
  get plug(): "in" | "unplugged" | "off" {
    return this.#plug;
  }

  /** What hangs out of the slot, in lines. */
  get hangingLineCount(): number {
    return this.#interpreter.hangingLineCount;
  }

  account(): ByteAccount {
    const { received, carriedOut, lost, missed } = this.#account;
    const queuedBytes = this.#queue.reduce((sum, { bytes }) => sum + bytes.length, 0);
    return {
      receivedBytes: received,
      carriedOutBytes: carriedOut,
      heldBytes: queuedBytes + this.#tokenizer.pendingBytes.length,
      lostBytes: lost,
      missedBytes: missed,
    };
  }

  /** Somebody opens the cover, puts paper in, frees the cutter. Printing goes on where it stood. */
  setCondition(condition: PrinterCondition): void {
    const wasOffline = isOffline(this.#condition);
    this.#condition = condition;
    if (condition.paper !== "out" && this.#paperLinesLeft <= 0) this.#paperLinesLeft = Infinity;
    if (this.#automaticBits !== 0) this.#link?.send(automaticStatus(condition));
    if (wasOffline) this.#drain();
  }

  /** The roll ends after so many more lines. */
  setPaperLines(lineCount: number): void {
    this.#paperLinesLeft = lineCount;
    if (lineCount <= 0) this.#runOut();
  }

  /** Something goes wrong when `afterBytes` more bytes have arrived. */
  planStop(stop: PlannedStop | undefined): void {
    this.#stop = stop;
  }

  /** Pulls the cable, or puts it in again. */
  setCable(isIn: boolean): void {
    if (this.#plug === "off") return;
    this.#plug = isIn ? "in" : "unplugged";
    if (!isIn) this.#cutLink();
  }

  /** Switches off, or on again. V2 says what is lost. */
  setPower(isOn: boolean): void {
    if (isOn === (this.#plug !== "off")) return;
    this.#plug = isOn ? "in" : "off";
    if (isOn) return;
    this.#account.lost += this.account().heldBytes;
    this.#queue = [];
    this.#tokenizer = new Tokenizer();
    this.#automaticBits = 0;
    this.#interpreter.powerCycle();
    this.#cutLink();
  }

  /** Somebody tears off what hangs out. */
  tearOff(): void {
    this.#happen(this.#interpreter.tearOff());
  }

  /** A new link; the one before it is forgotten. The printer must be plugged in. */
  connect(link: EngineLink): LinkInput {
    this.#link = link;
    return {
      receive: (bytes) => {
        if (this.#link === link) this.#receive(bytes);
        else this.#account.missed += bytes.length;
      },
      leave: () => {
        if (this.#link !== link) return;
        this.#link = undefined;
        if (this.#interpreter.blankTailCount >= TEAR_LINES_MIN) this.tearOff();
      },
    };
  }

  #receive(bytes: Uint8Array): void {
    const stop = this.#stop;
    if (stop === undefined || bytes.length < stop.afterBytes) {
      if (stop !== undefined) this.#stop = { ...stop, afterBytes: stop.afterBytes - bytes.length };
      this.#take(bytes);
      return;
    }
    this.#stop = undefined;
    this.#take(bytes.subarray(0, stop.afterBytes));
    this.#break(stop.fault);
    const rest = bytes.subarray(stop.afterBytes);
    if (this.#plug === "in") this.#take(rest);
    else this.#account.missed += rest.length;
  }

  #break(fault: PlannedStop["fault"]): void {
    if (fault === "paper") this.setCondition({ ...this.#condition, paper: "out" });
    else if (fault === "cover") this.setCondition({ ...this.#condition, cover: "open" });
    else if (fault === "cable") this.setCable(false);
    else this.setPower(false);
  }

  #take(bytes: Uint8Array): void {
    this.#account.received += bytes.length;
    for (const token of this.#tokenizer.push(bytes)) {
      if (token.kind === "command" && token.isRealtime) this.#carryOut(token);
      else this.#queue.push(token);
      this.#drain();
    }
  }

  #drain(): void {
    while (!isOffline(this.#condition)) {
      const token = this.#queue.shift();
      if (token === undefined) return;
      const linesBefore = this.#interpreter.printedLineCount;
      this.#carryOut(token);
      this.#paperLinesLeft -= this.#interpreter.printedLineCount - linesBefore;
      if (this.#paperLinesLeft <= 0) this.#runOut();
    }
  }

  #runOut(): void {
    this.setCondition({ ...this.#condition, paper: "out" });
  }

  #carryOut(token: Token): void {
    this.#account.carriedOut += token.bytes.length;
    if (token.kind === "command") this.#answer(token.name, token.parameters[0] ?? 0);
    this.#happen(this.#interpreter.push(token));
  }

  #answer(name: string, parameter: number): void {
    if (name === "ESC @") this.#automaticBits = 0;
    if (name === "GS a") {
      this.#automaticBits = parameter;
      if (parameter !== 0) this.#link?.send(automaticStatus(this.#condition));
    }
    if (name !== "DLE EOT") return;
    const answer = realtimeStatus(this.#condition, parameter);
    if (answer !== undefined) this.#link?.send(Uint8Array.of(answer));
  }

  #happen(happenings: readonly PrinterHappening[]): void {
    for (const happening of happenings) {
      if (happening.kind === "receipt") this.#tray.addReceipt(happening.receipt);
      else if (happening.kind === "drawer") this.#tray.openDrawer();
      else if (happening.query === 1) this.#link?.send(Uint8Array.of(paperSensorStatus(this.#condition)));
    }
  }

  #cutLink(): void {
    const link = this.#link;
    this.#link = undefined;
    link?.die();
  }
}
