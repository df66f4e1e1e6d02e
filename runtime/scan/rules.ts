/**
 * How codes are to be read at this till: what its catalogue and its currency say, in the scanner's own
 * terms. Serial and HID scanners and the keyboard in the screen share it, so that a code means the same
 * whichever way it came.
 */
import { currencyExponent } from "../../core/money.ts";
import { closingOfCode } from "../../core/receipt/layout.ts";
import { READ_CONFIG } from "../../drivers/scanner/read.ts";
import type { ReadConfig } from "../../drivers/scanner/read.ts";
import type { Catalogue } from "../catalogue.ts";
import { currencyNumber } from "./currency-number.ts";

/** The rules of a till that sells this catalogue in this currency. */
export function scanRules(catalogue: Catalogue, currency: string): ReadConfig {
  const hasLetters = [...catalogue.byBarcode.keys()].some((code) => /[A-Za-z]/.test(code));
  return {
    ...READ_CONFIG,
    units: {
      weightUnit: "kg",
      currencyNumber: currencyNumber(currency),
      currencyDecimalCount: currencyExponent(currency),
    },
    measurePatterns: catalogue.measurePatterns,
    // Letters have no check digit: they are read only where the shop has such codes.
    letteredSkus: hasLetters ? "accepted" : "refused",
    isOwnCode: (text) => closingOfCode(text) !== null,
  };
}
