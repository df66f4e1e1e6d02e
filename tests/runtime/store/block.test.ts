/** The commit block: golden bytes, and every small damage refused. */
import { expect, test } from "vitest";
import { CHAIN_START, chainHash } from "../../../protocol/hash.ts";
import { decodeBlock, encodeBlock, paddedBlockBytes } from "../../../runtime/store/block.ts";
import { crc32 } from "../../../runtime/store/crc32.ts";
import { bitFlips, truncations } from "../../support/damage.ts";
import { fromHex, toHex } from "../../support/hex.ts";

const RECORDS = [Uint8Array.of(0x82, 0x01, 0x02), Uint8Array.of(0x80)];
const GOLDEN = fromHex(`
  54574231 00000200 4bc20721 00000002 0000000000000007 00000400 00000004
  050d5cdf18300cdcef659f2679805cfe9b07bc8cd4c1a05aab2d7ca41d7088ea
  820102 80`);

function sample(): { readonly bytes: Uint8Array; readonly hash: Uint8Array } {
  return encodeBlock(RECORDS, { firstSeq: 7, syncedToBytes: 1024, recordBytes: 4 }, CHAIN_START, 512);
}

test("a block's bytes are these", () => {
  const { bytes } = sample();
  expect(toHex(bytes.subarray(0, 68))).toBe(toHex(GOLDEN));
  expect(bytes).toHaveLength(512);
  expect(bytes.subarray(68).every((byte) => byte === 0)).toBe(true);
});

test("the hash goes over the previous hash and the joined records, not over the framing", () => {
  expect(sample().hash).toEqual(chainHash(CHAIN_START, Uint8Array.of(0x82, 0x01, 0x02, 0x80)));
});

test("a block is read back from where it stands", () => {
  const { bytes, hash } = sample();
  const segment = new Uint8Array(2048);
  segment.set(bytes, 1024);
  const value = {
    blockBytes: 512,
    firstSeq: 7,
    recordCount: 2,
    syncedToBytes: 1024,
    recordBytes: Uint8Array.of(0x82, 0x01, 0x02, 0x80),
    hash,
  };
  expect(decodeBlock(segment, 1024, 512)).toEqual({ ok: true, value });
  expect(decodeBlock(segment, 0, 512)).toEqual({ ok: false, code: "block/magic", offset: 0 });
});

test("every truncation and every flipped bit, padding included, is refused with a code", () => {
  const { bytes } = sample();
  for (const cut of truncations(bytes)) expect(decodeBlock(cut, 0, 512)).toMatchObject({ ok: false });
  const codes = new Set<string>();
  for (const flipped of bitFlips(bytes)) {
    const decoded = decodeBlock(flipped, 0, 512);
    codes.add(decoded.ok ? "read" : decoded.code);
  }
  expect([...codes].toSorted()).toEqual(["block/crc", "block/length", "block/magic"]);
});

test("fields that no journal writes are block/fields though the CRC is right", () => {
  for (const [at, value] of [
    [12, 0],
    [12, 513],
    [16, 0x00200000],
  ] as const) {
    const { bytes } = sample();
    const view = new DataView(bytes.buffer);
    view.setUint32(at, value);
    view.setUint32(8, crc32(bytes.subarray(12), crc32(bytes.subarray(0, 8))));
    expect(decodeBlock(bytes, 0, 512)).toMatchObject({ ok: false, code: "block/fields" });
  }
});

test.each([
  [1, 512, 512],
  [448, 512, 512],
  [449, 512, 1024],
  [1, 4096, 4096],
  [48 * 1024, 512, 49_664],
])("%d record bytes at sectors of %d take %d", (recordBytes, sectorBytes, expected) => {
  expect(paddedBlockBytes(recordBytes, sectorBytes)).toBe(expected);
});
