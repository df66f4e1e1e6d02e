/**
 * The screen in a real browser against the real server and loop: tap budgets, sizes, words, and one
 * effect for each intent, in both languages and both heights.
 */
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { lastView, orderView } from "../../runtime/ui/view.ts";
import type { Assets } from "../../runtime/ui/assets.ts";
import { SCREEN_GZIP_BYTES_MAX } from "../../tools/build/web.ts";
import {
  BROWSER_ARGUMENTS,
  builtAssets,
  demoCatalogueText,
  findBrowser,
  serveTerminal,
} from "../support/screen-harness.ts";
import type { ServedTerminal } from "../support/screen-harness.ts";
import {
  clicks,
  COUNT_TAPS,
  cutAfterCommands,
  SIDEWAYS,
  TAP_COUNT,
  TARGETS,
  WEAK_TEXTS,
} from "../support/screen-probes.ts";
import type { Target } from "../support/screen-probes.ts";

const executablePath = findBrowser();
const WIDTH = 360;
const SIZES = [
  ["en", 640],
  ["en", 720],
  ["zh", 640],
  ["zh", 720],
] as const;

let browser: Browser | null = null;
let assets: Assets = new Map();
let catalogueText = "";

beforeAll(async () => {
  [assets, catalogueText] = await Promise.all([builtAssets(), demoCatalogueText()]);
  if (executablePath !== null) browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
});
afterAll(async () => {
  await browser?.close();
});

/** A screen as a clerk has it in hand. */
interface Hand {
  readonly terminal: ServedTerminal;
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page itself: a test expects nothing. */
  readonly faults: string[];
  tap(...ids: readonly string[]): Promise<void>;
  text(id: string): Promise<string>;
  shown(id: string): Promise<void>;
  gone(id: string): Promise<void>;
  tapCount(): Promise<number>;
}

const open: Hand[] = [];

afterEach(async () => {
  for (const { terminal, context, faults } of open.splice(0)) {
    await context.close();
    await terminal.screen.close();
    expect(terminal.bugs).toEqual([]);
    expect(faults).toEqual([]);
  }
});

