/**
 * The hidraw binding on a named pipe, which the system serves with the same calls: reports of fixed
 * length, nothing to read yet, a far end that goes away. Its node list on a folder of the same shape.
 */

import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createHidrawPort, listHidraw } from "../../drivers/port/hidraw.ts";
import type { HidrawOptions } from "../../drivers/port/hidraw.ts";
import { createHidScanner } from "../../drivers/scanner/driver.ts";
import { FRAME_CONFIG } from "../../drivers/scanner/frame.ts";
import { isPosScanner } from "../../drivers/scanner/hid-report.ts";
import { READ_CONFIG } from "../../drivers/scanner/read.ts";
import type { ScanResult } from "../../drivers/scanner/result.ts";
import type { LinkStatus } from "../../drivers/scanner/session.ts";
import { hidReports } from "../../tools/sim/scanner/reports.ts";
import { hidConformance } from "../drivers/port/hid-conformance.ts";
import { ManualTimers } from "../support/manual-timers.ts";

const POLL_MS = 10;
const EAN = "]E06900350006025";
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hidraw-"));
  folders.push(folder);
  return folder;
}

function namedPipe(): string {
  const path = join(temporaryFolder(), "hidraw0");
  execFileSync("sh", ["-c", 'mkfifo "$1"', "sh", path]);
  return path;
}

/** The device's end; a pipe without any writer would be at its end. */
function deviceEnd(path: string): number {
  return openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
}

function options(path: string, access: HidrawOptions["access"]): HidrawOptions {
  return { path, access, reportBytesMax: 64, pollMs: POLL_MS, writeTimeoutMs: 1_000, queueBytesMax: 1_024 };
}

/** Lets the system answer, then moves time to the next asking. */
async function turn(timers: ManualTimers): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  timers.advance(POLL_MS);
  // The pool's threads read the pipe: each turn gives them real time.
  await new Promise((resolve) => setTimeout(resolve, 1));
}

hidConformance("hidraw", async () => {
  const path = namedPipe();
  const timers = new ManualTimers();
  const port = createHidrawPort(options(path, "read"), timers);
  let device: number | undefined = deviceEnd(path);
  const unplug = async (): Promise<void> => {
    if (device !== undefined) closeSync(device);
    device = undefined;
  };
  return {
    port,
    send: async (report) => {
      if (device !== undefined) writeSync(device, report);
    },
    unplug,
    settle: () => turn(timers),
    dispose: unplug,
  };
});

test("a node that is not there is port/unreachable", async () => {
  const port = createHidrawPort(options(join(temporaryFolder(), "none"), "read"), new ManualTimers());
  await expect(port.open()).rejects.toMatchObject({
    code: "port/unreachable",
    facts: { systemCode: "ENOENT" },
  });
});

test("closing while it opens rejects with port/closed", async () => {
  const port = createHidrawPort(options(namedPipe(), "read_write"), new ManualTimers());
  const opening = port.open();
  port.close();
  await expect(opening).rejects.toMatchObject({ code: "port/closed" });
});

test("an output report is written whole, more than the queue's bound is port/queue_full, feature reports cannot be sent", async () => {
  const path = namedPipe();
  const device = deviceEnd(path);
  const timers = new ManualTimers();
  const port = createHidrawPort(options(path, "read_write"), timers);
  await port.open();
  const report = Uint8Array.from({ length: 64 }, (_, index) => index);
  await port.write(report);
  const received = new Uint8Array(64);
  expect(readSync(device, received, 0, 64, null)).toBe(64);
  expect(received).toEqual(report);
  await expect(port.write(new Uint8Array(1_025))).rejects.toMatchObject({ code: "port/queue_full" });
  expect(await port.sendFeature(Uint8Array.of(254, 1))).toBe(false);
  port.close();
  closeSync(device);
});

test("a port that is closed leaves nothing running and nothing open", async () => {
  const path = namedPipe();
  const device = deviceEnd(path);
  const timers = new ManualTimers();
  const before = openFiles(path);
  for (let count = 0; count < 20; count += 1) {
    const port = createHidrawPort(options(path, "read"), timers);
    await port.open();
    timers.advance(POLL_MS);
    port.close();
  }
  for (let round = 0; round < 200 && openFiles(path) > before; round += 1) await turn(timers);
  expect([openFiles(path), timers.armedCount]).toEqual([before, 0]);
  closeSync(device);
});

test("scans come through the node as items, and the scanner is heard again when it is plugged in again", async () => {
  const path = namedPipe();
  const timers = new ManualTimers();
  const results: ScanResult[] = [];
  const links: LinkStatus[] = [];
  let device = deviceEnd(path);
  const scanner = createHidScanner(
    () => createHidrawPort(options(path, "read"), timers),
    timers,
    { frame: FRAME_CONFIG, read: READ_CONFIG },
    { onScan: (result) => void results.push(result), onLink: (status) => void links.push(status) },
  );
  const until = async (isDone: () => boolean): Promise<void> => {
    for (let round = 0; round < 5_000 && !isDone(); round += 1) await turn(timers);
    expect(isDone()).toBe(true);
  };
  await until(() => links.length === 1);
  for (const report of hidReports(EAN)) writeSync(device, report);
  await until(() => results.length === 1);
  closeSync(device);
  await until(() => links.length >= 2);
  device = deviceEnd(path);
  await until(() => links.at(-1)?.kind === "up");
  for (const report of hidReports(EAN)) writeSync(device, report);
  await until(() => results.length === 2);
  const item = { kind: "item", name: { kind: "gtin", gtin: "06900350006025" } };
  expect(results).toMatchObject([item, item]);
  expect(links[1]).toEqual({ kind: "down", code: "port/lost" });
  scanner.close();
  closeSync(device);
});

test("nodes are listed with vendor, product and usage; a system without hidraw has none", async () => {
  const root = temporaryFolder();
  for (const [name, id, descriptor] of [
    ["hidraw1", "0003:00000C2E:00000B6A", [0x05, 0x8c, 0x09, 0x02]],
    ["hidraw0", "0003:0000046D:0000C31C", [0x05, 0x01, 0x09, 0x06]],
  ] as const) {
    mkdirSync(join(root, name, "device"), { recursive: true });
    writeFileSync(join(root, name, "device/uevent"), `DRIVER=hid-generic\nHID_ID=${id}\nHID_NAME=x\n`);
    writeFileSync(join(root, name, "device/report_descriptor"), Uint8Array.from(descriptor));
  }
  mkdirSync(join(root, "hidraw2"));
  const devices = await listHidraw(root, "/dev");
  expect(devices).toMatchObject([
    { path: "/dev/hidraw0", vendorId: 0x046d, productId: 0xc31c },
    { path: "/dev/hidraw1", vendorId: 0x0c2e, productId: 0x0b6a },
  ]);
  expect(devices.map(({ reportDescriptor }) => isPosScanner(reportDescriptor))).toEqual([false, true]);
  expect(await listHidraw(join(root, "none"))).toEqual([]);
});

/** How many descriptors of this process point to `path`. */
function openFiles(path: string): number {
  if (!existsSync("/proc/self/fd")) return 0;
  return readdirSync("/proc/self/fd").filter((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`) === path;
    } catch {
      // Another thread has closed it meanwhile.
      return false;
    }
  }).length;
}
