/**
 * A process that a run starts: lines in, lines out, its last words in a log file. Each is the head
 * of a process group of its own, so that Ctrl-C reaches the run alone, which then ends them in order.
 *
 * C1 No child outlives the run: whatever is alive when this process exits is killed.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { LAST_WORDS_CHARS_MAX } from "../limits.ts";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  /** Arguments for this Node. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** What it says on stderr is added here. */
  readonly logPath: string;
  readonly onLine: (line: string) => void;
}

const living = new Set<Child>();
process.on("exit", () => {
  // C1
  for (const child of living) child.kill("SIGKILL");
});

/** Lets what is alive come to its end for `graceMs`, then kills it; for a run that ends in the middle. */
export async function endChildren(graceMs: number): Promise<void> {
  const timer = setTimeout(() => {
    for (const child of living) child.kill("SIGKILL");
  }, graceMs);
  await Promise.all([...living].map((child) => child.ended));
  clearTimeout(timer);
}

export class Child {
  /** Resolves once when it has ended and all its lines were heard; never rejects. */
  readonly ended: Promise<Exit>;
  readonly #process: ChildProcess;
  readonly #logPath: string;
  #isOver = false;

  constructor(options: ChildOptions) {
    const log = openSync(options.logPath, "a", 0o600);
    const child = spawn(process.execPath, options.args, {
      cwd: options.cwd,
      stdio: ["pipe", "pipe", log],
      detached: true,
    });
    closeSync(log);
    this.#process = child;
    this.#logPath = options.logPath;
    living.add(this);
    // A write to a process that is gone ends here; that it is gone is told by `ended`.
    child.stdin?.on("error", ignore);
    if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", options.onLine);
    this.ended = new Promise((resolve) => {
      const over = (exit: Exit): void => {
        this.#isOver = true;
        living.delete(this);
        resolve(exit);
      };
      child.once("error", () => over({ code: null, signal: null }));
      child.once("close", (code, signal) => over({ code, signal }));
    });
  }

  /** Of the process; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Hands it text on stdin; what it does not read yet waits in memory, so the caller bounds it. */
  write(text: string): void {
    this.#process.stdin?.write(text);
  }

  /** Ends its stdin. */
  endInput(): void {
    this.#process.stdin?.end();
  }

  /** Sends a signal; without effect when it has ended. */
  kill(signal: NodeJS.Signals): void {
    if (!this.#isOver) this.#process.kill(signal);
  }

  /** The end of what it and those before it with the same log said on stderr. */
  lastWords(): string {
    return readFileSync(this.#logPath, "utf8").slice(-LAST_WORDS_CHARS_MAX).trim();
  }
}

/** How a process ended, in words. */
export function exitText(exit: Exit): string {
  if (exit.signal !== null) return `ended by ${exit.signal}`;
  return exit.code === null ? "could not be started" : `ended with exit code ${exit.code}`;
}

/** `promise`, or a rejection with what `late` makes when it takes longer than `ms`. */
export async function within<T>(promise: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {}
