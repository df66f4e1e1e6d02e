/** What numbered messages do: taps, recalls, scans, the printer. */
import { expect, test } from "vitest";

import { milli } from "../../../core/money.ts";
import { plainItem } from "../../../drivers/scanner/result.ts";
import { WAITING_TAPS_COUNT_MAX } from "../../../runtime/ui/limits.ts";
import { SCALE_WORDS } from "../../../runtime/scale/words.ts";
import type { Weighed } from "../../../runtime/scale/desk.ts";
import type { ScalePort } from "../../../runtime/ui/ports.ts";
import { served, settled } from "../../support/screen-page.ts";
import { BOSS_PIN, shop } from "../../support/screen-shop.ts";
import { SMALL_CATALOGUE, catalogueOf } from "../../support/screen-terminal.ts";

const signOn = (clerk: string) => ({ type: "sign_on", clerk });
const coffee = { type: "add_item", order: null, sku: "101", quantityMilli: 1000 };
const cake = { ...coffee, sku: "201" };

test("what is tapped while a PIN is compared takes effect after it, in the order of the taps", async () => {
  const { page, loop } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  const { order } = till.order ?? { order: "" };
  const voiding = { type: "void_order", order, reason: "left" };
  till.says({
    kind: "pin",
    n: 3,
    clerk: "ana",
    who: "boss",
    pin: BOSS_PIN,
    purpose: "approve",
    command: voiding,
  });
  till.says({ kind: "command", n: 4, clerk: "ana", command: cake });
  till.says({ kind: "command", n: 5, clerk: "ana", command: cake });
  await settled();
  expect(till.all("answer").map(({ n, refusal }) => [n, refusal])).toEqual(
    [1, 2, 3, 4, 5].map((n) => [n, null]),
  );
  expect([...loop.state.orders.values()].map(({ order: { phase } }) => phase)).toEqual(["voided", "open"]);
  expect(till.order).toMatchObject({ itemCount: 2, totalMinor: 4400 });
});

test("more taps than may wait behind a PIN are refused with wire/too_many_messages and change nothing", async () => {
  const { page, loop, clock } = await shop();
  const till = page().hello();
  till.says({ kind: "pin", n: 1, clerk: "", who: "boss", pin: "0000", purpose: "sign_on", command: null });
  for (let n = 2; n <= WAITING_TAPS_COUNT_MAX + 2; n += 1) {
    if (n % 40 === 0) clock.nowMs += 1000;
    till.says({ kind: "command", n, clerk: "", command: coffee });
  }
  expect(till.all("fault").map(({ code }) => code)).toEqual([
    "wire/too_many_messages",
    "wire/too_many_messages",
  ]);
  for (let count = 0; count < 10; count += 1) await settled();
  expect(till.all("answer")).toHaveLength(WAITING_TAPS_COUNT_MAX);
  expect(loop.state.orders.size).toBe(0);
});

test("a recall lays the open order aside in the same tap", async () => {
  const { page, loop } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  const first = till.order?.order;
  await till.taps({ type: "park_order", order: first, label: "Mr Wu" });
  await till.taps(cake);
  const second = till.order?.order;
  const told = await till.taps({ type: "recall_order", order: first });
  expect(told.map(({ kind }) => kind)).toEqual(["view", "answer"]);
  expect(till.order).toMatchObject({ order: first, totalMinor: 1800, label: "Mr Wu" });
  expect(till.status).toMatchObject({ parkedCount: 1 });
  const parked = [...loop.state.orders.values()].map(({ order }) => [order.id, order.isParked]);
  expect(parked).toEqual([
    [first, false],
    [second, true],
  ]);
  const events = [...loop.state.orders.values()][1]?.events.at(-1);
  expect(events).toMatchObject({ event: { type: "order_parked" }, cause: { clerk: "ana" } });
});

test("a recall that cannot be leaves the open order where it is", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  await till.taps({ type: "recall_order", order: "till-1/00000000000000a1/99" });
  expect(till.refusal).toMatchObject({ code: "order/unknown" });
  expect(till.order).toMatchObject({ totalMinor: 1800 });
  await till.taps({ type: "recall_order", order: till.order?.order });
  expect(till.refusal).toMatchObject({ code: "order/not_parked" });
  expect(till.status).toMatchObject({ parkedCount: 0 });
});

test("a recall while a check waits for money is refused with order/frozen; behind an empty order it goes through", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  const first = till.order?.order;
  await till.taps({ type: "park_order", order: first, label: "" });
  await till.taps(cake);
  const second = till.order;
  await till.taps({ type: "freeze_check", order: second?.order });
  await till.taps({ type: "recall_order", order: first });
  expect(till.refusal).toMatchObject({ code: "order/frozen" });
  expect(till.order).toMatchObject({ order: second?.order, phase: "frozen" });
  await till.taps({ type: "thaw_check", order: second?.order, check: till.order?.check });
  const line = second?.lines[0]?.line;
  await till.taps({ type: "remove_units", order: second?.order, line, quantityMilli: 1000, reason: "" });
  await till.taps({ type: "recall_order", order: first });
  expect(till.refusal).toBeNull();
  expect(till.order).toMatchObject({ order: first });
});

