/**
 * A day from its plan to its outcome: the demo shop is started on a folder of its own, the till opened
 * in Chromium, the plan played, and everything that tells of the day compared at its end.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { PROJECT_ROOT } from "../build/root.ts";
import { startDemo } from "../run/demo.ts";
import type { Demo } from "../run/demo.ts";
import { BROWSER_ARGUMENTS, deviceOf } from "./browser.ts";
import { differences, gapsOf, paperGaps } from "./compare.ts";
import type { SeenDay } from "./compare.ts";
import { DayFault } from "./fault.ts";
import { isOfReceipt, isReport, Papers, readReport } from "./papers.ts";
import type { Paper } from "./papers.ts";
import { drawDay } from "./picture.ts";
import { planDay } from "./plan.ts";
import type { DaySize, DayStep, PlanItem } from "./plan.ts";
import { journalRecords, officeRecords, officeReport } from "./records.ts";
import { Till } from "./till.ts";
import type { Said } from "./till.ts";

/** What is to be played, and where. */
export interface DayTask {
  readonly size: DaySize;
  readonly seed: number;
  /** The demo shop's folder, empty or a demo shop's; its data is forgotten first. */
  readonly directory: string;
  readonly browserPath: string;
  /** Where the picture of the day goes; null for none. */
  readonly picturePath: string | null;
  /** Told of progress, for people. */
  readonly say: (line: string) => void;
}

/** How it came out. */
export interface DayOutcome {
  readonly seed: number;
  readonly isEqual: boolean;
  readonly orderCount: number;
  readonly saleCount: number;
  readonly returnCount: number;
  readonly voidCount: number;
  readonly parkCount: number;
  readonly net: string;
  readonly shifts: readonly { readonly z: number; readonly net: string; readonly isEqual: boolean }[];
  readonly recordCount: number;
  readonly missingCount: number;
  readonly doubledCount: number;
  readonly paperCount: number;
  readonly continuedCount: number;
  readonly reprintCount: number;
  readonly powerCutCount: number;
  readonly durationMs: number;
}

/** Where the screen is kept on which a day ended before its end. */
const FAILED_PICTURE = join(PROJECT_ROOT, "build/standard-day-failed.png");
/** CSS px of the till's screen. */
const SCREEN_HEIGHT_PX = 640;
/** Steps between two looks at the printer, which keeps 200 papers, and between two lines of progress. */
const LOOK_STEPS_COUNT = 25;

/** Plays a day; the sentences say what did not agree. Throws a DayFault when it could not be played to its end. */
export async function playDay(
  task: DayTask,
): Promise<{ readonly outcome: DayOutcome; readonly faults: readonly string[] }> {
  const { directory, browserPath, say } = task;
  const startedMs = performance.now();
  const demo = await startDemo({ directory, isFresh: true, firmware: null, onStep: say });
  const browser = await chromium
    .launch({ executablePath: browserPath, args: BROWSER_ARGUMENTS })
    .catch(async (cause: unknown) => {
      await demo.stop();
      throw cause;
    });
  try {
    const seen = await play(task, demo, browser);
    const faults = differences(seen.day);
    if (task.picturePath !== null) {
      const pictures = await Promise.all(seen.zPapers.map(({ number }) => seen.papers.picture(number)));
      await drawDay(browser, seen.day.report, pictures, task.picturePath);
    }
    return { outcome: outcomeOf(task, seen, faults, performance.now() - startedMs), faults };
  } finally {
    await browser.close();
    await demo.stop();
  }
}

interface Seen {
  readonly day: SeenDay;
  readonly papers: Papers;
  readonly zPapers: readonly Paper[];
  readonly powerCutCount: number;
}

