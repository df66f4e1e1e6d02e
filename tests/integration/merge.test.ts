/**
 * A hundred thousand merges of three writers under random interleavings and partitions
 * (tests/support/merge-world.ts says what is promised). SEED=n runs the history of that seed first.
 */
import { randomInt } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { noMergeCounts, runMergeHistory } from "../support/merge-world.ts";

const CHUNK_COUNT = 20;
const CHUNK_HISTORY_COUNT = 5000;
const firstSeed = Number(process.env["SEED"] ?? randomInt(2 ** 31));
const counts = noMergeCounts();
const chunks = Array.from({ length: CHUNK_COUNT }, (_, index) => firstSeed + index * CHUNK_HISTORY_COUNT);

test.each(chunks)(`${CHUNK_HISTORY_COUNT} merges from SEED=%i on keep every promise`, (chunkSeed) => {
  for (let seed = chunkSeed; seed < chunkSeed + CHUNK_HISTORY_COUNT; seed += 1) {
    try {
      runMergeHistory(seed, counts);
    } catch (cause) {
      throw new Error(`SEED=${seed} breaks a promise`, { cause });
    }
  }
});

// Rare things have to have happened: a generator that stops making them proves nothing.
afterAll(() => {
  for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(100);
});
