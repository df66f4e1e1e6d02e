/** The node-hid binding over a library of ours: the conformance suite, and what each failure is called. */

import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { createNodeHidPort } from "../../../drivers/port/node-hid.ts";
import type { NodeHidDevice, NodeHidLibrary } from "../../../drivers/port/node-hid.ts";
import { ManualTimers } from "../../support/manual-timers.ts";
import { hidConformance } from "./hid-conformance.ts";

const OPTIONS = { path: "/dev/hidraw7", writeTimeoutMs: 1_000, queueBytesMax: 128 };

class FakeDevice extends EventEmitter implements NodeHidDevice {
  readonly written: Uint8Array[] = [];
  writes: (report: Uint8Array) => Promise<number> = (report) => Promise.resolve(report.length);

  write(report: Uint8Array): Promise<number> {
    this.written.push(Uint8Array.from(report));
    return this.writes(report);
  }

  sendFeatureReport(report: Uint8Array): Promise<number> {
    return this.write(report);
  }

  close(): Promise<void> {
    return Promise.reject(new Error("gone already"));
  }
}

function rig() {
  const device = new FakeDevice();
  const timers = new ManualTimers();
  const library: NodeHidLibrary = { HIDAsync: { open: () => Promise.resolve(device) } };
  return { device, timers, port: createNodeHidPort(OPTIONS, timers, () => Promise.resolve(library)) };
}

hidConformance("node-hid", async () => {
  const { device, port } = rig();
  return {
    port,
    send: async (report) => void device.emit("data", Buffer.from(report)),
    unplug: async () => void device.emit("error", new Error("could not read from HID device")),
    settle: () => Promise.resolve(),
    dispose: async () => {},
  };
});

function failing(code: string, message: string): Error {
  return Object.assign(new Error(message), code === "" ? {} : { code });
}

test.each([
  ["ERR_DLOPEN_FAILED", "libusb-1.0.so.0: cannot open shared object file", "port/no_library", "never"],
  ["", "No native build was found for runtime=node", "port/no_library", "never"],
  ["", "cannot open device with path /dev/hidraw7: Permission denied", "port/refused", "later"],
  ["", "cannot open device with path /dev/hidraw7", "port/unreachable", "later"],
])("%s %j on opening is %s", async (systemCode, reason, code, retry) => {
  const open = (): Promise<NodeHidDevice> => Promise.reject(failing(systemCode, reason));
  const port = createNodeHidPort(OPTIONS, new ManualTimers(), () => Promise.resolve({ HIDAsync: { open } }));
  const facts = { path: OPTIONS.path, library: "node-hid 3.4.0", systemCode, reason };
  await expect(port.open()).rejects.toMatchObject({ code, retry, facts });
  await expect(port.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "port/closed" });
});

test("a package that is not installed is port/no_library with the loader's code", async () => {
  const load = (): Promise<NodeHidLibrary> =>
    Promise.reject(failing("ERR_MODULE_NOT_FOUND", "Cannot find package"));
  const port = createNodeHidPort(OPTIONS, new ManualTimers(), load);
  const facts = { systemCode: "ERR_MODULE_NOT_FOUND" };
  await expect(port.open()).rejects.toMatchObject({ code: "port/no_library", facts });
});

test("reports are written whole and feature reports sent; the library's copy of a report is zeroed", async () => {
  const { device, port } = rig();
  const heard: Uint8Array[] = [];
  port.onReport((report) => void heard.push(report));
  await port.open();
  await port.write(Uint8Array.of(1, 2));
  expect(await port.sendFeature(Uint8Array.of(254, 1))).toBe(true);
  expect(device.written).toEqual([Uint8Array.of(1, 2), Uint8Array.of(254, 1)]);
  const given = Buffer.from([2, 7, 7]);
  device.emit("data", given);
  expect([heard, [...given]]).toEqual([[Uint8Array.of(2, 7, 7)], [0, 0, 0]]);
});

test("a write that fails ends the port with port/lost, one that hangs with port/write_timeout", async () => {
  const lost = rig();
  await lost.port.open();
  lost.device.writes = () => Promise.reject(new Error("Cannot write to hid device"));
  await expect(lost.port.write(Uint8Array.of(1))).rejects.toMatchObject({ code: "port/lost" });
  const slow = rig();
  await slow.port.open();
  slow.device.writes = () => new Promise(() => {});
  const write = slow.port.write(Uint8Array.of(1));
  await expect(slow.port.write(new Uint8Array(128))).rejects.toMatchObject({ code: "port/queue_full" });
  slow.timers.advance(1_000);
  await expect(write).rejects.toMatchObject({ code: "port/write_timeout" });
});

test("closing while it opens rejects with port/closed and gives the device back", async () => {
  const { port } = rig();
  const opening = port.open();
  port.close();
  await expect(opening).rejects.toMatchObject({ code: "port/closed" });
  await expect(port.open()).rejects.toMatchObject({ code: "port/closed" });
});

test("a feature report that fails ends the port", async () => {
  const { device, port } = rig();
  await port.open();
  device.writes = () => Promise.reject(new Error("no"));
  await expect(port.sendFeature(Uint8Array.of(1))).rejects.toMatchObject({ code: "port/lost" });
  await expect(port.sendFeature(Uint8Array.of(1))).rejects.toMatchObject({ code: "port/closed" });
});
