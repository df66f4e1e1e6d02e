/**
 * The world of a terminal without a machine: time that a test moves, chance from a seed, a small shop,
 * a printer that says yes, and turns of the event loop to wait for.
 */
import { NO_TENDER_LIMITS } from "../../core/context.ts";
import { clerkId, drawerId, terminalId } from "../../core/ids.ts";
import type { ReceiptBlock } from "../../core/receipt/block.ts";
import { wallMs } from "../../core/time.ts";
import type { ClerkGrant } from "../../core/facts.ts";
import type { Printer } from "../../drivers/printer/driver.ts";
import { readCatalogue } from "../../runtime/catalogue.ts";
import type { Catalogue } from "../../runtime/catalogue.ts";
import type { Clock, Rng } from "../../runtime/clock.ts";
import type { Config } from "../../runtime/config.ts";
import { Dice } from "./dice.ts";

/** The terminal of these tests. */
export const TILL = terminalId("till-1");

/** Lets everything run that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Bytes that one number repeats. Not for secrets. */
export function seededRng(seed: number): Rng {
  const dice = new Dice(seed);
  return { bytes: (count) => Uint8Array.from({ length: count }, () => dice.below(256)) };
}

/** A clock that moves on by a second with each look at it. */
export function tickingClock(): Clock {
  let lookCount = 0;
  return {
    wall: () => {
      lookCount += 1;
      return wallMs(1_291_191_960_000 + lookCount * 1000);
    },
    monotonicMs: () => lookCount,
  };
}

const BOSS: ClerkGrant = {
  clerk: clerkId("boss"),
  name: "The Boss",
  rights: [
    "sell",
    "open_price",
    "void",
    "blind_return",
    "reprint",
    "refund",
    "drawer",
    "shift",
    "stock",
    "approve",
    "training",
  ],
};
const SAM: ClerkGrant = { clerk: clerkId("sam"), name: "Sam", rights: ["sell"] };

/** A configuration without headquarters and printer. */
export function shopConfig(changes: Partial<Config> = {}): Config {
  return {
    tenant: "demo",
    store: "s1",
    terminal: TILL,
    shop: { name: "Shop", addressLines: ["1 High Street"], footer: "" },
    currency: "GBP",
    zoneMinutes: 0,
    receiptLanguage: "en",
    hq: null,
    printer: null,
    scale: null,
    scanner: null,
    readers: [],
    limits: NO_TENDER_LIMITS,
    offlineCards: null,
    catalogueFile: "catalogue.json",
    openItemTaxPpm: 200_000,
    staff: [BOSS, SAM],
    pins: new Map(),
    drawers: [drawerId("1")],
    needsShift: false,
    armsReader: false,
    cashRounding: null,
    dayStartMinutes: 0,
    screenPort: 0,
    ...changes,
  };
}

/** The text of a catalogue file: tea 2.50, bun 1.20, a free sample, and cake that is sold out. */
export const CATALOGUE_JSON = JSON.stringify({
  categories: [{ id: "all", nameEn: "All", nameZh: "全部" }],
  items: [
    { sku: "tea", category: "all", nameEn: "Tea", nameZh: "茶", priceMinor: 250, taxPpm: 200_000 },
    { sku: "bun", category: "all", nameEn: "Bun", nameZh: "包子", priceMinor: 120, taxPpm: 0 },
    { sku: "sample", category: "all", nameEn: "Sample", nameZh: "试用", priceMinor: 0, taxPpm: 0 },
    {
      sku: "cake",
      category: "all",
      nameEn: "Cake",
      nameZh: "蛋糕",
      priceMinor: 400,
      taxPpm: 0,
      soldOut: true,
    },
  ],
});

/** That catalogue, read. */
export function shopCatalogue(): Catalogue {
  const catalogue = readCatalogue(CATALOGUE_JSON, "en");
  if (!catalogue.ok) throw new Error(catalogue.message);
  return catalogue.value;
}

/** A printer that prints at once, or never answers, and remembers what it was asked for. */
export class PaperTray implements Printer {
  readonly printed: string[] = [];
  readonly drawers: string[] = [];
  /** Jobs are taken and not answered. */
  isSilent = false;

  print(jobId: string, blocks: readonly ReceiptBlock[]): ReturnType<Printer["print"]> {
    if (blocks.length === 0) throw new Error(`Nothing to print for ${jobId}`);
    this.printed.push(jobId);
    return this.#answer();
  }

  openDrawer(jobId: string): ReturnType<Printer["print"]> {
    this.drawers.push(jobId);
    return this.#answer();
  }

  counters(): ReturnType<Printer["counters"]> {
    return { printedCount: this.printed.length, failedCount: 0, unknownCount: 0, garbageByteCount: 0 };
  }

  close(): void {
    this.isSilent = true;
  }

  #answer(): ReturnType<Printer["print"]> {
    return this.isSilent ? new Promise(() => {}) : Promise.resolve({ kind: "printed", paperLow: false });
  }
}
