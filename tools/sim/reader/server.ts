/**
 * The virtual card reader: a simulated terminal, its acquirer, its link and its page, under one handle.
 * For `main.ts`, for the demo shop and for tests. Time is real here.
 */

import { join } from "node:path";
import { Acquirer, memoryLedgerStore } from "./acquirer.ts";
import { fileLedgerStore, fileMemoryStore } from "./files.ts";
import type { Fault } from "./fault-plan.ts";
import { startPtyLink, startTcpLink } from "./link.ts";
import { startPageServer } from "./page-server.ts";
import type { Behaviour } from "./zvt/behaviour.ts";
import { volatileStore } from "./zvt/memory.ts";
import { ZvtUnit } from "./zvt/unit.ts";

/** How long its host takes, one way. */
const HOST_MS = 400;

/** A running reader. */
export interface VirtualReader {
  /** What a till's configuration names: "tcp://127.0.0.1:20007", or the path of a serial line. */
  readonly address: string;
  /** 0 for a serial line. */
  readonly tcpPort: number;
  readonly httpPort: number;
  readonly unit: ZvtUnit;
  readonly acquirer: Acquirer;
  /** Resolves when the cable is out (nobody at the address) or in again. */
  setCable(isIn: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Where it is, and what it is. */
export interface VirtualReaderOptions {
  readonly link:
    | { readonly kind: "tcp"; readonly tcpPort: number }
    | { readonly kind: "pty"; readonly path: string };
  readonly httpPort: number;
  readonly behaviour: Behaviour;
  /** Folder of ledger and memory; null to forget both at the end. */
  readonly directory: string | null;
  readonly faults: readonly Fault[];
}

/** Starts it, switched on; rejects with the system's error, leaving nothing open. */
export async function startVirtualReader(options: VirtualReaderOptions): Promise<VirtualReader> {
  const { behaviour, directory, faults } = options;
  const acquirer = new Acquirer(
    directory === null ? memoryLedgerStore() : fileLedgerStore(join(directory, "ledger.jsonl")),
  );
  const listeners = new Set<() => void>();
  const unit = new ZvtUnit({
    behaviour,
    store: directory === null ? volatileStore() : fileMemoryStore(join(directory, "memory.json")),
    acquirer,
    timers: { after: afterReal },
    nowMs: () => Date.now(),
    hostMs: HOST_MS,
    faults,
    onStep: () => {
      for (const listener of listeners) listener();
    },
    onCut: () => {},
  });
  unit.powerOn();
  const link =
    options.link.kind === "tcp"
      ? await startTcpLink(unit, options.link.tcpPort)
      : await startPtyLink(unit, options.link.path);
  const onChange = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const page = await startPageServer({ unit, acquirer, link, onChange }, options.httpPort).catch(
    async (error: unknown) => {
      await link.close();
      throw error;
    },
  );
  return {
    address: link.address,
    tcpPort: link.tcpPort,
    httpPort: page.httpPort,
    unit,
    acquirer,
    setCable: (isIn) => link.setCable(isIn),
    close: async () => {
      unit.powerOff();
      await Promise.all([link.close(), page.close()]);
    },
  };
}

/** A timer that keeps no process alive. */
function afterReal(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs).unref();
  return () => clearTimeout(timer);
}
