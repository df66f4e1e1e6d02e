/**
 * The terminal as a process of this run (tools/sell): gets the steps, dies where the plan says so,
 * is started again and goes on behind the last step that its journal has.
 *
 * T1 At most STEPS_UNDER_WAY_COUNT_MAX steps are sent ahead of their answers.
 * T2 Every wait has an end; a death that was not planned is a failure.
 */
import { Child, exitText, within } from "./child.ts";
import type { Exit } from "./child.ts";
import { ReplayFault } from "../fault.ts";
import type { ReplayFaultCode } from "../fault.ts";
import type { PlannedDeath } from "../fault-plan.ts";
import {
  ACKED_WAIT_MS_MAX,
  STEP_SILENT_MS_MAX,
  STEPS_UNDER_WAY_COUNT_MAX,
  TERMINAL_READY_MS_MAX,
  TERMINAL_STOP_MS_MAX,
} from "../limits.ts";
import type { ScriptStep } from "../day/script.ts";

export interface TerminalOptions {
  /** The bundled seller, one file. */
  readonly bundlePath: string;
  readonly configPath: string;
  readonly dataDir: string;
  readonly cwd: string;
  readonly logPath: string;
  readonly steps: readonly ScriptStep[];
  readonly deaths: readonly PlannedDeath[];
  /** Steps behind which nothing is sent before all is acknowledged; ascending. */
  readonly waits: readonly number[];
  /** Told of each answered step; after a death some are told again. */
  readonly onAnswered: (step: ScriptStep) => void;
  readonly onDeath: (death: PlannedDeath) => void;
  /** Told of each start: the last step that the journal has, 0 for none. */
  readonly onReady?: (lastN: number) => void;
}

/** What the seller says, as far as this run listens. */
interface Said {
  readonly ready?: unknown;
  readonly lastN?: unknown;
  readonly seq?: unknown;
  readonly n?: unknown;
  readonly ok?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly acked?: unknown;
}

type Ending = { readonly kind: "sold" } | { readonly kind: "ended"; readonly exit: Exit };

