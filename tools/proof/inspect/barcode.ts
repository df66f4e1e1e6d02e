/**
 * `inspect barcode`: what the till takes a scanned code for: symbology, GTIN, variable measure, GS1
 * elements, and the class of a payment code, whose digits are never repeated.
 */
import { splitAim } from "../../../drivers/scanner/aim.ts";
import { gtin14, isDigits, upcAOfUpcE } from "../../../drivers/scanner/check-digit.ts";
import { isLink, readDigitalLink } from "../../../drivers/scanner/digital-link.ts";
import { readElementString } from "../../../drivers/scanner/gs1.ts";
import type { Gs1Element } from "../../../drivers/scanner/gs1.ts";
import { compileMeasure } from "../../../drivers/scanner/measure.ts";
import type { MeasurePattern } from "../../../drivers/scanner/measure.ts";
import { READ_CONFIG, readKeyed } from "../../../drivers/scanner/read.ts";
import type { ReadConfig } from "../../../drivers/scanner/read.ts";
import type { ScanResult } from "../../../drivers/scanner/result.ts";
import { refused } from "./inspector.ts";
import type { InspectOptions, Inspector, Json, Refused } from "./inspector.ts";

const CODE_CHARS_MAX = 4096;
const AIM_ID_CHARS = 3;
/** A shop that has said nothing: 2x codes of 13 digits carry five digits of grams. */
const MEASURE_DEFAULT = "2[0-9]IIIIIWWWWWC";

/** The kind. */
export const barcodeInspector: Inspector = {
  name: "barcode",
  summary: "a scanned code: symbology, GTIN, variable measure, GS1 elements, class of a payment code",
  options: {
    measure: `PATTERN  a scale's codes, as 2[0-9]IIIIIWWWWWC (the default); W in grams, P in minor units; "none" for none`,
    expected: "WHAT     goods (the default) or tender",
  },
  input: "bytes",
  inspect: (bytes, options) => {
    const text = new TextDecoder("latin1").decode(bytes).replace(/[\r\n]+$/, "");
    if (text.length === 0) return refused("scan/empty", 0, "There is no code");
    if (text.length > CODE_CHARS_MAX) return refused("scan/too_long", CODE_CHARS_MAX, "Longer than any code");
    const config = configOf(options);
    if ("ok" in config) return config;
    const results = readKeyed(text, config, options["expected"] === "tender" ? "tender" : "goods");
    const [result] = results;
    if (result === undefined || results.length > 1)
      return refused("scan/glued", 0, "More than one code: scan one by one");
    if (result.kind === "rejected")
      return refused(result.code, 0, `Refused by the scanner's reading: ${result.code}`);
    return { ok: true, value: { kind: "barcode", ...meaningOf(text, result) } };
  },
};

function configOf(options: InspectOptions): ReadConfig | Refused {
  const pattern = options["measure"] ?? MEASURE_DEFAULT;
  const expected = options["expected"] ?? "goods";
  if (expected !== "goods" && expected !== "tender")
    return refused("input/expected", 0, "--expected is goods or tender");
  const measurePatterns: MeasurePattern[] = [];
  if (pattern !== "none") {
    const compiled = compileMeasure({ pattern, weightDecimalCount: 3, priceDecimalCount: 2 });
    if (!compiled.ok)
      return refused(compiled.code, compiled.offset, "--measure makes no sense at this character");
    measurePatterns.push(compiled.value);
  }
  return { ...READ_CONFIG, measurePatterns, letteredSkus: "accepted" };
}

function meaningOf(
  text: string,
  result: Exclude<ScanResult, { kind: "rejected" }>,
): { readonly [name: string]: Json } {
  // R2 of the scanner: of a payment code nothing but its class.
  if (result.kind === "payment_code")
    return { symbology: null, means: "payment_code", scheme: result.scheme };
  const { form, data } = splitAim(text);
  const elements = elementsOf(form, data);
  const common = {
    aim: form === undefined ? null : text.slice(0, AIM_ID_CHARS),
    symbology: symbologyOf(form, data),
    elements: elements === null ? null : elements.map(({ ai, value }) => ({ ai, value })),
  };
  if (result.kind === "own_code") return { ...common, means: "own_code" };
  const { name, quantityMilli, priceMinor } = result;
  const isMeasured = elements === null && (quantityMilli !== undefined || priceMinor !== undefined);
  return {
    ...common,
    means: "item",
    gtin: name.kind === "gtin" ? name.gtin : null,
    sku: name.kind === "sku" ? name.sku : null,
    isVariableMeasure: isMeasured || quantityMilli !== undefined || priceMinor !== undefined,
    quantityMilli: quantityMilli ?? null,
    priceMinor: priceMinor ?? null,
  };
}

function elementsOf(form: string | undefined, data: string): readonly Gs1Element[] | null {
  const read = isLink(data)
    ? readDigitalLink(data)
    : form === "gs1" || /^01[0-9]{14}/.test(data)
      ? readElementString(data)
      : null;
  return read?.ok === true ? read.value : null;
}

const RETAIL_BY_DIGITS: ReadonlyMap<number, string> = new Map([
  [8, "EAN-8"],
  [12, "UPC-A"],
  [13, "EAN-13"],
  [14, "ITF-14"],
]);

function symbologyOf(form: string | undefined, data: string): string | null {
  if (isLink(data)) return "GS1 Digital Link";
  if (form === "gs1" || elementsOf(form, data) !== null) return "GS1 element string";
  if (form === "retail") return "EAN-13";
  if (form === "retail_addon") return "EAN-13 with add-on";
  if (form === "ean8") return "EAN-8";
  if (form === "itf") return "ITF-14";
  if (!isDigits(data)) return null;
  if (data.length === 8 && gtin14(data) === undefined && upcAOfUpcE(data) !== undefined) return "UPC-E";
  return RETAIL_BY_DIGITS.get(data.length) ?? null;
}
