/** The screen's server behind its sockets: what pages are told, and when. */
import { expect, test } from "vitest";

import { drawerId } from "../../../core/ids.ts";
import { minor } from "../../../core/money.ts";
import {
  PAGE_BUFFERED_BYTES_MAX,
  PAGE_FAULTS_COUNT_MAX,
  PAGE_MESSAGES_PER_SECOND_COUNT_MAX,
} from "../../../runtime/ui/limits.ts";
import type { Catalogue } from "../../../runtime/catalogue.ts";
import { served, settled, TestPage } from "../../support/screen-page.ts";
import { catalogueOf, SMALL_CATALOGUE } from "../../support/screen-terminal.ts";

const shiftShop = async () => {
  const drawers = [drawerId("A")];
  return { ...(await served({ drawers, needsShift: true })), drawers };
};
const signOn = { type: "sign_on", clerk: "ana" };
const coffee = { type: "add_item", order: null, sku: "101", quantityMilli: 1000 };

test("a hello is answered with the catalogue, the staff and the whole view", async () => {
  const { page } = await served();
  const first = page().hello();
  expect(first.messages.map(({ kind }) => kind)).toEqual(["welcome", "view"]);
  expect(first.all("welcome")[0]?.welcome).toMatchObject({
    shopName: "Corner Cafe",
    currency: "CNY",
    exponent: 2,
    language: "en",
    terminal: "till-1",
    isTraining: false,
    staff: [
      { clerk: "ana", name: "Ana", hasPin: false },
      { clerk: "li", name: "小李", hasPin: false, rights: ["sell"] },
    ],
  });
  expect(first.all("welcome")[0]?.welcome.items).toHaveLength(4);
  expect(first.all("view")[0]).toMatchObject({
    clerk: "",
    order: null,
    last: null,
    status: { light: "amber" },
  });
});

test("what headquarters changed of the catalogue reaches a page as a new welcome, once", async () => {
  const catalogue = catalogueOf(SMALL_CATALOGUE);
  let items = catalogue.items;
  const live: Catalogue = {
    ...catalogue,
    get items() {
      return items;
    },
  };
  const { page, timers } = await served({ catalogue: live });
  const first = page().hello();
  items = items.map((item) => ({ ...item, unitPriceMinor: minor(1900), priceVersion: 2 }));
  timers.advance(60_000);
  timers.advance(60_000);
  expect(first.all("welcome").map(({ welcome }) => welcome.items[0]?.priceMinor)).toEqual([1800, 1900]);
});

test("a tap's answer comes after the view that holds its effect, and only what changed is sent", async () => {
  const { page } = await served();
  const first = page().hello();
  await first.taps(signOn);
  const told = await first.taps(coffee);
  expect(told.map(({ kind }) => kind)).toEqual(["view", "answer"]);
  expect(told[0]).not.toHaveProperty("last");
  expect(told[0]).toMatchObject({ order: { totalMinor: 1800 }, status: { unsentCount: 4 } });
  expect(told[1]).toEqual({ kind: "answer", n: 2, refusal: null });
});

test("every page sees a tap of any page, in one push for a burst", async () => {
  const { page, timers } = await served();
  const first = page().hello();
  const second = page().hello();
  await first.taps(signOn);
  timers.advance(100);
  const from = second.messages.length;
  for (let count = 0; count < 5; count += 1) await first.taps(coffee);
  expect(second.order).toMatchObject({ totalMinor: 9000 });
  const changes = second.messages.length - from;
  timers.advance(100);
  expect(changes).toBe(5);
  expect(second.messages).toHaveLength(from + changes);
});

test("changes that no page asked for are pushed once for a burst", async () => {
  const { page, timers, loop, status } = await served();
  const first = page().hello();
  await settled();
  const from = first.messages.length;
  for (let count = 0; count < 10; count += 1) {
    await loop.submit({ type: "sign_on", clerk: "ana" as never, attempt: null });
    status.tell();
  }
  expect(first.messages).toHaveLength(from);
  timers.advance(100);
  expect(first.messages).toHaveLength(from + 1);
  expect(first.status).toMatchObject({ unsentCount: 11 });
});

test("money is shown only when it is on disk", async () => {
  const { page, timers, journal } = await served();
  const first = page().hello();
  const second = page().hello();
  await first.taps(signOn);
  await first.taps(coffee);
  const order = first.order?.order;
  journal.isHeld = true;
  const told = await first.taps({ type: "take_cash", order, handedMinor: 2000, leftMinor: null });
  expect(told).toEqual([]);
  timers.advance(1000);
  await settled();
  const late = page().hello();
  for (const each of [first, second, late]) {
    expect(each.order).toMatchObject({ order, phase: "open", totalMinor: 1800 });
    expect(each.last).toBeNull();
    expect(each.status?.light).toBe("red");
  }
  journal.release();
  await settled();
  expect(first.messages.at(-1)).toEqual({ kind: "answer", n: 3, refusal: null });
  expect(first.order).toBeNull();
  expect(first.last).toMatchObject({ totalMinor: 1800, changeMinor: 200 });
  expect(late.last).toMatchObject({ changeMinor: 200 });
});

