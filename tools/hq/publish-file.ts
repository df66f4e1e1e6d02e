/**
 * The files that publish.ts reads: prices as CSV (sku,priceMinor), staff as JSON in the form that a terminal's
 * configuration has it, rules as JSON. Whole or not at all; what is wrong is said with its row or key.
 */
import type { HouseRules } from "../../core/hq/events.ts";
import { minor } from "../../core/money.ts";
import type { NewPrice, NewStaff } from "./authoring.ts";

/** What a file says, or every reason against it. */
export type PublishFile<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusals: readonly string[] };

type Json = Readonly<Record<string, unknown>>;

const HEX = /^(?:[0-9a-f]{2})+$/;

/** Prices: a header and one row an item, whole minor units. */
export function readPrices(text: string): PublishFile<readonly NewPrice[]> {
  const [head = "", ...lines] = text.replace(/^\u{feff}/u, "").split(/\r?\n/);
  if (head.trim() !== "sku,priceMinor") return no(["row 1: must be sku,priceMinor"]);
  const refusals: string[] = [];
  const value = lines.flatMap((line, index): readonly NewPrice[] => {
    if (line.trim() === "") return [];
    const [sku = "", price = "", ...rest] = line.split(",").map((cell) => cell.trim());
    if (sku !== "" && /^[0-9]{1,15}$/.test(price) && rest.length === 0)
      return [{ sku, unitPriceMinor: Number(price) }];
    refusals.push(`row ${index + 2}: must be a sku and whole minor units`);
    return [];
  });
  return refusals.length === 0 ? { ok: true, value } : no(refusals);
}

/** Staff: [{"clerk","name","rights":[...],"pin"?:{"salt","hash"}}], or {"clerk","removed":true}. */
export function readStaff(text: string): PublishFile<readonly NewStaff[]> {
  const parsed = parse(text);
  if (!Array.isArray(parsed)) return no(["must be a list of clerks as JSON"]);
  const refusals: string[] = [];
  const value = parsed.flatMap((entry: unknown, index): readonly NewStaff[] => {
    const staff = isObject(entry) ? staffOf(entry) : null;
    if (staff === null) refusals.push(`clerk ${index + 1}: needs clerk, name, rights and perhaps a pin`);
    return staff === null ? [] : [staff];
  });
  return refusals.length === 0 ? { ok: true, value } : no(refusals);
}

function staffOf(entry: Json): NewStaff | null {
  const { clerk, name = "", rights, pin, removed = false } = entry;
  if (typeof clerk !== "string" || typeof name !== "string") return null;
  if (removed === true) return { clerk, name, rights: null, pin: null };
  if (!Array.isArray(rights) || !rights.every((right) => typeof right === "string")) return null;
  if (pin === undefined || pin === null) return { clerk, name, rights, pin: null };
  if (!isObject(pin)) return null;
  const { salt, hash } = pin;
  if (typeof salt !== "string" || typeof hash !== "string" || !HEX.test(salt) || !HEX.test(hash)) return null;
  return { clerk, name, rights, pin: { salt: bytesOf(salt), hash: bytesOf(hash) } };
}

/** Rules: {"needsShift"?,"cashRounding"?:{"incrementMinor","tie"},"dayStartMinutes"?}; what is missing is left to each terminal. */
export function readRules(text: string): PublishFile<HouseRules> {
  const parsed = parse(text);
  if (!isObject(parsed)) return no(["must be an object as JSON"]);
  const { needsShift = null, cashRounding = null, dayStartMinutes = null, ...rest } = parsed;
  const refusals = Object.keys(rest).map((key) => `${key}: is no rule`);
  const rounding = roundingOf(cashRounding);
  if (needsShift !== null && typeof needsShift !== "boolean") refusals.push("needsShift: true or false");
  if (rounding === "wrong") refusals.push("cashRounding: needs incrementMinor and tie up or down");
  if (dayStartMinutes !== null && typeof dayStartMinutes !== "number")
    refusals.push("dayStartMinutes: must be a number");
  if (refusals.length > 0) return no(refusals);
  return {
    ok: true,
    value: {
      needsShift: typeof needsShift === "boolean" ? needsShift : null,
      cashRounding: rounding === "wrong" ? null : rounding,
      dayStartMinutes: typeof dayStartMinutes === "number" ? dayStartMinutes : null,
    },
  };
}

function roundingOf(value: unknown): HouseRules["cashRounding"] | "wrong" {
  if (value === null) return null;
  const { incrementMinor, tie } = isObject(value) ? value : {};
  if (typeof incrementMinor !== "number" || !Number.isSafeInteger(incrementMinor)) return "wrong";
  return tie === "up" || tie === "down" ? { incrementMinor: minor(incrementMinor), tie } : "wrong";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

function no(refusals: readonly string[]): { readonly ok: false; readonly refusals: readonly string[] } {
  return { ok: false, refusals };
}
