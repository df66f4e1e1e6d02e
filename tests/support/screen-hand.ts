/**
 * A screen as a clerk has it in hand: a served terminal, a real browser as wide as the device, and
 * short ways to tap and to read. Each hand is put away after its test, which then may have met no
 * mistake of the page and none of the server.
 */
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";

import { clerkId } from "../../core/ids.ts";
import type { Assets } from "../../runtime/ui/assets.ts";
import { lastView, orderView } from "../../runtime/ui/view.ts";
import type { LastView, OrderView } from "../../runtime/ui/wire.ts";
import { BROWSER_ARGUMENTS, deviceOf, findBrowser } from "../../tools/standard-day/browser.ts";
import { handsOn } from "../../tools/standard-day/hands.ts";
import type { Hands } from "../../tools/standard-day/hands.ts";
import { builtAssets, demoCatalogueText, serveTerminal } from "./screen-harness.ts";
import type { ServedTerminal } from "./screen-harness.ts";
import { COUNT_TAPS, TAP_COUNT } from "./screen-probes.ts";
import { SCREEN_STAFF } from "./screen-terminal.ts";
import type { MemoryOptions } from "./screen-terminal.ts";

/** Languages and heights that every budget holds in. */
export const SIZES = [
  ["en", 640],
  ["en", 720],
  ["zh", 640],
  ["zh", 720],
] as const;

/** Ana and Mei may do everything, 小李 may sell; everybody has a PIN. */
export const PIN_STAFF = [
  ...SCREEN_STAFF,
  { clerk: clerkId("mei"), name: "Mei", rights: SCREEN_STAFF[0].rights },
] as const;
export const PINS = { ana: "1234", li: "2580", mei: "8642" } as const;

/** An EAN-13 of item 101. */
export const BARCODE_101 = "6901234567892";

/** How a hand differs from the usual one: English, 640 high, Ana signed on by name. */
export interface HandOptions {
  readonly language?: "en" | "zh";
  readonly height?: number;
  /** Null leaves the choice of clerks open. */
  readonly clerk?: string | null;
  readonly hand?: "left" | "right";
  /** Everybody has a PIN. */
  readonly hasPins?: boolean;
  /** The pseudo-language. */
  readonly isPseudo?: boolean;
  /** This item is sold by weight. */
  readonly skuByWeight?: string;
  readonly terminal?: Omit<MemoryOptions, "catalogue" | "language" | "clock" | "timers" | "execute">;
}

export interface Hand extends Hands {
  readonly terminal: ServedTerminal;
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page itself. */
  readonly faults: string[];
  tapCount(): Promise<number>;
  order(): OrderView | null;
  last(): LastView | null;
}

let browser: Browser | null = null;
let assets: Assets = new Map();
let catalogueText = "";
const open: Hand[] = [];

/** Starts the browser before the tests of a file, and puts every hand away after its test. */
export function useHands(): void {
  beforeAll(async () => {
    [assets, catalogueText] = await Promise.all([builtAssets(), demoCatalogueText()]);
    catalogueText = catalogueText.replace('"sku": "101",', `"sku": "101", "barcodes": ["${BARCODE_101}"],`);
    const executablePath = findBrowser();
    if (executablePath !== null) browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
  });
  afterEach(async () => {
    for (const { terminal, context, faults } of open.splice(0)) {
      await context.close();
      await terminal.screen.close();
      expect(terminal.bugs).toEqual([]);
      expect(faults).toEqual([]);
    }
  });
  afterAll(async () => {
    await browser?.close();
  });
}

/** The files of the screen, as built for these tests. */
export function screenAssets(): Assets {
  return assets;
}

/** Takes a screen in hand. Skips with the reason when there is no browser; the run prints the count of skips. */
export async function take(skip: (reason: string) => never, options: HandOptions = {}): Promise<Hand> {
  if (browser === null) return skip("no Chromium: the tests of the screen need one");
  const { language = "en", height = 640, clerk = "ana", hand: side = "right", hasPins = false } = options;
  const byWeight = `"sku": "${options.skuByWeight ?? ""}",`;
  const catalogue = catalogueText.replace(byWeight, `${byWeight} "byWeight": true,`);
  const terminal = await serveTerminal(assets, catalogue, language, {
    ...(hasPins ? { staff: PIN_STAFF, pins: PINS } : {}),
    ...options.terminal,
  });
  const context = await browser.newContext(deviceOf(height));
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (fault) => faults.push(fault.message));
  await page.addInitScript({ content: `${COUNT_TAPS} localStorage.setItem("hand", "${side}");` });
  const hand = handOf(terminal, context, page, faults);
  open.push(hand);
  await page.goto(`${terminal.screen.url}${options.isPseudo === true ? "#lang=xa" : ""}`);
  if (clerk === null) return hand;
  await hand.tap(`clerk-${clerk}`);
  if (hasPins) await hand.keyPin(PINS[clerk as keyof typeof PINS]);
  await hand.shown("item-101");
  return hand;
}

function handOf(terminal: ServedTerminal, context: BrowserContext, page: Page, faults: string[]): Hand {
  return {
    ...handsOn(page),
    terminal,
    page,
    context,
    faults,
    tapCount: () => page.evaluate<number>(TAP_COUNT),
    order: () => orderView(terminal.loop.state, null),
    last: () => lastView(terminal.loop.state),
  };
}
