/**
 * What the command line of the world was asked for: environment variables, so that `make sim SEED=n`
 * needs no quoting, and a few flags.
 */
import type { FaultKind } from "./fault-kinds.ts";
import { FAULT_KINDS } from "./fault-kinds.ts";
import type { WorldOptions } from "./options.ts";
import { optionsOf } from "./options.ts";

/** A run, as asked for. */
export type Asked =
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly message: string }
  /** One seed, exactly. */
  | { readonly kind: "seed"; readonly seed: number }
  | { readonly kind: "shrink"; readonly seed: number }
  /** Seeds one after another from `from` (null: drawn) until a count or a time is reached. */
  | { readonly kind: "seeds"; readonly from: number | null; readonly count: number; readonly seconds: number }
  | { readonly kind: "scenario"; readonly name: string; readonly seed: number }
  | { readonly kind: "faults_page" }
  | { readonly kind: "enumerate"; readonly part: EnumeratedPart; readonly every: number }
  | { readonly kind: "journal_states"; readonly count: number; readonly seed: number };

/** Power cuts at calls of the disk, calls that fail, journals that are robbed, or all of these. */
export type EnumeratedPart = (typeof PARTS)[number];
const PARTS = ["all", "cuts", "faults", "rot"] as const;

/** The settings by name, as in the environment. */
export type Settings = Readonly<Record<string, string | undefined>>;

const SECONDS_DEFAULT = 60;

/** Reads flags and environment. */
export function askedFor(flags: readonly string[], env: Settings): Asked {
  const [flag, value] = flags;
  if (flag === "--help" || flag === "-h") return { kind: "help" };
  const numbers = ["SEED", "SEEDS", "HOURS", "SHRINK", "FROM", "ORDERS", "EVERY"];
  for (const name of numbers) {
    const text = env[name] ?? "";
    if (text !== "" && !/^\d+(\.\d+)?$/.test(text)) return wrong(`${name}=${text} is not a number`);
  }
  const off = (env["OFF"] ?? "").split(",").filter((name) => name !== "");
  const unknown = off.find((name) => !FAULT_KINDS.some((kind) => kind === name));
  if (unknown !== undefined) return wrong(`OFF=${unknown} is no fault: ${FAULT_KINDS.join(", ")}`);
  const seed = numberAt(env, "SEED");
  switch (flag) {
    case undefined:
      return seedsAsked(env, seed);
    case "--scenario":
      return value === undefined
        ? wrong("--scenario NAME")
        : { kind: "scenario", name: value, seed: seed ?? 1 };
    case "--faults-page":
      return { kind: "faults_page" };
    case "--enumerate": {
      const part = PARTS.find((its) => its === (value ?? "all"));
      if (part === undefined) return wrong(`--enumerate ${value}: ${PARTS.join(", ")}`);
      return { kind: "enumerate", part, every: numberAt(env, "EVERY") ?? 1 };
    }
    case "--journal-states": {
      const count = Number(value);
      if (!Number.isSafeInteger(count) || count < 1) return wrong("--journal-states N");
      return { kind: "journal_states", count, seed: seed ?? 1 };
    }
    default:
      return wrong(`${flag} is no flag of this command`);
  }
}

function seedsAsked(env: Settings, seed: number | null): Asked {
  const shrink = numberAt(env, "SHRINK");
  if (shrink !== null) return { kind: "shrink", seed: shrink };
  if (seed !== null) return { kind: "seed", seed };
  const [count, hours, from] = [numberAt(env, "SEEDS"), numberAt(env, "HOURS"), numberAt(env, "FROM")];
  const seconds = hours !== null ? hours * 3600 : count !== null ? Infinity : SECONDS_DEFAULT;
  return { kind: "seeds", from, count: count ?? Infinity, seconds };
}

function wrong(message: string): Asked {
  return { kind: "wrong", message };
}

function numberAt(env: Settings, name: string): number | null {
  const text = env[name] ?? "";
  return text === "" ? null : Number(text);
}

/** What the environment changes in every world: MIX, ORDERS, and OFF with faults to leave out. */
export function changesOf(env: Settings, seed: number): Partial<WorldOptions> {
  const off = (env["OFF"] ?? "").split(",");
  const drawn = optionsOf(seed);
  const kept = Object.entries(drawn.rates).filter(([kind]) => !off.includes(kind));
  const rates: Partial<Record<FaultKind, number>> = Object.fromEntries(kept);
  const orders = numberAt(env, "ORDERS");
  return {
    ...(env["MIX"] === "builtin" ? { mix: "builtin" as const } : {}),
    ...(orders === null ? {} : { orderCount: orders }),
    ...(env["OFF"] === undefined ? {} : { rates }),
  };
}
