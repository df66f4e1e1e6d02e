/**
 * Headquarters as a process of this run: started, killed, started again on the same data, stopped.
 * Owns also the database process that a killed headquarters leaves behind: when the run ends in the
 * middle, that one is stopped as well.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../build/root.ts";
import { isAlive, runningPostmaster } from "../../hq/postgres/pidfile.ts";
import { Child, exitText, within } from "./child.ts";
import { ReplayFault } from "../fault.ts";
import { HQ_READY_MS_MAX, HQ_REPORT_MS_MAX, HQ_STOP_MS_MAX } from "../limits.ts";

export interface HqOptions {
  readonly dataDir: string;
  readonly tenant: string;
  readonly logPath: string;
  /** Told where it listens, and null as soon as it does not any more. */
  readonly onPort: (port: number | null) => void;
  /** Told of an end that nobody asked for. */
  readonly onLost: (fault: ReplayFault) => void;
}

/** How often the database is looked at while it stops. */
const DATABASE_LOOK_MS = 50;

export class HqProcess {
  readonly #options: HqOptions;
  #child: Child | null = null;
  #isAbandoned = false;

  constructor(options: HqOptions) {
    this.#options = options;
  }

  /** Starts it and waits until terminals may connect. Throws replay/hq_not_ready. */
  async start(): Promise<void> {
    // A kill that was planned may still be under way when the run is over.
    if (this.#isAbandoned) throw new ReplayFault("replay/stopped", "the run is over");
    const { dataDir, tenant, logPath } = this.#options;
    let onReady: (port: number) => void = () => {};
    const ready = new Promise<number>((resolve) => {
      onReady = resolve;
    });
    const child = new Child({
      args: [join(PROJECT_ROOT, "tools/hq/main.ts"), "--data", dataDir, "--tenant", tenant, "--port", "0"],
      cwd: dataDir,
      logPath,
      onLine: (line) => {
        const port = readyPort(line);
        if (port !== null) onReady(port);
      },
    });
    this.#child = child;
    const notReady = (why: string): ReplayFault =>
      new ReplayFault("replay/hq_not_ready", `${why}. Its last words: ${child.lastWords()}`);
    const failed = child.ended.then((exit) => {
      throw notReady(`headquarters ${exitText(exit)}`);
    });
    const late = (): ReplayFault => notReady(`headquarters said nothing for ${HQ_READY_MS_MAX} ms`);
    this.#options.onPort(await within(Promise.race([ready, failed]), HQ_READY_MS_MAX, late));
    failed.catch(() => this.#lost(child));
  }

  /** Of the process that runs now. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** SIGKILL, as a power cut of its machine would be; its database goes on. */
  async kill(): Promise<void> {
    const child = this.#release();
    child?.kill("SIGKILL");
    await child?.ended;
  }

  /** Ends it in order. Throws replay/hq_not_stopped. */
  async stop(): Promise<void> {
    const child = this.#release();
    if (child === null || child.isOver) return;
    child.kill("SIGTERM");
    const exit = await within(
      child.ended,
      HQ_STOP_MS_MAX,
      () => new ReplayFault("replay/hq_not_stopped", `headquarters did not end in ${HQ_STOP_MS_MAX} ms`),
    );
    if (exit.code !== 0) {
      throw new ReplayFault("replay/hq_not_stopped", `headquarters ${exitText(exit)}: ${child.lastWords()}`);
    }
  }

  /** Asks it to end, in whatever state it is, and never starts it again; whoever calls waits. Never throws. */
  abandon(): void {
    this.#isAbandoned = true;
    // Killed while its database starts, it would leave that one without a trace.
    this.#release()?.kill("SIGTERM");
  }

  #release(): Child | null {
    const child = this.#child;
    this.#child = null;
    this.#options.onPort(null);
    return child;
  }

  #lost(child: Child): void {
    if (this.#child !== child) return;
    this.#options.onPort(null);
    this.#options.onLost(
      new ReplayFault("replay/hq_ended", `headquarters ended. Its last words: ${child.lastWords()}`),
    );
  }
}

/** What a caller of a tool may want otherwise than others. */
export interface ToolOptions {
  /** Takes each line as it comes; nothing is gathered then. */
  readonly onLine?: (line: string) => void;
  /** HQ_REPORT_MS_MAX by default. */
  readonly waitMs?: number;
}

/** One of headquarters' tools, beside it or alone on its data: the lines that it printed. Throws replay/report_failed. */
export async function hqTool(
  script: "report.ts" | "records.ts",
  args: readonly string[],
  options: Pick<HqOptions, "dataDir" | "tenant" | "logPath">,
  { onLine, waitMs = HQ_REPORT_MS_MAX }: ToolOptions = {},
): Promise<readonly string[]> {
  const lines: string[] = [];
  const { dataDir, tenant, logPath } = options;
  const child = new Child({
    args: [join(PROJECT_ROOT, "tools/hq", script), "--data", dataDir, "--tenant", tenant, ...args],
    cwd: dataDir,
    logPath,
    onLine: onLine ?? ((line) => lines.push(line)),
  });
  const late = (): ReplayFault => {
    child.kill("SIGKILL");
    return new ReplayFault("replay/report_failed", `${script} did not end in ${waitMs} ms`);
  };
  const exit = await within(child.ended, waitMs, late);
  if (exit.code === 0) return lines;
  throw new ReplayFault("replay/report_failed", `${script} ${exitText(exit)}: ${child.lastWords()}`);
}

function readyPort(line: string): number | null {
  try {
    const said: unknown = JSON.parse(line);
    if (typeof said !== "object" || said === null || !("ready" in said) || !("port" in said)) return null;
    return typeof said.port === "number" ? said.port : null;
  } catch {
    // A line for people.
    return null;
  }
}

/** Where the database of a headquarters is: in its data, or where a file there says. */
function databaseHome(dataDir: string): string | null {
  const place = join(dataDir, "pg.place");
  if (existsSync(place)) return readFileSync(place, "utf8").trim();
  const inside = join(dataDir, "pg");
  return existsSync(inside) ? inside : null;
}

/** Ends the database that a killed headquarters, or one of its tools, left running; without effect where there is none. */
export async function endDatabase(dataDir: string): Promise<void> {
  const home = databaseHome(dataDir);
  if (home === null) return;
  const postmaster = runningPostmaster(join(home, "data"));
  if (postmaster === null) return;
  process.kill(postmaster.pid, "SIGINT");
  const deadlineMs = Date.now() + HQ_STOP_MS_MAX;
  while (isAlive(postmaster.pid)) {
    if (Date.now() > deadlineMs) process.kill(postmaster.pid, "SIGQUIT");
    await new Promise((resolve) => setTimeout(resolve, DATABASE_LOOK_MS));
  }
}

/** Removes the database of a headquarters that was abandoned or stopped, wherever it was put. */
export function removeDatabase(dataDir: string): void {
  const home = databaseHome(dataDir);
  if (home !== null) rmSync(home, { recursive: true, force: true });
}
