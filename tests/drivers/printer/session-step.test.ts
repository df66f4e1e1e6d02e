/**
 * The print session as a table: a state, what happens, what is done. The states are reached by real
 * events, so that no row speaks of a state that cannot be.
 */

import { expect, test } from "vitest";
import { NO_PATIENCE } from "../../../drivers/printer/plan.ts";
import type { PrintJob } from "../../../drivers/printer/plan.ts";
import {
  UNCONFIRMED_BYTES_MAX,
  beginSession,
  garbageByteCount,
  stepSession,
} from "../../../drivers/printer/session-step.ts";
import type {
  PrintOutcome,
  SessionEffect,
  SessionEvent,
  SessionStep,
} from "../../../drivers/printer/session.ts";
import { fromHex, toHex } from "../../support/hex.ts";
import { table } from "../../support/table.ts";

const RECEIPT: PrintJob = {
  chunks: [
    { kind: "init", bytes: fromHex("aa") },
    { kind: "text", bytes: fromHex("bb") },
    { kind: "cut", bytes: fromHex("cc") },
  ],
  whenBlocked: undefined,
  marks: { resumed: fromHex("ab"), reprinted: fromHex("ac") },
  patience: NO_PATIENCE,
};
/** Waits for people for three questions, and goes over three connections. */
const PATIENT: PrintJob = {
  ...RECEIPT,
  patience: { blockedMs: 6_000, reconnectDelaysMs: [250, 500] },
};
const DRAWER: PrintJob = {
  chunks: [{ kind: "drawer", bytes: fromHex("dd") }],
  whenBlocked: fromHex("ee"),
  marks: undefined,
  patience: NO_PATIENCE,
};
const CHECK: PrintJob = { ...DRAWER, chunks: [], whenBlocked: undefined };

