/**
 * Logs and configurations without what may be somebody's. Of a log line its time, level and code stay, and
 * facts that are numbers or names of machines; of a configuration its shape, numbers and the few words that
 * are closed lists. Everything else is replaced or left out.
 */
import type { Redactor } from "./redact.ts";

const LOG_LINES_COUNT_MAX = 20_000;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const CODE = /^[a-z][a-z0-9_]*\/[a-z0-9_]+$/;
const MACHINE = /^[A-Za-z0-9_.:/-]{1,40}$/;
/** Facts of a log line that name machines and code, never people. */
const KEPT_FACTS: ReadonlySet<string> = new Set(["terminal", "tenant", "epoch", "cause", "release", "place"]);
const KEPT_LEVELS: ReadonlySet<string> = new Set(["info", "warning", "error"]);
/** Words of a configuration that are machines' names or closed lists. */
const KEPT_WORDS: ReadonlyMap<string, RegExp> = new Map([
  ["tenant", /^[A-Za-z0-9_-]{1,32}$/],
  ["store", /^[A-Za-z0-9_-]{1,32}$/],
  ["terminal", /^[A-Za-z0-9_-]{1,32}$/],
  ["currency", /^[A-Z]{3}$/],
  ["receiptLanguage", /^(?:en|zh)$/],
  ["model", /^[a-z0-9_/]{1,40}$/],
  ["tie", /^(?:up|down)$/],
  ["rights", /^[a-z_]{1,20}$/],
]);
const KEY = /^[A-Za-z_][A-Za-z0-9_]{0,31}$/;

/** The newest lines of a log, each as JSON; a line that is no event is left out and counted in the last one. */
export function redactLog(text: string): string {
  const lines = text.split("\n").filter((line) => line !== "");
  const kept = lines.slice(-LOG_LINES_COUNT_MAX).map(redactLine);
  const events = kept.filter((line) => line !== null);
  const leftOutCount = lines.length - events.length;
  return [...events, JSON.stringify({ lineCount: lines.length, leftOutCount })].join("\n") + "\n";
}

function redactLine(line: string): string | null {
  const [, at = "", code = ""] = /^(\S+) ([a-z][a-z0-9_/]*):/.exec(line) ?? [];
  if (TIME.test(at) && CODE.test(code)) return JSON.stringify({ at, code });
  const entry = parsed(line);
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return null;
  const facts = new Map<string, unknown>(Object.entries(entry));
  const [when, what, level] = [facts.get("at"), facts.get("code"), facts.get("level")];
  if (typeof when !== "string" || typeof what !== "string" || !TIME.test(when) || !CODE.test(what))
    return null;
  const others = [...facts].filter(([name, value]) => {
    if (!KEY.test(name) || name === "at" || name === "code" || name === "level") return false;
    if (typeof value === "string") return KEPT_FACTS.has(name) && MACHINE.test(value);
    return (
      (typeof value === "number" || typeof value === "boolean") &&
      /(?:Count|Ms|seq|port|pid|count)$/.test(name)
    );
  });
  const loud = typeof level === "string" && KEPT_LEVELS.has(level) ? { level } : {};
  return JSON.stringify({ at: when, ...loud, code: what, ...Object.fromEntries(others) });
}

/** A configuration's shape; null where it is no JSON. */
export function redactConfig(text: string, redactor: Redactor): unknown {
  const value = parsed(text);
  return value === undefined ? null : redactValue(value, "", redactor);
}

function redactValue(value: unknown, name: string, redactor: Redactor): unknown {
  if (typeof value === "string")
    return KEPT_WORDS.get(name)?.test(value) === true ? value : redactor.word(value);
  if (Array.isArray(value)) return value.map((its: unknown) => redactValue(its, name, redactor));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, its]: [string, unknown]) => [
      KEY.test(key) ? key : redactor.word(key),
      redactValue(its, key, redactor),
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
