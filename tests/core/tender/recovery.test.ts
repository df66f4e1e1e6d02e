/** The decision table of a cut payment: every combination has one answer, and none guesses. */
import { expect, test } from "vitest";
import { RECOVERY_ROWS, recoveryRow } from "../../../core/tender/recovery.ts";
import type { JournalShows, ReaderSays, RecoveryCapabilities } from "../../../core/tender/recovery.ts";

const JOURNAL: readonly JournalShows[] = ["intent", "approval"];
const SAYS: readonly ReaderSays[] = [
  "found",
  "absent",
  "other",
  "in_progress",
  "unreachable",
  "unanswerable",
];
const CAPABILITIES: readonly RecoveryCapabilities[] = (["byRef", "lastOnly", "none"] as const).flatMap(
  (inquiry) =>
    (["onAck", "onApproval"] as const).flatMap((commit) =>
      [true, false].map((autoReversal) => ({ inquiry, commit, autoReversal })),
    ),
);

const CASES = JOURNAL.flatMap((journal) =>
  SAYS.flatMap((says) =>
    [true, false].flatMap((isSame) =>
      CAPABILITIES.map((capabilities) => ({ journal, says, isSame, capabilities })),
    ),
  ),
);

test("every row decides some case", () => {
  const used = new Set(CASES.map((its) => recoveryRow(its.journal, its.says, its.isSame, its.capabilities)));
  expect(RECOVERY_ROWS.filter((row) => !used.has(row))).toEqual([]);
});

test("no case calls a payment absent but on the word of the same device that can know it", () => {
  const failed = CASES.filter(
    (its) => recoveryRow(its.journal, its.says, its.isSame, its.capabilities).action === "fail",
  );
  expect(failed.length).toBeGreaterThan(0);
  for (const its of failed) {
    expect(its).toMatchObject({ journal: "intent", says: "absent", isSame: true });
    expect(its.capabilities.inquiry).not.toBe("none");
  }
});

test("no case takes money as paid without the word of the same device or an approval on record", () => {
  for (const its of CASES) {
    const { action } = recoveryRow(its.journal, its.says, its.isSame, its.capabilities);
    if (action === "approve_and_capture") expect(its).toMatchObject({ says: "found", isSame: true });
    if (action === "capture") expect(its).toMatchObject({ journal: "approval", isSame: true });
    if (action === "reversed_by_reader")
      expect(its).toMatchObject({ journal: "approval", says: "absent", isSame: true });
  }
});

test("another device never settles anything", () => {
  for (const its of CASES.filter(({ isSame }) => !isSame)) {
    const { action } = recoveryRow(its.journal, its.says, its.isSame, its.capabilities);
    expect(["manual", "keep_asking"]).toContain(action);
  }
});
