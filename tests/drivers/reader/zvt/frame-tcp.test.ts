/** APDUs on a stream: every split, long lengths, lengths that cannot be. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex, joinBytes, toHex } from "../../../../drivers/reader/zvt/bytes.ts";
import { TcpFrameReader } from "../../../../drivers/reader/zvt/frame-tcp.ts";
import type { TcpItem } from "../../../../drivers/reader/zvt/frame-tcp.ts";

const LONG = joinBytes([fromHex("06 D3 FF 2D 01"), new Uint8Array(301).fill(0x41)]);
const STREAM = joinBytes([fromHex("80 00 00"), LONG, fromHex("06 0F 03 27 00 19"), fromHex("05 01 00")]);
const NAMES = ["800000", toHex(LONG), "060F03270019", "050100"].map((hex) => `apdu ${hex}`);

test("any split of a stream gives the same APDUs", () => {
  for (let first = 0; first <= STREAM.length; first += 1) {
    for (let second = first; second <= STREAM.length; second += 11) {
      expect(seen([STREAM.slice(0, first), STREAM.slice(first, second), STREAM.slice(second)])).toEqual(
        NAMES,
      );
    }
  }
});

test("a length beyond the bound ends the stream, once, and nothing after it is read", () => {
  const reader = new TcpFrameReader();
  expect(reader.push(fromHex("06 D3 FF FF FF 41 42"))).toEqual([{ kind: "too_long", apduBytes: 65_540 }]);
  expect(reader.push(STREAM)).toEqual([]);
});

test("what an ended connection leaves is counted and forgotten", () => {
  const reader = new TcpFrameReader();
  expect(reader.push(fromHex("06 0F 03 27"))).toEqual([]);
  expect(reader.isInApdu).toBe(true);
  expect(reader.cut()).toBe(4);
  expect(reader.push(fromHex("80 00 00")).map(nameOf)).toEqual(["apdu 800000"]);
});

test("any bytes give APDUs whose own length is right, or an end", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (parts) => {
      const reader = new TcpFrameReader();
      const items = parts.flatMap((part) => reader.push(part));
      const apdus = items.flatMap((item) => (item.kind === "apdu" ? [item.bytes] : []));
      for (const apdu of apdus) expect(apdu.length).toBe(ownLength(apdu));
      expect(items.filter((item) => item.kind === "too_long").length).toBeLessThanOrEqual(1);
    }),
  );
});

function ownLength(apdu: Uint8Array): number {
  return apdu[2] === 0xff ? 5 + (apdu[3] ?? 0) + (apdu[4] ?? 0) * 256 : 3 + (apdu[2] ?? 0);
}

function seen(parts: readonly Uint8Array[]): readonly string[] {
  const reader = new TcpFrameReader();
  return parts.flatMap((part) => reader.push(part)).map(nameOf);
}

function nameOf(item: TcpItem): string {
  return item.kind === "apdu" ? `apdu ${toHex(item.bytes)}` : `${item.kind} ${item.apduBytes}`;
}
