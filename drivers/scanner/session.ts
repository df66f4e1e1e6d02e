/**
 * A scanner that is listened to for as long as the till runs, as a pure machine: what to do next, given
 * what happened. No clock, no port, no meanings. The host performs the effects and feeds events back.
 *
 *   connecting --opened--> listening --link_down--> resting --timed_out--> connecting
 *       |  open_failed ---------------------------> resting
 *   any --close--> closed
 *
 * N1  Every code that is delivered ended inside one connection; what a lost link leaves is cut off.
 * N2  Connecting again waits longer each time, up to a bound, until bytes have come.
 * N3  `closed` gives no effects and never ends.
 */

import type { DriverFaultCode } from "../fault.ts";
import type { Frame, FrameConfig, FrameState } from "./frame.ts";
import { FRAME_OPENED, frameBytes, frameLost, frameSilence, silenceDelayMs } from "./frame.ts";
import type { ChainState } from "./hid-report.ts";
import { CHAIN_START, chainSilence, isChainOpen, readHidReport } from "./hid-report.ts";

/** How the scanner speaks: a line of bytes (serial, TCP, memory), or HID POS reports. */
export type ScannerInput = "line" | "hid_reports";

/** What has come over this connection and is not yet a code. */
export type Unread =
  | { readonly kind: "line"; readonly frame: FrameState }
  | { readonly kind: "hid_reports"; readonly chain: ChainState };

/** Where the session stands. `failureCount`: tries since bytes came last. */
export type SessionState =
  | { readonly kind: "connecting"; readonly failureCount: number }
  | { readonly kind: "listening"; readonly failureCount: number; readonly unread: Unread }
  | { readonly kind: "resting"; readonly failureCount: number }
  | { readonly kind: "closed" };

/** What can happen to a session. */
export type SessionEvent =
  | { readonly kind: "opened" }
  /** The link did not open, or has ended. */
  | { readonly kind: "link_down"; readonly code: DriverFaultCode }
  /** Bytes of a line in any chunks, or exactly one report. */
  | { readonly kind: "received"; readonly bytes: Uint8Array }
  | { readonly kind: "timed_out" }
  | { readonly kind: "close" };

/** What the host must do, in this order. */
export type SessionEffect =
  | { readonly kind: "open" }
  /** Starts the session's one timer anew; undefined stops it. */
  | { readonly kind: "arm"; readonly delayMs: number | undefined }
  | { readonly kind: "deliver"; readonly frame: Frame }
  | { readonly kind: "tell"; readonly link: LinkStatus }
  /** Closes the link. */
  | { readonly kind: "close" };

/** For the till's status strip. */
export type LinkStatus = { readonly kind: "up" } | { readonly kind: "down"; readonly code: DriverFaultCode };

/** A state and what to do on entering it. */
export interface SessionStep {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

/** What does not change while the session runs. */
export interface SessionConfig {
  readonly input: ScannerInput;
  /** Of HID reports only the two bounds are used. */
  readonly frame: FrameConfig;
}

/** The first pause before connecting again, and the longest. */
export const RECONNECT_DELAY_MS = 250;
/** A scanner that was plugged in again is heard within this. */
export const RECONNECT_DELAY_MS_MAX = 4_000;
const DOUBLINGS_COUNT_MAX = 4;

/** The first step. */
export function beginSession(): SessionStep {
  return { state: { kind: "connecting", failureCount: 0 }, effects: [{ kind: "open" }] };
}

/** The next state. Total: an event that does not fit the state changes nothing. */
export function stepSession(state: SessionState, event: SessionEvent, config: SessionConfig): SessionStep {
  if (state.kind === "closed") return { state, effects: [] };
  switch (event.kind) {
    case "opened":
      return state.kind === "connecting" ? listen(state.failureCount, config) : { state, effects: [] };
    case "link_down":
      return linkDown(state, event.code);
    case "received":
      return state.kind === "listening" ? receive(state.unread, event.bytes, config) : { state, effects: [] };
    case "timed_out":
      return timedOut(state, config);
    case "close":
      return { state: { kind: "closed" }, effects: [{ kind: "arm", delayMs: undefined }, { kind: "close" }] };
  }
}

function listen(failureCount: number, config: SessionConfig): SessionStep {
  const unread: Unread =
    config.input === "line"
      ? { kind: "line", frame: FRAME_OPENED }
      : { kind: "hid_reports", chain: CHAIN_START };
  return {
    state: { kind: "listening", failureCount, unread },
    effects: [{ kind: "tell", link: { kind: "up" } }, arm(unread, config)],
  };
}

function receive(unread: Unread, bytes: Uint8Array, config: SessionConfig): SessionStep {
  const [next, frames] = readOn(unread, bytes, config);
  return {
    state: { kind: "listening", failureCount: 0, unread: next },
    effects: [...frames.map(deliver), arm(next, config)],
  };
}

function readOn(unread: Unread, bytes: Uint8Array, config: SessionConfig): [Unread, readonly Frame[]] {
  if (unread.kind === "line") {
    const { state, frames } = frameBytes(unread.frame, bytes, config.frame);
    return [{ kind: "line", frame: state }, frames];
  }
  const { state, frames } = readHidReport(unread.chain, bytes, config.frame.codeBytesMax);
  return [{ kind: "hid_reports", chain: state }, frames];
}

function timedOut(state: SessionState, config: SessionConfig): SessionStep {
  if (state.kind === "resting") {
    return { state: { kind: "connecting", failureCount: state.failureCount }, effects: [{ kind: "open" }] };
  }
  if (state.kind !== "listening") return { state, effects: [] };
  const { unread, failureCount } = state;
  if (unread.kind === "hid_reports") {
    const { state: chain, frames } = chainSilence(unread.chain);
    const next: Unread = { kind: "hid_reports", chain };
    return { state: { kind: "listening", failureCount, unread: next }, effects: frames.map(deliver) };
  }
  const { state: frame, frames } = frameSilence(unread.frame, config.frame);
  const next: Unread = { kind: "line", frame };
  return {
    state: { kind: "listening", failureCount, unread: next },
    effects: [...frames.map(deliver), arm(next, config)],
  };
}

/** N1, N2 */
function linkDown(state: SessionState, code: DriverFaultCode): SessionStep {
  if (state.kind !== "connecting" && state.kind !== "listening") return { state, effects: [] };
  const { failureCount } = state;
  const lost = state.kind === "listening" ? lostOf(state.unread) : [];
  const delayMs = Math.min(
    RECONNECT_DELAY_MS * 2 ** Math.min(failureCount, DOUBLINGS_COUNT_MAX),
    RECONNECT_DELAY_MS_MAX,
  );
  return {
    state: { kind: "resting", failureCount: failureCount + 1 },
    effects: [...lost.map(deliver), { kind: "tell", link: { kind: "down", code } }, { kind: "arm", delayMs }],
  };
}

function lostOf(unread: Unread): readonly Frame[] {
  return unread.kind === "line" ? frameLost(unread.frame).frames : chainSilence(unread.chain).frames;
}

function arm(unread: Unread, { frame }: SessionConfig): SessionEffect {
  if (unread.kind === "line") return { kind: "arm", delayMs: silenceDelayMs(unread.frame, frame) };
  return { kind: "arm", delayMs: isChainOpen(unread.chain) ? frame.settleMs : undefined };
}

function deliver(frame: Frame): SessionEffect {
  return { kind: "deliver", frame };
}
