/**
 * The screen in a real browser against the real server and loop: tap budgets, sizes, words, and one
 * effect for each intent, in both languages and both heights.
 */
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

import { SCREEN_GZIP_BYTES_MAX } from "../../tools/build/web.ts";
import { screenAssets, take, useHands } from "../support/screen-hand.ts";
import { expectTouchable } from "../support/screen-look.ts";
import { clicks, cutAfterCommands } from "../support/screen-probes.ts";

useHands();

test("the screen weighs less than its budget, compressed", () => {
  const bytes = [...screenAssets().values()].reduce(
    (total, asset) => total + gzipSync(asset.bytes).length,
    0,
  );
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(SCREEN_GZIP_BYTES_MAX);
});

test("no call of the screen spreads arguments behind ?., which browsers before Chrome 91 get wrong", () => {
  const script = new TextDecoder().decode(screenAssets().get("/app.js")?.bytes);
  expect(script.length).toBeGreaterThan(100_000);
  expect(script).not.toMatch(/\?\.[\w$]*\([^()]*\.\.\./);
});

test("the next sale needs no tap of its own: the next item begins it, or the result goes by itself", async ({
  skip,
}) => {
  const hand = await take(skip);
  await hand.tap("item-101", "cash-exact");
  await hand.shown("done");
  await hand.tap("item-102");
  await hand.gone("done");
  await expect.poll(() => hand.order()?.totalMinor).toBe(2200);
  await hand.page.waitForTimeout(400);
  await hand.tap("cash-exact");
  await hand.shown("done");
  await hand.gone("done");
  expect(await hand.text("last")).toContain("¥22.00");
});

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
  expect(hand.last()).toMatchObject({
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
  expect(hand.order()).toBeNull();
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
  expect(hand.order()).toMatchObject({ phase: "open", takenMinor: 0 });
  await hand.page.waitForTimeout(400);
  await hand.tap("note-5000");
  await hand.shown("done");
});

test("two fast taps on an item are two of it on one order", async ({ skip }) => {
  const hand = await take(skip);
  await hand.page.evaluate(clicks("item-101", 2));
  await expect.poll(() => hand.order()?.itemCount).toBe(2);
  expect(hand.terminal.loop.state.orders.size).toBe(1);
  expect(hand.order()?.lines).toHaveLength(1);
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
  await expect.poll(() => hand.order()?.totalMinor).toBe(4000);
  await hand.page.evaluate(clicks("item-104", 2));
  await expect.poll(() => hand.order()?.totalMinor).toBe(9600);
  await expect.poll(() => hand.text("pay")).toContain("¥96.00");
  expect(hand.order()?.lines.map(({ sku, quantityMilli }) => [sku, quantityMilli])).toEqual([
    ["101", 1000],
    ["102", 1000],
    ["104", 2000],
  ]);
  expect(hand.terminal.loop.state.orders.size).toBe(1);
});

// Who was signed on is not brought back: a page that comes anew is nobody's.
test("a reload in the middle of an order brings back the same cart to whoever signs on", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101", "item-101");
  await expect.poll(() => hand.text("pay")).toContain("¥36.00");
  await hand.page.reload();
  await hand.tap("clerk-ana");
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
  await expect.poll(() => hand.last()?.print).toBe("printed");
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
  const hand = await take(skip, { language: "zh" });
  hand.terminal.printAs("failed", "printer/paper_out");
  await hand.tap("item-101", "cash-exact");
  await hand.shown("sheet-print");
  expect(await hand.text("sheet-print")).toContain("打印机缺纸。订单已保存。请装纸后补打。");
  hand.terminal.printAs("printed", "");
  await hand.page.waitForTimeout(400);
  await hand.tap("sheet-reprint");
  await expect.poll(() => hand.last()?.print).toBe("printed");
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
  const hand = await take(skip, { clerk: "li" });
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
  await hand.tap("item-101", "cart", "line");
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
  await expect.poll(() => hand.order()?.totalMinor).toBe(2800);
});

test("an order that comes to nothing is closed with one tap", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-707", "close-free");
  await hand.shown("done");
  expect(hand.last()).toMatchObject({ totalMinor: 0, changeMinor: 0 });
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
