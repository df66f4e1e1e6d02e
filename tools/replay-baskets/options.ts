/**
 * The options of replayed baskets, from the environment (as `make replay-baskets NAME=value` hands
 * them on) or from the command line, which wins. Read strictly: what cannot be used is named.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_ROOT } from "../build/root.ts";
import { ReplayFault } from "../replay-day/fault.ts";

export interface BasketOptions {
  /** The folder with transactions_sample.csv.gz and products.csv.gz. */
  readonly folder: string;
  /** The first so many baskets; null for all. */
  readonly basketCountMax: number | null;
  /** Where the named rows go; null for stdout. */
  readonly report: string | null;
}

/** What to do: run with options, or show the help. Throws replay/option. */
export function readBasketOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): BasketOptions | "help" {
  const values = argumentsOf(args);
  if (values["help"] === "true") return "help";
  const value = (name: string): string => values[name.toLowerCase()] ?? environment[name] ?? "";
  const baskets = value("BASKETS");
  if (baskets !== "" && !/^[1-9][0-9]{0,6}$/.test(baskets))
    throw new ReplayFault("replay/option", `BASKETS: ${baskets} is no whole number from 1`);
  const data = environment["TILLWRIGHT_DATA"] ?? join(PROJECT_ROOT, "../shared/data");
  return {
    folder: value("FOLDER") === "" ? join(data, "grocery") : value("FOLDER"),
    basketCountMax: baskets === "" ? null : Number(baskets),
    report: value("REPORT") === "" ? null : value("REPORT"),
  };
}

function argumentsOf(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        folder: { type: "string" },
        baskets: { type: "string" },
        report: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    const { help, ...texts } = values;
    return { ...texts, help: String(help ?? false) };
  } catch (cause) {
    throw new ReplayFault("replay/option", cause instanceof Error ? cause.message : String(cause), cause);
  }
}
