/**
 * The simulated world over one copy of the tree, on one of its courses (mutant.ts). Starts its
 * command as anybody would and reads what it says.
 */
import { FIRST_SEED, JOURNAL_STATES_COUNT, ENUMERATED_EVERY_COUNT, WORLD_GRACE_MS_MAX } from "./limits.ts";
import type { Course } from "./mutant.ts";
import { runNode } from "./process.ts";
import type { NodeEnding } from "./process.ts";

/** What the world made of a tree. */
export type WorldVerdict =
  | { readonly kind: "quiet" }
  /** `seed` is null where a course has none, and where it was not said: a crash, or a world that hangs. */
  | { readonly kind: "broken"; readonly law: string; readonly message: string; readonly seed: number | null };

const COMMAND = "tools/sim/world/main.ts";
/** Settings of a person's own run would change ours; with these goods a seed is the same world everywhere. */
const SETTINGS = {
  SEED: "",
  SEEDS: "",
  SHRINK: "",
  HOURS: "",
  FROM: "",
  ORDERS: "",
  OFF: "",
  EVERY: String(ENUMERATED_EVERY_COUNT),
  MIX: "builtin",
};
/** What is said of a world that has no end. */
const HANGS = "hangs";
const VIOLATION = /^VIOLATION (\S+) at (.*?), [0-9.]+ s: (.*)$/m;

/** Runs a course; seeds go from `fromSeed` on for so long. Stops at the first broken law that it hears of. */
export async function runCourse(
  folder: string,
  course: Course,
  msMax: number,
  fromSeed: number = FIRST_SEED,
): Promise<WorldVerdict> {
  if (course === "seeds")
    return runWorld(folder, [], { FROM: String(fromSeed), HOURS: String(msMax / 3_600_000) }, msMax);
  const verdict = await runWorld(folder, flagsOf(course), {}, msMax);
  // These have no time of their own: one that is cut off has said nothing.
  if (verdict.kind === "broken" && verdict.law === HANGS) return { kind: "quiet" };
  // A scenario says the seed of its own dice; that seed alone is another world.
  return verdict.kind === "broken" ? { ...verdict, seed: null } : verdict;
}

function flagsOf(course: Exclude<Course, "seeds">): readonly string[] {
  switch (course) {
    case "journal_states":
      return ["--journal-states", String(JOURNAL_STATES_COUNT)];
    default: {
      const [kind = "", name = ""] = course.split(" ");
      return [`--${kind}`, name];
    }
  }
}

/** Runs one seed. */
export function runSeed(folder: string, seed: number, msMax: number): Promise<WorldVerdict> {
  return runWorld(folder, [], { SEED: String(seed) }, msMax);
}

async function runWorld(
  folder: string,
  flags: readonly string[],
  settings: Readonly<Record<string, string>>,
  msMax: number,
): Promise<WorldVerdict> {
  const ending = await runNode({
    folder,
    args: [COMMAND, ...flags],
    env: { ...SETTINGS, ...settings },
    msMax: msMax + WORLD_GRACE_MS_MAX,
    isEnough: saysViolation,
  });
  return verdictOf(ending);
}

// Whole lines only: the pieces of a pipe end anywhere.
function saysViolation(output: string): boolean {
  const at = output.indexOf("\nVIOLATION ");
  return at >= 0 && output.includes("\n", at + 1);
}

/** What an ending of the world's command means. */
export function verdictOf(ending: Pick<NodeEnding, "kind" | "exitCode" | "output" | "errors">): WorldVerdict {
  const { kind, exitCode, output, errors } = ending;
  const violation = VIOLATION.exec(output);
  if (violation !== null) {
    const [, law = "", actor = "", message = ""] = violation;
    return {
      kind: "broken",
      law,
      message: `${actor}: ${message}`,
      seed: seedBefore(output, violation.index),
    };
  }
  if (kind === "too_long") return { kind: "broken", law: HANGS, message: "it has no end", seed: null };
  if (exitCode === 0) return { kind: "quiet" };
  const reported = reportedIn(output);
  if (reported !== null) return { kind: "broken", ...reported, seed: null };
  return { kind: "broken", law: "crashes", message: lastWords(errors), seed: null };
}

function seedBefore(output: string, index: number): number | null {
  const seed = [...output.slice(0, index).matchAll(/^SEED=(\d+)/gm)].at(-1)?.[1];
  return seed === undefined ? null : Number(seed);
}

/** The first violation of the report in the last line; courses without seeds tell it there alone. */
function reportedIn(output: string): { readonly law: string; readonly message: string } | null {
  const violations = fieldOf(jsonOf(output.trimEnd().split("\n").at(-1) ?? ""), "violations");
  const first: unknown = Array.isArray(violations) ? violations[0] : undefined;
  if (typeof first === "string") return { law: "journal_states", message: first };
  const [law, message] = [fieldOf(first, "law"), fieldOf(first, "message")];
  return typeof law === "string" && typeof message === "string" ? { law, message } : null;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** The line that names an error, as Node prints it. */
function lastWords(errors: string): string {
  const lines = errors.split("\n").filter((line) => line.trim() !== "");
  return lines.findLast((line) => /^\w*(Error|Bug|Fault)\b.*:/.test(line)) ?? lines.at(-1) ?? "";
}
