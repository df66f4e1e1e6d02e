/**
 * The real driver over a real socket to the simulated scanner: scans, spoiled scans and pulled cables.
 * Only loopback; the driver's time is the system's, since pauses on the line are what is tested.
 */

import { afterEach, expect, test } from "vitest";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { createScanner } from "../../drivers/scanner/driver.ts";
import type { Scanner } from "../../drivers/scanner/driver.ts";
import { FRAME_CONFIG } from "../../drivers/scanner/frame.ts";
import { READ_CONFIG } from "../../drivers/scanner/read.ts";
import type { ScanResult } from "../../drivers/scanner/result.ts";
import type { LinkStatus } from "../../drivers/scanner/session.ts";
import { SCANNER_SETUP, lineOf } from "../../tools/sim/scanner/scanner.ts";
import type { PlannedScan } from "../../tools/sim/scanner/scanner.ts";
import { startVirtualScanner } from "../../tools/sim/scanner/server.ts";
import type { VirtualScanner } from "../../tools/sim/scanner/server.ts";

const EAN = "6900350006025";
const OTHER = "6900350006032";
const SYSTEM_TIMERS: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Bench {
  readonly device: VirtualScanner;
  readonly scanner: Scanner;
  readonly results: ScanResult[];
  readonly links: LinkStatus[];
  readonly until: (isDone: () => boolean) => Promise<void>;
}

async function bench(): Promise<Bench> {
  const device = await startVirtualScanner(0);
  closers.push(() => device.close());
  const results: ScanResult[] = [];
  const links: LinkStatus[] = [];
  let wake = (): void => {};
  const limits = { connectTimeoutMs: 3_000, writeTimeoutMs: 3_000, queueBytesMax: 1_024 };
  const scanner = createScanner(
    () => createTcpPort({ host: "127.0.0.1", tcpPort: device.tcpPort, ...limits }, SYSTEM_TIMERS),
    SYSTEM_TIMERS,
    { frame: FRAME_CONFIG, read: READ_CONFIG },
    {
      onScan: (result) => {
        results.push(result);
        wake();
      },
      onLink: (status) => {
        links.push(status);
        wake();
      },
    },
  );
  closers.push(() => scanner.close());
  const until = async (isDone: () => boolean): Promise<void> => {
    while (!isDone()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { device, scanner, results, links, until };
}

const line = (scans: readonly PlannedScan[]) =>
  lineOf(scans, SCANNER_SETUP, (below) => Math.floor(below / 2));

test("scans over a socket: whole, glued, half, noise, and the cable pulled", async () => {
  const { device, scanner, results, links, until } = await bench();
  await until(() => links.at(-1)?.kind === "up");
  await device.send(
    line([
      { text: EAN, fault: "none" },
      { text: EAN, fault: "glue" },
      { text: OTHER, fault: "none" },
      { text: EAN, fault: "half" },
      { text: EAN, fault: "noise" },
      { text: OTHER, fault: "none" },
    ]),
  );
  const items = (): readonly string[] =>
    results.flatMap((result) =>
      result.kind === "item" && result.name.kind === "gtin" ? [result.name.gtin] : [],
    );
  await until(() => items().length === 4);
  expect(items()).toEqual([`0${EAN}`, `0${EAN}`, `0${OTHER}`, `0${OTHER}`]);
  const codes = results.flatMap((result) => (result.kind === "rejected" ? [result.code] : []));
  expect(codes[0]).toBe("scan/cut_off");
  expect(codes.slice(1).every((code) => code === "scan/noise")).toBe(true);
  expect(codes.length).toBeLessThanOrEqual(
    1 + Math.ceil(SCANNER_SETUP.noiseBytes / FRAME_CONFIG.codeBytesMax),
  );

  device.unplug();
  await until(() => links.at(-1)?.kind === "down");
  await until(() => links.at(-1)?.kind === "up");
  await device.send(line([{ text: EAN, fault: "none" }]));
  await until(() => items().length === 5);
  expect(scanner.counters()).toMatchObject({ itemCount: 5, connectCount: 2, walletCodeCount: 0 });
});

test("nobody at the address is told, and a scanner that comes later is heard", async () => {
  const { device, links, until } = await bench();
  await until(() => links.at(-1)?.kind === "up");
  await device.close();
  await until(() => links.filter(({ kind }) => kind === "down").length >= 2);
  expect(links.at(-1)).toMatchObject({ kind: "down", code: "port/refused" });
});
