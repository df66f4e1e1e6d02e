/**
 * A reader's end of day on the real screen: what its totals and the journal do not agree about is named,
 * shown after the close, and stays in Health until the next one.
 */
import { expect, test } from "vitest";

import { minor } from "../../core/money.ts";
import type { Hand } from "../support/screen-hand.ts";
import { SIZES, take, useHands } from "../support/screen-hand.ts";
import { AT_REST_MS } from "../support/screen-walk.ts";
import { expectUsable } from "../support/screen-look.ts";
import { ScriptedReader } from "../support/scripted-reader.ts";

useHands();

/** Sheets rise for a moment. */
async function atRest(hand: Hand): Promise<void> {
  await hand.page.waitForTimeout(AT_REST_MS);
}

async function payByCard(hand: Hand, reader: ScriptedReader): Promise<void> {
  const before = reader.requests.length;
  await hand.tap("item-101");
  await hand.tapSlowly("pay", "reader-1");
  await expect.poll(() => reader.requests.length).toBe(before + 1);
  const result = reader.result();
  await reader.desk.take(result);
  reader.end({ kind: "captured", reference: result.reference });
  await hand.shown("done");
}

test.for(SIZES)(
  "the end of a reader's day names its differences, and Health keeps them (%s, height %i)",
  async ([language, height], { skip }) => {
    const reader = new ScriptedReader();
    const hand = await take(skip, { language, height, terminal: { readers: new Map([["1", reader]]) } });
    await payByCard(hand, reader);
    reader.dayEnd = {
      kind: "closed",
      serial: "68001234",
      totals: [
        { brand: "girocard", count: 0, amountMinor: 0 },
        { brand: "Visa", count: 1, amountMinor: minor(4200) },
      ],
    };
    await hand.tapSlowly("strip");
    await hand.tapSlowly("close-day-1");
    await hand.shown("sheet-reader-day");
    await hand.shown("day-case-journal_more");
    await hand.shown("day-case-reader_more");
    await atRest(hand);
    await expectUsable(hand.page);
    expect(await hand.page.locator('[data-id="day-says"]').getAttribute("data-count")).toBe("2");
    expect(await hand.text("sheet-reader-day")).toContain("¥18.00");
    expect(await hand.text("sheet-reader-day")).toContain("¥42.00");
    await hand.tap("sheet-close");
    await hand.page.reload();
    await hand.shown("clerk-ana");
    await hand.tapSlowly("strip");
    await hand.shown("sheet-health");
    expect(await hand.page.locator('[data-id="reader-day-1"]').count()).toBe(0);
    await hand.tap("sheet-close", "clerk-ana");
    await hand.shown("item-101");
    await hand.tapSlowly("strip");
    await hand.shown("reader-day-1");
    await atRest(hand);
    await expectUsable(hand.page);
    await hand.tapSlowly("reader-day-1");
    await hand.shown("day-case-journal_more");
    await hand.tap("sheet-close");

    await payByCard(hand, reader);
    reader.dayEnd = {
      kind: "closed",
      serial: "68001234",
      totals: [{ brand: "girocard", count: 1, amountMinor: 1800 }],
    };
    await hand.tapSlowly("strip");
    await hand.tapSlowly("close-day-1");
    await expect.poll(() => hand.page.locator('[data-id="day-says"]').getAttribute("data-count")).toBe("0");
  },
);
