/**
 * A closed check as receipt blocks. Everything printed comes from the closing's facts and from the
 * lines that its check froze: a copy years later says the same, but for its banner.
 */
import type { TenderFact } from "../facts.ts";
import type { CardTender } from "../tender/types.ts";
import { currencyExponent, decimalText, MILLI_ONE, minor, negate, quantityText } from "../money.ts";
import type { Minor } from "../money.ts";
import { lineAmount } from "../order/lines.ts";
import type { Check, Closing, Line, Order } from "../order/types.ts";
import { eventIdFrom, parseEventId } from "../ids.ts";
import type { EventId } from "../ids.ts";
import { wallText } from "../time.ts";
import type { ReceiptBlock } from "./block.ts";
import type { LineFact } from "../price/order/types.ts";
import { pair, ratePercent, text } from "./parts.ts";
import { pricingBlocks, rulesBlocks } from "./pricing.ts";
import { RECEIPT_WORDS } from "./words.ts";
import type { ReceiptWords } from "./words.ts";

/** What a receipt says that no order knows. */
export interface ReceiptShop {
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly footer: string;
  readonly language: "en" | "zh";
  /** The store's zone east of UTC. */
  readonly zoneMinutes: number;
  /** Head and foot say that this is training. */
  readonly isTraining: boolean;
}

/** The blocks of a closing's receipt; `copyNumber` 0 is the original, copies carry a banner. */
export function receiptBlocks(
  order: Order,
  closing: Closing,
  shop: ReceiptShop,
  copyNumber: number,
): readonly ReceiptBlock[] {
  const words = RECEIPT_WORDS[shop.language];
  const check = order.checks.find((its) => its.id === closing.facts.check);
  const exponent = currencyExponent(order.currency);
  const money = (amount: Minor): string => decimalText(amount, exponent);
  const training = shop.isTraining ? [text(words.training, "center", "double", true)] : [];
  return [
    ...training,
    ...(copyNumber > 0 ? [text(`*** ${words.copy} ${copyNumber} ***`, "center", "double")] : []),
    text(shop.name, "center", "double", true),
    ...shop.addressLines.map((line) => text(line, "center")),
    { kind: "rule" },
    ...headBlocks(order, closing, check?.note ?? "", shop, words),
    { kind: "rule" },
    ...(check?.lines ?? []).flatMap((line, index) =>
      lineBlocks(line, check?.pricing?.lines[index] ?? null, words, money),
    ),
    { kind: "rule" },
    ...pricingBlocks(order, closing, check, words, money),
    ...moneyBlocks(order, closing, check, words, money),
    { kind: "rule" },
    ...taxBlocks(closing, words, money),
    ...rulesBlocks(check, words),
    text(recordLine(closing, words), "center"),
    { kind: "qr", text: receiptCode(closing) },
    ...(shop.footer === "" ? [] : [text(shop.footer, "center")]),
    ...training,
    { kind: "feed", lineCount: 3 },
    { kind: "cut" },
  ];
}

/** How a receipt's number is written everywhere: terminal-series-number. */
export function receiptNumberText(closing: Closing): string {
  const { series, number } = closing.facts.receipt;
  return `${closing.terminal}-${series}-${number}`;
}

function headBlocks(
  order: Order,
  closing: Closing,
  note: string,
  shop: ReceiptShop,
  words: ReceiptWords,
): readonly ReceiptBlock[] {
  const title = order.kind === "sale" ? words.sale : words.refund;
  return [
    pair(`${title} ${words.number}`, receiptNumberText(closing)),
    pair(wallText(closing.at, shop.zoneMinutes), `${words.clerk} ${closing.facts.clerk}`),
    ...(order.label === "" ? [] : [text(order.label, "left")]),
    ...(note === "" ? [] : [text(note, "left")]),
    ...(order.returnOf === null ? [] : [pair(words.returnOf, recordText(order.returnOf.closing))]),
    ...(order.reason === "" ? [] : [text(order.reason, "left")]),
  ];
}

