/**
 * Messages of the nexo terminal as they are on the wire, with fixed keys, nonces and times: the text of
 * tests/golden/readers/nexo.txt. Requests are what the driver sends; answers are a simulated terminal's,
 * test card numbers in every field that could hold one.
 */

import { deriveKey, seal } from "../../drivers/reader/nexo/envelope.ts";
import type { NexoCrypto, NexoKey } from "../../drivers/reader/nexo/envelope.ts";
import {
  abortRequest,
  diagnosisRequest,
  encodeRequest,
  loginRequest,
  statusRequest,
  tenderRequest,
  totalsRequest,
} from "../../drivers/reader/nexo/requests.ts";
import type { NexoRequest } from "../../drivers/reader/nexo/requests.ts";
import { serviceIdOf } from "../../drivers/reader/nexo/service-id.ts";
import type { ReaderRequest } from "../../drivers/reader/reader.ts";
import { nexoCrypto } from "../../runtime/adapters/nexo-crypto.ts";
import { transactionBody } from "../../tools/sim/reader/nexo/answers.ts";
import type { Transaction } from "../../tools/sim/reader/nexo/memory.ts";
import { KEY, POI_ID, requestOf } from "./nexo-world.ts";

const ENDS = { saleId: "till-1", poiId: POI_ID };
const NOW = "2026-11-22T16:00:00.000Z";
const fixed: NexoCrypto = { ...nexoCrypto, random: (lengthBytes) => new Uint8Array(lengthBytes).fill(7) };
const utf8 = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const paid: Transaction = {
  saleId: ENDS.saleId,
  serviceId: serviceIdOf(requestOf().ref),
  category: "Payment",
  transactionId: "S0001.0001X0001",
  timeStamp: NOW,
  currency: "EUR",
  amountMinor: 1340,
  isRefund: false,
  original: "",
  end: { kind: "approved", cardKey: "visa", entry: "Tapped", amountMinor: 1340, approvalCode: "000001" },
};

function requests(): readonly (readonly [string, NexoRequest | undefined])[] {
  const facts = { exponent: 2, nowIso: NOW };
  const original = "S0001.0001X0001@2026-11-22T16:00:00.000Z";
  const tender = (wish: Partial<ReaderRequest>): NexoRequest | undefined =>
    tenderRequest(requestOf(wish), serviceIdOf(requestOf(wish).ref), facts);
  const { serviceId } = paid;
  return [
    ["login", loginRequest("q000000001", NOW, "0.2.0")],
    ["diagnosis", diagnosisRequest("q000000002")],
    ["pay", tender({})],
    ["refund of a part", tender({ kind: "refund", ref: "till-1/a/9", original, amountMinor: 340 })],
    ["refund without an original", tender({ kind: "refund", ref: "till-1/a/10" })],
    ["reverse", tender({ kind: "reverse", ref: "till-1/a/11", original })],
    ["status", statusRequest(requestOf(), serviceId, ENDS, "q000000003")],
    ["abort", abortRequest(requestOf(), serviceId, ENDS, "q000000004")],
    ["totals", totalsRequest("q000000005")],
  ];
}

function answers(): readonly (readonly [string, unknown])[] {
  const facts = { poiId: POI_ID, exponentOf: () => 2 };
  const header = (category: string, serviceId: string): unknown => ({
    ProtocolVersion: "3.0",
    MessageClass: "Service",
    MessageCategory: category,
    MessageType: "Response",
    ServiceID: serviceId,
    SaleID: ENDS.saleId,
    POIID: POI_ID,
  });
  const whole = (category: string, serviceId: string, body: unknown): unknown => ({
    SaleToPOIResponse: { MessageHeader: header(category, serviceId), [`${category}Response`]: body },
  });
  const charged = transactionBody(paid, facts);
  const refusedEnd = { kind: "failed", condition: "Refusal", reason: "5 Declined by the issuer" } as const;
  const refused = transactionBody({ ...paid, end: refusedEnd }, facts);
  const repeated = {
    Response: { Result: "Success" },
    RepeatedMessageResponse: {
      MessageHeader: header("Payment", paid.serviceId),
      RepeatedResponseMessageBody: { PaymentResponse: charged },
    },
  };
  const unknown = { Response: { Result: "Failure", ErrorCondition: "NotFound" } };
  return [
    ["approved", whole("Payment", paid.serviceId, charged)],
    ["declined", whole("Payment", paid.serviceId, refused)],
    ["status: processed", whole("TransactionStatus", "q000000003", repeated)],
    ["status: not found", whole("TransactionStatus", "q000000003", unknown)],
  ];
}

function sealed(document: unknown, key: NexoKey): Uint8Array {
  const header = (document as { SaleToPOIResponse: { MessageHeader: unknown } }).SaleToPOIResponse
    .MessageHeader;
  return utf8({ SaleToPOIResponse: { MessageHeader: header, ...seal(utf8(document), key, fixed) } });
}

/** The file: "# name" and hex, in turn. */
export function nexoGoldens(): string {
  const key = deriveKey(KEY, fixed);
  if (key === undefined) throw new Error("the key of the goldens cannot be derived");
  const rows: (readonly [string, Uint8Array])[] = [];
  for (const [name, request] of requests()) {
    if (request === undefined) throw new Error(`${name} cannot be asked`);
    rows.push([`request: ${name}`, encodeRequest(request, ENDS, undefined, fixed)]);
    rows.push([`sealed request: ${name}`, encodeRequest(request, ENDS, key, fixed)]);
  }
  for (const [name, document] of answers()) {
    rows.push([`answer: ${name}`, utf8(document)]);
    rows.push([`sealed answer: ${name}`, sealed(document, key)]);
  }
  return rows.map(([name, bytes]) => `# ${name}\n${Buffer.from(bytes).toString("hex")}\n`).join("");
}
