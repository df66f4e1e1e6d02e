/**
 * Who sells what: the invoices of the file dealt out to the terminals in turn, and each terminal's
 * steps, computed before anything runs and the same on every run.
 *
 * Y1 A folder belongs to one plan: what a terminal sold is named by its steps' numbers, which mean
 *    something else under another file, day or number of terminals.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Day } from "../replay-day/day.ts";
import { priceListOf } from "../replay-day/day/price-list.ts";
import type { PriceList } from "../replay-day/day/price-list.ts";
import { scriptOf } from "../replay-day/day/script.ts";
import type { ScriptStep } from "../replay-day/day/script.ts";
import { ReplayFault } from "../replay-day/fault.ts";

/** What one terminal sells. */
export interface TillPlan {
  /** "till-1" and so on. */
  readonly terminal: string;
  readonly steps: readonly ScriptStep[];
  readonly lineCount: number;
}

export interface YearPlan {
  readonly list: PriceList;
  readonly tills: readonly TillPlan[];
  readonly orderCount: number;
  /** SHA-256 over all steps, in hex. */
  readonly digest: string;
}

/** The plan of a year (or of whatever `day` holds) for so many terminals; those without an invoice are left out. */
export function planYear(day: Day, tillCount: number): YearPlan {
  const list = priceListOf(day, "usual_price");
  const tills = Array.from({ length: tillCount }, (_, tillIndex): TillPlan => {
    const orders = day.orders.filter((__, orderIndex) => orderIndex % tillCount === tillIndex);
    const steps = scriptOf({ ...day, orders }, list);
    const lineCount = orders.reduce((sum, order) => sum + order.lines.length, 0);
    return { terminal: `till-${tillIndex + 1}`, steps, lineCount };
  }).filter(({ steps }) => steps.length > 0);
  return { list, tills, orderCount: day.orders.length, digest: digestOf(tills) };
}

function digestOf(tills: readonly TillPlan[]): string {
  const hash = createHash("sha256");
  for (const { terminal, steps } of tills) {
    for (const { n, at, step } of steps) hash.update(`${terminal} ${n} ${at} ${JSON.stringify(step)}\n`);
  }
  return hash.digest("hex");
}

/** Claims a folder for a plan; answers whether it was begun before. Throws replay/other_plan (Y1). */
export function claimFolder(folder: string, plan: YearPlan): boolean {
  const path = join(folder, "plan.txt");
  if (!existsSync(path)) {
    writeFileSync(path, `${plan.digest}\n`);
    return false;
  }
  if (readFileSync(path, "utf8").trim() === plan.digest) return true;
  throw new ReplayFault(
    "replay/other_plan",
    `${folder} was begun with another file, day or number of terminals; FRESH=1 starts over`,
  );
}
