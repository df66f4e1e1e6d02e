/**
 * Currencies as card readers write them: ISO 4217 letters to the three digits of the same standard. The
 * ones that shops of this product meet; a reader that is asked for another one refuses before it sends.
 */

/** Letters to three digits. */
export const CURRENCY_DIGITS: ReadonlyMap<string, string> = new Map([
  ["AED", "784"],
  ["AUD", "036"],
  ["BGN", "975"],
  ["BRL", "986"],
  ["CAD", "124"],
  ["CHF", "756"],
  ["CNY", "156"],
  ["CZK", "203"],
  ["DKK", "208"],
  ["EUR", "978"],
  ["GBP", "826"],
  ["HKD", "344"],
  ["HUF", "348"],
  ["IDR", "360"],
  ["ILS", "376"],
  ["INR", "356"],
  ["ISK", "352"],
  ["JPY", "392"],
  ["KRW", "410"],
  ["MXN", "484"],
  ["MYR", "458"],
  ["NOK", "578"],
  ["NZD", "554"],
  ["PHP", "608"],
  ["PLN", "985"],
  ["RON", "946"],
  ["RSD", "941"],
  ["SEK", "752"],
  ["SGD", "702"],
  ["THB", "764"],
  ["TRY", "949"],
  ["TWD", "901"],
  ["UAH", "980"],
  ["USD", "840"],
  ["VND", "704"],
  ["ZAR", "710"],
]);

/** Currencies of CURRENCY_DIGITS without decimals (ISO 4217); all others there have two. */
const WITHOUT_DECIMALS: ReadonlySet<string> = new Set(["ISK", "JPY", "KRW", "VND"]);

/** Decimal places of a currency; undefined for one that no reader is asked for. */
export function decimalsOf(currency: string): number | undefined {
  if (!CURRENCY_DIGITS.has(currency)) return undefined;
  return WITHOUT_DECIMALS.has(currency) ? 0 : 2;
}
