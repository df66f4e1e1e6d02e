/**
 * Writes the log to stderr, one line an event, and keeps nothing: rotation is the supervisor's
 * (journald, or whoever holds the other end). What a line may say is runtime/log.ts.
 */
import { logText } from "../log.ts";
import type { LogFacts, LogFormat } from "../log.ts";

/** A log in this format; it takes a plain sentence for `{ detail }`. */
export function createLog(
  format: LogFormat,
  write: (line: string) => void = (line) => void process.stderr.write(line),
  now: () => Date = () => new Date(),
): (code: string, facts?: LogFacts | string) => void {
  return (code, facts = {}) => {
    const said = typeof facts === "string" ? { detail: facts } : facts;
    write(`${logText(format, now().toISOString(), code, said)}\n`);
  };
}
