/**
 * A simulated ZVT terminal that is plugged in: runs the steps of terminal.ts, keeps its memory, moves its
 * one timer, calls its acquirer, and speaks over whichever line is attached. Time, wire and stores come
 * as arguments, so it runs in a virtual world as on a real socket.
 *
 * U1  Memory is saved before any output of a step leaves.
 * U2  Inputs are taken one after the other; nothing is taken while a step's outputs are being done.
 * U3  The newest connection is the one that is served; an older one is dropped.
 * U4  Without power nothing happens, and what was on its way to it is lost.
 */

import type { Timers } from "../../../../drivers/port/timers.ts";
import type { Acquirer } from "../acquirer.ts";
import { lineFaults } from "../fault-plan.ts";
import type { Fault, LineFaults } from "../fault-plan.ts";
import type { Behaviour } from "./behaviour.ts";
import { createSerialLine, createTcpLine } from "./line.ts";
import type { Line } from "./line.ts";
import type { MemoryStore } from "./memory.ts";
import type { FromTerminal } from "./messages.ts";
import type { HostAnswer, HostRequest, Input, Output, State } from "./state.ts";
import { switchedOff } from "./state.ts";
import { step } from "./terminal.ts";
import { readFromTill, writeToTill } from "./wire.ts";

/** When a planned power cut comes: as a result is about to leave, or when it has left. */
export type PlannedCut = "before_result" | "after_result";

/** How the terminal's own line to its host is. "silent": it hears, and its answers are lost. */
export type HostLine = "up" | "down" | "silent";

/** What a terminal is made of. */
export interface UnitParts {
  readonly behaviour: Behaviour;
  readonly store: MemoryStore;
  readonly acquirer: Acquirer;
  readonly timers: Timers;
  readonly nowMs: () => number;
  /** How long the host takes to answer. */
  readonly hostMs: number;
  readonly faults: readonly Fault[];
  /** After every step. */
  readonly onStep: (unit: ZvtUnit) => void;
  /** A cut has come: its victim is gone, and a serial cable is the owner's to pull. */
  readonly onCut: (dies: "till" | "reader" | "link") => void;
}

/** The till's end of a connection: where its bytes go, and how it says that it has gone. */
export interface Attached {
  readonly receive: (bytes: Uint8Array) => void;
  readonly leave: () => void;
  /** False once the power went or another till took its place. */
  readonly isLive: () => boolean;
}

/** What a connection is to the unit. */
export interface Wire {
  readonly kind: "serial" | "tcp";
  readonly send: (bytes: Uint8Array) => void;
  /** The terminal ends the connection. */
  readonly hangUp: () => void;
}

interface Connection {
  wire: Wire;
  readonly line: Line;
}

/** One terminal on somebody's desk. */
export class ZvtUnit {
  readonly #parts: UnitParts;
  readonly #faults: LineFaults;
  readonly #inputs: Input[] = [];
  #state: State;
  #behaviour: Behaviour;
  #isStepping = false;
  #life = 0;
  #cancelTimer: () => void = () => {};
  #connection: Connection | null = null;
  #hostLine: HostLine = "up";
  #stepCount = 0;
  #resultCount = 0;
  #plannedCut: PlannedCut | null = null;
  #messageCount = 0;

  constructor(parts: UnitParts) {
    this.#parts = parts;
    this.#faults = lineFaults(parts.faults);
    this.#behaviour = parts.behaviour;
    this.#state = switchedOff(parts.store.load());
  }

  get state(): State {
    return this.#state;
  }
  get isOn(): boolean {
    return this.#state.phase.kind !== "off";
  }
  get hostLine(): HostLine {
    return this.#hostLine;
  }
  get stepCount(): number {
    return this.#stepCount;
  }
  /** Bytes that went each way since it was made. */
  get byteCounts(): LineFaults["counts"] {
    return this.#faults.counts;
  }
  get terminalId(): string {
    return this.#behaviour.terminalId;
  }

  powerOn(): void {
    if (this.isOn) return;
    this.#life += 1;
    this.#state = switchedOff(this.#parts.store.load());
    this.put({ kind: "power" });
  }

