/** Items of the CBOR profile with their bytes, and an arbitrary of all values, for the codec's tests. */
import * as fc from "fast-check";
import type { CborValue } from "../../protocol/cbor-value.ts";
import { fromHex } from "./hex.ts";

const oneTo25 = Array.from({ length: 25 }, (_, index) => index + 1);

/** Hex and value, each the only one of the other. */
export const cborGoldens: readonly (readonly [hex: string, value: CborValue])[] = [
  // RFC 8949 Appendix A, the rows that lie in the profile.
  ["00", 0],
  ["01", 1],
  ["0a", 10],
  ["17", 23],
  ["1818", 24],
  ["1819", 25],
  ["1864", 100],
  ["1903e8", 1000],
  ["1a000f4240", 1_000_000],
  ["1b000000e8d4a51000", 1_000_000_000_000],
  ["1bffffffffffffffff", 18_446_744_073_709_551_615n],
  ["3bffffffffffffffff", -18_446_744_073_709_551_616n],
  ["20", -1],
  ["29", -10],
  ["3863", -100],
  ["3903e7", -1000],
  ["f4", false],
  ["f5", true],
  ["f6", null],
  ["40", fromHex("")],
  ["4401020304", fromHex("01020304")],
  ["60", ""],
  ["6161", "a"],
  ["6449455446", "IETF"],
  ["62225c", '"\\'],
  ["62c3bc", "\u00fc"],
  ["63e6b0b4", "\u6c34"],
  ["64f0908591", "\u{10151}"],
  ["80", []],
  ["83010203", [1, 2, 3]],
  ["8301820203820405", [1, [2, 3], [4, 5]]],
  ["98190102030405060708090a0b0c0d0e0f101112131415161718181819", oneTo25],
  ["a0", new Map()],
  [
    "a201020304",
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    "a26161016162820203",
    new Map<string, CborValue>([
      ["a", 1],
      ["b", [2, 3]],
    ]),
  ],
  ["826161a161626163", ["a", new Map([["b", "c"]])]],
  [
    "a56161614161626142616361436164614461656145",
    new Map(["a", "b", "c", "d", "e"].map((key) => [key, key.toUpperCase()])),
  ],
  // The edges of each head, of the safe integers and of text.
  ["18ff", 255],
  ["190100", 256],
  ["19ffff", 65_535],
  ["1a00010000", 65_536],
  ["1affffffff", 4_294_967_295],
  ["1b0000000100000000", 4_294_967_296],
  ["1b0000019ab697e800", 1_764_000_000_000],
  ["1b001fffffffffffff", Number.MAX_SAFE_INTEGER],
  ["1b0020000000000000", 9_007_199_254_740_992n],
  ["37", -24],
  ["3818", -25],
  ["3affffffff", -4_294_967_296],
  ["3b0000000100000000", -4_294_967_297],
  ["3b001ffffffffffffe", Number.MIN_SAFE_INTEGER],
  ["3b001fffffffffffff", -9_007_199_254_740_992n],
  ["3b7fffffffffffffff", -9_223_372_036_854_775_808n],
  ["6100", "\0"],
  ["63efbbbf", "\ufeff"],
  ["62c280", "\u0080"],
  ["62dfbf", "\u07ff"],
  ["63e0a080", "\u0800"],
  ["63ed9fbf", "\ud7ff"],
  ["63ee8080", "\ue000"],
  ["63efbfbf", "\uffff"],
  ["64f0908080", "\u{10000}"],
  ["64f48fbfbf", "\u{10ffff}"],
  ["65 41cc8a c385", "A\u030a\u00c5"],
  ["77 6162636465666768696a6b6c6d6e6f7071727374757677", "abcdefghijklmnopqrstuvw"],
  ["7818 6162636465666768696a6b6c6d6e6f707172737475767778", "abcdefghijklmnopqrstuvwx"],
  ["d28440a040f6", { tag: 18, value: [fromHex(""), new Map(), fromHex(""), null] }],
  [
    "a4 01f6 20f5 6161f4 626161f6",
    new Map<number | string, CborValue>([
      [1, null],
      [-1, true],
      ["a", false],
      ["aa", null],
    ]),
  ],
];

/** Any value of the profile, with maps in any order of insertion. */
export const anyCborValue = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small", withCrossShrink: true },
    fc.maxSafeInteger(),
    fc.integer({ min: -300, max: 70_000 }),
    fc.bigInt({ min: BigInt(Number.MAX_SAFE_INTEGER) + 1n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: -(2n ** 64n), max: BigInt(Number.MIN_SAFE_INTEGER) - 1n }),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 6 }),
    fc
      .array(
        fc.tuple(fc.oneof(fc.maxSafeInteger(), fc.string({ unit: "binary", maxLength: 6 })), tie("value")),
        {
          maxLength: 6,
        },
      )
      .map((entries) => new Map(entries)),
    tie("value").map((value): CborValue => ({ tag: 18, value })),
  ),
})).value;
