/** A plugged-in simulated terminal: power at every step, and the faults of its tongue. */

import { expect, test } from "vitest";
import type { Fault } from "../../../../../tools/sim/reader/fault-plan.ts";
import { NEWER, OLDER } from "../../../../../tools/sim/reader/zvt/behaviour.ts";
import { zvtDesk } from "../../../../support/zvt-desk.ts";
import type { Desk } from "../../../../support/zvt-desk.ts";

const REGISTER = "06 00 06 12 34 56 10 09 78";
const CHARGE = "06 01 0A 04 00 00 00 00 13 40 49 09 78";

/** A whole charge, or what the plan makes of it. */
function charge(desk: Desk): void {
  desk.answerAll();
  desk.say(REGISTER);
  desk.timers.advance(10);
  desk.say(CHARGE);
  desk.timers.advance(10);
  desk.unit.put({ kind: "holder", act: { kind: "present", cardKey: "visa", technology: "contactless" } });
  desk.timers.advance(60_000);
}

/** How many steps an undisturbed charge takes. */
function stepsOf(): number {
  const desk = zvtDesk();
  charge(desk);
  return desk.unit.stepCount;
}

test("a power cut at any step leaves an older terminal with a charge that stands whole or not at all", () => {
  const left = new Map<string, number>();
  for (let step = 1; step <= stepsOf(); step += 1) {
    for (const when of ["before_outputs", "after_outputs"] as const) {
      const desk = zvtDesk({ faults: [{ kind: "power", step, when }] });
      charge(desk);
      desk.unit.powerOn();
      desk.timers.advance(1_000);
      const { pending, toReverse, turnovers } = desk.unit.state.memory;
      expect({ step, when, pending, toReverse }).toEqual({ step, when, pending: null, toReverse: [] });
      const stands = desk.acquirer.netMinor("EUR");
      expect(turnovers.reduce((sum, its) => sum + its.amountMinor, 0)).toBe(stands);
      left.set(String(stands), (left.get(String(stands)) ?? 0) + 1);
    }
  }
  // Both ends of the matter are among the cuts.
  expect([...left.keys()].toSorted()).toEqual(["0", "1340"]);
});

test("a newer terminal keeps what was approved through a power cut at any later step", () => {
  for (let step = 1; step <= stepsOf(); step += 1) {
    const desk = zvtDesk({ behaviour: NEWER, faults: [{ kind: "power", step, when: "after_outputs" }] });
    charge(desk);
    desk.unit.powerOn();
    desk.timers.advance(1_000);
    const { turnovers } = desk.unit.state.memory;
    expect(turnovers.reduce((sum, its) => sum + its.amountMinor, 0)).toBe(desk.acquirer.netMinor("EUR"));
  }
});

function resultsOf(fault: Fault): readonly string[] {
  const desk = zvtDesk({ faults: [fault] });
  charge(desk);
  return desk.heard().filter((hex) => hex.startsWith("040f"));
}

test("a result comes twice, for another amount, in another currency, or from another terminal", () => {
  const [plain = ""] = resultsOf({ kind: "result_twice", ordinal: 9 });
  expect(resultsOf({ kind: "result_twice", ordinal: 1 })).toEqual([plain, plain]);
  expect(resultsOf({ kind: "result_amount", ordinal: 1, amountMinor: 134_000 })).toEqual([
    plain.replace("04000000001340", "04000000134000"),
  ]);
  expect(resultsOf({ kind: "result_currency", ordinal: 1, currency: "0156" })).toEqual([
    plain.replace("490978", "490156"),
  ]);
  expect(resultsOf({ kind: "swap", ordinal: 3, terminalId: "99999999" })).toEqual([
    plain.replace("2952500041", "2999999999"),
  ]);
});

test("a late result is the same result", () => {
  const desk = zvtDesk({ faults: [{ kind: "result_late", ordinal: 1, delayMs: 3_000 }] });
  desk.answerAll();
  desk.say(REGISTER);
  desk.timers.advance(10);
  desk.say(CHARGE);
  desk.unit.put({ kind: "holder", act: { kind: "present", cardKey: "visa", technology: "contactless" } });
  desk.timers.advance(2_900);
  expect(desk.heard().filter((hex) => hex.startsWith("040f"))).toEqual([]);
  desk.timers.advance(400);
  expect(desk.heard().filter((hex) => hex.startsWith("040f"))).toHaveLength(1);
});

test("without power nobody answers, and what it remembers is what it had saved", () => {
  const desk = zvtDesk({ behaviour: OLDER });
  charge(desk);
  desk.heard();
  desk.unit.powerOff();
  desk.connect();
  desk.say(REGISTER);
  desk.unit.put({ kind: "holder", act: { kind: "stop" } });
  expect(desk.heard()).toEqual([]);
  desk.unit.powerOn();
  expect(desk.unit.state.memory.turnovers).toHaveLength(1);
});

test("a second till takes the place of the first, which hears no more", () => {
  const desk = zvtDesk();
  charge(desk);
  const before = desk.unit.byteCounts.to_till;
  desk.connect();
  desk.say(REGISTER);
  expect(desk.heard().at(-1)).toBe("060f0a19002952500041490978");
  expect(desk.unit.byteCounts.to_till).toBeGreaterThan(before);
});
