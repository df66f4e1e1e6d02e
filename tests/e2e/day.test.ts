/**
 * A clerk's day beside selling: PINs and second persons, scans anywhere, parked orders, refunds in part,
 * the drawer from its float to its Z, training, and a runtime that is gone.
 */
import { expect, test } from "vitest";

import { receiptCode } from "../../core/receipt/layout.ts";
import { IDLE_LOCK_MS } from "../../runtime/ui/limits.ts";
import { BARCODE_101, PINS, take, useHands } from "../support/screen-hand.ts";
import type { Hand } from "../support/screen-hand.ts";

useHands();

/** A wrong PIN is answered late on purpose. */
const ANSWERED = { timeout: 10_000 };

function said(hand: Hand): Promise<string> {
  return hand.text("sheet-message");
}

/** What the newest receipt's QR code says. */
function newestReceiptCode(hand: Hand): string {
  const closings = [...hand.terminal.loop.state.orders.values()].flatMap(({ order }) =>
    order.kind === "sale" ? order.checks.flatMap((check) => check.closings) : [],
  );
  const newest = closings.at(-1);
  if (newest === undefined) throw new Error("Nothing was sold");
  return receiptCode(newest);
}

test("a wrong PIN is said with the tries that are left, the fifth is followed by a wait that is shown", async ({
  skip,
}) => {
  const hand = await take(skip, { hasPins: true, clerk: null });
  await hand.tap("clerk-ana");
  for (let count = 1; count <= 5; count += 1) {
    await hand.keyPin("0000");
    const left = count < 5 ? `${10 - count} tries left` : "";
    if (left !== "") await expect.poll(() => hand.text("pin-said"), ANSWERED).toContain(left);
  }
  await hand.page.locator('[data-id="key-1"]:disabled').waitFor();
  await expect.poll(() => hand.text("pin-said"), ANSWERED).toMatch(/Wait 0:[0-3]\d/);
  await hand.tap("sheet-close", "clerk-li");
  await hand.keyPin(PINS.li);
  await hand.shown("item-101");
  expect(hand.terminal.loop.state.pins.get("ana" as never)?.failureCount).toBe(5);
});

test("the digits of a PIN stand nowhere in the page and leave no trace when the pad is left", async ({
  skip,
}) => {
  const hand = await take(skip, { hasPins: true, clerk: null });
  await hand.tap("clerk-ana", "key-1", "key-2", "key-3");
  expect(await hand.page.locator(".pin-dot[data-filled='true']").count()).toBe(3);
  expect(await hand.page.locator("#app").innerHTML()).not.toMatch(/123/);
  await hand.tap("sheet-close", "clerk-ana");
  expect(await hand.page.locator(".pin-dot[data-filled='true']").count()).toBe(0);
});

test("after two minutes without a touch the screen locks itself, and the order is kept", async ({ skip }) => {
  const hand = await take(skip, { hasPins: true, clerk: null });
  await hand.page.clock.install();
  await hand.page.reload();
  await hand.tap("clerk-ana");
  await hand.keyPin(PINS.ana);
  await hand.tap("item-101");
  await hand.shown("pay");
  await hand.page.clock.runFor(IDLE_LOCK_MS - 1000);
  expect(await hand.page.locator('[data-id="clerk-ana"]').count()).toBe(0);
  await hand.page.clock.runFor(2000);
  await hand.shown("clerk-ana");
  await expect.poll(() => hand.terminal.loop.state.clerks.size).toBe(0);
  expect(hand.order()?.totalMinor).toBe(1800);
  await hand.tap("clerk-li");
  await hand.keyPin(PINS.li);
  await expect.poll(() => hand.text("pay")).toContain("¥18.00");
});

test("what a clerk may not do a second person agrees to, seeing what it is and how much", async ({
  skip,
}) => {
  const hand = await take(skip, { hasPins: true, clerk: "li" });
  await hand.tap("item-101", "item-104", "cart", "void", "reason-reason_left", "reason-confirm");
  await hand.shown("sheet-approval");
  expect(await hand.text("approval-what")).toContain("Cancel an order");
  expect(await hand.text("approval-what")).toContain("¥46.00");
  expect(await hand.page.locator('[data-id="approver-li"]').count()).toBe(0);
  await hand.tap("approver-mei");
  await hand.keyPin("0000");
  await expect.poll(() => hand.text("pin-said"), ANSWERED).toContain("9 tries left");
  expect(hand.order()?.totalMinor).toBe(4600);
  await hand.keyPin(PINS.mei);
  await hand.gone("sheet-approval");
  expect(hand.order()).toBeNull();
  // Lent for that one step alone.
  await hand.tapSlowly("item-101");
  await hand.tap("cart", "void", "reason-reason_left", "reason-confirm");
  await hand.shown("sheet-approval");
});

