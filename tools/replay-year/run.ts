/**
 * One run: the plan's steps sold by as many real terminal processes as it has, to a real headquarters,
 * and both sides compared at the end. What was written stays: headquarters can be opened on it, and a
 * run that was stopped goes on where its terminals' journals end.
 *
 * R1 However a run ends, nothing that it started goes on.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { currencyExponent, decimalText } from "../../core/money.ts";
import type { Day } from "../replay-day/day.ts";
import { ReplayFault } from "../replay-day/fault.ts";
import { HQ_STOP_MS_MAX } from "../replay-day/limits.ts";
import { endChildren } from "../replay-day/process/child.ts";
import { endDatabase, HqProcess, hqTool, removeDatabase } from "../replay-day/process/hq-process.ts";
import { CURRENCY, makeHqDir, makeTill, TENANT, tillIn, writeConfig } from "../replay-day/process/shop.ts";
import type { Till } from "../replay-day/process/shop.ts";
import { TerminalProcess } from "../replay-day/process/terminal-process.ts";
import type { Progress } from "../replay-day/progress.ts";
import { HeldCheck, readWritten } from "./compare.ts";
import type { YearComparison } from "./compare.ts";
import { ACKED_EVERY_STEPS_COUNT, MEMORY_LOOK_MS, YEAR_REPORT_MS_MAX } from "./limits.ts";
import { folderBytes, Peaks, peakRssMib } from "./memory.ts";
import { claimFolder } from "./plan.ts";
import type { TillPlan, YearPlan } from "./plan.ts";

export interface YearRunOptions {
  readonly day: Day;
  readonly plan: YearPlan;
  readonly folder: string;
  readonly isFresh: boolean;
  readonly bundlePath: string;
  readonly progress: Progress;
  /** Ends the run as soon as it is aborted. */
  readonly signal: AbortSignal;
}

/** What a run came to. */
export interface YearOutcome {
  readonly hqNet: string;
  readonly currency: string;
  readonly orderCount: number;
  /** By terminal. */
  readonly compared: readonly YearComparison[];
  /** Lines that this run sold; fewer than the plan's when it went on with an earlier one. */
  readonly soldCount: number;
  /** Until headquarters had acknowledged the last record. */
  readonly soldMs: number;
  /** From there until everything stood in headquarters' tables. */
  readonly projectedMs: number;
  /** The most that was resident at once, by process, in MiB; null where the system does not say. */
  readonly peakMib: { readonly hq: number | null; readonly tills: readonly (number | null)[] };
  readonly journalBytes: number;
  /** What makes the run a failed one, in words; none when both sides agree. */
  readonly faults: readonly string[];
}

