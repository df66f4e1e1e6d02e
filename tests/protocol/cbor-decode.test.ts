/** Bytes to values: the goldens, every refusal with its place, damage, limits, sequences. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import { decodeCbor, decodeCborSequence } from "../../protocol/cbor-decode.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import { CBOR_BYTES_MAX, CBOR_DEPTH_MAX } from "../../protocol/cbor-value.ts";
import type { CborFaultCode, CborValue } from "../../protocol/cbor-value.ts";
import { anyCborValue, cborGoldens } from "../support/cbor-rows.ts";
import { bitFlips, truncations } from "../support/damage.ts";
import { fromHex, toHex } from "../support/hex.ts";

const refusals: readonly (readonly [hex: string, code: CborFaultCode, offset: number])[] = [
  // RFC 8949 Appendix A, the rows that lie outside the profile.
  ["c249010000000000000000", "cbor/tag_unknown", 0],
  ["c349010000000000000000", "cbor/tag_unknown", 0],
  ["f90000", "cbor/float", 0],
  ["f98000", "cbor/float", 0],
  ["f93c00", "cbor/float", 0],
  ["fb3ff199999999999a", "cbor/float", 0],
  ["f93e00", "cbor/float", 0],
  ["f97bff", "cbor/float", 0],
  ["fa47c35000", "cbor/float", 0],
  ["fa7f7fffff", "cbor/float", 0],
  ["fb7e37e43c8800759c", "cbor/float", 0],
  ["f90001", "cbor/float", 0],
  ["f90400", "cbor/float", 0],
  ["f9c400", "cbor/float", 0],
  ["fbc010666666666666", "cbor/float", 0],
  ["f97c00", "cbor/float", 0],
  ["f97e00", "cbor/float", 0],
  ["f9fc00", "cbor/float", 0],
  ["fa7f800000", "cbor/float", 0],
  ["fa7fc00000", "cbor/float", 0],
  ["faff800000", "cbor/float", 0],
  ["fb7ff0000000000000", "cbor/float", 0],
  ["fb7ff8000000000000", "cbor/float", 0],
  ["fbfff0000000000000", "cbor/float", 0],
  ["f7", "cbor/simple_value", 0],
  ["f0", "cbor/simple_value", 0],
  ["f818", "cbor/simple_value", 0],
  ["f8ff", "cbor/simple_value", 0],
  ["c074323031332d30332d32315432303a30343a30305a", "cbor/tag_unknown", 0],
  ["c11a514b67b0", "cbor/tag_unknown", 0],
  ["c1fb41d452d9ec200000", "cbor/tag_unknown", 0],
  ["d74401020304", "cbor/tag_unknown", 0],
  ["d818456449455446", "cbor/tag_unknown", 0],
  ["d82076687474703a2f2f7777772e6578616d706c652e636f6d", "cbor/tag_unknown", 0],
  ["5f42010243030405ff", "cbor/indefinite_length", 0],
  ["7f657374726561646d696e67ff", "cbor/indefinite_length", 0],
  ["9fff", "cbor/indefinite_length", 0],
  ["9f018202039f0405ffff", "cbor/indefinite_length", 0],
  ["9f01820203820405ff", "cbor/indefinite_length", 0],
  ["83018202039f0405ff", "cbor/indefinite_length", 5],
  ["83019f0203ff820405", "cbor/indefinite_length", 2],
  ["9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff", "cbor/indefinite_length", 0],
  ["bf61610161629f0203ffff", "cbor/indefinite_length", 0],
  ["826161bf61626163ff", "cbor/indefinite_length", 3],
  ["bf6346756ef563416d7421ff", "cbor/indefinite_length", 0],
  // The end comes too early or too late.
  ["", "cbor/truncated", 0],
  ["18", "cbor/truncated", 0],
  ["1900", "cbor/truncated", 0],
  ["1a000000", "cbor/truncated", 0],
  ["1b00000000000000", "cbor/truncated", 0],
  ["41", "cbor/truncated", 0],
  ["6261", "cbor/truncated", 0],
  ["81", "cbor/truncated", 0],
  ["820041", "cbor/truncated", 2],
  ["a100", "cbor/truncated", 0],
  ["a1190000", "cbor/head_not_shortest", 1],
  ["a118ff", "cbor/truncated", 3],
  ["d2", "cbor/truncated", 1],
  ["0000", "cbor/trailing_bytes", 1],
  ["8000", "cbor/trailing_bytes", 1],
  // A declared length is never believed.
  ["5bffffffffffffffff", "cbor/truncated", 0],
  ["7bffffffffffffffff", "cbor/truncated", 0],
  ["9bffffffffffffffff", "cbor/truncated", 0],
  ["bbffffffffffffffff", "cbor/truncated", 0],
  ["9a7fffffff", "cbor/truncated", 0],
  ["ba7fffffff0000", "cbor/truncated", 0],
  // Another form of the same value.
  ["1800", "cbor/head_not_shortest", 0],
  ["1817", "cbor/head_not_shortest", 0],
  ["1900ff", "cbor/head_not_shortest", 0],
  ["1a0000ffff", "cbor/head_not_shortest", 0],
  ["1b00000000ffffffff", "cbor/head_not_shortest", 0],
  ["3817", "cbor/head_not_shortest", 0],
  ["3900ff", "cbor/head_not_shortest", 0],
  ["5800", "cbor/head_not_shortest", 0],
  ["780161", "cbor/head_not_shortest", 0],
  ["9800", "cbor/head_not_shortest", 0],
  ["b800", "cbor/head_not_shortest", 0],
  ["d81280", "cbor/head_not_shortest", 0],
  ["f814", "cbor/simple_value", 0],
  // Heads that mean nothing.
  ["1c", "cbor/head_reserved", 0],
  ["1d", "cbor/head_reserved", 0],
  ["1e", "cbor/head_reserved", 0],
  ["1f", "cbor/head_reserved", 0],
  ["3f", "cbor/head_reserved", 0],
  ["5c", "cbor/head_reserved", 0],
  ["9e", "cbor/head_reserved", 0],
  ["df", "cbor/head_reserved", 0],
  ["fc", "cbor/head_reserved", 0],
  ["fe", "cbor/head_reserved", 0],
  ["ff", "cbor/indefinite_length", 0],
  ["81ff", "cbor/indefinite_length", 1],
  ["e0", "cbor/simple_value", 0],
  ["f3", "cbor/simple_value", 0],
  // Maps.
  ["a202000100", "cbor/keys_unsorted", 3],
  ["a220000100", "cbor/keys_unsorted", 3],
  ["a26161000100", "cbor/keys_unsorted", 4],
  ["a262616100616200", "cbor/keys_unsorted", 5],
  ["a3010002000100", "cbor/keys_unsorted", 5],
  ["a201000100", "cbor/key_duplicate", 3],
  ["a2616100616100", "cbor/key_duplicate", 4],
  ["a14000", "cbor/key_kind", 1],
  ["a18000", "cbor/key_kind", 1],
  ["a1a000", "cbor/key_kind", 1],
  ["a1d20000", "cbor/key_kind", 1],
  ["a1f400", "cbor/key_kind", 1],
  ["a1f600", "cbor/key_kind", 1],
  ["a1f9000000", "cbor/key_kind", 1],
  ["a11b002000000000000000", "cbor/key_kind", 1],
  // Text.
  ["61ff", "cbor/text_not_utf8", 1],
  ["6180", "cbor/text_not_utf8", 1],
  ["61c3", "cbor/text_not_utf8", 1],
  ["6261c3", "cbor/text_not_utf8", 2],
  ["62c080", "cbor/text_not_utf8", 1],
  ["62c1bf", "cbor/text_not_utf8", 1],
  ["63e09fbf", "cbor/text_not_utf8", 1],
  ["63eda080", "cbor/text_not_utf8", 1],
  ["63edbfbf", "cbor/text_not_utf8", 1],
  ["64f08fbfbf", "cbor/text_not_utf8", 1],
  ["64f4908080", "cbor/text_not_utf8", 1],
  ["64f5808080", "cbor/text_not_utf8", 1],
];

/** D1: a value is answered only for the bytes that encoding it gives. */
function expectCodeOrSameBytes(bytes: Uint8Array): void {
  const decoded = decodeCbor(bytes);
  if (decoded.ok) expect(toHex(encodeCbor(decoded.value))).toBe(toHex(bytes));
  else expect(decoded.code).toMatch(/^cbor\//);
}

function nested(depth: number): CborValue {
  let value: CborValue = 7;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

test.each(cborGoldens)("%s is read to its value", (hex, value) => {
  expect(decodeCbor(fromHex(hex))).toEqual({ ok: true, value });
});

test.each(refusals)("%s is refused with %s at %i", (hex, code, offset) => {
  expect(decodeCbor(fromHex(hex))).toMatchObject({ ok: false, code, offset });
});

test("a cut or a flipped bit in a golden item gives a code or a value with exactly those bytes", () => {
  for (const [hex] of cborGoldens) {
    for (const damaged of truncations(fromHex(hex))) expect(decodeCbor(damaged).ok).toBe(false);
    for (const damaged of bitFlips(fromHex(hex))) expectCodeOrSameBytes(damaged);
  }
});

test("a cut or a flipped bit in any item gives a code or a value with exactly those bytes", () => {
  fc.assert(
    fc.property(anyCborValue, (value) => {
      const bytes = encodeCbor(value);
      for (const damaged of truncations(bytes)) expect(decodeCbor(damaged).ok).toBe(false);
      for (const damaged of bitFlips(bytes)) expectCodeOrSameBytes(damaged);
    }),
    { numRuns: 60 },
  );
});

test("any bytes at all give a code or a value with exactly those bytes", () => {
  const smallHead = fc.constantFrom(
    0x00,
    0x18,
    0x19,
    0x20,
    0x41,
    0x61,
    0x62,
    0x81,
    0x82,
    0xa1,
    0xa2,
    0xd2,
    0xf6,
  );
  const byte = fc.oneof(smallHead, fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 24 }), (bytes) => expectCodeOrSameBytes(Uint8Array.from(bytes))),
    { numRuns: 5000 },
  );
});

