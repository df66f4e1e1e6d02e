/** The session as a table of states and events, and the promises N1 to N3. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FRAME_CONFIG } from "../../../drivers/scanner/frame.ts";
import type { SessionConfig, SessionEvent, SessionState } from "../../../drivers/scanner/session.ts";
import {
  RECONNECT_DELAY_MS,
  RECONNECT_DELAY_MS_MAX,
  beginSession,
  stepSession,
} from "../../../drivers/scanner/session.ts";
import { hidReports } from "../../../tools/sim/scanner/reports.ts";
import { scanBytes } from "./scan-codes.ts";

const LINE: SessionConfig = { input: "line", frame: FRAME_CONFIG };
const HID: SessionConfig = { input: "hid_reports", frame: FRAME_CONFIG };
const EAN = "6900350006025";
const LOST: SessionEvent = { kind: "link_down", code: "port/lost" };
const heard = (text: string): SessionEvent => ({ kind: "received", bytes: scanBytes(text) });

/** Effects in words, and the state reached. */
function play(
  events: readonly SessionEvent[],
  config = LINE,
): { state: SessionState; effects: readonly string[] } {
  const first = beginSession();
  let state = first.state;
  const effects = events.flatMap((event) => {
    const step = stepSession(state, event, config);
    state = step.state;
    return step.effects.map((effect) => {
      if (effect.kind === "arm") return `arm ${effect.delayMs ?? "nothing"}`;
      if (effect.kind === "tell") return effect.link.kind === "up" ? "up" : `down ${effect.link.code}`;
      if (effect.kind !== "deliver") return effect.kind;
      return effect.frame.kind === "code" ? effect.frame.text : effect.frame.code;
    });
  });
  return { state, effects };
}

test("a session opens its link first", () => {
  expect(beginSession().effects).toEqual([{ kind: "open" }]);
});

test("after a quiet opening a code is delivered", () => {
  expect(play([{ kind: "opened" }, { kind: "timed_out" }, heard(`${EAN}\r`)]).effects).toEqual([
    "up",
    "arm 250",
    "arm nothing",
    EAN,
    "arm nothing",
  ]);
});

test("a lost link cuts off what was begun, tells it, rests and opens again", () => {
  const events = [
    { kind: "opened" },
    { kind: "timed_out" },
    heard("6900"),
    LOST,
    { kind: "timed_out" },
  ] as const;
  const { state, effects } = play(events);
  expect(effects.slice(3)).toEqual(["arm 50", "scan/cut_off", "down port/lost", "arm 250", "open"]);
  expect(state.kind).toBe("connecting");
});

test("the second half of a code on a new link is no code", () => {
  const events = [
    { kind: "opened" },
    { kind: "timed_out" },
    heard("69003"),
    LOST,
    { kind: "timed_out" },
    { kind: "opened" },
    heard("50006025\r"),
    { kind: "timed_out" },
    heard(`${EAN}\r`),
  ] as const;
  const told = play(events).effects.filter((effect) => /^(scan|\d)/.test(effect));
  expect(told).toEqual(["scan/cut_off", "scan/cut_off", EAN]);
});

test("connecting again waits longer each time up to a bound, and anew once bytes have come", () => {
  const failures = Array.from({ length: 8 }, (): readonly SessionEvent[] => [
    LOST,
    { kind: "timed_out" },
  ]).flat();
  const waits = play(failures).effects.filter((effect) => effect.startsWith("arm"));
  const expected = [1, 2, 4, 8, 16, 16, 16, 16].map((factor) => `arm ${RECONNECT_DELAY_MS * factor}`);
  expect(waits).toEqual(expected);
  expect(16 * RECONNECT_DELAY_MS).toBe(RECONNECT_DELAY_MS_MAX);
  expect(play([...failures, { kind: "opened" }, heard("6"), LOST]).effects.at(-1)).toBe(
    `arm ${RECONNECT_DELAY_MS}`,
  );
});

test("HID reports need no quiet opening, and a chain that stops is cut off", () => {
  const [first = new Uint8Array()] = hidReports(`]Q1${"A".repeat(100)}`);
  const [whole = new Uint8Array()] = hidReports(`]E0${EAN}`);
  const events = [
    { kind: "opened" },
    { kind: "received", bytes: whole },
    { kind: "received", bytes: first },
    { kind: "timed_out" },
    { kind: "received", bytes: first },
    LOST,
  ] as const;
  expect(play(events, HID).effects).toEqual([
    "up",
    "arm nothing",
    `]E0${EAN}`,
    "arm nothing",
    "arm 250",
    "scan/cut_off",
    "arm 250",
    "scan/cut_off",
    "down port/lost",
    "arm 250",
  ]);
});

test("closing stops the timer, closes the link and ends everything", () => {
  const { state, effects } = play([
    { kind: "opened" },
    { kind: "close" },
    heard(`${EAN}\r`),
    LOST,
    { kind: "close" },
  ]);
  expect(effects).toEqual(["up", "arm 250", "arm nothing", "close"]);
  expect(state).toEqual({ kind: "closed" });
});

test("an event that does not fit its state changes nothing", () => {
  const listening = play([{ kind: "opened" }]).state;
  const resting = play([LOST]).state;
  const unfit: readonly (readonly [SessionState, SessionEvent])[] = [
    [beginSession().state, heard("1\r")],
    [beginSession().state, { kind: "timed_out" }],
    [listening, { kind: "opened" }],
    [resting, { kind: "opened" }],
    [resting, heard("1\r")],
    [resting, LOST],
  ];
  for (const [state, event] of unfit) expect(stepSession(state, event, LINE)).toEqual({ state, effects: [] });
});

test("any events leave a session that has a timer or a link, and its unread bytes within the bound", () => {
  const event = fc.oneof(
    fc.constantFrom<SessionEvent>({ kind: "opened" }, LOST, { kind: "timed_out" }),
    fc.uint8Array({ maxLength: 80 }).map((bytes): SessionEvent => ({ kind: "received", bytes })),
  );
  const frame = { ...FRAME_CONFIG, codeBytesMax: 50 };
  fc.assert(
    fc.property(
      fc.array(event),
      fc.constantFrom<SessionConfig>({ ...LINE, frame }, { ...HID, frame }),
      (events, config) => {
        const { state } = play(events, config);
        expect(["connecting", "listening", "resting"]).toContain(state.kind);
        if (state.kind !== "listening") return;
        const { unread } = state;
        const text = unread.kind === "line" ? unread.frame : unread.chain;
        expect(
          (text.kind === "reading" ? ("text" in text ? text.text : text.data) : "").length,
        ).toBeLessThanOrEqual(50);
      },
    ),
  );
});
