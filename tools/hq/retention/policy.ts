/**
 * What may go after how long, as data: `retention.json` in the data folder, or a file that is named. What
 * it does not say is kept for ever, and a word that it does not know refuses the whole of it: a policy
 * deletes, so nothing in it is guessed.
 */
import { existsSync, readFileSync } from "node:fs";
import { HqFault } from "../fault.ts";

/** Kept for so many days, and then only where so many verified backups hold it. */
export interface Limited {
  readonly days: number;
  readonly backups: number;
}

/** See the header. */
export interface Policy {
  /** The bodies of signed batches; their places and hashes always stay. */
  readonly rawBatches: "for_ever" | Limited;
  /** Rows of the audit view; a rebuild makes them again. */
  readonly houseEvents: "for_ever" | Limited;
  /** Files of catalogues and rules: all, or only those that headquarters' word still names. */
  readonly blobs: "for_ever" | "named";
}

/** Nothing ever goes. */
export const KEEP_ALL: Policy = { rawBatches: "for_ever", houseEvents: "for_ever", blobs: "for_ever" };

/** Less than this would take what a shop looks at every day. */
export const DAYS_MIN = 30;
const DAYS_MAX = 36_500;
/** One backup is none. */
export const BATCH_BACKUPS_MIN = 2;
const BACKUPS_MAX = 9;

/** The policy in this file; KEEP_ALL where there is none and none `mustExist`. Throws hq/configuration. */
export function readPolicy(path: string, mustExist: boolean): Policy {
  if (!existsSync(path)) {
    if (mustExist) throw new HqFault("hq/configuration", `there is no policy ${path}`);
    return KEEP_ALL;
  }
  return policyIn(readFileSync(path, "utf8"), path);
}

/** The policy in this text; `about` names it in a fault. Throws hq/configuration. */
export function policyIn(text: string, about: string): Policy {
  const wrong = (why: string): HqFault => new HqFault("hq/configuration", `${about}: ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HqFault("hq/configuration", `${about}: not JSON`, error);
  }
  const fields = fieldsOf(value);
  if (fields === null) throw wrong("must be an object");
  const unknown = [...fields.keys()].filter((key) => !(key in KEEP_ALL));
  if (unknown.length > 0) throw wrong(`knows no ${unknown.join(", ")}`);
  const blobs = fields.get("blobs") ?? "for_ever";
  if (blobs !== "for_ever" && blobs !== "named") throw wrong('blobs must be "for_ever" or "named"');
  return {
    rawBatches: limitedIn(fields.get("rawBatches"), BATCH_BACKUPS_MIN, "rawBatches", wrong),
    houseEvents: limitedIn(fields.get("houseEvents"), 1, "houseEvents", wrong),
    blobs,
  };
}

function limitedIn(
  value: unknown,
  backupsMin: number,
  name: string,
  wrong: (why: string) => HqFault,
): "for_ever" | Limited {
  if (value === undefined || value === "for_ever") return "for_ever";
  const fields = fieldsOf(value);
  const unknown = [...(fields?.keys() ?? [])].filter((key) => key !== "days" && key !== "backups");
  if (fields === null || unknown.length > 0) throw wrong(`${name} must be "for_ever" or {"days", "backups"}`);
  const whole = (key: string, fallback: number, min: number, max: number): number => {
    const its = fields.get(key) ?? fallback;
    if (typeof its !== "number" || !Number.isSafeInteger(its) || its < min || its > max)
      throw wrong(`${name}.${key} must be a whole number from ${min} to ${max}`);
    return its;
  };
  return {
    days: whole("days", Number.NaN, DAYS_MIN, DAYS_MAX),
    backups: whole("backups", backupsMin, backupsMin, BACKUPS_MAX),
  };
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return new Map<string, unknown>(Object.entries(value));
}