test("a scan sells in every room and under every sheet, once each", async ({ skip }) => {
  const hand = await take(skip);
  const pieces = () => hand.order()?.lines.map(({ sku, quantityMilli }) => `${sku} ${quantityMilli / 1000}`);
  await hand.scan(BARCODE_101);
  await expect.poll(pieces).toEqual(["101 1"]);
  await hand.tap("search");
  await hand.scan(BARCODE_101);
  await expect.poll(pieces).toEqual(["101 2"]);
  await hand.tap("menu", "menu-settings");
  for (let count = 0; count < 3; count += 1) await hand.scan(BARCODE_101);
  await expect.poll(pieces).toEqual(["101 5"]);
  await hand.shown("pay");
  await hand.tap("cart");
  await hand.scan(BARCODE_101);
  await expect.poll(pieces).toEqual(["101 6"]);
  await hand.shown("sheet-cart");
});

test("what a scanner types does not stay in the entry that has the focus", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-104", "cart", "line");
  await hand.page.locator('[data-id="note-text"]').fill("hot");
  await hand.page.waitForTimeout(150);
  // Real keys: what passes before the burst is known as a scan is taken back.
  await hand.page.keyboard.type(BARCODE_101);
  await hand.page.keyboard.press("Enter");
  await expect.poll(() => hand.order()?.itemCount).toBe(2);
  expect(await hand.page.locator('[data-id="note-text"]').inputValue()).toBe("hot");
});

test("half a code, noise, and two codes glued are refused in words, and the order stays as it is", async ({
  skip,
}) => {
  const hand = await take(skip);
  await hand.tap("item-101");
  const refused = async (text: string, code: string, isCutOff = false): Promise<void> => {
    await hand.scan(text, isCutOff);
    await hand.shown("sheet-message");
    expect(await said(hand)).toContain(code);
    await hand.tap("understood");
  };
  await refused("69012", "scan/cut_off", true);
  await refused("%".repeat(10_000), "scan/too_long");
  await refused(BARCODE_101 + BARCODE_101, "scan/");
  await refused("6901234567893", "scan/check_digit");
  await refused("6900000000007", "scan/");
  expect(hand.order()?.totalMinor).toBe(1800);
});

test("a payment code is told from goods, charges nothing and is not shown", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101");
  await hand.scan("134567890123456789");
  await hand.shown("sheet-message");
  expect(await said(hand)).toContain("scan/payment_code");
  expect(await hand.page.locator("#app").innerHTML()).not.toContain("134567890123456789");
  expect(hand.order()).toMatchObject({ totalMinor: 1800, takenMinor: 0 });
});

test("a parked order is found by its label and taken up; the one at hand is parked before it", async ({
  skip,
}) => {
  const hand = await take(skip);
  await hand.tap("item-101", "cart", "park");
  await hand.page.locator('[data-id="park-label"]').fill("Table 4");
  await hand.tap("park-confirm");
  await hand.gone("sheet-park");
  expect(hand.order()).toBeNull();
  await hand.shown("parked");
  expect(await hand.text("parked")).toContain("1");
  await hand.tapSlowly("item-104");
  await hand.tap("orders", "filter-parked");
  await hand.page.locator('[data-id="order-query"]').fill("table");
  expect(await hand.page.locator('[data-id="row"]').count()).toBe(1);
  await hand.tap("row");
  await hand.tapSlowly("recall");
  await expect.poll(() => hand.order()?.label).toBe("Table 4");
  await expect.poll(() => hand.text("pay")).toContain("¥18.00");
  const parked = [...hand.terminal.loop.state.orders.values()].filter(({ order }) => order.isParked);
  expect(parked).toHaveLength(1);
});

test("undo takes back the newest change, and stands grey when there is none", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101", "item-101", "item-104");
  await expect.poll(() => hand.order()?.totalMinor).toBe(6400);
  await hand.tapSlowly("undo");
  await expect.poll(() => hand.order()?.totalMinor).toBe(3600);
  await hand.tapSlowly("undo");
  await expect.poll(() => hand.order()?.totalMinor).toBe(1800);
});

test("a refund in part pays what the button said, and the same units are not offered again", async ({
  skip,
}) => {
  const hand = await take(skip);
  await hand.tap("item-101", "item-101", "item-104", "cash-exact");
  await hand.shown("done");
  await hand.scan(newestReceiptCode(hand));
  await hand.tap("refund", "minus", "reason-reason_unwanted");
  expect(await hand.text("refund-amount")).toBe("¥46.00");
  await hand.tapSlowly("refund-confirm");
  await hand.shown("done");
  expect(hand.last()?.totalMinor).toBe(-4600);
  await hand.scan(newestReceiptCode(hand));
  await hand.tap("refund");
  expect(await hand.text("refund-amount")).toBe("¥18.00");
  await hand.tap("back", "back", "orders", "filter-returned");
  expect(await hand.page.locator('[data-id="row"]').count()).toBe(2);
});