/** The events that lead from the start of a job to each state. */
const ASKED = "opened; 12; 12; 12; 12";
const SENT = `${ASKED}; written; written; written`;
const STUCK = `${SENT}; 00; timed_out`;
const LOST = `${SENT}; 00; 00; down printer/lost_connection`;
const WAYS = {
  connecting: "",
  asking: "opened",
  "asking the fourth": "opened; 12; 12; 12",
  "writing the first": ASKED,
  "writing the last": `${ASKED}; written; written`,
  "all sent": SENT,
  "all but one confirmed": `${SENT}; 00; 00`,
  "all but one confirmed, low": "opened; 12; 12; 12; 1e; written; written; written; 00; 00",
  diagnosing: STUCK,
  "diagnosing the fourth": `${STUCK}; 12; 12; 12`,
  blocked: `${STUCK}; 1a; 32; 12; 7e`,
  "blocked, asking": `${STUCK}; 1a; 32; 12; 7e; timed_out`,
  "blocked, asking the fourth": `${STUCK}; 1a; 32; 12; 7e; timed_out; 12; 12; 12`,
  pausing: LOST,
  "connecting again": `${LOST}; timed_out`,
  "asking again": `${LOST}; timed_out; opened`,
  "asking again the fourth": `${LOST}; timed_out; opened; 12; 12; 12`,
  "asking again, filled": `${LOST}; timed_out; opened; timed_out`,
  settling: `${LOST}; timed_out; opened; 12; 12; 12; 12`,
  "settling, was away": `${LOST}; timed_out; open_failed; timed_out; opened; 12; 12; 12; 12`,
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
  asking                | 10 00 00 00                        | asking: tell well                    // automatic status
  asking                | written                            | asking:
  asking                | timed_out                          | ended: failed printer/timeout
  asking                | down printer/lost_connection       | ended: failed printer/lost_connection
  asking                | down printer/timeout               | ended: failed printer/timeout
  asking the fourth     | 12                                 | printing: tell well, send aa1d7201, arm 10000
  asking the fourth     | 1e                                 | printing: tell well low, send aa1d7201, arm 10000
  asking the fourth     | 7e                                 | ended: tell printer/paper_out low, failed printer/paper_out

  writing the first     | written                            | printing: send bb1d7201, arm 10000   // does not wait for each marker
  writing the first     | 00                                 | printing: arm 10000
  writing the first     | 00 00                              | printing: arm 10000                  // more answers than questions
  writing the first     | 12                                 | printing:
  writing the first     | timed_out                          | ended: unknown printer/timeout
  writing the first     | down printer/lost_connection       | ended: unknown printer/lost_connection
  writing the first     | down printer/closed                | ended: unknown printer/closed
  writing the last      | written                            | printing: arm 20000

  all sent              | 00                                 | printing: arm 20000
  all sent              | 00 00                              | printing: arm 20000, arm 20000
  all sent              | 00 00 00                           | ended: arm 20000, arm 20000, printed
  all but one confirmed | 00                                 | ended: printed
  all but one confirmed | 10 00 00 00 00                     | ended: tell well, printed            // after an automatic status
  all but one confirmed | 10 00 00 00                        | printing: tell well
  all but one confirmed | 18 00 0c 00                        | printing: tell printer/paper_out     // without patience the timer finds it
  all but one confirmed | 12                                 | printing:
  all but one confirmed | opened                             | printing:
  all but one confirmed | timed_out                          | diagnosing: send 100401, arm 2000
  all but one confirmed | down printer/lost_connection       | ended: unknown printer/lost_connection
  all but one confirmed, low | 03                            | ended: printed low

  diagnosing            | 1a                                 | diagnosing: send 100402, arm 2000
  diagnosing            | 00                                 | printing: arm 20000                  // it was only slow
  diagnosing            | timed_out                          | ended: unknown printer/timeout
  diagnosing            | down printer/lost_connection       | ended: unknown printer/lost_connection
  diagnosing the fourth | 7e                                 | ended: tell printer/paper_out low, unknown printer/paper_out
  diagnosing the fourth | 12                                 | ended: tell well, unknown printer/timeout

  ended                 | opened                             | ended:
  ended                 | 00                                 | ended:
  ended                 | timed_out                          | ended:
  ended                 | kick                               | ended:
  ended                 | down printer/lost_connection       | ended:
  `,
);

test.each(rows)("receipt: $title", ({ state, event, then }) => {
  expect(tell(stepSession(walk(RECEIPT, wayTo(state)).state, eventOf(event)))).toBe(then);
});

const patientRows = table(
  ["state", "event", "then"],
  `
  state                 | event                              | then
  connecting            | open_failed                        | ended: failed printer/unreachable    // nothing has left: not ours to try again
  asking                | down printer/lost_connection       | ended: failed printer/lost_connection
  asking the fourth     | 7e                                 | ended: tell printer/paper_out low, failed printer/paper_out

  all sent              | 18 00 0c 00                        | blocked: tell printer/paper_out, arm 2000
  all sent              | 38 00 00 00                        | blocked: tell printer/cover_open, arm 2000
  all sent              | 18 08 00 00                        | blocked: tell printer/error, arm 2000
  all sent              | 18 00 00 00                        | blocked: tell printer/offline, arm 2000
  all sent              | 10 00 03 00                        | printing: tell well low
  diagnosing the fourth | 7e                                 | blocked: tell printer/paper_out low, arm 2000
  diagnosing the fourth | 12                                 | settling: tell well, arm 1000        // what was sent is gone

  blocked               | timed_out                          | blocked: send 100401, arm 2000
  blocked               | 12                                 | blocked:                             // nobody asked
  blocked               | 00                                 | printing: arm 20000                  // the paper is back
  blocked               | 10 00 00 00                        | printing: tell well, arm 20000
  blocked               | 38 00 00 00                        | blocked: tell printer/cover_open
  blocked               | written                            | blocked:
  blocked               | kick                               | blocked: send ee100401, arm 2000
  blocked               | down printer/lost_connection       | pausing: drop, arm 250
  blocked               | down printer/closed                | ended: unknown printer/closed
  blocked, asking       | 12                                 | blocked: send 100402, arm 2000
  blocked, asking       | timed_out                          | pausing: drop, arm 250
  blocked, asking the fourth | 7e                            | blocked: tell printer/paper_out low, arm 2000
  blocked, asking the fourth | 12                            | printing: tell well, arm 20000

  all but one confirmed | down printer/lost_connection       | pausing: drop, arm 250
  all but one confirmed | down printer/closed                | ended: unknown printer/closed
  writing the first     | timed_out                          | pausing: drop, arm 250
  diagnosing            | timed_out                          | pausing: drop, arm 250
  pausing               | timed_out                          | connecting: open, arm 5000
  pausing               | written                            | pausing:
  pausing               | down printer/closed                | ended: unknown printer/closed
  connecting again      | open_failed                        | pausing: drop, arm 500
  asking again          | timed_out                          | asking: send filler, arm 2000
  asking again, filled  | timed_out                          | pausing: drop, arm 500
  asking again the fourth | 12                               | settling: tell well, arm 1000
  asking again the fourth | 7e                               | blocked: tell printer/paper_out low, arm 2000
  settling              | 00                                 | settling: arm 1000                   // an answer to the first connection's marker
  settling              | timed_out                          | printing: send aa1d7201, arm 10000
  settling, was away    | timed_out                          | printing: send aa1d7201, arm 10000
  `,
);

test.each(patientRows)("patient receipt: $title", ({ state, event, then }) => {
  expect(tell(stepSession(walk(PATIENT, wayTo(state)).state, eventOf(event)))).toBe(then);
});

const ends = table(
  ["events", "then"],
  `
  events                                                        | then
  settling; timed_out; written; written; written; 00 00 00      | arm 20000, arm 20000, printed resumed
  settling, was away; timed_out; written; written; written; written; 00 00 00 00 | arm 20000, arm 20000, arm 20000, printed reprinted
  blocked; timed_out; 1a; 32; 12; 7e; timed_out; 1a; 32; 12; 7e; timed_out | unknown printer/paper_out
  connecting again; open_failed; timed_out; open_failed         | unknown printer/unreachable
  `,
);

test.each(ends)("patient receipt: $title", ({ events, then }) => {
  const [state = "", ...rest] = events.split("; ");
  expect(tell(walk(PATIENT, `${wayTo(state)}; ${rest.join("; ")}`))).toBe(`ended: ${then}`);
});

test("a pulse in the middle of a blocked receipt is told when the printer answers", () => {
  const step = walk(PATIENT, `${WAYS.blocked}; kick; 1a`);
  expect(tell(step)).toBe("blocked: kicked, send 100402, arm 2000");
});

test("no more is sent ahead of its marker than the smallest printer holds", () => {
  const bytes = new Uint8Array(UNCONFIRMED_BYTES_MAX - 1);
  const large = {
    ...RECEIPT,
    chunks: [bytes, bytes, bytes].map((its) => ({ kind: "image" as const, bytes: its })),
  };
  expect(tell(walk(large, `${ASKED}; written`))).toBe("printing: arm 20000");
  expect(walk(large, `${ASKED}; written; 00`).effects[0]?.kind).toBe("send");
});

test("asking how it is sends nothing to print", () => {
  expect(tell(walk(CHECK, ASKED))).toBe("ended: tell well, printed");
  expect(tell(walk(CHECK, "opened; 12; 12; 12; 7e"))).toBe(
    "ended: tell printer/paper_out low, failed printer/paper_out",
  );
});

const drawers = table(
  ["events", "then"],
  `
  events                                         | then
  opened; 12; 12; 12; 12                         | printing: tell well, send dd1d7201, arm 10000
  opened; 12; 12; 12; 12; written                | printing: arm 20000
  opened; 12; 12; 12; 12; written; down printer/lost_connection | ended: unknown printer/lost_connection
  opened; 1a; 32; 12; 7e                         | kicking: tell printer/paper_out low, send ee100401, arm 2000   // no paper: at once instead
  opened; 1a; 16; 12; 12                         | kicking: tell printer/cover_open, send ee100401, arm 2000   // cover open
  opened; 1a; 32; 12; 7e; 1a                     | ended: printed low
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
  expect(rest.at(-1)).toEqual({ kind: "send", bytes: fromHex("aa1d7201") });
});

