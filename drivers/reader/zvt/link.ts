/**
 * The serial link as a pure machine (PA00P016 2): one block on its way at a time, each acknowledged by a
 * byte, repeated when it is not. The host frames bytes, decodes APDUs and moves the clock.
 *
 * K1  A block leaves at most three times; then the link has failed.
 * K2  The same APDU again, before our answer to it was acknowledged, is a repetition: acknowledged, and
 *     answered again with the same bytes, but not delivered twice.
 * K3  What the terminal says next stands for the acknowledgement of what it must have heard to say it.
 * K4  When both speak at once, ours waits: theirs is acknowledged and answered first, then ours leaves again.
 */

import { ZVT_ACK, ZVT_NAK, encodeSerialBlock } from "./frame-serial.ts";

/** Silence inside a block after which it is bad (T1). */
export const T1_MS = 200;
/** From the end of a block to its acknowledgement (T2). */
export const T2_MS = 5_000;
/** A block and its two repetitions (K1). */
export const BLOCK_SENDS_MAX = 3;

interface Outgoing {
  readonly apdu: Uint8Array;
  readonly isAnswer: boolean;
  readonly sendCount: number;
  /** It was sent again after silence: the terminal may have had it before. */
  readonly isDoubled: boolean;
}

/** Where the link stands. */
export interface LinkState {
  readonly onWay: Outgoing | undefined;
  readonly queue: readonly Outgoing[];
  /** The newest command of the terminal (K2). */
  readonly heard:
    | { readonly apdu: Uint8Array; readonly answer: Uint8Array | undefined; readonly isOpen: boolean }
    | undefined;
}

/** What can happen to it. */
export type LinkEvent =
  | { readonly kind: "send"; readonly apdu: Uint8Array; readonly isAnswer: boolean }
  /** The newest command of the terminal will not be answered. */
  | { readonly kind: "leave" }
  | { readonly kind: "ack" }
  | { readonly kind: "nak" }
  | { readonly kind: "bad_block" }
  /** A good block; card data has been zeroed in it. */
  | { readonly kind: "apdu"; readonly apdu: Uint8Array; readonly isAnswer: boolean }
  | { readonly kind: "t2" };

/** What the host must do, in this order. */
export type LinkEffect =
  | { readonly kind: "write"; readonly bytes: Uint8Array }
  | { readonly kind: "arm_t2" }
  | { readonly kind: "disarm_t2" }
  /** The APDU of this event goes on to the session. */
  | { readonly kind: "deliver" }
  /** A command of ours has arrived. */
  | { readonly kind: "arrived"; readonly isDoubled: boolean }
  | { readonly kind: "failed" }
  | { readonly kind: "count"; readonly what: "nak" | "retry" | "duplicate" | "collision" | "stray_ack" };

/** A state and what to do on entering it. */
export interface LinkStep {
  readonly state: LinkState;
  readonly effects: readonly LinkEffect[];
}

/** A line at rest. */
export const LINK_START: LinkState = { onWay: undefined, queue: [], heard: undefined };

/** The next state. Total. */
export function stepLink(state: LinkState, event: LinkEvent): LinkStep {
  switch (event.kind) {
    case "send":
      return pump(enqueue(state, event.apdu, event.isAnswer), []);
    case "leave":
      return pump({ ...state, heard: undefined }, []);
    case "ack":
      return state.onWay === undefined
        ? { state, effects: [{ kind: "count", what: "stray_ack" }] }
        : arrived(state, state.onWay, []);
    case "nak":
      return again(state, { kind: "count", what: "nak" }, false);
    case "t2":
      return again(state, { kind: "count", what: "retry" }, true);
    case "bad_block":
      return { state, effects: [write(Uint8Array.of(ZVT_NAK))] };
    case "apdu":
      return heard(state, event.apdu, event.isAnswer);
  }
}

