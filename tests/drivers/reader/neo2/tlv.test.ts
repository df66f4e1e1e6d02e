/** Tag, length, value: forms of the length, every truncation, bounds. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { TLV_COUNT_MAX, encodeTlv, readTlvs } from "../../../../drivers/reader/neo2/tlv.ts";
import { fromHex, toHex } from "../../../support/hex.ts";

function shown(hex: string): unknown {
  const read = readTlvs(fromHex(hex));
  return read.ok
    ? read.value.map(({ tag, form, value }) => `${tag.toString(16)} ${form} ${toHex(value)}`)
    : [read.code, read.offset];
}

test.each([
  ["", []],
  ["9c 01 00", ["9c plain 00"]],
  ["00 00 9c 01 05 00", ["9c plain 05"]],
  ["9f02 02 1234 dfee12 01 aa ffee01 00", ["9f02 plain 1234", "dfee12 plain aa", "ffee01 plain "]],
  ["57 81 02 1234", ["57 plain 1234"]],
  ["57 82 0002 1234", ["57 plain 1234"]],
  ["57 a1 02 1234 57 c1 02 5678", ["57 masked 1234", "57 encrypted 5678"]],
  ["57 a2 0001 12 57 c2 0001 56", ["57 masked 12", "57 encrypted 56"]],
])("%s", (hex, values) => {
  expect(shown(hex)).toEqual(values);
});

test.each([
  ["9f", ["neo2/tlv_cut", 0]],
  ["9c 01 00 9f02", ["neo2/tlv_cut", 3]],
  ["9c 02 00", ["neo2/tlv_cut", 0]],
  ["57 82 00", ["neo2/tlv_cut", 0]],
  ["57 80 00", ["neo2/tlv_length", 0]],
  ["57 83 000001 00", ["neo2/tlv_length", 0]],
  ["57 e1 01 00", ["neo2/tlv_length", 0]],
  ["df ff ff ff 01 00", ["neo2/tlv_tag", 0]],
])("%s is refused with %j", (hex, refusal) => {
  expect(shown(hex)).toEqual(refusal);
});

test("more values than the bound are refused with neo2/tlv_count", () => {
  const many = "9c0100".repeat(TLV_COUNT_MAX);
  expect(readTlvs(fromHex(many)).ok).toBe(true);
  expect(shown(`${many}9c0100`)).toEqual(["neo2/tlv_count", TLV_COUNT_MAX * 3]);
});

test("what is encoded is read, at every length (seed printed by fast-check)", () => {
  const tag = fc.constantFrom(0x57, 0x9f02, 0x5f2a, 0xdfee12, 0xffee01);
  fc.assert(
    fc.property(tag, fc.uint8Array({ maxLength: 400 }), (its, value) => {
      const read = readTlvs(encodeTlv(its, value));
      expect(read).toMatchObject({ ok: true, value: [{ tag: its, form: "plain", value }] });
    }),
  );
});

test("any bytes are read or refused, and values never overlap", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const read = readTlvs(bytes);
      if (read.ok)
        expect(read.value.reduce((sum, { value }) => sum + value.length, 0)).toBeLessThanOrEqual(
          bytes.length,
        );
      else expect(read.offset).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
