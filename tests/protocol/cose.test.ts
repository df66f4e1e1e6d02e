/** COSE_Sign1 in our one shape: golden bytes both ways, every refusal, and that no damage gets through. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import { CBOR_BYTES_MAX } from "../../protocol/cbor-value.ts";
import type { CborValue } from "../../protocol/cbor-value.ts";
import { readCose, signCose, verifyCose } from "../../protocol/cose.ts";
import type { CoseDraft, CoseFaultCode } from "../../protocol/cose.ts";
import { createSigner, createVerifier } from "../../protocol/sign.ts";
import { bitFlips, truncations } from "../support/damage.ts";
import { createPortableVerifier } from "../support/ed25519-portable.ts";
import { fromHex, toHex } from "../support/hex.ts";

const signer = createSigner(fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
const externalAad = fromHex("74696c6c7772696768742f74657374"); // "tillwright/test"
const kid = fromHex("74696c6c2d31"); // "till-1"
const contentType = "application/tillwright-batch";
const payload = fromHex("83010203");

const goldenHeader =
  "a3 01 27 03 781c 6170706c69636174696f6e2f74696c6c7772696768742d6261746368 04 46 74696c6c2d31";
const goldenSigned = `84 6a 5369676e617475726531 582a ${goldenHeader} 4f 74696c6c7772696768742f74657374 44 83010203`;
const goldenSignature =
  "b53b0691ca0814ab202b6a641d8c1e91e225954c0f5575ce7a2994a93a1373b0 cb1e1675e288f275d745e798c650f89ed7706ead79fc603ff78af224de483f09";
const golden = fromHex(`d2 84 582a ${goldenHeader} a0 44 83010203 5840 ${goldenSignature}`);

const verifierResult = createVerifier(signer.publicKey);
if (!verifierResult.ok) throw new Error(verifierResult.code);
const verifier = verifierResult.value;

function draft(changes: Partial<CoseDraft> = {}): CoseDraft {
  return { signer, kid, contentType, externalAad, payload, ...changes };
}

/** A message of any parts, with a signature over none of them: shape is judged before signature. */
function messageOf(parts: {
  readonly header?: CborValue;
  readonly protectedBytes?: CborValue;
  readonly unprotected?: CborValue;
  readonly payload?: CborValue;
  readonly signature?: CborValue;
}): Uint8Array {
  return encodeCbor({
    tag: 18,
    value: [
      parts.protectedBytes ?? encodeCbor(parts.header ?? rightHeader()),
      parts.unprotected ?? new Map<number, CborValue>(),
      parts.payload === undefined ? payload : parts.payload,
      parts.signature ?? new Uint8Array(64),
    ],
  });
}

function rightHeader(...more: readonly (readonly [number | string, CborValue])[]): CborValue {
  return headerWithout(undefined, ...more);
}

/** The right header without one of its labels, and with what is given besides. */
function headerWithout(
  label: number | undefined,
  ...more: readonly (readonly [number | string, CborValue])[]
): CborValue {
  const entries: readonly (readonly [number, CborValue])[] = [
    [1, -8],
    [3, contentType],
    [4, kid],
  ];
  return new Map([...entries.filter(([key]) => key !== label), ...more]);
}

function isTaken(bytes: Uint8Array): boolean {
  const read = readCose(bytes);
  return read.ok && verifyCose(read.value, verifier, externalAad);
}

test("a message is signed to exactly the golden bytes", () => {
  expect(toHex(signCose(draft()))).toBe(toHex(golden));
});

test("the golden message is read to its parts and its signature is right", () => {
  const read = readCose(golden);
  expect(read).toStrictEqual({
    ok: true,
    value: {
      kid,
      contentType,
      payload,
      protectedBytes: fromHex(goldenHeader),
      signature: fromHex(goldenSignature),
    },
  });
  expect(isTaken(golden)).toBe(true);
});

test("the golden signature is over the Sig_structure of RFC 9052, as a second implementation sees it", () => {
  const portable = createPortableVerifier(signer.publicKey);
  expect(portable.ok && portable.value.verify(fromHex(goldenSigned), fromHex(goldenSignature))).toBe(true);
});

test("every truncation of the golden message is refused with cbor/truncated", () => {
  for (const cut of truncations(golden)) expect(readCose(cut)).toMatchObject({ code: "cbor/truncated" });
});

test("every flipped bit of the golden message gives a code or a wrong signature", () => {
  const outcomes = [...bitFlips(golden)].map(isTaken);
  expect(outcomes.length).toBe(8 * golden.length);
  expect(outcomes).not.toContain(true);
});