// Skips with the reason when there is no browser; the count of skips is printed by the run.
async function take(
  skip: (reason: string) => never,
  language: "en" | "zh" = "en",
  height = 640,
  clerk = "ana",
): Promise<Hand> {
  if (browser === null) return skip("no Chromium: the tests of the screen need one");
  const terminal = await serveTerminal(assets, catalogueText, language);
  const context = await browser.newContext({
    viewport: { width: WIDTH, height },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (fault) => faults.push(fault.message));
  await page.addInitScript({ content: COUNT_TAPS });
  await page.goto(terminal.screen.url);
  const by = (id: string) => page.locator(`[data-id="${id}"]`).first();
  const hand: Hand = {
    terminal,
    page,
    context,
    faults,
    tap: async (...ids) => {
      for (const id of ids) await by(id).tap();
    },
    text: async (id) => (await by(id).textContent()) ?? "",
    shown: (id) => by(id).waitFor({ state: "visible" }),
    gone: (id) => by(id).waitFor({ state: "detached" }),
    tapCount: () => page.evaluate<number>(TAP_COUNT),
  };
  open.push(hand);
  await hand.tap(`clerk-${clerk}`);
  await hand.shown("item-101");
  return hand;
}

test("the screen weighs less than its budget, compressed", () => {
  const bytes = [...assets.values()].reduce((total, asset) => total + gzipSync(asset.bytes).length, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(SCREEN_GZIP_BYTES_MAX);
});

test.for(SIZES)(
  "one item for exact cash takes 2 taps (%s, height %i)",
  async ([language, height], { skip }) => {
    const hand = await take(skip, language, height);
    const before = await hand.tapCount();
    await hand.tap("item-101", "cash-exact");
    await hand.shown("done");
    expect((await hand.tapCount()) - before).toBe(2);
    expect(lastView(hand.terminal.loop.state)).toMatchObject({
      totalMinor: 1800,
      handedMinor: 1800,
      changeMinor: 0,
    });
    expect(await hand.text("done")).toContain("¥18.00");
  },
);

test.for(SIZES)(
  "one item with a note takes 3 taps and shows the change (%s, height %i)",
  async ([language, height], { skip }) => {
    const hand = await take(skip, language, height);
    const before = await hand.tapCount();
    await hand.tap("item-101", "pay");
    // A clerk's next tap is not within the double-tap guard.
    await hand.page.waitForTimeout(400);
    await hand.tap("note-5000");
    await hand.shown("done");
    expect((await hand.tapCount()) - before).toBe(3);
    expect(await hand.text("change")).toBe("¥32.00");
    expect(lastView(hand.terminal.loop.state)).toMatchObject({ handedMinor: 5000, changeMinor: 3200 });
  },
);

test("the next sale needs no tap of its own: the next item begins it, or the result goes by itself", async ({
  skip,
}) => {
  const hand = await take(skip);
  await hand.tap("item-101", "cash-exact");
  await hand.shown("done");
  await hand.tap("item-102");
  await hand.gone("done");
  await expect.poll(() => orderView(hand.terminal.loop.state)?.totalMinor).toBe(2200);
  await hand.page.waitForTimeout(400);
  await hand.tap("cash-exact");
  await hand.shown("done");
  await hand.gone("done");
  expect(await hand.text("last")).toContain("¥22.00");
});

const PER_ITEM = /^(item-|key-|note-\d|pay$|cash-exact|take|plus|minus|remove|undo|cart|category-|clerk-)/;

/** The rules of size on whatever is shown now. */
async function expectTouchable(page: Page): Promise<void> {
  const all = await page.evaluate<readonly Target[]>(TARGETS);
  expect(all.length).toBeGreaterThan(0);
  for (const target of all) {
    const leastPx = PER_ITEM.test(target.id) ? 56 : 48;
    expect(target.width, `width of ${target.id}`).toBeGreaterThanOrEqual(leastPx);
    expect(target.height, `height of ${target.id}`).toBeGreaterThanOrEqual(leastPx);
    expect(target.isClipped, `${target.id} is cut off`).toBe(false);
  }
  // The strip's target reaches under the header's empty middle; buttons of the header lie side by side.
  const spaced = all.filter(({ id }) => PER_ITEM.test(id));
  for (const a of spaced) {
    for (const b of spaced) {
      if (a === b) continue;
      const sideways = Math.max(a.seenLeft - b.seenRight, b.seenLeft - a.seenRight);
      const apart = Math.max(sideways, a.seenTop - b.seenBottom, b.seenTop - a.seenBottom);
      expect(apart, `between ${a.id} and ${b.id}`).toBeGreaterThanOrEqual(7.9);
    }
  }
  expect(await page.evaluate<readonly string[]>(SIDEWAYS), "scrolls sideways").toEqual([]);
}

/** The contrast of everything that is written. */
async function expectReadable(page: Page): Promise<void> {
  expect(await page.evaluate<readonly string[]>(WEAK_TEXTS)).toEqual([]);
}

test.for(SIZES)(
  "every screen can be touched and read, and none scrolls sideways (%s, height %i)",
  async ([language, height], { skip }) => {
    const hand = await take(skip, language, height);
    const look = async (): Promise<void> => {
      // Sheets rise for a moment.
      await hand.page.waitForTimeout(450);
      await expectTouchable(hand.page);
      await expectReadable(hand.page);
    };
    await look();
    await hand.tap("item-104", "item-106", "item-104");
    await look();
    for (const id of ["search", "menu", "strip"]) {
      await hand.tap(id);
      await look();
      await hand.tap("sheet-close");
    }
    await hand.tap("cart");
    await look();
    await hand.tap("note");
    await look();
    await hand.tap("save-note", "cart-pay");
    await look();
    await hand.tap("key-9", "key-00", "take");
    await look();
    await hand.tap("back");
    await hand.shown("sheet-message");
    await look();
    await hand.tap("understood", "note-10000");
    await hand.shown("done");
    await look();
    await hand.tap("orders");
    await look();
    hand.terminal.status.link = "down";
    hand.terminal.status.printer = "cover_open";
    hand.terminal.status.tell();
    await look();
    const bar = await hand.page.locator(".bar").boundingBox();
    expect(bar?.y).toBeGreaterThanOrEqual(540);
    await hand.tap("back", "menu", "switch-clerk");
    await look();
  },
);

test("a large amount is shown whole", async ({ skip }) => {
  const hand = await take(skip);
  const { loop } = hand.terminal;
  await loop.submit(
    { type: "add_item", order: null, sku: "705", quantityMilli: 9_999_000 },
    { view: 77, n: 1, clerk: "ana" as never },
  );
  await expect.poll(() => hand.text("pay")).toContain("¥1,279,872.00");
  await expectTouchable(hand.page);
  await hand.tap("pay");
  await hand.page.waitForTimeout(400);
  expect(await hand.text("due")).toBe("¥1,279,872.00");
  await expectTouchable(hand.page);
});

test("cash by the keypad: a part leaves the rest to take, and the order closes with it", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-104", "pay");
  await hand.page.waitForTimeout(400);
  await hand.tap("key-1", "key-0", "key-00");
  expect(await hand.text("entered")).toBe("¥10.00");
  await hand.tap("key-back", "key-0", "take");
  await expect.poll(() => hand.text("due")).toBe("¥18.00");
  expect(await hand.text("entered")).toBe("¥0.00");
  await hand.tap("back");
  await hand.shown("sheet-message");
  expect(await hand.text("sheet-message")).toContain("check/has_tender");
  await hand.tap("understood", "key-2", "key-0", "key-00", "take");
  await hand.shown("done");
  expect(lastView(hand.terminal.loop.state)).toMatchObject({
    totalMinor: 2800,
    handedMinor: 3000,
    changeMinor: 200,
  });
});

test("twenty taps on a pay button within 200 ms take the money once and sell nothing else", async ({
  skip,
}) => {
  const hand = await take(skip);
  await hand.tap("item-101");
  await expect.poll(() => hand.page.locator('[data-id="cash-exact"]').isEnabled()).toBe(true);
  const box = await hand.page.locator('[data-id="cash-exact"]').boundingBox();
  if (box === null) throw new Error("The button has no place");
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await Promise.all(Array.from({ length: 20 }, () => hand.page.touchscreen.tap(at.x, at.y)));
  await hand.shown("done");
  const { state } = hand.terminal.loop;
  expect(state.orders.size).toBe(1);
  expect(orderView(state)).toBeNull();
  const [entry] = state.orders.values();
  expect(
    entry?.events.map(({ event }) => event.type).filter((type) => type === "tender_captured"),
  ).toHaveLength(1);
  expect(entry?.events.some(({ event }) => event.type === "receipt_copied")).toBe(false);
  expect(await hand.page.locator(".sheet").count()).toBe(0);
});

test("a second tap within the guard is dropped on what comes up under the finger", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101");
  await expect.poll(() => hand.page.locator('[data-id="pay"]').isEnabled()).toBe(true);
  await hand.page.evaluate(clicks("pay", 1));
  await hand.shown("note-5000");
  await hand.page.evaluate(clicks("note-5000", 1));
  expect(orderView(hand.terminal.loop.state)).toMatchObject({ phase: "open", takenMinor: 0 });
  await hand.page.waitForTimeout(400);
  await hand.tap("note-5000");
  await hand.shown("done");
});

