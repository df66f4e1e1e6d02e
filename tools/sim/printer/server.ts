/**
 * The virtual printer: the device, its page, and its condition, under one handle. For `main.ts`, for the
 * demo's start and for tests.
 */

import { startDevice } from "./device.ts";
import { startPageServer } from "./page-server.ts";
import type { Receipt } from "./paper.ts";
import { GOOD_CONDITION } from "./status.ts";
import type { PrinterCondition } from "./status.ts";
import { Tray } from "./tray.ts";

/** A running virtual printer. */
export interface VirtualPrinter {
  readonly tcpPort: number;
  readonly httpPort: number;
  /** Newest first. */
  receipts(): readonly Receipt[];
  drawerCount(): number;
  /** Changes what the status answers say; printing itself goes on. */
  setCondition(condition: PrinterCondition): void;
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
  let condition = GOOD_CONDITION;
  const { tcpPort, columnCount } = options;
  const device = await startDevice({ tcpPort, columnCount, condition: () => condition, tray });
  const page = await startPageServer(tray, options.httpPort).catch(async (error: unknown) => {
    await device.close();
    throw error;
  });
  return {
    tcpPort: device.tcpPort,
    httpPort: page.httpPort,
    receipts: () => tray.receipts,
    drawerCount: () => tray.drawerCount,
    setCondition: (next) => {
      condition = next;
    },
    close: async () => {
      await Promise.all([device.close(), page.close()]);
    },
  };
}
