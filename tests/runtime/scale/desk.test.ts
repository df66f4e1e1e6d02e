/** The scale as the screen's server knows it, over the real driver and the simulated scale. */
import { expect, test } from "vitest";
import { openScaleStation, WEIGHING_MS_MAX } from "../../../runtime/scale/desk.ts";
import type { ScaleStation, Weighed } from "../../../runtime/scale/desk.ts";
import { ScaleRig } from "../../support/scale-rig.ts";

interface Bench {
  readonly rig: ScaleRig;
  readonly station: ScaleStation;
  readonly log: string[];
  readonly faces: string[];
  readonly weigh: () => Promise<Weighed>;
}

function bench(): Bench {
  const log: string[] = [];
  const faces: string[] = [];
  const made: ScaleRig[] = [];
  const station = openScaleStation(
    (onAnswer) => {
      const its = new ScaleRig({}, onAnswer);
      made.push(its);
      return its.scale;
    },
    (code, detail) => void log.push(`${code} ${detail}`),
  );
  const [rig = expect.fail("no scale was made")] = made;
  station.onChange(() => {
    const { state, weightGrams } = station.face();
    faces.push(`${state} ${weightGrams}`);
  });
  const weigh = async (): Promise<Weighed> => {
    const weighing = station.weigh();
    await rig.pass(WEIGHING_MS_MAX + 100);
    return await weighing;
  };
  return { rig, station, log, faces, weigh };
}

test("a still plate gives its weight in thousandths of a kilogram", async () => {
  const { rig, weigh, faces } = bench();
  await rig.pass(500);
  rig.model.put(755);
  expect(await weigh()).toEqual({ ok: true, quantityMilli: 755 });
  expect(faces).toEqual(["stable 0", "motion 0", "stable 755"]);
});

test.each([
  ["scale/empty", 0, false],
  ["scale/over", 16_200, false],
  ["scale/under_zero", -250, false],
  ["scale/motion", 500, true],
] as const)("%s is refused", async (code, grams, isMoving) => {
  const { rig, weigh } = bench();
  await rig.pass(500);
  rig.model.put(grams);
  rig.model.hold(isMoving);
  expect(await weigh()).toEqual({ ok: false, code });
});

test("a scale that was switched on with goods on it is refused with scale/outside_zero", async () => {
  const { rig, weigh } = bench();
  rig.model.put(500);
  rig.model.restart();
  await rig.pass(1000);
  expect(await weigh()).toEqual({ ok: false, code: "scale/outside_zero" });
});

test("a scale that is switched off is refused with scale/silent, and said once in the log", async () => {
  const { rig, weigh, station, log } = bench();
  await rig.pass(500);
  rig.model.silence(true);
  await rig.pass(9000);
  expect(await weigh()).toEqual({ ok: false, code: "scale/silent" });
  expect(station.order({ kind: "zero" })).toBe("scale/silent");
  expect(station.face()).toEqual({ state: "down", weightGrams: 0, isNet: false });
  rig.model.silence(false);
  await rig.pass(5000);
  expect(station.order({ kind: "zero" })).toBeNull();
  expect(log).toEqual(["scale/link ok", "scale/link scale/silent", "scale/link ok"]);
});

test("after close nobody is told", async () => {
  const { rig, station, faces } = bench();
  await rig.pass(500);
  station.close();
  rig.model.put(755);
  await rig.pass(3000);
  expect(faces).toEqual(["stable 0"]);
});
