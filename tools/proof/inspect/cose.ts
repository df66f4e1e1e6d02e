/**
 * `inspect cose`: a COSE_Sign1 of the product's profile (RFC 9052), with a verdict about its signature
 * where a key is named. The external data that is signed with it is that of a link (--tenant,
 * --terminal), or any (--aad), or empty.
 */
import { isTerminalId } from "../../../core/ids.ts";
import { decodeCbor } from "../../../protocol/cbor-decode.ts";
import { encodeCbor } from "../../../protocol/cbor-encode.ts";
import { readCose, verifyCose } from "../../../protocol/cose.ts";
import type { CoseMessage } from "../../../protocol/cose.ts";
import { createVerifier } from "../../../protocol/sign.ts";
import { diagnostic } from "./diagnostic.ts";
import { bytesOfHex, hexOf, refused } from "./inspector.ts";
import type { InspectOptions, Inspector, Json, Refused } from "./inspector.ts";

/** Options that say under which key and which external data a signature stands. */
export const SIGNATURE_OPTIONS = {
  key: "HEX      the Ed25519 public key, 64 hex digits",
  aad: "HEX      external data that is signed with it",
  tenant: "NAME  with --terminal: the external data of this link",
  terminal: "NAME",
} as const;

/** The kind. */
export const coseInspector: Inspector = {
  name: "cose",
  summary: "a COSE_Sign1 message: header, payload, signature, and whether the signature is right",
  options: SIGNATURE_OPTIONS,
  input: "bytes",
  inspect: (bytes, options) => {
    const message = readCose(bytes);
    if (!message.ok) return refused(message.code, message.offset, "Not a COSE_Sign1 of this profile");
    const verdict = verdictOf(message.value, options);
    if (typeof verdict === "object" && verdict !== null) return verdict;
    const { kid, contentType, payload, protectedBytes, signature } = message.value;
    const inner = decodeCbor(payload);
    return {
      ok: true,
      value: {
        kind: "cose",
        contentType,
        kid: hexOf(kid),
        protected: hexOf(protectedBytes),
        payload: hexOf(payload),
        payloadDiagnostic: inner.ok ? diagnostic(inner.value) : null,
        signature: hexOf(signature),
        verified: verdict,
      },
    };
  },
};

/** Whether the signature is right; null without a key. A key or external data that cannot be used is refused. */
export function verdictOf(message: CoseMessage, options: InspectOptions): boolean | null | Refused {
  if (options["key"] === undefined) return null;
  const key = bytesOfHex(options["key"]);
  if (!key.ok) return { ...key, message: `--key: ${key.message}` };
  const verifier = createVerifier(key.bytes);
  if (!verifier.ok) return refused(verifier.code, 0, "--key is no Ed25519 public key");
  const aad = externalAad(options);
  return aad instanceof Uint8Array ? verifyCose(message, verifier.value, aad) : aad;
}

function externalAad(options: InspectOptions): Uint8Array | Refused {
  const { tenant, terminal, aad } = options;
  if (aad !== undefined) {
    const bytes = bytesOfHex(aad);
    return bytes.ok ? bytes.bytes : { ...bytes, message: `--aad: ${bytes.message}` };
  }
  if (tenant === undefined && terminal === undefined) return new Uint8Array(0);
  if (tenant === undefined || terminal === undefined || !isTerminalId(terminal))
    return refused("input/link", 0, "--tenant and --terminal name a link together");
  return encodeCbor(["tillwright/1", tenant, terminal]);
}

/** A value of the trade as JSON: bytes as hex, large integers as text. */
export function jsonOf(value: unknown): Json {
  if (value instanceof Uint8Array) return hexOf(value);
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, jsonOf(item)]));
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return null;
}
