/** The pricing file of a terminal: read as everywhere, and for its own currency alone. */
import { expect, test } from "vitest";
import { ownPricing, PRICING_FILE, readPricing } from "../../runtime/pricing-rules.ts";

test.each([
  ["no JSON", "{", "rules/not_json"],
  ["a key that nobody knows", '{"currency":"SEK","promo":[]}', "rules/unknown_field"],
  ["another currency", '{"currency":"CNY"}', "rules/currency"],
])("%s is refused: %s gives %s", (_, text, code) => {
  expect(readPricing(text, "en", "SEK")).toMatchObject({ ok: false, code });
});

test("a terminal's own rules are always in force, as version 0 and under the hash of their bytes", () => {
  const text = '{"currency":"SEK"}';
  const read = readPricing(text, "zh", "SEK");
  if (!read.ok) throw new Error("The document is whole");
  const place = { store: "s", channel: "counter", zoneMinutes: 0 };
  const source = ownPricing(read.value, text, place);
  expect(source.inForce()).toMatchObject({ version: 0, currency: "SEK" });
  expect([source.of(0)?.sha256.length, source.of(1), source.place]).toEqual([32, null, place]);
  expect(PRICING_FILE).toBe("pricing.json");
});
