/**
 * The options of a replayed day, from the environment (as `make replay-day NAME=value` hands them
 * on) or from the command line, which wins. Read strictly: what cannot be used is named.
 */
import { parseArgs } from "node:util";
import { ReplayFault } from "./fault.ts";
import { SEEDS_COUNT_MAX } from "./limits.ts";

export interface ReplayOptions {
  readonly file: string;
  /** Rows of this day, month or year only ("2010-12-01", "2010-12"), for a file of many days; null for all. */
  readonly date: string | null;
  readonly hasFaults: boolean;
  /** Null to draw one. */
  readonly seed: number | null;
  /** How many runs, with this seed and those behind it. */
  readonly seedCount: number;
}

/** What to do: run with options, or show the help. Throws replay/option. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ReplayOptions | "help" {
  const values = argumentsOf(args);
  if (values["help"] === "true") return "help";
  const value = (name: string): string => values[name.toLowerCase()] ?? environment[name] ?? "";
  const file = value("FILE");
  if (file === "") throw wrong("FILE", "name a file of sales");
  const date = value("DAY");
  if (date !== "" && !/^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/.test(date))
    throw wrong("DAY", `${date} is no day as 2010-12-01`);
  const faults = value("FAULTS");
  if (!["", "0", "1"].includes(faults)) throw wrong("FAULTS", `${faults} is neither 0 nor 1`);
  const hasFaults = faults === "1";
  const seed =
    value("SEED") === "" ? null : wholeIn("SEED", value("SEED"), Number.MAX_SAFE_INTEGER - SEEDS_COUNT_MAX);
  const seedCount = value("SEEDS") === "" ? 1 : wholeIn("SEEDS", value("SEEDS"), SEEDS_COUNT_MAX);
  if (seedCount === 0) throw wrong("SEEDS", "at least 1");
  if (seedCount > 1 && !hasFaults) throw wrong("SEEDS", "without FAULTS=1 all runs are the same");
  return { file, date: date === "" ? null : date, hasFaults, seed, seedCount };
}

function argumentsOf(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        file: { type: "string" },
        day: { type: "string" },
        faults: { type: "string" },
        seed: { type: "string" },
        seeds: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    const { help, ...texts } = values;
    return { ...texts, help: String(help ?? false) };
  } catch (cause) {
    throw new ReplayFault("replay/option", cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function wholeIn(name: string, text: string, max: number): number {
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= max)) throw wrong(name, `${text} is no whole number from 0 to ${max}`);
  return value;
}

function wrong(name: string, why: string): ReplayFault {
  return new ReplayFault("replay/option", `${name}: ${why}`);
}