test("money that never reaches the disk is never shown: journal/failed in words, also to a page that comes later", async () => {
  const { page, timers, journal } = await served();
  const first = page().hello("zh");
  await first.taps(signOn);
  await first.taps(coffee);
  const order = first.order?.order;
  journal.isHeld = true;
  await first.taps({ type: "take_cash", order, handedMinor: 1800, leftMinor: null });
  journal.fail();
  await settled();
  timers.advance(1000);
  expect(first.messages.findLast(({ kind }) => kind === "answer")).toMatchObject({
    n: 3,
    refusal: { code: "journal/failed" },
  });
  expect(first.all("answer").at(-1)?.refusal?.sentence).toContain("停止在本机销售");
  const late = page().hello();
  for (const each of [first, late]) {
    expect(each.order).toMatchObject({ order, phase: "open" });
    expect(each.last).toBeNull();
    expect(each.status).toMatchObject({ disk: "failed", light: "red" });
  }
  first.opens({ panel: "orders" });
  expect(first.all("orders").at(-1)?.orders).toMatchObject([{ isStored: false }]);
});

test("a refusal is told in the page's language with its code", async () => {
  const { page } = await served();
  const english = page().hello("en");
  const [answer] = await english.taps(coffee);
  expect(answer).toMatchObject({ n: 1, refusal: { code: "clerk/not_signed_on" } });
  const chinese = page().hello("zh");
  await chinese.taps(coffee);
  expect(chinese.all("answer")[0]?.refusal?.sentence).toContain("尚未登录");
});

test("a second hello changes the language and nothing else; the next page begins with it", async () => {
  const { page } = await served();
  const first = page().hello("en");
  await first.taps(signOn);
  first.hello("zh");
  expect(first.all("welcome").map(({ welcome }) => welcome.language)).toEqual(["en", "zh"]);
  expect(first.clerk).toBe("ana");
  expect(page().hello().all("welcome")[0]?.welcome).toMatchObject({ language: "zh" });
});

test("a tap that is sent again, on the same connection or the next, has one effect and one more answer", async () => {
  const { server, page, loop } = await served();
  const first = page().hello();
  await first.taps(signOn, 1);
  await first.taps(coffee, 2);
  await first.taps(coffee, 2);
  first.leaves();
  const again = new TestPage(server, 1).hello();
  await again.taps(signOn, 1);
  await again.taps(coffee, 2);
  expect(again.all("answer")).toHaveLength(2);
  expect(again.order).toMatchObject({ itemCount: 1, totalMinor: 1800 });
  expect(loop.state.orders.size).toBe(1);
});

test("what cannot be read gets its code, and the tenth closes that page only", async () => {
  const { page } = await served();
  const bad = page();
  const good = page().hello();
  bad.says({ kind: "open", panel: { panel: "orders" } });
  expect(bad.all("fault")[0]).toMatchObject({ code: "wire/hello_missing" });
  bad.hello("zh");
  bad.says("{");
  bad.says({ kind: "bye" });
  bad.says({ kind: "command", n: 1, clerk: "", command: { type: "finish_print" } });
  expect(bad.all("fault").map(({ code }) => code)).toEqual([
    "wire/hello_missing",
    "wire/not_json",
    "wire/unknown_kind",
    "wire/unknown_command",
  ]);
  expect(bad.all("fault").at(-1)?.sentence).toContain("未作任何更改");
  for (let count = 4; count < PAGE_FAULTS_COUNT_MAX; count += 1) {
    expect(bad.closedWith).toBeNull();
    bad.says("[]");
  }
  expect(bad.closedWith).toBe(1008);
  const from = bad.messages.length;
  bad.hello();
  expect(bad.messages).toHaveLength(from);
  await good.taps(signOn);
  expect(good.closedWith).toBeNull();
  expect(good.all("answer")).toHaveLength(1);
});

