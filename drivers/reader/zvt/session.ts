/**
 * The words of the ZVT session: its states, what can happen to it and what it asks of its host. The
 * machine itself is session-step.ts, its part in a running command session-dialogue.ts.
 */

import type { ReaderFaultCode, ReaderPrompt, ReaderResult, ReaderSlip, ReaderSlipLine } from "../reader.ts";
import type { ZvtMessage } from "./apdu.ts";
import type { BmpField } from "./bmp.ts";
import type { StatusFacts } from "./status.ts";

/** From a command's arrival to 80 00 or 84 xx (T3). */
export const T3_MS = 5_000;
/** From 80 00, or the terminal's last word, to its next one (T4), unless 04 FF says otherwise. */
export const T4_MS = 180_000;
/** The same for commands that nobody has to do anything for. */
export const T4_BRIEF_MS = 30_000;
/** The desk's time to answer, before the terminal is asked to ask again (84 9C); less than its own 5 s. */
export const ANSWER_MS = 3_000;
/** Messages that may wait while the desk decides; a terminal sends one and waits. */
export const INBOX_LEN_MAX = 16;

/** Bits of the configuration byte at registration (06 00). */
export const ZVT_CONFIG = {
  registerPrintsReceipts: 0x02,
  registerPrintsAdmin: 0x04,
  sendIntermediate: 0x08,
  registerControlsPayments: 0x10,
  registerControlsAdmin: 0x20,
  receiptsAsCommands: 0x80,
} as const;

/** Reasons of an answer 84 xx of ours. */
export const ANSWER = {
  /** Ask again in two seconds. */
  wait: 0x9c,
  printerNotReady: 0xcc,
  unknown: 0x83,
  /** The result is not taken: the terminal takes the payment back. */
  refused: 0xff,
} as const;

/** What money is asked for; undefined parts are those that the command does not say. */
export interface ZvtMoney {
  readonly kind: "pay" | "refund" | "reverse";
  readonly amountMinor: number;
  readonly currency: string;
}

/** One command with what the session must know of it. */
export interface ZvtCommand {
  readonly message: ZvtMessage;
  /** A result of money goes to the desk; null for all other commands. */
  readonly money: ZvtMoney | null;
  /** "result": 06 C0. "answer": nothing follows 80 00. The others end with 06 0F or 06 1E. */
  readonly endsWith: "completion" | "result" | "answer";
  /** Status information is part of it. */
  readonly expectsResults: boolean;
  /** How long the terminal may be silent (T4), unless 04 FF says otherwise. */
  readonly t4Ms: number;
  /** Text for paper may come and goes to the desk; otherwise it is refused. */
  readonly takesSlips: boolean;
  /** Slips of single lines do not say what they are. */
  readonly slipCopies: readonly ReaderSlip["copy"][];
}

/** How a command ended. */
export type CommandEnd =
  /** 06 0F, or what else a command ends with. */
  | ({
      readonly kind: "completed";
      readonly fields: readonly BmpField[];
      readonly status: number | undefined;
    } & Course)
  /** 06 1E. */
  | ({ readonly kind: "aborted"; readonly result: number; readonly fields: readonly BmpField[] } & Course)
  /** 84 xx to the command. `isDoubled`: it was sent again after silence, so this may be about the second copy. */
  | { readonly kind: "refused"; readonly result: number; readonly isDoubled: boolean }
  /** Nobody knows. `hasLeft`: bytes of the command may have reached the terminal. */
  | { readonly kind: "doubt"; readonly code: ReaderFaultCode; readonly hasLeft: boolean };

/** What happened while a command ran. */
export interface Course {
  /** The last status information (04 0F): it alone counts. */
  readonly facts: StatusFacts | undefined;
  /** The last result that the desk took. */
  readonly accepted: ReaderResult | undefined;
  /** A result was answered with no, and none was taken after that. */
  readonly isRefused: boolean;
  readonly isSlipRefused: boolean;
}

/** What the desk is asked at this moment. */
export type Waiting =
  | { readonly kind: "take"; readonly result: ReaderResult; readonly message: ZvtMessage }
  | { readonly kind: "slip"; readonly message: ZvtMessage };

/** A running command. */
export interface Dialogue {
  readonly command: ZvtCommand;
  readonly course: Course;
  readonly waiting: Waiting | undefined;
  /** The terminal waits for the answer to what the desk is asked; false after 84 9C. */
  readonly isOwing: boolean;
  /** Came while the desk was asked. */
  readonly inbox: readonly ZvtMessage[];
  /** Single lines of a slip that has not ended. */
  readonly lines: readonly ReaderSlipLine[];
  readonly slipCount: number;
  readonly prompt: ReaderPrompt;
  readonly isCancelSent: boolean;
  readonly t4Ms: number;
}

/** Where the session stands. `known`: names of the newest results that were taken, so that a late copy is known. */
export type SessionState =
  | { readonly kind: "idle"; readonly known: string }
  | {
      readonly kind: "sending";
      readonly known: string;
      readonly command: ZvtCommand;
      readonly isDoubled: boolean;
      readonly isCancelled: boolean;
    }
  | { readonly kind: "running"; readonly known: string; readonly dialogue: Dialogue };

/** What can happen to a session. */
export type SessionEvent =
  | { readonly kind: "start"; readonly command: ZvtCommand }
  /** The command has reached the terminal's line. */
  | { readonly kind: "arrived"; readonly isDoubled: boolean }
  | { readonly kind: "message"; readonly message: ZvtMessage }
  /** The desk's word on the result. */
  | { readonly kind: "taken"; readonly word: "accept" | "refuse" }
  /** The desk's word on the slip. */
  | { readonly kind: "slip_kept"; readonly isKept: boolean }
  | { readonly kind: "cancel" }
  | { readonly kind: "timed_out"; readonly timer: SessionTimer }
  /** The link is gone, or cannot be trusted any more. */
  | { readonly kind: "down"; readonly code: ReaderFaultCode };

/** The session's timers. */
export type SessionTimer = "t3" | "t4" | "answer";

/** What the host must do, in this order. */
export type SessionEffect =
  | { readonly kind: "send"; readonly message: ZvtMessage }
  /** Answers `to`. */
  | { readonly kind: "answer"; readonly message: ZvtMessage; readonly to: ZvtMessage }
  /** Nothing is answered: the terminal decides by itself what that means. */
  | { readonly kind: "leave"; readonly message: ZvtMessage }
  | { readonly kind: "arm"; readonly timer: SessionTimer; readonly delayMs: number }
  | { readonly kind: "disarm"; readonly timer: SessionTimer }
  /** Event `taken` follows. */
  | { readonly kind: "take"; readonly result: ReaderResult }
  /** Event `slip_kept` follows. */
  | { readonly kind: "slip"; readonly slip: ReaderSlip }
  | { readonly kind: "show"; readonly prompt: ReaderPrompt }
  | { readonly kind: "count"; readonly what: "late" | "stray" | "desk_slow" }
  /** The command has ended; the session is idle. */
  | { readonly kind: "finish"; readonly end: CommandEnd };

/** A state and what to do on entering it. */
export interface SessionStep {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

/** What does not change while the session runs. */
export interface SessionConfig {
  /** Letters of a currency by its four digits. */
  readonly currencyOfDigits: ReadonlyMap<string, string>;
  /** The currency of the registration, in letters: what a result without one is in. */
  readonly currency: string;
  /** The device that answered the registration. */
  readonly serial: string;
  readonly canAbort: boolean;
  /** The journal may hold a request whose end is not known: what comes late may be about that one. */
  readonly isInDoubt: boolean;
}
