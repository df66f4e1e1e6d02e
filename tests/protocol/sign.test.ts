/** Ed25519 by node:crypto held against RFC 8032 and against a second implementation, and the rules on keys. */
import * as fc from "fast-check";
import nacl from "tweetnacl";
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import { isSignatureCanonical } from "../../protocol/ed25519.ts";
import type { Verifier, VerifierResult } from "../../protocol/ed25519.ts";
import { createSigner, createVerifier } from "../../protocol/sign.ts";
import { bitFlips } from "../support/damage.ts";
import { createPortableSigner, createPortableVerifier } from "../support/ed25519-portable.ts";
import { fromHex, toHex } from "../support/hex.ts";

/** 2^252 + 27742317777372353535851937790883648493 (RFC 8032 §5.1). */
const GROUP_ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
const FIELD_PRIME = 2n ** 255n - 19n;

const seed = fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
const message = fromHex("af82");

const implementations = [
  ["node:crypto", createSigner, createVerifier],
  ["tweetnacl", createPortableSigner, createPortableVerifier],
] as const;

/** RFC 8032 §7.1: tests 1, 2, 3 and SHA(abc). */
const vectors = [
  {
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature:
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    message: "af82",
    signature:
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  },
  {
    seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
    publicKey: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
    message:
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    signature:
      "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
  },
];