test("every state but ended waits with a timer: the last effect on entering is arm or finish", () => {
  for (const way of Object.values(WAYS)) {
    expect(["arm", "finish"]).toContain(walk(PATIENT, way).effects.at(-1)?.kind);
  }
});

test("bytes without a meaning are counted", () => {
  expect(garbageByteCount(walk(RECEIPT, "opened").state, fromHex("12ff0080"))).toBe(2);
});

function wayTo(state: string): string {
  const way = new Map<string, string>(Object.entries(WAYS)).get(state);
  return way ?? expect.fail(`No way to ${state}`);
}

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
  if (text === "kick") return { kind: "kick", pulse: fromHex("ee") };
  if (text === "opened" || text === "open_failed" || text === "written" || text === "timed_out") {
    return { kind: text };
  }
  return expect.fail(`No such event: ${text}`);
}

function tell(step: SessionStep): string {
  return `${step.state.kind}: ${step.effects.map(tellEffect).join(", ")}`.trim();
}

function tellEffect(effect: SessionEffect): string {
  switch (effect.kind) {
    case "open":
    case "drop":
    case "kicked":
      return effect.kind;
    case "send":
      return effect.bytes.length > 1_000 ? "send filler" : `send ${toHex(effect.bytes)}`;
    case "arm":
      return `arm ${effect.delayMs}`;
    case "tell":
      return `tell ${effect.condition.problem ?? "well"}${effect.condition.paperLow ? " low" : ""}`;
    case "finish":
      return tellOutcome(effect.outcome);
  }
}

function tellOutcome(outcome: PrintOutcome): string {
  if (outcome.kind !== "printed") return `${outcome.kind} ${outcome.code}`;
  return `printed${outcome.paperLow ? " low" : ""}${outcome.mark === undefined ? "" : ` ${outcome.mark}`}`;
}
