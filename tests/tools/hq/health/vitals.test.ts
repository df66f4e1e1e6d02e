/** Ready is: commits get durable and terminals can reach headquarters. Everything else is only said. */
import { expect, test } from "vitest";
import {
  diskWord,
  FREE_BYTES_FULL,
  FREE_BYTES_LOW,
  LAG_COUNT_MAX,
  Vitals,
} from "../../../../tools/hq/health/vitals.ts";
import type { Watched } from "../../../../tools/hq/health/vitals.ts";
import { ManualTimers } from "../../../support/manual-timers.ts";

function vitalsOf(changes: Partial<Watched> = {}) {
  let probeCount = 0;
  const clock = { nowMs: 0 };
  const timers = new ManualTimers();
  const watched: Watched = {
    tenant: "demo",
    store: {
      probe: () => {
        probeCount += 1;
        return Promise.resolve();
      },
      lagCount: () => Promise.resolve(3),
    },
    isUp: () => true,
    freeBytes: () => Promise.resolve(2 * FREE_BYTES_LOW),
    nowMs: () => clock.nowMs,
    ...changes,
  };
  return { vitals: new Vitals(watched, timers), timers, clock, probes: () => probeCount };
}

const never = (): Promise<never> => new Promise(() => {});

test("a headquarters that takes in is ready, and says what waits and what is free", async () => {
  expect(await vitalsOf().vitals.ready()).toEqual({
    ready: true,
    store: "ok",
    front: "ok",
    projector: "ok",
    lagCount: 3,
    disk: "ok",
    freeBytes: 2 * FREE_BYTES_LOW,
  });
});

test("a store that fails, or does not answer in time, and a front that is down are not ready", async () => {
  const away = {
    probe: () => Promise.reject(new Error("Zoë Quimby")),
    lagCount: () => Promise.reject(new Error("x")),
  };
  const failed = await vitalsOf({ store: away }).vitals.ready();
  expect(failed).toMatchObject({ ready: false, store: "failed", projector: "unknown", lagCount: null });
  expect(JSON.stringify(failed)).not.toContain("Quimby");
  const slow = vitalsOf({ store: { probe: never, lagCount: () => Promise.resolve(0) } });
  const found = slow.vitals.ready();
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  slow.timers.advance(3000);
  expect(await found).toMatchObject({ ready: false, store: "slow", projector: "ok" });
  expect(await vitalsOf({ isUp: () => false }).vitals.ready()).toMatchObject({ ready: false, front: "down" });
});

test("a projector that is behind and a disk that is low are said, and make nothing unready", async () => {
  const { vitals } = vitalsOf({
    store: { probe: () => Promise.resolve(), lagCount: () => Promise.resolve(LAG_COUNT_MAX + 1) },
    freeBytes: () => Promise.resolve(FREE_BYTES_FULL - 1),
  });
  expect(await vitals.ready()).toMatchObject({ ready: true, projector: "behind", disk: "full" });
});

test("whoever asks often is told what was found, and the database is asked once a second", async () => {
  const { vitals, clock, probes } = vitalsOf();
  for (let count = 0; count < 50; count += 1) await vitals.ready();
  expect(probes()).toBe(1);
  clock.nowMs = 1000;
  await vitals.ready();
  expect(probes()).toBe(2);
});

test.each([
  [FREE_BYTES_FULL - 1, "full"],
  [FREE_BYTES_FULL, "low"],
  [FREE_BYTES_LOW - 1, "low"],
  [FREE_BYTES_LOW, "ok"],
])("%i free bytes are %s", (bytes, word) => {
  expect(diskWord(bytes)).toBe(word);
});
