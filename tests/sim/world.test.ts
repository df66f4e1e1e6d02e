/**
 * The simulated world as a test: every seed that ever failed, fresh ones of which some are lived twice,
 * the canned nasties, the canonical sales crashed at calls of the disk, and a planted bug that the laws
 * must catch. SEED=n begins the fresh worlds there.
 */
import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { enumerate, enumerateRot } from "../../tools/sim/world/enumerate.ts";
import { journalStates } from "../../tools/sim/world/journal-states.ts";
import { optionsOf } from "../../tools/sim/world/options.ts";
import { runSeed, runWorld } from "../../tools/sim/world/run.ts";
import { SCENARIOS, thirtyDaysOffline } from "../../tools/sim/world/scenarios.ts";
import { FOUND_SEEDS } from "../../tools/sim/world/seeds.ts";

const FRESH_CHUNKS_COUNT = 4;
const FRESH_CHUNK_COUNT = 6;
const LONG_MS = 240_000;
const first = Number(process.env["SEED"] ?? randomInt(2 ** 31));

/** Every mix here is the built-in one, so that a seed means one world wherever it runs. */
const HERE = { mix: "builtin" } as const;

test.each(FOUND_SEEDS)("$name stays mended (seed $seed)", { timeout: LONG_MS }, async ({ seed, changes }) => {
  const { violations } = await runSeed(seed, { ...HERE, ...changes });
  expect(violations).toEqual([]);
});

test.each(Array.from({ length: FRESH_CHUNKS_COUNT }, (_, index) => first + index * FRESH_CHUNK_COUNT))(
  `${FRESH_CHUNK_COUNT} worlds from SEED=%i on keep every law`,
  { timeout: LONG_MS },
  async (from) => {
    for (let seed = from; seed < from + FRESH_CHUNK_COUNT; seed += 1) {
      const { violations, traceHash } = await runSeed(seed, HERE);
      expect(violations, `SEED=${seed} MIX=builtin`).toEqual([]);
      // The same seed is the same world: the first of each row is lived twice.
      if (seed === from) expect((await runSeed(seed, HERE)).traceHash, `SEED=${seed}`).toBe(traceHash);
    }
  },
);

// The whole month is for the command; here it is a few small days.
const SHORT = thirtyDaysOffline(3, 40);
const HERE_SCENARIOS = SCENARIOS.map((scenario) => (scenario.name === SHORT.name ? SHORT : scenario));

test.each(HERE_SCENARIOS)("$name: $says", { timeout: LONG_MS }, async ({ options, play }) => {
  const result = await runWorld(optionsOf(1, { ...HERE, ...options }), (world) => world.live(play));
  expect(result.violations).toEqual([]);
  expect(result.orderCount).toBeGreaterThan(0);
});

test("a headquarters that acknowledges too early is caught by hq_holds", { timeout: LONG_MS }, async () => {
  const laws = new Set<string>();
  for (let seed = 1; seed <= 20 && !laws.has("hq_holds"); seed += 1) {
    const changes = { ...HERE, acksEarly: true, rates: { hq_crash: 64 }, bus: "direct" } as const;
    for (const { law } of (await runSeed(seed, changes)).violations) laws.add(law);
  }
  expect(laws).toContain("hq_holds");
});

test(
  "canonical sales survive a cut at every thirteenth call of the disk in every way",
  { timeout: LONG_MS },
  async () => {
    const all = await enumerate(13);
    expect(all.flatMap(({ violations }) => violations)).toEqual([]);
    for (const { callCount, runCount } of all) expect(runCount).toBeGreaterThan(callCount);
  },
);

test(
  "2000 crash states of a journal recover to a prefix with everything durable",
  { timeout: LONG_MS },
  async () => {
    const { violations, verdicts } = await journalStates(first, 2000, () => 0);
    expect(violations).toEqual([]);
    expect(Object.keys(verdicts).toSorted()).toEqual(["clean", "new", "torn"]);
  },
);

test(
  "a start that finds rot may be cut at any call and the next one tells",
  { timeout: LONG_MS },
  async () => {
    const all = await enumerateRot(12, ["middle_segment_lost", "segments_swapped"]);
    expect(all.flatMap(({ violations }) => violations)).toEqual([]);
    expect(all).toHaveLength(2);
  },
);
