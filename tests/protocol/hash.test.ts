/** SHA-256 against published values, and the rule of the chain. */
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import { CHAIN_START, chainHash, HASH_BYTES, sha256, sha256Hex } from "../../protocol/hash.ts";
import { fromHex, toHex } from "../support/hex.ts";

const abc = new Uint8Array(Buffer.from("abc", "utf8"));

// FIPS 180-4 examples: the empty message, "abc" and the 448-bit message.
test.each([
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
])("the SHA-256 of %j is %s", (text, hex) => {
  expect(toHex(sha256(new Uint8Array(Buffer.from(text, "utf8"))))).toBe(hex);
  expect(sha256Hex(text)).toBe(hex);
});

test("the hash of parts is the hash of their join, and plain bytes that the caller owns", () => {
  const first = sha256(abc.subarray(0, 1), new Uint8Array(0), abc.subarray(1));
  expect(first).toStrictEqual(sha256(abc));
  expect(first.constructor).toBe(Uint8Array);
  first.fill(0);
  expect(sha256(abc)[0]).toBe(0xba);
});

test("parts of any length are hashed alike, in one call or fed one by one", () => {
  for (const lengthBytes of [0, 1, 65_534, 65_535, 65_536, 200_000]) {
    const part = new Uint8Array(lengthBytes).fill(0x5a);
    expect(sha256(abc.subarray(0, 1), part)).toEqual(sha256(new Uint8Array([0x61, ...part])));
  }
});

test("a chain hash is SHA-256 over the previous hash and the record bytes", () => {
  expect(CHAIN_START).toEqual(new Uint8Array(HASH_BYTES));
  const first = chainHash(CHAIN_START, abc);
  expect(toHex(first)).toBe(toHex(sha256(fromHex(`${"00".repeat(32)}616263`))));
  expect(toHex(chainHash(first, abc))).toBe(toHex(sha256(fromHex(`${toHex(first)}616263`))));
});

test("a previous hash of another length is a bug, for it would move bytes from the record to the hash", () => {
  expect(() => chainHash(new Uint8Array(31), abc)).toThrow(Bug);
  expect(() => chainHash(new Uint8Array(33), abc)).toThrow(Bug);
});
