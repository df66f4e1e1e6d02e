/**
 * What a simulated ZVT terminal still knows after its power was gone: turnover memory, numbers, the
 * business under way, and what it must still take back at its host. Plain data; card keys, no numbers.
 *
 * N1  A business is in `pending` before its host is asked, so that no power cut forgets that it was.
 * N2  What is in `toReverse` stays there until the host said yes to its reversal.
 */

import type { Technology } from "./messages.ts";

/** What a till can book here. */
export type BusinessKind = "charge" | "refund" | "reserve";

/** A business on its way. */
export interface Pending {
  /** "asked": nobody knows what the host said. "approved": it said yes and this is what will stand. */
  readonly stage: "asked" | "approved";
  /** Its receipt number is 0 until it is approved. */
  readonly turnover: Turnover;
}

/** What is to be taken back at the host. */
export interface ToReverse {
  /** The name under which the host has it. */
  readonly hostRef: string;
  readonly reason: string;
  /** The till asked for it, so it gets a receipt of its own. */
  readonly isAsked: boolean;
}

/** A business that stands, or a reversal of one. */
export interface Turnover {
  readonly kind: BusinessKind | "reversal" | "booking";
  /** This terminal's name for it at the acquirer. */
  readonly hostRef: string;
  readonly amountMinor: number;
  readonly cardKey: string;
  readonly technology: Technology;
  readonly verification: number;
  readonly receipt: number;
  readonly trace: number;
  /** Trace of what it is about; null when it is about nothing else. */
  readonly originalTrace: number | null;
  readonly date: string;
  readonly time: string;
  /** Taken back, or a reservation that was booked or released. */
  readonly isOver: boolean;
}

export interface TerminalMemory {
  /** What the till chose; null when it never registered. */
  readonly registration: { readonly configBits: number; readonly takesBlocks: boolean } | null;
  readonly nextReceipt: number;
  readonly nextTrace: number;
  readonly nextHostRef: number;
  readonly pending: Pending | null;
  readonly toReverse: readonly ToReverse[];
  /** Oldest first; empty after an end of day. */
  readonly turnovers: readonly Turnover[];
  /** The day must be closed before the next business. */
  readonly mustCloseDay: boolean;
  /** Status enquiries until a maintenance is over; 0 for none. */
  readonly maintenancePollsLeft: number;
}

/** A terminal from its box. */
export const NEW_MEMORY: TerminalMemory = {
  registration: null,
  nextReceipt: 1,
  nextTrace: 1,
  nextHostRef: 1,
  pending: null,
  toReverse: [],
  turnovers: [],
  mustCloseDay: false,
  maintenancePollsLeft: 0,
};

/** Where the memory is kept. `save` is durable when it returns. */
export interface MemoryStore {
  load(): TerminalMemory;
  save(memory: TerminalMemory): void;
}

/** A store for simulated worlds. */
export function volatileStore(memory: TerminalMemory = NEW_MEMORY): MemoryStore {
  let kept = memory;
  return {
    load: () => kept,
    save: (next) => {
      kept = next;
    },
  };
}

/** Receipt numbers have four digits and begin again at 1. */
export function numberAfter(receipt: number): number {
  return receipt >= 9_999 ? 1 : receipt + 1;
}