test("what is encoded is decoded to an equal value", () => {
  fc.assert(
    fc.property(anyCborValue, (value) => {
      expect(decodeCbor(encodeCbor(value))).toEqual({ ok: true, value });
    }),
    { numRuns: 500 },
  );
});

test("16 containers one inside the other pass and 17 are refused with cbor/too_deep, both ways", () => {
  const deepest = encodeCbor(nested(CBOR_DEPTH_MAX));
  expect(toHex(deepest)).toBe(`${"81".repeat(16)}07`);
  expect(decodeCbor(deepest)).toMatchObject({ ok: true });
  expect(() => encodeCbor(nested(CBOR_DEPTH_MAX + 1))).toThrow(Bug);
  for (const head of ["81", "a100", "d2"]) {
    const tooDeep = fromHex(`${head.repeat(17)}07`);
    expect(decodeCbor(tooDeep)).toMatchObject({ code: "cbor/too_deep", offset: 16 * (head.length / 2) });
  }
  expect(decodeCbor(fromHex("818107"), { depthMax: 1 })).toMatchObject({
    code: "cbor/too_deep",
    offset: 1,
  });
});

test("CBOR_BYTES_MAX bytes pass and one more is refused with cbor/too_long, both ways", () => {
  const headBytes = 5;
  const largest = encodeCbor(new Uint8Array(CBOR_BYTES_MAX - headBytes));
  expect(largest.length).toBe(CBOR_BYTES_MAX);
  expect(decodeCbor(largest)).toMatchObject({ ok: true });
  const larger = new Uint8Array(CBOR_BYTES_MAX - headBytes + 1);
  expect(() => encodeCbor(larger)).toThrow(Bug);
  const larges = encodeCbor(larger, { bytesMax: 2 * CBOR_BYTES_MAX });
  expect(decodeCbor(larges)).toMatchObject({ code: "cbor/too_long", offset: 0 });
  expect(decodeCbor(larges, { bytesMax: 2 * CBOR_BYTES_MAX })).toMatchObject({ ok: true });
  expect(() => encodeCbor([1, 2], { bytesMax: 2 })).toThrow(Bug);
  expect(decodeCborSequence(larges, 10)).toMatchObject({ code: "cbor/too_long", offset: 0 });
});