test("more messages in a second than a clerk can make close that page with wire/too_many_messages", async () => {
  const { page, clock } = await served();
  const fast = page().hello();
  for (let count = 1; count < PAGE_MESSAGES_PER_SECOND_COUNT_MAX; count += 1)
    fast.says({ kind: "open", panel: { panel: "none" } });
  expect(fast.closedWith).toBeNull();
  fast.says({ kind: "open", panel: { panel: "none" } });
  expect(fast.all("fault").at(-1)).toMatchObject({ code: "wire/too_many_messages" });
  expect(fast.closedWith).toBe(1008);

  const steady = page().hello();
  for (let second = 0; second < 3; second += 1) {
    for (let count = 1; count < PAGE_MESSAGES_PER_SECOND_COUNT_MAX; count += 1)
      steady.says({ kind: "open", panel: { panel: "none" } });
    clock.nowMs += 1000;
  }
  expect(steady.closedWith).toBeNull();
});

test("a page that does not read is cut off", async () => {
  const { page } = await served();
  const slow = page();
  slow.bufferedBytes = PAGE_BUFFERED_BYTES_MAX + 1;
  slow.hello();
  expect(slow.closedWith).toBe(1008);
});

test("the list of today is sent while it is open, and follows what happens", async () => {
  const { page, timers } = await served();
  const first = page().hello();
  await first.taps(signOn);
  expect(first.all("orders")).toEqual([]);
  first.says({ kind: "open", panel: { panel: "orders" } });
  expect(first.all("orders").at(-1)?.orders).toEqual([]);
  await first.taps(coffee);
  expect(first.all("orders").at(-1)?.orders).toMatchObject([{ phase: "open", totalMinor: 1800 }]);
  first.says({ kind: "open", panel: { panel: "none" } });
  const count = first.all("orders").length;
  await first.taps(coffee);
  timers.advance(100);
  expect(first.all("orders")).toHaveLength(count);
});

test("each panel is sent while it is open, and again when it changed", async () => {
  const { page } = await served();
  const till = page().hello();
  await till.taps(signOn);
  await till.taps(coffee);
  const order = till.order?.order ?? ("" as never);
  till.opens({ panel: "order", order });
  expect(till.panel("order")).toMatchObject({ order, content: { openTotalMinor: 1800 } });
  await till.taps(coffee);
  expect(till.panel("order")).toMatchObject({ content: { openTotalMinor: 3600 } });
  till.opens({ panel: "shift" });
  expect(till.panel("shift")?.content).toMatchObject({ open: [], freeDrawers: ["1"] });
  till.opens({ panel: "stock" });
  expect(till.panel("stock")?.content.items).toHaveLength(4);
  till.opens({ panel: "settings" });
  await settled();
  till.opens({ panel: "settings" });
  expect(till.panel("settings")?.content).toMatchObject({ printer: null });
  const count = till.all("panel").length;
  till.opens({ panel: "none" });
  await till.taps({ type: "set_sold_out", sku: "101", isSoldOut: true });
  expect(till.all("panel")).toHaveLength(count);
  till.opens({ panel: "order", order: "till-9/00000000000000a1/9" as never });
  expect(till.panel("order")).toMatchObject({ content: null });
});

test("a page at which nobody is signed on is told of its health and of no other panel", async () => {
  const { page } = await served();
  const till = page().hello();
  for (const panel of ["orders", "shift", "stock", "settings"] as const) till.opens({ panel });
  await settled();
  expect([...till.all("panel"), ...till.all("orders")]).toEqual([]);
  till.opens({ panel: "health" });
  expect(till.panel("health")?.content).toMatchObject({ terminal: "till-1", isSafeToSwap: false });
  till.opens({ panel: "orders" });
  await till.taps(signOn);
  expect(till.all("orders")).toHaveLength(1);
  await till.taps({ type: "sign_off", clerk: "ana" });
  await page()
    .hello()
    .taps({ ...signOn, clerk: "li" });
  expect(till.all("orders")).toHaveLength(1);
});

test("money that is not on disk is in no panel: the shift stands still and the order waits", async () => {
  const { page, journal, timers, drawers } = await shiftShop();
  const till = page().hello();
  await till.taps(signOn);
  await till.taps({ type: "open_shift", drawer: drawers[0], floatMinor: 10_000 });
  await till.taps(coffee);
  const order = till.order?.order ?? ("" as never);
  till.opens({ panel: "shift" });
  expect(till.panel("shift")?.content.open).toMatchObject([{ saleCount: 0 }]);
  journal.isHeld = true;
  await till.taps({ type: "take_cash", order, handedMinor: 2000, leftMinor: 1800 });
  timers.advance(1000);
  expect(till.panel("shift")?.content.open).toMatchObject([{ saleCount: 0 }]);
  till.opens({ panel: "order", order });
  expect(till.panel("order")).toBeUndefined();
  till.opens({ panel: "shift" });
  expect(till.panel("shift")?.content.open).toMatchObject([{ saleCount: 0 }]);
  till.opens({ panel: "health" });
  expect(till.panel("health")).toBeDefined();
  till.opens({ panel: "order", order });
  journal.release();
  await settled();
  expect(till.panel("order")).toMatchObject({ content: { phase: "closed" } });
  till.opens({ panel: "shift" });
  expect(till.panel("shift")?.content.open).toMatchObject([{ saleCount: 1, counted: null }]);
});

