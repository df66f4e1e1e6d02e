/** The guard sees a packet's length at every way of cutting the stream (MQTT 3.1.1 section 2.2). */
import { expect, test } from "vitest";
import { PacketGuard } from "../../../tools/hq/packet-guard.ts";

const LIMIT_BYTES = 300;

function packet(lengthDigits: readonly number[], bodyBytes: number): Uint8Array {
  return Uint8Array.from([0x30, ...lengthDigits, ...Array.from({ length: bodyBytes }, () => 0xff)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

const allowed = [packet([0], 0), packet([5], 5), packet([0xac, 0x02], 300), packet([0x80, 0x01], 128)];

test("packets up to the limit pass, whole, together and byte by byte", () => {
  const stream = joined([...allowed, ...allowed]);
  expect(new PacketGuard(LIMIT_BYTES).feed(stream)).toBe("ok");
  for (const size of [1, 2, 3, 7]) {
    const guard = new PacketGuard(LIMIT_BYTES);
    for (let at = 0; at < stream.length; at += size) {
      expect(guard.feed(stream.subarray(at, at + size))).toBe("ok");
    }
  }
});

test("a packet over the limit is seen with its last length digit, wherever it stands", () => {
  const tooLong = Uint8Array.of(0x30, 0xad, 0x02);
  for (let before = 0; before <= allowed.length; before += 1) {
    const guard = new PacketGuard(LIMIT_BYTES);
    expect(guard.feed(joined(allowed.slice(0, before)))).toBe("ok");
    expect(guard.feed(tooLong)).toBe("too_long");
  }
});

test("a length of five digits is malformed, and one beyond 32 bits is too long before that", () => {
  expect(new PacketGuard(LIMIT_BYTES).feed(Uint8Array.of(0x10, 0x80, 0x80, 0x80, 0x80))).toBe("malformed");
  expect(new PacketGuard(LIMIT_BYTES).feed(Uint8Array.of(0x10, 0xff, 0xff, 0xff, 0xff))).toBe("too_long");
});
