/** Values to bytes: the goldens, one form whatever the way a value was made, and what has no form. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import { decodeCbor } from "../../protocol/cbor-decode.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import { CBOR_BYTES_MAX } from "../../protocol/cbor-value.ts";
import { cborGoldens } from "../support/cbor-rows.ts";
import { fromHex, toHex } from "../support/hex.ts";

/** Calls the encoder with what the types would not let through. */
function encodeAnything(value: unknown): unknown {
  return Reflect.apply(encodeCbor, undefined, [value]);
}

test.each(cborGoldens)("%s is written byte for byte", (hex, value) => {
  expect(toHex(encodeCbor(value))).toBe(toHex(fromHex(hex)));
});

test("the order in which a map was filled leaves no trace in its bytes", () => {
  const keys = [0, 23, 24, 255, 256, 4_294_967_296, -1, -25, "", "a", "b", "aa", "\uffff", "\u{10000}"];
  const straight = toHex(encodeCbor(new Map(keys.map((key) => [key, [key]]))));
  fc.assert(
    fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), (order) => {
      expect(toHex(encodeCbor([new Map(order.map((key) => [key, [key]]))]))).toBe(`81${straight}`);
    }),
  );
  expect(decodeCbor(fromHex(straight))).toMatchObject({ ok: true });
});

test("a safe integer given as a bigint has the bytes of the number, and -0 those of 0", () => {
  expect(toHex(encodeCbor([23n, -1n, 4_294_967_296n, -0]))).toBe("8417201b000000010000000000");
});

test("text that fills CBOR_BYTES_MAX comes back", () => {
  const text = "till".repeat(CBOR_BYTES_MAX / 4 - 2);
  expect(decodeCbor(encodeCbor(text))).toEqual({ ok: true, value: text });
});

test("text of several thousand characters in every width comes back", () => {
  const text = "a\u00fc\u6c34\u{1f9fe}".repeat(3000);
  expect(decodeCbor(encodeCbor(text))).toEqual({ ok: true, value: text });
  expect(encodeCbor(text).subarray(3)).toEqual(new Uint8Array(Buffer.from(text, "utf8")));
});

test.each([
  ["a fraction", 0.5],
  ["not a number", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["an unsafe integer", 2 ** 53],
  ["an unsafe negative integer", -(2 ** 53)],
  ["65 bits", 2n ** 64n],
  ["65 bits below zero", -(2n ** 64n) - 1n],
  ["a lone high surrogate", "a\ud800"],
  ["a lone high surrogate in front", "\ud800a"],
  ["a lone low surrogate", "\udc00"],
  ["a lone surrogate in a key", new Map([["\ud800", 1]])],
  ["a fractional key", new Map([[0.5, 1]])],
  ["a bigint key", new Map([[1n, 1]])],
  ["another tag", { tag: 24, value: 0 }],
  ["undefined", undefined],
  ["undefined in an array", [undefined]],
  ["undefined in a map", new Map([[1, undefined]])],
  ["a plain object", { a: 1 }],
  ["a date", new Date(0)],
  ["an array of another width", new Uint16Array(1)],
  ["a function", () => 0],
])("%s cannot be encoded and leaves nothing behind", (_, value) => {
  expect(() => encodeAnything([1, value])).toThrow(Bug);
  expect(toHex(encodeCbor([1]))).toBe("8101");
});
