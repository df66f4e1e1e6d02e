/**
 * `inspect cbor`: one item of the strict deterministic profile, in diagnostic notation, and the bytes
 * that it is encoded as: for an accepted item always the bytes that came.
 */
import { decodeCbor } from "../../../protocol/cbor-decode.ts";
import { encodeCbor } from "../../../protocol/cbor-encode.ts";
import { diagnostic } from "./diagnostic.ts";
import { hexOf, refused } from "./inspector.ts";
import type { Inspector } from "./inspector.ts";

/** The kind. */
export const cborInspector: Inspector = {
  name: "cbor",
  summary:
    "an item of deterministic CBOR (RFC 8949 4.2.1, no floats): diagnostic notation, and encoded again",
  options: {},
  input: "bytes",
  inspect: (bytes) => {
    const decoded = decodeCbor(bytes);
    if (!decoded.ok) return refused(decoded.code, decoded.offset, decoded.message);
    const encoded = encodeCbor(decoded.value);
    return {
      ok: true,
      value: {
        kind: "cbor",
        bytes: bytes.length,
        diagnostic: diagnostic(decoded.value),
        encoded: hexOf(encoded),
      },
    };
  },
};
