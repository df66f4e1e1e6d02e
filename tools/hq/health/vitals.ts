/**
 * Whether headquarters is alive and ready, as facts: /health that the process answers, /ready that what
 * terminals send can be taken in for good. Numbers and codes only, for nobody is asked who they are.
 *
 * V1 Ready is: a commit gets durable, and terminals can reach it. A projector that is behind is said and
 *    makes nothing unready: it never stops the taking in, and a restart would not make it faster.
 * V2 Whoever asks often is told what was found a moment ago: watching costs the database one small commit
 *    each PROBE_KEPT_MS at most.
 */
import type { Timers } from "../../../drivers/port/timers.ts";
import { machineTimers } from "../../../runtime/adapters/machine.ts";
import type { Store } from "../store/store.ts";

/** What is watched. */
export interface Watched {
  readonly tenant: string;
  readonly store: Pick<Store, "probe" | "lagCount">;
  readonly isUp: () => boolean;
  /** Free bytes where the data lies. */
  readonly freeBytes: () => Promise<number>;
  readonly nowMs: () => number;
}

/** What was found. */
export interface Readiness {
  readonly ready: boolean;
  readonly store: "ok" | "failed" | "slow";
  readonly front: "ok" | "down";
  readonly projector: "ok" | "behind" | "unknown";
  readonly lagCount: number | null;
  readonly disk: "ok" | "low" | "full" | "unknown";
  readonly freeBytes: number | null;
}

/** How long a finding is told again (V2). */
const PROBE_KEPT_MS = 1000;
/** A commit that takes longer is as good as none. */
const PROBE_MS_MAX = 3000;
/** Records behind which the projector counts as behind: some seconds of its work. */
export const LAG_COUNT_MAX = 20_000;
/** Below this the disk is low: a day of a busy shop. */
export const FREE_BYTES_LOW = 2_147_483_648;
/** Below this the database may stop at any moment. */
export const FREE_BYTES_FULL = 268_435_456;

/** Looks at what it was given when it is asked. */
export class Vitals {
  readonly #watched: Watched;
  readonly #timers: Timers;
  #kept: { readonly untilMs: number; readonly found: Promise<Readiness> } | null = null;

  constructor(watched: Watched, timers: Timers = machineTimers) {
    this.#watched = watched;
    this.#timers = timers;
  }

  /** V1, V2. Never rejects. */
  ready(): Promise<Readiness> {
    const nowMs = this.#watched.nowMs();
    const kept = this.#kept;
    if (kept !== null && nowMs < kept.untilMs) return kept.found;
    const found = this.#look();
    this.#kept = { untilMs: nowMs + PROBE_KEPT_MS, found };
    return found;
  }

  async #look(): Promise<Readiness> {
    const { store, tenant, isUp, freeBytes } = this.#watched;
    const [probed, lagCount, free] = await Promise.all([
      this.#within(store.probe().then(() => "ok" as const)),
      this.#within(store.lagCount(tenant)),
      this.#within(freeBytes()),
    ]);
    const stored = probed ?? "failed";
    const front = isUp() ? "ok" : "down";
    return {
      ready: stored === "ok" && front === "ok",
      store: stored,
      front,
      projector: typeof lagCount !== "number" ? "unknown" : lagCount > LAG_COUNT_MAX ? "behind" : "ok",
      lagCount: typeof lagCount === "number" ? lagCount : null,
      disk: typeof free === "number" ? diskWord(free) : "unknown",
      freeBytes: typeof free === "number" ? free : null,
    };
  }

  /** The answer, null where it failed, "slow" where it did not come in time. */
  #within<T>(work: Promise<T>): Promise<T | null | "slow"> {
    return new Promise((resolve) => {
      const cancel = this.#timers.after(PROBE_MS_MAX, () => resolve("slow"));
      work.then(
        (answer) => {
          cancel();
          resolve(answer);
        },
        () => {
          cancel();
          resolve(null);
        },
      );
    });
  }
}

/** What so many free bytes mean. */
export function diskWord(freeBytes: number): "ok" | "low" | "full" {
  if (freeBytes < FREE_BYTES_FULL) return "full";
  return freeBytes < FREE_BYTES_LOW ? "low" : "ok";
}
