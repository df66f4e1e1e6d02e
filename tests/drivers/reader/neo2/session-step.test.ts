/**
 * The session under any order of events: one command outstanding, a timer in every waiting state, one end
 * for each errand, and no end that could be wrong about money. And the pauses between tries to connect.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { COMMANDS } from "../../../../drivers/reader/neo2/commands.ts";
import { Cryptogram } from "../../../../drivers/reader/neo2/cryptogram.ts";
import type {
  Charge,
  Outcome,
  ReplyContent,
  SessionEffect,
  SessionEvent,
  SessionState,
} from "../../../../drivers/reader/neo2/session.ts";
import {
  SESSION_START,
  canStart,
  outstandingOf,
  stepSession,
} from "../../../../drivers/reader/neo2/session-step.ts";

const CHARGE: Charge = {
  ref: "t",
  amountMinor: 1_340,
  currency: "EUR",
  activation: Uint8Array.of(60),
  waitMs: 60_000,
  serial: undefined,
};
const FACTS = { brand: "Visa", lastFour: "0119", entry: "contactless", verification: "none" } as const;

function card(isClear: boolean): ReplyContent {
  const cryptogram = isClear ? undefined : Cryptogram.of([Uint8Array.of(1)]);
  return { kind: "card", facts: FACTS, cryptogram, isClear, cardError: undefined };
}

const contents = fc.constantFrom<() => ReplyContent>(
  () => ({ kind: "none" }),
  () => ({ kind: "text", text: "630Z000001" }),
  () => ({ kind: "text", text: "" }),
  () => ({ kind: "uid", uid: "04A1B2C3" }),
  () => ({ kind: "uid", uid: "" }),
  () => card(false),
  () => card(true),
);
const replies = fc
  .record({
    name: fc.constantFrom(...Object.keys(COMMANDS)),
    status: fc.constantFrom(0x00, 0x08, 0x0a, 0x0b, 0x0e, 0x23),
    content: contents,
  })
  .map(({ name, status, content }): SessionEvent => {
    const command = Object.entries(COMMANDS).find(([its]) => its === name)?.[1].command ?? 0;
    return { kind: "reply", command, status, content: content() };
  });
const events = fc.oneof(
  { weight: 6, arbitrary: fc.constant("fitting_reply" as const) },
  { weight: 3, arbitrary: replies },
  {
    weight: 6,
    arbitrary: fc.constantFrom<SessionEvent>(
      { kind: "start", errand: { kind: "ready" } },
      { kind: "start", errand: { kind: "pay", charge: CHARGE } },
      { kind: "start", errand: { kind: "read_card", pollCount: 3 } },
      { kind: "opened" },
      { kind: "opened" },
      { kind: "timed_out" },
      { kind: "cancel" },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<SessionEvent>(
      { kind: "link_down" },
      { kind: "garbled" },
      { kind: "host_answered", answer: { kind: "unknown" } },
      { kind: "host_answered", answer: { kind: "declined", text: "" } },
      {
        kind: "host_answered",
        answer: { kind: "approved", reference: "r", amountMinor: 1_340, currency: "EUR", authorisation: "" },
      },
      { kind: "taken", verdict: "accept" },
      { kind: "taken", verdict: "refuse" },
    ),
  },
  { weight: 1, arbitrary: fc.constant<SessionEvent>({ kind: "close" }) },
);

/** The reply that the state waits for, all well. */
function fittingReply(state: SessionState): SessionEvent {
  const name = outstandingOf(state);
  const command = name === undefined ? 0 : COMMANDS[name].command;
  const content: ReplyContent =
    name === "activate"
      ? card(false)
      : name === "pollForToken"
        ? { kind: "uid", uid: "04A1B2C3" }
        : { kind: "text", text: "630Z000001" };
  return { kind: "reply", command, status: name === "activate" ? 0x23 : 0x00, content };
}

const WITHOUT_TIMER: ReadonlySet<SessionState["kind"]> = new Set(["down", "closed", "idle", "taking"]);

interface Watch {
  isArmed: boolean;
  runningCount: number;
  /** The host was asked about the errand that runs. */
  wasAsked: boolean;
  wasApproved: boolean;
}