function lineBlocks(
  line: Line,
  fact: LineFact | null,
  words: ReceiptWords,
  money: (amount: Minor) => string,
): readonly ReceiptBlock[] {
  const amount = money(fact?.grossMinor ?? lineAmount(line));
  const listed =
    fact === null || fact.listMinor === fact.grossMinor
      ? []
      : [text(`  ${words.listPrice} ${money(fact.listMinor)}`, "left")];
  const isOne = line.quantityMilli === MILLI_ONE;
  const detail = `  ${quantityText(line.quantityMilli)} x ${money(line.unitPriceMinor)}`;
  return [
    ...(isOne ? [pair(line.name, amount)] : [text(line.name, "left"), pair(detail, amount)]),
    ...listed,
    ...(line.note === "" ? [] : [text(`  * ${line.note}`, "left")]),
  ];
}

function moneyBlocks(
  order: Order,
  closing: Closing,
  check: Check | undefined,
  words: ReceiptWords,
  money: (amount: Minor) => string,
): readonly ReceiptBlock[] {
  const isSale = order.kind === "sale";
  const { totalMinor, tenders } = closing.facts;
  const magnitude = isSale ? totalMinor : negate(totalMinor);
  const label = `${isSale ? words.total : words.refunded} ${order.currency}`;
  const taken = tenders.flatMap((fact) => {
    const its = check?.tenders.find((tender) => tender.id === fact.tender);
    const handedMinor = its?.handedMinor ?? fact.amountMinor;
    const changeMinor = its?.changeMinor ?? minor(0);
    const card = check?.cards.find(({ id }) => id === fact.tender) ?? null;
    return [
      pair(tenderName(fact, card, words), money(isSale ? handedMinor : negate(handedMinor))),
      ...cardBlocks(card, words),
      ...(changeMinor === 0 ? [] : [pair(words.change, money(changeMinor))]),
    ];
  });
  const { roundingMinor } = closing.facts;
  const rounding =
    roundingMinor === 0 ? [] : [pair(words.rounding, money(isSale ? roundingMinor : negate(roundingMinor)))];
  return [pair(label, money(magnitude), "double", true), ...rounding, ...taken];
}

function tenderName({ method }: TenderFact, card: CardTender | null, words: ReceiptWords): string {
  if (method === "cash") return words.cash;
  const brand = card?.result?.brand ?? "";
  const lastFour = card?.result?.lastFour ?? "";
  return [brand === "" ? words.card : brand, lastFour === "" ? "" : `****${lastFour}`].join(" ").trim();
}

// What a customer needs to find the payment at the bank: the reader's reference and the approval.
function cardBlocks(card: CardTender | null, words: ReceiptWords): readonly ReceiptBlock[] {
  if (card?.result === null || card === null) return [];
  const { reference, authorisation } = card.result;
  const said = authorisation === "" ? reference : `${reference} / ${authorisation}`;
  return [text(`  ${words.cardReference} ${said}`, "left")];
}

function taxBlocks(
  closing: Closing,
  words: ReceiptWords,
  money: (amount: Minor) => string,
): readonly ReceiptBlock[] {
  return closing.facts.taxes.map((tax) =>
    pair(
      `${words.tax} ${ratePercent(tax.ratePpm)} %  ${words.net} ${money(tax.netMinor)}`,
      money(tax.taxMinor),
    ),
  );
}

/** What a receipt's QR code says: the closing's identity and the first bytes of its hash. Nothing of the customer. */
export function receiptCode(closing: Closing): string {
  return `TW1:${closing.id}:${shortHash(closing)}`;
}

/** The closing that a scanned code names, or null when it is no code of a receipt. */
export function closingOfCode(code: string): EventId | null {
  const match = /^TW1:([^:]+):[0-9a-f]{8}$/.exec(code);
  return match?.[1] === undefined ? null : eventIdFrom(match[1]);
}

function recordText(id: EventId): string {
  const key = parseEventId(id);
  return key === null ? "" : `${key.terminal} ${key.seq}`;
}

function shortHash(closing: Closing): string {
  return [...closing.facts.viewHash.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Where the sale stands in the journal and the first bytes of its hash: what `verify` asks for.
function recordLine(closing: Closing, words: ReceiptWords): string {
  return `${words.record} ${recordText(closing.id)} ${shortHash(closing)}`;
}