test("a recall that is sent again parks nothing", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"), 1);
  await till.taps(coffee, 2);
  const first = till.order?.order;
  await till.taps({ type: "park_order", order: first, label: "" }, 3);
  await till.taps({ type: "recall_order", order: first }, 4);
  await till.taps({ type: "park_order", order: first, label: "" }, 5);
  await till.taps(cake, 6);
  await till.taps({ type: "recall_order", order: first }, 4);
  expect(till.refusal).toBeNull();
  expect(till.order).toMatchObject({ totalMinor: 2200 });
});

test("an order that is parked takes no line, no undo and no money until it is recalled: order/parked", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  const { order, lines } = till.order ?? { order: "", lines: [] };
  await till.taps({ type: "park_order", order, label: "" });
  const line = lines[0]?.line;
  for (const command of [
    { ...cake, order },
    { type: "add_units", order, line, quantityMilli: 1000 },
    { type: "undo", order },
    { type: "take_cash", order, handedMinor: 1800, leftMinor: 1800 },
  ]) {
    await till.taps(command);
    expect(till.refusal).toMatchObject({ code: "order/parked" });
  }
  expect(till.order).toBeNull();
  expect(till.last).toBeNull();
});

test("a naughty name is refused and reaches no view", async () => {
  const { page } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  const order = till.order?.order;
  for (const label of ["\u001b[2J", "a\u0000b", "\ud800", "x".repeat(201)]) {
    await till.taps({ type: "park_order", order, label });
    expect(till.refusal).toMatchObject({ code: "command/out_of_range" });
  }
  await till.taps({ type: "set_note", order, line: null, text: "=1+1\u0007" });
  expect(till.refusal).toMatchObject({ code: "command/out_of_range" });
  expect(till.order).toMatchObject({ label: "", note: "" });
});

const BARCODES = SMALL_CATALOGUE.replace('"sku":"101"', '"barcodes":["4006381333931"],"sku":"101"');

test("a scan sells its item and is answered by what it was, behind the view", async () => {
  const { page } = await shop({ catalogue: catalogueOf(BARCODES) });
  const till = page().hello();
  await till.taps(signOn("ana"));
  const told = await till.scans("4006381333931");
  expect(told.map(({ kind }) => kind)).toEqual(["view", "scanned"]);
  expect(told[1]).toEqual({ kind: "scanned", n: 2, scan: { kind: "item", sku: "101" }, refusal: null });
  await till.scans("4006381333931");
  expect(till.order).toMatchObject({ itemCount: 2, lines: [{ quantityMilli: 2000 }] });
});

test("a scan that is sent again sells once", async () => {
  const { page } = await shop({ catalogue: catalogueOf(BARCODES) });
  const till = page().hello();
  await till.taps(signOn("ana"));
  const scan = { kind: "scan", text: "4006381333931" };
  await till.sends(scan, 2);
  await till.sends(scan, 2);
  expect(till.order).toMatchObject({ itemCount: 1 });
  expect(till.all("scanned")).toHaveLength(2);
});

test("what the trade says to a scanned item comes with the scan", async () => {
  const { page } = await shop({ catalogue: catalogueOf(BARCODES) });
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(cake);
  await till.taps({ type: "freeze_check", order: till.order?.order });
  await till.scans("4006381333931");
  expect(till.all("scanned")).toMatchObject([{ scan: { kind: "item" }, refusal: { code: "order/frozen" } }]);
});

test("a receipt that is scanned is found, and its code with another hash is not", async () => {
  const { page, loop } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  await till.taps({ type: "take_cash", order: till.order?.order, handedMinor: 1800, leftMinor: 1800 });
  const { order, receipt } = till.last ?? { order: undefined, receipt: "" };
  expect(receipt).toBe("till-1-a1-1");
  const closing = [...loop.state.orders.values()][0]?.order.checks[0]?.closings[0];
  if (closing === undefined) throw new Error("Nothing was closed");
  const hash = Buffer.from(closing.facts.viewHash.slice(0, 4)).toString("hex");
  await till.scans(`TW1:${closing.id}:${hash}`);
  expect(till.all("scanned").at(-1)).toMatchObject({ scan: { kind: "receipt", order, closing: closing.id } });
  await till.scans(`TW1:${closing.id}:00000000`);
  expect(till.all("scanned").at(-1)).toMatchObject({
    scan: { kind: "rejected", code: "scan/unknown_receipt" },
  });
});

