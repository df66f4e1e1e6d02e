/**
 * What a simulated nexo terminal answers, as objects with the names of the protocol. It tells more than
 * a real one should: full number, track and expiry in the fields that exist for them, a slip line with
 * the whole number. Whoever listens must not keep any of it.
 */

import type { Card } from "../cards.ts";
import { cardOf } from "../cards.ts";
import type { Transaction } from "./memory.ts";
import type { JsonObject } from "./wire.ts";

/** What a terminal says of itself. */
export interface TerminalFacts {
  readonly poiId: string;
  readonly exponentOf: (currency: string) => number;
}

/** A word that no version of the protocol has. */
export const UNKNOWN_WORD = "Pondering";

/** Response of a Failure. */
export function failure(condition: string, reason = ""): JsonObject {
  const AdditionalResponse =
    reason === "" ? {} : { AdditionalResponse: `refusalReason=${encodeURIComponent(reason)}` };
  return { Result: "Failure", ErrorCondition: condition, ...AdditionalResponse };
}

/** The body of a PaymentResponse or ReversalResponse. */
export function transactionBody(its: Transaction, { poiId, exponentOf }: TerminalFacts): JsonObject {
  const { end } = its;
  const POIData = {
    POIReconciliationID: "1000",
    POITransactionID: { TransactionID: its.transactionId, TimeStamp: its.timeStamp },
  };
  if (end === null) return { POIData, Response: failure("InProgress") };
  if (end.kind === "failed") return { POIData, Response: failure(end.condition, end.reason) };
  const major = end.amountMinor / 10 ** exponentOf(its.currency);
  if (its.category === "Reversal") return { POIData, Response: { Result: "Success" }, ReversedAmount: major };
  const card = cardOf(end.cardKey);
  if (card === undefined) return { POIData, Response: failure("DeviceOut") };
  return {
    POIData,
    SaleData: { SaleTransactionID: { TransactionID: its.serviceId, TimeStamp: its.timeStamp } },
    Response: { Result: "Success", AdditionalResponse: additional(card, its) },
    PaymentReceipt: ["CashierReceipt", "CustomerReceipt"].map((copy) => receipt(copy, card, major, its)),
    PaymentResult: {
      OnlineFlag: true,
      AuthenticationMethod: [end.entry === "ICC" ? "OnlinePIN" : "Bypass"],
      AmountsResp: { AuthorizedAmount: major, Currency: its.currency },
      PaymentAcquirerData: { AcquirerPOIID: poiId, ApprovalCode: end.approvalCode, MerchantID: "Sim" },
      PaymentInstrumentData: { PaymentInstrumentType: "Card", CardData: cardData(card, end.entry) },
    },
  };
}

function cardData(card: Card, entry: "ICC" | "Tapped"): JsonObject {
  return {
    PaymentBrand: card.brand.toLowerCase().replace("mastercard", "mc"),
    MaskedPan: card.pan,
    EntryMode: [entry],
    CardCountryCode: "276",
    SensitiveCardData: {
      PAN: card.pan,
      CardSeqNumb: "01",
      ExpiryDate: card.expiry,
      TrackData: [{ TrackNumb: 2, TrackValue: `${card.pan}=${card.expiry}2011000000000000` }],
    },
    ProtectedCardData: { ContentType: "id-envelopedData", EnvelopedData: card.pan },
    PaymentToken: { TokenValue: card.pan },
  };
}

function additional(card: Card, its: Transaction): string {
  const parts: Readonly<Record<string, string>> = {
    tid: its.transactionId.slice(0, 8),
    cardBin: card.pan.slice(0, 6),
    cardNumber: card.pan,
    expiryDate: card.expiry,
    cardHolderName: "N/A",
    alias: `K${card.pan}`,
    pspReference: its.transactionId,
  };
  return new URLSearchParams(parts).toString();
}

function receipt(copy: string, card: Card, major: number, its: Transaction): JsonObject {
  const isMerchants = copy === "CashierReceipt";
  const line = (key: string, name: string, value: string, isBold = false): JsonObject => ({
    Text: new URLSearchParams({ name, ...(value === "" ? {} : { value }), key }).toString(),
    ...(isBold ? { CharacterStyle: "Bold" } : {}),
    EndOfLineFlag: true,
  });
  const OutputText = [
    line("merchantTitle", isMerchants ? "MERCHANT COPY" : "CARDHOLDER COPY", "", true),
    line("pan", "Card", card.pan),
    line("hint", `Number ${card.pan.replaceAll(/(.{4})/g, "$1 ")}`, ""),
    line("preferredName", "Pref. name", card.brand),
    line("txRef", "Tender", its.transactionId),
    line("totalAmount", "TOTAL", `€ ${major.toFixed(2)}`, true),
    line("approved", "APPROVED", "", true),
  ];
  return {
    DocumentQualifier: copy,
    RequiredSignatureFlag: false,
    OutputContent: { OutputFormat: "Text", OutputText },
  };
}
