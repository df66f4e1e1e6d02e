/** The TLV container: forms of lengths and tags, nesting, character sets, what is not kept. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex, toHex } from "../../../../drivers/reader/zvt/bytes.ts";
import {
  TLV_DEPTH_MAX,
  TLV_ITEMS_MAX,
  TLV_TAGS,
  decodeTlv,
  decodeTlvLength,
  encodeTlv,
  encodeTlvLength,
  findTlv,
  innerTlv,
  rawTlvItem,
  tlvItem,
  tlvNumber,
  tlvText,
} from "../../../../drivers/reader/zvt/tlv.ts";

test.each([
  [0, "00"],
  [127, "7F"],
  [128, "8180"],
  [255, "81FF"],
  [256, "820100"],
  [65_535, "82FFFF"],
])("a length of %i is %s, both ways", (byteCount, hex) => {
  expect(toHex(encodeTlvLength(byteCount))).toBe(hex);
  expect(decodeTlvLength(fromHex(hex), 0)).toEqual({ byteCount, size: hex.length / 2 });
});

test.each(["", "80", "81", "82 01", "83 00 00 01", "FF"])("a length of the form %s is none", (hex) => {
  expect(decodeTlvLength(fromHex(hex), 0)).toBeUndefined();
});

test("every tag has one row", () => {
  expect(new Set(TLV_TAGS.map(({ tag }) => tag)).size).toBe(TLV_TAGS.length);
});

test("a text block says which receipt it is, with lines in its own character set", () => {
  const items = [
    tlvItem("receipt_kind", 2),
    tlvItem("print_texts", [
      tlvItem("charset", 0xfe),
      tlvItem("attribute", 0x40),
      tlvItem("text", "谢谢 Grüße"),
      tlvItem("attribute", 0),
      tlvItem("text", ""),
    ]),
  ];
  const bytes = encodeTlv(items);
  expect(toHex(bytes.subarray(0, 12))).toBe("1F070102251B1401FE090140");
  expect(decodeTlv(bytes)).toEqual({ items, droppedTags: [], malformedCount: 0 });
  expect(innerTlv(items, "print_texts").map(({ name }) => name)).toContain("text");
});

test("an empty value is present: the mirrored receipt number may be unknown", () => {
  const bytes = encodeTlv([tlvItem("sync_id", ""), tlvItem("message_id", "000000")]);
  expect(toHex(bytes)).toBe("1F1F001F7303000000");
  const { items } = decodeTlv(bytes);
  expect(tlvText(items, "sync_id")).toBe("");
  expect(tlvText(items, "message_id")).toBe("000000");
});

test("a tag without a row is dropped and zeroed, on any level", () => {
  const planted = fromHex("40 12 88 88 88 88 18 81");
  const bytes = encodeTlv([
    rawTlvItem(0x5a, planted),
    tlvItem("application", [rawTlvItem(0x1f47, planted), tlvItem("application_name", "VISA")]),
  ]);
  const out = decodeTlv(bytes);
  expect(out.items).toEqual([tlvItem("application", [tlvItem("application_name", "VISA")])]);
  expect(out.droppedTags).toEqual([0x5a, 0x1f47]);
  expect(toHex(bytes)).not.toContain("401288");
});

test.each([
  ["07 05 41", 0],
  ["1F", 0],
  ["1F 81 07 01 41", 0],
  ["1F 10 01 02 07 80", 1],
  ["25 04 07 09 41 42 12 01 48", 2],
])("%s is cut off: what came before is kept and it is counted", (hex, itemCount) => {
  const { items, malformedCount } = decodeTlv(fromHex(hex));
  expect(items).toHaveLength(itemCount);
  expect(malformedCount).toBe(1);
});

test("a value that does not have the form of its tag is dropped and counted", () => {
  const { items, malformedCount } = decodeTlv(fromHex("12 01 4A 1F 10 00 4C 01 0F"));
  expect(items.map(({ name }) => name)).toEqual(["uid"]);
  expect(malformedCount).toBe(2);
});

test("nesting and the number of items are bounded", () => {
  let nested = new Uint8Array(0);
  for (let depth = 0; depth < 40; depth += 1) nested = encodeTlv([rawTlvItem(0x60, nested)]).slice();
  let level = decodeTlv(nested).items;
  let depth = 0;
  while (level.length > 0) {
    level = innerTlv(level, "application");
    depth += 1;
  }
  expect(depth).toBe(TLV_DEPTH_MAX + 1);
  const many = new Uint8Array(12_000);
  for (let index = 0; index < many.length; index += 2) many.set([0x07, 0x00], index);
  expect(decodeTlv(many).items).toHaveLength(TLV_ITEMS_MAX);
});

test("numbers and texts are found by name, and only as what they are", () => {
  const items = [tlvItem("technology", 2), tlvItem("error_text", "Host")];
  expect(tlvNumber(items, "technology")).toBe(2);
  expect(tlvNumber(items, "error_text")).toBeUndefined();
  expect(tlvText(items, "technology")).toBeUndefined();
  expect(findTlv(items, "uid")).toBeUndefined();
});

test("any bytes decode without throwing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      const { items, malformedCount } = decodeTlv(bytes);
      expect(items.length + malformedCount).toBeLessThanOrEqual(121);
    }),
    { numRuns: 20_000 },
  );
});
