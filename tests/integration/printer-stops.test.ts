/**
 * The printer stops at every byte of a receipt of 40 lines, in four ways, and people put it right again.
 * What is on paper afterwards is held against the receipt: finished, or begun again below a mark, and
 * never two pieces without one. The real driver and the virtual printer's engine, over a pipe in memory;
 * time is moved by hand.
 */

import { expect, test } from "vitest";
import type { ReceiptBlock } from "../../core/receipt/block.ts";
import { createMemoryPair } from "../../drivers/port/memory.ts";
import type { Port } from "../../drivers/port/port.ts";
import { SHOP_PATIENCE, createPrinter } from "../../drivers/printer/driver.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import type { PrintOutcome } from "../../drivers/printer/session.ts";
import { Engine } from "../../tools/sim/printer/engine.ts";
import type { PlannedStop } from "../../tools/sim/printer/engine.ts";
import { accountOf, markOfLine, plainLines } from "../../tools/sim/printer/paper.ts";
import type { PaperAccount } from "../../tools/sim/printer/paper.ts";
import { GOOD_CONDITION } from "../../tools/sim/printer/status.ts";
import { Tray } from "../../tools/sim/printer/tray.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { fortyLineReceipt } from "../support/sample-receipts.ts";

const LIMITS = { writeTimeoutMs: 3_000, queueBytesMax: 128 * 1024 };
const MODEL = PRINTER_MODELS.gbk_80mm;
const MARK_WORDS = { resumed: "CONTINUED", reprinted: "REPRINT" };
const OPTIONS = { patience: SHOP_PATIENCE, markWords: MARK_WORDS };
const RECEIPT: readonly ReceiptBlock[] = fortyLineReceipt();
/** Four questions of three bytes come before the first byte of the receipt. */
const QUESTION_BYTES = 12;
/** Times that the driver's timer fires before people have put it right: before its first new connection, or well after. */
const SOON_COUNT = 0;
const LATE_COUNT = 6;

interface Result {
  readonly outcome: PrintOutcome;
  /** Oldest first; the last may still hang out of the printer. */
  readonly papers: readonly (readonly string[])[];
  readonly account: PaperAccount;
  readonly sentBytes: number;
  readonly engine: Engine;
}

/** Prints one receipt on a printer that stops, and is put right after so many turns of its timer. */
async function printWith(stop: PlannedStop | undefined, repairCount: number): Promise<Result> {
  const timers = new ManualTimers();
  const tray = new Tray();
  const engine = new Engine(MODEL.columnCount, tray);
  engine.planStop(stop);
  let sentBytes = 0;
  const openPort = (): Port => {
    const { port, peer } = createMemoryPair(LIMITS, timers);
    if (engine.plug === "in") {
      const link = engine.connect({ send: (bytes) => peer.send(bytes), die: () => peer.close() });
      peer.onData((bytes) => {
        sentBytes += bytes.length;
        link.receive(bytes);
      });
    } else peer.refuse();
    return port;
  };
  const printer = createPrinter(openPort, timers, MODEL, OPTIONS);
  let outcome: PrintOutcome | undefined;
  const printing = printer.print("1", RECEIPT).then((its) => {
    outcome = its;
  });
  for (let turn = 0; turn < 200; turn += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    if (outcome !== undefined) break;
    if (turn === repairCount) {
      engine.setCondition(GOOD_CONDITION);
      engine.setPower(true);
      engine.setCable(true);
    } else timers.advanceToNext();
  }
  await printing;
  engine.tearOff();
  const papers = [...tray.receipts].reverse().map(plainLines);
  const account = accountOf(tray.receipts);
  return { outcome: outcome ?? expect.fail("No outcome"), papers, account, sentBytes, engine };
}

const whole = await printWith(undefined, 0);
const LINES = whole.papers[0] ?? [];
const TOTAL_BYTES = whole.engine.account().receivedBytes;

const isMark = (line: string): boolean => markOfLine(line) !== undefined;

/** What is wrong with the paper, or "". */
function complaint(
  { outcome, papers, account, sentBytes, engine }: Result,
  isBeforeReceipt: boolean,
): string {
  const { receivedBytes, carriedOutBytes, heldBytes, lostBytes, missedBytes } = engine.account();
  if (sentBytes !== receivedBytes + missedBytes) return "bytes sent are not accounted for";
  if (receivedBytes !== carriedOutBytes + heldBytes + lostBytes)
    return "bytes received are not accounted for";
  if (outcome.kind === "printed" && heldBytes !== 0) return "bytes are still held";
  if (outcome.kind === "failed") {
    return isBeforeReceipt && papers.length === 0 ? "" : `failed with ${papers.length} papers`;
  }
  if (outcome.kind === "unknown") return `unknown ${outcome.code}`;
  if (account.unmarkedCount > 1) return "two papers without a mark";
  const last = papers.at(-1) ?? [];
  const lastMarkIndex = last.findLastIndex(isMark);
  if (outcome.mark === undefined) {
    return papers.length === 1 && isSame(last, LINES) ? "" : "an unmarked print is not the receipt alone";
  }
  if (lastMarkIndex < 0) return "the last paper has no mark";
  const below = last.slice(lastMarkIndex + 1);
  const before = [...papers.slice(0, -1).flat(), ...last.slice(0, lastMarkIndex)];
  if (!isSame(below, LINES.slice(LINES.length - below.length)))
    return "below the mark is not the receipt's end";
  const aboveCount = LINES.length - below.length;
  return isSame(before.slice(0, aboveCount), LINES.slice(0, aboveCount))
    ? ""
    : "lines are missing above the mark";
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}

test("the receipt has 40 lines and fits one paper", () => {
  expect(LINES.filter((line) => line !== "")).toHaveLength(40);
  expect(whole.papers).toHaveLength(1);
  expect(complaint(whole, false)).toBe("");
});

const sweeps = [
  ["paper", LATE_COUNT, ["finished"]],
  ["cover", LATE_COUNT, ["finished"]],
  ["cable", SOON_COUNT, ["resumed", "reprinted"]],
  ["cable", LATE_COUNT, ["reprinted"]],
  ["power", SOON_COUNT, ["resumed", "reprinted"]],
  ["power", LATE_COUNT, ["reprinted"]],
] as const;

test.each(sweeps)(
  "T11: stopped at every byte by %s, put right after %i turns: %j",
  async (fault, repairCount, expectedWays) => {
    const complaints: string[] = [];
    const ways = new Set<string>();
    for (let afterBytes = 1; afterBytes <= TOTAL_BYTES; afterBytes += 1) {
      const result = await printWith({ afterBytes, fault }, repairCount);
      const what = complaint(result, afterBytes <= QUESTION_BYTES);
      if (what !== "") complaints.push(`byte ${afterBytes}: ${what}`);
      const { outcome } = result;
      // Before the receipt it fails, and a stop after the last byte is none.
      if (afterBytes > QUESTION_BYTES && afterBytes < TOTAL_BYTES) {
        ways.add(outcome.kind === "printed" ? (outcome.mark ?? "finished") : outcome.kind);
      }
    }
    expect(complaints.slice(0, 5)).toEqual([]);
    expect([...ways].sort()).toEqual([...expectedWays].sort());
  },
  180_000,
);
