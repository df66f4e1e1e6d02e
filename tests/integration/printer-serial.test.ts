/**
 * The printer on a serial line, over real pseudo-terminals: a cable that is pulled a hundred times under
 * load, and a receipt whose cable is pulled in the middle. Skipped, and said so, where socat is missing.
 */

import { expect, test } from "vitest";
import { createSerialPort } from "../../drivers/port/serial.ts";
import type { SerialPort } from "../../drivers/port/serial.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { createPrinter } from "../../drivers/printer/driver.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import { Engine } from "../../tools/sim/printer/engine.ts";
import { plainLines } from "../../tools/sim/printer/paper.ts";
import { Tray } from "../../tools/sim/printer/tray.ts";
import { NO_SOCAT, plugPtys, ptyNames } from "../support/pty-pair.ts";
import type { PtyNames } from "../support/pty-pair.ts";
import { fortyLineReceipt } from "../support/sample-receipts.ts";

const PULL_COUNT = 100;
/** Bytes that must have gone each way before the cable is pulled. */
const LOAD_BYTES_MIN = 4_096;
const BLOCK = Uint8Array.from({ length: 512 }, (_, index) => index % 256);

const timers: Timers = {
  after: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};

test("a cable pulled 100 times under load: each end hears it once, reconnects, and asks the system for nothing more", async ({
  skip,
}) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const startCpu = process.cpuUsage();
  const startMs = performance.now();
  let endCount = 0;
  let waitCount = 0;
  let readCount = 0;
  let lateReads = 0;
  for (let pull = 0; pull < PULL_COUNT; pull += 1) {
    const cable = await plugPtys(names);
    const ends = [await loadedEnd(names, "near"), await loadedEnd(names, "far")];
    await Promise.all(ends.map(({ isLoaded }) => isLoaded));
    await cable.kill();
    const codes = await Promise.all(ends.map(({ ended }) => ended));
    expect(codes).toEqual(["port/lost", "port/lost"]);
    endCount += codes.length;
    const after = ends.map(({ port }) => port.counters());
    for (const its of after) {
      waitCount += its.waitCount;
      readCount += its.readCount;
    }
    // A reader that spins would go on reading now.
    for (let turn = 0; turn < 20; turn += 1) await turnOfLoop();
    for (const [index, { port }] of ends.entries()) {
      lateReads += port.counters().readCount - (after[index]?.readCount ?? 0);
    }
    // Each read without bytes had to wait, but for the one that found the end.
    for (const its of after) expect(its.emptyReadCount).toBeLessThanOrEqual(its.waitCount + 1);
  }
  names.remove();
  const { user, system } = process.cpuUsage(startCpu);
  const cpuMs = Math.round((user + system) / 1_000);
  const wallMs = Math.round(performance.now() - startMs);
  console.log(
    `${PULL_COUNT} pulls under load: ${cpuMs} ms of CPU in ${wallMs} ms, ${readCount} reads, ${waitCount} waits`,
  );
  expect({ endCount, lateReads }).toEqual({ endCount: 2 * PULL_COUNT, lateReads: 0 });
}, 120_000);

test("a receipt whose cable is pulled is continued below a mark when it is back", async ({ skip }) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const model = PRINTER_MODELS.gbk_80mm;
  const tray = new Tray();
  const engine = new Engine(model.columnCount, tray);
  let cable = await plugPtys(names);
  let pulled: Promise<void> | undefined;
  const serve = async (): Promise<void> => {
    const far = portAt(names.far);
    const link = engine.connect({
      send: (bytes) => {
        far.write(bytes).catch(() => {});
      },
      die: () => {
        far.close();
        pulled = cable.kill();
      },
    });
    far.onData((bytes) => link.receive(bytes));
    await far.open();
  };
  await serve();
  engine.planStop({ afterBytes: 1_000, fault: "cable" });
  const printer = createPrinter(() => portAt(names.near), timers, model, {
    patience: { blockedMs: 60_000, reconnectDelaysMs: Array.from({ length: 60 }, () => 100) },
    markWords: { resumed: "CONTINUED", reprinted: "REPRINT" },
  });
  const printing = printer.print("1", fortyLineReceipt());
  await new Promise<void>((resolve) => {
    printer.onState(({ lostLinkCount }) => {
      if (lostLinkCount > 0) resolve();
    });
  });
  await pulled;
  cable = await plugPtys(names);
  engine.setCable(true);
  await serve();
  const outcome = await printing;
  expect(outcome.kind).toBe("printed");
  const lines = tray.receipts.flatMap((receipt) => plainLines(receipt));
  expect(lines.filter((line) => /\*\*\* (CONTINUED|REPRINT) \*\*\*/.test(line))).toHaveLength(1);
  expect(engine.account()).toMatchObject({ heldBytes: 0, lostBytes: 0 });
  printer.close();
  await cable.kill();
  names.remove();
}, 60_000);

interface LoadedEnd {
  readonly port: SerialPort;
  readonly isLoaded: Promise<void>;
  readonly ended: Promise<string>;
}

/** One end that writes without pause until it is cut off. */
async function loadedEnd(names: PtyNames, which: "near" | "far"): Promise<LoadedEnd> {
  const port = portAt(names[which]);
  let heardBytes = 0;
  const isLoaded = new Promise<void>((resolve) => {
    port.onData((bytes) => {
      heardBytes += bytes.length;
      if (heardBytes >= LOAD_BYTES_MIN) resolve();
    });
  });
  const ended = new Promise<string>((resolve) => {
    port.onClose((fault) => resolve(fault?.code ?? "closed"));
  });
  await port.open();
  const pour = async (): Promise<void> => {
    for (;;) await port.write(BLOCK);
  };
  pour().catch(() => {});
  return { port, isLoaded, ended };
}

function portAt(path: string): SerialPort {
  const line = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, rtscts: false } as const;
  return createSerialPort({ path, ...line, writeTimeoutMs: 10_000, queueBytesMax: 65_536 }, timers);
}

function turnOfLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
