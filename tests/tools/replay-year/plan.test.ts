/** Invoices dealt out to terminals, the same on every run, and a folder that belongs to one plan. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readDay } from "../../../tools/replay-day/day.ts";
import { claimFolder, planYear } from "../../../tools/replay-year/plan.ts";
import type { YearPlan } from "../../../tools/replay-year/plan.ts";
import { dayFile } from "../../support/day-files.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillwright-plan-test-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function planFor(tillCount: number, invoiceCount = 5): YearPlan {
  const rows = Array.from({ length: invoiceCount }, (_, index) => [
    { invoice: String(100 + index) },
    { invoice: String(100 + index), sku: "TRAY", price: "7" },
  ]).flat();
  const read = readDay(dayFile(rows), null, "books");
  return read.ok ? planYear(read.value, tillCount) : expect.fail(read.message);
}

function labels(plan: YearPlan): readonly (readonly string[])[] {
  return plan.tills.map(({ steps }) => steps.flatMap(({ step }) => (step.do === "open" ? [step.label] : [])));
}

test("invoices are dealt out in turn, each to one terminal, with steps from 1", () => {
  const plan = planFor(2);
  expect(labels(plan)).toEqual([
    ["100", "102", "104"],
    ["101", "103"],
  ]);
  expect(plan.tills.map(({ terminal, lineCount }) => [terminal, lineCount])).toEqual([
    ["till-1", 6],
    ["till-2", 4],
  ]);
  expect(plan.tills.map(({ steps }) => steps.map(({ n }) => n))).toEqual([
    Array.from({ length: 13 }, (_, index) => index + 1),
    Array.from({ length: 9 }, (_, index) => index + 1),
  ]);
  expect(plan.orderCount).toBe(5);
});

test("a terminal without an invoice is left out", () => {
  expect(labels(planFor(4, 2))).toEqual([["100"], ["101"]]);
});

test("the same rows make the same digest, and another number of terminals another one", () => {
  expect(planFor(2).digest).toBe(planFor(2).digest);
  expect(planFor(3).digest).not.toBe(planFor(2).digest);
});

test("a folder is claimed once, found again by its plan, and refused to another with replay/other_plan", () => {
  expect(claimFolder(folder, planFor(2))).toBe(false);
  expect(claimFolder(folder, planFor(2))).toBe(true);
  expect(() => claimFolder(folder, planFor(3))).toThrow("replay/other_plan");
});
