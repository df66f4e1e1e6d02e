/**
 * What every binding of HidPort must do (H1 to H3 in drivers/port/hid.ts), told over a rig: a port, the
 * device's end of it, and a way to let time pass.
 */

import { describe, expect, test } from "vitest";
import type { DriverFault } from "../../../drivers/fault.ts";
import type { HidPort } from "../../../drivers/port/hid.ts";

/** One port with the device's end. */
export interface HidRig {
  readonly port: HidPort;
  send(report: Uint8Array): Promise<void>;
  unplug(): Promise<void>;
  /** Lets what is under way go on for a moment. */
  settle(): Promise<void>;
  dispose(): Promise<void>;
}

const ROUNDS_COUNT_MAX = 2_000;

/** Registers the suite. */
export function hidConformance(bindingName: string, makeRig: () => Promise<HidRig>): void {
  describe(`HID port over ${bindingName}`, () => {
    const report = (value: number): Uint8Array => new Uint8Array(64).fill(value).with(0, 2);

    test("reports reach the listener one by one, in order", async () => {
      const rig = await makeRig();
      const heard: Uint8Array[] = [];
      rig.port.onReport((bytes) => void heard.push(bytes));
      await rig.port.open();
      for (let value = 0; value < 40; value += 1) await rig.send(report(value));
      await until(rig, () => heard.length >= 40);
      expect(heard).toEqual(Array.from({ length: 40 }, (_, value) => report(value)));
      rig.port.close();
      await rig.dispose();
    });

    test("an unplugged device ends the port with port/lost, once", async () => {
      const rig = await makeRig();
      const ends: (DriverFault | undefined)[] = [];
      rig.port.onClose((fault) => void ends.push(fault));
      await rig.port.open();
      await rig.unplug();
      await until(rig, () => ends.length > 0);
      rig.port.close();
      expect(ends).toMatchObject([{ code: "port/lost", retry: "later" }]);
      await expect(rig.port.write(report(1))).rejects.toMatchObject({ code: "port/closed" });
      await expect(rig.port.sendFeature(report(1))).rejects.toMatchObject({ code: "port/closed" });
      await rig.dispose();
    });

    test("closing is told once, without a fault, and no report comes afterwards", async () => {
      const rig = await makeRig();
      const ends: (DriverFault | undefined)[] = [];
      const heard: Uint8Array[] = [];
      rig.port.onClose((fault) => void ends.push(fault));
      rig.port.onReport((bytes) => void heard.push(bytes));
      await rig.port.open();
      rig.port.close();
      rig.port.close();
      await rig.send(report(1));
      for (let round = 0; round < 20; round += 1) await rig.settle();
      expect([ends, heard]).toEqual([[undefined], []]);
      await rig.dispose();
    });

    test("before it is open nothing can be sent: port/not_open", async () => {
      const rig = await makeRig();
      await expect(rig.port.write(report(1))).rejects.toMatchObject({ code: "port/not_open" });
      await expect(rig.port.sendFeature(report(1))).rejects.toMatchObject({ code: "port/not_open" });
      rig.port.close();
      await rig.dispose();
    });
  });
}

async function until(rig: HidRig, isDone: () => boolean): Promise<void> {
  for (let round = 0; round < ROUNDS_COUNT_MAX && !isDone(); round += 1) await rig.settle();
  expect(isDone()).toBe(true);
}
