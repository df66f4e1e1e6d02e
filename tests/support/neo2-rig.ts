/**
 * A NEO 2 driver on a simulated reader with a gateway and an acquirer behind it, on virtual time: what the
 * tests of the driver, of the simulator and of member cards share.
 */

import type {
  Reader,
  ReaderDesk,
  ReaderPrompt,
  ReaderRequest,
  ReaderResult,
} from "../../drivers/reader/reader.ts";
import { createNeo2Reader } from "../../drivers/reader/neo2/driver.ts";
import type { Neo2Options } from "../../drivers/reader/neo2/driver.ts";
import { Acquirer, memoryLedgerStore } from "../../tools/sim/reader/acquirer.ts";
import { attachNeo2 } from "../../tools/sim/neo2/attach.ts";
import type { Neo2Fault, Neo2Socket } from "../../tools/sim/neo2/attach.ts";
import { NEO2_SETTINGS, Neo2Device } from "../../tools/sim/neo2/device.ts";
import type { Gesture, Neo2Settings } from "../../tools/sim/neo2/device.ts";
import { simHost } from "../../tools/sim/neo2/host.ts";
import type { HostFault } from "../../tools/sim/neo2/host.ts";
import { memoryNeo2Store } from "../../tools/sim/neo2/memory.ts";
import type { Neo2Store } from "../../tools/sim/neo2/memory.ts";
import { ManualTimers } from "./manual-timers.ts";

/** What a test decides; the rest is a reader as shops have them. */
export interface Neo2RigOptions {
  readonly gestures?: readonly Gesture[];
  readonly faults?: readonly Neo2Fault[];
  readonly hostFaults?: readonly HostFault[];
  readonly hasHost?: boolean;
  readonly canInquire?: boolean;
  readonly settings?: Partial<Neo2Settings>;
  readonly store?: Neo2Store;
}

/** The rig. */
export interface Neo2Rig {
  readonly reader: Reader;
  readonly device: Neo2Device;
  readonly socket: Neo2Socket;
  readonly acquirer: Acquirer;
  readonly timers: ManualTimers;
  readonly options: Neo2Options;
}

/** Numbers of ISO 4217 that the tests pay in. */
const CURRENCY_DIGITS: ReadonlyMap<string, string> = new Map([
  ["EUR", "978"],
  ["CNY", "156"],
]);

const ROUNDS_COUNT_MAX = 5_000;
const MICROTASKS_COUNT = 20;

/** Makes one. Nothing has been connected yet. */
export function neo2Rig(wish: Neo2RigOptions = {}): Neo2Rig {
  const timers = new ManualTimers();
  const store = wish.store ?? memoryNeo2Store("630Z000001");
  const device = new Neo2Device(store, timers, { ...NEO2_SETTINGS, ...wish.settings });
  device.script(...(wish.gestures ?? []));
  const socket = attachNeo2(device, wish.faults);
  const acquirer = new Acquirer(memoryLedgerStore());
  const host = simHost(acquirer, "neo2", {
    faults: wish.hostFaults ?? [],
    canInquire: wish.canInquire ?? false,
  });
  const options: Neo2Options = {
    host: wish.hasHost === false ? undefined : host,
    waitSeconds: 60,
    memberWaitMs: 5_000,
    currencyDigits: (currency) => CURRENCY_DIGITS.get(currency),
  };
  const reader = createNeo2Reader(socket.openHid, timers, options);
  return { reader, device, socket, acquirer, timers, options };
}

/** A payment of 13.40 EUR. */
export function payRequest(change: Partial<ReaderRequest> = {}): ReaderRequest {
  return {
    kind: "pay",
    ref: "tender-1",
    amountMinor: 1_340,
    currency: "EUR",
    watermark: "",
    original: "",
    ...change,
  };
}

/** The till's side, and what it saw. */
export interface NotedDesk extends ReaderDesk {
  readonly prompts: readonly ReaderPrompt[];
  readonly results: readonly ReaderResult[];
}

/** A desk that says this of every result. */
export function notedDesk(verdict: "accept" | "refuse" = "accept"): NotedDesk {
  const prompts: ReaderPrompt[] = [];
  const results: ReaderResult[] = [];
  return {
    prompts,
    results,
    show: (prompt) => void prompts.push(prompt),
    slip: () => Promise.resolve(true),
    take: (result) => {
      results.push(result);
      return Promise.resolve(verdict);
    },
  };
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let round = 0; round < MICROTASKS_COUNT; round += 1) await Promise.resolve();
}

/** Lets time pass until the promise is settled; fails when nothing more can happen. */
export async function drive<T>(timers: ManualTimers, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settled = promise.finally(() => {
    isSettled = true;
  });
  for (let round = 0; round < ROUNDS_COUNT_MAX; round += 1) {
    await settle();
    if (isSettled) return settled;
    if (!timers.advanceToNext()) throw new Error("nothing more can happen, and it has not ended");
  }
  throw new Error("it does not end");
}
