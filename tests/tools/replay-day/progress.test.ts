/** Progress as a bar and as plain lines. */
import { expect, test } from "vitest";
import { Progress } from "../../../tools/replay-day/progress.ts";

function shown(isTTY: boolean) {
  const texts: string[] = [];
  let nowMs = 0;
  const progress = new Progress({ isTTY, write: (text: string) => texts.push(text) }, () => nowMs);
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { progress, texts, pass };
}

test("without a terminal a plain line is said every few seconds", () => {
  const { progress, texts, pass } = shown(false);
  progress.show("lines", 0, 10, 0);
  pass(2999);
  progress.show("lines", 4, 10, 1.4);
  pass(1);
  progress.show("lines", 5, 10, 1.6);
  expect(texts).toEqual(["lines 0/10 0 % 0/s\n", "lines 5/10 50 % 2/s\n"]);
});

test("on a terminal the bar fills up, and a line of its own takes its place", () => {
  const { progress, texts, pass } = shown(true);
  progress.show("lines", 5, 10, 3);
  pass(99);
  progress.show("lines", 6, 10, 3);
  progress.show("lines", 10, 10, 3);
  progress.say("done");
  progress.say("twice");
  expect(texts).toEqual([
    `\r\u001B[K[${"#".repeat(15)}${".".repeat(15)}] lines 5/10 50 % 3/s`,
    `\r\u001B[K[${"#".repeat(30)}] lines 10/10 100 % 3/s`,
    "\r\u001B[Kdone\n",
    "twice\n",
  ]);
});
