/** Check digits against published codes, and the promise that no single wrong digit passes. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkDigitFor,
  gtin14,
  hasGoodCheckDigit,
  measureCheckDigitFor,
  upcAOfUpcE,
} from "../../../drivers/scanner/check-digit.ts";

test.each([
  ["96385074", "00000096385074"],
  ["036000291452", "00036000291452"],
  ["4006381333931", "04006381333931"],
  ["6900350006025", "06900350006025"],
  ["10614141000415", "10614141000415"],
])("%s has a good check digit and is %s", (digits, gtin) => {
  expect(gtin14(digits)).toBe(gtin);
});

test.each(["96385075", "4006381333932", "0000000000000", "00000000", "40063813339", "400638133393x", ""])(
  "%j is no GTIN",
  (text) => {
    expect(gtin14(text)).toBeUndefined();
  },
);

test.each([
  ["01234505", "012000003455"],
  ["04252614", "042100005264"],
  ["01234531", "012300000451"],
  ["01234543", "012340000053"],
  ["01234565", "012345000065"],
  ["01234593", "012345000096"],
])("UPC-E %s stands for UPC-A %s when the check digits agree", (short, expanded) => {
  const check = checkDigitFor(expanded.slice(0, -1));
  expect(upcAOfUpcE(`${short.slice(0, 7)}${check}`)).toBe(`${expanded.slice(0, -1)}${check}`);
  expect(upcAOfUpcE(`${short.slice(0, 7)}${(check + 1) % 10}`)).toBeUndefined();
});

test("UPC-E begins with 0 or 1 and has eight digits", () => {
  expect(upcAOfUpcE("04252614")).toBe("042100005264");
  expect([upcAOfUpcE("24252614"), upcAOfUpcE("0425261"), upcAOfUpcE("0425261x")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ["2875", 9],
  ["14685", 6],
  ["00000", 0],
])("the inner check digit of %s is %i", (digits, check) => {
  expect(measureCheckDigitFor(digits)).toBe(check);
});

test("other lengths have no inner check digit", () => {
  expect([measureCheckDigitFor("123"), measureCheckDigitFor("123456"), measureCheckDigitFor("12x4")]).toEqual(
    [undefined, undefined, undefined],
  );
});

test("one wrong digit anywhere is always found", () => {
  const digits = fc.stringMatching(/^[0-9]{7,17}$/);
  fc.assert(
    fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, place, change) => {
      const whole = `${body}${checkDigitFor(body)}`;
      expect(hasGoodCheckDigit(whole)).toBe(true);
      const index = place % whole.length;
      const wrong = (Number(whole[index]) + change) % 10;
      expect(hasGoodCheckDigit(`${whole.slice(0, index)}${wrong}${whole.slice(index + 1)}`)).toBe(false);
    }),
  );
});
