/**
 * The power cut that can be had without pulling a plug: the real seller on a disk that a test cuts off,
 * again and again, at moments that a seed chooses. Whatever was answered as paid is there afterwards,
 * and what is there is a prefix of what was done.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import type { Step } from "../../tools/sell/step.ts";
import type { Dice } from "./dice.ts";
import { readJournal, receiptsIn } from "./terminal-harness.ts";
import type { JournalReading } from "./terminal-harness.ts";
import { SellerProcess } from "./sell-process.ts";
import type { SellerShop } from "./sell-process.ts";

const LOOK_MS = 5;
/** Sales that are waiting in the process when it is cut off. */
const SALES_FED = 60;

/** A disk that can be cut off from its power. */
export interface CutDisk {
  /** Where its users see the folder that they write into. */
  readonly dataPath: string;
  /** Makes it ready for one process. */
  begin(): Promise<void>;
  /** The command that runs `command` as a user of this disk, under the same process id. */
  wrap(command: readonly string[]): readonly string[];
  /** Where this process sees the folder that `pid` writes into. */
  seenFrom(pid: number): string;
  /** Cuts the power while `child` runs and ends it: what was not synced is gone. */
  cut(child: ChildProcess): Promise<void>;
  /** Copies what is on the disk into an existing folder, when nobody uses it. */
  copyTo(directory: string): Promise<void>;
  /** Gives everything back, in whatever state it is. */
  close(): Promise<void>;
}

/** What the rounds came to. */
export interface CutFigures {
  readonly cutCount: number;
  readonly saleCount: number;
  readonly recordCount: number;
  /** Starts by what they found. */
  readonly openings: string;
}

interface Progress {
  readonly disk: CutDisk;
  readonly shop: SellerShop;
  readonly dice: Dice;
  /** The highest step whose money was answered. */
  safeN: number;
  known: JournalReading | null;
}

/** Cuts the power so many times in the middle of sales, then lets a last process end in order. Fails the test at the first law that is broken. */
export async function cutRounds(
  disk: CutDisk,
  shop: SellerShop,
  dice: Dice,
  cutCount: number,
): Promise<CutFigures> {
  const progress: Progress = { disk, shop, dice, safeN: 0, known: null };
  for (let cut = 1; cut <= cutCount; cut += 1) {
    await round(progress, cut);
    await expectKept(progress, cut);
  }
  await disk.begin();
  const { seller } = startSeller(progress);
  await feed(seller, progress);
  seller.end();
  expect(await seller.ended, seller.stderr).toBe(0);
  noteAnswers(seller, progress);
  const { records } = await expectKept(progress, cutCount);
  const found = new Map<string, number>();
  for (const { event } of records) {
    if (event.type === "epoch_started") found.set(event.opening, (found.get(event.opening) ?? 0) + 1);
  }
  return {
    cutCount,
    saleCount: receiptsIn(records).length,
    recordCount: records.length,
    openings: [...found].map(([opening, count]) => `${count} ${opening}`).join(", "),
  };
}

async function round(progress: Progress, cut: number): Promise<void> {
  const { disk, dice } = progress;
  await disk.begin();
  const { seller, child } = startSeller(progress);
  const seen = disk.seenFrom(child.pid ?? 0);
  // Until the disk is there for it, there is nothing to cut.
  while (!existsSync(seen) && seller.isRunning) await delay(LOOK_MS);
  const feeding = feed(seller, progress);
  if (dice.chance(25)) await delay(dice.below(200));
  else {
    const paidCount = dice.below(40);
    await seller.until(({ said }) => said.filter(isPaid).length > paidCount);
  }
  writeControls(seen, cut);
  await disk.cut(child);
  await Promise.all([seller.ended, feeding]);
  noteAnswers(seller, progress);
}

function startSeller({ disk, shop }: Progress): {
  readonly seller: SellerProcess;
  readonly child: ChildProcess;
} {
  const command = [process.execPath, shop.program, "--config", shop.config, "--data", disk.dataPath];
  const [program = "", ...texts] = disk.wrap(command);
  const child = spawn(program, texts);
  return { seller: new SellerProcess(child), child };
}

