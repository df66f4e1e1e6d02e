/** No field for card data, where tenders and cards are spoken of. */
import { expect, test } from "vitest";
import { ALLOWED, cardData } from "../../../tools/tidy/card-data.ts";
import { PROJECT_ROOT } from "../../../tools/build/root.ts";
import { readTexts } from "../../../tools/tidy/walk.ts";
import { breaches } from "../../support/tidy-tree.ts";

test.each([
  ["drivers/reader/a.ts", "interface A { readonly pan: string }"],
  ["drivers/reader/zvt/a.ts", "const a = { track2: '' };"],
  ["core/tender/types.ts", "type A = { readonly cardNumber: string };"],
  ["core/types.ts", "interface A { readonly card: { readonly expiryDate: string } }"],
  ["runtime/reader/a.ts", "class A { readonly #x = 1; maskedPan = ''; }"],
  ["core/receipt/a.ts", "const a = { 'cardholder_name': '' };"],
  ["protocol/event-parts.ts", "const CARD = { pinBlock: text };"],
  ["drivers/reader/nexo/messages.ts", "const CARD = { TrackData: 'text' };"],
])("%s with %s is refused", (path, text) => {
  const found = breaches(cardData, { [path]: `${text}\n` });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain("card data ends at the byte parser");
});

test.each([
  [
    "drivers/reader/a.ts",
    "interface A { readonly lastFour: string; readonly panel: string; readonly tracked: number }",
  ],
  ["drivers/reader/a.ts", "const verification = 'pin';"],
  ["tools/sim/reader/cards.ts", "const CARD = { pan: '4' };"],
  ["drivers/reader/nexo/messages.ts", "const CARD = { MaskedPan: 'last_four' };"],
])("%s with %s is allowed", (path, text) => {
  expect(breaches(cardData, { [path]: `${text}\n` })).toEqual([]);
});

test("every exception still stands where it is allowed", () => {
  const texts = readTexts(PROJECT_ROOT);
  for (const exception of ALLOWED.keys()) {
    const [path = "", name = ""] = exception.split(" ");
    expect(texts[path]).toContain(name);
  }
});
