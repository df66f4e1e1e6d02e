/**
 * A simulated ZVT terminal on a desk, with an acquirer, hand-moved time, and a till that speaks bytes
 * typed into the test. Nothing of the driver's session is used here.
 */

import { Acquirer, memoryLedgerStore } from "../../tools/sim/reader/acquirer.ts";
import type { LedgerPosition } from "../../tools/sim/reader/acquirer.ts";
import type { Fault } from "../../tools/sim/reader/fault-plan.ts";
import { OLDER } from "../../tools/sim/reader/zvt/behaviour.ts";
import type { Behaviour } from "../../tools/sim/reader/zvt/behaviour.ts";
import { NEW_MEMORY, volatileStore } from "../../tools/sim/reader/zvt/memory.ts";
import type { TerminalMemory } from "../../tools/sim/reader/zvt/memory.ts";
import { ZvtUnit } from "../../tools/sim/reader/zvt/unit.ts";
import type { Attached } from "../../tools/sim/reader/zvt/unit.ts";
import { fromHex, toHex } from "./hex.ts";
import { ManualTimers } from "./manual-timers.ts";

/** 2026-11-22 16:05:09 UTC. */
export const DESK_NOW_MS = 1_795_363_509_000;

/** The desk. */
export interface Desk {
  readonly unit: ZvtUnit;
  readonly acquirer: Acquirer;
  readonly timers: ManualTimers;
  /** What the terminal sent since the last call, in hex, one entry a write. */
  heard(): readonly string[];
  say(hex: string): void;
  /** Answers 80 00 00 to everything from now on. */
  answerAll(): void;
  connect(): void;
  hangUp(): void;
  /** The acquirer's positions as "state amount". */
  ledger(): readonly string[];
}

/** What differs from an older terminal out of its box. */
export interface DeskOptions {
  readonly behaviour?: Behaviour;
  readonly memory?: TerminalMemory;
  readonly faults?: readonly Fault[];
  readonly wire?: "tcp" | "serial";
}

/** A terminal that is on, with a till connected. */
export function zvtDesk(options: DeskOptions = {}): Desk {
  const timers = new ManualTimers();
  const acquirer = new Acquirer(memoryLedgerStore());
  const kind = options.wire ?? "tcp";
  let heard: string[] = [];
  let answersAll = false;
  let line: Attached | null = null;
  const unit = new ZvtUnit({
    behaviour: options.behaviour ?? OLDER,
    store: volatileStore(options.memory ?? NEW_MEMORY),
    acquirer,
    timers,
    nowMs: () => DESK_NOW_MS,
    hostMs: 100,
    faults: options.faults ?? [],
    onStep: () => {},
    onCut: (dies) => {
      if (dies !== "till") return;
      line?.leave();
      line = null;
    },
  });
  const connect = (): void => {
    line = unit.attach({
      kind,
      send: (bytes) => {
        const hex = toHex(bytes);
        heard.push(hex);
        if (answersAll && !hex.startsWith("80") && !hex.startsWith("84"))
          timers.after(0, () => line?.receive(fromHex("800000")));
      },
      hangUp: () => {
        line = null;
      },
    });
  };
  unit.powerOn();
  connect();
  return {
    unit,
    acquirer,
    timers,
    heard: () => {
      const all = heard;
      heard = [];
      return all;
    },
    say: (hex) => line?.receive(fromHex(hex.toLowerCase())),
    answerAll: () => {
      answersAll = true;
    },
    connect,
    hangUp: () => {
      line?.leave();
      line = null;
    },
    ledger: () => acquirer.list().map((its: LedgerPosition) => `${its.state} ${its.amountMinor}`),
  };
}
