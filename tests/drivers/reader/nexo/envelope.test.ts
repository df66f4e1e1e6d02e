/**
 * The encrypted envelope: its key, its golden bytes, and that nothing in it can be changed.
 */

import { expect, test } from "vitest";
import { deriveKey, openEnvelope, seal } from "../../../../drivers/reader/nexo/envelope.ts";
import type { NexoCrypto, Sealed } from "../../../../drivers/reader/nexo/envelope.ts";
import { scanJson } from "../../../../drivers/reader/nexo/scan.ts";
import type { Allowed } from "../../../../drivers/reader/nexo/scan.ts";
import { nexoCrypto } from "../../../../runtime/adapters/nexo-crypto.ts";

const CONFIG = { identifier: "shop-key", version: 3, passphrase: "p@ssw0rd123456" };
/** The 80 bytes of that passphrase; with them the beginning of an answer that the dialect's maker publishes was opened. */
const DERIVED =
  "733636253b5b98f9a483b1a678d73a58dab2accafbc029ecbe12d60eaa909e32" +
  "cf2c822761b9f5305bf69970bfa7b659a6724a119db21f8b0e949779f2ea022c" +
  "bb9ba8092e6027c735398dc65977c051";
const ENVELOPE: Allowed = {
  NexoBlob: "blob",
  SecurityTrailer: {
    KeyVersion: "number",
    KeyIdentifier: "text",
    Hmac: "text",
    Nonce: "text",
    AdyenCryptoVersion: "number",
  },
};

const key = deriveKey(CONFIG, nexoCrypto);
const fixed: NexoCrypto = { ...nexoCrypto, random: (length) => new Uint8Array(length).fill(7) };
const message = new TextEncoder().encode('{"SaleToPOIResponse":{}}');

function keyOrFail() {
  if (key === undefined) throw new Error("no key");
  return key;
}

function open(envelope: unknown) {
  const scanned = scanJson(new TextEncoder().encode(JSON.stringify(envelope)), ENVELOPE);
  return openEnvelope(scanned.ok ? scanned.value : undefined, keyOrFail(), nexoCrypto);
}

const sealed = (): Sealed => seal(message, keyOrFail(), fixed);
const withTrailer = (changed: Partial<Sealed["SecurityTrailer"]>): unknown => ({
  ...sealed(),
  SecurityTrailer: { ...sealed().SecurityTrailer, ...changed },
});

test("a passphrase gives the key of 32, 32 and 16 bytes that the protocol names", () => {
  const { hmacKey, cipherKey, startVector } = keyOrFail();
  expect(Buffer.concat([hmacKey, cipherKey, startVector]).toString("hex")).toBe(DERIVED);
});

test.each(["", "schlüssel€", "tab\there"])("%j cannot be a passphrase", (passphrase) => {
  expect(deriveKey({ ...CONFIG, passphrase }, nexoCrypto)).toBeUndefined();
});

test("a sealed message has the bytes of this golden, and opens to what it was", () => {
  expect(sealed()).toEqual({
    NexoBlob: "3MPn/VPNJ+5PJlljNXUoimA2GXK6zHXuTXI0ElJprBw=",
    SecurityTrailer: {
      KeyVersion: 3,
      KeyIdentifier: "shop-key",
      Hmac: "pyaMBZFNdLyU00WP3bjv0539gGc392Iynr+Sxc2kRfQ=",
      Nonce: "BwcHBwcHBwcHBwcHBwcHBw==",
      AdyenCryptoVersion: 1,
    },
  });
  const opened = open(sealed());
  expect(opened.ok ? new TextDecoder().decode(opened.plain) : opened).toBe('{"SaleToPOIResponse":{}}');
});

test.each([
  ["no blob", {}, "nexo/not_sealed"],
  ["another crypto version", withTrailer({ AdyenCryptoVersion: 2 }), "nexo/unknown_crypto_version"],
  ["another key", withTrailer({ KeyIdentifier: "other" }), "nexo/unknown_key"],
  ["another version of the key", withTrailer({ KeyVersion: 4 }), "nexo/unknown_key_version"],
  ["text that is no base64", { ...sealed(), NexoBlob: "====" }, "nexo/bad_base64"],
  ["a short nonce", withTrailer({ Nonce: "BwcH" }), "nexo/bad_nonce"],
  ["half a block", { ...sealed(), NexoBlob: "BwcH" }, "nexo/bad_cipher"],
  ["another HMAC", withTrailer({ Hmac: "BwcH" }), "nexo/bad_hmac"],
  ["another nonce", withTrailer({ Nonce: "CAcHBwcHBwcHBwcHBwcHBw==" }), "nexo/bad_hmac"],
])("an envelope with %s is refused with %s", (_what, envelope, code) => {
  expect(open(envelope)).toEqual({ ok: false, code });
});

test("no bit of a sealed message can change unseen", () => {
  const blob = Buffer.from(sealed().NexoBlob, "base64");
  for (let bit = 0; bit < blob.length * 8; bit += 1) {
    const bent = Buffer.from(blob);
    bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(open({ ...sealed(), NexoBlob: bent.toString("base64") }).ok).toBe(false);
  }
});
