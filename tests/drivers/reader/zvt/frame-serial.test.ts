/** Blocks of the serial link: vectors, every split, damage, and bytes that mean nothing. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex, joinBytes, toHex } from "../../../../drivers/reader/zvt/bytes.ts";
import {
  SerialFrameReader,
  ZVT_APDU_BYTES_MAX,
  crcKermit,
  encodeSerialBlock,
} from "../../../../drivers/reader/zvt/frame-serial.ts";
import type { SerialItem } from "../../../../drivers/reader/zvt/frame-serial.ts";

/** APDU and block, as transport layer PA00P016 puts them on the wire. */
const VECTORS: readonly (readonly [apdu: string, block: string])[] = [
  ["80 00 00", "10 02 80 00 00 10 03 F5 1F"],
  ["84 9C 00", "10 02 84 9C 00 10 03 C3 41"],
  ["06 01 0A 04 00 00 00 01 10 00 49 09 78", "10 02 06 01 0A 04 00 00 00 01 10 10 00 49 09 78 10 03 F2 FF"],
  ["05 01 03 12 34 56", "10 02 05 01 03 12 34 56 10 03 E0 43"],
  [
    "06 0F 0B F0 F0 F7 32 2E 31 34 2E 31 35 00",
    "10 02 06 0F 0B F0 F0 F7 32 2E 31 34 2E 31 35 00 10 03 B1 11",
  ],
  // A CRC byte that is 10 stands bare.
  ["05 01 00", "10 02 05 01 00 10 03 10 06"],
];

test("the check value of the CRC is 2189", () => {
  expect(crcKermit(new TextEncoder().encode("123456789"))).toBe(0x2189);
});

test.each(VECTORS)("%s is the block %s, both ways", (apdu, block) => {
  expect(toHex(encodeSerialBlock(fromHex(apdu)))).toBe(toHex(fromHex(block)));
  expect(seen([fromHex(block)])).toEqual([`apdu ${toHex(fromHex(apdu))}`]);
});

test("ten euros and ten cents pass with both tens doubled", () => {
  const apdu = fromHex("06 01 0A 04 00 00 00 00 10 10 49 09 78");
  expect(toHex(encodeSerialBlock(apdu))).toContain("0010101010");
  expect(seen([encodeSerialBlock(apdu)])).toEqual([`apdu ${toHex(apdu)}`]);
});

test("any split of a stream of blocks, acknowledgements and noise gives the same items", () => {
  const stream = joinBytes([
    fromHex("06"),
    ...VECTORS.map(([, block]) => fromHex(block)),
    fromHex("15 77 10 99"),
    ...VECTORS.map(([, block]) => fromHex(block)),
  ]);
  const whole = seen([stream]);
  expect(whole.filter((item) => item.startsWith("apdu"))).toHaveLength(12);
  for (let first = 0; first <= stream.length; first += 1) {
    for (let second = first; second <= stream.length; second += 7) {
      const parts = [stream.slice(0, first), stream.slice(first, second), stream.slice(second)];
      expect(seen(parts)).toEqual(whole);
    }
  }
});

test("a flipped bit anywhere inside a block never gives an APDU", () => {
  for (const [, block] of VECTORS) {
    const bytes = fromHex(block);
    for (let bit = 16; bit < bytes.length * 8; bit += 1) {
      const damaged = bytes.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(seen([damaged]).filter((item) => item.startsWith("apdu"))).toEqual([]);
    }
  }
});

test("a block with a wrong CRC is bad, and the next one is read", () => {
  const bad = fromHex("10 02 80 00 00 10 03 F5 1E");
  const good = fromHex("10 02 80 00 00 10 03 F5 1F");
  expect(seen([bad, good])).toEqual(["garbage 3", "bad_block crc", "apdu 800000"]);
});

test("a block that begins anew inside another one is read, and the first is garbage", () => {
  const good = fromHex("10 02 80 00 00 10 03 F5 1F");
  expect(seen([fromHex("10 02 06 0F"), good])).toEqual(["garbage 4", "apdu 800000"]);
});

test("an escape that is none makes the block bad and what follows is read for what it is", () => {
  expect(seen([fromHex("10 02 80 10 06")])).toEqual(["garbage 1", "bad_block escape", "ack"]);
});

test("a silence inside a block makes it bad; outside it changes nothing", () => {
  const reader = new SerialFrameReader();
  reader.push(fromHex("10 02 80 00"));
  expect(reader.isInBlock).toBe(true);
  expect(reader.cut().map(nameOf)).toEqual(["garbage 2", "bad_block cut_off"]);
  expect(reader.isInBlock).toBe(false);
  expect(reader.cut()).toEqual([]);
  expect(reader.push(fromHex("10 02 80 00 00 10 03 F5 1F")).map(nameOf)).toEqual(["apdu 800000"]);
});

test("a block that never ends is thrown away at its bound", () => {
  const reader = new SerialFrameReader();
  let garbageCount = 0;
  const flood = new Uint8Array(4_096).fill(0x55);
  reader.push(fromHex("10 02"));
  for (let round = 0; round < 64; round += 1) {
    for (const item of reader.push(flood)) if (item.kind === "garbage") garbageCount += item.byteCount;
  }
  expect(garbageCount).toBe(64 * 4_096 - ZVT_APDU_BYTES_MAX);
  const end = reader.push(fromHex("10 03 00 00 06"));
  expect(end.map(nameOf)).toEqual(["garbage 16384", "bad_block too_long", "ack"]);
});

test("every APDU comes back out of its block, byte by byte", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (apdu) => {
      const block = encodeSerialBlock(apdu);
      expect(seen(Array.from(block, (value) => Uint8Array.of(value)))).toEqual([`apdu ${toHex(apdu)}`]);
    }),
  );
});

test("whatever comes, nothing is lost without being counted", () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const marks = fc.constantFrom("10", "1002", "1003", "06", "15", "10028000001003F51F").map(fromHex);
  fc.assert(
    fc.property(fc.array(fc.oneof(bytes, marks), { maxLength: 12 }), (parts) => {
      const reader = new SerialFrameReader();
      const items = [...parts.flatMap((part) => reader.push(part)), ...reader.cut()];
      const apdus = items.filter((item) => item.kind === "apdu");
      expect(apdus.every(({ bytes: apdu }) => apdu.length <= ZVT_APDU_BYTES_MAX)).toBe(true);
      if (joinBytes(parts).length > 0 && items.length === 0) {
        // Only an opening that nothing was in may vanish.
        expect(joinBytes(parts).length).toBeLessThanOrEqual(2);
      }
    }),
  );
});

function seen(parts: readonly Uint8Array[]): readonly string[] {
  const reader = new SerialFrameReader();
  return joinGarbage(parts.flatMap((part) => reader.push(part))).map(nameOf);
}

/** Garbage may come in more parts when the stream does. */
function joinGarbage(items: readonly SerialItem[]): readonly SerialItem[] {
  const joined: SerialItem[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    if (item.kind === "garbage" && last?.kind === "garbage") {
      joined.splice(-1, 1, { kind: "garbage", byteCount: last.byteCount + item.byteCount });
    } else joined.push(item);
  }
  return joined;
}

function nameOf(item: SerialItem): string {
  switch (item.kind) {
    case "apdu":
      return `apdu ${toHex(item.bytes)}`;
    case "bad_block":
      return `bad_block ${item.reason}`;
    case "garbage":
      return `garbage ${item.byteCount}`;
    default:
      return item.kind;
  }
}