async function play({ size, seed, say }: DayTask, demo: Demo, browser: Browser): Promise<Seen> {
  const page = await (await browser.newContext(deviceOf(SCREEN_HEIGHT_PX))).newPage();
  const papers = new Papers(demo.printerPageUrl);
  const till = new Till(page, demo, papers);
  await till.open();
  const steps = planDay(size, demoItems(), seed);
  for (const [index, step] of steps.entries()) {
    await till.play(step).catch(async (cause: unknown) => {
      await page.screenshot({ path: FAILED_PICTURE });
      say(`what was on the screen: ${FAILED_PICTURE}`);
      if (cause instanceof DayFault) throw cause;
      throw new DayFault("standard_day/screen", `step ${index + 1}, ${step.kind}: ${String(cause)}`, cause);
    });
    if (index % LOOK_STEPS_COUNT !== 0 && !isMilestone(step)) continue;
    await papers.collect();
    say(`${index + 1} of ${steps.length} steps, ${papers.all.length} papers: ${step.kind}`);
  }
  const offMinor = steps.flatMap((step) => (step.kind === "close_shift" ? [step.offMinor] : []));
  const zTitles = offMinor.map((_, index) => `Z ${index + 1}`);
  const zPapers: Paper[] = [];
  for (const title of zTitles) zPapers.push(await papers.find((each) => isReport(each, title), title));
  const xPaper = await papers.find((each) => isReport(each, "X"), "X");
  for (const { receipt } of till.said) await papers.find((each) => isOfReceipt(each, receipt), receipt);
  await till.allSent();
  say("reading what was written down");
  return {
    day: {
      size,
      said: till.said,
      books: till.books,
      offMinor,
      xBook: till.xBook,
      x: readReport(xPaper, "X"),
      zs: zPapers.map((paper, index) => readReport(paper, zTitles[index] ?? "")),
      report: await officeReport(demo, offMinor.length),
      journal: await journalRecords(demo),
      office: await officeRecords(demo),
      papers: papersOf(till.said, papers.all),
    },
    papers,
    zPapers,
    powerCutCount: steps.filter((step) => step.kind === "sale" && step.trouble === "power_cut").length,
  };
}

function isMilestone(step: DayStep): boolean {
  return step.kind === "sale"
    ? step.trouble !== "none"
    : /^(open_shift|report_x|close_shift)$/.test(step.kind);
}

function demoItems(): readonly PlanItem[] {
  const text = readFileSync(join(PROJECT_ROOT, "tools/run/demo/catalogue.json"), "utf8");
  const { items }: { readonly items: readonly (PlanItem & { readonly soldOut?: boolean })[] } =
    JSON.parse(text);
  // What costs nothing is no sale for cash.
  const sold = items.filter(({ soldOut, priceMinor }) => soldOut !== true && priceMinor > 0);
  return sold.map(({ sku, category, priceMinor }) => ({ sku, category, priceMinor }));
}

function papersOf(said: readonly Said[], papers: readonly Paper[]): SeenDay["papers"] {
  return new Map(
    said.map(({ receipt }) => {
      const its = papers.filter((paper) => isOfReceipt(paper, receipt));
      const markedCount = its.filter(({ marks }) => marks.length > 0).length;
      return [receipt, { unmarkedCount: its.length - markedCount, markedCount }];
    }),
  );
}

function outcomeOf(
  { size, seed }: DayTask,
  { day, papers, powerCutCount }: Seen,
  faults: readonly string[],
  durationMs: number,
): DayOutcome {
  const [recorded, printed] = [gapsOf(day.office), paperGaps(day.papers)];
  const withMark = (mark: string): number => papers.all.filter(({ marks }) => marks.includes(mark)).length;
  return {
    seed,
    isEqual: faults.length === 0,
    ...size,
    saleCount: day.report.saleCount,
    returnCount: day.report.returnCount,
    net: day.report.net,
    shifts: day.report.shifts.map(({ zNumber, net, agrees }) => ({ z: zNumber, net, isEqual: agrees })),
    recordCount: day.office.recordCount,
    missingCount: recorded.missingCount + printed.missingCount,
    doubledCount: recorded.doubledCount + printed.doubledCount,
    paperCount: papers.all.length,
    continuedCount: withMark("continued"),
    reprintCount: withMark("reprint") + withMark("copy"),
    powerCutCount,
    durationMs: Math.round(durationMs),
  };
}
