/**
 * The options of `make mutants`. Read strictly: what cannot be used is named, and an unknown
 * bug stops the run before anything is copied.
 */
import { parseArgs } from "node:util";
import { MutantsFault } from "./fault.ts";
import { WORLD_MS_MAX } from "./limits.ts";
import type { Mutant } from "./mutant.ts";

/** What to do. */
export type MutantsOptions =
  | { readonly kind: "help" }
  | { readonly kind: "list" }
  | {
      readonly kind: "run";
      readonly mutants: readonly Mutant[];
      readonly worldMsMax: number;
    };

/** Reads the command line. Throws mutants/option. */
export function readOptions(args: readonly string[], all: readonly Mutant[]): MutantsOptions {
  const { only, seconds, list, help } = valuesOf(args);
  if (help === true) return { kind: "help" };
  if (list === true) return { kind: "list" };
  const worldMsMax = seconds === undefined ? WORLD_MS_MAX : msOf(seconds);
  if (only === undefined || only === "") return { kind: "run", mutants: all, worldMsMax };
  const mutants = only.split(",").map((name) => named(name, all));
  return { kind: "run", mutants, worldMsMax };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: "string" },
        seconds: { type: "string" },
        list: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (cause) {
    throw new MutantsFault("mutants/option", cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function named(name: string, all: readonly Mutant[]): Mutant {
  const mutant = all.find((its) => its.name === name);
  if (mutant === undefined) throw new MutantsFault("mutants/option", `there is no bug ${name}; see --list`);
  return mutant;
}

function msOf(seconds: string): number {
  if (!/^[1-9][0-9]{0,3}$/.test(seconds))
    throw new MutantsFault("mutants/option", `--seconds ${seconds} is no whole number from 1`);
  return Number(seconds) * 1000;
}