/** The eight points of small order, and their other encodings: the wrong sign where x is 0, and y + p where it fits. */
const LOW_ORDER_KEYS: readonly (readonly [hex: string, code: string])[] = [
  [`01${"00".repeat(31)}`, "key/low_order"],
  [`01${"00".repeat(30)}80`, "key/low_order"],
  [`ec${"ff".repeat(30)}7f`, "key/low_order"],
  [`ec${"ff".repeat(31)}`, "key/low_order"],
  ["00".repeat(32), "key/low_order"],
  [`${"00".repeat(31)}80`, "key/low_order"],
  ["26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "key/low_order"],
  ["26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", "key/low_order"],
  ["c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "key/low_order"],
  ["c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "key/low_order"],
  [`ed${"ff".repeat(30)}7f`, "key/not_canonical"],
  [`ed${"ff".repeat(31)}`, "key/not_canonical"],
  [`ee${"ff".repeat(30)}7f`, "key/not_canonical"],
  [`ee${"ff".repeat(31)}`, "key/not_canonical"],
];

function toBigint(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

function toLittleEndian(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, "0")).reverse();
}

function verifierOf(result: VerifierResult): Verifier {
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

test.each(implementations)(
  "%s gives the keys and signatures of RFC 8032 and takes them",
  (_, signerOf, keyOf) => {
    for (const vector of vectors) {
      const signer = signerOf(fromHex(vector.seed));
      expect(toHex(signer.publicKey)).toBe(vector.publicKey);
      expect(toHex(signer.sign(fromHex(vector.message)))).toBe(vector.signature);
      const verifier = verifierOf(keyOf(fromHex(vector.publicKey)));
      expect(verifier.verify(fromHex(vector.message), fromHex(vector.signature))).toBe(true);
      expect(verifier.verify(fromHex(`${vector.message}00`), fromHex(vector.signature))).toBe(false);
    }
  },
);

test("each implementation takes what the other signed, whatever the seed and the message", () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(seeds, fc.uint8Array({ maxLength: 300 }), (anySeed, anyMessage) => {
      const signer = createSigner(anySeed);
      const portable = createPortableSigner(anySeed);
      expect(toHex(signer.publicKey)).toBe(toHex(portable.publicKey));
      const signature = signer.sign(anyMessage);
      expect(toHex(signature)).toBe(toHex(portable.sign(anyMessage)));
      expect(verifierOf(createVerifier(portable.publicKey)).verify(anyMessage, signature)).toBe(true);
      expect(verifierOf(createPortableVerifier(signer.publicKey)).verify(anyMessage, signature)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test.each([
  // Every seventh bit, for the slow one, still meets every byte and every place in a byte.
  ["node:crypto", 1, createSigner, createVerifier],
  ["tweetnacl", 7, createPortableSigner, createPortableVerifier],
] as const)("%s refuses a signature with one bit flipped, at steps of %i", (_, step, signerOf, keyOf) => {
  const signer = signerOf(seed);
  const verifier = verifierOf(keyOf(signer.publicKey));
  const flips = [...bitFlips(signer.sign(message))].filter((_flip, bitIndex) => bitIndex % step === 0);
  expect(flips.length).toBe(Math.ceil(512 / step));
  expect(flips.filter((flipped) => verifier.verify(message, flipped))).toEqual([]);
});

/** The signature with the group order added to S: as right as before to who does not ask for S < L. */
function malleated(signature: Uint8Array, times: bigint): Uint8Array {
  const s = toBigint(signature.subarray(32)) + times * GROUP_ORDER;
  return Uint8Array.from([...signature.subarray(0, 32), ...toLittleEndian(s)]);
}

test.each(implementations)(
  "%s refuses a right signature with the group order added to S",
  (_, signerOf, keyOf) => {
    const signer = signerOf(seed);
    const verifier = verifierOf(keyOf(signer.publicKey));
    const signature = signer.sign(message);
    expect(verifier.verify(message, malleated(signature, 0n))).toBe(true);
    for (let times = 1n; times < 15n; times += 1n) {
      expect(verifier.verify(message, malleated(signature, times))).toBe(false);
    }
  },
);

test("tweetnacl alone would take a signature with the group order added to S", () => {
  const signer = createSigner(seed);
  const signature = malleated(signer.sign(message), 1n);
  expect(nacl.sign.detached.verify(message, signature, signer.publicKey)).toBe(true);
});

test("an S of the group order is refused and one below passes the rule", () => {
  const withS = (s: bigint): Uint8Array => Uint8Array.from([...new Uint8Array(32), ...toLittleEndian(s)]);
  expect(isSignatureCanonical(withS(0n))).toBe(true);
  expect(isSignatureCanonical(withS(GROUP_ORDER - 1n))).toBe(true);
  expect(isSignatureCanonical(withS(GROUP_ORDER))).toBe(false);
  expect(isSignatureCanonical(withS(GROUP_ORDER + 1n))).toBe(false);
  expect(isSignatureCanonical(withS(2n ** 256n - 1n))).toBe(false);
});

test.each(implementations)("%s refuses a signature that is not 64 bytes", (_, signerOf, keyOf) => {
  const signer = signerOf(seed);
  const verifier = verifierOf(keyOf(signer.publicKey));
  const signature = signer.sign(message);
  for (const wrong of [new Uint8Array(0), signature.subarray(0, 63), Uint8Array.from([...signature, 0])]) {
    expect(verifier.verify(message, wrong)).toBe(false);
  }
});

test.each(LOW_ORDER_KEYS)("the public key %s is refused with %s", (hex, code) => {
  expect(createVerifier(fromHex(hex))).toMatchObject({ ok: false, code, offset: 0 });
  expect(createPortableVerifier(fromHex(hex))).toMatchObject({ ok: false, code, offset: 0 });
});

test("for each refused key tweetnacl alone would take a signature that nobody made", () => {
  // R = the neutral element and S = 0 is right whenever the message's hash is a multiple of the key's order, at most 8.
  const forged = fromHex(`01${"00".repeat(63)}`);
  const messages = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  for (const [hex] of LOW_ORDER_KEYS) {
    expect(messages.some((signed) => nacl.sign.detached.verify(signed, forged, fromHex(hex)))).toBe(true);
  }
});

test("a public key from p up is refused with key/not_canonical and the largest y below p is not", () => {
  for (let y = FIELD_PRIME; y < 2n ** 255n; y += 1n) {
    expect(createVerifier(toLittleEndian(y))).toMatchObject({ ok: false, code: "key/not_canonical" });
    expect(createVerifier(toLittleEndian(y + 2n ** 255n))).toMatchObject({
      ok: false,
      code: "key/not_canonical",
    });
  }
  expect(createVerifier(toLittleEndian(FIELD_PRIME - 2n))).toMatchObject({ ok: true });
});

test("a public key that is not 32 bytes is refused with key/length", () => {
  const publicKey = createSigner(seed).publicKey;
  for (const wrong of [new Uint8Array(0), publicKey.subarray(1), Uint8Array.from([...publicKey, 0])]) {
    expect(createVerifier(wrong)).toMatchObject({ ok: false, code: "key/length" });
    expect(createPortableVerifier(wrong)).toMatchObject({ ok: false, code: "key/length" });
  }
});

test.each(implementations)(
  "%s says false to every signature for a key that is off the curve",
  (_, signerOf, keyOf) => {
    // y = 2 has no x.
    const verifier = verifierOf(keyOf(toLittleEndian(2n)));
    expect(verifier.verify(message, signerOf(seed).sign(message))).toBe(false);
    expect(verifier.verify(message, fromHex(`01${"00".repeat(63)}`))).toBe(false);
  },
);

test("signer and verifier keep their own copies of seed and key", () => {
  const ownSeed = seed.slice();
  const signer = createSigner(ownSeed);
  const ownKey = signer.publicKey.slice();
  const verifier = verifierOf(createVerifier(ownKey));
  ownSeed.fill(0);
  ownKey.fill(0);
  expect(verifier.verify(message, signer.sign(message))).toBe(true);
  expect(verifier.publicKey).toStrictEqual(signer.publicKey);
});

test("a seed that is not 32 bytes is a bug", () => {
  expect(() => createSigner(seed.subarray(1))).toThrow(Bug);
  expect(() => createSigner(Uint8Array.from([...seed, 0]))).toThrow(Bug);
});
