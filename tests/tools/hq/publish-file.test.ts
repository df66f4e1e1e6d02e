/** The files of publish.ts: whole or not at all, with the row or key at fault. */
import { expect, test } from "vitest";
import { readPrices, readRules, readStaff } from "../../../tools/hq/publish-file.ts";

const SALT = "01".repeat(16);
const HASH = "02".repeat(32);

test("prices are read with their rows", () => {
  expect(readPrices("\u{feff}sku,priceMinor\r\ntea,250\r\n\r\nbun, 120\n")).toEqual({
    ok: true,
    value: [
      { sku: "tea", unitPriceMinor: 250 },
      { sku: "bun", unitPriceMinor: 120 },
    ],
  });
});

test.each([
  ["sku;price", ["row 1: must be sku,priceMinor"]],
  [
    "sku,priceMinor\ntea,2.50\n,3\nbun,1\ncake,-1\nx,1,2",
    [2, 3, 5, 6].map((row) => `row ${row}: must be a sku and whole minor units`),
  ],
])("%j is refused with its rows", (text, refusals) => {
  expect(readPrices(text)).toEqual({ ok: false, refusals });
});

test("staff are read, with a PIN's hash, without one, and taken away", () => {
  const text = JSON.stringify([
    { clerk: "ann", name: "Ann", rights: ["sell"], pin: { salt: SALT, hash: HASH } },
    { clerk: "bob", name: "Bob", rights: [] },
    { clerk: "cat", removed: true },
  ]);
  expect(readStaff(text)).toEqual({
    ok: true,
    value: [
      {
        clerk: "ann",
        name: "Ann",
        rights: ["sell"],
        pin: { salt: new Uint8Array(16).fill(1), hash: new Uint8Array(32).fill(2) },
      },
      { clerk: "bob", name: "Bob", rights: [], pin: null },
      { clerk: "cat", name: "", rights: null, pin: null },
    ],
  });
});

test.each([
  ["{}", ["must be a list of clerks as JSON"]],
  ["[", ["must be a list of clerks as JSON"]],
  [
    '[{"clerk":"a","rights":[]},{"clerk":1},{"clerk":"b","rights":[1]},{"clerk":"c","rights":[],"pin":{"salt":"zz","hash":""}},null]',
    [2, 3, 4, 5].map((row) => `clerk ${row}: needs clerk, name, rights and perhaps a pin`),
  ],
])("%s is refused with its clerks", (text, refusals) => {
  expect(readStaff(text)).toEqual({ ok: false, refusals });
});

test("rules that are not named are left to the terminals", () => {
  expect(readRules("{}")).toEqual({
    ok: true,
    value: { needsShift: null, cashRounding: null, dayStartMinutes: null },
  });
  const text = '{"needsShift":true,"cashRounding":{"incrementMinor":100,"tie":"up"},"dayStartMinutes":240}';
  expect(readRules(text)).toEqual({
    ok: true,
    value: {
      needsShift: true,
      cashRounding: { incrementMinor: 100, tie: "up" },
      dayStartMinutes: 240,
    },
  });
});

test.each([
  ["[]", ["must be an object as JSON"]],
  ['{"color":1}', ["color: is no rule"]],
  [
    '{"needsShift":1,"cashRounding":{"incrementMinor":5},"dayStartMinutes":"4"}',
    [
      "needsShift: true or false",
      "cashRounding: needs incrementMinor and tie up or down",
      "dayStartMinutes: must be a number",
    ],
  ],
])("%s is refused with its keys", (text, refusals) => {
  expect(readRules(text)).toEqual({ ok: false, refusals });
});
