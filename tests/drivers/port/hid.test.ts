/** The memory HID port: H1 to H3 as the driver's tests lean on them. */

import { expect, test } from "vitest";
import { Bug } from "../../../core/bug.ts";
import { createMemoryHid } from "../../../drivers/port/hid.ts";
import { hidConformance } from "./hid-conformance.ts";

hidConformance("memory", async () => {
  const { port, peer } = createMemoryHid();
  return {
    port,
    send: async (report) => peer.send(report),
    unplug: async () => peer.unplug(),
    settle: () => Promise.resolve(),
    dispose: async () => {},
  };
});

test("a device that is not there is port/unreachable", async () => {
  const { port, peer } = createMemoryHid();
  peer.refuse();
  await expect(port.open()).rejects.toMatchObject({ code: "port/unreachable" });
  await expect(port.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "port/closed" });
});

test("a second open is a Bug, and a report written is what the device got", async () => {
  const { port, peer } = createMemoryHid();
  await port.open();
  await expect(port.open()).rejects.toBeInstanceOf(Bug);
  await port.write(Uint8Array.of(1, 2));
  expect(await port.sendFeature(Uint8Array.of(254, 1))).toBe(true);
  expect([peer.written, peer.features]).toEqual([[Uint8Array.of(1, 2)], [Uint8Array.of(254, 1)]]);
});

test("closing while it opens rejects with port/closed", async () => {
  const { port } = createMemoryHid();
  const opening = port.open();
  port.close();
  await expect(opening).rejects.toMatchObject({ code: "port/closed" });
  await expect(port.open()).rejects.toMatchObject({ code: "port/closed" });
});
