/** The scanner driver over memory ports, with time moved by hand: bytes in, results out, links that break. */

import { expect, test } from "vitest";
import type { MemoryHidPeer } from "../../../drivers/port/hid.ts";
import { createMemoryHid } from "../../../drivers/port/hid.ts";
import type { MemoryPeer } from "../../../drivers/port/memory.ts";
import { createMemoryPair } from "../../../drivers/port/memory.ts";
import { createHidScanner, createScanner } from "../../../drivers/scanner/driver.ts";
import type { Scanner, ScannerListeners } from "../../../drivers/scanner/driver.ts";
import { FRAME_CONFIG } from "../../../drivers/scanner/frame.ts";
import { HID_POS_SWITCH } from "../../../drivers/scanner/hid-report.ts";
import type { ScanResult } from "../../../drivers/scanner/result.ts";
import type { LinkStatus } from "../../../drivers/scanner/session.ts";
import { hidReports } from "../../../tools/sim/scanner/reports.ts";
import { SCANNER_SETUP, SCAN_FAULTS, lineOf } from "../../../tools/sim/scanner/scanner.ts";
import { ManualTimers } from "../../support/manual-timers.ts";
import { SHOP, scanBytes } from "./scan-codes.ts";

const LIMITS = { writeTimeoutMs: 1_000, queueBytesMax: 1024 };
const CONFIG = { frame: FRAME_CONFIG, read: SHOP };
const EAN = "6900350006025";

interface Bench<Peer> {
  readonly scanner: Scanner;
  readonly timers: ManualTimers;
  readonly peers: readonly Peer[];
  readonly results: readonly ScanResult[];
  readonly links: readonly LinkStatus[];
  /** Lets every microtask run, then moves time. */
  readonly pass: (delayMs: number) => Promise<void>;
}

function bench<Peer>(
  make: (timers: ManualTimers, peers: Peer[], listeners: ScannerListeners) => Scanner,
): Bench<Peer> {
  const timers = new ManualTimers();
  const peers: Peer[] = [];
  const results: ScanResult[] = [];
  const links: LinkStatus[] = [];
  const scanner = make(timers, peers, {
    onScan: (result) => void results.push(result),
    onLink: (status) => void links.push(status),
  });
  const pass = async (delayMs: number): Promise<void> => {
    await settled();
    timers.advance(delayMs);
    await settled();
  };
  return { scanner, timers, peers, results, links, pass };
}

function lineBench(isRefusing = false): Bench<MemoryPeer> {
  return bench<MemoryPeer>((timers, peers, listeners) =>
    createScanner(
      () => {
        const { port, peer } = createMemoryPair(LIMITS, timers);
        if (isRefusing) peer.refuse();
        peers.push(peer);
        return port;
      },
      timers,
      CONFIG,
      listeners,
    ),
  );
}

function hidBench(switchReport?: Uint8Array): Bench<MemoryHidPeer> {
  return bench<MemoryHidPeer>((timers, peers, listeners) =>
    createHidScanner(
      () => {
        const { port, peer } = createMemoryHid();
        peers.push(peer);
        return port;
      },
      timers,
      CONFIG,
      listeners,
      switchReport,
    ),
  );
}

test("a scan in two chunks is one item", async () => {
  const { peers, results, pass, scanner, timers } = lineBench();
  await pass(250);
  peers[0]?.send(scanBytes("]E069003500"));
  await pass(10);
  peers[0]?.send(scanBytes("06025\r\n"));
  await pass(0);
  expect(results).toMatchObject([{ kind: "item", name: { gtin: "06900350006025" } }]);
  expect(timers.armedCount).toBe(0);
  expect(scanner.counters()).toEqual({
    itemCount: 1,
    ownCodeCount: 0,
    walletCodeCount: 0,
    rejectedCount: 0,
    receivedBytes: 18,
    connectCount: 1,
  });
});

test("half a code is told after a silence, and the next one is read", async () => {
  const { peers, results, pass } = lineBench();
  await pass(250);
  peers[0]?.send(scanBytes("69003500"));
  await pass(50);
  expect(results).toEqual([{ kind: "rejected", code: "scan/cut_off" }]);
  await pass(250);
  peers[0]?.send(scanBytes(`${EAN}\r`));
  await pass(0);
  expect(results).toHaveLength(2);
  expect(results[1]).toMatchObject({ kind: "item" });
});