function heard(state: LinkState, apdu: Uint8Array, isAnswer: boolean): LinkStep {
  const effects: LinkEffect[] = [write(Uint8Array.of(ZVT_ACK))];
  const { onWay } = state;
  if (isAnswer) {
    // K3, also for a command that waits behind a collision.
    const waiting = state.queue.find((its) => !its.isAnswer && its.sendCount > 0);
    const known = onWay === undefined || onWay.isAnswer ? waiting : onWay;
    if (known === undefined) return { state, effects: [...effects, { kind: "deliver" }] };
    const queue = state.queue.filter((its) => its !== known);
    const rest = { ...state, queue, onWay: known === onWay ? undefined : onWay };
    const told: LinkEffect = { kind: "arrived", isDoubled: known.isDoubled };
    const disarm: readonly LinkEffect[] = known === onWay ? [{ kind: "disarm_t2" }] : [];
    return pump(rest, [...effects, ...disarm, told, { kind: "deliver" }]);
  }
  if (state.heard?.isOpen === true && isEqual(state.heard.apdu, apdu)) return repeated(state, effects);
  const next: LinkState = { ...state, heard: { apdu, answer: undefined, isOpen: true } };
  if (onWay === undefined) return { state: next, effects: [...effects, { kind: "deliver" }] };
  effects.push({ kind: "disarm_t2" });
  // K3, K4
  if (onWay.isAnswer)
    return { state: { ...next, onWay: undefined }, effects: [...effects, { kind: "deliver" }] };
  effects.push({ kind: "count", what: "collision" }, { kind: "deliver" });
  return { state: { ...next, onWay: undefined, queue: [onWay, ...state.queue] }, effects };
}

/** K2 */
function repeated(state: LinkState, effects: readonly LinkEffect[]): LinkStep {
  const told: readonly LinkEffect[] = [...effects, { kind: "count", what: "duplicate" }];
  const { onWay } = state;
  if (onWay === undefined || !onWay.isAnswer) return { state, effects: told };
  return { state, effects: [...told, write(encodeSerialBlock(onWay.apdu)), { kind: "arm_t2" }] };
}

function enqueue(state: LinkState, apdu: Uint8Array, isAnswer: boolean): LinkState {
  const outgoing = { apdu, isAnswer, sendCount: 0, isDoubled: false };
  if (!isAnswer) return { ...state, queue: [...state.queue, outgoing] };
  const { heard: last } = state;
  return {
    ...state,
    heard: last === undefined ? undefined : { ...last, answer: apdu },
    queue: [outgoing, ...state.queue],
  };
}

/** The next block leaves, unless one is on its way or an answer is owed (K4). */
function pump(state: LinkState, effects: readonly LinkEffect[]): LinkStep {
  const [next, ...queue] = state.queue;
  if (state.onWay !== undefined || next === undefined) return { state, effects };
  const isOwing = state.heard?.isOpen === true && state.heard.answer === undefined;
  if (isOwing && !next.isAnswer) return { state, effects };
  if (next.sendCount >= BLOCK_SENDS_MAX) return failed(state, effects);
  const onWay = { ...next, sendCount: next.sendCount + 1, isDoubled: next.isDoubled || next.sendCount > 0 };
  return {
    state: { ...state, onWay, queue },
    effects: [...effects, write(encodeSerialBlock(next.apdu)), { kind: "arm_t2" }],
  };
}

function arrived(state: LinkState, onWay: Outgoing, effects: readonly LinkEffect[]): LinkStep {
  const { heard: last } = state;
  const closed = onWay.isAnswer && last !== undefined ? { ...last, isOpen: false } : last;
  const done: readonly LinkEffect[] = [
    ...effects,
    { kind: "disarm_t2" },
    ...(onWay.isAnswer ? [] : [{ kind: "arrived", isDoubled: onWay.isDoubled } as const]),
  ];
  return pump({ ...state, onWay: undefined, heard: closed }, done);
}

/** K1 */
function again(state: LinkState, count: LinkEffect, isSilence: boolean): LinkStep {
  const { onWay } = state;
  if (onWay === undefined) return { state, effects: [count] };
  if (onWay.sendCount >= BLOCK_SENDS_MAX) return failed(state, [count]);
  const next = { ...onWay, sendCount: onWay.sendCount + 1, isDoubled: onWay.isDoubled || isSilence };
  return {
    state: { ...state, onWay: next },
    effects: [count, write(encodeSerialBlock(onWay.apdu)), { kind: "arm_t2" }],
  };
}

function failed(state: LinkState, effects: readonly LinkEffect[]): LinkStep {
  return {
    state: { ...state, onWay: undefined, queue: [] },
    effects: [...effects, { kind: "disarm_t2" }, { kind: "failed" }],
  };
}

function write(bytes: Uint8Array): LinkEffect {
  return { kind: "write", bytes };
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
