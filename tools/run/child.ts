/**
 * A child process of the demo: started with a ready line, stopped with a signal, its talk kept in a
 * file so that a failure can be read.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";

/** How long a child may take until it is ready; initdb on a slow card is the longest. */
export const READY_MS_MAX = 90_000;
/** How long a child may take to stop before it is killed. */
export const STOP_MS_MAX = 15_000;

export interface ChildOptions {
  /** For messages: "headquarters". */
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  /** Gets what the child says on stderr. */
  readonly logFile: string;
}

export interface Child {
  readonly name: string;
  /** The first line on stdout, parsed. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly process: ChildProcess;
  /** Resolves with the exit code (null after a signal) when the process is gone. */
  readonly exited: Promise<number | null>;
  /** SIGTERM, and SIGKILL when that takes too long. */
  stop(): Promise<void>;
}

/** The child did not get ready: what it said last is in the message. */
export class ChildFault extends Error {
  override readonly name = "ChildFault";
  readonly code = "run/child_failed";
}

/** Starts a child and waits for its ready line, one line of JSON on stdout. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const [file = "", ...args] = options.command;
  mkdirSync(dirname(options.logFile), { recursive: true });
  const logFile = createWriteStream(options.logFile, { flags: "a" });
  // In a group of its own: Ctrl-C reaches only us, and we stop the children in their order.
  const child = spawn(file, args, { cwd: options.cwd, stdio: ["pipe", "pipe", "pipe"], detached: true });
  process.once("exit", () => child.kill("SIGKILL"));
  let lastWords = "";
  child.stderr.on("data", (chunk: Buffer) => {
    logFile.write(chunk);
    lastWords = (lastWords + chunk.toString("utf8")).slice(-2000);
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.once("error", () => resolve(1));
  });
  const ready = await firstLine(child, exited);
  if (ready === null) {
    child.kill("SIGKILL");
    throw new ChildFault(`${options.name} did not start. It said:\n${lastWords.trim() || "nothing"}`);
  }
  return { name: options.name, ready, process: child, exited, stop: () => stopChild(child, exited) };
}

async function firstLine(
  child: ChildProcess,
  exited: Promise<number | null>,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { stdout } = child;
  if (stdout === null) return null;
  const line = new Promise<string>((resolve) => createInterface({ input: stdout }).once("line", resolve));
  const timeout = new Promise<null>((resolve) => setTimeout(() => resolve(null), READY_MS_MAX).unref());
  const first = await Promise.race([line, exited.then(() => null), timeout]);
  if (first === null) return null;
  const parsed: unknown = JSON.parse(first);
  return isObject(parsed) ? parsed : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

async function stopChild(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
  await exited;
  clearTimeout(timer);
}