test("a cable that is pulled a hundred times is heard each time again, and nothing stays armed", async () => {
  const { peers, results, links, pass, scanner, timers } = lineBench();
  for (let count = 0; count < 100; count += 1) {
    await pass(250);
    peers.at(-1)?.send(scanBytes(`${EAN}\r69`));
    await pass(0);
    peers.at(-1)?.close();
    await pass(0);
    expect(timers.armedCount).toBe(1);
    await pass(250);
  }
  expect(results.filter(({ kind }) => kind === "item")).toHaveLength(100);
  expect(links.filter(({ kind }) => kind === "up")).toHaveLength(101);
  scanner.close();
  expect(timers.armedCount).toBe(0);
});

test("nobody there is told as port/refused, and tried again later", async () => {
  const { links, peers, pass } = lineBench(true);
  await pass(0);
  expect(links).toEqual([{ kind: "down", code: "port/refused" }]);
  await pass(250);
  await pass(499);
  expect(peers).toHaveLength(2);
  await pass(1);
  expect(peers).toHaveLength(3);
});

test("after closing no listener is called, also from within a listener", async () => {
  const timers = new ManualTimers();
  const results: ScanResult[] = [];
  const { port, peer } = createMemoryPair(LIMITS, timers);
  const scanner = createScanner(() => port, timers, CONFIG, {
    onScan: (result) => {
      results.push(result);
      scanner.close();
    },
    onLink: () => {},
  });
  await settled();
  timers.advance(250);
  peer.send(scanBytes(`${EAN}\r${EAN}\r690`));
  await settled();
  scanner.close();
  expect(results).toHaveLength(1);
  expect(timers.armedCount).toBe(0);
});

test("while a tender waits a payment code goes before a scale's code, and is counted without its digits", async () => {
  const { scanner, peers, results, pass } = lineBench();
  await pass(250);
  scanner.expect("tender");
  peers[0]?.send(scanBytes("]Q1281234567890123456\r"));
  await pass(0);
  expect(results).toEqual([{ kind: "payment_code", scheme: "alipay" }]);
  expect(scanner.counters()).toMatchObject({ walletCodeCount: 1 });
});

test("HID reports are items, a broken chain is cut off, an unplugged device is opened again", async () => {
  const { peers, results, links, pass } = hidBench();
  await pass(0);
  for (const report of hidReports(`]E0${EAN}`)) peers[0]?.send(report);
  const [first = new Uint8Array()] = hidReports(`]Q1${"A".repeat(100)}`);
  peers[0]?.send(first);
  await pass(250);
  expect(results).toMatchObject([{ kind: "item" }, { kind: "rejected", code: "scan/cut_off" }]);
  peers[0]?.unplug();
  await pass(250);
  expect(links).toEqual([{ kind: "up" }, { kind: "down", code: "port/lost" }, { kind: "up" }]);
  expect(peers).toHaveLength(2);
});

test("a keyboard scanner is switched to HID POS when it is opened", async () => {
  const { peers, pass } = hidBench(HID_POS_SWITCH.get(0x0c2e));
  await pass(0);
  expect(peers[0]?.features.map((report) => [...report])).toEqual([[254, 1]]);
});

test.each(SCAN_FAULTS)(
  "the simulated scanner with every second code spoiled by %s gives no wrong item",
  async (fault) => {
    const { peers, results, pass } = lineBench();
    await pass(250);
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed % below;
    };
    const scans = Array.from({ length: 40 }, (_, index) => ({
      text: EAN,
      fault: index % 2 === 0 ? fault : ("none" as const),
    }));
    for (const { afterMs, bytes } of lineOf(scans, SCANNER_SETUP, random)) {
      await pass(afterMs);
      peers[0]?.send(bytes);
    }
    await pass(1_000);
    const items = results.filter(({ kind }) => kind === "item");
    expect(items.length).toBeGreaterThanOrEqual(20);
    expect(items.length).toBeLessThanOrEqual(40);
    for (const item of items) expect(item).toMatchObject({ name: { gtin: "06900350006025" } });
    expect(results.length).toBeLessThanOrEqual(fault === "noise" ? 20 + 20 * 4 : 40);
  },
);

async function settled(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
