/**
 * What a run of worlds comes to: the line of JSON at its end. Adds up; judges nothing but whether a
 * world that was run twice was the same.
 */
import type { Violation } from "./cast.ts";
import { Trace } from "./trace.ts";
import type { WorldResult } from "./world.ts";

/** Counts of a world that are no faults. */
const NOT_FAULTS = new Set([
  "order",
  "receipt_printed",
  "receipt_torn",
  "receipt_marked",
  "tap_resent",
  "longest_answer_ms",
  "virtual_days_offline",
  "catch_up_seconds",
  "orders_put_back",
  "written_bytes",
  "storage_bound_bytes",
  "storage_bytes",
  "unsent_records",
]);
const VIOLATIONS_KEPT_COUNT = 100;

/** The last line of a run. */
export interface RunReport {
  readonly seeds: number;
  readonly orders: number;
  readonly events: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly seen: Readonly<Record<string, number>>;
  readonly violations: readonly (Violation & { readonly seed: number })[];
  readonly traceHash: string;
  readonly seconds: number;
  readonly ordersPerSecond: number;
}

export class Tally {
  readonly startMs: number;
  readonly violations: (Violation & { readonly seed: number })[] = [];
  readonly #counts = new Map<string, number>();
  readonly #trace = new Trace();
  #lastHash = "";
  seedCount = 0;
  orderCount = 0;
  #eventCount = 0;

  constructor(startMs: number) {
    this.startMs = startMs;
  }

  add(result: WorldResult): void {
    const { seed, violations, traceHash, orderCount, eventCount, counts } = result;
    this.seedCount += 1;
    this.orderCount += orderCount;
    this.#eventCount += eventCount;
    this.#lastHash = traceHash;
    this.#trace.note(seed, "world", traceHash);
    for (const violation of violations)
      if (this.violations.length < VIOLATIONS_KEPT_COUNT) this.violations.push({ seed, ...violation });
    for (const [kind, count] of counts) this.#count(kind, count);
  }

  /** The same seed gives the same world. */
  compare(first: WorldResult, second: WorldResult): void {
    if (first.traceHash === second.traceHash) return;
    const message = `the trace is ${first.traceHash}, then ${second.traceHash}`;
    this.violations.push({
      seed: first.seed,
      law: "same_seed_same_world",
      actor: "world",
      message,
      atSeconds: 0,
    });
  }

  #count(kind: string, count: number): void {
    const before = this.#counts.get(kind) ?? 0;
    this.#counts.set(kind, kind.startsWith("longest") ? Math.max(before, count) : before + count);
  }

  report(nowMs: number): RunReport {
    const seconds = Math.max((nowMs - this.startMs) / 1000, 1e-3);
    const entries = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      seeds: this.seedCount,
      orders: this.orderCount,
      events: this.#eventCount,
      faults: Object.fromEntries(entries.filter(([kind]) => !NOT_FAULTS.has(kind))),
      seen: Object.fromEntries(entries.filter(([kind]) => NOT_FAULTS.has(kind))),
      violations: this.violations,
      traceHash: this.seedCount === 1 ? this.#lastHash : this.#trace.hash(),
      seconds: Math.round(seconds * 10) / 10,
      ordersPerSecond: Math.round(this.orderCount / seconds),
    };
  }
}
