/**
 * What no line of `tools/inspect` may show: card numbers in texts. Numbers in binary fields never get here;
 * the decoders drop them.
 */

import type { Json } from "./inspector.ts";

const NUMBER = /\d(?:[ -]?\d){12,18}/g;

/** The text with the digits of every card number in it replaced; what is no card number stays. */
export function hideNumbers(text: string): string {
  return text.replaceAll(NUMBER, (run) => {
    const digits = run.replaceAll(/\D/g, "");
    return isCardNumber(digits) ? `[${digits.length} digits]` : run;
  });
}

/** The same with every text inside. */
export function hideIn(value: Json): Json {
  if (typeof value === "string") return hideNumbers(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(hideIn);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hideIn(inner)]));
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** Right check digit by ISO 7812 over the whole run. */
function isCardNumber(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