test("after the disk failed, an order that is wholly on disk can still be looked at", async () => {
  const { page, journal } = await served();
  const till = page().hello();
  await till.taps(signOn);
  await till.taps(coffee);
  const stored = till.order?.order ?? ("" as never);
  await till.taps({ type: "take_cash", order: stored, handedMinor: 1800, leftMinor: null });
  await till.taps(coffee);
  const lost = till.order?.order ?? ("" as never);
  journal.isHeld = true;
  await till.taps({ type: "take_cash", order: lost, handedMinor: 1800, leftMinor: null });
  journal.fail();
  await settled();
  till.opens({ panel: "order", order: lost });
  expect(till.panel("order")).toBeUndefined();
  till.opens({ panel: "order", order: stored });
  expect(till.panel("order")).toMatchObject({ order: stored, content: { phase: "closed" } });
});

test("money that was lost while somebody trained is not shown when training ends", async () => {
  const { page, journal, training } = await served();
  const till = page().hello();
  await till.taps(signOn);
  await till.taps(coffee);
  const { order } = till.order ?? { order: "" };
  journal.isHeld = true;
  await till.taps({ type: "take_cash", order, handedMinor: 1800, leftMinor: null });
  await training.enter();
  expect(till.order).toBeNull();
  journal.fail();
  await training.leave();
  await settled();
  expect(till.order).toMatchObject({ order, phase: "open" });
  expect(till.last).toBeNull();
});

test("an item that is taken off sale is told to every page", async () => {
  const { page, timers } = await served();
  const first = page().hello();
  const second = page().hello();
  await first.taps(signOn);
  await first.taps({ type: "set_sold_out", sku: "101", isSoldOut: true });
  timers.advance(100);
  for (const each of [first, second])
    expect(each.all("view").findLast(({ availability }) => availability !== undefined)).toMatchObject({
      availability: [{ sku: "101", isSoldOut: true }],
    });
  await first.taps(coffee);
  expect(first.refusal).toMatchObject({ code: "item/sold_out" });
});

test("the stock panel follows what was set and what headquarters says, and is sent once for each", async () => {
  const { page, status } = await served();
  const till = page().hello();
  await till.taps(signOn);
  till.opens({ panel: "stock" });
  const sent = () => till.all("panel").length;
  await till.taps(coffee);
  expect(sent()).toBe(1);
  await till.taps({ type: "set_sold_out", sku: "201", isSoldOut: true });
  expect(till.panel("stock")?.content.items.filter((item) => item.isSoldOut)).toHaveLength(2);
  status.lowItems = [{ sku: "101", levelMilli: 3000, targetMilli: 10_000 }];
  await till.taps(coffee);
  expect(till.panel("stock")?.content.alerts).toEqual(status.lowItems);
  expect(sent()).toBe(3);
  till.opens({ panel: "stock" });
  expect(sent()).toBe(4);
});

test("settings that cannot be looked up go to the supervisor", async () => {
  const { page, printer, bugs } = await served();
  const bug = new Error("a contradiction");
  printer.settings = () => Promise.reject(bug);
  const till = page().hello();
  await till.taps(signOn);
  till.opens({ panel: "settings" });
  await settled();
  expect(bugs).toEqual([bug]);
});

test("the time on the strip moves by itself", async () => {
  const { page, timers, clock, server } = await served();
  const first = page().hello();
  expect(first.status?.timeText).toBe("08:26");
  clock.nowMs += 60_000;
  timers.advance(60_000);
  expect(first.status?.timeText).toBe("08:27");
  clock.nowMs += 60_000;
  timers.advance(60_000);
  expect(first.status?.timeText).toBe("08:28");
  server.close();
  expect(timers.armedCount).toBe(0);
});

test("closing ends every connection and listens to nothing more", async () => {
  const { page, server, loop, timers } = await served();
  const first = page().hello();
  server.close();
  expect(first.closedWith).toBe(1001);
  const count = first.messages.length;
  await loop.submit({ type: "sign_on", clerk: "ana" as never, attempt: null });
  timers.advance(60_000);
  expect(first.messages).toHaveLength(count);
  server.close();
});

test("a Bug behind a tap goes to the supervisor and is not answered", async () => {
  const { page, bugs, journal } = await served();
  const first = page().hello();
  const bug = new Error("a contradiction");
  journal.append = () => {
    throw bug;
  };
  expect(await first.taps(signOn)).toEqual([]);
  expect(bugs).toEqual([bug]);
});