function judgeEnd(outcome: Outcome, watch: Watch): void {
  watch.runningCount -= 1;
  if (outcome.kind !== "paid") return;
  const { end } = outcome;
  // N1: what could have moved money is never said to be nothing, and nothing is never said to be money.
  if (end.kind === "captured") expect(watch.wasApproved).toBe(true);
  if (end.kind === "unknown") expect(watch.wasAsked).toBe(true);
  if (end.kind === "not_sent") expect(watch.wasAsked).toBe(false);
  if (end.kind === "declined") expect(watch.wasApproved).toBe(false);
}

function judge(before: SessionState, effects: readonly SessionEffect[], watch: Watch): void {
  for (const effect of effects) {
    if (effect.kind === "arm") watch.isArmed = effect.delayMs !== undefined;
    if (effect.kind === "finish") judgeEnd(effect.outcome, watch);
    if (effect.kind === "authorise") watch.wasAsked = true;
    // N2
    if (effect.kind === "send" && before.kind === "activating") expect(effect.command).toBe("cancel");
    if (effect.kind === "send" && before.kind === "stopping")
      throw new Error("sent before 05-01 was answered");
  }
}

test("any order of events keeps N1, N2 and N4, and ends each errand once (seed printed by fast-check)", () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 60 }), (many) => {
      const watch: Watch = { isArmed: false, runningCount: 0, wasAsked: false, wasApproved: false };
      let state = SESSION_START;
      for (const drawn of many) {
        const event = drawn === "fitting_reply" ? fittingReply(state) : drawn;
        if (event.kind === "start" && (watch.runningCount > 0 || !canStart(state))) continue;
        if (event.kind === "start")
          Object.assign(watch, { runningCount: 1, wasAsked: false, wasApproved: false });
        if (event.kind === "timed_out" && !watch.isArmed) continue;
        if (event.kind === "timed_out") watch.isArmed = false;
        const isHeard = event.kind === "host_answered" && state.kind === "authorising";
        if (isHeard && event.answer.kind === "approved") watch.wasApproved = true;
        const step = stepSession(state, event);
        judge(state, step.effects, watch);
        state = step.state;
        // N4
        expect([state.kind, watch.isArmed]).toEqual([state.kind, !WITHOUT_TIMER.has(state.kind)]);
        expect(watch.runningCount).toBeGreaterThanOrEqual(0);
      }
      // Closing ends whatever runs.
      judge(state, stepSession(state, { kind: "close" }).effects, watch);
      expect(watch.runningCount).toBe(0);
    }),
    { numRuns: 3_000 },
  );
});

test("a reader that stays away is tried after 250 ms, then twice as long each time, up to 8 s", () => {
  let state: SessionState = stepSession(SESSION_START, { kind: "start", errand: { kind: "ready" } }).state;
  const pauses: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const failed = stepSession(state, { kind: "link_down" });
    pauses.push(...failed.effects.flatMap((effect) => (effect.kind === "arm" ? [effect.delayMs ?? 0] : [])));
    state = stepSession(failed.state, { kind: "timed_out" }).state;
  }
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
});

test("a closed session does nothing more", () => {
  const { state } = stepSession(SESSION_START, { kind: "close" });
  for (const kind of ["opened", "link_down", "timed_out", "cancel", "garbled", "close"] as const) {
    expect(stepSession(state, { kind })).toEqual({ state, effects: [] });
  }
});

test("an approval without a usable reference is unknown: no refund could ever name it", () => {
  for (const reference of ["", "with blank", "x".repeat(65), "ü"]) {
    const identity = { model: "m", serial: "s" };
    const state: SessionState = {
      kind: "authorising",
      charge: CHARGE,
      card: FACTS,
      isUp: true,
      identity,
      isTrusted: true,
    };
    const answer = {
      kind: "approved",
      reference,
      amountMinor: 1,
      currency: "EUR",
      authorisation: "",
    } as const;
    const { effects } = stepSession(state, { kind: "host_answered", answer });
    expect(effects).toContainEqual({
      kind: "finish",
      outcome: { kind: "paid", end: { kind: "unknown", code: "reader/unknown_result" } },
    });
  }
});
