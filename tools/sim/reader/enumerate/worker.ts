/**
 * A worker of the enumeration: plays the cases that it is given, one after the other, and says how each
 * came out. Keeps nothing.
 */

import { parentPort } from "node:worker_threads";
import { playCase } from "./card-case.ts";
import type { CaseResult } from "./card-case.ts";
import { setupOf } from "./plan.ts";
import type { PlannedCase } from "./plan.ts";

/** How one case came out. */
export interface PlayedCase {
  readonly index: number;
  readonly kind: CaseResult["kind"];
  readonly says: string;
}

/** What a worker is given at a time. */
export interface Portion {
  readonly cases: readonly { readonly index: number; readonly planned: PlannedCase }[];
}

parentPort?.on("message", (portion: Portion) => {
  play(portion).then(
    (played) => parentPort?.postMessage(played),
    (cause: unknown) => {
      throw cause;
    },
  );
});

async function play({ cases }: Portion): Promise<readonly PlayedCase[]> {
  const played: PlayedCase[] = [];
  for (const { index, planned } of cases) {
    const { kind, says } = await playCase(setupOf(planned, planned.cut));
    played.push({ index, kind, says });
  }
  return played;
}
