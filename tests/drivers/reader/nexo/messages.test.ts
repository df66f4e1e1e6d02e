/**
 * Messages from bytes to values: the allow-list, the wiped bytes, the codes of what is refused.
 */

import { expect, test } from "vitest";
import { deriveKey, seal } from "../../../../drivers/reader/nexo/envelope.ts";
import { decodeMessage, headerOf } from "../../../../drivers/reader/nexo/messages.ts";
import { textAt } from "../../../../drivers/reader/nexo/scan.ts";
import { nexoCrypto } from "../../../../runtime/adapters/nexo-crypto.ts";
import { KEY } from "../../../support/nexo-world.ts";

const HEADER = {
  ProtocolVersion: "3.0",
  MessageClass: "Service",
  MessageCategory: "Payment",
  MessageType: "Response",
  ServiceID: "0123456789",
  SaleID: "till-1",
  POIID: "SIM100-1",
};
const PAN = "4111111111111111";
const BODY = {
  PaymentResponse: {
    Response: { Result: "Success", AdditionalResponse: `cardNumber=${PAN}&message=ok` },
    PaymentResult: {
      PaymentInstrumentData: {
        CardData: { MaskedPan: PAN, SensitiveCardData: { PAN, TrackData: [{ TrackValue: `${PAN}=2912` }] } },
      },
    },
  },
};
const key = deriveKey(KEY, nexoCrypto);
const utf8 = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const PLAIN = { SaleToPOIResponse: { MessageHeader: HEADER, ...BODY } };

function envelope(inner: unknown, header: unknown = HEADER): Uint8Array {
  if (key === undefined) throw new Error("no key");
  return utf8({ SaleToPOIResponse: { MessageHeader: header, ...seal(utf8(inner), key, nexoCrypto) } });
}

test("a message is its header, its name and the fields that are allowed", () => {
  const outcome = decodeMessage(utf8(PLAIN), undefined, nexoCrypto);
  if (!outcome.ok) throw new Error(outcome.code);
  const { header, direction, name, body, isEncrypted } = outcome.message;
  expect({ header, direction, name, isEncrypted }).toEqual({
    header: {
      category: "Payment",
      type: "Response",
      serviceId: "0123456789",
      saleId: "till-1",
      poiId: "SIM100-1",
    },
    direction: "response",
    name: "PaymentResponse",
    isEncrypted: false,
  });
  expect(textAt(body, "Response", "AdditionalResponse", "message")).toBe("ok");
  expect(textAt(body, "PaymentResult", "PaymentInstrumentData", "CardData", "MaskedPan")).toBe("1111");
});

test("the bytes of a message are zero once they were read, whatever came of it", () => {
  for (const bytes of [utf8(PLAIN), utf8("nothing"), envelope(PLAIN)]) {
    decodeMessage(bytes, undefined, nexoCrypto);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  }
});

test("an envelope says the same as the plain message", () => {
  const outcome = decodeMessage(envelope(PLAIN), key, nexoCrypto);
  expect(outcome).toMatchObject({ ok: true, message: { name: "PaymentResponse", isEncrypted: true } });
});

test.each([
  ["plain where a key is set up", () => decodeMessage(utf8(PLAIN), key, nexoCrypto), "nexo/not_encrypted"],
  [
    "an envelope where none is",
    () => decodeMessage(envelope(PLAIN), undefined, nexoCrypto),
    "nexo/encrypted",
  ],
  [
    "no header",
    () => decodeMessage(utf8({ SaleToPOIResponse: BODY }), undefined, nexoCrypto),
    "nexo/no_header",
  ],
  ["no root", () => decodeMessage(utf8({}), undefined, nexoCrypto), "nexo/no_header"],
  [
    "another header outside than inside",
    () => decodeMessage(envelope(PLAIN, { ...HEADER, ServiceID: "9" }), key, nexoCrypto),
    "nexo/header_differs",
  ],
  ["garbage inside", () => decodeMessage(envelope(7), key, nexoCrypto), "nexo/not_json"],
])("%s is refused with %s", (_what, decode, code) => {
  expect(decode()).toMatchObject({ ok: false, code });
});

test("a message that no list knows has no name", () => {
  const outcome = decodeMessage(
    utf8({ SaleToPOIResponse: { MessageHeader: HEADER, X: {} } }),
    undefined,
    nexoCrypto,
  );
  expect(outcome).toMatchObject({ ok: true, message: { name: "" } });
});

test("every truncation of a message is refused", () => {
  const whole = utf8(PLAIN);
  for (let length = 0; length < whole.length; length += 1)
    expect(decodeMessage(whole.slice(0, length), undefined, nexoCrypto).ok).toBe(false);
});

test("a header without category or terminal is none", () => {
  expect(headerOf(new Map([["POIID", "x"]]))).toBeUndefined();
  expect(headerOf(new Map([["MessageCategory", "x"]]))).toBeUndefined();
});
