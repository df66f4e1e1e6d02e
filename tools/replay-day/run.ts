/**
 * One run: a day sold by a real terminal process to a real headquarters, with or without faults, and
 * both sides compared at the end. Order of start: headquarters, terminal; of the end: terminal,
 * headquarters, and then headquarters alone once more for its report.
 *
 * R1 However a run ends, nothing that it started goes on; its folder stays only when it failed.
 */
import { rmSync } from "node:fs";
import { currencyExponent, decimalText } from "../../core/money.ts";
import { endChildren } from "./process/child.ts";
import { compareRecords, heldRecordsIn, journalRecords } from "./compare.ts";
import type { Comparison } from "./compare.ts";
import type { Day, RefusedRow } from "./day.ts";
import { ReplayFault } from "./fault.ts";
import { NO_FAULTS, planFaults, planText } from "./fault-plan.ts";
import { FaultsAtWork } from "./process/faults-at-work.ts";
import { endDatabase, HqProcess, hqTool, removeDatabase } from "./process/hq-process.ts";
import { HQ_STOP_MS_MAX } from "./limits.ts";
import { priceListOf } from "./day/price-list.ts";
import type { Progress } from "./progress.ts";
import { Proxy } from "./process/proxy.ts";
import { scriptOf } from "./day/script.ts";
import type { ScriptStep } from "./day/script.ts";
import { CURRENCY, makeShop, TENANT, TERMINAL, writeConfig } from "./process/shop.ts";
import type { Shop } from "./process/shop.ts";
import { TerminalProcess } from "./process/terminal-process.ts";

export interface RunOptions {
  readonly day: Day;
  readonly bundlePath: string;
  /** Null for a day without faults. */
  readonly faultSeed: string | null;
  readonly progress: Progress;
  /** Ends the run as soon as it is aborted. */
  readonly signal: AbortSignal;
}

/** The result of a run that came to its end: the keys of the tool's last line. */
export interface Outcome {
  readonly lines: number;
  readonly invoices: number;
  readonly cancellations: number;
  readonly hqNet: string;
  readonly currency: string;
  readonly eventsWritten: number;
  readonly eventsAtHq: number;
  readonly missing: number;
  readonly doubled: number;
  readonly refusedRows: readonly { readonly row: number; readonly reason: string }[];
  readonly perSecond: number;
}

export interface RunResult {
  readonly outcome: Outcome;
  /** What makes the run a failed one, in words; none when both sides agree. */
  readonly faults: readonly string[];
}

interface Report {
  readonly net: string;
  readonly currency: string;
  readonly alarms: readonly unknown[];
}

/** Runs a day. Throws a ReplayFault when it could not come to its end. */
export async function replayDay(options: RunOptions): Promise<RunResult> {
  const list = priceListOf(options.day);
  const steps = scriptOf(options.day, list);
  if (steps.length === 0) throw new ReplayFault("replay/nothing_to_sell", "no row of the file can be sold");
  const shop = makeShop(list);
  try {
    const result = await new Run(options, shop, steps).toTheEnd();
    if (result.faults.length > 0) sayKept(options.progress, shop);
    else {
      removeDatabase(shop.hqDataDir);
      rmSync(shop.folder, { recursive: true, force: true });
    }
    return result;
  } catch (fault) {
    // R1
    await endChildren(HQ_STOP_MS_MAX);
    await endDatabase(shop.hqDataDir);
    sayKept(options.progress, shop);
    throw fault;
  }
}

function sayKept(progress: Progress, shop: Shop): void {
  progress.say(`what was written is kept in ${shop.folder}`);
}

class Run {
  readonly #options: RunOptions;
  readonly #shop: Shop;
  readonly #steps: readonly ScriptStep[];
  #stop: (fault: ReplayFault) => void = () => {};
  #beganAtMs = 0;
  #soldCount = 0;
  #answeredN = 0;

  constructor(options: RunOptions, shop: Shop, steps: readonly ScriptStep[]) {
    this.#options = options;
    this.#shop = shop;
    this.#steps = steps;
  }

