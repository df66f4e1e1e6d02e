/**
 * The model rows: found by the name in a configuration, and true to the geometry of font A.
 * What a model makes of a receipt is in the goldens.
 */

import { expect, test } from "vitest";
import { PRINTER_MODELS, findPrinterModel } from "../../../drivers/printer/models.ts";

test("a model is found by its name, an unknown name is not", () => {
  expect(findPrinterModel("gbk_58mm")?.columnCount).toBe(32);
  expect(findPrinterModel("toString")).toBeUndefined();
});

test.each(Object.entries(PRINTER_MODELS))(
  "%s is listed under its own name, 12 dots a column",
  (key, model) => {
    expect(model.name).toBe(key);
    expect(model.paperWidthDots).toBe(model.columnCount * 12);
  },
);
