/**
 * Bodies of the console's writes, read strictly: what is not what a path takes is console/body with the
 * name of the field.
 */
import type { Context } from "hono";
import { ConsoleFault } from "./query.ts";
import type { SettingsWish } from "./settings.ts";
import { PIN_WISHES } from "./staff.ts";
import type { StaffWish } from "./staff.ts";

/** A body that is an object. */
export type Body = Readonly<Record<string, unknown>>;

/** The body of a request. */
export async function bodyOf(c: Context): Promise<Body> {
  if (!(c.req.header("content-type") ?? "").startsWith("application/json"))
    throw new ConsoleFault("console/body", "content-type");
  let parsed: unknown;
  try {
    parsed = JSON.parse(await c.req.text());
  } catch (cause) {
    throw new ConsoleFault("console/body", "json", cause);
  }
  if (!isObject(parsed)) throw new ConsoleFault("console/body", "json");
  return parsed;
}

/** A text. */
export function textOf(body: Body, field: string): string {
  const value = body[field];
  if (typeof value !== "string") throw new ConsoleFault("console/body", field);
  return value;
}

/** Yes or no. */
export function flagOf(body: Body, field: string): boolean {
  const value = body[field];
  if (typeof value !== "boolean") throw new ConsoleFault("console/body", field);
  return value;
}

/** Whether it is a price as the page sends one. */
export function isPrice(value: unknown): value is { readonly sku: string; readonly price: string } {
  return isObject(value) && typeof value["sku"] === "string" && typeof value["price"] === "string";
}

/** A clerk as the page Staff wants one. */
export function staffWishIn(body: Body): StaffWish {
  const { rights } = body;
  const isList = Array.isArray(rights) && rights.every((right) => typeof right === "string");
  if (rights !== null && !isList) throw new ConsoleFault("console/body", "rights");
  const pin = PIN_WISHES.find((each) => each === body["pin"]);
  if (pin === undefined) throw new ConsoleFault("console/body", "pin");
  const [clerk, name, newPin] = [textOf(body, "clerk"), textOf(body, "name"), textOf(body, "newPin")];
  return { clerk, name, rights: isList ? rights : null, pin, newPin };
}

/** The rules as the page Settings wants them. */
export function settingsWishIn(body: Body): SettingsWish {
  const { needsShift, cashRounding, dayStartMinutes } = body;
  if (needsShift !== null && typeof needsShift !== "boolean")
    throw new ConsoleFault("console/body", "needsShift");
  if (dayStartMinutes !== null && typeof dayStartMinutes !== "number")
    throw new ConsoleFault("console/body", "dayStartMinutes");
  if (cashRounding === null) return { needsShift, cashRounding, dayStartMinutes };
  const { incrementMinor, tie } = isObject(cashRounding) ? cashRounding : {};
  if (typeof incrementMinor !== "number" || (tie !== "up" && tie !== "down"))
    throw new ConsoleFault("console/body", "cashRounding");
  return { needsShift, cashRounding: { incrementMinor, tie }, dayStartMinutes };
}

/** Whether it is an object and no list. */
export function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
