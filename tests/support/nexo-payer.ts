/**
 * A process that takes one card payment at the nexo terminal on PORT and then writes its own memory to
 * FILE, as a core dump would show it: every page that can be read and written and is not empty. Knows no card number.
 *
 *   node tests/support/nexo-payer.ts PORT FINGERPRINT FILE
 */

import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { createNexoReader } from "../../drivers/reader/nexo/driver.ts";
import type { ReaderDesk } from "../../drivers/reader/reader.ts";
import { createHttpsExchange } from "../../runtime/adapters/https-exchange.ts";
import { nexoCrypto } from "../../runtime/adapters/nexo-crypto.ts";

const PAUSE_MS = 1000;
const PIECE_BYTES = 1024 * 1024;
const ZEROS = Buffer.alloc(PIECE_BYTES);

const [port = "0", fingerprint256 = "", path = ""] = process.argv.slice(2);
const exchange = createHttpsExchange({
  host: "127.0.0.1",
  port: Number(port),
  path: "/nexo",
  fingerprint256,
});
const timers = {
  after: (delayMs: number, run: () => void) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
const reader = createNexoReader(exchange, nexoCrypto, timers, {
  ends: { saleId: "till-1", poiId: "SIM100-100000001" },
  key: { identifier: "shop-key", version: 3, passphrase: "p@ssw0rd123456" },
  softwareVersion: "0.2.0",
  exponentOf: () => 2,
  nowIso: () => "2026-11-22T16:00:00.000Z",
  storeAndForward: false,
  printsItself: false,
});
const told: unknown[] = [];
const desk: ReaderDesk = {
  take: (result) => {
    told.push(result);
    return Promise.resolve("accept");
  },
  slip: (slip) => {
    told.push(slip);
    return Promise.resolve(true);
  },
  show: (prompt) => void told.push(prompt),
};
const request = {
  kind: "pay",
  ref: "till-1/00000000000000a1/7",
  amountMinor: 1340,
  currency: "EUR",
  watermark: "",
  original: "",
} as const;
const end = await reader.begin(request, desk);
await pause(PAUSE_MS);
process.stdout.write(`${JSON.stringify({ end, told, state: reader.state(), dumpedBytes: dump(path) })}\n`);
reader.close();

/** Bytes that were written. Pages that cannot be read, such as the kernel's own, are left out. */
function dump(target: string): number {
  const source = openSync("/proc/self/mem", "r");
  const file = openSync(target, "w");
  let dumpedBytes = 0;
  for (const line of readFileSync("/proc/self/maps", "utf8").split("\n")) {
    const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
    if (range === null || /\[v/.test(line)) continue;
    const end = Number.parseInt(range[2] ?? "", 16);
    for (let at = Number.parseInt(range[1] ?? "", 16); at < end; at += PIECE_BYTES) {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, end - at));
      try {
        const length = readSync(source, piece, 0, piece.length, at);
        if (piece.equals(ZEROS.subarray(0, piece.length))) continue;
        dumpedBytes += writeSync(file, piece, 0, length);
      } catch {
        // Reserved, and not there.
      }
    }
  }
  closeSync(source);
  closeSync(file);
  return dumpedBytes;
}
