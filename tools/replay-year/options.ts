/**
 * The options of a replayed year, from the environment (as `make replay-year NAME=value` hands them
 * on) or from the command line, which wins. Read strictly: what cannot be used is named.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_ROOT } from "../build/root.ts";
import { ReplayFault } from "../replay-day/fault.ts";
import { TILLS_COUNT_MAX } from "./limits.ts";

export interface YearOptions {
  readonly file: string;
  /** Rows of this day, month or year only ("2010-12"); null for all. */
  readonly date: string | null;
  /** Where headquarters and the terminals keep what they write. */
  readonly folder: string;
  readonly isFresh: boolean;
  readonly tillCount: number;
}

const TILLS_COUNT = 2;
const DATA_FILE = "retail/online-retail-all-days.csv.gz";

/** What to do: run with options, or show the help. Throws replay/option. */
export function readYearOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): YearOptions | "help" {
  const values = argumentsOf(args);
  if (values["help"] === "true") return "help";
  const value = (name: string): string => values[name.toLowerCase()] ?? environment[name] ?? "";
  const date = value("DAY");
  if (date !== "" && !/^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/.test(date)) {
    throw wrong("DAY", `${date} is no day as 2010-12-01`);
  }
  const fresh = value("FRESH");
  if (!["", "0", "1"].includes(fresh)) throw wrong("FRESH", `${fresh} is neither 0 nor 1`);
  const data = environment["TILLWRIGHT_DATA"] ?? join(PROJECT_ROOT, "../shared/data");
  return {
    file: value("FILE") === "" ? join(data, DATA_FILE) : value("FILE"),
    date: date === "" ? null : date,
    folder: resolve(value("FOLDER") === "" ? join(PROJECT_ROOT, ".data/year") : value("FOLDER")),
    isFresh: fresh === "1",
    tillCount: tillCountIn(value("TILLS")),
  };
}

function argumentsOf(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        file: { type: "string" },
        day: { type: "string" },
        folder: { type: "string" },
        fresh: { type: "string" },
        tills: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    const { help, ...texts } = values;
    return { ...texts, help: String(help ?? false) };
  } catch (cause) {
    throw new ReplayFault("replay/option", cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function tillCountIn(text: string): number {
  if (text === "") return TILLS_COUNT;
  const count = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > TILLS_COUNT_MAX) {
    throw wrong("TILLS", `${text} is no whole number from 1 to ${TILLS_COUNT_MAX}`);
  }
  return count;
}

function wrong(name: string, why: string): ReplayFault {
  return new ReplayFault("replay/option", `${name}: ${why}`);
}
