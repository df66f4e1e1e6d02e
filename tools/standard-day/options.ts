/**
 * The options of a standard day, from the environment (as `make standard-day NAME=value` hands them
 * on) or from the command line, which wins. Read strictly: what cannot be used is named.
 */
import { parseArgs } from "node:util";
import { DayFault } from "./fault.ts";
import type { DaySize } from "./plan.ts";

/** A printed day of more orders than this outgrows what the list of orders shows. */
export const ORDERS_COUNT_MAX = 400;
/** Less does not hold two shifts, a paper-out and a power cut. */
export const ORDERS_COUNT_MIN = 12;
const SEED_MAX = 2 ** 31;

/** What a day consists of, and what is left of it. */
export interface DayOptions extends DaySize {
  /** Null to draw one. */
  readonly seed: number | null;
  /** Whether docs/pictures/standard-day.png is drawn anew. */
  readonly isDrawn: boolean;
}

/** What to do: play a day, or show the help. Throws standard_day/option. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DayOptions | "help" {
  const values = argumentsOf(args);
  if (values["help"] === "true") return "help";
  const value = (name: string): string => values[name.toLowerCase()] ?? environment[name] ?? "";
  const whole = (name: string, usual: number, max: number): number => {
    const text = value(name) === "" ? String(usual) : value(name);
    const number = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number <= max)) throw wrong(name, `${text} is no whole number from 0 to ${max}`);
    return number;
  };
  const orderCount = whole("ORDERS", 300, ORDERS_COUNT_MAX);
  if (orderCount < ORDERS_COUNT_MIN) throw wrong("ORDERS", `at least ${ORDERS_COUNT_MIN}`);
  const partMax = Math.floor(orderCount / 4);
  const picture = value("PICTURE");
  if (!["", "0", "1"].includes(picture)) throw wrong("PICTURE", `${picture} is neither 0 nor 1`);
  return {
    orderCount,
    returnCount: whole("RETURNS", Math.min(20, partMax), partMax),
    voidCount: whole("VOIDS", Math.min(15, partMax), partMax),
    parkCount: whole("PARKS", Math.min(6, partMax), partMax),
    seed: value("SEED") === "" ? null : whole("SEED", 0, SEED_MAX),
    isDrawn: picture === "1",
  };
}

function argumentsOf(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        orders: text,
        returns: text,
        voids: text,
        parks: text,
        seed: text,
        picture: text,
        help: { type: "boolean", short: "h" },
      },
    });
    const { help, ...texts } = values;
    return { ...texts, help: String(help ?? false) };
  } catch (cause) {
    throw new DayFault("standard_day/option", cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function wrong(name: string, why: string): DayFault {
  return new DayFault("standard_day/option", `${name}: ${why}`);
}
