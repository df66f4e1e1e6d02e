/**
 * Printer and scanner drivers on serial lines whose cable is pulled out a hundred times in the middle of
 * traffic and put in again: each time they find the device, and while it is away nothing turns in circles.
 * Over real pseudo-terminals; skipped, and said so, where socat is missing. The drivers' time runs ten
 * times as fast as the clock.
 */

import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createSerialPort } from "../../drivers/port/serial.ts";
import type { SerialPort } from "../../drivers/port/serial.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { createPrinter } from "../../drivers/printer/driver.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import { createScanner } from "../../drivers/scanner/driver.ts";
import { FRAME_CONFIG } from "../../drivers/scanner/frame.ts";
import { READ_CONFIG } from "../../drivers/scanner/read.ts";
import { Engine } from "../../tools/sim/printer/engine.ts";
import { accountOf } from "../../tools/sim/printer/paper.ts";
import { Tray } from "../../tools/sim/printer/tray.ts";
import { NO_SOCAT, plugPtys, ptyNames } from "../support/pty-pair.ts";
import { fortyLineReceipt } from "../support/sample-receipts.ts";
import { ascii } from "../support/scan-world.ts";

const PULL_COUNT = 100;
/** How long the cable stays out, and so how long a driver that spins could spin. */
const AWAY_MS = 40;
/** Share of a core that the whole process may use while the cable is out; a reader that spins takes all of it. */
const AWAY_CPU_SHARE_MAX = 0.6;
const SPEED_UP = 10;
const MODEL = PRINTER_MODELS.gbk_80mm;
const EAN = "6900350006025";

const systemTimers: Timers = {
  after: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};
const fastTimers: Timers = { after: (delayMs, run) => systemTimers.after(delayMs / SPEED_UP, run) };

/** Ports keep the clock's time: a machine that is busy may be slow to take bytes. */
function portAt(path: string): SerialPort {
  const line = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, rtscts: false } as const;
  return createSerialPort({ path, ...line, writeTimeoutMs: 10_000, queueBytesMax: 65_536 }, systemTimers);
}

/** Waits until `isDone`, looking again after every turn that something woke. */
class News {
  #wake = (): void => {};
  readonly wake = (): void => this.#wake();

  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/** CPU time of this process while the cable is out, against the clock. */
class AwayMeter {
  #cpuMs = 0;
  #wallMs = 0;

  async rest(): Promise<void> {
    const cpu = process.cpuUsage();
    const startMs = performance.now();
    await pause(AWAY_MS);
    const { user, system } = process.cpuUsage(cpu);
    this.#cpuMs += (user + system) / 1_000;
    this.#wallMs += performance.now() - startMs;
  }

