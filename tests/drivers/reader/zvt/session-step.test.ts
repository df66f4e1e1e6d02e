/** The session as a machine: chosen courses, and laws over events in any order. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ReaderRequest } from "../../../../drivers/reader/reader.ts";
import { zvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import type { ZvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import { bmpField } from "../../../../drivers/reader/zvt/bmp.ts";
import { judgeMoney } from "../../../../drivers/reader/zvt/judge.ts";
import { enquiryCommand, moneyCommand } from "../../../../drivers/reader/zvt/requests.ts";
import { INBOX_LEN_MAX, T3_MS, T4_MS } from "../../../../drivers/reader/zvt/session.ts";
import type {
  CommandEnd,
  SessionConfig,
  SessionEffect,
  SessionEvent,
  SessionState,
} from "../../../../drivers/reader/zvt/session.ts";
import { SESSION_START, stepSession } from "../../../../drivers/reader/zvt/session-step.ts";
import { payRequest } from "../../../conformance/reader.ts";

const CONFIG: SessionConfig = {
  currencyOfDigits: new Map([["0978", "EUR"]]),
  currency: "EUR",
  serial: "52500041",
  canAbort: true,
  isInDoubt: false,
};

const SETUP = {
  password: "000000",
  currencies: new Map([["EUR", "0978"]]),
  currency: "EUR",
  printsItself: false,
  generation: "current",
} as const;

function start(request: ReaderRequest = payRequest("EUR")): SessionEvent {
  const command = moneyCommand(request, SETUP);
  if (command === undefined) throw new Error("The request can be said");
  return { kind: "start", command };
}

const says = (message: ZvtMessage): SessionEvent => ({ kind: "message", message });
const ARRIVED: SessionEvent = { kind: "arrived", isDoubled: false };
const YES = says(zvtMessage("done"));
const no = (reason: number): SessionEvent => says(zvtMessage("refused", [], { kind: "none" }, reason));
const approved = (trace = "000017", amount = 1_340): ZvtMessage =>
  zvtMessage("status_information", [
    bmpField("result", 0),
    bmpField("amount", amount),
    bmpField("trace", trace),
    bmpField("receipt", "0042"),
  ]);
const DECLINED = zvtMessage("status_information", [bmpField("result", 5)]);
const PROMPT = zvtMessage("intermediate_status", [], {
  kind: "intermediate",
  status: 0x0a,
  minutes: undefined,
});
const COMPLETED = zvtMessage("completion");
const ABORTED = zvtMessage("abort", [], { kind: "result", result: 0x6c, currency: undefined });
const LINE = zvtMessage("print_line", [], { kind: "print_line", attribute: 0, text: "x" });
const LAST_LINE = zvtMessage("print_line", [], { kind: "print_line", attribute: 0x80, text: "" });
const ACCEPT: SessionEvent = { kind: "taken", word: "accept" };
const REFUSE: SessionEvent = { kind: "taken", word: "refuse" };

interface Play {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
  readonly ends: readonly CommandEnd[];
}

function play(events: readonly SessionEvent[]): Play {
  let state = SESSION_START;
  const effects: SessionEffect[] = [];
  for (const event of events) {
    const step = stepSession(state, event, CONFIG);
    state = step.state;
    effects.push(...step.effects);
  }
  const ends = effects.flatMap((effect) => (effect.kind === "finish" ? [effect.end] : []));
  return { state, effects, ends };
}

function answers({ effects }: Play): readonly number[] {
  return effects.flatMap((effect) => (effect.kind === "answer" ? [effect.message.code] : []));
}

test("a result is answered only after the desk's word", () => {
  const before = play([start(), ARRIVED, YES, says(approved())]);
  expect(answers(before)).toEqual([]);
  expect(before.effects.at(-1)).toMatchObject({ kind: "take", result: { reference: "0042:000017" } });
  expect(answers(play([start(), ARRIVED, YES, says(approved()), ACCEPT]))).toEqual([0x8000]);
  expect(answers(play([start(), ARRIVED, YES, says(approved()), REFUSE]))).toEqual([0x84ff]);
});

test("84 00 is a yes as well", () => {
  expect(play([start(), ARRIVED, no(0)]).state.kind).toBe("running");
});

test("a result without an amount is refused without asking the desk, so that it is taken back", () => {
  const bare = zvtMessage("status_information", [bmpField("result", 0)]);
  const played = play([start(), ARRIVED, YES, says(bare)]);
  expect(answers(played)).toEqual([0x84ff]);
  expect(played.effects.some(({ kind }) => kind === "take")).toBe(false);
});

test("a reversal is of the whole when the terminal does not say how much", () => {
  const bare = zvtMessage("status_information", [bmpField("result", 0), bmpField("trace", "000018")]);
  const reverse = { ...payRequest("EUR"), kind: "reverse", original: "0041:000016" } as const;
  expect(play([start(reverse), ARRIVED, YES, says(bare)]).effects.at(-1)).toMatchObject({
    kind: "take",
    result: { amountMinor: 1_340, reference: ":000018" },
  });
});

test("waits are T3 for the answer and T4 for the end, each ending in doubt", () => {
  expect(play([start(), ARRIVED]).effects).toContainEqual({ kind: "arm", timer: "t3", delayMs: T3_MS });
  expect(play([start(), ARRIVED, YES]).effects).toContainEqual({ kind: "arm", timer: "t4", delayMs: T4_MS });
  for (const [events, timer] of [
    [[start(), ARRIVED], "t3"],
    [[start(), ARRIVED, YES], "t4"],
  ] as const) {
    expect(play([...events, { kind: "timed_out", timer }]).ends).toEqual([
      { kind: "doubt", code: "reader/no_answer", hasLeft: true },
    ]);
  }
});

test("the long wait stands still while the desk is asked", () => {
  const asked = [start(), ARRIVED, YES, says(approved())];
  expect(play([...asked, { kind: "timed_out", timer: "t4" }]).ends).toEqual([]);
});

test("what comes while the desk is asked waits, in order, up to a bound", () => {
  const asked = [start(), ARRIVED, YES, says(approved())];
  const played = play([...asked, says(PROMPT), says(COMPLETED), ACCEPT]);
  expect(answers(played)).toEqual([0x8000, 0x8000, 0x8000]);
  expect(played.ends.map((end) => judgeMoney(end))).toEqual([{ kind: "captured", reference: "0042:000017" }]);
  const flood = Array.from({ length: INBOX_LEN_MAX + 1 }, () => says(PROMPT));
  expect(play([...asked, ...flood]).ends).toEqual([
    { kind: "doubt", code: "reader/protocol", hasLeft: true },
  ]);
});

test("another result behind the first is shown to the desk as well, and the last one counts", () => {
  const played = play([
    ...[start(), ARRIVED, YES, says(approved()), ACCEPT],
    ...[says(approved("000018")), ACCEPT, says(COMPLETED)],
  ]);
  expect(played.ends.map((end) => judgeMoney(end))).toEqual([{ kind: "captured", reference: "0042:000018" }]);
});

test("a cancel before the terminal's yes is sent behind it", () => {
  const played = play([start(), ARRIVED, { kind: "cancel" }, YES]);
  expect(played.effects.filter(({ kind }) => kind === "send")).toHaveLength(2);
});

test("a cancel after the result is too late and not sent", () => {
  const played = play([start(), ARRIVED, YES, says(approved()), { kind: "cancel" }]);
  expect(played.effects.filter(({ kind }) => kind === "send")).toHaveLength(1);
});

test("while a request is in doubt nothing is said to a late result or slip, and to all else it is", () => {
  const inDoubt = { ...CONFIG, isInDoubt: true };
  const answered = (message: ZvtMessage): readonly string[] =>
    stepSession(SESSION_START, says(message), inDoubt).effects.map(({ kind }) => kind);
  expect(answered(approved())).toEqual(["count", "leave"]);
  expect(answered(LINE)).toEqual(["count", "leave"]);
  for (const message of [DECLINED, PROMPT, COMPLETED, ABORTED]) {
    expect(answered(message)).toEqual(["count", "answer"]);
  }
});

const ENQUIRY: SessionEvent = { kind: "start", command: enquiryCommand(SETUP) };

test("a no behind a yes means that the yes was an old one: nobody knows", () => {
  const played = play([start(), ARRIVED, YES, no(0x9c)]);
  expect(played.ends).toEqual([{ kind: "refused", result: 0x9c, isDoubled: true }]);
  expect(played.ends.map((end) => judgeMoney(end).kind)).toEqual(["unknown"]);
  const cancelled = play([start(), ARRIVED, YES, { kind: "cancel" }, no(0x9c)]);
  expect(cancelled.ends).toEqual([]);
});

test("a result or slip of an earlier payment is no part of a question: it is refused, or left in doubt", () => {
  const asked = [ENQUIRY, ARRIVED, YES];
  expect(answers(play([...asked, says(approved()), says(LINE)]))).toEqual([0x84ff, 0x84cc]);
  let state: SessionState = SESSION_START;
  const kinds: string[] = [];
  for (const event of [...asked, says(approved()), says(LINE), says(COMPLETED)]) {
    const step = stepSession(state, event, { ...CONFIG, isInDoubt: true });
    state = step.state;
    kinds.push(...step.effects.map(({ kind }) => kind));
  }
  expect(kinds.filter((kind) => kind === "leave" || kind === "answer")).toEqual(["leave", "leave", "answer"]);
  expect(state.kind).toBe("idle");
});

const EVENTS: readonly SessionEvent[] = [
  ARRIVED,
  { kind: "arrived", isDoubled: true },
  YES,
  no(0x9c),
  no(0x8e),
  says(approved()),
  says(approved("000018")),
  says(approved("000017", 9)),
  says(DECLINED),
  says(PROMPT),
  says(COMPLETED),
  says(ABORTED),
  says(LINE),
  says(LAST_LINE),
  says(zvtMessage("print_text_block")),
  says(zvtMessage("set_time_terminal")),
  ACCEPT,
  REFUSE,
  { kind: "slip_kept", isKept: true },
  { kind: "slip_kept", isKept: false },
  { kind: "cancel" },
  { kind: "timed_out", timer: "t3" },
  { kind: "timed_out", timer: "t4" },
  { kind: "timed_out", timer: "answer" },
  { kind: "down", code: "reader/link_lost" },
];

test("events in any order: the laws of the session hold", () => {
  const event = fc.constantFrom(...EVENTS);
  fc.assert(
    fc.property(fc.array(event, { maxLength: 25 }), fc.boolean(), (events, isBegun) => {
      holdsLaws([start(), ...(isBegun ? [ARRIVED, YES] : []), ...events]);
    }),
    { numRuns: 30_000 },
  );
});

test("every course of three events, from the beginning and from a result on, holds the laws", () => {
  const middle = [start(), ARRIVED, YES, says(approved())];
  for (const first of EVENTS) {
    for (const second of EVENTS) {
      for (const third of EVENTS) {
        holdsLaws([...middle, first, second, third]);
        holdsLaws([start(), ARRIVED, first, second, third]);
      }
    }
  }
});

/** What has happened so far in one course. */
interface Course {
  state: SessionState;
  isDeskAsked: boolean;
  readonly timers: Set<string>;
  acceptedCount: number;
  heardCount: number;
  answeredCount: number;
  endCount: number;
}