test("two fast taps on an item are two of it on one order", async ({ skip }) => {
  const hand = await take(skip);
  await hand.page.evaluate(clicks("item-101", 2));
  await expect.poll(() => orderView(hand.terminal.loop.state)?.itemCount).toBe(2);
  expect(hand.terminal.loop.state.orders.size).toBe(1);
  expect(orderView(hand.terminal.loop.state)?.lines).toHaveLength(1);
});

test("a cut connection keeps its taps and sends them again: the same cart, each with one effect", async ({
  skip,
}) => {
  const hand = await take(skip);
  await hand.tap("item-101");
  await expect.poll(() => hand.text("pay")).toContain("¥18.00");
  // Every connection dies right after a tap has left on it: the runtime acts, the answer is lost.
  await hand.page.evaluate(cutAfterCommands(3));
  await hand.tap("item-102");
  await expect.poll(() => orderView(hand.terminal.loop.state)?.totalMinor).toBe(4000);
  await hand.page.evaluate(clicks("item-104", 2));
  await expect.poll(() => orderView(hand.terminal.loop.state)?.totalMinor).toBe(9600);
  await expect.poll(() => hand.text("pay")).toContain("¥96.00");
  expect(
    orderView(hand.terminal.loop.state)?.lines.map(({ sku, quantityMilli }) => [sku, quantityMilli]),
  ).toEqual([
    ["101", 1000],
    ["102", 1000],
    ["104", 2000],
  ]);
  expect(hand.terminal.loop.state.orders.size).toBe(1);
});

test("a reload in the middle of an order brings back the same clerk and cart", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101", "item-101");
  await expect.poll(() => hand.text("pay")).toContain("¥36.00");
  await hand.page.reload();
  await expect.poll(() => hand.text("pay")).toContain("¥36.00");
  await hand.tap("cash-exact");
  await hand.shown("done");
});

test("the strip says at once when the runtime is gone", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101");
  await hand.terminal.screen.close();
  await expect.poll(() => hand.page.locator('[data-id="strip"]').getAttribute("data-lost")).toBe("true");
  expect(await hand.page.locator('[data-id="cash-exact"]').isEnabled()).toBe(false);
});

