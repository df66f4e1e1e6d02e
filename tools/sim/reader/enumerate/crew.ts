/**
 * Plays many cases on all processors: workers that each take a portion when they are free. The order in
 * which results come is not the order of the cases; what is counted does not depend on it.
 */

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { PlannedCase } from "./plan.ts";
import type { PlayedCase, Portion } from "./worker.ts";

/** Cases that a worker takes at a time. */
const PORTION_COUNT = 16;
const WORKERS_COUNT_MAX = 16;

/** Plays all; `onPlayed` hears of each. Rejects with what a worker threw. */
export async function playAll(
  cases: readonly PlannedCase[],
  onPlayed: (planned: PlannedCase, played: PlayedCase) => void,
): Promise<void> {
  let nextIndex = 0;
  const portion = (): Portion => {
    const first = nextIndex;
    nextIndex = Math.min(cases.length, first + PORTION_COUNT);
    return {
      cases: cases.slice(first, nextIndex).map((planned, offset) => ({ index: first + offset, planned })),
    };
  };
  const workerCount = Math.min(
    WORKERS_COUNT_MAX,
    availableParallelism(),
    Math.ceil(cases.length / PORTION_COUNT),
  );
  await Promise.all(
    Array.from({ length: workerCount }, async () => {
      const worker = new Worker(new URL("worker.ts", import.meta.url));
      try {
        for (let next = portion(); next.cases.length > 0; next = portion()) {
          for (const played of await asked(worker, next)) {
            const planned = cases[played.index];
            if (planned !== undefined) onPlayed(planned, played);
          }
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
}

function asked(worker: Worker, portion: Portion): Promise<readonly PlayedCase[]> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (played: readonly PlayedCase[]) => {
      worker.off("error", reject);
      resolve(played);
    });
    worker.postMessage(portion);
  });
}