  /** U4 */
  powerOff(): void {
    this.#life += 1;
    this.#cancelTimer();
    this.#inputs.length = 0;
    this.#drop();
    this.#state = switchedOff(this.#parts.store.load());
  }

  /** The power goes with the next approved result; null takes that back. */
  planCut(cut: PlannedCut | null): void {
    this.#plannedCut = cut;
  }
  get plannedCut(): PlannedCut | null {
    return this.#plannedCut;
  }

  setHostLine(hostLine: HostLine): void {
    this.#hostLine = hostLine;
  }

  /** Another device stands in its place from now on, with the same memory. */
  swap(terminalId: string): void {
    this.#behaviour = { ...this.#behaviour, terminalId };
  }

  /**
   * A till connects (U3). Without power nothing comes of it. A serial line knows no connections: the
   * terminal goes on where it was, in the middle of a block if need be.
   */
  attach(wire: Wire): Attached {
    if (this.#connection?.wire.kind !== "serial" || wire.kind !== "serial") this.#drop();
    if (!this.isOn) return { receive: () => {}, leave: () => {}, isLive: () => false };
    const connection = this.#connectionOf(wire);
    const isLive = (): boolean => this.#connection === connection && connection.wire === wire;
    return {
      receive: (bytes) => {
        if (isLive()) this.#pass("to_reader", bytes, (some) => connection.line.receive(some));
      },
      leave: () => {
        if (isLive() && wire.kind === "tcp") this.#drop();
      },
      isLive,
    };
  }

  #connectionOf(wire: Wire): Connection {
    if (this.#connection !== null) {
      this.#connection.wire = wire;
      return this.#connection;
    }
    const connection: Connection = { wire, line: this.#lineOf(wire.kind, () => connection.wire) };
    this.#connection = connection;
    if (wire.kind === "tcp") this.put({ kind: "link", isUp: true });
    return connection;
  }

  /** Pulls the cable: the connection is gone, and both sides find out as their kind of line lets them. */
  unplug(): void {
    const { wire } = this.#connection ?? {};
    this.#drop();
    wire?.hangUp();
  }

  /** U2 */
  put(input: Input): void {
    this.#inputs.push(input);
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) this.#step(next);
    } finally {
      this.#isStepping = false;
    }
  }

  #step(input: Input): void {
    const life = this.#life;
    const before = this.#state;
    const { state, outputs } = step(before, input, this.#behaviour, this.#parts.nowMs());
    if (state.memory !== before.memory) this.#parts.store.save(state.memory);
    this.#state = state;
    this.#stepCount += 1;
    if (this.#isPowerCut("before_outputs") || this.#isPlannedCut("before_result", outputs)) return;
    for (const output of outputs) {
      if (this.#life !== life) return;
      this.#do(output);
    }
    if (this.#isPowerCut("after_outputs") || this.#isPlannedCut("after_result", outputs)) return;
    this.#parts.onStep(this);
  }

  #isPowerCut(when: "before_outputs" | "after_outputs"): boolean {
    const isCut = this.#parts.faults.some(
      (fault) => fault.kind === "power" && fault.step === this.#stepCount && fault.when === when,
    );
    if (isCut) this.#powerFails();
    return isCut;
  }

  #isPlannedCut(cut: PlannedCut, outputs: readonly Output[]): boolean {
    const isCut =
      this.#plannedCut === cut &&
      this.#state.business?.hostRef !== undefined &&
      outputs.some(
        (its) =>
          its.kind === "send" &&
          its.message.body.kind === "status" &&
          its.message.body.fields.resultCode === 0,
      );
    if (isCut) {
      this.#plannedCut = null;
      this.#powerFails();
    }
    return isCut;
  }

  #powerFails(): void {
    const { wire } = this.#connection ?? {};
    this.powerOff();
    if (wire?.kind === "tcp") wire.hangUp();
    this.#parts.onStep(this);
    this.#parts.onCut("reader");
  }

  #do(output: Output): void {
    switch (output.kind) {
      case "send":
        this.#say(output.message);
        return;
      case "arm": {
        this.#cancelTimer();
        const life = this.#life;
        this.#cancelTimer = this.#parts.timers.after(output.ms, () => {
          if (this.#life === life) this.put({ kind: "timer" });
        });
        return;
      }
      case "disarm":
        this.#cancelTimer();
        return;
      case "ask_host":
        this.#askHost(output.request);
        return;
    }
  }

  #askHost(request: HostRequest): void {
    const life = this.#life;
    this.#later(this.#parts.hostMs, life, () => {
      const answer = this.#hostAnswer(request);
      this.#later(this.#parts.hostMs, life, () => this.put({ kind: "host", answer }));
    });
  }

  #hostAnswer(request: HostRequest): HostAnswer {
    if (this.#hostLine === "down") return { kind: "unreachable" };
    const answer: HostAnswer =
      request.kind === "ping"
        ? { kind: "approved", id: 0 }
        : this.#parts.acquirer.ask(this.#parts.behaviour.terminalId, request);
    return this.#hostLine === "silent" ? { kind: "silent" } : answer;
  }

  #say(message: FromTerminal): void {
    const connection = this.#connection;
    if (connection === null) {
      if (message.body.kind !== "answer") this.#inputs.push({ kind: "undelivered" });
      return;
    }
    const { copies, delayMs } = this.#mangled(message);
    const say = (): void => {
      for (const copy of copies) if (this.#connection === connection) connection.line.send(writeToTill(copy));
    };
    if (delayMs === 0) say();
    else this.#later(delayMs, this.#life, say);
  }

  /** The faults of its tongue. */
  #mangled(message: FromTerminal): { readonly copies: readonly FromTerminal[]; readonly delayMs: number } {
    this.#messageCount += 1;
    for (const fault of this.#parts.faults)
      if (fault.kind === "swap" && this.#messageCount >= fault.ordinal) this.swap(fault.terminalId);
    const { body } = message;
    if (body.kind !== "status") return { copies: [message], delayMs: 0 };
    this.#resultCount += 1;
    let fields = { ...body.fields, terminalId: this.#behaviour.terminalId };
    let [copyCount, delayMs] = [1, 0];
    for (const fault of this.#parts.faults) {
      if (!("ordinal" in fault) || fault.ordinal !== this.#resultCount) continue;
      if (fault.kind === "result_twice") copyCount = 2;
      else if (fault.kind === "result_late") ({ delayMs } = fault);
      else if (fault.kind === "result_amount") fields = { ...fields, amountMinor: fault.amountMinor };
      else if (fault.kind === "result_currency") fields = { ...fields, currency: fault.currency };
    }
    const mangled = { ...message, body: { ...body, fields } };
    return { copies: Array.from({ length: copyCount }, () => mangled), delayMs };
  }

  #lineOf(kind: Wire["kind"], wireNow: () => Wire): Line {
    const events = {
      write: (bytes: Uint8Array) => this.#pass("to_till", bytes, (some) => wireNow().send(some)),
      apdu: (bytes: Uint8Array) => this.put({ kind: "till", message: readFromTill(bytes) }),
      delivered: () => this.put({ kind: "delivered" }),
      undelivered: () => this.put({ kind: "undelivered" }),
      broken: () => this.unplug(),
    };
    return kind === "tcp" ? createTcpLine(events) : createSerialLine(events, this.#parts.timers);
  }

  /** Bytes on their way, through the plan. */
  #pass(direction: "to_reader" | "to_till", bytes: Uint8Array, deliver: (bytes: Uint8Array) => void): void {
    const { now, later, dies } = this.#faults.pass(direction, bytes);
    if (now.length > 0) deliver(now);
    for (const { bytes: late, delayMs } of later) this.#later(delayMs, this.#life, () => deliver(late));
    if (dies === "reader") this.#powerFails();
    if (dies === null || dies === "reader") return;
    if (dies === "link" && this.#connection?.wire.kind === "tcp") this.unplug();
    this.#parts.onCut(dies);
  }

  #drop(): void {
    if (this.#connection === null) return;
    const { line, wire } = this.#connection;
    line.close();
    this.#connection = null;
    // A serial line has nobody who says that the other end is gone.
    if (wire.kind === "tcp" && this.isOn) this.put({ kind: "link", isUp: false });
  }

  #later(delayMs: number, life: number, run: () => void): void {
    this.#parts.timers.after(delayMs, () => {
      if (this.#life === life) run();
    });
  }
}
