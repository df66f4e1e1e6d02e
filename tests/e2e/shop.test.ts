/**
 * The demo shop as `make run` starts it, whole: headquarters with its database, the bundled terminal
 * from a folder without sources, the virtual printer, and a real browser as the clerk's hand.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { startDemo } from "../../tools/run/demo.ts";
import type { Demo } from "../../tools/run/demo.ts";
import { BROWSER_ARGUMENTS, findBrowser } from "../../tools/standard-day/browser.ts";

const run = promisify(execFile);
const WAIT_MS_MAX = 30_000;
/** Counts what a finger does, in the page. */
const COUNT_TAPS =
  "window.tapCount = 0; document.addEventListener('pointerdown', () => { window.tapCount += 1; }, true)";
/** The tiles of the sale screen. */
const ITEM = "[data-id^='item-']";

let folder = "";
let demo: Demo | null = null;
let browser: Browser | null = null;

beforeAll(async () => {
  const browserPath = findBrowser();
  if (browserPath === null) return;
  folder = mkdtempSync(join(tmpdir(), "tillwright-shop-"));
  demo = await start();
  browser = await chromium.launch({ executablePath: browserPath, args: BROWSER_ARGUMENTS });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
});

function start(): Promise<Demo> {
  return startDemo({ directory: folder, isFresh: false, firmware: null, onStep: () => {} });
}

async function openTill(shop: Demo, by: Browser): Promise<Page> {
  const context = await by.newContext({
    viewport: { width: 360, height: 640 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: "zh-CN",
  });
  const page = await context.newPage();
  await page.goto(shop.screenUrl);
  // A page that comes anew is nobody's: Mei has no PIN and signs on by name.
  await page.locator("[data-id='clerk-mei']").tap();
  await page.locator(ITEM).first().waitFor();
  return page;
}

async function report(shop: Demo): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, [
    join(PROJECT_ROOT, "tools/hq/report.ts"),
    "--data",
    shop.hqDirectory,
  ]);
  const parsed: Record<string, unknown> = JSON.parse(stdout);
  return parsed;
}

async function receipts(shop: Demo): Promise<{
  readonly drawerCount: number;
  readonly receipts: readonly { readonly lines: readonly string[] }[];
}> {
  const response = await fetch(new URL("receipts.json", shop.printerPageUrl));
  return (await response.json()) as Awaited<ReturnType<typeof receipts>>;
}

test("an item for exact cash is two taps, a receipt on paper and a sale at headquarters", async ({
  skip,
}) => {
  if (demo === null || browser === null) return skip("no Chromium here: make setup says why");
  const page = await openTill(demo, browser);
  const strip = page.locator("[data-id='light']");
  await page.evaluate(COUNT_TAPS);

  await page.locator(ITEM).first().tap();
  await page.locator("[data-id='cash-exact']").tap();
  await page.locator("[data-id='change']").waitFor();
  const paidMs = performance.now();
  await expect.poll(() => strip.getAttribute("data-light"), { timeout: WAIT_MS_MAX }).toBe("green");
  console.log(
    `headquarters acknowledged ${Math.round(performance.now() - paidMs)} ms after the screen said paid`,
  );
  expect(await page.evaluate("window.tapCount")).toBe(2);

  await expect
    .poll(async () => (await receipts(demo as Demo)).receipts.length, { timeout: WAIT_MS_MAX })
    .toBe(1);
  const paper = await receipts(demo);
  expect(paper.drawerCount).toBe(1);
  expect(paper.receipts[0]?.lines.join("\n")).toContain("18.00");
  expect(await report(demo)).toMatchObject({ net: "18.00", currency: "CNY", saleCount: 1, alarms: [] });
  await page.context().close();
}, 120_000);

test("a sale made while headquarters is away reaches it when it is back, once", async ({ skip }) => {
  if (demo === null || browser === null) return skip("no Chromium here: make setup says why");
  const page = await openTill(demo, browser);
  demo.hq.process.kill("SIGKILL");
  await demo.hq.exited;
  await page.locator(ITEM).first().tap();
  await page.locator("[data-id='cash-exact']").tap();
  await page.locator("[data-id='change']").waitFor();
  await expect
    .poll(() => page.locator("[data-id='light']").getAttribute("data-light"), { timeout: WAIT_MS_MAX })
    .toBe("amber");
  await page.context().close();

  await demo.stop();
  demo = await start();
  const again = await openTill(demo, browser);
  await expect
    .poll(() => again.locator("[data-id='light']").getAttribute("data-light"), { timeout: WAIT_MS_MAX })
    .toBe("green");
  expect(await report(demo)).toMatchObject({ net: "36.00", saleCount: 2, alarms: [] });
  await again.context().close();
}, 180_000);
