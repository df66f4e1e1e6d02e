/**
 * What a page needs once: the shop, its staff and its catalogue, as configured. Nothing in it changes
 * while the terminal runs but the language and the mode.
 */
import { currencyExponent } from "../../core/money.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Config } from "../config.ts";
import { denominationsOf } from "./denominations.ts";
import type { Language, Welcome } from "./wire.ts";

/** The part of the configuration that pages are told. */
export type WelcomeConfig = Pick<
  Config,
  | "shop"
  | "terminal"
  | "currency"
  | "staff"
  | "pins"
  | "drawers"
  | "needsShift"
  | "armsReader"
  | "cashRounding"
>;

/** The welcome in a page's language. Of PINs a page learns who has one. */
export function welcomeView(
  config: WelcomeConfig,
  catalogue: Catalogue,
  isTraining: boolean,
  language: Language,
): Welcome {
  const { currency, cashRounding } = config;
  const exponent = currencyExponent(currency);
  return {
    shopName: config.shop.name,
    terminal: config.terminal,
    currency,
    exponent,
    language,
    isTraining,
    needsShift: config.needsShift,
    armsReader: config.armsReader,
    drawers: config.drawers,
    denominationsMinor: denominationsOf(currency, exponent),
    cashRounding:
      cashRounding === null ? null : { incrementMinor: cashRounding.incrementMinor, tie: cashRounding.tie },
    staff: config.staff.map(({ clerk, name, rights }) => ({
      clerk,
      name,
      hasPin: config.pins.has(clerk),
      rights,
    })),
    categories: catalogue.categories,
    items: catalogue.items.map(
      ({ sku, category, nameEn, nameZh, unitPriceMinor, isSoldOut, isByWeight }) => ({
        sku,
        category,
        nameEn,
        nameZh,
        priceMinor: unitPriceMinor,
        isSoldOut,
        isByWeight,
      }),
    ),
  };
}
