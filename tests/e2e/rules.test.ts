/**
 * A promotion from the console to the counter: drafted and published in one browser, sold by in another,
 * over the demo shop as `make run` starts it. It counts from its start on, for orders that begin then.
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
/** Bounds against hanging, not measures. */
const WITHIN = { timeout: 30_000 };
const UNTIL_STARTED = { timeout: 120_000 };
const MINUTE_MS = 60_000;
/** Time to publish before it begins. */
const AHEAD_MS = 25_000;
/** The demo shop's zone. */
const ZONE_MS = 480 * MINUTE_MS;
/** 18.00 at list price. */
const ITEM = "[data-id^='item-']";

let folder = "";
let demo: Demo | null = null;
let browser: Browser | null = null;

beforeAll(async () => {
  const browserPath = findBrowser();
  if (browserPath === null) return;
  folder = mkdtempSync(join(tmpdir(), "tillwright-rules-"));
  demo = await startDemo({ directory: folder, isFresh: false, firmware: null, onStep: () => {} });
  browser = await chromium.launch({ executablePath: browserPath, args: BROWSER_ARGUMENTS });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  if (folder !== "") rmSync(folder, { recursive: true, force: true });
});

async function openTill(shop: Demo, by: Browser): Promise<Page> {
  const context = await by.newContext({
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
    locale: "zh-CN",
  });
  const page = await context.newPage();
  await page.goto(shop.screenUrl);
  await page.locator("[data-id='clerk-mei']").tap();
  await page.locator(ITEM).first().waitFor();
  return page;
}

async function openConsole(shop: Demo, by: Browser): Promise<Page> {
  const context = await by.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(shop.consoleUrl);
  await page.locator("h1").waitFor();
  return page;
}

/** A half off everything, from the start of a minute that is about to come; answers that instant. */
async function publishHalf(console: Page): Promise<number> {
  await console.goto(new URL("/rules", console.url()).href);
  await console.locator("[data-id='add-promotion']").click();
  await console.locator(".drawer [data-id='field-id']").fill("half");
  await console.locator(".drawer [data-id='field-nameZh']").fill("半价");
  await console.locator(".drawer [data-id='field-offPpm']").fill("50");
  await console.locator(".drawer [data-id='field-offPpm']").blur();
  await console.locator("[data-id='gives']", { hasText: "50% off" }).waitFor();
  await console.locator("[data-id='close']").click();
  await console.locator("[data-id='view-publish']").click();
  const startsAtMs = Math.ceil((Date.now() + AHEAD_MS) / MINUTE_MS) * MINUTE_MS;
  const local = new Date(startsAtMs + ZONE_MS).toISOString().slice(0, 16);
  await console.locator("[data-id='rules-start']").fill(local);
  await console.locator("[data-id='rules-preview']").click();
  await console.locator("[data-id='rules-confirm']").click();
  await console.locator("[data-id='rules-published'] a").click();
  await console.locator("[data-id='held-by'] .good", { hasText: "has it" }).waitFor(WITHIN);
  return startsAtMs;
}

test("a promotion counts from its start on for orders that begin then, and lines keep what they were added under", async ({
  skip,
}) => {
  if (demo === null || browser === null) return skip("no Chromium here: make setup says why");
  const till = await openTill(demo, browser);
  const due = async (): Promise<string> => (await till.locator(".pay-amount").textContent()) ?? "";
  const exact = async (): Promise<void> => {
    await till.locator("[data-id='cash-exact']").tap();
    await till.locator("[data-id='change']").waitFor();
  };
  await till.locator(ITEM).first().tap();
  await exact();
  await expect.poll(() => till.locator("[data-id='light']").getAttribute("data-light"), WITHIN).toBe("green");
  // An order that begins before the promotion does.
  await till.locator(ITEM).first().tap();
  await expect.poll(due, WITHIN).toContain("18.00");

  const owner = await openConsole(demo, browser);
  const startsAtMs = await publishHalf(owner);
  expect(await due()).toContain("18.00");
  await expect.poll(() => Date.now() > startsAtMs, UNTIL_STARTED).toBe(true);
  await till.locator(ITEM).first().tap();
  await expect.poll(due, WITHIN).toContain("36.00");
  await exact();

  // And one that begins after it did.
  await till.locator(ITEM).first().tap();
  await expect.poll(due, WITHIN).toContain("9.00");
  await till.locator("[data-id='cart']").tap();
  expect(await till.locator("[data-id='price-rows']").textContent()).toContain("半价");
  await till.locator("[data-id='sheet-close']").tap();
  await exact();
  await expect.poll(() => till.locator("[data-id='light']").getAttribute("data-light"), WITHIN).toBe("green");

  const { stdout } = await run(process.execPath, [
    join(PROJECT_ROOT, "tools/hq/report.ts"),
    ...["--data", demo.hqDirectory],
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ net: "63.00", saleCount: 3, alarms: [] });

  const versionsOf = async (place: number): Promise<number> => {
    await owner.goto(new URL("/orders", owner.url()).href);
    await owner.locator("[data-id='order']").nth(place).click();
    await owner.locator(".timeline li").first().waitFor();
    return owner.locator(".timeline .facts", { hasText: "rules of version" }).count();
  };
  expect(await versionsOf(0)).toBe(1);
  expect(await versionsOf(1)).toBe(0);
  // And what it gave is measured afterwards.
  await owner.goto(new URL("/rules?view=effect", owner.url()).href);
  await owner.locator("[data-id='effect-run']").click();
  await owner.locator("[data-id='effect-done']").waitFor(WITHIN);
  expect(await owner.locator("tbody td").allTextContents()).toEqual(
    expect.arrayContaining(["half", "半价", "1", "¥9.00"]),
  );
}, 300_000);
