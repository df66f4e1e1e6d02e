/** A thousand merges of three writers; tests/integration/merge.test.ts runs a hundred thousand. */
import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { noMergeCounts, runMergeHistory } from "../support/merge-world.ts";

const HISTORY_COUNT = 1000;
const firstSeed = Number(process.env["SEED"] ?? randomInt(2 ** 31));

test(`${HISTORY_COUNT} merges of three writers from SEED=${firstSeed} on keep every promise`, () => {
  const counts = noMergeCounts();
  for (let seed = firstSeed; seed < firstSeed + HISTORY_COUNT; seed += 1) {
    try {
      runMergeHistory(seed, counts);
    } catch (cause) {
      throw new Error(`SEED=${seed} breaks a promise`, { cause });
    }
  }
  expect(Math.min(...Object.values(counts)), JSON.stringify(counts)).toBeGreaterThan(0);
});
