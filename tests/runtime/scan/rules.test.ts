/** A till reads codes by its catalogue and its currency. */
import { expect, test } from "vitest";
import { readCatalogue } from "../../../runtime/catalogue.ts";
import { currencyNumber } from "../../../runtime/scan/currency-number.ts";
import { scanRules } from "../../../runtime/scan/rules.ts";
import { scanCatalogue } from "../../support/scan-world.ts";

test("units follow the currency, and codes with letters are read where the shop has some", () => {
  expect(scanRules(scanCatalogue(), "JPY")).toMatchObject({
    units: { weightUnit: "kg", currencyNumber: "392", currencyDecimalCount: 0 },
    letteredSkus: "accepted",
  });
  const empty = readCatalogue('{"categories":[],"items":[]}', "en");
  if (!empty.ok) return expect.fail(empty.message);
  expect(scanRules(empty.value, "KWD")).toMatchObject({
    units: { currencyNumber: "414", currencyDecimalCount: 3 },
    measurePatterns: [],
    letteredSkus: "refused",
  });
});

test.each([
  ["CNY", "156"],
  ["AFN", "971"],
  ["ALL", "008"],
  ["ZAR", "710"],
  ["EUR", "978"],
  ["XTS", "none"],
  ["", "none"],
])("the digits of %s are %s", (code, digits) => {
  expect(currencyNumber(code)).toBe(digits);
});
