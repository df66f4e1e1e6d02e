/** Names and identities: what may be one, and that an event's id and its parts are the same thing. */
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import {
  clerkId,
  epochId,
  eventId,
  eventIdFrom,
  isClerkId,
  isEpoch,
  isTerminalId,
  parseEventId,
  terminalId,
} from "../../core/ids.ts";

test.each([
  ["T-1_a", true],
  ["x".repeat(32), true],
  ["x".repeat(33), false],
  ["", false],
  ["a/b", false],
  ["a\n", false],
  ["kassa å", false],
])("%j may name a terminal: %s", (text, expected) => {
  expect(isTerminalId(text)).toBe(expected);
  if (expected) expect(terminalId(text)).toBe(text);
  else expect(() => terminalId(text)).toThrow(Bug);
});

test.each([
  ["00000000000000ff", true],
  ["00000000000000FF", false],
  ["0000000000000ff", false],
  ["000000000000000ff", false],
])("%j may name an epoch: %s", (text, expected) => {
  expect(isEpoch(text)).toBe(expected);
  if (expected) expect(epochId(text)).toBe(text);
  else expect(() => epochId(text)).toThrow(Bug);
});

test.each([
  ["anna", true],
  ["x".repeat(17), false],
  ["", false],
  ["anna b", false],
])("%j may name a clerk: %s", (text, expected) => {
  expect(isClerkId(text)).toBe(expected);
  if (expected) expect(clerkId(text)).toBe(text);
  else expect(() => clerkId(text)).toThrow(Bug);
});

test("an event's id is terminal/epoch/seq and parses into the same", () => {
  const key = { terminal: terminalId("T1"), epoch: epochId("00000000000000ff"), seq: 42 };
  expect(eventId(key)).toBe("T1/00000000000000ff/42");
  expect(parseEventId(eventId(key))).toEqual(key);
  expect(eventIdFrom("T1/00000000000000ff/42")).toBe(eventId(key));
});

test.each([
  "",
  "T1",
  "T1/00000000000000ff",
  "T1/00000000000000ff/0",
  "T1/00000000000000ff/01",
  "T1/00000000000000ff/-1",
  "T1/00000000000000ff/1.5",
  "T1/00000000000000ff/9007199254740992",
  "T1/00000000000000ff/1/2",
  "T1/ff/1",
  "/00000000000000ff/1",
])("%j is no event's id", (text) => {
  expect(parseEventId(text)).toBeNull();
  expect(eventIdFrom(text)).toBeNull();
});
