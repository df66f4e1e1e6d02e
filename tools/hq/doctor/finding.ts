/**
 * What the doctor found: one finding a check, with a verdict and what to do about it. Findings hold
 * counts, paths and names of terminals; never a key, an amount or what anybody bought.
 */

/** The checks, in the order in which they are told. */
export type CheckName =
  | "data"
  | "rights"
  | "keys"
  | "terminal_keys"
  | "disk"
  | "clock"
  | "port"
  | "backup"
  | "configuration"
  | "database"
  | "checksums"
  | "tables"
  | "chain"
  | "projection"
  | "held"
  | "quarantine"
  | "alarms";

/** How bad it is: only "fail" keeps headquarters from doing its work, now or soon. */
export type Verdict = "ok" | "warn" | "fail";

/** See the header. */
export interface Finding {
  readonly check: CheckName;
  readonly verdict: Verdict;
  /** What was seen. */
  readonly says: string;
  /** What a person does; empty where there is nothing to do. */
  readonly remedy: string;
}

/** A check that found nothing to do. */
export function ok(check: CheckName, says: string): Finding {
  return { check, verdict: "ok", says, remedy: "" };
}

/** A check after which somebody should do something. */
export function warn(check: CheckName, says: string, remedy: string): Finding {
  return { check, verdict: "warn", says, remedy };
}

/** A check after which somebody must do something. */
export function fail(check: CheckName, says: string, remedy: string): Finding {
  return { check, verdict: "fail", says, remedy };
}

/** One line: "warn  backup         the newest is 3 days old. Make one: ...". */
export function findingLine({ check, verdict, says, remedy }: Finding): string {
  return `${verdict.padEnd(4)}  ${check.padEnd(14)} ${says}${remedy === "" ? "" : `. ${remedy}`}`;
}

/** The worst of them. */
export function worstOf(findings: readonly Finding[]): Verdict {
  if (findings.some(({ verdict }) => verdict === "fail")) return "fail";
  return findings.some(({ verdict }) => verdict === "warn") ? "warn" : "ok";
}
