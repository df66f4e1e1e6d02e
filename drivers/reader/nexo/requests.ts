/**
 * What we ask of a terminal: one function a message, plain objects with the names of the protocol, turned
 * into bytes at one place. Nothing of a card is ever in them.
 */

import { seal } from "./envelope.ts";
import type { NexoCrypto, NexoKey } from "./envelope.ts";
import { wireAmount } from "./amount.ts";
import { transactionOf } from "./reference.ts";
import type { ReaderRequest } from "../reader.ts";

/** The two ends as they are set up. */
export interface NexoEnds {
  /** What the terminal calls this till. */
  readonly saleId: string;
  /** Model and serial number, such as "P400Plus-275039202". */
  readonly poiId: string;
}

/** A request before it is bytes. */
export interface NexoRequest {
  readonly category: NexoCategory;
  readonly serviceId: string;
  /** What stands beside the header, by the names of the protocol. */
  readonly body: { readonly [name: string]: unknown };
}

/** The messages that we send. */
export type NexoCategory =
  | "Login"
  | "Diagnosis"
  | "Payment"
  | "Reversal"
  | "TransactionStatus"
  | "Abort"
  | "GetTotals";

/** What makes a request: the exponent of its currency and the time as ISO 8601 in UTC. */
export interface RequestFacts {
  readonly exponent: number;
  readonly nowIso: string;
}

/** The kind of message that carries out a tender's request. A refund with an original is a partial reversal here. */
export function categoryOf(request: ReaderRequest): "Payment" | "Reversal" {
  return request.kind === "pay" || request.original === "" ? "Payment" : "Reversal";
}

/** The request of a tender; undefined when its original cannot be named to a terminal. */
export function tenderRequest(
  request: ReaderRequest,
  serviceId: string,
  facts: RequestFacts,
): NexoRequest | undefined {
  const amount = wireAmount(request.amountMinor, facts.exponent);
  const saleData = { SaleTransactionID: { TransactionID: request.ref, TimeStamp: facts.nowIso } };
  if (categoryOf(request) === "Payment") {
    if (request.kind === "reverse") return undefined;
    const kind = request.kind === "refund" ? { PaymentData: { PaymentType: "Refund" } } : {};
    const amounts = { Currency: request.currency, RequestedAmount: amount };
    const charge = { SaleData: saleData, PaymentTransaction: { AmountsReq: amounts }, ...kind };
    return { category: "Payment", serviceId, body: { PaymentRequest: charge } };
  }
  const original = transactionOf(request.original);
  if (original === undefined) return undefined;
  const POITransactionID = { TransactionID: original.transactionId, TimeStamp: original.timeStamp };
  const ReversalRequest = {
    SaleData: { ...saleData, SaleToAcquirerData: `currency=${request.currency}` },
    OriginalPOITransaction: { POITransactionID },
    ReversalReason: "MerchantCancel",
    ReversedAmount: amount,
  };
  return { category: "Reversal", serviceId, body: { ReversalRequest } };
}

/** Asks what became of the request with `ofServiceId`. */
export function statusRequest(
  request: ReaderRequest,
  ofServiceId: string,
  ends: NexoEnds,
  serviceId: string,
): NexoRequest {
  const MessageReference = {
    MessageCategory: categoryOf(request),
    SaleID: ends.saleId,
    ServiceID: ofServiceId,
  };
  const TransactionStatusRequest = { ReceiptReprintFlag: true, MessageReference };
  return { category: "TransactionStatus", serviceId, body: { TransactionStatusRequest } };
}

/** Asks the running request with `ofServiceId` to end. Nothing is answered to it but by that request. */
export function abortRequest(
  request: ReaderRequest,
  ofServiceId: string,
  ends: NexoEnds,
  serviceId: string,
): NexoRequest {
  const MessageReference = {
    MessageCategory: categoryOf(request),
    SaleID: ends.saleId,
    ServiceID: ofServiceId,
  };
  return {
    category: "Abort",
    serviceId,
    body: { AbortRequest: { AbortReason: "MerchantAbort", MessageReference } },
  };
}

/** Says who we are; totals are counted from here. */
export function loginRequest(serviceId: string, nowIso: string, version: string): NexoRequest {
  const SaleSoftware = {
    ManufacturerID: "tillwright",
    ApplicationName: "tillwright",
    SoftwareVersion: version,
    CertificationCode: "",
  };
  return {
    category: "Login",
    serviceId,
    body: { LoginRequest: { DateTime: nowIso, SaleSoftware, OperatorLanguage: "en" } },
  };
}

/** Asks whether the terminal can work now. */
export function diagnosisRequest(serviceId: string): NexoRequest {
  return { category: "Diagnosis", serviceId, body: { DiagnosisRequest: { HostDiagnosisFlag: false } } };
}

/** Asks for the totals since the last reconciliation; ends nothing. */
export function totalsRequest(serviceId: string): NexoRequest {
  return { category: "GetTotals", serviceId, body: { GetTotalsRequest: {} } };
}

/** The bytes of a request, sealed when there is a key. */
export function encodeRequest(
  request: NexoRequest,
  ends: NexoEnds,
  key: NexoKey | undefined,
  crypto: NexoCrypto,
): Uint8Array {
  const MessageHeader = {
    ProtocolVersion: "3.0",
    MessageClass: "Service",
    MessageCategory: request.category,
    MessageType: "Request",
    ServiceID: request.serviceId,
    SaleID: ends.saleId,
    POIID: ends.poiId,
  };
  const plain = utf8({ SaleToPOIRequest: { MessageHeader, ...request.body } });
  return key === undefined
    ? plain
    : utf8({ SaleToPOIRequest: { MessageHeader, ...seal(plain, key, crypto) } });
}

function utf8(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
