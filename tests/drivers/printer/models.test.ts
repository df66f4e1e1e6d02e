/**
 * The model rows: found by the name in a configuration, and true to the geometry of font A.
 * What a model makes of a receipt is in the goldens.
 */

import { expect, test } from "vitest";
import { ALL_PRINTER_MODELS, findPrinterModel } from "../../../drivers/printer/models.ts";
import { PRINTER_PROFILES } from "../../../drivers/printer/profiles.ts";

test("a model is found by its name, an unknown name is not", () => {
  expect(findPrinterModel("gbk_58mm")?.columnCount).toBe(32);
  for (const name of [
    "toString",
    "tm_t88v/",
    "tm_t88v/cp1",
    "tm_t88v/cp866/cp866",
    "gbk_80mm/cp437",
    "/cp437",
  ]) {
    expect([name, findPrinterModel(name)]).toEqual([name, undefined]);
  }
});

test("a name with a code page takes that page under the model's own number", () => {
  expect(findPrinterModel("tm_t88v")?.charset).toEqual({ kind: "page", page: "cp858", number: 19 });
  expect(findPrinterModel("tm_t88v/cp866")?.charset).toEqual({ kind: "page", page: "cp866", number: 17 });
  expect(findPrinterModel("tm_m30iii")?.charset).toEqual({ kind: "page", page: "cp1252", number: 16 });
  expect(findPrinterModel("pos_5890/cp1251")?.charset).toMatchObject({ number: 73 });
});

test("every profile has a model of its own name, and no name is used twice", () => {
  const names = ALL_PRINTER_MODELS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name } of PRINTER_PROFILES) expect(names).toContain(name);
});

test.each(ALL_PRINTER_MODELS)(
  "$name is found by its name, and its columns of 12 dots fit the paper",
  (model) => {
    expect(findPrinterModel(model.name)).toEqual(model);
    expect(model.columnCount * 12).toBeLessThanOrEqual(model.paperWidthDots);
    expect(model.paperWidthDots - model.columnCount * 12).toBeLessThan(12);
  },
);
