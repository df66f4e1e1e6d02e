/**
 * What a terminal answers, from bytes to values: the allow-list of every field that is ever read
 * (SENSITIVE below says what is left out on purpose), the envelope opened, the header kept apart from
 * the body. Nothing throws on input. nexo Retailer 3.0 as JSON, the local Terminal API dialect.
 *
 * SENSITIVE: SensitiveCardData (number, tracks, expiry), TrackData, PaymentToken, CardholderName, the BIN
 * and the other parts of AdditionalResponse, ProtectedCardData. They end as bytes that are wiped.
 */

import { openEnvelope } from "./envelope.ts";
import type { EnvelopeCode, NexoCrypto, NexoKey } from "./envelope.ts";
import { at, scanJson, textAt } from "./scan.ts";
import type { Allowed, ScanCode, Scanned } from "./scan.ts";

/** Why an answer says nothing. */
export type MessageCode =
  | ScanCode
  | EnvelopeCode
  /** A key is set up, and the answer came in the clear. */
  | "nexo/not_encrypted"
  /** No key is set up, and the answer is an envelope. */
  | "nexo/encrypted"
  | "nexo/no_header"
  | "nexo/header_differs";

/** Who answers what. */
export interface NexoHeader {
  readonly category: string;
  readonly type: string;
  readonly serviceId: string;
  readonly saleId: string;
  readonly poiId: string;
}

/** One message: `body` is what stands under `name`, such as "PaymentResponse"; name is empty when none is known. */
export interface NexoMessage {
  readonly header: NexoHeader;
  readonly direction: "request" | "response";
  readonly name: string;
  readonly body: Scanned | undefined;
  readonly isEncrypted: boolean;
}

/** A message, or the first thing against the bytes; `offset` is into the message that was read last. */
export type MessageOutcome =
  | { readonly ok: true; readonly message: NexoMessage }
  | { readonly ok: false; readonly code: MessageCode; readonly offset: number };

const HEADER = {
  ProtocolVersion: "text",
  MessageClass: "text",
  MessageCategory: "text",
  MessageType: "text",
  ServiceID: "text",
  SaleID: "text",
  POIID: "text",
} as const;

const RESPONSE = { Result: "text", ErrorCondition: "text", AdditionalResponse: "form" } as const;
const TRANSACTION_ID = { TransactionID: "text", TimeStamp: "text" } as const;
const POI_DATA = { POITransactionID: TRANSACTION_ID } as const;
const AMOUNTS = { Currency: "text", AuthorizedAmount: "number", RequestedAmount: "number" } as const;

const CARD = { PaymentBrand: "text", MaskedPan: "last_four", EntryMode: ["text"] } as const;

const RECEIPT = {
  DocumentQualifier: "text",
  OutputContent: {
    OutputText: [{ Text: "form", CharacterStyle: "text", Alignment: "text", EndOfLineFlag: "flag" }],
  },
} as const;

const CHARGED = {
  Response: RESPONSE,
  POIData: POI_DATA,
  PaymentReceipt: [RECEIPT],
  PaymentResult: {
    OnlineFlag: "flag",
    AuthenticationMethod: ["text"],
    AmountsResp: AMOUNTS,
    PaymentAcquirerData: { ApprovalCode: "text" },
    PaymentInstrumentData: { CardData: CARD },
  },
} as const;

const TAKEN_BACK = {
  Response: RESPONSE,
  POIData: POI_DATA,
  PaymentReceipt: [RECEIPT],
  ReversedAmount: "number",
} as const;

const MESSAGE_REFERENCE = {
  MessageCategory: "text",
  ServiceID: "text",
  SaleID: "text",
  POIID: "text",
} as const;

const POI_STATUS = { GlobalStatus: "text", CommunicationOKFlag: "flag" } as const;

const TOTALS = {
  CardBrand: "text",
  PaymentInstrumentType: "text",
  PaymentCurrency: "text",
  PaymentTotals: [{ TransactionType: "text", TransactionCount: "number", TransactionAmount: "number" }],
} as const;

