/** Segment names and headers: golden bytes, either copy serves. */
import { expect, test } from "vitest";
import { crc32 } from "../../../runtime/store/crc32.ts";
import {
  encodeHeader,
  parseSegmentName,
  readHeader,
  segmentPath,
  type SegmentHeader,
} from "../../../runtime/store/segment.ts";
import { fromHex, toHex } from "../../support/hex.ts";

const HEADER: SegmentHeader = {
  terminal: "till-1",
  epoch: "0123456789abcdef",
  segmentNumber: 3,
  sectorBytes: 512,
  segmentBytes: 4096,
  firstSeq: 42,
  parent: { epoch: "fedcba9876543210", seq: 41, hash: new Uint8Array(32).fill(0x5c) },
  lost: true,
  markCounter: 9,
};
const GOLDEN = fromHex(`
  54494c4c4a524e4c 00000000 0001 0000 00000200 00000003 0123456789abcdef 000000000000002a
  fedcba9876543210 0000000000000029 ${"5c".repeat(32)} 00001000 01 06 74696c6c2d31
  ${"00".repeat(28)} 0000000000000009`);

test("a header's bytes are these, twice", () => {
  const bytes = encodeHeader(HEADER);
  const golden = GOLDEN.slice();
  new DataView(golden.buffer).setUint32(8, crc32(bytes.subarray(12, 512), crc32(bytes.subarray(0, 8))));
  expect(toHex(bytes.subarray(0, golden.length))).toBe(toHex(golden));
  expect(bytes.subarray(512)).toEqual(bytes.subarray(0, 512));
  expect(bytes).toHaveLength(1024);
});

test.each([512, 4096])(
  "a header at sectors of %d bytes is read back, with and without a parent",
  (sectorBytes) => {
    for (const parent of [HEADER.parent, null]) {
      const header = { ...HEADER, sectorBytes, parent, lost: false };
      expect(readHeader(encodeHeader(header))).toEqual({ kind: "whole", header, damagedCopyCount: 0 });
    }
  },
);

test.each([512, 4096])("one flipped byte anywhere leaves the other copy, at sectors of %d", (sectorBytes) => {
  const header = { ...HEADER, sectorBytes };
  const bytes = encodeHeader(header);
  for (let offset = 0; offset < bytes.length; offset += sectorBytes === 512 ? 1 : 5) {
    bytes[offset] = (bytes[offset] ?? 0) ^ 0x10;
    expect(readHeader(bytes)).toEqual({ kind: "whole", header, damagedCopyCount: 1 });
    bytes[offset] = (bytes[offset] ?? 0) ^ 0x10;
  }
});

test("a header whose copies are both damaged, or a file too short for one, is damaged", () => {
  const bytes = encodeHeader(HEADER);
  bytes[30] = 0;
  bytes[512 + 40] = 0;
  expect(readHeader(bytes)).toEqual({ kind: "damaged" });
  for (const length of [0, 1, 511]) {
    expect(readHeader(encodeHeader(HEADER).subarray(0, length))).toEqual({ kind: "damaged" });
  }
  expect(readHeader(encodeHeader(HEADER).subarray(0, 512))).toMatchObject({
    kind: "whole",
    damagedCopyCount: 1,
  });
});

test("a newer version with a right CRC is an unknown format, also in one copy alone", () => {
  const bytes = encodeHeader(HEADER);
  for (const copy of [bytes.subarray(0, 512), bytes.subarray(512)]) {
    const view = new DataView(copy.buffer, copy.byteOffset);
    view.setUint16(12, 7);
    view.setUint32(8, crc32(copy.subarray(12), crc32(copy.subarray(0, 8))));
  }
  expect(readHeader(bytes)).toEqual({ kind: "unknown_format" });
  bytes[100] = 1;
  expect(readHeader(bytes)).toEqual({ kind: "unknown_format" });
});

test("a file's name tells number and epoch, and other names tell nothing", () => {
  const path = segmentPath(12, "0123456789abcdef");
  expect(path).toBe("journal/seg-00000012-0123456789abcdef.jnl");
  expect(parseSegmentName(path.slice(8))).toEqual({ segmentNumber: 12, epoch: "0123456789abcdef" });
  for (const name of ["spare.jnl", "seg-12-0123456789abcdef.jnl", "seg-00000012-0123456789ABCDEF.jnl", "x"]) {
    expect(parseSegmentName(name)).toBe(null);
  }
});
