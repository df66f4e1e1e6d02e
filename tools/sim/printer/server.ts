/**
 * The virtual printer: engine, network side, page and the ways to break it, under one handle. For
 * `main.ts`, for the demo's start and for tests.
 */

import { startDevice } from "./device.ts";
import { Engine } from "./engine.ts";
import type { ByteAccount, PlannedStop } from "./engine.ts";
import { startPageServer } from "./page-server.ts";
import type { Receipt } from "./paper.ts";
import type { PrinterCondition } from "./status.ts";
import { Tray } from "./tray.ts";

/** A running virtual printer. */
export interface VirtualPrinter {
  readonly tcpPort: number;
  readonly httpPort: number;
  /** Newest first. */
  receipts(): readonly Receipt[];
  drawerCount(): number;
  /** Where every byte that was sent to it went. */
  account(): ByteAccount;
  /** Paper, cover, cutter. Without paper or with an open cover it keeps what comes and waits. */
  setCondition(condition: PrinterCondition): void;
  /** The roll ends after so many more lines. */
  setPaperLines(lineCount: number): void;
  /** Something goes wrong when so many more bytes have come. */
  planStop(stop: PlannedStop | undefined): void;
  /** Resolves when nobody is at the address any more, or somebody is again. */
  setCable(isIn: boolean): Promise<void>;
  /** The same; what was not printed is forgotten. */
  setPower(isOn: boolean): Promise<void>;
  tearOff(): void;
  close(): Promise<void>;
}

/** Ports (0 for any free one) and paper. */
export interface VirtualPrinterOptions {
  readonly tcpPort: number;
  readonly httpPort: number;
  /** 48 for 80 mm paper, 32 for 58 mm. */
  readonly columnCount: number;
}

/** Starts both servers on loopback; rejects with the system's error when a port is taken, leaving nothing open. */
export async function startVirtualPrinter(options: VirtualPrinterOptions): Promise<VirtualPrinter> {
  const tray = new Tray();
  const engine = new Engine(options.columnCount, tray);
  const device = await startDevice(engine, options.tcpPort);
  const buttons = {
    setCable: (isIn: boolean) => {
      engine.setCable(isIn);
      return device.followPlug();
    },
    setPower: (isOn: boolean) => {
      engine.setPower(isOn);
      return device.followPlug();
    },
  };
  const page = await startPageServer({ tray, engine, ...buttons }, options.httpPort).catch(
    async (error: unknown) => {
      await device.close();
      throw error;
    },
  );
  return {
    tcpPort: device.tcpPort,
    httpPort: page.httpPort,
    receipts: () => tray.receipts,
    drawerCount: () => tray.drawerCount,
    account: () => engine.account(),
    setCondition: (condition) => engine.setCondition(condition),
    setPaperLines: (lineCount) => engine.setPaperLines(lineCount),
    planStop: (stop) => engine.planStop(stop),
    ...buttons,
    tearOff: () => engine.tearOff(),
    close: async () => {
      await Promise.all([device.close(), page.close()]);
    },
  };
}
