/**
 * What a clerk's flows cost in taps, counted as pointerdown in the page: in both languages, both heights
 * and for either hand. Scans are not taps; the digits of a PIN are counted apart.
 */
import { expect, test } from "vitest";

import { receiptCode } from "../../core/receipt/layout.ts";
import { GUARD_PASSED_MS } from "../../tools/standard-day/hands.ts";
import { BARCODE_101, SIZES, take, useHands } from "../support/screen-hand.ts";
import type { Hand } from "../support/screen-hand.ts";
import { ScriptedReader } from "../support/scripted-reader.ts";

useHands();

const EVERYWHERE = SIZES.flatMap(([language, height]) =>
  (["right", "left"] as const).map((side) => [language, height, side] as const),
);

/** The taps of `run`, which begins as a clerk begins: not within the guard of what was tapped before. */
async function tapsOf(hand: Hand, run: () => Promise<unknown>): Promise<number> {
  await hand.page.waitForTimeout(GUARD_PASSED_MS);
  const before = await hand.tapCount();
  await run();
  return (await hand.tapCount()) - before;
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

test.for(EVERYWHERE)(
  "cash exact takes 2 taps, with a note 3, a line off 2, reprint 2, refund 3, and safety 1 (%s, height %i, %s hand)",
  async ([language, height, side], { skip }) => {
    const hand = await take(skip, { language, height, hand: side });
    const isSold = (total: number) => expect.poll(() => hand.last()?.totalMinor).toBe(total);

    const exact = await tapsOf(hand, async () => {
      await hand.tap("item-101", "cash-exact");
      await hand.shown("done");
    });
    expect(exact, "cash exact").toBe(2);
    expect(hand.last()).toMatchObject({ totalMinor: 1800, handedMinor: 1800, changeMinor: 0 });

    const withNote = await tapsOf(hand, async () => {
      await hand.tap("item-104", "pay");
      await hand.page.waitForTimeout(GUARD_PASSED_MS);
      await hand.tap("note-5000");
      await hand.shown("done");
    });
    expect(withNote, "cash with a note").toBe(3);
    expect(await hand.text("change")).toBe("¥22.00");
    await isSold(2800);

    await hand.tapSlowly("item-101");
    await hand.tap("item-106");
    await hand.page.locator('[data-id="undo"]:enabled').waitFor();
    const lineOff = await tapsOf(hand, async () => {
      await hand.tap("cart", "remove");
      await expect.poll(() => hand.order()?.lines.map(({ sku }) => sku)).toEqual(["106"]);
    });
    expect(lineOff, "a line off").toBe(2);
    await hand.tap("sheet-close");
    await hand.tapSlowly("cash-exact");
    await hand.shown("done");

    const printCount = (): number =>
      hand.terminal.effects.filter(({ type }) => type === "print_receipt").length;
    const printedBefore = printCount();
    const reprinted = await tapsOf(hand, async () => {
      await hand.tap("orders", "reprint-last");
      await expect.poll(printCount).toBe(printedBefore + 1);
    });
    expect(reprinted, "reprint the last").toBe(2);
    await hand.tapSlowly("back");

    const safe = await tapsOf(hand, async () => {
      await hand.tap("strip");
      await hand.shown("sheet-health");
    });
    expect(safe, "is my data safe").toBe(1);
    await hand.tap("sheet-close");

    await hand.tapSlowly("item-101");
    await hand.tap("item-104");
    await hand.page.locator('[data-id="undo"]:enabled').waitFor();
    await hand.tapSlowly("cash-exact");
    await hand.shown("done");
    const refunded = await tapsOf(hand, async () => {
      await hand.scan(newestReceiptCode(hand));
      await hand.tap("refund", "reason-reason_damaged", "refund-confirm");
      await hand.shown("done");
    });
    expect(refunded, "refund a whole receipt").toBe(3);
    await isSold(-4600);
    expect(await hand.text("done")).toContain("¥46.00");
  },
);

test.for(EVERYWHERE)(
  "goods by scan and the customer's card take 1 tap where the reader waits by itself, 2 where it is asked (%s, height %i, %s hand)",
  async ([language, height, side], { skip }) => {
    for (const armsReader of [true, false]) {
      const reader = new ScriptedReader();
      const terminal = { readers: new Map([["1", reader]]), armsReader };
      const hand = await take(skip, { language, height, hand: side, terminal });
      const paid = await tapsOf(hand, async () => {
        await hand.scan(BARCODE_101);
        await hand.tap("pay");
        if (!armsReader) await hand.tapSlowly("reader-1");
        await expect.poll(() => reader.requests.length).toBe(1);
        const result = reader.result();
        await reader.desk.take(result);
        reader.end({ kind: "captured", reference: result.reference });
        await hand.shown("done");
      });
      expect(paid, armsReader ? "armed" : "asked").toBe(armsReader ? 1 : 2);
      expect(hand.last()).toMatchObject({ totalMinor: 1800, changeMinor: 0 });
    }
  },
);
