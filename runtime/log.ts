/**
 * What a log may say, for the terminal and for headquarters: an event is a code with facts, and becomes
 * one line of JSON or of text here and nowhere else. Pure; runtime/adapters/log.ts writes it.
 *
 * L1 A fact comes out only under a name of FIELDS and only in that field's form: PINs, salts, hashes, keys,
 *    tokens, passwords and what belongs to customers have no field, so they cannot come out by name.
 * L2 Words are searched for what looks like a secret, whatever they are about.
 * L3 Of an error that is not our own its message is never said: it may quote what it was given.
 */
import { Bug } from "../core/bug.ts";

/** How loud an event is. */
export type LogLevel = "info" | "warning" | "error";

/** Facts by the names of FIELDS; others are dropped and counted. */
export type LogFacts = Readonly<Record<string, unknown>>;

/** Says one event; never fails. */
export type Log = (code: string, facts?: LogFacts) => void;

/** How lines are written. */
export type LogFormat = "json" | "text";

type FieldKind = "token" | "number" | "flag" | "words";

/** L1: every fact there is. */
const FIELDS: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ["detail", "words"],
  ["cause", "token"],
  ["about", "words"],
  ["place", "words"],
  ["path", "words"],
  ["what", "words"],
  ["tenant", "token"],
  ["store", "token"],
  ["terminal", "token"],
  ["epoch", "token"],
  ["alarm", "token"],
  ["field", "token"],
  ["release", "token"],
  ["state", "token"],
  ["signal", "token"],
  ["host", "token"],
  ["seq", "number"],
  ["port", "number"],
  ["pid", "number"],
  ["count", "number"],
  ["delayMs", "number"],
  ["durationMs", "number"],
  ["lagCount", "number"],
  ["isFirst", "flag"],
]);

const WORDS_LENGTH_MAX = 600;
const FRAMES_COUNT_MAX = 6;
const FRAME = /^\s+at .*?([\w.-]+\/[\w.-]+\.(?:ts|tsx|js|cjs|mjs):\d+:\d+)\)?$/gm;
const TOKEN = /^[\w./:@[\]-]{1,80}$/;
const CODE = /^[a-z][a-z0-9_]*\/[a-z0-9_]+$/;

const ERRORS = new Set([
  "runtime/crashed",
  "journal/failed",
  "journal/rot",
  "journal/full",
  "store/failed",
  "projector/failed",
  "history/fork",
  "history/rot",
  "history/rolled_back",
  "hq/failed",
  "alarm/not_stored",
]);
/** What keeps a terminal from starting, or its disk from being one. */
const NOT_STARTED = /^(?:disk|data|key|screen|catalogue|config)\/(?!unknown_key$)/;
const INFOS = new Set(["link/up", "broker/up", "hq/ready", "hq/stopped"]);

/** The level of a code: an error is what a person must see today, info what nobody has to. */
export function levelOf(code: string): LogLevel {
  if (ERRORS.has(code) || NOT_STARTED.test(code)) return "error";
  return INFOS.has(code) ? "info" : "warning";
}

/** One event as a line, without the end of line. `at`: ISO 8601. */
export function logText(format: LogFormat, at: string, code: string, facts: LogFacts = {}): string {
  const named = CODE.test(code) ? code : "log/code_unusable";
  const { said, droppedCount } = told(facts);
  const dropped = droppedCount === 0 ? [] : [["dropped", droppedCount] as const];
  const pairs = [...said, ...dropped];
  if (format === "json")
    return JSON.stringify({ at, level: levelOf(named), code: named, ...Object.fromEntries(pairs) });
  const detail = said.find(([name]) => name === "detail")?.[1];
  const rest = pairs.filter(([name]) => name !== "detail").map(([name, value]) => ` ${name}=${value}`);
  return `${at} ${named}:${detail === undefined || detail === "" ? "" : ` ${detail}`}${rest.join("")}`;
}

/** L3: what may be said of anything that was thrown. */
export function causeFacts(cause: unknown): LogFacts {
  if (!(cause instanceof Error)) return { cause: typeof cause };
  const place = placeOf(cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  if (CODE.test(code)) return { cause: code, detail: cause.message, ...place };
  // "area: What must hold", without what some of them put behind it.
  if (cause instanceof Bug)
    return { cause: "bug", detail: cause.message.split(":").slice(0, 2).join(":"), ...place };
  return { cause: code === "" ? cause.name : code, ...place };
}

/** causeFacts as words, for a log that takes a sentence. */
export function causeWords(cause: unknown): string {
  const { cause: name, detail, place } = causeFacts(cause);
  return [name, detail, place].filter((word) => typeof word === "string" && word !== "").join(" ");
}

/** L2: the words with everything replaced that looks like a secret or like somebody's number. */
export function scrubbed(words: string): string {
  return words
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .replace(SECRET_VALUE, "$1=[removed]")
    .replace(/"([^"]*)"/g, (whole, inner: string) => (/^[a-z_./]{0,40}$/.test(inner) ? whole : '"[removed]"'))
    .replace(/[0-9a-fA-F]{20,}/g, "[hex]")
    .replace(/[A-Za-z0-9+_=-]{24,}/g, (run) => (isDense(run) ? "[bytes]" : run))
    .replace(/\b\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}\b|(?<![0-9a-f])\d{9,}(?![0-9a-f])/g, "[digits]")
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, "[address]")
    .slice(0, WORDS_LENGTH_MAX);
}

const SECRET_VALUE =
  /\b(pin|password|passwd|secret|token|salt|hash|seed|authorization|cookie|phone|birthday)["']?\s*[:=]\s*(?:Bearer\s+)?["']?[^\s"',;&}]+/gi;

// Random bytes in base64 have all three; words and paths seldom do.
function isDense(run: string): boolean {
  return /[A-Z]/.test(run) && /[a-z]/.test(run) && /[0-9]/.test(run);
}

function told(facts: LogFacts): {
  readonly said: readonly (readonly [string, string | number | boolean])[];
  readonly droppedCount: number;
} {
  const entries = Object.entries(facts);
  const said = entries.flatMap(([name, value]) => {
    const form = formed(FIELDS.get(name), value);
    return form === null ? [] : [[name, form] as const];
  });
  return { said, droppedCount: entries.length - said.length };
}

// L1
function formed(kind: FieldKind | undefined, value: unknown): string | number | boolean | null {
  switch (kind) {
    case undefined:
      return null;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? value : null;
    case "flag":
      return typeof value === "boolean" ? value : null;
    case "token":
      return typeof value === "string" && TOKEN.test(value) && scrubbed(value) === value ? value : null;
    case "words":
      return typeof value === "string" ? scrubbed(value) : null;
  }
}

/** Where an error was thrown, the innermost place first: files and lines of the stack, never the message above it. */
function placeOf(error: Error): LogFacts {
  const frames = (error.stack ?? "").matchAll(FRAME);
  const places = Array.from(frames, ([, place = ""]) => place).slice(0, FRAMES_COUNT_MAX);
  return places.length === 0 ? {} : { place: places.join(" < ") };
}
