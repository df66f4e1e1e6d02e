/**
 * Runs one command to its end, or until it has said enough, or until its time is over. What it
 * started dies with it. Knows nothing of what is said.
 */
import { spawn } from "node:child_process";
import { MutantsFault } from "./fault.ts";
import { OUTPUT_BYTES_MAX, TRIES_COUNT_MAX } from "./limits.ts";

/** A command of this Node. */
export interface NodeCommand {
  readonly folder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly msMax: number;
  /** Asked after each piece of standard output; true ends the process. */
  readonly isEnough: (output: string) => boolean;
}

/** How it ended: "enough" and "too_long" by our hand, "stopped" by somebody else's. */
export interface NodeEnding {
  readonly kind: "ended" | "enough" | "too_long" | "stopped";
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
  readonly ms: number;
}

/** Signals by which people and machines end a process; an abort of its own has another. */
const FROM_OUTSIDE: readonly (NodeJS.Signals | null)[] = ["SIGTERM", "SIGKILL", "SIGINT", "SIGHUP"];

const running = new Set<() => void>();

/** Ends every process that is under way; for the end of our own. */
export function stopAll(): void {
  for (const stop of running) stop();
}

/** Runs it; what somebody else stopped is run anew a few times. Rejects when it cannot be started. Throws mutants/process when it is stopped every time. */
export async function runNode(command: NodeCommand): Promise<NodeEnding> {
  for (let tryCount = 0; tryCount < TRIES_COUNT_MAX; tryCount += 1) {
    const ending = await runOnce(command);
    if (ending.kind !== "stopped") return ending;
  }
  throw new MutantsFault("mutants/process", `${command.args.join(" ")}: stopped from outside`);
}

function runOnce(command: NodeCommand): Promise<NodeEnding> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [...command.args], {
    cwd: command.folder,
    env: { ...process.env, ...command.env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that its workers end with it.
    detached: true,
  });
  const stop = (): void => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It ended a moment ago.
    }
  };
  running.add(stop);
  let kind: NodeEnding["kind"] = "ended";
  let [output, errors] = ["", ""];
  const end = (why: "enough" | "too_long"): void => {
    if (kind === "ended") kind = why;
    stop();
  };
  const timer = setTimeout(() => end("too_long"), command.msMax);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(-OUTPUT_BYTES_MAX);
    if (command.isEnough(output)) end("enough");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-OUTPUT_BYTES_MAX);
  });
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer);
      running.delete(stop);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (exitCode, signal) => {
      settle();
      if (kind === "ended" && FROM_OUTSIDE.includes(signal)) kind = "stopped";
      resolve({ kind, exitCode, output, errors, ms: performance.now() - startMs });
    });
  });
}
