/** Every step of a link may be the last one: cuts at each of them, and schedules of faults from a seed. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { WINDOW_BATCHES_COUNT_MAX } from "../../protocol/limits.ts";
import { Dice } from "../support/dice.ts";
import { settle } from "../support/fake-world.ts";
import { UplinkWorld, medium } from "../support/uplink-world.ts";

test("a connection cut at any one step, before its effect or behind it, loses and doubles nothing", async () => {
  const dry = await new UplinkWorld(medium()).start();
  dry.expectAllThere();
  const stepCount = dry.bus.stepCount;
  for (let at = 1; at <= stepCount; at += 1) {
    for (const cut of ["before", "behind"] as const) {
      const world = new UplinkWorld(medium(), at);
      world.bus.cuts.set(at, cut);
      await world.start();
      await world.finish();
      world.expectAllThere();
      expect(world.bus.connectCount).toBe(2);
      expect(world.hq.openCountMax).toBeLessThanOrEqual(WINDOW_BATCHES_COUNT_MAX);
    }
  }
  console.log(`uplink: cut at each of ${stepCount} steps, before and behind`);
});

test("any schedule of cuts, hangs, lost acks, busy answers and repeated messages ends with all there once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const dice = new Dice(seed);
      const world = new UplinkWorld(medium(), seed);
      for (let fault = 0; fault < 6; fault += 1) {
        const at = 1 + dice.below(40);
        if (dice.chance(50)) world.bus.cuts.set(at, dice.pick(["before", "behind"]));
        else world.bus.hangs.add(at);
      }
      world.hq.lostAckCount = dice.below(4);
      world.hq.busyCount = dice.below(3);
      const sayBytes = world.hq.sayBytes.bind(world.hq);
      world.hq.sayBytes = (bytes) => {
        sayBytes(bytes);
        if (dice.chance(20)) sayBytes(bytes);
      };
      await world.start();
      for (let growth = 0; growth < 3; growth += 1) {
        world.journal.add(1 + dice.below(8), 5, 500);
        if (dice.chance(70)) world.journal.sync();
        world.uplink.poke();
        await settle();
        world.timers.advanceToNext();
      }
      world.journal.sync();
      world.uplink.poke();
      await world.finish(200);
      world.expectAllThere();
      await settle();
      expect(world.timers.armedCount).toBe(0);
    }),
    { numRuns: 60 },
  );
});
