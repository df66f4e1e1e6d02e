/**
 * The words of the session with one NEO 2: its states, what can happen to it and what it asks of its
 * driver. The machine itself is session-step.ts.
 */

import type {
  CardFacts,
  ReaderCardRead,
  ReaderDeclineCode,
  ReaderEnd,
  ReaderFaultCode,
  ReaderIdentity,
  ReaderPrompt,
  ReaderResult,
} from "../reader.ts";
import type { CommandName } from "./commands.ts";
import type { Cryptogram } from "./cryptogram.ts";
import type { HostAnswer } from "./host.ts";

/** A payment on its way. */
export interface Charge {
  readonly ref: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** The data of 02-40. */
  readonly activation: Uint8Array;
  /** How long the reader itself waits for a card. */
  readonly waitMs: number;
  /** The device that was asked before: another one must not answer. Undefined when none was. */
  readonly serial: string | undefined;
}

/** What the session was last asked to do. "watch": to have a link, so that an unplugged reader comes back. */
export type Errand =
  | { readonly kind: "watch" | "ready" }
  | { readonly kind: "read_card"; readonly pollCount: number }
  | { readonly kind: "pay"; readonly charge: Charge };

/** The questions of a greeting, in order: is it at rest, does it wait to be asked, which one is it. */
export type GreetingStage = "cancel" | "pollMode" | "serial" | "firmware";

/** Why a wait for a card is being ended. */
export type Stop =
  | { readonly kind: "cancelled" }
  | { readonly kind: "fault"; readonly code: ReaderFaultCode };

/** A link that is up, and who answers on it. `isTrusted`: no card number came readable over it. */
export interface Known {
  readonly identity: ReaderIdentity;
  readonly isTrusted: boolean;
}

/** Where the session stands. */
export type SessionState =
  | { readonly kind: "down" | "closed" }
  | { readonly kind: "resting"; readonly failureCount: number }
  | { readonly kind: "opening"; readonly errand: Errand; readonly failureCount: number }
  | {
      readonly kind: "greeting";
      readonly errand: Errand;
      readonly failureCount: number;
      readonly stage: GreetingStage;
      readonly serial: string;
      readonly isTrusted: boolean;
    }
  | ({ readonly kind: "idle" } & Known)
  | ({ readonly kind: "activating"; readonly charge: Charge; readonly hasCard: boolean } & Known)
  /** 05-01 was sent, its reply is awaited. */
  | ({ readonly kind: "stopping"; readonly stop: Stop } & Known)
  /** The host was asked: from here on only its word ends the charge. `isUp`: the reader is still there. */
  | ({
      readonly kind: "authorising";
      readonly charge: Charge;
      readonly card: CardFacts;
      readonly isUp: boolean;
    } & Known)
  | ({ readonly kind: "taking"; readonly reference: string; readonly isUp: boolean } & Known)
  | ({
      readonly kind: "polling";
      readonly stage: "passThrough" | "pollForToken" | "leaving";
      readonly pollsLeftCount: number;
      readonly read: ReaderCardRead;
    } & Known);

/** What came with a reply, as far as it may be known. */
export type ReplyContent =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  /** 2C-02: hex, empty when no card was there. */
  | { readonly kind: "uid"; readonly uid: string }
  | {
      readonly kind: "card";
      readonly facts: CardFacts;
      readonly cryptogram: Cryptogram | undefined;
      readonly isClear: boolean;
      readonly cardError: number | undefined;
    };

/** What can happen to a session. */
export type SessionEvent =
  | { readonly kind: "start"; readonly errand: Errand }
  | { readonly kind: "opened" }
  /** The link did not open, or has ended. */
  | { readonly kind: "link_down" }
  | {
      readonly kind: "reply";
      readonly command: number;
      readonly status: number;
      readonly content: ReplyContent;
    }
  /** Something came that is no frame: its CRC or its data are wrong. */
  | { readonly kind: "garbled" }
  | { readonly kind: "timed_out" }
  | { readonly kind: "cancel" }
  | { readonly kind: "host_answered"; readonly answer: HostAnswer }
  | { readonly kind: "taken"; readonly verdict: "accept" | "refuse" }
  | { readonly kind: "close" };

/** How an errand ended. */
export type Outcome =
  | { readonly kind: "ready"; readonly identity: ReaderIdentity }
  | { readonly kind: "not_ready"; readonly code: ReaderDeclineCode | ReaderFaultCode }
  | { readonly kind: "paid"; readonly end: ReaderEnd }
  | { readonly kind: "card"; readonly read: ReaderCardRead };

/** What the driver must do, in this order. */
export type SessionEffect =
  | { readonly kind: "open" }
  /** Lets go of the link. */
  | { readonly kind: "drop" }
  | { readonly kind: "send"; readonly command: CommandName; readonly data: Uint8Array }
  /** Starts the session's one timer anew; undefined stops it. */
  | { readonly kind: "arm"; readonly delayMs: number | undefined }
  | { readonly kind: "show"; readonly prompt: ReaderPrompt }
  /** Asks the host, and wipes the cryptogram when it has answered. */
  | {
      readonly kind: "authorise";
      readonly charge: Charge;
      readonly serial: string;
      readonly cryptogram: Cryptogram;
    }
  /** A cryptogram that nobody will be asked about. */
  | { readonly kind: "wipe"; readonly cryptogram: Cryptogram }
  | { readonly kind: "take"; readonly result: ReaderResult }
  | { readonly kind: "finish"; readonly outcome: Outcome }
  /** Why it cannot take a card now; null when it can. */
  | { readonly kind: "note"; readonly problem: ReaderDeclineCode | ReaderFaultCode | null }
  /** A reply that nothing waited for. */
  | { readonly kind: "stray" };

/** A state and what to do on entering it. */
export interface SessionStep {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}
