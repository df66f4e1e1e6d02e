/**
 * The session over every order of events.
 */

import { expect, test } from "vitest";
import { beginSession, stepSession } from "../../../../drivers/reader/nexo/session.ts";
import type { NexoEffect, NexoEvent, NexoState } from "../../../../drivers/reader/nexo/session.ts";
import type { ReaderResult } from "../../../../drivers/reader/reader.ts";

const RESULT: ReaderResult = {
  reference: "T1@t",
  amountMinor: 1340,
  currency: "EUR",
  card: { brand: "", lastFour: "", entry: "unknown", verification: "unknown" },
  authorisation: "",
  serial: "SIM100-1",
  isOffline: false,
};
const EVENTS: readonly NexoEvent[] = [
  { kind: "begin" },
  { kind: "not_sent", code: "reader/unreachable" },
  { kind: "broken", code: "reader/link_lost" },
  { kind: "verdict", verdict: { kind: "approved", result: RESULT, slips: [] } },
  { kind: "verdict", verdict: { kind: "refused", code: "reader/declined", text: "" } },
  { kind: "verdict", verdict: { kind: "in_progress" } },
  { kind: "verdict", verdict: { kind: "not_understood" } },
  { kind: "not_found" },
  { kind: "pause_over" },
  { kind: "taken", decision: "accept" },
  { kind: "taken", decision: "refuse" },
  { kind: "cancel" },
  { kind: "close" },
];
const DEPTH = 7;

/** Every sequence of DEPTH events behind a "begin", with what it caused. */
function walk(visit: (events: readonly NexoEvent[], effects: readonly NexoEffect[]) => void): number {
  let count = 0;
  const go = (state: NexoState, events: readonly NexoEvent[], effects: readonly NexoEffect[]): void => {
    count += 1;
    visit(events, effects);
    if (events.length > DEPTH) return;
    for (const event of EVENTS) {
      const step = stepSession(state, event);
      // Where nothing happens, nothing new can follow.
      if (step.effects.length > 0) go(step.state, [...events, event], [...effects, ...step.effects]);
    }
  };
  const first = stepSession(beginSession(), { kind: "begin" });
  go(first.state, [{ kind: "begin" }], first.effects);
  return count;
}

test("over every order of events: sent once a begin, taken once, ended once, declined by a refusal alone", () => {
  const count = walk((events, effects) => {
    const many = (kind: NexoEffect["kind"]): number =>
      effects.filter((effect) => effect.kind === kind).length;
    const begun = events.filter(({ kind }) => kind === "begin").length;
    expect(many("send")).toBe(begun);
    expect(many("end")).toBeLessThanOrEqual(begun);
    expect(many("take")).toBeLessThanOrEqual(begun);
    const declined = effects.filter(
      (effect) => effect.kind === "end" && effect.end.kind === "declined",
    ).length;
    const refusals = events.filter(
      (event) => event.kind === "verdict" && event.verdict.kind === "refused",
    ).length;
    expect(declined).toBe(refusals);
    const captured = effects.filter(
      (effect) => effect.kind === "end" && effect.end.kind === "captured",
    ).length;
    const accepted = events.filter((event) => event.kind === "taken" && event.decision === "accept").length;
    expect(captured).toBe(accepted);
  });
  expect(count).toBeGreaterThan(5000);
});

test("an event that does not fit changes nothing", () => {
  const idle = beginSession();
  for (const event of EVENTS.filter(({ kind }) => kind !== "begin" && kind !== "close"))
    expect(stepSession(idle, event)).toEqual({ state: idle, effects: [] });
});

test("a closed session stays closed", () => {
  const { state } = stepSession(beginSession(), { kind: "close" });
  for (const event of EVENTS) expect(stepSession(state, event)).toEqual({ state, effects: [] });
});
