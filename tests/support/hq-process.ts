/** Starts headquarters' programs as processes of their own and reads what they print. */
import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A program that has said that it is ready. */
export interface HqProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Sends the signal and waits for the end; answers the exit code, or null after a signal. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  readonly ended: Promise<unknown>;
}

/** Runs `node <program> <texts>` and waits for its first line of JSON; rejects with what it said when it ends first. */
export async function startProgram(program: string, texts: readonly string[]): Promise<HqProcess> {
  const child = spawn(process.execPath, [program, ...texts], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit");
  let errors = "";
  child.stderr.on("data", (bytes: Buffer) => {
    errors += bytes.toString();
  });
  const line = once(createInterface({ input: child.stdout }), "line");
  const first = await Promise.race([line, ended.then(() => null)]);
  if (first === null) throw new Error(`${program} ended: ${errors}`);
  const ready: { readonly port: number } = JSON.parse(String(first[0]));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return { child, port: ready.port, end, ended };
}

/** Runs a program to its end; answers its exit code and what it printed. */
export async function runProgram(
  program: string,
  texts: readonly string[],
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [program, ...texts], { maxBuffer: 1 << 26 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { readonly code?: unknown; readonly stdout?: string; readonly stderr?: string };
    if (typeof failed.code !== "number") throw error;
    return { code: failed.code, stdout: failed.stdout ?? "", stderr: failed.stderr ?? "" };
  }
}

/** The database's process of a data folder, or null when it left no note. */
export function postmasterOf(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dataDir, "pg", "data", "postmaster.pid"), "utf8").split("\n")[0]);
    return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** As postmasterOf, where there must be one. Never 0: a signal to that number goes to everyone. */
export function runningPostmasterOf(dataDir: string): number {
  const pid = postmasterOf(dataDir);
  if (pid === null) throw new Error(`No database runs on ${dataDir}`);
  return pid;
}
