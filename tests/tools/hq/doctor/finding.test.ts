/** Findings as lines, and the worst of them. */
import { expect, test } from "vitest";
import { fail, findingLine, ok, warn, worstOf } from "../../../../tools/hq/doctor/finding.ts";

test("a finding is a line: verdict, check, what was seen, what to do", () => {
  expect(findingLine(ok("disk", "9 MiB free"))).toBe("ok    disk           9 MiB free");
  expect(findingLine(warn("backup", "none", "Make one"))).toBe("warn  backup         none. Make one");
});

test("the worst of all is the verdict", () => {
  const [good, odd, bad] = [ok("disk", ""), warn("backup", "", "x"), fail("keys", "", "y")];
  expect([worstOf([]), worstOf([good]), worstOf([good, odd]), worstOf([odd, bad, good])]).toEqual([
    "ok",
    "ok",
    "warn",
    "fail",
  ]);
});
