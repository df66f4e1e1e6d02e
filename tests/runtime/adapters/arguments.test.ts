/** The firmware's command line. */
import { expect, test } from "vitest";
import { readArguments } from "../../../runtime/adapters/arguments.ts";

const START = { kind: "start", config: "c", data: "d", screen: null, logFormat: "text" };

test.each<[readonly string[], object]>([
  [["--config", "c", "--data", "d"], START],
  [["--config", "c", "--data", "d", "--log-format", "json"], { ...START, logFormat: "json" }],
  [["--config", "c", "--data", "d", "--screen", "s"], { ...START, screen: "s" }],
  [["-h"], { kind: "help" }],
  [["--config", "c", "--help"], { kind: "help" }],
  [[], { kind: "wrong" }],
  [["--config", "c"], { kind: "wrong" }],
  [["--config", "", "--data", "d"], { kind: "wrong" }],
  [["--config", "c", "--data", "d", "--log-format", "xml"], { kind: "wrong" }],
  [["--config", "c", "--data", "d", "--debug"], { kind: "wrong" }],
  [["--config", "c", "--data", "d", "more"], { kind: "wrong" }],
])("%j is understood as %j", (words, understood) => {
  expect(readArguments(words)).toEqual(understood);
});
