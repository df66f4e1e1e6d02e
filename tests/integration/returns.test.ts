/**
 * A hundred thousand sequences of refunds over three terminals with random exchange between them
 * (tests/support/return-world.ts says what is promised). SEED=n runs the sequences of that seed first.
 */
import { randomInt } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { noReturnCounts, runReturnSequences } from "../support/return-world.ts";

const WORLD_SEQUENCE_COUNT = 20;
const CHUNK_WORLD_COUNT = 250;
const CHUNK_COUNT = 20;
const firstSeed = Number(process.env["SEED"] ?? randomInt(2 ** 31));
const counts = noReturnCounts();
const chunks = Array.from({ length: CHUNK_COUNT }, (_, index) => firstSeed + index * CHUNK_WORLD_COUNT);

test.each(chunks)(
  `${CHUNK_WORLD_COUNT * WORLD_SEQUENCE_COUNT} sequences of refunds from SEED=%i on keep every promise`,
  (chunkSeed) => {
    for (let seed = chunkSeed; seed < chunkSeed + CHUNK_WORLD_COUNT; seed += 1) {
      try {
        runReturnSequences(seed, WORLD_SEQUENCE_COUNT, counts);
      } catch (cause) {
        throw new Error(`SEED=${seed} breaks a promise`, { cause });
      }
    }
  },
  120_000,
);

// Rare things have to have happened: a generator that stops making them proves nothing.
afterAll(() => {
  for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(1000);
});
