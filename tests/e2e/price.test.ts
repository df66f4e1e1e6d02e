/**
 * Orders that are sold by rules, on the real screen: a 满减 at its bar, why a line costs what it costs, a
 * clerk's discount, a coupon, a tip; what is shown is what is paid. In both languages.
 */
import { expect, test } from "vitest";

import { rulesFrom, sourceOf } from "../support/priced-shop.ts";
import { take, useHands } from "../support/screen-hand.ts";
import type { Hand } from "../support/screen-hand.ts";
import { expectAccessible, expectReadable, expectTouchable, expectWhole } from "../support/screen-look.ts";

useHands();

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
    {
      id: "c5",
      nameEn: "Coupon 5.00",
      nameZh: "5元券",
      kind: "spend_once",
      offMinor: 500,
      couponCodes: ["AUTUMN5"],
    },
  ],
  priceLists: [{ id: "happy", prices: [{ sku: "103", priceMinor: 2000 }] }],
  rounding: { form: "drop_tenths", giftMinorMax: 99 },
  tips: { presetsPpm: [100_000, 180_000] },
};
const pricing = sourceOf(rulesFrom(RULES, 7));

async function looksRight(hand: Hand): Promise<void> {
  // A sheet fades in.
  const isStill = "document.getAnimations().every((its) => its.playState === 'finished')";
  await expect.poll(() => hand.page.evaluate<boolean>(isStill)).toBe(true);
  await expectTouchable(hand.page);
  await expectReadable(hand.page);
  await expectWhole(hand.page);
  await expectAccessible(hand.page);
}

test.for(["en", "zh"] as const)(
  "a sale by rules is shown, explained and paid to the cent (%s)",
  async (language, { skip }) => {
    const hand = await take(skip, { language, terminal: { pricing } });
    // 18.00 and 20.00 from the price list: below the bar.
    await hand.tap("item-101", "item-103");
    await expect.poll(() => hand.text("pay")).toContain("38.00");
    await hand.tap("item-101");
    // 56.00 reaches it.
    await expect.poll(() => hand.text("pay")).toContain("46.00");
    await hand.tap("cart");
    expect(await hand.text("price-rows")).toContain("-¥10.00");
    await looksRight(hand);
    await hand.tap("line");
    await hand.shown("price-steps");
    const why = await hand.text("price-steps");
    for (const part of ["10", "60", "-¥", language === "en" ? "By rules 7" : "按价格规则 7"])
      expect(why).toContain(part);
    await looksRight(hand);
    await hand.tap("line-discount", "percent-10", "reason-reason_damaged");
    await looksRight(hand);
    await hand.tapSlowly("discount-confirm");
    await hand.shown("sheet-cart");
    await expect.poll(() => hand.text("price-rows")).toContain("-¥3.60");
    await hand.tap("price");
    await looksRight(hand);
    await hand.page.locator('[data-id="coupon-text"]').fill("autumn5");
    await hand.tapSlowly("coupon-enter");
    await expect.poll(() => hand.text("price-rows")).toContain("AUTUMN5");
    await hand.tapSlowly("tip-100000");
    await hand.tapSlowly("round");
    await expect.poll(() => hand.text("price-rows")).toContain("-¥0.93");
    await expect.poll(() => hand.text("price-rows")).toContain("¥3.53");
    const total = await hand.text("price-rows");
    await hand.tap("price-done", "sheet-close");
    const shown = await hand.text("pay");
    const amount = /¥([0-9.]+)/.exec(shown)?.[1] ?? "";
    expect(total).toContain(`¥${amount}`);
    await hand.tapSlowly("cash-exact");
    await expect.poll(() => hand.last()?.totalMinor).toBe(Math.round(Number(amount) * 100));
    // 56.00 - 3.60 - 10.00 - 5.00 = 37.40, a tip of 3.53 on 35.28 before tax, and 0.93 rounded off.
    expect(hand.last()?.totalMinor).toBe(4000);
  },
);

test("a discount that is tapped away is gone, and the sum is what it was", async ({ skip }) => {
  const hand = await take(skip, { terminal: { pricing } });
  await hand.tap("item-101", "cart", "price", "discount", "percent-50", "reason-reason_regular");
  await hand.tapSlowly("discount-confirm");
  await hand.shown("price-discount");
  expect(await hand.text("price-rows")).toContain("-¥9.00");
  await hand.tapSlowly("withdraw");
  await hand.gone("price-discount");
  expect(await hand.text("cart-pay")).toContain("18.00");
});