function holdsLaws(events: readonly SessionEvent[]): void {
  const course: Course = {
    state: SESSION_START,
    isDeskAsked: false,
    timers: new Set(),
    acceptedCount: 0,
    heardCount: 0,
    answeredCount: 0,
    endCount: 0,
  };
  for (const event of events) {
    if (!canHappen(course, event)) continue;
    const wasIdle = course.state.kind === "idle";
    const step = stepSession(course.state, event, CONFIG);
    course.state = step.state;
    for (const effect of step.effects) note(course, effect, event);
    law(course.answeredCount <= course.heardCount, "one answer for one message");
    if (course.state.kind === "idle" && wasIdle && event.kind === "message") {
      const isAnswered = step.effects.some(({ kind }) => kind === "answer");
      law(isAnswered === isOwedAnswer(event), "at rest everything is answered");
    }
    holdsS4(course);
  }
  law(course.endCount <= 1, "one end");
}

/** The desk answers what it was asked, once; a timer fires when it runs. */
function canHappen(course: Course, event: SessionEvent): boolean {
  if (event.kind === "timed_out") return course.timers.delete(event.timer);
  if (event.kind === "message" && isOwedAnswer(event)) course.heardCount += 1;
  if (event.kind !== "taken" && event.kind !== "slip_kept") return true;
  const asked = course.state.kind === "running" ? course.state.dialogue.waiting?.kind : undefined;
  if (asked !== (event.kind === "taken" ? "take" : "slip")) return false;
  course.isDeskAsked = false;
  if (event.kind === "taken" && event.word === "accept") course.acceptedCount += 1;
  return true;
}

