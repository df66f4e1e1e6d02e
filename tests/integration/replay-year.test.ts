/**
 * A year's tool on invented rows: real terminals, a real headquarters, a real database. What it sells
 * is compared by the tool itself; here is seen that it says so, goes on, and refuses another plan.
 * Skipped where the database's programs are not installed.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { packagedPrograms } from "../../tools/hq/postgres/binaries.ts";
import { removeDatabase } from "../../tools/replay-day/process/hq-process.ts";
import { dayFile } from "../support/day-files.ts";
import type { RowFields } from "../support/day-files.ts";

const RUN_MS_MAX = 120_000;
const isDatabaseHere = packagedPrograms() !== null;

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillwright-year-test-"));
});

afterEach(() => {
  removeDatabase(join(folder, "year/hq"));
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly exitCode: number | null;
  readonly last: unknown;
  readonly words: string;
}

/** Runs the tool; it is stopped as soon as its words match `stopAt`. */
function replay(args: readonly string[], stopAt: RegExp | null = null): Promise<Ended> {
  const all = [join(PROJECT_ROOT, "tools/replay-year/main.ts"), "--folder", join(folder, "year"), ...args];
  const child = spawn(process.execPath, all, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let words = "";
  child.stdout.on("data", (bytes: Buffer) => {
    output += bytes.toString();
  });
  child.stderr.on("data", (bytes: Buffer) => {
    words += bytes.toString();
    if (stopAt?.test(words) === true) child.kill("SIGINT");
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      const line = output.trim().split("\n").at(-1) ?? "";
      resolve({ exitCode, last: line === "" ? null : JSON.parse(line), words });
    });
  });
}

/** Sixty invoices of three lines, a cancellation, a correction of the books, a price of three decimals. */
function yearFile(): string {
  const sales = Array.from({ length: 180 }, (_, index) => ({
    invoice: String(500_000 + Math.floor(index / 3)),
    sku: `SKU${index % 7}`,
    quantity: String(1 + (index % 4)),
    price: "1.25",
  }));
  const others: readonly Partial<RowFields>[] = [
    { invoice: "C600000", quantity: "-2", price: "1.25" },
    { invoice: "A600001", price: "-10.00" },
    { invoice: "600002", price: "0.001" },
    { invoice: "600003", quantity: "-3", price: "0" },
  ];
  const path = join(folder, "year.csv");
  writeFileSync(path, dayFile([...sales, ...others]));
  return path;
}

const AGREES = {
  lines: 184,
  orders: 63,
  fileSum: "550.001",
  hqNet: "550.00",
  roundedRows: [{ row: 184, price: "0.001", sold: "0.00", difference: "0.001" }],
  refusedRows: { "row/stock_note": 1 },
  missing: 0,
  doubled: 0,
  different: 0,
};

test(
  "every row is booked or named, a stopped run goes on, and a folder keeps its plan",
  { timeout: RUN_MS_MAX },
  async ({ skip }) => {
    if (!isDatabaseHere) skip("the database's programs are not installed");
    const file = yearFile();
    const stopped = await replay(["--file", file], /headquarters starts/);
    expect([stopped.exitCode, stopped.words]).toEqual([1, expect.stringContaining("replay/stopped")]);
    const ended = await replay(["--file", file]);
    expect(ended.words).toContain("going on with what");
    expect(ended.last).toMatchObject(AGREES);
    expect(ended.exitCode).toBe(0);
    const again = await replay(["--file", file]);
    expect(again.last).toMatchObject({ ...AGREES, soldNow: 0 });
    const other = await replay(["--file", file, "--tills", "3"]);
    expect([other.exitCode, other.words]).toEqual([1, expect.stringContaining("replay/other_plan")]);
  },
);

test("without the file one line says so and nothing is done", { timeout: RUN_MS_MAX }, async () => {
  const ended = await replay(["--file", join(folder, "absent.csv")]);
  expect(ended).toMatchObject({ exitCode: 0, last: null });
  expect(ended.words).toMatch(/^skipped: there is no file .*absent\.csv.*\n$/);
});
