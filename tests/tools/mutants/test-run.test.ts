/**
 * What vitest's report says about a planted bug: the first failed test, none,
 * or nothing that can be read. Runs no tests.
 */
import { expect, test } from "vitest";
import { failedTitle } from "../../../tools/mutants/test-run.ts";

function report(...results: readonly unknown[]): string {
  return JSON.stringify({ testResults: results });
}

const passed = { status: "passed", title: "it holds" };

test("a report without a failure has no failed title", () => {
  expect(failedTitle(report({ status: "passed", assertionResults: [passed] }))).toBe(null);
});

test("the first failed test is named", () => {
  const failed = { status: "failed", title: "it breaks" };
  const results = [passed, failed, { ...failed, title: "it breaks too" }];
  expect(failedTitle(report({ status: "failed", assertionResults: results }))).toBe("it breaks");
});

test("a file that cannot be run fails by its message", () => {
  expect(failedTitle(report({ status: "failed", message: "no such module", assertionResults: [] }))).toBe(
    "no such module",
  );
});

test.each([
  ["no JSON", "oops"],
  ["no results", "{}"],
  ["no file", report()],
])("a report with %s is none", (_, text) => {
  expect(failedTitle(text)).toBe(undefined);
});
