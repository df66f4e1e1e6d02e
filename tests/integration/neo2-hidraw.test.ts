/**
 * The NEO 2 driver over real file descriptors: hidraw.ts on a pseudo-terminal, the simulated reader at its
 * far end. Needs socat; says so where it is missing. The reader's store in a file, and node-hid as found here.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createHidrawPort, listHidraw } from "../../drivers/port/hidraw.ts";
import { NODE_HID, createNodeHidPort, loadNodeHid } from "../../drivers/port/node-hid.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { createNeo2Reader } from "../../drivers/reader/neo2/driver.ts";
import { NEO2_SETTINGS, Neo2Device } from "../../tools/sim/neo2/device.ts";
import { simHost } from "../../tools/sim/neo2/host.ts";
import { factoryMemory, fileNeo2Store, memoryNeo2Store } from "../../tools/sim/neo2/memory.ts";
import { serveNeo2 } from "../../tools/sim/neo2/serve.ts";
import { Acquirer, memoryLedgerStore } from "../../tools/sim/reader/acquirer.ts";
import { notedDesk, payRequest } from "../support/neo2-rig.ts";
import { NO_SOCAT, plugPtys, ptyNames } from "../support/pty-pair.ts";
import type { PtyNames, PtyPair } from "../support/pty-pair.ts";

const TIMERS: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
const QUICK = { ...NEO2_SETTINGS, handMs: 5, cardMs: 5 };
const TAP = { kind: "present", card: "visa", entry: "tap" } as const;
const folder = mkdtempSync(join(tmpdir(), "neo2-"));
const storePath = join(folder, "reader.json");

afterEach(() => rmSync(storePath, { force: true }));

function rig(names: PtyNames) {
  const device = new Neo2Device(memoryNeo2Store("630Z000001"), TIMERS, QUICK);
  const acquirer = new Acquirer(memoryLedgerStore());
  const openHid = () =>
    createHidrawPort(
      {
        path: names.near,
        access: "read_write",
        reportBytesMax: 64,
        pollMs: 2,
        writeTimeoutMs: 2_000,
        queueBytesMax: 8_192,
      },
      TIMERS,
    );
  const host = simHost(acquirer, "neo2", { faults: [], canInquire: false });
  const currencyDigits = (): string => "978";
  const options = { host, waitSeconds: 20, memberWaitMs: 5_000, currencyDigits };
  return { device, acquirer, reader: createNeo2Reader(openHid, TIMERS, options) };
}

/** Plugs the reader in. Its end is held while the cable is in. */
async function plug(names: PtyNames, device: Neo2Device): Promise<PtyPair> {
  const cable = await plugPtys(names);
  await serveNeo2(device, names.far, TIMERS, () => {});
  return cable;
}

test("forty reports that are written at once arrive in that order", async ({ skip }) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const cable = await plugPtys(names);
  const limits = { writeTimeoutMs: 2_000, queueBytesMax: 8_192 };
  const portAt = (path: string): ReturnType<typeof createHidrawPort> =>
    createHidrawPort({ path, access: "read_write", reportBytesMax: 64, pollMs: 2, ...limits }, TIMERS);
  const [near, far] = [portAt(names.near), portAt(names.far)];
  const heard: number[] = [];
  far.onReport((bytes) => heard.push(...bytes));
  await Promise.all([near.open(), far.open()]);
  const reports = Array.from({ length: 40 }, (_, index) => new Uint8Array(64).fill(index + 1));
  await Promise.all(reports.map((report) => near.write(report)));
  await expect.poll(() => heard.length).toBe(40 * 64);
  expect(heard).toEqual(reports.flatMap((report) => [...report]));
  near.close();
  far.close();
  await cable.kill();
  names.remove();
});