test("a message read under another external_aad, key, kid, content type or payload has a wrong signature", () => {
  const read = readCose(golden);
  if (!read.ok) throw new Error(read.code);
  const otherKey = createVerifier(createSigner(new Uint8Array(32)).publicKey);
  if (!otherKey.ok) throw new Error(otherKey.code);
  expect(verifyCose(read.value, verifier, externalAad.subarray(1))).toBe(false);
  expect(verifyCose(read.value, verifier, new Uint8Array(0))).toBe(false);
  expect(verifyCose(read.value, otherKey.value, externalAad)).toBe(false);
  const signature = golden.subarray(golden.length - 64);
  for (const changes of [{ kid: fromHex("00") }, { contentType: "text" }, { payload: fromHex("") }]) {
    const other = signCose(draft(changes));
    expect(isTaken(other)).toBe(true);
    expect(isTaken(Uint8Array.from([...other.subarray(0, other.length - 64), ...signature]))).toBe(false);
  }
});

test("bytes cannot move between external_aad and payload without the signature failing", () => {
  const read = readCose(signCose(draft({ externalAad: fromHex("0102"), payload: fromHex("03") })));
  if (!read.ok) throw new Error(read.code);
  expect(verifyCose({ ...read.value, payload: fromHex("0203") }, verifier, fromHex("01"))).toBe(false);
});

test("alg -19 is read as well as -8, and signed as it stands", () => {
  const protectedBytes = encodeCbor(headerWithout(1, [1, -19]));
  const signed = encodeCbor(["Signature1", protectedBytes, externalAad, payload]);
  expect(isTaken(messageOf({ protectedBytes, signature: signer.sign(signed) }))).toBe(true);
});

const shapes: readonly (readonly [what: string, bytes: Uint8Array, code: CoseFaultCode])[] = [
  ["no tag", golden.subarray(1), "cose/not_sign1"],
  ["an integer", fromHex("00"), "cose/not_sign1"],
  ["a tagged integer", fromHex("d200"), "cose/not_sign1"],
  ["three parts", fromHex("d28340a040"), "cose/not_sign1"],
  ["five parts", fromHex("d28540a0404040"), "cose/not_sign1"],
  ["the tag of COSE_Sign", fromHex("d8628440a04040"), "cbor/tag_unknown"],
  ["a tag in the tag", Uint8Array.from([0xd2, ...golden]), "cose/nested_tag"],
  [
    "a message as payload without a byte string",
    messageOf({ payload: { tag: 18, value: 0 } }),
    "cose/nested_tag",
  ],
  ["bytes after it", Uint8Array.from([...golden, 0]), "cbor/trailing_bytes"],
  ["a longer head", fromHex("d2 9804 40 a0 40 40"), "cbor/head_not_shortest"],
  ["an indefinite array", fromHex("d2 9f 40 a0 40 40 ff"), "cbor/indefinite_length"],
  ["more bytes than the limit", new Uint8Array(CBOR_BYTES_MAX + 1), "cbor/too_long"],
  ["a protected header that is not bytes", messageOf({ protectedBytes: "a0" }), "cose/part_kind"],
  ["an unprotected header that is not a map", messageOf({ unprotected: [] }), "cose/part_kind"],
  ["a payload elsewhere", messageOf({ payload: null }), "cose/payload_detached"],
  ["a payload that is text", messageOf({ payload: "text" }), "cose/part_kind"],
  ["a signature that is text", messageOf({ signature: "text" }), "cose/part_kind"],
  ["a signature of 63 bytes", messageOf({ signature: new Uint8Array(63) }), "cose/signature_length"],
  ["no signature", messageOf({ signature: new Uint8Array(0) }), "cose/signature_length"],
  ["an empty protected header", messageOf({ protectedBytes: new Uint8Array(0) }), "cose/alg_not_ed25519"],
  ["an empty map as protected header", messageOf({ header: new Map() }), "cose/alg_not_ed25519"],
  ["a protected header that is an array", messageOf({ header: [] }), "cose/protected_not_map"],
  [
    "a protected header with a label twice",
    messageOf({ protectedBytes: fromHex("a201270127") }),
    "cbor/key_duplicate",
  ],
  [
    "a protected header out of order",
    messageOf({ protectedBytes: fromHex("a204400127") }),
    "cbor/keys_unsorted",
  ],
  ["bytes after the protected map", messageOf({ protectedBytes: fromHex("a000") }), "cbor/trailing_bytes"],
  ["an unprotected label twice", fromHex("d284 40 a201000100 40 40"), "cbor/key_duplicate"],
  ["alg in both headers", messageOf({ unprotected: new Map([[1, -8]]) }), "cose/label_in_both"],
  ["kid in both headers", messageOf({ unprotected: new Map([[4, kid]]) }), "cose/label_in_both"],
  [
    "alg unprotected only",
    messageOf({ header: headerWithout(1), unprotected: new Map([[1, -8]]) }),
    "cose/unprotected_not_empty",
  ],
  [
    "an unknown unprotected label",
    messageOf({ unprotected: new Map([["x", 1]]) }),
    "cose/unprotected_not_empty",
  ],
  ["crit unprotected", messageOf({ unprotected: new Map([[2, [1]]]) }), "cose/unprotected_not_empty"],
  ["crit", messageOf({ header: rightHeader([2, [99]], [99, 0]) }), "cose/crit_not_understood"],
  [
    "crit that names only known labels",
    messageOf({ header: rightHeader([2, [1]]) }),
    "cose/crit_not_understood",
  ],
  ["an empty crit", messageOf({ header: rightHeader([2, []]) }), "cose/crit_not_understood"],
  ["an unknown protected label", messageOf({ header: rightHeader([99, 0]) }), "cose/label_unknown"],
  ["an unknown protected text label", messageOf({ header: rightHeader(["x", 0]) }), "cose/label_unknown"],
  ["no alg", messageOf({ header: headerWithout(1) }), "cose/alg_not_ed25519"],
  ["alg ES256", messageOf({ header: headerWithout(1, [1, -7]) }), "cose/alg_not_ed25519"],
  ["alg by name", messageOf({ header: headerWithout(1, [1, "EdDSA"]) }), "cose/alg_not_ed25519"],
  ["no content type", messageOf({ header: headerWithout(3) }), "cose/content_type_kind"],
  ["a content type by number", messageOf({ header: headerWithout(3, [3, 60]) }), "cose/content_type_kind"],
  ["no kid", messageOf({ header: headerWithout(4) }), "cose/kid_kind"],
  ["a kid that is text", messageOf({ header: headerWithout(4, [4, "till-1"]) }), "cose/kid_kind"],
];

