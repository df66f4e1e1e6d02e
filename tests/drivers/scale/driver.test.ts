/** The scale's driver over a memory port against the simulated scale, with time moved by hand. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WEIGHINGS_COUNT_MAX } from "../../../drivers/scale/driver.ts";
import type { ScaleAnswer } from "../../../drivers/scale/reading.ts";
import { PROJECT_ROOT } from "../../../tools/build/root.ts";
import { scaleGolden } from "../../support/scale-goldens.ts";
import { ScaleRig } from "../../support/scale-rig.ts";

const stable = (weightGrams: number, isNet = false): ScaleAnswer => ({ kind: "stable", weightGrams, isNet });

test("the conversation with a scale is what tests/golden/scale.txt says", async () => {
  expect(await scaleGolden()).toBe(readFileSync(join(PROJECT_ROOT, "tests/golden/scale.txt"), "utf8"));
});

test("a weighing waits until the plate is still and gives whole grams", async () => {
  const rig = new ScaleRig();
  await rig.pass(500);
  rig.model.put(755);
  expect(await rig.weighed(2000, 1000)).toEqual([stable(755)]);
});

test("a weighing is never answered by what lay on the plate before it began", async () => {
  const rig = new ScaleRig({ settleMs: 0 });
  rig.model.put(755);
  for (let delayMs = 500; delayMs < 760; delayMs += 10) {
    await rig.pass(delayMs);
    rig.model.put(755);
    await rig.pass(500);
    rig.model.put(310);
    expect(await rig.weighed(2000, 600)).toEqual([stable(310)]);
  }
});

test("goods that never lie still are motion when patience is over", async () => {
  const rig = new ScaleRig();
  await rig.pass(500);
  rig.model.hold(true);
  expect(await rig.weighed(1000, 900)).toEqual([]);
  expect(await rig.weighed(1000, 1000)).toEqual([{ kind: "motion" }]);
});

test.each([
  ["over", 16_200],
  ["under_zero", -250],
] as const)("a plate that is %s is said, not weighed", async (kind, grams) => {
  const rig = new ScaleRig();
  await rig.pass(500);
  rig.model.put(grams);
  expect(await rig.weighed(2000, 1500)).toEqual([{ kind }]);
});

test("a scale that was switched on with goods on it is outside its zero until it is zeroed", async () => {
  const rig = new ScaleRig();
  rig.model.put(500);
  rig.model.restart();
  await rig.pass(800);
  expect(await rig.weighed(2000, 600)).toEqual([{ kind: "outside_zero" }]);
  rig.model.put(0);
  await rig.pass(600);
  expect(rig.scale.order({ kind: "zero" })).toBe(true);
  await rig.pass(800);
  expect(await rig.weighed(2000, 600)).toEqual([stable(0)]);
});

test.each([[true], [false]])(
  "a tare is taken off, and given back (a status to orders: %s)",
  async (answersOrders) => {
    const rig = new ScaleRig({ answersOrders });
    await rig.pass(500);
    rig.model.put(120);
    await rig.pass(700);
    expect(rig.scale.order({ kind: "tare" })).toBe(true);
    await rig.pass(900);
    rig.model.put(875);
    expect(await rig.weighed(2000, 1200)).toEqual([stable(755, true)]);
    rig.scale.order({ kind: "clear_tare" });
    await rig.pass(1000);
    expect(await rig.weighed(2000, 1200)).toEqual([stable(875)]);
    rig.scale.order({ kind: "tare_of", tareGrams: 35 });
    await rig.pass(1000);
    expect(await rig.weighed(2000, 1200)).toEqual([stable(840, true)]);
  },
);

test("a tare beyond five digits, and orders while nobody is there, are not taken", async () => {
  const rig = new ScaleRig();
  expect(rig.scale.order({ kind: "zero" })).toBe(false);
  await rig.pass(500);
  expect(rig.scale.order({ kind: "tare_of", tareGrams: 100_000 })).toBe(false);
});

test("questions are 200 ms apart at least", async () => {
  const rig = new ScaleRig();
  await rig.pass(3000);
  const asked = rig.said
    .filter(({ by, bytes }) => by === "till" && bytes[0] === 0x57)
    .map(({ atMs }) => atMs);
  expect(asked.length).toBeGreaterThan(8);
  const gaps = asked.slice(1).map((atMs, index) => atMs - (asked[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(200);
});

test("a scale that falls silent is said with scale/silent, at once to who asks, and is found again", async () => {
  const rig = new ScaleRig();
  await rig.pass(500);
  rig.model.silence(true);
  await rig.pass(1500);
  expect(rig.answers.at(-1)).toEqual({ kind: "down", code: "scale/silent" });
  expect(await rig.weighed(2000, 0)).toEqual([{ kind: "down", code: "scale/silent" }]);
  rig.model.silence(false);
  await rig.pass(5000);
  expect(rig.answers.at(-1)).toEqual(stable(0));
});

test("a weighing is answered when the line is lost under it", async () => {
  const rig = new ScaleRig();
  await rig.pass(500);
  rig.model.hold(true);
  await rig.pass(300);
  const given: ScaleAnswer[] = [];
  rig.scale.weigh(5000, (answer) => void given.push(answer));
  rig.peers.at(-1)?.close();
  await rig.pass(20);
  expect(given).toEqual([{ kind: "down", code: "port/lost" }]);
});

test("a port that refuses is tried again", async () => {
  const rig = new ScaleRig();
  rig.isRefusing = true;
  await rig.pass(100);
  rig.peers[0]?.close();
  await rig.pass(3000);
  expect(rig.answers.at(-1)).toEqual({ kind: "down", code: "port/refused" });
  rig.isRefusing = false;
  await rig.pass(5000);
  expect(rig.answers.at(-1)).toEqual(stable(0));
});

test("noise on the line is counted and is no weight", async () => {
  const rig = new ScaleRig();
  await rig.pass(600);
  for (let byte = 0; byte < 256; byte += 1) rig.peers[0]?.send(Uint8Array.of(byte, 0x30, 0x0d));
  await rig.pass(1500);
  expect(rig.scale.counters().droppedCount).toBeGreaterThan(0);
  expect(rig.answers.filter(({ kind }) => kind !== "stable")).toEqual([]);
});

test("the ninth weighing is answered at once, and close answers nobody", async () => {
  const rig = new ScaleRig();
  await rig.pass(500);
  rig.model.hold(true);
  const given: ScaleAnswer[] = [];
  for (let count = 0; count <= WEIGHINGS_COUNT_MAX; count += 1)
    rig.scale.weigh(1000, (answer) => void given.push(answer));
  expect(given).toEqual([{ kind: "motion" }]);
  rig.scale.close();
  rig.scale.close();
  await rig.pass(3000);
  expect(given).toHaveLength(1);
  expect(await rig.weighed(10, 20)).toEqual([{ kind: "down", code: "port/closed" }]);
  expect(rig.timers.armedCount).toBe(0);
});