  /** Says it and gives the share. */
  share(what: string): number {
    const [cpuMs, wallMs] = [Math.round(this.#cpuMs), Math.round(this.#wallMs)];
    console.log(`${what}: ${PULL_COUNT} pulls; ${cpuMs} ms of CPU in ${wallMs} ms without the cable`);
    return this.#cpuMs / this.#wallMs;
  }
}

test("a serial printer whose cable is pulled 100 times while it prints is found 100 times, and every receipt ends below a mark", async ({
  skip,
}) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const tray = new Tray();
  const engine = new Engine(MODEL.columnCount, tray);
  const meter = new AwayMeter();
  const news = new News();
  let receivedBytes = 0;
  const serve = async (): Promise<void> => {
    const far = portAt(names.far);
    const link = engine.connect({
      send: (bytes) => {
        far.write(bytes).catch(() => {});
      },
      die: () => far.close(),
    });
    far.onData((bytes) => {
      receivedBytes += bytes.length;
      link.receive(bytes);
      news.wake();
    });
    await far.open();
  };
  const printer = createPrinter(() => portAt(names.near), fastTimers, MODEL, {
    patience: { blockedMs: 600_000, reconnectDelaysMs: Array.from({ length: 200 }, () => 250) },
    markWords: { resumed: "CONTINUED", reprinted: "REPRINT" },
  });
  const marks: string[] = [];
  let stopListening = (): void => {};
  let cable = await plugPtys(names);
  await serve();
  for (let pull = 0; pull < PULL_COUNT; pull += 1) {
    const startBytes = receivedBytes;
    const lostBefore = printer.state().lostLinkCount;
    const printing = printer.print(`receipt ${pull}`, fortyLineReceipt());
    // Somewhere in the receipt, each time elsewhere; the printer's four questions come before it.
    const afterBytes = 100 + ((pull * 37) % 1_500);
    await news.until(() => receivedBytes - startBytes >= afterBytes);
    await cable.kill();
    const lost = new Promise<void>((resolve) => {
      const isLost = (): boolean => printer.state().lostLinkCount > lostBefore;
      const stop = printer.onState(() => {
        if (isLost()) resolve();
      });
      if (isLost()) resolve();
      stopListening = stop;
    });
    await lost;
    stopListening();
    await meter.rest();
    cable = await plugPtys(names);
    await serve();
    const outcome = await printing;
    marks.push(outcome.kind === "printed" ? (outcome.mark ?? "unmarked") : `${outcome.kind} ${outcome.code}`);
  }
  printer.close();
  await cable.kill();
  names.remove();
  const share = meter.share("serial printer");
  expect(marks.filter((mark) => mark === "resumed" || mark === "reprinted")).toHaveLength(PULL_COUNT);
  expect(printer.counters()).toMatchObject({ printedCount: PULL_COUNT, failedCount: 0, unknownCount: 0 });
  const account = accountOf(tray.receipts);
  expect(account.continuedCount + account.reprintCount).toBeGreaterThanOrEqual(PULL_COUNT);
  expect(share).toBeLessThan(AWAY_CPU_SHARE_MAX);
}, 120_000);

test("a serial scanner whose cable is pulled 100 times while it scans is heard again 100 times, and no code is made of two halves", async ({
  skip,
}) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const meter = new AwayMeter();
  const news = new News();
  const gtins = new Set<string>();
  let itemCount = 0;
  let isUp = false;
  const scanner = createScanner(
    () => portAt(names.near),
    fastTimers,
    { frame: FRAME_CONFIG, read: READ_CONFIG },
    {
      onScan: (result) => {
        if (result.kind === "item") {
          itemCount += 1;
          gtins.add(result.name.kind === "gtin" ? result.name.gtin : result.name.sku);
        }
        news.wake();
      },
      onLink: (status) => {
        isUp = status.kind === "up";
        news.wake();
      },
    },
  );
  let upCount = 0;
  for (let pull = 0; pull < PULL_COUNT; pull += 1) {
    const cable = await plugPtys(names);
    const far = portAt(names.far);
    await far.open();
    await news.until(() => isUp);
    upCount += 1;
    const startCount = itemCount;
    let isPouring = true;
    const pour = async (): Promise<void> => {
      while (isPouring) {
        // A fresh line is believed after a silence; then codes come without a pause.
        await pause(FRAME_CONFIG.settleMs / SPEED_UP + 10);
        for (let burst = 0; burst < 8 && isPouring; burst += 1) await far.write(ascii(`]E0${EAN}\r`));
      }
    };
    const pouring = pour().catch(() => {});
    await news.until(() => itemCount - startCount >= 20);
    await cable.kill();
    isPouring = false;
    await news.until(() => !isUp);
    await meter.rest();
    far.close();
    await pouring;
  }
  scanner.close();
  names.remove();
  const share = meter.share("serial scanner");
  expect([upCount, scanner.counters().connectCount]).toEqual([PULL_COUNT, PULL_COUNT]);
  expect([...gtins]).toEqual([`0${EAN}`]);
  expect(share).toBeLessThan(AWAY_CPU_SHARE_MAX);
}, 120_000);
