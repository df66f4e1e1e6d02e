/**
 * The other side of the envelope and of the messages, written apart from the driver: whatever both agree
 * on, they agree on because of the protocol. Takes what a till sends, plain or sealed.
 */

import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/** JSON as it came. */
export type JsonObject = { readonly [name: string]: unknown };

/** The shared key of a simulated terminal. */
export interface SimKey {
  readonly identifier: string;
  readonly version: number;
  readonly passphrase: string;
}

/** A request that was understood. */
export interface TillMessage {
  readonly header: JsonObject;
  readonly category: string;
  readonly saleId: string;
  readonly serviceId: string;
  readonly poiId: string;
  /** What stands under `<category>Request`. */
  readonly body: JsonObject;
}

const PARTS = { hmacEnd: 32, cipherEnd: 64, end: 80 } as const;

function keyParts(key: SimKey): Buffer {
  return pbkdf2Sync(
    Buffer.from(key.passphrase, "latin1"),
    Buffer.from("AdyenNexoV1Salt"),
    4000,
    PARTS.end,
    "sha1",
  );
}

function vectorOf(parts: Buffer, nonce: Buffer): Buffer {
  const vector = Buffer.from(parts.subarray(PARTS.cipherEnd, PARTS.end));
  for (let index = 0; index < vector.length; index += 1)
    vector[index] = (vector[index] ?? 0) ^ (nonce[index] ?? 0);
  return vector;
}

/** Reads a request; undefined when it is no message or its envelope does not open. */
export function readRequest(text: string, key: SimKey | null): TillMessage | undefined {
  const outer = objectAt(parsed(text), "SaleToPOIRequest");
  const root =
    key === null || outer === undefined ? outer : objectAt(parsed(opened(outer, key)), "SaleToPOIRequest");
  const header = objectAt(root, "MessageHeader");
  if (root === undefined || header === undefined) return undefined;
  const category = stringAt(header, "MessageCategory");
  const body = objectAt(root, `${category}Request`);
  if (body === undefined) return undefined;
  return {
    header,
    category,
    saleId: stringAt(header, "SaleID"),
    serviceId: stringAt(header, "ServiceID"),
    poiId: stringAt(header, "POIID"),
    body,
  };
}

function opened(outer: JsonObject, key: SimKey): string {
  const parts = keyParts(key);
  const trailer = objectAt(outer, "SecurityTrailer") ?? {};
  if (stringAt(trailer, "KeyIdentifier") !== key.identifier || trailer["KeyVersion"] !== key.version)
    return "";
  const nonce = Buffer.from(stringAt(trailer, "Nonce"), "base64");
  const cipher = createDecipheriv(
    "aes-256-cbc",
    parts.subarray(PARTS.hmacEnd, PARTS.cipherEnd),
    vectorOf(parts, nonce),
  );
  const plain = Buffer.concat([
    cipher.update(Buffer.from(stringAt(outer, "NexoBlob"), "base64")),
    cipher.final(),
  ]);
  const hmac = createHmac("sha256", parts.subarray(0, PARTS.hmacEnd)).update(plain).digest("base64");
  return hmac === stringAt(trailer, "Hmac") ? plain.toString("utf8") : "";
}

/** An answer as text: `body` under its name beside the header of the request turned round. */
export function writeResponse(
  to: TillMessage,
  name: string,
  body: JsonObject,
  key: SimKey | null,
  poiId = to.poiId,
): string {
  const MessageHeader = { ...to.header, MessageType: "Response", POIID: poiId };
  const plain = JSON.stringify({ SaleToPOIResponse: { MessageHeader, [name]: body } });
  if (key === null) return plain;
  const parts = keyParts(key);
  const nonce = randomBytes(16);
  const cipher = createCipheriv(
    "aes-256-cbc",
    parts.subarray(PARTS.hmacEnd, PARTS.cipherEnd),
    vectorOf(parts, nonce),
  );
  const NexoBlob = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]).toString("base64");
  const SecurityTrailer = {
    KeyVersion: key.version,
    KeyIdentifier: key.identifier,
    Hmac: createHmac("sha256", parts.subarray(0, PARTS.hmacEnd)).update(plain).digest("base64"),
    Nonce: nonce.toString("base64"),
    AdyenCryptoVersion: 1,
  };
  return JSON.stringify({ SaleToPOIResponse: { MessageHeader, NexoBlob, SecurityTrailer } });
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at `path`. */
export function objectAt(value: JsonObject | undefined, ...path: readonly string[]): JsonObject | undefined {
  return path.reduce<JsonObject | undefined>((inner, name) => {
    const found = inner?.[name];
    return isObject(found) ? found : undefined;
  }, value);
}

/** The text under `name`, "" when there is none. */
export function stringAt(value: JsonObject | undefined, name: string): string {
  const found = value?.[name];
  return typeof found === "string" ? found : "";
}
