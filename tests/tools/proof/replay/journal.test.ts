/** A journal stepped through, checked and explained, over the disk of a real terminal in memory. */
import { expect, test } from "vitest";
import { checkJournal } from "../../../../tools/proof/replay/check.ts";
import { explainReceipt, findReceipt } from "../../../../tools/proof/replay/explain.ts";
import { replayJournal } from "../../../../tools/proof/replay/journal.ts";
import { stateLine, stepLine } from "../../../../tools/proof/replay/tell.ts";
import { clerkId } from "../../../../core/ids.ts";
import { FakeDisk } from "../../../../tools/sim/disk-fake.ts";
import { businessState, openTill } from "../../../support/terminal-harness.ts";

async function day() {
  const disk = new FakeDisk();
  const till = await openTill(disk, 1);
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  for (let count = 0; count < 40; count += 1) await till.sell("tea", "bun");
  await till.add("tea");
  await till.terminal.close();
  return { disk, state: till.state };
}

test("a replay ends in the state of the terminal that wrote the journal, over segments and checkpoints", async () => {
  const { disk, state } = await day();
  const steps: number[] = [];
  const replayed = await replayJournal(disk, ({ seq }) => steps.push(seq));
  expect(steps).toEqual(Array.from({ length: state.seq }, (_, index) => index + 1));
  expect(replayed).toMatchObject({ terminal: state.terminal, recordCount: state.seq });
  expect(businessState(replayed.state)).toEqual(businessState(state));
});

test("each record is a line in words, with where the terminal stood behind it", async () => {
  const { disk } = await day();
  const lines: string[] = [];
  await replayJournal(disk, (step, state) => lines.push(stepLine(step, state), stateLine(state)));
  const text = lines.join("\n");
  expect(text).toMatch(/ {2}line_added +1 x Tea at 2\.50/);
  expect(text).toMatch(/tender_captured +cash 3\.70 \(handed 3\.70, change 0\.00\)/);
  expect(text).toMatch(/check_closed +receipt \w+ 40, total 3\.70/);
  expect(lines.at(-1)).toMatch(/^open order of 1 lines, 2\.50; next receipt \w+ 41$/);
});

test("a journal that is whole has no problem, and says what it was checked for", async () => {
  const { disk, state } = await day();
  expect(await checkJournal(disk)).toEqual({
    terminal: state.terminal,
    opening: "clean",
    blockCount: expect.any(Number),
    recordCount: state.seq,
    unreadCount: 0,
    closingCount: 40,
    shiftCount: 0,
    problems: [],
  });
});

test("a flipped bit in the middle is a problem that is said", async () => {
  const { disk } = await day();
  const [name = ""] = (await disk.list("journal")).filter((its) => its.startsWith("seg-")).sort();
  const file = await disk.open(`journal/${name}`, "existing");
  const byte = await file.read(5000, 1);
  await file.write(5000, Uint8Array.of((byte[0] ?? 0) ^ 1));
  const check = await checkJournal(disk);
  expect(check.opening).toBe("rot");
  expect(check.problems).toEqual([expect.stringContaining("the journal is damaged")]);
});

test("a receipt is explained from its lines to its change, by number, by seq and by id", async () => {
  const { disk, state } = await day();
  const { order, check, closing } = findReceipt(state, `${state.receiptSeries}-7`);
  const seq = closing.id.split("/").at(-1) ?? "";
  for (const name of [`${state.terminal}-${state.receiptSeries}-7`, seq, closing.id]) {
    expect(findReceipt((await replayJournal(disk)).state, name).closing.id).toBe(closing.id);
  }
  expect(explainReceipt(order, check, closing)).toEqual([
    `receipt ${state.terminal}-${state.receiptSeries}-7 (sale, GBP)`,
    "  Tea: 2.50",
    "    1 x list price 2.50, half up",
    "  Bun: 1.20",
    "    1 x list price 1.20, half up",
    "  sum of lines 3.70: total 3.70",
    expect.stringMatching(/^ {2}tax \d+ % is in \d\.\d\d: gross x rate/),
    ...explainReceipt(order, check, closing).slice(7, -1),
    "  cash: handed 3.70 less change 0.00 = 3.70",
  ]);
});

test.each(["nothing", "till-1-XXXX-9", "999999"])("%j names no receipt: replay/not_found", async (name) => {
  const { state } = await day();
  expect(() => findReceipt(state, name)).toThrow("replay/not_found");
});

test("a folder without a journal is said to be none", async () => {
  await expect(replayJournal(new FakeDisk())).rejects.toThrow("replay/no_journal");
});