test.each(shapes)("a message with %s is refused", (_, bytes, code) => {
  expect(readCose(bytes)).toMatchObject({ ok: false, code });
});

test("a message of the right parts is read, so the table above refuses for its one change", () => {
  expect(readCose(messageOf({}))).toMatchObject({ ok: true });
});

test("a fault inside the protected header is placed in the message", () => {
  for (const padding of [0, 23, 250, 65_600]) {
    const inside = encodeCbor(["x".repeat(padding)]);
    const protectedBytes = Uint8Array.from([...inside.subarray(0, inside.length), 0xf7]);
    const bytes = messageOf({ protectedBytes });
    const read = readCose(bytes);
    expect(read).toMatchObject({ ok: false, code: "cbor/trailing_bytes" });
    expect(read.ok || bytes[read.offset]).toBe(0xf7);
  }
});

test("any draft is read back as it was and verifies", () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(bytes, fc.string({ unit: "binary" }), bytes, bytes, (anyKid, anyType, anyAad, anyPayload) => {
      const read = readCose(
        signCose({ signer, kid: anyKid, contentType: anyType, externalAad: anyAad, payload: anyPayload }),
      );
      expect(read).toMatchObject({
        ok: true,
        value: { kid: anyKid, contentType: anyType, payload: anyPayload },
      });
      expect(read.ok && verifyCose(read.value, verifier, anyAad)).toBe(true);
    }),
  );
});

test("a message that fills CBOR_BYTES_MAX is signed, read and verified, and one byte more is a bug", () => {
  const overheadBytes = signCose(draft({ payload: new Uint8Array(65_536) })).length - 65_536;
  const largest = signCose(draft({ payload: new Uint8Array(CBOR_BYTES_MAX - overheadBytes) }));
  expect(largest.length).toBe(CBOR_BYTES_MAX);
  expect(isTaken(largest)).toBe(true);
  const read = readCose(largest);
  expect(read.ok && verifyCose(read.value, verifier, new Uint8Array(1000))).toBe(false);
  expect(read.ok).toBe(true);
  expect(() => signCose(draft({ payload: new Uint8Array(CBOR_BYTES_MAX - overheadBytes + 1) }))).toThrow(Bug);
});