/** Runs a plan to its end. Throws a ReplayFault when it could not come there. */
export async function replayYear(options: YearRunOptions): Promise<YearOutcome> {
  const { folder, isFresh, plan, progress } = options;
  if (plan.tills.length === 0)
    throw new ReplayFault("replay/nothing_to_sell", "no row of the file can be sold");
  if (isFresh) {
    await endDatabase(join(folder, "hq"));
    removeDatabase(join(folder, "hq"));
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  if (claimFolder(folder, plan)) progress.say(`going on with what ${folder} holds`);
  try {
    return await new YearRun(options).toTheEnd();
  } catch (fault) {
    // R1
    await endChildren(HQ_STOP_MS_MAX);
    await endDatabase(join(folder, "hq"));
    progress.say(`what was sold is kept in ${folder}: the same command goes on there`);
    throw fault;
  }
}

interface Desk {
  readonly plan: TillPlan;
  readonly till: Till;
  readonly process: TerminalProcess;
}

class YearRun {
  readonly #options: YearRunOptions;
  readonly #hqDataDir: string;
  readonly #hqLogPath: string;
  readonly #peaks = new Peaks();
  #stop: (fault: ReplayFault) => void = () => {};
  #hqPort = 0;
  #beganAtMs = 0;
  /** Lines in all journals, and those that this run sold. */
  #doneCount = 0;
  #soldCount = 0;

  constructor(options: YearRunOptions) {
    this.#options = options;
    this.#hqDataDir = makeHqDir(options.folder);
    this.#hqLogPath = join(options.folder, "hq.log");
  }

  async toTheEnd(): Promise<YearOutcome> {
    const { signal } = this.#options;
    const stopped = new Promise<never>((_, reject) => {
      this.#stop = reject;
      const abort = (): void => reject(new ReplayFault("replay/stopped", "the run was stopped"));
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort, { once: true });
    });
    const hq = new HqProcess({
      dataDir: this.#hqDataDir,
      tenant: TENANT,
      logPath: this.#hqLogPath,
      onPort: (port) => {
        this.#hqPort = port ?? this.#hqPort;
      },
      onLost: (fault) => this.#stop(fault),
    });
    const desks = this.#options.plan.tills.map((plan) => this.#deskOf(plan));
    const look = setInterval(() => this.#lookAtMemory(hq, desks), MEMORY_LOOK_MS);
    try {
      return await Promise.race([this.#work(hq, desks), stopped]);
    } finally {
      clearInterval(look);
      // R1
      for (const { process } of desks) process.abandon();
      hq.abandon();
    }
  }

  #deskOf(plan: TillPlan): Desk {
    const till = makeTill(
      this.#hqDataDir,
      tillIn(this.#options.folder, plan.terminal, plan.terminal),
      this.#options.plan.list,
    );
    const stepCount = plan.steps.length;
    const process = new TerminalProcess({
      bundlePath: this.#options.bundlePath,
      configPath: till.configPath,
      dataDir: till.dataDir,
      cwd: till.dir,
      logPath: till.logPath,
      steps: plan.steps,
      deaths: [],
      waits: Array.from(
        { length: Math.ceil(stepCount / ACKED_EVERY_STEPS_COUNT) - 1 },
        (_, index) => (index + 1) * ACKED_EVERY_STEPS_COUNT,
      ),
      onDeath: () => {},
      onReady: (lastN) => {
        for (const step of plan.steps.slice(0, lastN)) this.#doneCount += step.lineCount;
      },
      onAnswered: (step) => this.#count(step.lineCount),
    });
    return { plan, till, process };
  }

  #count(lineCount: number): void {
    this.#doneCount += lineCount;
    this.#soldCount += lineCount;
    const seconds = (performance.now() - this.#beganAtMs) / 1000;
    const wholeCount = this.#options.plan.tills.reduce((sum, till) => sum + till.lineCount, 0);
    this.#options.progress.show("lines sold", this.#doneCount, wholeCount, this.#soldCount / seconds);
  }

  #lookAtMemory(hq: HqProcess, desks: readonly Desk[]): void {
    this.#peaks.see("hq", peakRssMib(hq.pid));
    for (const { plan, process } of desks) this.#peaks.see(plan.terminal, peakRssMib(process.pid));
  }

  async #work(hq: HqProcess, desks: readonly Desk[]): Promise<YearOutcome> {
    const { progress } = this.#options;
    progress.say("headquarters starts");
    await hq.start();
    for (const { till } of desks) writeConfig(this.#hqDataDir, till, this.#hqPort);
    this.#beganAtMs = performance.now();
    await Promise.all(
      desks.map(async ({ process }) => {
        await process.sell();
        await process.acknowledged();
      }),
    );
    this.#lookAtMemory(hq, desks);
    const soldMs = performance.now() - this.#beganAtMs;
    progress.say("all is sold and acknowledged; headquarters puts it into its tables");
    await Promise.all(desks.map(({ process }) => process.stop()));
    const report = await this.#report();
    const projectedMs = performance.now() - this.#beganAtMs - soldMs;
    progress.say("both sides are compared, record by record");
    const compared: YearComparison[] = [];
    for (const desk of desks) compared.push(await this.#compare(desk));
    this.#lookAtMemory(hq, desks);
    await hq.stop();
    return this.#outcome(desks, report, compared, soldMs, projectedMs);
  }

  async #report(): Promise<Report> {
    const [line = "null"] = await hqTool("report.ts", [], this.#hqAsked(), { waitMs: YEAR_REPORT_MS_MAX });
    const report = reportIn(line);
    for (const alarm of report.alarms) {
      this.#options.progress.say(`headquarters' alarm: ${JSON.stringify(alarm)}`);
    }
    return report;
  }

  async #compare({ plan, till }: Desk): Promise<YearComparison> {
    const check = new HeldCheck(await readWritten(till.dataDir, plan.terminal, plan.steps.length));
    const onLine = (line: string): void => check.take(line);
    await hqTool("records.ts", ["--terminal", plan.terminal], this.#hqAsked(), {
      onLine,
      waitMs: YEAR_REPORT_MS_MAX,
    });
    return check.done();
  }

  #hqAsked(): { readonly dataDir: string; readonly tenant: string; readonly logPath: string } {
    return { dataDir: this.#hqDataDir, tenant: TENANT, logPath: this.#hqLogPath };
  }

  #outcome(
    desks: readonly Desk[],
    report: Report,
    compared: readonly YearComparison[],
    soldMs: number,
    projectedMs: number,
  ): YearOutcome {
    return {
      hqNet: report.net,
      currency: report.currency,
      orderCount: report.orderCount,
      compared,
      soldCount: this.#soldCount,
      soldMs,
      projectedMs,
      peakMib: {
        hq: this.#peaks.get("hq"),
        tills: desks.map(({ plan }) => this.#peaks.get(plan.terminal)),
      },
      journalBytes: desks.reduce((sum, { till }) => sum + folderBytes(join(till.dataDir, "journal")), 0),
      faults: this.#faults(report, compared),
    };
  }

  #faults(report: Report, compared: readonly YearComparison[]): readonly string[] {
    const { day, plan } = this.#options;
    const net = decimalText(day.netMinor, currencyExponent(CURRENCY));
    const faults: string[] = [];
    if (report.net !== net) faults.push(`headquarters' net is ${report.net}, the file's is ${net}`);
    if (report.currency !== CURRENCY) faults.push(`headquarters' currency is ${report.currency}`);
    if (report.orderCount !== plan.orderCount) {
      faults.push(`headquarters has ${report.orderCount} orders, the file ${plan.orderCount}`);
    }
    for (const { missingCount, doubledCount, differentCount, findings } of compared) {
      if (missingCount + doubledCount + differentCount === 0) continue;
      faults.push(`${missingCount} missing, ${doubledCount} doubled, ${differentCount} different`);
      faults.push(...findings);
    }
    return faults;
  }
}

interface Report {
  readonly net: string;
  readonly currency: string;
  readonly orderCount: number;
  readonly alarms: readonly unknown[];
}

function reportIn(line: string): Report {
  const report: unknown = JSON.parse(line);
  if (
    typeof report === "object" &&
    report !== null &&
    "net" in report &&
    "currency" in report &&
    "orderCount" in report
  ) {
    const { net, currency, orderCount } = report;
    const alarms = "alarms" in report && Array.isArray(report.alarms) ? report.alarms : [];
    if (typeof net === "string" && typeof currency === "string" && typeof orderCount === "number") {
      return { net, currency, orderCount, alarms };
    }
  }
  throw new ReplayFault("replay/report_failed", `report.ts printed ${line.slice(0, 200)}`);
}