const BODIES = {
  LoginResponse: { Response: RESPONSE, POISystemData: { POIStatus: POI_STATUS } },
  DiagnosisResponse: { Response: RESPONSE, POIStatus: POI_STATUS },
  PaymentResponse: CHARGED,
  ReversalResponse: TAKEN_BACK,
  TransactionStatusResponse: {
    Response: RESPONSE,
    MessageReference: MESSAGE_REFERENCE,
    RepeatedMessageResponse: {
      MessageHeader: HEADER,
      RepeatedResponseMessageBody: { PaymentResponse: CHARGED, ReversalResponse: TAKEN_BACK },
    },
  },
  GetTotalsResponse: { Response: RESPONSE, TransactionTotals: [TOTALS] },
  /** How a message is refused before it is looked at. */
  EventNotification: { EventToNotify: "text", EventDetails: "form" },
  LoginRequest: { OperatorLanguage: "text" },
  DiagnosisRequest: { HostDiagnosisFlag: "flag" },
  PaymentRequest: {
    SaleData: { SaleTransactionID: TRANSACTION_ID },
    PaymentTransaction: { AmountsReq: AMOUNTS },
    PaymentData: { PaymentType: "text" },
  },
  ReversalRequest: {
    OriginalPOITransaction: { POITransactionID: TRANSACTION_ID },
    ReversalReason: "text",
    ReversedAmount: "number",
  },
  TransactionStatusRequest: { MessageReference: MESSAGE_REFERENCE },
  AbortRequest: { AbortReason: "text", MessageReference: MESSAGE_REFERENCE },
  GetTotalsRequest: {},
} as const;

const TRAILER = {
  KeyVersion: "number",
  KeyIdentifier: "text",
  Hmac: "text",
  Nonce: "text",
  AdyenCryptoVersion: "number",
} as const;

const ROOT = { MessageHeader: HEADER, NexoBlob: "blob", SecurityTrailer: TRAILER, ...BODIES } as const;
const DOCUMENT: Allowed = { SaleToPOIRequest: ROOT, SaleToPOIResponse: ROOT };

/**
 * Reads one message. With a key only envelopes are taken, without one only plain messages. `bytes` are
 * wiped, and so is what was decrypted, whatever the outcome.
 */
export function decodeMessage(
  bytes: Uint8Array,
  key: NexoKey | undefined,
  crypto: NexoCrypto,
): MessageOutcome {
  const outer = scanJson(bytes, DOCUMENT);
  bytes.fill(0);
  if (!outer.ok) return outer;
  const isEnvelope = at(rootOf(outer.value).root, "NexoBlob") !== undefined;
  if (key === undefined)
    return isEnvelope ? { ok: false, code: "nexo/encrypted", offset: 0 } : messageOf(outer.value, false);
  if (!isEnvelope) return { ok: false, code: "nexo/not_encrypted", offset: 0 };
  const opened = openEnvelope(rootOf(outer.value).root, key, crypto);
  if (!opened.ok) return { ok: false, code: opened.code, offset: 0 };
  const inner = scanJson(opened.plain, DOCUMENT);
  opened.plain.fill(0);
  if (!inner.ok) return inner;
  // The outer header is not covered by the HMAC; it may say nothing of its own.
  const message = messageOf(inner.value, true);
  const outside = headerOf(at(rootOf(outer.value).root, "MessageHeader"));
  if (message.ok && JSON.stringify(outside) !== JSON.stringify(message.message.header))
    return { ok: false, code: "nexo/header_differs", offset: 0 };
  return message;
}

function rootOf(document: Scanned): {
  readonly direction: "request" | "response";
  readonly root: Scanned | undefined;
} {
  const response = at(document, "SaleToPOIResponse");
  if (response !== undefined) return { direction: "response", root: response };
  return { direction: "request", root: at(document, "SaleToPOIRequest") };
}

function messageOf(document: Scanned, isEncrypted: boolean): MessageOutcome {
  const { direction, root } = rootOf(document);
  const header = headerOf(at(root, "MessageHeader"));
  if (header === undefined) return { ok: false, code: "nexo/no_header", offset: 0 };
  const name = Object.keys(BODIES).find((known) => at(root, known) !== undefined) ?? "";
  return { ok: true, message: { header, direction, name, body: at(root, name), isEncrypted } };
}

/** The header that was scanned; undefined without category or terminal. */
export function headerOf(scanned: Scanned | undefined): NexoHeader | undefined {
  const category = textAt(scanned, "MessageCategory");
  const poiId = textAt(scanned, "POIID");
  if (category === "" || poiId === "") return undefined;
  return {
    category,
    type: textAt(scanned, "MessageType"),
    serviceId: textAt(scanned, "ServiceID"),
    saleId: textAt(scanned, "SaleID"),
    poiId,
  };
}
