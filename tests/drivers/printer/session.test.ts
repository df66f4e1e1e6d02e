/**
 * The print session as a table: a state, what happens, what is done. The states are reached by real
 * events, so that no row speaks of a state that cannot be.
 */

import { expect, test } from "vitest";
import { beginSession, garbageByteCount, stepSession } from "../../../drivers/printer/session.ts";
import type { PrintJob, SessionEffect, SessionEvent, SessionStep } from "../../../drivers/printer/session.ts";
import { fromHex, toHex } from "../../support/hex.ts";
import { table } from "../../support/table.ts";

const RECEIPT: PrintJob = {
  chunks: [
    { kind: "init", bytes: fromHex("aa") },
    { kind: "text", bytes: fromHex("bb") },
  ],
  whenBlocked: undefined,
};
const DRAWER: PrintJob = { chunks: [{ kind: "drawer", bytes: fromHex("dd") }], whenBlocked: fromHex("ee") };

/** The events that lead from the start of a job to each state. */
const WAYS = {
  connecting: "",
  asking: "opened",
  "asking the fourth": "opened; 12; 12; 12",
  sending: "opened; 12; 12; 12; 12",
  "sending, low": "opened; 12; 12; 12; 1e",
  "sending the last": "opened; 12; 12; 12; 12; written",
  marking: "opened; 12; 12; 12; 12; written; written",
  "marking, low": "opened; 12; 12; 12; 1e; written; written",
  diagnosing: "opened; 12; 12; 12; 12; written; written; timed_out",
  "diagnosing the fourth": "opened; 12; 12; 12; 12; written; written; timed_out; 12; 12; 12",
  ended: "open_failed",
} as const;

const rows = table(
  ["state", "event", "then"],
  `
  state                 | event                              | then
  connecting            | opened                             | asking: send 100401, arm 2000
  connecting            | open_failed                        | ended: failed printer/unreachable
  connecting            | timed_out                          | ended: failed printer/unreachable
  connecting            | down printer/closed                | ended: failed printer/closed
  connecting            | written                            | connecting:
  connecting            | 12                                 | connecting:

  asking                | 12                                 | asking: send 100402, arm 2000
  asking                | 00                                 | asking:                              // a marker nobody asked for
  asking                | ff                                 | asking:
  asking                | 10 00 00 00                        | asking:                              // automatic status
  asking                | written                            | asking:
  asking                | timed_out                          | ended: failed printer/timeout
  asking                | down printer/lost_connection       | ended: failed printer/lost_connection
  asking                | down printer/timeout               | ended: failed printer/timeout
  asking the fourth     | 12                                 | sending: send aa, arm 10000
  asking the fourth     | 1e                                 | sending: send aa, arm 10000
  asking the fourth     | 7e                                 | ended: failed printer/paper_out

  sending               | written                            | sending: send bb, arm 10000
  sending               | 00                                 | sending:                              // too early to mean "printed"
  sending               | 12                                 | sending:
  sending               | timed_out                          | ended: unknown printer/timeout
  sending               | down printer/lost_connection       | ended: unknown printer/lost_connection
  sending               | down printer/closed                | ended: unknown printer/closed
  sending the last      | written                            | marking: send 1d7201, arm 20000

  marking               | 00                                 | ended: printed
  marking               | 10 00 00 00 00                     | ended: printed                        // after an automatic status
  marking               | 10 00 00 00                        | marking:
  marking               | 12                                 | marking:
  marking               | written                            | marking:
  marking               | opened                             | marking:
  marking               | timed_out                          | diagnosing: send 100401, arm 2000
  marking               | down printer/lost_connection       | ended: unknown printer/lost_connection
  marking, low          | 03                                 | ended: printed, paper low

  diagnosing            | 1a                                 | diagnosing: send 100402, arm 2000
  diagnosing            | 00                                 | ended: printed                        // it was only slow
  diagnosing            | timed_out                          | ended: unknown printer/timeout
  diagnosing            | down printer/lost_connection       | ended: unknown printer/lost_connection
  diagnosing the fourth | 7e                                 | ended: unknown printer/paper_out
  diagnosing the fourth | 12                                 | ended: unknown printer/timeout

  ended                 | opened                             | ended:
  ended                 | 00                                 | ended:
  ended                 | timed_out                          | ended:
  ended                 | down printer/lost_connection       | ended:
  `,
);