function isOwedAnswer(event: SessionEvent): boolean {
  return event.kind === "message" && event.message.name !== "done" && event.message.name !== "refused";
}

function note(course: Course, effect: SessionEffect, event: SessionEvent): void {
  if (effect.kind === "arm") course.timers.add(effect.timer);
  if (effect.kind === "disarm") course.timers.delete(effect.timer);
  if (effect.kind === "take" || effect.kind === "slip") course.isDeskAsked = true;
  if (effect.kind === "answer") course.answeredCount += 1;
  if (effect.kind !== "finish") return;
  course.endCount += 1;
  course.isDeskAsked = false;
  const { kind } = judgeMoney(effect.end);
  law(kind !== "captured" || course.acceptedCount > 0, "captured is what the desk took");
  law(kind !== "declined" || course.acceptedCount === 0, "declined is nothing that the desk took");
  const isItsWord = ["message", "taken", "slip_kept"].includes(event.kind);
  law(kind !== "captured" || isItsWord, "captured is the terminal's word");
}

function holdsS4({ state, timers, isDeskAsked }: Course): void {
  const { kind } = state;
  law(kind !== "running" || isDeskAsked || timers.has("t4"), "running has a timer, or the desk has it");
  // Before its arrival the link has the timer.
  law(kind !== "sending" || timers.size === 0 || timers.has("t3"), "sending has a timer");
  law(kind !== "idle" || timers.size === 0, "at rest no timer runs");
}

/** Cheaper than an assertion of the framework: it is asked a million times. */
function law(holds: boolean, says: string): void {
  if (!holds) throw new Error(says);
}