test("a drawer's day: float, cash in, a blind count by notes, the difference with its reason, Z, and Z again", async ({
  skip,
}) => {
  const hand = await take(skip, { terminal: { needsShift: true } });
  await hand.tap("item-101", "cash-exact");
  await hand.shown("sheet-message");
  expect(await said(hand)).toContain("shift/not_open");
  await hand.tap("to-shift", "open-1", "key-5", "key-00", "key-00", "amount-confirm");
  await hand.shown("count");
  await hand.tapSlowly("back", "cash-exact");
  await hand.shown("done");
  await hand.tap("menu", "menu-shift", "pay-in", "reason-reason_change", "key-2", "key-0", "key-00");
  await hand.tapSlowly("amount-confirm");
  await hand.gone("sheet-amount");
  expect(await hand.text("shift-1")).not.toContain("538");
  await hand.tap("count", "key-5", "denomination-1000", "key-3", "denomination-100", "key-7", "count-done");
  await hand.shown("counted");
  const counted = await hand.text("counted");
  expect(counted).toContain("¥537.00");
  expect(counted).toContain("¥538.00");
  expect(counted).toContain("-¥1.00");
  expect(await hand.page.locator('[data-id="close-shift"]').isEnabled()).toBe(false);
  await hand.tap("reason-reason_wrongChange");
  await hand.tapSlowly("close-shift");
  await hand.shown("print-z-1");
  const reportCount = (): number =>
    hand.terminal.effects.filter(({ type }) => type === "print_report").length;
  const before = reportCount();
  await hand.tapSlowly("print-z-1");
  await expect.poll(reportCount).toBe(before + 1);
});

test("an item that is taken off sale is refused until it is on sale again", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("menu", "menu-stock", "sold-out-101");
  await expect.poll(() => hand.terminal.loop.state.soldOut.get("101")).toBe(true);
  await hand.tap("back", "item-101");
  await hand.shown("sheet-message");
  expect(await said(hand)).toContain("item/sold_out");
  expect(await hand.text("item-101")).toContain("Sold out");
});

test("a printer is paired and tried, and what it says is told", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("menu", "menu-settings");
  await hand.page.locator('[data-id="printer-host"]').fill("192.0.2.7");
  await hand.tap("printer-save");
  await expect
    .poll(() => hand.terminal.printer.paired?.address)
    .toEqual({ kind: "tcp", host: "192.0.2.7", port: 9100 });
  await hand.page.locator('[data-id="printer-test"]:enabled').waitFor();
  hand.terminal.printer.word = "printer/paper_out";
  await hand.tapSlowly("printer-test");
  await hand.shown("sheet-message");
  expect(hand.terminal.printer.testCount).toBe(1);
});

test("the hand, the brightness and the language are chosen in the settings", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("menu", "menu-settings", "hand-left", "darker", "language-zh");
  const root = hand.page.locator("html");
  expect(await root.getAttribute("data-hand")).toBe("left");
  expect(await root.getAttribute("style")).toContain("--shade: 0.15");
  await expect.poll(() => root.getAttribute("lang")).toBe("zh-CN");
});

test("what is sold in training is in no total of the shop, and every room says so", async ({ skip }) => {
  const hand = await take(skip, { hasPins: true });
  await hand.tap("menu", "menu-training");
  await hand.keyPin(PINS.ana);
  await hand.shown("training-sign");
  const before = hand.terminal.loop.state.seq;
  await hand.tapSlowly("item-101");
  await hand.tap("cash-exact");
  await hand.shown("done");
  expect(hand.terminal.loop.state.seq).toBe(before);
  expect(hand.last()).toBeNull();
  expect(hand.terminal.effects.some(({ type }) => type === "open_drawer")).toBe(false);
  await hand.tapSlowly("menu", "menu-training");
  if ((await hand.page.locator('[data-id="sheet-pin"]').count()) > 0) await hand.keyPin(PINS.ana);
  await hand.gone("training-sign");
});

test("taps on a screen whose runtime is gone say so, and take no money", async ({ skip }) => {
  const hand = await take(skip);
  await hand.tap("item-101");
  await hand.shown("pay");
  await hand.terminal.screen.close();
  await expect.poll(() => hand.page.locator('[data-id="strip"]').getAttribute("data-lost")).toBe("true");
  const box = await hand.page.locator('[data-id="cash-exact"]').boundingBox();
  await hand.page.touchscreen.tap((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
  await hand.page.locator('[data-id="toast"][data-shown="true"]').waitFor();
  expect(await hand.text("toast")).toContain("does not answer");
  expect(hand.order()).toMatchObject({ totalMinor: 1800, takenMinor: 0 });
});