test("the strip counts what the journal has and headquarters lacks, and the light follows", async ({
  skip,
}) => {
  const hand = await take(skip);
  const { status, journal } = hand.terminal;
  const light = () => hand.page.locator('[data-id="light"]').getAttribute("data-light");
  await hand.tap("item-101", "cash-exact");
  await hand.shown("done");
  await expect.poll(() => lastView(hand.terminal.loop.state)?.print).toBe("printed");
  await expect.poll(() => hand.text("unsent")).toBe(String(journal.headSeq));
  expect(await light()).toBe("amber");
  status.ackedSeq = journal.headSeq;
  status.tell();
  await expect.poll(light).toBe("green");
  expect(await hand.text("unsent")).toBe("0");
  await hand.tap("strip");
  expect(await hand.text("sheet-health")).toContain("Nothing is waiting to be sent.");
  await hand.tap("sheet-close");
  journal.isHeld = true;
  await hand.tap("item-102");
  await expect.poll(light).toBe("red");
  await expect.poll(() => hand.page.locator('[data-id="cash-exact"]').isEnabled()).toBe(true);
  await hand.tap("cash-exact");
  // Money is not shown as taken while the disk keeps it waiting.
  await hand.page.waitForTimeout(300);
  expect(await hand.page.locator('[data-id="done"]').count()).toBe(0);
  journal.release();
  await hand.shown("done");
});

test("a receipt that does not come out is told in words with what to do, and reprinted from there", async ({
  skip,
}) => {
  const hand = await take(skip, "zh");
  hand.terminal.printAs("failed", "printer/paper_out");
  await hand.tap("item-101", "cash-exact");
  await hand.shown("sheet-print");
  expect(await hand.text("sheet-print")).toContain("打印机缺纸。订单已保存。请装纸后补打。");
  hand.terminal.printAs("printed", "");
  await hand.page.waitForTimeout(400);
  await hand.tap("sheet-reprint");
  await expect.poll(() => lastView(hand.terminal.loop.state)?.print).toBe("printed");
});

test("reprinting the last receipt takes 2 taps", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101", "cash-exact");
  await hand.shown("done");
  await hand.page.waitForTimeout(400);
  const before = await hand.tapCount();
  await hand.tap("orders", "reprint-last");
  expect((await hand.tapCount()) - before).toBe(2);
  await expect
    .poll(() => hand.terminal.effects.filter(({ type }) => type === "print_receipt").length)
    .toBe(2);
});

test("a clerk without the right is refused in words, and the language can be changed in the menu", async ({
  skip,
}) => {
  const hand = await take(skip, "en", 640, "li");
  await hand.tap("menu", "language");
  await expect.poll(() => hand.text("item-101")).toContain("意式浓缩");
  await hand.tap("item-101", "cash-exact");
  await hand.shown("done");
  await hand.page.waitForTimeout(400);
  await hand.tap("done-reprint");
  await hand.shown("sheet-message");
  expect(await hand.text("sheet-message")).toContain("您没有此权限。未作任何更改。请找有权限的同事操作。");
  expect(await hand.page.locator("html").getAttribute("lang")).toBe("zh-CN");
});

test("names that look like markup are text", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101", "cart", "note");
  await hand.page.locator('[data-id="note-text"]').fill('<img src=x onerror="alert(1)">');
  await hand.tap("save-note");
  await expect.poll(() => hand.text("sheet-cart")).toContain('<img src=x onerror="alert(1)">');
  expect(await hand.page.locator(".sheet img").count()).toBe(0);
});

test("search finds an item in either language and sells it", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("search");
  await hand.page.locator('[data-id="query"]').fill("拿铁");
  await hand.page.locator('.sheet [data-id="item-104"]').tap();
  await hand.gone("sheet-search");
  await expect.poll(() => orderView(hand.terminal.loop.state)?.totalMinor).toBe(2800);
});

test("an order that comes to nothing is closed with one tap", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-707", "close-free");
  await hand.shown("done");
  expect(lastView(hand.terminal.loop.state)).toMatchObject({ totalMinor: 0, changeMinor: 0 });
});

test("a disk that failed is told on the strip and in words, and the money is not shown as taken", async ({
  skip,
}) => {
  const hand = await take(skip);
  const { journal } = hand.terminal;
  await hand.tap("item-101");
  await expect.poll(() => hand.text("pay")).toContain("¥18.00");
  journal.isHeld = true;
  await hand.tap("cash-exact");
  await expect.poll(() => journal.headSeq > journal.durableSeq).toBe(true);
  journal.fail();
  await hand.shown("sheet-message");
  expect(await hand.text("sheet-message")).toContain("Stop selling here and call support.");
  expect(await hand.text("light")).toBe("Storage failed");
  expect(await hand.page.locator('[data-id="done"]').count()).toBe(0);
  await hand.tap("understood");
  expect(await hand.text("pay")).toContain("¥18.00");
});
