/**
 * A counter that sells by rules, on the real screen: labels of a scale, a 满减 at its bar and below it, why a
 * line costs what it costs, returns in part, a service charge with a tip, and a card beside rounded cash.
 */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";

import { minor } from "../../core/money.ts";
import type { Check } from "../../core/order/types.ts";
import { receiptCode } from "../../core/receipt/layout.ts";
import { checkDigitFor } from "../../drivers/scanner/check-digit.ts";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import { createScale } from "../../drivers/scale/driver.ts";
import { machineTimers } from "../../runtime/adapters/machine.ts";
import { openScaleStation } from "../../runtime/scale/desk.ts";
import { COUNTER_SCALE } from "../../tools/sim/scale/model.ts";
import { startVirtualScale } from "../../tools/sim/scale/server.ts";
import { rulesFrom, sourceOf } from "../support/priced-shop.ts";
import { take, useHands } from "../support/screen-hand.ts";
import type { Hand } from "../support/screen-hand.ts";
import { expectAccessible, expectReadable, expectTouchable, expectWhole } from "../support/screen-look.ts";
import { ScriptedReader } from "../support/scripted-reader.ts";

useHands();

/** Set to draw the pictures of the documentation anew. */
const isDrawing = process.env["PICTURES"] !== undefined;
const PICTURES = new URL("../../docs/pictures/", import.meta.url);
const PICTURE_NAMES = ["price-bar", "price-why", "price-fees", "price-mixed", "price-return"] as const;
const LANGUAGES = ["en", "zh"] as const;

const RULES = {
  promotions: [
    {
      id: "m50",
      nameEn: "10 off 50",
      nameZh: "满50减10",
      kind: "spend_once",
      barMinor: 5000,
      offMinor: 1000,
    },
  ],
  fees: [
    {
      id: "service",
      nameEn: "Service",
      nameZh: "服务费",
      ratePpm: 100_000,
      taxPpm: 60_000,
      guestCountMin: 2,
    },
  ],
  tips: { presetsPpm: [100_000, 150_000] },
};
const pricingIn = (language: "en" | "zh") => sourceOf(rulesFrom(RULES, 3, language));

/** A label of the shop's scale: "22" says a price in fen, "21" a weight in grams, of item 00601. */
function label(prefix: "21" | "22", value: number): string {
  const digits = `${prefix}00601${String(value).padStart(5, "0")}`;
  return `${digits}${checkDigitFor(digits)}`;
}

async function look(hand: Hand, name: (typeof PICTURE_NAMES)[number], language: string): Promise<void> {
  // A sheet fades in.
  const isStill = "document.getAnimations().every((its) => its.playState === 'finished')";
  await expect.poll(() => hand.page.evaluate<boolean>(isStill)).toBe(true);
  const path = new URL(`${name}.${language}.png`, PICTURES).pathname;
  if (isDrawing) await hand.page.screenshot({ path, scale: "css" });
  await expectTouchable(hand.page);
  await expectReadable(hand.page);
  await expectWhole(hand.page);
  await expectAccessible(hand.page);
}

async function due(hand: Hand, text: string): Promise<void> {
  await expect.poll(() => hand.text("pay")).toContain(text);
}

function soldCheck({ terminal }: Hand): Check {
  const sales = [...terminal.loop.state.orders.values()].filter(({ order }) => order.kind === "sale");
  const check = sales.at(-1)?.order.checks.at(-1);
  if (check === undefined) throw new Error("Nothing was sold");
  return check;
}

async function toRefund(hand: Hand): Promise<void> {
  const [closing] = soldCheck(hand).closings;
  if (closing === undefined) throw new Error("Nothing was paid");
  await hand.scan(receiptCode(closing));
  await hand.tapSlowly("refund");
  await hand.shown("refund-amount");
}

test.for(LANGUAGES)(
  "a label's price is sold, a 满减 comes at its bar and goes with a line, a line says why, and what comes back is what was paid for it (%s)",
  async (language, { skip }) => {
    const hand = await take(skip, { language, terminal: { pricing: pricingIn(language) } });
    await hand.scan(label("22", 3520));
    await due(hand, "35.20");
    await hand.tapSlowly("item-101");
    // 53.20 is above the bar of 50.
    await due(hand, "43.20");
    await hand.tap("cart");
    expect(await hand.text("price-rows")).toContain("-¥10.00");
    await look(hand, "price-bar", language);
    const tapCount = await hand.tapCount();
    await hand.tap("line");
    await hand.shown("price-steps");
    expect((await hand.tapCount()) - tapCount).toBe(1);
    const why = await hand.text("price-steps");
    for (const part of [language === "en" ? "10 off 50" : "满50减10", "-¥6.62", "¥28.58"])
      expect(why).toContain(part);
    await look(hand, "price-why", language);
    await hand.tap("save-note");
    await hand.page.locator('[data-id="remove"]').last().tap();
    await hand.gone("price-rows");
    expect(await hand.text("cart-pay")).toContain("35.20");
    await hand.tap("sheet-close");
    await hand.tapSlowly("item-101", "item-101");
    await due(hand, "61.20");
    await hand.tapSlowly("cash-exact");
    await hand.shown("done");

    // 10.00 fell on 35.20 and 36.00 as 4.94 and 5.06: a coffee of the two cost 15.47.
    await toRefund(hand);
    expect(await hand.text("refund-amount")).toBe("¥61.20");
    await hand.page.locator('[data-id="minus"]').first().tap();
    await hand.page.locator('[data-id="minus"]').last().tap();
    expect(await hand.text("refund-amount")).toBe("¥15.47");
    await hand.tap("reason-reason_unwanted");
    await look(hand, "price-return", language);
    await hand.tapSlowly("refund-confirm");
    await expect.poll(() => hand.last()?.totalMinor).toBe(-1547);
    await hand.shown("done");
    await toRefund(hand);
    expect(await hand.text("refund-amount")).toBe("¥45.73");
    await hand.tap("reason-reason_unwanted");
    await hand.tapSlowly("refund-confirm");
    await expect.poll(() => hand.last()?.totalMinor).toBe(-4573);
  },
);

