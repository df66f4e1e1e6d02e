/**
 * The state of a simulated ZVT terminal, what can happen to it and what it then does. Plain data: the
 * machine is `step` in terminal.ts.
 */

import type { AcquirerAnswer, AcquirerRequest } from "../acquirer.ts";
import type { FromTerminal, FromTill, Technology, TerminalBody } from "./messages.ts";
import type { BusinessKind, TerminalMemory } from "./memory.ts";

/** What a card holder does. */
export type HolderAct =
  | { readonly kind: "present"; readonly cardKey: string; readonly technology: Technology }
  | { readonly kind: "pin"; readonly isRight: boolean }
  /** The stop key. */
  | { readonly kind: "stop" }
  | { readonly kind: "remove" };

/** What is asked of the host; a ping is a call without a business. */
export type HostRequest = AcquirerRequest | { readonly kind: "ping" };

/** What comes of it. "silent": it may have been heard. "unreachable": it was not. */
export type HostAnswer = AcquirerAnswer | { readonly kind: "silent" } | { readonly kind: "unreachable" };

/** Everything that happens to a terminal. */
export type Input =
  | { readonly kind: "till"; readonly message: FromTill }
  /** The till has what was sent last (over TCP: it left). */
  | { readonly kind: "delivered" }
  /** It could not be brought to the till. */
  | { readonly kind: "undelivered" }
  | { readonly kind: "link"; readonly isUp: boolean }
  | { readonly kind: "timer" }
  | { readonly kind: "holder"; readonly act: HolderAct }
  | { readonly kind: "host"; readonly answer: HostAnswer }
  /** The power came: the first input of every life. */
  | { readonly kind: "power" }
  /** Somebody sets a condition from outside. */
  | { readonly kind: "condition"; readonly condition: Partial<Conditions> & Partial<DurableConditions> };

/** What ends with the power. */
export interface Conditions {
  /** It answers every command with 9C. */
  readonly isWaiting: boolean;
}
/** What survives the power: part of the memory. */
export interface DurableConditions {
  readonly mustCloseDay: boolean;
  readonly maintenancePollsLeft: number;
}

/** Everything that it does. There is one timer; `arm` replaces it. */
export type Output =
  | { readonly kind: "send"; readonly message: FromTerminal }
  | { readonly kind: "arm"; readonly ms: number }
  | { readonly kind: "disarm" }
  | { readonly kind: "ask_host"; readonly request: HostRequest };

/** What the business under way is about; it dies with the power. */
export interface Business {
  readonly kind: BusinessKind | "read_card";
  readonly amountMinor: number;
  readonly cardKey: string | null;
  readonly technology: Technology;
  readonly verification: number;
  readonly wrongPinCount: number;
  /** The host's name of what stands or will stand; null before the host was asked. */
  readonly hostRef: string | null;
}

/** What follows when everything was told. */
export type Next =
  | { readonly kind: "idle" }
  | { readonly kind: "card" }
  | { readonly kind: "pin" }
  | { readonly kind: "authorise" }
  /** The result was told: it stands now, for whom it did not stand before. */
  | { readonly kind: "commit" }
  | { readonly kind: "removal" }
  | { readonly kind: "ask"; readonly request: HostRequest; readonly next: HostNext };

/** What follows when the host has answered. */
export type HostNext =
  | { readonly kind: "authorised" }
  /** Takes back what is in `toReverse`, one after the other. */
  | { readonly kind: "reversed"; readonly after: AfterReversals }
  | { readonly kind: "booked"; readonly receipt: number; readonly amountMinor: number }
  | { readonly kind: "totalled"; readonly endsDay: boolean }
  | { readonly kind: "pinged" };

export type AfterReversals =
  | { readonly kind: "idle" }
  | { readonly kind: "present_card" }
  /** Tells of the reversal that the till had asked for. */
  | { readonly kind: "told_reversal" }
  | { readonly kind: "abort"; readonly code: number };

export type Phase =
  | { readonly kind: "off" }
  | { readonly kind: "idle" }
  | { readonly kind: "telling"; readonly queue: readonly TerminalBody[]; readonly next: Next }
  /** The till asked to be asked again (84 9C). */
  | { readonly kind: "asking_again"; readonly queue: readonly TerminalBody[]; readonly next: Next }
  | { readonly kind: "card" }
  | { readonly kind: "pin" }
  | { readonly kind: "removal" }
  | { readonly kind: "host"; readonly request: HostRequest; readonly next: HostNext };

export interface State {
  readonly memory: TerminalMemory;
  readonly phase: Phase;
  readonly business: Business | null;
  readonly conditions: Conditions;
  readonly isCardIn: boolean;
  /** The connection over which the present command came is gone: nobody is told how it goes on. */
  readonly isTillGone: boolean;
  /** The till asked for the end of it (06 B0). */
  readonly isAborting: boolean;
  /** Message sequence ids, when both sides use them. */
  readonly ids: {
    readonly isOn: boolean;
    readonly nextOut: number;
    readonly lastIn: number | null;
    readonly lastAnswer: FromTerminal | null;
  };
  /** Counts of what was odd, for tests and the page. */
  readonly counters: Readonly<Record<"duplicates" | "unexpected", number>>;
}

/** A terminal whose power is off. */
export function switchedOff(memory: TerminalMemory): State {
  return {
    memory,
    phase: { kind: "off" },
    business: null,
    conditions: { isWaiting: false },
    isCardIn: false,
    isTillGone: false,
    isAborting: false,
    ids: { isOn: false, nextOut: 1, lastIn: null, lastAnswer: null },
    counters: { duplicates: 0, unexpected: 0 },
  };
}

/** What its display asks of the card holder. */
export function promptOf(
  state: State,
): "off" | "ready" | "present_card" | "enter_pin" | "wait" | "remove_card" {
  switch (state.phase.kind) {
    case "off":
      return "off";
    case "idle":
      return state.isCardIn ? "remove_card" : "ready";
    case "card":
      return "present_card";
    case "pin":
      return "enter_pin";
    case "removal":
      return "remove_card";
    case "telling":
    case "asking_again":
    case "host":
      return "wait";
  }
}
