/** Topics: a link and a direction, both ways, and nothing else. */
import { expect, test } from "vitest";
import { terminalId } from "../../core/ids.ts";
import { isTenant, parseTopic, topicOf } from "../../protocol/topics.ts";

const link = { tenant: "cafe-1", terminal: terminalId("till_1") };

test.each(["up", "down"] as const)("a link's topic %s is written and read", (direction) => {
  expect(topicOf(link, direction)).toBe(`t/cafe-1/till_1/${direction}`);
  expect(parseTopic(topicOf(link, direction))).toEqual({ link, direction });
});

test.each([
  "",
  "t",
  "t/cafe/till",
  "t/cafe/till/sideways",
  "t/cafe/till/up/more",
  "T/cafe/till/up",
  "/t/cafe/till/up",
  "t//till/up",
  "t/cafe//up",
  "t/+/till/up",
  "t/cafe/#",
  "t/cafe/+/up",
  "$SYS/cafe/till/up",
  `t/${"x".repeat(33)}/till/up`,
  `t/cafe/${"x".repeat(33)}/up`,
  "t/café/till/up",
])("%j is no topic of ours", (topic) => {
  expect(parseTopic(topic)).toBeNull();
});

test.each([
  ["cafe", true],
  ["x".repeat(32), true],
  ["x".repeat(33), false],
  ["", false],
  ["a/b", false],
  ["a+", false],
  ["#", false],
])("%j may name a tenant: %s", (text, expected) => {
  expect(isTenant(text)).toBe(expected);
});