/** Feeds what the journal does not remember and more, at once. */
async function feed(seller: SellerProcess, progress: Progress): Promise<void> {
  if (!(await seller.until(({ said }) => said.length > 0))) return;
  const lastN = Number(seller.said[0]?.["lastN"]);
  expect(lastN).toBeGreaterThanOrEqual(progress.safeN);
  const first = lastN + 1;
  for (let n = first; n < first + 2 * SALES_FED; n += 1) seller.step(n, stepAt(n));
  // An even number: the script ends with a paid sale, whoever begins where.
  if (lastN % 2 === 0) seller.step(first + 2 * SALES_FED, stepAt(first + 2 * SALES_FED));
}

/** Signs on, then sells one tea after the other: steps with odd numbers are paid. */
function stepAt(n: number): Step {
  if (n === 1) return { do: "on", clerk: "boss" };
  return n % 2 === 0 ? { do: "item", sku: "tea", quantityMilli: 1000 } : { do: "cash", handedMinor: "exact" };
}

function isPaid(line: Readonly<Record<string, unknown>>): boolean {
  const { ok, events } = line;
  return ok === true && Array.isArray(events) && events.includes("check_closed");
}

function noteAnswers(seller: SellerProcess, progress: Progress): void {
  const paid = seller.said.filter(isPaid).map((line) => Number(line["n"]));
  progress.safeN = Math.max(progress.safeN, ...paid);
  // No step is refused for what it asks: only a disk without power refuses, and what follows from that.
  const refused = seller.said.find((line) => line["ok"] === false);
  expect(refused === undefined ? "journal/failed" : refused["code"]).toBe("journal/failed");
}

/** Two files beside the journal, one synced and one not: they tell whether the cut was one. */
function writeControls(seen: string, cut: number): void {
  for (const name of ["synced", "unsynced"]) {
    const file = openSync(join(seen, `${name}-${cut}`), "w");
    writeSync(file, name);
    if (name === "synced") fsyncSync(file);
    closeSync(file);
  }
  const directory = openSync(seen, "r");
  fsyncSync(directory);
  closeSync(directory);
  // Written after all syncs: its bytes are in memory alone.
  const late = openSync(join(seen, `unsynced-${cut}`), "a");
  writeSync(late, "late");
  closeSync(late);
}

async function expectKept(progress: Progress, cutCount: number): Promise<JournalReading> {
  const copy = mkdtempSync(join(tmpdir(), "tillwright-cut-"));
  try {
    await progress.disk.copyTo(copy);
    expectControls(copy, cutCount);
    const reading = await readJournal(await openNodeDisk(copy));
    const { recovered, records } = reading;
    expect(["new", "clean", "torn"]).toContain(recovered.verdict);
    expect(recovered.continuity).toBe("kept");
    const steps = records.flatMap((record) => (record.cause === null ? [] : [record.cause.n]));
    // A prefix of what was done, and all of what was answered as paid.
    expect(steps).toEqual(steps.map((_, index) => index + 1));
    expect(steps.length).toBeGreaterThanOrEqual(progress.safeN);
    const receipts = receiptsIn(records);
    const [series = ""] = receipts[0]?.split(" ") ?? [];
    expect(receipts).toEqual(receipts.map((_, index) => `${series} ${index + 1}`));
    const before = progress.known?.records ?? [];
    expect(records.slice(0, before.length)).toEqual(before);
    progress.known = reading;
    return reading;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function expectControls(copy: string, cutCount: number): void {
  for (let cut = 1; cut <= cutCount; cut += 1) {
    expect(readFileSync(join(copy, `synced-${cut}`), "utf8")).toBe("synced");
    const unsynced = join(copy, `unsynced-${cut}`);
    expect(existsSync(unsynced) ? readFileSync(unsynced, "utf8") : "").not.toContain("late");
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
