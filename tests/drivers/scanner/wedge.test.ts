/** Keys and their times: a scanner's are a code, a person's never are, and half a code is none. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { WedgeKey, WedgeState, WedgeVerdict } from "../../../drivers/scanner/wedge.ts";
import {
  WEDGE_CONFIG,
  WEDGE_START,
  stepWedge,
  wedgeKey,
  wedgeSilence,
} from "../../../drivers/scanner/wedge.ts";

const EAN = "6900350006025";

const letters = (text: string): readonly string[] => text.split("");

/** Keys with a gap before each. */
function typed(keys: readonly string[], gapMs: number, fromMs = 1000): readonly WedgeKey[] {
  return keys.map((key, index) => ({ key, atMs: fromMs + index * gapMs }));
}

function play(
  events: readonly WedgeKey[],
  config = WEDGE_CONFIG,
): { state: WedgeState; verdicts: readonly WedgeVerdict[] } {
  let state = WEDGE_START;
  const verdicts = events.map((event) => {
    const step = stepWedge(state, event, config);
    state = step.state;
    return step.verdict;
  });
  return { state, verdicts };
}

const scanned = (text: string, fromMs = 1000): readonly WedgeKey[] =>
  typed([...letters(text), "Enter"], 5, fromMs);
const codes = (verdicts: readonly WedgeVerdict[]): readonly string[] =>
  verdicts.flatMap((verdict) =>
    verdict.kind === "code" ? [verdict.text] : verdict.kind === "rejected" ? [verdict.code] : [],
  );

test("thirteen quick keys and Enter are a code; all but the first two and the Enter are taken", () => {
  const { verdicts, state } = play(scanned(EAN));
  expect(verdicts.map(({ isTaken }) => isTaken)).toEqual([false, false, ...Array<boolean>(12).fill(true)]);
  expect(verdicts.at(-1)).toEqual({ kind: "code", isTaken: true, text: EAN, passedCount: 2 });
  expect(state).toEqual(WEDGE_START);
});

test("Tab ends a code too, and modifiers between the keys mean nothing", () => {
  const keys = letters("]E0").flatMap((key) => ["Shift", key]);
  expect(codes(play(typed([...keys, ...letters(EAN), "Tab"], 5)).verdicts)).toEqual([`]E0${EAN}`]);
});

test("a person's keys are let through, Enter included", () => {
  const { verdicts } = play(typed([...letters(EAN), "Enter"], 120));
  expect(verdicts.every(({ kind, isTaken }) => kind === "none" && !isTaken)).toBe(true);
});

test("two quick keys and Enter are a person's", () => {
  expect(codes(play(typed(["4", "2", "Enter"], 20)).verdicts)).toEqual([]);
});

test("fewer characters than a code has are scan/cut_off", () => {
  expect(codes(play(typed([...letters("69003"), "Enter"], 5)).verdicts)).toEqual(["scan/cut_off"]);
});

test("more characters than a code has are scan/too_long, once, and what follows is dropped", () => {
  const config = { ...WEDGE_CONFIG, codeCharsMax: 13 };
  expect(codes(play(scanned(`${EAN}0`), config).verdicts)).toEqual(["scan/too_long"]);
  expect(codes(play(scanned(EAN), config).verdicts)).toEqual([EAN]);
});

test("a code that stalls anywhere is scan/cut_off and its rest is no code", () => {
  for (let index = 3; index < EAN.length; index += 1) {
    const head = typed(letters(EAN.slice(0, index)), 5, 1000);
    const tail = scanned(EAN.slice(index), 1000 + index * 5 + 60);
    expect(codes(play([...head, ...tail]).verdicts)).toEqual(["scan/cut_off"]);
  }
});

test("a code that stalls after its first or second key is scan/cut_off as well", () => {
  for (const index of [1, 2]) {
    const head = typed(letters(EAN.slice(0, index)), 5, 1000);
    const tail = scanned(EAN.slice(index), 1000 + index * 5 + 60);
    expect(codes(play([...head, ...tail]).verdicts)).toEqual(["scan/cut_off"]);
  }
});

test("after a broken code and a pause the next is read", () => {
  const head = typed(letters("690035"), 5, 1000);
  expect(codes(play([...head, ...scanned(EAN, 2000)]).verdicts)).toEqual(["scan/cut_off", EAN]);
  const dropped = typed([...letters("0006025"), "Enter"], 5, 1100);
  expect(codes(play([...head, ...dropped, ...scanned(EAN, 2000)]).verdicts)).toEqual(["scan/cut_off", EAN]);
});

test("a key that no scanner sends breaks a code off", () => {
  expect(
    codes(play(typed([...letters("690035"), "Escape", ...letters("0006025"), "Enter"], 5)).verdicts),
  ).toEqual(["scan/cut_off"]);
  expect(codes(play(typed(["6", "Backspace", "9", "Enter"], 5)).verdicts)).toEqual([]);
});

test("a silence tells a broken code, and nothing where none was begun", () => {
  const { state } = play(typed(letters("690035"), 5));
  expect(wedgeSilence(state, WEDGE_CONFIG).verdict).toEqual({
    kind: "rejected",
    isTaken: false,
    code: "scan/cut_off",
  });
  for (const quiet of [WEDGE_START, play(typed(["6"], 5)).state]) {
    expect(wedgeSilence(quiet, WEDGE_CONFIG)).toEqual({
      state: WEDGE_START,
      verdict: { kind: "none", isTaken: false },
    });
  }
});

test("while an input method is on keys are known by their place", () => {
  expect(
    ["Digit7", "Numpad7", "KeyA", "Enter", "NumpadEnter", "Tab", "F1"].map((code) =>
      wedgeKey("Process", code),
    ),
  ).toEqual(["7", "7", "A", "Enter", "Enter", "Tab", "Process"]);
  expect(wedgeKey("a", "KeyA")).toBe("a");
  expect(wedgeKey("Unidentified", "Digit1")).toBe("1");
});

test("whoever types with gaps over 35 ms never scans and loses no key", () => {
  const key = fc.constantFrom("1", "a", "Enter", "Tab", "Backspace", "Shift", "]");
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer({ min: 36, max: 400 }))), (strokes) => {
      let atMs = 0;
      const events = strokes.map(([name, gapMs]) => ({ key: name, atMs: (atMs += gapMs) }));
      expect(play(events).verdicts.every(({ kind, isTaken }) => kind === "none" && !isTaken)).toBe(true);
    }),
  );
});

test("any keys at any times give at most one answer a key, and codes only of quick keys", () => {
  const key = fc.oneof(fc.constantFrom("Enter", "Tab", "Shift", "Process"), fc.string({ maxLength: 2 }));
  const gap = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: -5, max: 300 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, gap), { maxLength: 60 }), (strokes) => {
      let atMs = 0;
      const events = strokes.map(([name, gapMs]) => ({ key: name, atMs: (atMs += gapMs) }));
      for (const verdict of play(events, { ...WEDGE_CONFIG, codeCharsMax: 20 }).verdicts) {
        if (verdict.kind === "code") expect(verdict.text).toMatch(/^[\x20-\x7e]{6,20}$/);
      }
    }),
  );
});
