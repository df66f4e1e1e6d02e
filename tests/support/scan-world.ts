/**
 * A till with a scanner on a line in memory: the real driver, desk, loop and journal. What is put on the
 * line ends as lines of an order, or as a reason in the log.
 */
import { clerkId } from "../../core/ids.ts";
import type { Line } from "../../core/order/types.ts";
import { currentOrder } from "../../core/state.ts";
import { createMemoryPair } from "../../drivers/port/memory.ts";
import type { MemoryPeer } from "../../drivers/port/memory.ts";
import { checkDigitFor } from "../../drivers/scanner/check-digit.ts";
import { createScanner } from "../../drivers/scanner/driver.ts";
import { FRAME_CONFIG } from "../../drivers/scanner/frame.ts";
import { readCatalogue } from "../../runtime/catalogue.ts";
import type { Catalogue } from "../../runtime/catalogue.ts";
import { ScanDesk } from "../../runtime/scan/desk.ts";
import type { Scanned } from "../../runtime/scan/resolve.ts";
import { scanRules } from "../../runtime/scan/rules.ts";
import { openScanSource } from "../../runtime/scan/source.ts";
import type { ScanSource } from "../../runtime/scan/source.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { settle } from "./fake-world.ts";
import { ManualTimers } from "./manual-timers.ts";
import { openTill } from "./terminal-harness.ts";
import type { Till } from "./terminal-harness.ts";

const item = (sku: string, priceMinor: number, rest: object): object => ({
  sku,
  category: "all",
  nameEn: sku,
  nameZh: sku,
  priceMinor,
  taxPpm: 200_000,
  ...rest,
});

/** Tea with a GTIN of its own, ham by weight at 39.90 a kilogram, and cake that is sold out. */
const CATALOGUE_TEXT = JSON.stringify({
  categories: [{ id: "all", nameEn: "All", nameZh: "全部" }],
  items: [
    item("tea", 250, { barcodes: ["6900350006025"] }),
    item("ham", 3990, { barcodes: ["00042", "06900350006032"] }),
    item("cake", 400, { barcodes: ["KUCHEN-7"], soldOut: true }),
  ],
  measurePatterns: [
    { pattern: "21IIIIIWWWWWC", weightDecimals: 3, priceDecimals: 2 },
    { pattern: "22IIIIIPPPPPC", weightDecimals: 3, priceDecimals: 2 },
    { pattern: "20..IIIIIWWWWPPPPC", weightDecimals: 3, priceDecimals: 2 },
  ],
});

/** That catalogue, read. */
export function scanCatalogue(): Catalogue {
  const catalogue = readCatalogue(CATALOGUE_TEXT, "en");
  if (!catalogue.ok) throw new Error(catalogue.message);
  return catalogue.value;
}

/** `digits` with their check digit behind them. */
export function checked(digits: string): string {
  return `${digits}${checkDigitFor(digits)}`;
}

/** Bytes of a text in ASCII. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A till whose scanner is plugged in. */
export interface ScanWorld {
  readonly till: Till;
  readonly desk: ScanDesk;
  readonly source: ScanSource;
  readonly scanned: Scanned[];
  readonly log: string[];
  /** Puts bytes on the line and lets what follows happen; a silence of half a second comes after them. */
  scan(bytes: Uint8Array): Promise<void>;
  /** Lines of the current order. */
  lines(): readonly Line[];
  /** The cable is out; the scanner is found again after it. */
  replug(): Promise<void>;
}

/** Opens a till with "sam" signed on, who may only sell. */
export async function openScanWorld(): Promise<ScanWorld> {
  const catalogue = scanCatalogue();
  const till = await openTill(new FakeDisk(), 1, { catalogue });
  await till.must({ type: "sign_on", clerk: clerkId("sam"), attempt: null }, "sam");
  const timers = new ManualTimers();
  const log: string[] = [];
  const note = (code: string, detail: string): void => void log.push(`${code} ${detail}`);
  const peers: MemoryPeer[] = [];
  const openPort = (): ReturnType<typeof createMemoryPair>["port"] => {
    const { port, peer } = createMemoryPair({ writeTimeoutMs: 1_000, queueBytesMax: 1_024 }, timers);
    peers.push(peer);
    return port;
  };
  const rules = scanRules(catalogue, "CNY");
  const desk = new ScanDesk({ rules, catalogue, log: note });
  const source = openScanSource(
    (listeners) => createScanner(openPort, timers, { frame: FRAME_CONFIG, read: rules }, listeners),
    note,
  );
  const scanned: Scanned[] = [];
  const taps: Promise<unknown>[] = [];
  source.onScan((result) => {
    const its = desk.ofResult(result, till.state);
    scanned.push(its);
    if (its.kind === "item") taps.push(till.tap(its.command, "sam"));
  });
  const pass = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) {
      await settle();
      timers.advance(100);
    }
    await Promise.all(taps);
  };
  await pass();
  return {
    till,
    desk,
    source,
    scanned,
    log,
    scan: (bytes) => {
      peers.at(-1)?.send(bytes);
      return pass();
    },
    lines: () => currentOrder(till.state)?.lines ?? [],
    replug: async () => {
      peers.at(-1)?.close();
      await pass();
      // A fresh line is believed after a silence.
      await pass();
    },
  };
}
