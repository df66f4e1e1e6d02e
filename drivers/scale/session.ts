/**
 * A scale that is asked for its weight for as long as the till runs, as a pure machine: what to do next,
 * given what happened. No clock and no port. The host performs the effects and feeds events back.
 *
 *   connecting --opened--> probing --its echo--> settling --timed_out--> pausing <--> asking, ordering
 *       |                    | silence              asking --silence--> probing
 *       '--link_down------> resting --timed_out--> connecting          any --close--> closed
 *
 * Z1  It is asked at most every POLL_MS_MIN; an answer that nobody asked for is dropped.
 * Z2  After a missed answer it is probed anew, so that a late one is never taken for the next.
 * Z3  An order is sent between two questions, and at most ORDERS_COUNT_MAX wait.
 * Z4  `closed` gives no effects and never ends.
 */

import type { DriverFaultCode } from "../fault.ts";
import { orderText, readingOf } from "./reading.ts";
import type { ScaleOrder, ScaleReading } from "./reading.ts";
import { readReplies, REPLY_START } from "./reply.ts";
import type { ReplyState, ScaleReply } from "./reply.ts";

/** Where the session stands. `failureCount`: tries since it answered last. */
export type ScaleState =
  | { readonly kind: "connecting"; readonly failureCount: number }
  | ({ readonly kind: "probing"; readonly echoed: string | null } & Open)
  | ({ readonly kind: "settling" } & Open)
  | ({ readonly kind: "pausing" } & Open)
  | ({ readonly kind: "asking" } & Open)
  | ({ readonly kind: "ordering" } & Open)
  | { readonly kind: "resting"; readonly failureCount: number }
  | { readonly kind: "closed" };

interface Open {
  readonly failureCount: number;
  readonly unread: ReplyState;
  readonly orders: readonly ScaleOrder[];
}

/** What can happen to a session. */
export type ScaleEvent =
  | { readonly kind: "opened" }
  | { readonly kind: "link_down"; readonly code: DriverFaultCode }
  | { readonly kind: "received"; readonly bytes: Uint8Array }
  | { readonly kind: "timed_out" }
  | { readonly kind: "order"; readonly order: ScaleOrder }
  | { readonly kind: "close" };

/** What the host must do, in this order. */
export type ScaleEffect =
  | { readonly kind: "open" }
  /** Bytes of ASCII. */
  | { readonly kind: "send"; readonly text: string }
  /** Asks for the weight. */
  | { readonly kind: "ask" }
  /** Starts the session's one timer anew; undefined stops it. */
  | { readonly kind: "arm"; readonly delayMs: number | undefined }
  | { readonly kind: "up" }
  | { readonly kind: "down"; readonly code: DriverFaultCode }
  /** What it answered to the question that was asked last. */
  | { readonly kind: "reading"; readonly reading: ScaleReading }
  /** An answer that says nothing, or that nobody asked for. */
  | { readonly kind: "dropped" }
  /** Closes the link. */
  | { readonly kind: "close" };

/** A state and what to do on entering it. */
export interface ScaleStep {
  readonly state: ScaleState;
  readonly effects: readonly ScaleEffect[];
}

/** The manufacturer's shortest pause between two questions. */
export const POLL_MS_MIN = 200;
/** How long an answer may take; a whole one takes 10 ms at 9600 baud. */
export const ANSWER_MS_MAX = 500;
/** After the echo was switched off. */
export const SETTLE_MS = 100;
/** The first pause before connecting again, and the longest. */
export const RECONNECT_DELAY_MS = 500;
export const RECONNECT_DELAY_MS_MAX = 4_000;
const DOUBLINGS_COUNT_MAX = 3;
/** Orders that wait. */
export const ORDERS_COUNT_MAX = 4;

/** What is said in echo mode: "E" switches it on, "F" off, and neither is in it. */
const PROBE_ECHO = "till";
const PROBE_BEGIN = `E${PROBE_ECHO}`;
const PROBE_END = "F";

/** The first step. */
export function beginScale(): ScaleStep {
  return { state: { kind: "connecting", failureCount: 0 }, effects: [{ kind: "open" }] };
}

/** Whether an order would be taken now. */
export function takesOrders(state: ScaleState): boolean {
  return isOpen(state) && state.kind !== "probing" && state.orders.length < ORDERS_COUNT_MAX;
}

/** The next state. Total: an event that does not fit the state changes nothing. */
export function stepScale(state: ScaleState, event: ScaleEvent): ScaleStep {
  if (state.kind === "closed") return same(state); // Z4
  switch (event.kind) {
    case "opened":
      return state.kind === "connecting" ? probe(state.failureCount, []) : same(state);
    case "link_down":
      return state.kind === "resting" ? same(state) : rest(state.failureCount, event.code);
    case "received":
      return isOpen(state) ? receive(state, event.bytes) : same(state);
    case "timed_out":
      return timedOut(state);
    case "order":
      if (!isOpen(state) || !takesOrders(state)) return same(state);
      return same({ ...state, orders: [...state.orders, event.order] });
    case "close":
      return { state: { kind: "closed" }, effects: [{ kind: "arm", delayMs: undefined }, { kind: "close" }] };
  }
}