test.each(rows)("receipt: $title", ({ state, event, then }) => {
  const way = new Map<string, string>(Object.entries(WAYS)).get(state);
  const before = walk(RECEIPT, way ?? expect.fail(`No way to ${state}`));
  const step = stepSession(before.state, eventOf(event));
  expect(tell(step)).toBe(then);
});

const drawers = table(
  ["events", "then"],
  `
  events                                         | then
  opened; 12; 12; 12; 12                         | sending: send dd, arm 10000
  opened; 12; 12; 12; 12; written                | marking: send 1d7201, arm 20000
  opened; 1a; 32; 12; 7e                         | kicking: send ee100401, arm 2000   // no paper: at once instead
  opened; 1a; 16; 12; 12                         | kicking: send ee100401, arm 2000   // cover open
  opened; 1a; 32; 12; 7e; 1a                     | ended: printed
  opened; 1a; 32; 12; 7e; 00                     | kicking:
  opened; 1a; 32; 12; 7e; timed_out              | ended: unknown printer/timeout
  opened; 1a; 32; 12; 7e; down printer/lost_connection | ended: unknown printer/lost_connection
  `,
);

test.each(drawers)("drawer: $title", ({ events, then }) => {
  expect(tell(walk(DRAWER, events))).toBe(then);
});

test("a session begins by opening, with its timer running", () => {
  expect(beginSession(RECEIPT).effects).toEqual([{ kind: "open" }, { kind: "arm", delayMs: 5_000 }]);
});

test("four answers in one packet are four answers", () => {
  const [first, ...rest] = walk(RECEIPT, "opened; 12 12 12 12").effects.filter(({ kind }) => kind === "send");
  expect(first).toEqual({ kind: "send", bytes: fromHex("100402") });
  expect(rest.at(-1)).toEqual({ kind: "send", bytes: fromHex("aa") });
});

test("every state but ended waits with a timer: the last effect on entering is arm or finish", () => {
  for (const way of Object.values(WAYS)) {
    expect(["arm", "finish"]).toContain(walk(RECEIPT, way).effects.at(-1)?.kind);
  }
});

test("bytes without a meaning are counted", () => {
  expect(garbageByteCount(walk(RECEIPT, "opened").state, fromHex("12ff0080"))).toBe(2);
});

/** The step that the last of the events gives. */
function walk(job: PrintJob, events: string): SessionStep {
  const texts = events === "" ? [] : events.split("; ");
  return texts.reduce((step, text) => stepSession(step.state, eventOf(text)), beginSession(job));
}

function eventOf(text: string): SessionEvent {
  if (/^[0-9a-f]{2}( |$)/.test(text)) return { kind: "received", bytes: fromHex(text) };
  if (text === "down printer/closed") return { kind: "link_down", code: "printer/closed" };
  if (text === "down printer/timeout") return { kind: "link_down", code: "printer/timeout" };
  if (text === "down printer/lost_connection") return { kind: "link_down", code: "printer/lost_connection" };
  if (text === "opened" || text === "open_failed" || text === "written" || text === "timed_out") {
    return { kind: text };
  }
  return expect.fail(`No such event: ${text}`);
}

function tell(step: SessionStep): string {
  return `${step.state.kind}: ${step.effects.map(tellEffect).join(", ")}`.trim();
}

function tellEffect(effect: SessionEffect): string {
  if (effect.kind === "open") return "open";
  if (effect.kind === "send") return `send ${toHex(effect.bytes)}`;
  if (effect.kind === "arm") return `arm ${effect.delayMs}`;
  const { outcome } = effect;
  if (outcome.kind === "printed") return outcome.paperLow ? "printed, paper low" : "printed";
  return `${outcome.kind} ${outcome.code}`;
}
