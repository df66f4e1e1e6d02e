/**
 * `inspect nexo`: a message of a nexo terminal (JSON), plain or in its envelope, to the fields that the
 * driver reads and no others: what a card's fields hold stays out of this output as it stays out of the till.
 */
import { deriveKey } from "../../../drivers/reader/nexo/envelope.ts";
import type { NexoKey } from "../../../drivers/reader/nexo/envelope.ts";
import { decodeMessage, headerOf } from "../../../drivers/reader/nexo/messages.ts";
import type { NexoHeader } from "../../../drivers/reader/nexo/messages.ts";
import { at, scanJson, textAt } from "../../../drivers/reader/nexo/scan.ts";
import type { Allowed, Scanned } from "../../../drivers/reader/nexo/scan.ts";
import { nexoCrypto } from "../../../runtime/adapters/nexo-crypto.ts";
import { refused } from "./inspector.ts";
import type { Inspected, InspectOptions, Inspector, Json } from "./inspector.ts";

/** The kind. */
export const nexoInspector: Inspector = {
  name: "nexo",
  summary: "a message of a nexo card terminal: JSON, plain or encrypted",
  options: {
    passphrase: "TEXT   the shared key of the envelope; without it only its outside is shown",
    "key-id": "TEXT       its identifier; otherwise the one that the envelope names",
    "key-version": "N     its version; otherwise the one that the envelope names",
  },
  input: "json",
  inspect,
};

const ENVELOPE = {
  MessageHeader: {
    MessageCategory: "text",
    MessageType: "text",
    ServiceID: "text",
    SaleID: "text",
    POIID: "text",
  },
  NexoBlob: "blob",
  SecurityTrailer: { KeyIdentifier: "text", KeyVersion: "number", AdyenCryptoVersion: "number" },
} as const;
const OUTSIDE: Allowed = { SaleToPOIRequest: ENVELOPE, SaleToPOIResponse: ENVELOPE };

const MESSAGES: ReadonlyMap<string, string> = new Map([
  ["nexo/not_json", "No JSON object of this protocol"],
  ["nexo/too_long", "More than a message or a field of one may have"],
  ["nexo/too_deep", "Nested deeper than any message"],
  ["nexo/not_utf8", "A text is not UTF-8"],
  ["nexo/duplicate_field", "The same field twice"],
  ["nexo/no_header", "No MessageHeader with a category and a terminal"],
  ["nexo/header_differs", "The header outside says something else than the one inside"],
  ["nexo/not_sealed", "No NexoBlob"],
  ["nexo/not_encrypted", "A passphrase was given, and the message is plain"],
  ["nexo/bad_base64", "NexoBlob, Nonce or Hmac is not base64"],
  ["nexo/unknown_key", "The envelope names another key"],
  ["nexo/unknown_key_version", "The envelope names another version of the key"],
  ["nexo/unknown_crypto_version", "The envelope has another version than 1"],
  ["nexo/bad_nonce", "The nonce is not 16 bytes"],
  ["nexo/bad_cipher", "The blob does not decrypt: another passphrase, or it was changed"],
  ["nexo/bad_hmac", "The HMAC is not of this message"],
]);

function inspect(bytes: Uint8Array, options: InspectOptions): Inspected {
  const scanned = scanJson(bytes, OUTSIDE);
  if (!scanned.ok) return refusal(scanned.code, scanned.offset);
  const outside = at(scanned.value, "SaleToPOIResponse") ?? at(scanned.value, "SaleToPOIRequest");
  const isSealed = at(outside, "NexoBlob") !== undefined;
  const { passphrase } = options;
  if (isSealed && passphrase === undefined) return sealedOutside(scanned.value, outside);
  const key = passphrase === undefined ? undefined : keyOf(passphrase, outside, options);
  if (passphrase !== undefined && key === undefined)
    return refused("input/passphrase", 0, "A passphrase is Latin-1 text, not empty");
  // A copy: the reader of messages wipes what it has read.
  const decoded = decodeMessage(bytes.slice(), key, nexoCrypto);
  if (!decoded.ok) return refusal(decoded.code, decoded.offset);
  const { header, direction, name, body, isEncrypted } = decoded.message;
  const fields = body === undefined ? null : jsonOf(body);
  return { ok: true, value: { kind: "nexo", direction, ...shown(header), isEncrypted, name, fields } };
}

function refusal(code: string, offset: number): Inspected {
  return refused(code, offset, MESSAGES.get(code) ?? code);
}

function sealedOutside(document: Scanned, outside: Scanned | undefined): Inspected {
  const header = headerOf(at(outside, "MessageHeader"));
  if (header === undefined) return refusal("nexo/no_header", 0);
  const direction = at(document, "SaleToPOIResponse") === undefined ? "request" : "response";
  const trailer = at(outside, "SecurityTrailer");
  const envelope = {
    keyId: textAt(trailer, "KeyIdentifier"),
    keyVersion: textAt(trailer, "KeyVersion"),
    cryptoVersion: textAt(trailer, "AdyenCryptoVersion"),
    blobChars: textAt(outside, "NexoBlob").length,
  };
  return { ok: true, value: { kind: "nexo", direction, ...shown(header), isEncrypted: true, envelope } };
}

function keyOf(
  passphrase: string,
  outside: Scanned | undefined,
  options: InspectOptions,
): NexoKey | undefined {
  const identifier = options["key-id"] ?? textAt(outside, "SecurityTrailer", "KeyIdentifier");
  const version = Number(options["key-version"] ?? textAt(outside, "SecurityTrailer", "KeyVersion"));
  return deriveKey({ identifier, version, passphrase }, nexoCrypto);
}

function shown({ category, type, serviceId, saleId, poiId }: NexoHeader): Readonly<Record<string, Json>> {
  return { category, type, serviceId, saleId, poiId };
}

function jsonOf(value: Scanned): Json {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (!(value instanceof Map)) return [...value].map((member) => jsonOf(member));
  return Object.fromEntries([...value].map(([name, inner]) => [name, jsonOf(inner)]));
}