test("decoded bytes are copies, also of a Buffer in a larger one", () => {
  const pool = Buffer.from("ff4401020304ff", "hex");
  const decoded = decodeCbor(pool.subarray(1, 6));
  pool.fill(0);
  expect(decoded).toStrictEqual({ ok: true, value: fromHex("01020304") });
});

test("a sequence gives each item with its range", () => {
  const bytes = fromHex("00 8101 6161");
  expect(decodeCborSequence(bytes, 3)).toEqual({
    ok: true,
    value: [
      { value: 0, start: 0, end: 1 },
      { value: [1], start: 1, end: 3 },
      { value: "a", start: 3, end: 5 },
    ],
  });
  expect(decodeCborSequence(fromHex(""), 0)).toEqual({ ok: true, value: [] });
});

test.each([
  ["00 8101 6161", 2, "cbor/too_many_items", 3],
  ["00 8101 6261", 3, "cbor/truncated", 3],
  ["00 f6 f7", 9, "cbor/simple_value", 2],
  ["00 1800", 9, "cbor/head_not_shortest", 1],
])("the sequence %s of at most %i items is refused with %s at %i", (hex, countMax, code, offset) => {
  expect(decodeCborSequence(fromHex(hex), countMax)).toMatchObject({ ok: false, code, offset });
});