test("a payment code is told as one, without a digit of it, and sells nothing", async () => {
  const { page, loop, logged } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.scans("134567890123456789");
  expect(till.all("scanned")).toMatchObject([{ scan: { kind: "payment_code" }, refusal: null }]);
  expect(JSON.stringify([till.messages, logged])).not.toContain("134567890123456789");
  expect(loop.state.orders.size).toBe(0);
});

const NOISE = [
  ["10 kB of noise", "\u0001\u001b[31m".repeat(2048), "scan/too_long"],
  ["control characters", "\u0007\u0008", "scan/noise"],
  ["a digit misread", "4006381333932", "scan/check_digit"],
  ["nothing", "", "scan/noise"],
  ["a code of no item here", "4006381333931", "scan/unknown_item"],
] as const;

test.each(NOISE)("%s is refused in the page's language and sells nothing", async (_title, text, code) => {
  const { page, loop } = await shop();
  const till = page().hello("zh");
  await till.taps(signOn("ana"));
  await till.scans(text);
  const [scanned] = till.all("scanned");
  expect(scanned).toMatchObject({ scan: { kind: "rejected", code }, refusal: null });
  expect(scanned?.scan).toHaveProperty("sentence", expect.stringContaining("未添加任何商品"));
  expect(loop.state.orders.size).toBe(0);
});

test("the terminal's own scanner sells for the clerk of the page that acted last", async () => {
  const { page, scanner, loop } = await shop({ catalogue: catalogueOf(BARCODES) });
  const item = plainItem({ kind: "gtin", gtin: "04006381333931" });
  const idle = page().hello("zh");
  scanner.scan(item);
  await settled();
  expect(idle.all("scanned")).toMatchObject([{ n: 0, refusal: { code: "clerk/not_signed_on" } }]);
  const till = page().hello();
  await till.taps(signOn("ana"));
  for (let count = 0; count < 2; count += 1) scanner.scan(item);
  await settled();
  expect(till.all("scanned")).toMatchObject([
    { n: 0, scan: { kind: "item", sku: "101" }, refusal: null },
    { n: 0, refusal: null },
  ]);
  expect(till.order).toMatchObject({ itemCount: 2 });
  expect(idle.all("scanned")).toHaveLength(1);
  expect([...loop.state.orders.values()][0]?.events[1]).toBeDefined();
  expect(loop.state.views.size).toBe(2);
});

test("the terminal's own scanner is told when a payment code may come", async () => {
  const { page, scanner } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.taps(coffee);
  expect(scanner.expected).toBe("goods");
  await till.taps({ type: "freeze_check", order: till.order?.order });
  expect(scanner.expected).toBe("tender");
});

const TCP = { address: { kind: "tcp", host: "10.0.0.9", port: 9100 }, model: "generic-80" };

test("a printer is paired by somebody who may approve, and the settings follow", async () => {
  const { page, printer } = await shop();
  const till = page().hello();
  await till.taps(signOn("ana"));
  await till.sends({ kind: "pair_printer", printer: TCP });
  expect(till.refusal).toMatchObject({ code: "clerk/right_missing", right: "approve" });
  expect(printer.paired).toBeNull();
  await till.pins("boss", BOSS_PIN);
  till.opens({ panel: "settings" });
  await till.sends({ kind: "pair_printer", printer: TCP });
  expect(till.refusal).toBeNull();
  expect(printer.paired).toEqual(TCP);
  await settled();
  till.opens({ panel: "settings" });
  await settled();
  till.opens({ panel: "settings" });
  expect(till.panel("settings")?.content).toMatchObject({ printer: TCP });
});

test("a test page that does not come out is told in words of the page's language", async () => {
  const { page, printer } = await shop();
  const till = page().hello("zh");
  await till.taps(signOn("ana"));
  await till.sends({ kind: "test_print" });
  expect(till.refusal).toBeNull();
  expect(printer.testCount).toBe(1);
  printer.word = "printer/paper_out";
  await till.sends({ kind: "test_print" });
  expect(till.refusal).toMatchObject({ code: "printer/paper_out", right: null });
  expect(till.refusal?.sentence).toContain("请装纸");
});

const BY_WEIGHT = JSON.stringify({
  categories: [{ id: "all", nameEn: "All", nameZh: "全部" }],
  items: [
    {
      sku: "ham",
      category: "all",
      nameEn: "Ham",
      nameZh: "火腿",
      priceMinor: 3990,
      taxPpm: 0,
      byWeight: true,
    },
    { sku: "tea", category: "all", nameEn: "Tea", nameZh: "茶", priceMinor: 250, taxPpm: 0 },
  ],
});

