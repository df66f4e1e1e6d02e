/**
 * A shop whose reader waits for a card by itself: no tap for the card, and one tap for cash in its place,
 * which is taken only once the reader said that no money moved.
 */
import { expect, test } from "vitest";

import { expectUsable } from "../support/screen-look.ts";
import { BARCODE_101, SIZES, take, useHands } from "../support/screen-hand.ts";
import type { Hand } from "../support/screen-hand.ts";
import { ScriptedReader } from "../support/scripted-reader.ts";

useHands();

interface Armed {
  readonly hand: Hand;
  readonly reader: ScriptedReader;
}

async function armed(
  skip: (reason: string) => never,
  look: { readonly language?: "en" | "zh"; readonly height?: number } = {},
): Promise<Armed> {
  const reader = new ScriptedReader();
  const readers = new Map([["1", reader]]);
  const hand = await take(skip, { ...look, terminal: { readers, armsReader: true } });
  await hand.scan(BARCODE_101);
  await hand.shown("pay");
  await hand.tapSlowly("pay");
  await expect.poll(() => reader.requests.length).toBe(1);
  reader.desk.show({ step: "present_card", text: "", canCancel: true });
  await hand.shown("card-armed");
  return { hand, reader };
}

const cashTakenOf = (hand: Hand): number =>
  [...hand.terminal.loop.state.orders.values()]
    .flatMap(({ order }) => order.checks.flatMap((its) => its.tenders))
    .filter(({ method }) => method === "cash").length;

test.for(SIZES)(
  "a note takes the place of the card with one tap, once the reader ended (%s, height %i)",
  async ([language, height], { skip }) => {
    const { hand, reader } = await armed(skip, { language, height });
    await expectUsable(hand.page);
    await hand.tapSlowly("note-2000");
    await expect.poll(() => reader.cancelCount).toBe(1);
    await hand.shown("card-wait");
    expect(cashTakenOf(hand)).toBe(0);
    reader.end({ kind: "declined", code: "reader/cancelled", text: "" });
    await hand.shown("done");
    expect(hand.last()).toMatchObject({ totalMinor: 1800, changeMinor: 200 });
    expect(cashTakenOf(hand)).toBe(1);
  },
);

test("a card that is faster than the note pays, and the page says that no cash was taken", async ({
  skip,
}) => {
  const { hand, reader } = await armed(skip);
  await hand.tapSlowly("note-2000");
  await expect.poll(() => reader.cancelCount).toBe(1);
  const result = reader.result();
  await reader.desk.take(result);
  reader.end({ kind: "captured", reference: result.reference });
  await hand.shown("sheet-message");
  expect(await hand.text("sheet-message")).toContain("The cash was not taken");
  expect(hand.last()).toMatchObject({ totalMinor: 1800, changeMinor: 0 });
  expect(cashTakenOf(hand)).toBe(0);
});

test("a card that nobody knows of keeps the cash out", async ({ skip }) => {
  const { hand, reader } = await armed(skip);
  await hand.tapSlowly("note-2000");
  await expect.poll(() => reader.cancelCount).toBe(1);
  reader.end({ kind: "unknown", code: "reader/link_lost" });
  await hand.shown("sheet-message");
  expect(await hand.text("sheet-message")).toContain("Result unknown");
  await hand.tapSlowly("understood");
  await hand.shown("card-unknown");
  expect(cashTakenOf(hand)).toBe(0);
});

test("a part in cash arms the reader for the rest, and the way back ends it first", async ({ skip }) => {
  const { hand, reader } = await armed(skip);
  await hand.tap("key-1", "key-0", "key-00");
  await hand.tapSlowly("take");
  await expect.poll(() => reader.cancelCount).toBe(1);
  reader.end({ kind: "declined", code: "reader/cancelled", text: "" });
  await expect.poll(() => reader.requests.length).toBe(2);
  expect(reader.requests.at(-1)).toMatchObject({ amountMinor: 800 });
  const result = reader.result();
  await reader.desk.take(result);
  reader.end({ kind: "captured", reference: result.reference });
  await hand.shown("done");
  expect(cashTakenOf(hand)).toBe(1);

  await hand.scan(BARCODE_101);
  await hand.tapSlowly("pay");
  await expect.poll(() => reader.requests.length).toBe(3);
  await hand.shown("card-armed");
  await hand.tapSlowly("back");
  await expect.poll(() => reader.cancelCount).toBe(2);
  reader.end({ kind: "declined", code: "reader/cancelled", text: "" });
  await hand.shown("pay");
  await expect.poll(() => hand.order()?.phase).toBe("open");
});