  async toTheEnd(): Promise<RunResult> {
    const { signal } = this.#options;
    const stopped = new Promise<never>((_, reject) => {
      this.#stop = reject;
      const abort = (): void => reject(new ReplayFault("replay/stopped", "the run was stopped"));
      if (signal.aborted) abort();
      signal.addEventListener("abort", abort, { once: true });
    });
    const perSecond = await this.#sell(stopped);
    return Promise.race([this.#judge(perSecond), stopped]);
  }

  /** Sells the day and stops both sides; answers lines per second until the last acknowledgement. */
  async #sell(stopped: Promise<never>): Promise<number> {
    const { progress, faultSeed } = this.#options;
    const { hqDataDir, hqLogPath } = this.#shop;
    const plan = faultSeed === null ? NO_FAULTS : planFaults(faultSeed, this.#steps);
    if (faultSeed !== null) progress.say(`plan: ${planText(plan)}`);
    const proxy = await Proxy.open();
    const hq = new HqProcess({
      dataDir: hqDataDir,
      tenant: TENANT,
      logPath: hqLogPath,
      onPort: (port) => {
        proxy.targetPort = port;
      },
      onLost: (fault) => this.#stop(fault),
    });
    const faults = new FaultsAtWork({ plan, hq, proxy, say: (line) => progress.say(line) });
    const terminal = new TerminalProcess({
      ...this.#terminalOptions(),
      deaths: plan.terminalDeaths,
      waits: plan.waits,
      onDeath: ({ n }) => progress.say(`fault: the terminal died in a commit (planned from step ${n})`),
      onAnswered: (step) => {
        faults.onAnswered(step.n);
        this.#count(step);
      },
    });
    try {
      return await Promise.race([this.#work(hq, terminal, faults, proxy.port), stopped]);
    } finally {
      // R1
      terminal.abandon();
      hq.abandon();
      await proxy.close();
    }
  }

  async #work(
    hq: HqProcess,
    terminal: TerminalProcess,
    faults: FaultsAtWork,
    hqPort: number,
  ): Promise<number> {
    const { progress } = this.#options;
    progress.say("headquarters starts");
    await hq.start();
    writeConfig(this.#shop.hqDataDir, this.#shop.till, hqPort);
    this.#beganAtMs = performance.now();
    await terminal.sell();
    await faults.done();
    progress.say("all is sold; waiting for headquarters' acknowledgement");
    await terminal.acknowledged();
    const seconds = (performance.now() - this.#beganAtMs) / 1000;
    await terminal.stop();
    await hq.stop();
    return Math.round(this.#soldCount / seconds);
  }

  #terminalOptions(): Omit<
    ConstructorParameters<typeof TerminalProcess>[0],
    "deaths" | "waits" | "onDeath" | "onAnswered"
  > {
    const { configPath, dataDir, dir, logPath } = this.#shop.till;
    return {
      bundlePath: this.#options.bundlePath,
      configPath,
      dataDir,
      cwd: dir,
      logPath,
      steps: this.#steps,
    };
  }

  #count(step: ScriptStep): void {
    const { day, progress } = this.#options;
    // After a death some steps are answered again.
    if (step.n <= this.#answeredN) return;
    this.#answeredN = step.n;
    this.#soldCount += step.lineCount;
    const seconds = (performance.now() - this.#beganAtMs) / 1000;
    const wholeCount = day.lineCount - day.refusedRows.length;
    progress.show("lines sold", this.#soldCount, wholeCount, this.#soldCount / seconds);
  }

  async #judge(perSecond: number): Promise<RunResult> {
    const { hqDataDir: dataDir, hqLogPath: logPath, till } = this.#shop;
    const hq = { dataDir, tenant: TENANT, logPath };
    const [reportLine = ""] = await hqTool("report.ts", [], hq);
    const report = reportIn(reportLine);
    const held = heldRecordsIn(await hqTool("records.ts", ["--terminal", TERMINAL], hq));
    const written = await journalRecords(till.dataDir, TERMINAL);
    const compared = compareRecords(written, held, TERMINAL, this.#steps.length);
    for (const alarm of report.alarms) {
      this.#options.progress.say(`headquarters' alarm: ${JSON.stringify(alarm)}`);
    }
    const { day } = this.#options;
    return { outcome: outcomeOf(day, report, compared, perSecond), faults: faultsOf(day, report, compared) };
  }
}

function outcomeOf(day: Day, report: Report, compared: Comparison, perSecond: number): Outcome {
  return {
    lines: day.lineCount,
    invoices: day.invoiceCount,
    cancellations: day.cancellationCount,
    hqNet: report.net,
    currency: report.currency,
    eventsWritten: compared.writtenCount,
    eventsAtHq: compared.heldCount,
    missing: compared.missingCount,
    doubled: compared.doubledCount,
    refusedRows: day.refusedRows.map(({ rowNumber, reason }: RefusedRow) => ({ row: rowNumber, reason })),
    perSecond,
  };
}

function faultsOf(day: Day, report: Report, compared: Comparison): readonly string[] {
  const net = decimalText(day.netMinor, currencyExponent(CURRENCY));
  const faults: string[] = [];
  if (report.net !== net) faults.push(`headquarters' net is ${report.net}, the file's is ${net}`);
  if (report.currency !== CURRENCY) faults.push(`headquarters' currency is ${report.currency}`);
  if (compared.missingCount + compared.doubledCount + compared.differentCount > 0) {
    const { missingCount, doubledCount, differentCount } = compared;
    faults.push(`${missingCount} missing, ${doubledCount} doubled, ${differentCount} different`);
    faults.push(...compared.findings);
  }
  return faults;
}

function reportIn(line: string): Report {
  const report: unknown = JSON.parse(line === "" ? "null" : line);
  if (typeof report === "object" && report !== null && "net" in report && "currency" in report) {
    const { net, currency } = report;
    const alarms = "alarms" in report && Array.isArray(report.alarms) ? report.alarms : [];
    if (typeof net === "string" && typeof currency === "string") return { net, currency, alarms };
  }
  throw new ReplayFault("replay/report_failed", `report.ts printed ${line.slice(0, 200)}`);
}
