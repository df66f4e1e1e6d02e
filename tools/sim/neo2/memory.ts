/**
 * What a simulated NEO 2 remembers without power: its serial number, which key comes next, how it polls
 * and what was configured. Payments are not among it; a NEO 2 has none.
 */

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** The memory. `keyCount`: cards that were encrypted, so that no key serves twice. */
export interface Neo2Memory {
  readonly serial: string;
  readonly firmware: string;
  readonly keyCount: number;
  readonly pollsOnDemand: boolean;
  /** Values that 04-00 has set, by tag, in hex. */
  readonly config: Readonly<Record<string, string>>;
}

/** Where it is kept. */
export interface Neo2Store {
  load(): Neo2Memory;
  /** Durable when it returns. */
  save(memory: Neo2Memory): void;
}

/** A reader fresh from the factory. */
export function factoryMemory(serial: string): Neo2Memory {
  return { serial, firmware: "VP3300 USB NEO v1.01.136", keyCount: 0, pollsOnDemand: false, config: {} };
}

/** A store for simulated worlds. */
export function memoryNeo2Store(serial: string): Neo2Store {
  let kept = factoryMemory(serial);
  return {
    load: () => kept,
    save: (memory) => {
      kept = memory;
    },
  };
}

/** A store in a file: written beside it, synced, renamed over it. A missing or unreadable file is a factory reset. */
export function fileNeo2Store(path: string, serial: string): Neo2Store {
  return {
    load: () => {
      try {
        return memoryOf(JSON.parse(readFileSync(path, "utf8")), serial);
      } catch {
        return factoryMemory(serial);
      }
    },
    save: (memory) => {
      const descriptor = openSync(`${path}.new`, "w");
      writeSync(descriptor, `${JSON.stringify(memory)}\n`);
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(`${path}.new`, path);
    },
  };
}

function memoryOf(value: unknown, serial: string): Neo2Memory {
  const start = factoryMemory(serial);
  if (typeof value !== "object" || value === null) return start;
  const keyCount =
    "keyCount" in value && typeof value.keyCount === "number" ? value.keyCount : start.keyCount;
  const pollsOnDemand = "pollsOnDemand" in value && value.pollsOnDemand === true;
  const config =
    "config" in value && typeof value.config === "object" && value.config !== null ? value.config : {};
  const texts = Object.entries(config).flatMap(([tag, text]) =>
    typeof text === "string" ? [[tag, text]] : [],
  );
  return { ...start, keyCount, pollsOnDemand, config: Object.fromEntries(texts) };
}
