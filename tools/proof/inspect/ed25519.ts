/**
 * `inspect ed25519`: whether a signature is this key's over this message, as a line of JSON
 * {"public","message","signature"} in hex. Strict: S below L, canonical points, no small-order keys
 * (RFC 8032 section 5.1.7).
 */
import { createVerifier } from "../../../protocol/sign.ts";
import { bytesOfHex, refused } from "./inspector.ts";
import type { Inspector, Refused } from "./inspector.ts";

const FIELDS = ["public", "message", "signature"] as const;
const SIGNATURE_BYTES = 64;
const PUBLIC_BYTES = 32;

/** The kind. */
export const ed25519Inspector: Inspector = {
  name: "ed25519",
  summary: 'lines of JSON {"public","message","signature"} in hex: whether each signature is right',
  options: {},
  input: "text",
  inspect: (bytes) => {
    const fields = fieldsOf(bytes);
    if (!Array.isArray(fields)) return fields;
    const [publicKey = NOTHING, message = NOTHING, signature = NOTHING] = fields;
    const verdict = (valid: boolean, reason: string | null) =>
      ({ ok: true, value: { kind: "ed25519", valid, reason } }) as const;
    if (publicKey.length !== PUBLIC_BYTES) return verdict(false, "key/length");
    if (signature.length !== SIGNATURE_BYTES) return verdict(false, "signature/length");
    const verifier = createVerifier(publicKey);
    if (!verifier.ok) return verdict(false, verifier.code);
    const isRight = verifier.value.verify(message, signature);
    return verdict(isRight, isRight ? null : "signature/wrong");
  },
};

const NOTHING = new Uint8Array(0);

function fieldsOf(bytes: Uint8Array): (readonly Uint8Array[] & unknown[]) | Refused {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    return refused("input/not_json", 0, cause instanceof SyntaxError ? cause.message : "Not JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    return refused("input/not_object", 0, 'Must be {"public","message","signature"}');
  const values = new Map<string, unknown>(Object.entries(parsed));
  const fields: Uint8Array[] = [];
  for (const name of FIELDS) {
    const text = values.get(name);
    if (typeof text !== "string") return refused("input/field_missing", 0, `${name} must be hex text`);
    const field = bytesOfHex(text);
    if (!field.ok) return { ...field, message: `${name}: ${field.message}` };
    fields.push(field.bytes);
  }
  return fields;
}
