/**
 * No child outlives its test, also when the test's own process is killed: a shell waits at the other
 * end of a pipe, and when that end closes it ends the child.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/** Ends `child` with this signal when the process that called this is gone. */
export function guard(child: ChildProcess, signal: "TERM" | "KILL" = "KILL"): void {
  if (child.pid === undefined) return;
  // A stopped child hears nothing but SIGKILL until it goes on.
  const script = 'read -r _; kill -s "$1" "$2"; kill -s CONT "$2"';
  const shell = spawn("sh", ["-c", script, "sh", signal, String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.once("exit", () => shell.kill("SIGKILL"));
  shell.unref();
}
