/**
 * A simulated NEO 2 on a memory HID port, with the ways a cable fails. Each opened port is a new connection
 * of the same reader; reports are counted over all of them, in both directions, from 0 on.
 */

import { createMemoryHid } from "../../../drivers/port/hid.ts";
import type { HidPortFactory, MemoryHidPeer } from "../../../drivers/port/hid.ts";
import type { Neo2Device } from "./device.ts";

/** What goes wrong with report number `at`; "unplug" loses it and the connection. */
export type Neo2Fault =
  | { readonly kind: "drop" | "unplug" | "power_cycle"; readonly at: number }
  /** One bit of it is another; `bit` counts from the report's id on. */
  | { readonly kind: "flip"; readonly at: number; readonly bit: number };

/** A reader that is plugged in. */
export interface Neo2Socket {
  readonly openHid: HidPortFactory;
  /** Reports so far, in both directions. */
  reportCount(): number;
  /** Pulls the cable; the next port finds it plugged in again. */
  unplug(): void;
  /** While absent, ports cannot be opened. */
  setAbsent(isAbsent: boolean): void;
  /** A report that no reader of ours would send; it is not counted. */
  inject(report: Uint8Array): void;
  /** Another reader on the same cable. */
  swap(device: Neo2Device): void;
}

/** Plugs a reader in. */
export function attachNeo2(first: Neo2Device, faults: readonly Neo2Fault[] = []): Neo2Socket {
  let device = first;
  let count = 0;
  let isAbsent = false;
  let peer: MemoryHidPeer | undefined;

  /** What is left of a report on its way; undefined when nothing arrives. */
  const travel = (report: Uint8Array): Uint8Array | undefined => {
    const fault = faults.find(({ at }) => at === count);
    count += 1;
    if (fault === undefined) return report;
    if (fault.kind === "flip") {
      const index = Math.floor(fault.bit / 8) % report.length;
      return report.with(index, (report[index] ?? 0) ^ (1 << (fault.bit % 8)));
    }
    if (fault.kind === "power_cycle") device.powerCycle();
    if (fault.kind !== "drop") peer?.unplug();
    return undefined;
  };

  return {
    openHid: () => {
      const pair = createMemoryHid();
      if (isAbsent) pair.peer.refuse();
      else peer = pair.peer;
      pair.peer.onWritten((report) => {
        const arrived = pair.peer === peer ? travel(report) : undefined;
        if (arrived !== undefined) device.receive(arrived);
      });
      device.onSend((report) => {
        const arrived = travel(report);
        if (arrived !== undefined) peer?.send(arrived);
      });
      return pair.port;
    },
    reportCount: () => count,
    unplug: () => peer?.unplug(),
    setAbsent: (absent) => {
      isAbsent = absent;
      if (absent) peer?.unplug();
    },
    inject: (report) => peer?.send(report),
    swap: (other) => {
      device.onSend(() => {});
      device = other;
      peer?.unplug();
    },
  };
}