export class TerminalProcess {
  readonly #options: TerminalOptions;
  #child: Child | null = null;
  #sentN = 0;
  #answeredN = 0;
  #headSeq = 0;
  #ackedSeq = 0;
  /** Settles the life that runs; T2. */
  #onEnding: (ending: Ending) => void = nothing;
  #onFault: (fault: ReplayFault) => void = nothing;
  #onAcked: () => void = nothing;
  #waits: readonly number[];
  #isAbandoned = false;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#waits = options.waits;
  }

  /** Of the process that runs now. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Sells all steps, through every planned death. Throws replay/terminal_…, replay/step_refused, replay/fault_missed. */
  async sell(): Promise<void> {
    for (const death of this.#options.deaths) {
      const ending = await this.#live(death);
      if (ending.kind === "sold") {
        const { n, writeCount } = death;
        throw new ReplayFault(
          "replay/fault_missed",
          `the terminal did not die in write ${writeCount} from step ${n}`,
        );
      }
      if (ending.exit.signal !== "SIGKILL") throw this.#endedFault(ending.exit);
      this.#options.onDeath(death);
    }
    const ending = await this.#live(null);
    if (ending.kind === "ended") throw this.#endedFault(ending.exit);
  }

  /** Waits until headquarters acknowledged the last record. Throws replay/not_acknowledged. */
  async acknowledged(): Promise<void> {
    const child = this.#child;
    const acked = new Promise<void>((resolve) => {
      this.#onAcked = () => {
        if (this.#ackedSeq >= this.#headSeq) resolve();
      };
      this.#onAcked();
    });
    const ended = (child?.ended ?? Promise.resolve({ code: null, signal: null })).then((exit) => {
      throw this.#endedFault(exit);
    });
    const late = (): ReplayFault => {
      const where = `record ${this.#headSeq} is the last one and ${this.#ackedSeq} the last that is acknowledged`;
      const words = child?.lastWords() ?? "";
      return new ReplayFault("replay/not_acknowledged", `${where}. The terminal's last words: ${words}`);
    };
    await within(Promise.race([acked, ended]), ACKED_WAIT_MS_MAX, late);
    ended.catch(nothing);
  }

  /** Ends it in order. Throws replay/terminal_ended. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    child.endInput();
    const late = (): ReplayFault =>
      new ReplayFault("replay/terminal_silent", `the terminal did not end in ${TERMINAL_STOP_MS_MAX} ms`);
    const exit = await within(child.ended, TERMINAL_STOP_MS_MAX, late);
    if (exit.code !== 0) throw this.#endedFault(exit);
  }

  /** Kills it however the run went, for good; whoever calls waits for its end. Never throws. */
  abandon(): void {
    this.#isAbandoned = true;
    clearTimeout(this.#watchdog);
    this.#child?.kill("SIGKILL");
  }

  async #live(death: PlannedDeath | null): Promise<Ending> {
    // The last life may have been ended by `abandon` and not as planned.
    if (this.#isAbandoned) throw new ReplayFault("replay/stopped", "the run is over");
    const { bundlePath, configPath, dataDir, cwd, logPath } = this.#options;
    const args = [bundlePath, "--config", configPath, "--data", dataDir];
    if (death !== null) {
      args.push("--die-at-write", String(death.writeCount), "--die-from-step", String(death.n));
    }
    const settled = new Promise<Ending>((resolve, reject) => {
      this.#onEnding = resolve;
      this.#onFault = reject;
    });
    const child = new Child({ args, cwd, logPath, onLine: (line) => this.#hear(line) });
    this.#child = child;
    this.#watch(TERMINAL_READY_MS_MAX, "replay/terminal_not_ready");
    void child.ended.then((exit) => this.#onEnding({ kind: "ended", exit }));
    try {
      return await settled;
    } finally {
      clearTimeout(this.#watchdog);
      this.#onEnding = nothing;
      this.#onFault = nothing;
    }
  }

  #hear(line: string): void {
    const said = saidIn(line);
    if (said === null) {
      this.#onFault(new ReplayFault("replay/terminal_unclear", `the terminal said ${line.slice(0, 200)}`));
    } else if (said.ready === true) this.#begin(said);
    else if (typeof said.acked === "number") {
      this.#ackedSeq = said.acked;
      this.#onAcked();
      if (this.#isWaiting) this.#send();
    } else if (typeof said.n === "number") this.#answer(said.n, said);
    else this.#refused(said);
  }

  #begin(said: Said): void {
    const { lastN, seq } = said;
    if (typeof lastN !== "number" || typeof seq !== "number") {
      this.#onFault(
        new ReplayFault("replay/terminal_unclear", "the terminal is ready and does not say where"),
      );
      return;
    }
    this.#sentN = lastN;
    this.#answeredN = lastN;
    this.#headSeq = seq;
    this.#ackedSeq = 0;
    // A run that goes on with a journal is beyond the first of them.
    this.#waits = this.#waits.filter((n) => n >= lastN);
    this.#options.onReady?.(lastN);
    this.#send();
  }

  #answer(n: number, said: Said): void {
    const step = this.#options.steps[n - 1];
    if (said.ok !== true || typeof said.seq !== "number" || step === undefined || n !== this.#answeredN + 1) {
      this.#refused(said);
      return;
    }
    this.#answeredN = n;
    this.#headSeq = said.seq;
    this.#options.onAnswered(step);
    this.#send();
  }

  #refused(said: Said): void {
    const step = typeof said.n === "number" ? this.#options.steps[said.n - 1] : undefined;
    const about = step === undefined ? "" : ` (${step.about})`;
    this.#onFault(new ReplayFault("replay/step_refused", `${JSON.stringify(said)}${about}`));
  }

  /** Whether all steps up to the next wait are answered. */
  get #isWaiting(): boolean {
    return this.#waits[0] === this.#answeredN;
  }

  // T1
  #send(): void {
    const { steps } = this.#options;
    if (this.#isWaiting && this.#ackedSeq >= this.#headSeq) this.#waits = this.#waits.slice(1);
    // Whole handfuls: a write for each step would cost more than the step.
    if (this.#sentN - this.#answeredN <= STEPS_UNDER_WAY_COUNT_MAX / 2) {
      const untilN = Math.min(this.#answeredN + STEPS_UNDER_WAY_COUNT_MAX, this.#waits[0] ?? steps.length);
      const lines = steps
        .slice(this.#sentN, untilN)
        .map(({ n, at, step }) => `${JSON.stringify({ n, at, step })}\n`);
      this.#sentN += lines.length;
      if (lines.length > 0) this.#child?.write(lines.join(""));
    }
    if (this.#isWaiting) this.#watch(ACKED_WAIT_MS_MAX, "replay/not_acknowledged");
    else if (this.#answeredN >= steps.length) this.#onEnding({ kind: "sold" });
    else this.#watch(STEP_SILENT_MS_MAX, "replay/terminal_silent");
  }

  // T2
  #watch(ms: number, code: ReplayFaultCode): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      const words = this.#child?.lastWords() ?? "";
      this.#onFault(
        new ReplayFault(
          code,
          `nothing was heard for ${ms} ms behind step ${this.#answeredN}. Last words: ${words}`,
        ),
      );
    }, ms);
  }

  #endedFault(exit: Exit): ReplayFault {
    const words = this.#child?.lastWords() ?? "";
    return new ReplayFault(
      "replay/terminal_ended",
      `the terminal ${exitText(exit)}. Its last words: ${words}`,
    );
  }
}

function saidIn(line: string): Said | null {
  try {
    const said: unknown = JSON.parse(line);
    return typeof said === "object" && said !== null ? said : null;
  } catch {
    // Not for programs: the caller says what was heard.
    return null;
  }
}

function nothing(): void {}
