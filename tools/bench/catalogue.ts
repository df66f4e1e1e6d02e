/**
 * The benches by the word that ROWS names them with, in the order of their ids. Each is loaded when it
 * runs, in a process of its own.
 */
import type { BenchRow } from "./row.ts";

/** Measures; answers its rows. */
export type Bench = () => Promise<readonly BenchRow[]> | readonly BenchRow[];

/** By name; a bench may answer several rows. */
export const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  B1: async () => (await import("./rows/transition.ts")).benchTransition,
  B2: async () => (await import("./rows/tap.ts")).benchTap,
  B3: async () => (await import("./rows/flushes.ts")).benchFlushes,
  B4: async () => (await import("./rows/commit.ts")).benchCommit,
  B5: async () => (await import("./rows/recovery.ts")).benchRecovery,
  B6: async () => (await import("./rows/batch.ts")).benchBatch,
  B7: async () => (await import("./rows/ingest.ts")).benchIngest,
  B8: async () => (await import("./rows/boot.ts")).benchBoot,
  B11: async () => (await import("./rows/receipt.ts")).benchReceipt,
  B12: async () => (await import("./rows/screen-tap.ts")).benchScreenTap,
  B13: async () => (await import("./rows/world.ts")).benchWorld,
};
