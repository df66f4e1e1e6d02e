/** The committed page of faults is what its tables say. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKERS } from "../../../../tools/sim/world/checkers.ts";
import { FAULT_KINDS, faultRow } from "../../../../tools/sim/world/fault-kinds.ts";
import { FAULT_MODEL } from "../../../../tools/sim/world/fault-model.ts";
import { faultsPage } from "../../../../tools/sim/world/faults-page.ts";
import { SCENARIOS } from "../../../../tools/sim/world/scenarios.ts";
import { PROJECT_ROOT } from "../../../../tools/build/root.ts";

test("docs/FAULTS.md is what --faults-page writes", () => {
  expect(readFileSync(join(PROJECT_ROOT, "docs/FAULTS.md"), "utf8")).toBe(faultsPage());
});

test("rows are named once, and what plays or shows a row names one that exists", () => {
  const ids = FAULT_MODEL.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const named = [
    ...FAULT_KINDS.flatMap((kind) => faultRow(kind).plays),
    ...SCENARIOS.flatMap(({ plays }) => plays),
    ...CHECKERS.flatMap(({ shows }) => shows),
  ];
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});

test("a row that waits for nothing is shown by something", () => {
  const page = faultsPage();
  for (const { id, waitsFor } of FAULT_MODEL) {
    const line = page.split("\n").find((text) => text.startsWith(`| ${id} `)) ?? "";
    if (waitsFor === "") expect(line.replaceAll(" ", ""), id).not.toMatch(/\|\|$/);
  }
});
