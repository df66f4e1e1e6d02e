/**
 * The item that GS1 elements name, with net weight or count and the price to pay (GS1 General
 * Specifications, sections 3.5 to 3.8). Whatever says "not one piece" and cannot be read in the till's
 * unit and currency refuses the item: it is never sold as one piece instead.
 */

import { wholeUnits } from "./decimal.ts";
import type { Gs1Element } from "./gs1.ts";
import type { ScanRejection, ScanResult } from "./result.ts";
import { rejected } from "./result.ts";

/** In what the till sells. */
export interface SellingUnits {
  readonly weightUnit: "kg" | "lb";
  /** ISO 4217 as digits ("156") and how many decimals the currency has. */
  readonly currencyNumber: string;
  readonly currencyDecimalCount: number;
}

const GTIN = "01";
/** Its last digit is the count of decimals, as in all identifiers of four digits below. */
const NET_WEIGHT = { kg: "310", lb: "320" } as const;
const COUNT = "30";
const PRICE = "392";
const PRICE_WITH_CURRENCY = "393";
/** Indicator of a GTIN whose quantity is told apart. */
const VARIABLE_MEASURE = "9";
const QUANTITY_DECIMAL_COUNT = 3;

type Amount =
  | { readonly ok: true; readonly value: number | undefined }
  | { readonly ok: false; readonly code: ScanRejection };

/** The item, or scan/gs1_no_item, scan/measure, scan/measure_unit, scan/currency or scan/ambiguous. */
export function itemOfElements(elements: readonly Gs1Element[], units: SellingUnits): ScanResult {
  const gtin = elements.find(({ ai }) => ai === GTIN)?.value;
  if (gtin === undefined || /^0+$/.test(gtin)) return rejected("scan/gs1_no_item");
  const quantity = quantityOf(elements, units.weightUnit);
  if (!quantity.ok) return rejected(quantity.code);
  const price = priceOf(elements, units);
  if (!price.ok) return rejected(price.code);
  const quantityMilli = quantity.value;
  if (gtin.startsWith(VARIABLE_MEASURE) && quantityMilli === undefined) return rejected("scan/measure_unit");
  return { kind: "item", name: { kind: "gtin", gtin }, quantityMilli, priceMinor: price.value };
}

function quantityOf(elements: readonly Gs1Element[], unit: "kg" | "lb"): Amount {
  const weight = withDecimals(elements, NET_WEIGHT[unit]);
  if (weight !== undefined) return exact(weight.value, weight.decimalCount, QUANTITY_DECIMAL_COUNT);
  const otherUnit = unit === "kg" ? "lb" : "kg";
  if (withDecimals(elements, NET_WEIGHT[otherUnit]) !== undefined)
    return { ok: false, code: "scan/measure_unit" };
  const count = elements.find(({ ai }) => ai === COUNT);
  return count === undefined ? { ok: true, value: undefined } : exact(count.value, 0, QUANTITY_DECIMAL_COUNT);
}

function priceOf(elements: readonly Gs1Element[], units: SellingUnits): Amount {
  const plain = withDecimals(elements, PRICE);
  const named = withDecimals(elements, PRICE_WITH_CURRENCY);
  if (plain !== undefined && named !== undefined) return { ok: false, code: "scan/ambiguous" };
  if (named !== undefined && !named.value.startsWith(units.currencyNumber))
    return { ok: false, code: "scan/currency" };
  const digits = plain?.value ?? named?.value.slice(units.currencyNumber.length);
  if (digits === undefined) return { ok: true, value: undefined };
  return exact(digits, plain?.decimalCount ?? named?.decimalCount ?? 0, units.currencyDecimalCount);
}

function exact(digits: string, decimalCount: number, unitDecimalCount: number): Amount {
  const value = wholeUnits(digits, decimalCount, unitDecimalCount);
  return value === undefined ? { ok: false, code: "scan/measure" } : { ok: true, value };
}

function withDecimals(
  elements: readonly Gs1Element[],
  prefix: string,
): { readonly value: string; readonly decimalCount: number } | undefined {
  const element = elements.find(({ ai }) => ai.length === 4 && ai.startsWith(prefix));
  return element === undefined ? undefined : { value: element.value, decimalCount: Number(element.ai[3]) };
}
