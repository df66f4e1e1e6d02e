/** What the runtime itself reports: said once, and no answer to what is known or unknown. */
import { expect, test } from "vitest";
import {
  decideFinishPrint,
  decideFinishReport,
  decideFlagClock,
  decideTrustClock,
} from "../../core/decide-house.ts";
import { CODE_TEXT_LENGTH_MAX } from "../../core/limits.ts";
import { emptyState } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { epochAt, id } from "../support/core-fixtures.ts";
import { terminalId } from "../../core/ids.ts";

const NOTHING = { ok: true, events: [] };

function state(changes: Partial<State> = {}): State {
  return { ...emptyState(terminalId("A"), epochAt(1)), ...changes };
}

test("a clock is flagged once for each reason, and trusted only when it was not", () => {
  const command = { type: "flag_clock", flag: "behind", byMs: 5 } as const;
  expect(decideFlagClock(state(), command)).toEqual({
    ok: true,
    events: [{ type: "clock_flagged", flag: "behind", byMs: 5 }],
  });
  expect(decideFlagClock(state({ clockFlag: "behind" }), command)).toEqual(NOTHING);
  expect(decideFlagClock(state({ clockFlag: "jumped" }), command).ok).toBe(true);
  expect(decideTrustClock(state())).toEqual(NOTHING);
  expect(decideTrustClock(state({ clockFlag: "behind" }))).toEqual({
    ok: true,
    events: [{ type: "clock_trusted" }],
  });
});

test.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])("a clock is not off by %d ms", (byMs) => {
  expect(decideFlagClock(state(), { type: "flag_clock", flag: "behind", byMs })).toMatchObject({
    refusal: { code: "command/out_of_range", about: "clock" },
  });
});

test("a report's job ends once; one that nobody knows, and a code beyond its bound, end nothing", () => {
  const job = id("A/3");
  const command = {
    type: "finish_report",
    job,
    outcome: "failed",
    code: "printer/none",
    mark: "none",
  } as const;
  const waiting = state({ reportJobs: new Set([job]) });
  expect(decideFinishReport(waiting, command)).toEqual({
    ok: true,
    events: [{ type: "report_finished", job, outcome: "failed", code: "printer/none", mark: "none" }],
  });
  expect(decideFinishReport(state(), command)).toEqual(NOTHING);
  const code = "x".repeat(CODE_TEXT_LENGTH_MAX + 1);
  expect(decideFinishReport(waiting, { ...command, code })).toMatchObject({
    refusal: { code: "command/out_of_range", about: "code" },
  });
});

test("the end of a receipt's job of an unknown order is no event", () => {
  const command = { type: "finish_print", order: id("A/1"), job: id("A/2") } as const;
  const facts = { outcome: "printed", code: "", mark: "none" } as const;
  expect(decideFinishPrint(state(), { ...command, ...facts })).toEqual(NOTHING);
});
