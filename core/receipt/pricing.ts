/**
 * What pricing says on a receipt between its lines and its total: the sum of the lines, each discount, each
 * fee, taxes on top, tip and rounding; and by which rules. All of it from the facts that the check froze.
 */
import { negate, sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import type { Check, Closing, Order } from "../order/types.ts";
import { chargedBy, givenBy } from "../price/order/facts.ts";
import type { CheckPricing } from "../price/order/types.ts";
import { ROUNDING_PROMOTION } from "../price/cart/price.ts";
import type { ReceiptBlock } from "./block.ts";
import { pair, ratePercent, text } from "./parts.ts";
import type { ReceiptWords } from "./words.ts";

type Money = (amount: Minor) => string;

/** The rows above the total; none for a check whose lines are its total. */
export function pricingBlocks(
  order: Pick<Order, "kind">,
  closing: Pick<Closing, "facts">,
  check: Pick<Check, "pricing"> | undefined,
  words: ReceiptWords,
  money: Money,
): readonly ReceiptBlock[] {
  const pricing = check?.pricing ?? null;
  if (pricing === null) return [];
  const given = givenBy(pricing);
  const charged = chargedBy(pricing);
  const sign = order.kind === "sale" ? 1 : -1;
  const taxes = pricing.isTaxInclusive ? [] : closing.facts.taxes;
  const rows = [
    ...pricing.promotions.map(({ name }, index) => row(nameOf(name, words), minus(given[index]))),
    ...pricing.fees.map(({ name }, index) => row(name, charged[index])),
    ...taxes.map(({ ratePpm, taxMinor }) =>
      row(`${words.tax} ${ratePercent(ratePpm)} %`, sign === 1 ? taxMinor : negate(taxMinor)),
    ),
    row(words.tip, pricing.tipMinor),
    row(words.orderRounding, pricing.roundingMinor),
  ].filter(({ amountMinor }) => amountMinor !== 0);
  if (rows.length === 0) return [];
  const grossMinor = sumWithin(pricing.lines.map((line) => line.grossMinor));
  return [
    pair(words.subtotal, money(grossMinor)),
    ...rows.map(({ label, amountMinor }) => pair(label, money(amountMinor))),
  ];
}

interface Row {
  readonly label: string;
  readonly amountMinor: Minor;
}

function row(label: string, amountMinor: Minor | undefined): Row {
  return { label, amountMinor: amountMinor ?? ZERO };
}

function minus(amountMinor: Minor | undefined): Minor {
  return negate(amountMinor ?? ZERO);
}

function nameOf(name: string, words: ReceiptWords): string {
  return name === ROUNDING_PROMOTION ? words.orderRounding : name;
}

/** How the order was taxed when it was not as usual, and by which rules its prices were made. */
export function rulesBlocks(
  check: Pick<Check, "pricing"> | undefined,
  words: ReceiptWords,
): readonly ReceiptBlock[] {
  const pricing = check?.pricing ?? null;
  if (pricing === null) return [];
  return [...treatmentBlocks(pricing, words), ...versionBlocks(pricing, words)];
}

function treatmentBlocks({ treatment }: CheckPricing, words: ReceiptWords): readonly ReceiptBlock[] {
  if (treatment === "standard") return [];
  return [text(treatment === "tax_free" ? words.taxFree : words.reverseCharge, "center")];
}

function versionBlocks({ rules }: CheckPricing, words: ReceiptWords): readonly ReceiptBlock[] {
  if (rules === null) return [];
  const digits = [...rules.sha256.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text(`${words.rules} ${rules.version} ${digits}`, "center")];
}