/** A till with a scale whose weighings the test answers. */
async function deli(order: ScalePort["order"] = () => null) {
  const waiting: ((weighed: Weighed) => void)[] = [];
  const scale: ScalePort = {
    face: () => ({ state: "stable", weightGrams: 755, isNet: false }),
    weigh: () => new Promise((resolve) => waiting.push(resolve)),
    order,
    onChange: () => {},
  };
  const shopWithScale = await served({ catalogue: catalogueOf(BY_WEIGHT), scale });
  const till = shopWithScale.page().hello();
  await till.taps({ type: "sign_on", clerk: "ana" });
  const answer = async (weighed: Weighed): Promise<void> => {
    waiting.shift()?.(weighed);
    await settled();
  };
  const weigh = (sku: string) => till.sends({ kind: "scale", action: "weigh", sku });
  return { ...shopWithScale, till, weigh, answer, waiting };
}
const grams = (weight: number): Weighed => ({ ok: true, quantityMilli: milli(weight) });

test("an item by weight is a line of what lay on the scale: 0.755 kg × 39.90 is 30.12", async () => {
  const { till, weigh, answer } = await deli();
  await weigh("ham");
  await answer(grams(755));
  expect(till.refusal).toBeNull();
  expect(till.order?.lines).toMatchObject([{ sku: "ham", quantityMilli: 755, amountMinor: 3012 }]);
  expect(till.all("view")[0]?.scale).toEqual({ state: "stable", weightGrams: 755, isNet: false });
});

test("two weighings are two lines, also of a whole kilogram", async () => {
  const { till, weigh, answer } = await deli();
  for (const weight of [1000, 1000]) {
    await weigh("ham");
    await answer(grams(weight));
  }
  expect(till.order?.lines.map(({ quantityMilli }) => quantityMilli)).toEqual([1000, 1000]);
});

test.each([
  ["scale/motion"],
  ["scale/over"],
  ["scale/under_zero"],
  ["scale/empty"],
  ["scale/silent"],
] as const)("%s adds nothing and says why in the page's language", async (code) => {
  const { till, weigh, answer } = await deli();
  till.says({ kind: "hello", view: 1, language: "zh" });
  await weigh("ham");
  await answer({ ok: false, code });
  expect(till.refusal).toMatchObject({ code, sentence: SCALE_WORDS[code].zh });
  expect(till.order).toBeNull();
});

test("an item by the piece is not weighed: scale/not_by_weight; an unknown one is the trade's to refuse", async () => {
  const { till, weigh, answer, waiting } = await deli();
  await weigh("tea");
  expect([till.refusal?.code, waiting.length]).toEqual(["scale/not_by_weight", 0]);
  await weigh("none");
  await answer(grams(100));
  expect(till.refusal?.code).toBe("item/unknown");
});

test("what is tapped while the plate moves waits for it, and keeps its order", async () => {
  const { till, weigh, answer } = await deli();
  await weigh("ham");
  await till.taps({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  expect(till.order).toBeNull();
  await answer(grams(200));
  expect(till.order?.lines.map(({ sku }) => sku)).toEqual(["ham", "tea"]);
});

test("a weighing that ends after training began sells nothing, for real or in training", async () => {
  const { till, weigh, answer, page, loop } = await deli();
  await weigh("ham");
  const other = page().hello();
  await other.taps({ type: "sign_on", clerk: "ana" });
  await other.pins("ana", "", "enter_training");
  expect(other.all("welcome").at(-1)?.welcome.isTraining).toBe(true);
  await answer(grams(200));
  expect(till.refusal?.code).toBe("clerk/not_signed_on");
  expect([till.order, other.order, loop.state.orders.size]).toEqual([null, null, 0]);
});

test("the keys of the scale are told to it; nobody signed on has none, and no scale is scale/none", async () => {
  const told: string[] = [];
  const { till, page } = await deli(({ kind }) => {
    told.push(kind);
    return kind === "tare" ? "scale/silent" : null;
  });
  await till.sends({ kind: "scale", action: "zero", sku: "" });
  expect(till.refusal).toBeNull();
  await till.sends({ kind: "scale", action: "tare", sku: "" });
  expect(till.refusal?.code).toBe("scale/silent");
  expect(told).toEqual(["zero", "tare"]);
  const nobody = page().hello();
  await nobody.sends({ kind: "scale", action: "weigh", sku: "ham" });
  expect(nobody.refusal?.code).toBe("clerk/not_signed_on");
  const without = (await served({ catalogue: catalogueOf(BY_WEIGHT) })).page().hello();
  await without.taps({ type: "sign_on", clerk: "ana" });
  await without.sends({ kind: "scale", action: "weigh", sku: "ham" });
  expect(without.refusal?.code).toBe("scale/none");
  expect(without.all("view")[0]?.scale).toBeNull();
});