test("twenty payments and a member card over a pseudo-terminal agree with the ledger", async ({ skip }) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const { device, acquirer, reader } = rig(names);
  const cable = await plug(names, device);
  expect(await reader.ready()).toMatchObject({ ok: true, identity: { serial: "630Z000001" } });
  for (let count = 1; count <= 20; count += 1) {
    device.script(TAP);
    const end = await reader.begin(
      payRequest({ ref: `tender-${count}`, amountMinor: 100 + count }),
      notedDesk(),
    );
    expect(end).toEqual({ kind: "captured", reference: `gw-${count}` });
  }
  device.script({ kind: "member", member: { kind: 0x04, uid: "04A1B2C3D4E5F6" } });
  expect(await reader.readMemberCard(notedDesk())).toEqual({ kind: "uid", uid: "04A1B2C3D4E5F6" });
  expect(acquirer.netMinor("EUR")).toBe(20 * 100 + 210);
  expect(reader.state().counters).toMatchObject({ crc: 0, garbage: 0, stray: 0 });
  reader.close();
  await cable.kill();
  names.remove();
});

test("a cable that is pulled thirty times under load is found every time, and every end agrees with the ledger", async ({
  skip,
}) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const { device, acquirer, reader } = rig(names);
  let cable = await plug(names, device);
  let expectedMinor = 0;
  for (let count = 1; count <= 30; count += 1) {
    device.script(TAP);
    const end = reader.begin(payRequest({ ref: `tender-${count}` }), notedDesk());
    // Each time a little later: while it greets, while it waits, while it answers.
    await new Promise((resolve) => {
      setTimeout(resolve, count * 2);
    });
    await cable.kill();
    const { kind } = await end;
    expect(["captured", "not_sent", "declined"]).toContain(kind);
    expectedMinor += kind === "captured" ? 1_340 : 0;
    device.powerCycle();
    cable = await plug(names, device);
    await expect.poll(() => reader.ready(), { timeout: 20_000, interval: 20 }).toMatchObject({ ok: true });
  }
  expect(acquirer.netMinor("EUR")).toBe(expectedMinor);
  reader.close();
  await cable.kill();
  names.remove();
});

test("what the reader remembers is loaded by the next process, whole or as it was", () => {
  const memory = {
    ...factoryMemory("630Z000001"),
    keyCount: 7,
    pollsOnDemand: true,
    config: { DFEE37: "01" },
  };
  fileNeo2Store(storePath, "630Z000001").save(memory);
  expect(fileNeo2Store(storePath, "630Z000001").load()).toEqual(memory);
  expect(readFileSync(storePath, "utf8")).not.toMatch(/\d{13,19}/);
  for (const text of ["", "{", "null", '{"keyCount":"x","pollsOnDemand":1,"config":[1]}']) {
    writeFileSync(storePath, text);
    expect(fileNeo2Store(storePath, "s").load()).toMatchObject({
      serial: "s",
      keyCount: 0,
      pollsOnDemand: false,
    });
  }
});

/** What opening says on this machine: why not, or that a device answered. */
async function openNodeHid(path: string): Promise<string> {
  const limits = { writeTimeoutMs: 1_000, queueBytesMax: 1_024 };
  const port = createNodeHidPort({ path, ...limits }, TIMERS);
  try {
    await port.open();
    port.close();
    return "open";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

test("node-hid on a path without a device says what is missing: the package, libusb or the device", async () => {
  const isInstalled = await loadNodeHid().then(
    () => true,
    () => false,
  );
  const said = await openNodeHid("/dev/hidraw-none");
  expect(isInstalled ? ["port/no_library", "port/unreachable"] : ["port/no_library"]).toContain(said);
});

test("node-hid opens a device that is there", async ({ skip }) => {
  const [device] = await listHidraw();
  if (device === undefined) skip("no hidraw device here");
  const said = await openNodeHid(device?.path ?? "");
  if (said === "port/no_library") skip(`no ${NODE_HID.name} ${NODE_HID.version} or no libusb-1.0 here`);
  expect(["open", "port/refused"]).toContain(said);
});