test.for(LANGUAGES)(
  "guests pay a service charge and a tip by card and rounded cash, and a return goes back the ways it came (%s)",
  async (language, { skip }) => {
    const reader = new ScriptedReader();
    const terminal = {
      pricing: pricingIn(language),
      readers: new Map([["1", reader]]),
      cashRounding: { incrementMinor: minor(10), tie: "up" as const },
    };
    const hand = await take(skip, { language, terminal });
    // 0.350 kg at 32.00.
    await hand.scan(label("21", 350));
    await due(hand, "11.20");
    await hand.tapSlowly("item-104", "item-104");
    await due(hand, "57.20");
    await hand.tap("cart", "price");
    await hand.page.locator('[data-id="guests-text"]').fill("2");
    await hand.tapSlowly("guests-enter");
    await hand.shown("price-fee");
    expect(await hand.text("price-fee")).toContain("¥5.72");
    await hand.tapSlowly("tip-100000");
    await expect.poll(() => hand.text("price-tip")).toContain("¥5.40");
    await look(hand, "price-fees", language);
    await hand.tap("price-done", "sheet-close");
    await hand.tapSlowly("pay");
    await hand.tap("key-2", "key-0", "key-00");
    await hand.tapSlowly("reader-1");
    await expect.poll(() => reader.requests.at(-1)?.amountMinor).toBe(2000);
    await reader.desk.take(reader.result());
    reader.end({ kind: "captured", reference: reader.result().reference });
    await expect.poll(() => hand.order()?.takenMinor).toBe(2000);
    // 68.32 less 20.00 by card, in coins of 0.10.
    await expect.poll(() => hand.text("due")).toBe("¥48.30");
    await look(hand, "price-mixed", language);
    await hand.tapSlowly("note-4830");
    await hand.shown("done");
    const check = soldCheck(hand);
    expect(check.closings[0]?.facts).toMatchObject({ totalMinor: 6832, roundingMinor: -2 });
    expect(check.tenders.map(({ method, amountMinor }) => `${method} ${amountMinor}`)).toEqual([
      "card 2000",
      "cash 4830",
    ]);

    // 8.33 of the 满减 fell on 56.00: a latte of the two cost 23.84, its service charge stays.
    await toRefund(hand);
    await hand.page.locator('[data-id="minus"]').first().tap();
    await hand.page.locator('[data-id="minus"]').last().tap();
    expect(await hand.text("refund-amount")).toBe("¥23.80");
    await hand.tap("reason-reason_unwanted");
    await hand.tapSlowly("refund-confirm");
    await expect.poll(() => reader.requests.length).toBe(2);
    expect(reader.requests.at(-1)).toMatchObject({ kind: "refund", amountMinor: 2000, original: "1:ref" });
    await reader.desk.take(reader.result());
    reader.end({ kind: "captured", reference: reader.result().reference });
    // What cash gives back is rounded as it was taken.
    await expect.poll(() => hand.last()).toMatchObject({ totalMinor: -2384, handedMinor: -2380 });
  },
);

test.for(LANGUAGES)(
  "what lies on the scale counts towards the bar by its price, and is given back by its weight (%s)",
  async (language, { skip }) => {
    const virtual = await startVirtualScale(COUNTER_SCALE, { tcpPort: 0, pagePort: 0, pty: null });
    const limits = { connectTimeoutMs: 2000, writeTimeoutMs: 2000, queueBytesMax: 256 };
    const address = { host: "127.0.0.1", tcpPort: virtual.tcpPort, ...limits };
    const station = openScaleStation(
      (onAnswer) => createScale(() => createTcpPort(address, machineTimers), machineTimers, onAnswer),
      () => {},
    );
    try {
      const terminal = { pricing: pricingIn(language), scale: station };
      const hand = await take(skip, { language, skuByWeight: "101", terminal });
      virtual.model.put(1250);
      await hand.tap("item-101");
      // 1.250 kg at 18.00.
      await due(hand, "22.50");
      await hand.tapSlowly("item-104");
      // 50.50 reaches the bar: 4.46 and 5.54 of its 10.00.
      await due(hand, "40.50");
      await hand.tapSlowly("cash-exact");
      await hand.shown("done");
      await toRefund(hand);
      await hand.page.locator('[data-id="minus"]').last().tap();
      expect(await hand.text("refund-amount")).toBe("¥18.04");
      await hand.tap("reason-reason_unwanted");
      await hand.tapSlowly("refund-confirm");
      await expect.poll(() => hand.last()?.totalMinor).toBe(-1804);
    } finally {
      station.close();
      await virtual.close();
    }
  },
);

test("the pictures of the documentation show these screens in both languages", () => {
  const missing = PICTURE_NAMES.flatMap((name) => LANGUAGES.map((language) => `${name}.${language}.png`));
  expect(missing.filter((file) => !existsSync(new URL(file, PICTURES)))).toEqual([]);
});