type OpenState = Extract<ScaleState, Open>;

function isOpen(state: ScaleState): state is OpenState {
  return state.kind !== "connecting" && state.kind !== "resting" && state.kind !== "closed";
}

function same(state: ScaleState): ScaleStep {
  return { state, effects: [] };
}

function probe(failureCount: number, orders: readonly ScaleOrder[]): ScaleStep {
  return {
    state: { kind: "probing", failureCount, unread: REPLY_START, orders, echoed: null },
    effects: [
      { kind: "send", text: PROBE_BEGIN },
      { kind: "arm", delayMs: ANSWER_MS_MAX },
    ],
  };
}

function rest(failureCount: number, code: DriverFaultCode): ScaleStep {
  const delayMs = RECONNECT_DELAY_MS * 2 ** Math.min(failureCount, DOUBLINGS_COUNT_MAX);
  return {
    state: { kind: "resting", failureCount: failureCount + 1 },
    effects: [
      { kind: "down", code },
      { kind: "arm", delayMs: Math.min(delayMs, RECONNECT_DELAY_MS_MAX) },
    ],
  };
}

/** Replies one by one, since each may change the state. */
function receive(state: OpenState, bytes: Uint8Array): ScaleStep {
  const { state: unread, replies } = readReplies(state.unread, bytes);
  let step: ScaleStep = same({ ...state, unread });
  for (const reply of replies) {
    if (!isOpen(step.state)) break;
    const next = takeReply(step.state, reply);
    step = { state: next.state, effects: [...step.effects, ...next.effects] };
  }
  return step;
}

function takeReply(state: OpenState, reply: ScaleReply): ScaleStep {
  if (state.kind === "probing") return takeEcho(state, reply);
  const reading = readingOf(reply);
  if (state.kind === "asking" && reading !== null) return pause(state, [{ kind: "reading", reading }]);
  // Whatever it says to an order, the next weight shows whether it was done.
  if (state.kind === "ordering" && reply.kind === "status") return pause(state, []);
  return { state, effects: [{ kind: "dropped" }] }; // Z1
}

/** The probe is answered by "E", and then by what it was sent, letter by letter. */
function takeEcho(state: Extract<ScaleState, { kind: "probing" }>, reply: ScaleReply): ScaleStep {
  if (reply.kind === "echo_on") return same({ ...state, echoed: "" });
  if (reply.kind !== "loose" || state.echoed === null) return { state, effects: [{ kind: "dropped" }] };
  const echoed = state.echoed + String.fromCharCode(reply.byte);
  if (!PROBE_ECHO.startsWith(echoed)) return { state, effects: [{ kind: "dropped" }] };
  if (echoed !== PROBE_ECHO) return same({ ...state, echoed });
  const { unread, orders } = state;
  return {
    state: { kind: "settling", failureCount: 0, unread, orders },
    effects: [
      { kind: "send", text: PROBE_END },
      { kind: "arm", delayMs: SETTLE_MS },
    ],
  };
}

function pause({ unread, orders }: OpenState, effects: readonly ScaleEffect[]): ScaleStep {
  return {
    state: { kind: "pausing", failureCount: 0, unread, orders },
    effects: [...effects, { kind: "arm", delayMs: POLL_MS_MIN }],
  };
}

function timedOut(state: ScaleState): ScaleStep {
  switch (state.kind) {
    case "resting":
      return { state: { kind: "connecting", failureCount: state.failureCount }, effects: [{ kind: "open" }] };
    case "probing": {
      const { state: next, effects } = rest(state.failureCount, "scale/silent");
      return { state: next, effects: [{ kind: "close" }, ...effects] };
    }
    case "settling": {
      const step = speak(state);
      return { state: step.state, effects: [{ kind: "up" }, ...step.effects] };
    }
    case "pausing":
      return speak(state);
    case "asking":
      return probe(state.failureCount, state.orders); // Z2
    case "ordering":
      // Some models carry an order out without a word.
      return pause(state, []);
    case "connecting":
    case "closed":
      return same(state);
  }
}

/** An order that waits, else the question. Z3 */
function speak({ unread: _late, orders, ...rest }: OpenState): ScaleStep {
  const common = { failureCount: rest.failureCount, unread: REPLY_START };
  const arm = { kind: "arm", delayMs: ANSWER_MS_MAX } as const;
  const [order, ...others] = orders;
  const text = order === undefined ? undefined : orderText(order);
  if (text === undefined)
    return { state: { kind: "asking", ...common, orders: others }, effects: [{ kind: "ask" }, arm] };
  return { state: { kind: "ordering", ...common, orders: others }, effects: [{ kind: "send", text }, arm] };
}
