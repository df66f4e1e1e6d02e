/** A ZVT driver over memory ports with the scripted terminal of zvt-peer.ts behind them. */

import { createMemoryPair } from "../../drivers/port/memory.ts";
import { readerRow } from "../../drivers/reader/registry.ts";
import { createZvtReader } from "../../drivers/reader/zvt/driver.ts";
import type { ZvtReader } from "../../drivers/reader/zvt/driver.ts";
import type { ZvtOptions } from "../../drivers/reader/zvt/line.ts";
import { ManualTimers } from "./manual-timers.ts";
import { ZvtPeer } from "./zvt-peer.ts";

/** A driver and its terminal. */
export interface ZvtRig {
  readonly reader: ZvtReader;
  readonly peer: ZvtPeer;
  readonly timers: ManualTimers;
  /** Connections made so far. */
  readonly connectCount: () => number;
  /** Nobody is at the address from now on, or somebody again. */
  readonly setThere: (isThere: boolean) => void;
}

const CAPABILITIES = readerRow("zvt")?.capabilities;

/** Makes a rig. */
export function zvtRig(link: "serial" | "tcp", more: Partial<ZvtOptions> = {}): ZvtRig {
  const timers = new ManualTimers();
  const peer = new ZvtPeer(link);
  let connectCount = 0;
  let isThere = true;
  if (CAPABILITIES === undefined) throw new Error("The registry has no ZVT terminal");
  const openPort = (): ReturnType<typeof createMemoryPair>["port"] => {
    const pair = createMemoryPair({ writeTimeoutMs: 5_000, queueBytesMax: 65_536 }, timers);
    connectCount += 1;
    if (isThere) peer.attach(pair.peer);
    else pair.peer.refuse();
    return pair.port;
  };
  const reader = createZvtReader(openPort, timers, {
    link,
    password: "123456",
    currencies: { EUR: "0978", CNY: "0156" },
    currency: "EUR",
    capabilities: CAPABILITIES,
    generation: "current",
    model: "zvt",
    serial: "",
    ...more,
  });
  return {
    reader,
    peer,
    timers,
    connectCount: () => connectCount,
    setThere: (value) => {
      isThere = value;
    },
  };
}
