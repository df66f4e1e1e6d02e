/**
 * The allow-list: what is known of a card that came masked, encrypted or readable, and that no number, track
 * or name passes, by any tag and in any form.
 */

import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ALLOWED_TAGS,
  SEALED_TAGS,
  entryOf,
  readCard,
  tagName,
} from "../../../../drivers/reader/neo2/card.ts";
import { encodeTlv } from "../../../../drivers/reader/neo2/tlv.ts";
import { SIM_CARDS, cardData, failureData, numberOf } from "../../../../tools/sim/neo2/cards.ts";
import type { SimCard } from "../../../../tools/sim/neo2/cards.ts";
import { fromHex, toHex } from "../../../support/hex.ts";

const KEY_NUMBER = "62994900AB0008000001";
const visa: SimCard = SIM_CARDS.get("visa") ?? { brand: "", application: "", range: "", issuerCode: 0 };
const number = numberOf(visa);
const base = { card: visa, amountMinor: 1340, currency: "978" };

function read(bytes: Uint8Array) {
  const result = readCard(bytes);
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

/**
 * As a VP3300 sends a chip card (public sample, shortened): contact, all encrypted; track 2 and number
 * masked, then encrypted under the same tag; the holder's name in clear.
 */
const VP3300 = fromHex(
  `c0 ffee12 0a 62994900ab0008c001ed dfee25 02 0004
   57 81 13 4761cccccccc0119d2212201cccccccccccccc
   57 81 18 c568af7d7cef1eb672d3a6552688d49cc32645295a7b305f
   9f39 01 05 9f34 03 5e0300 9f26 08 80e4775b5cb93c64 9f27 01 80 84 07 a0000000031010
   5f20 1a 554154205553412f54657374204361726420303220202020202020
   5a 81 08 4761cccccccc0119 5a 81 08 5924c7987282a953 ffee01 04 df300101 dfee26 01 c0`.replaceAll(
    "2020202020",
    "20202020",
  ),
);

test("a VP3300's chip card is a Visa with four digits, sealed, and its holder's name is dropped", () => {
  const { facts, fields, cryptogram, isClear, droppedCount } = read(VP3300);
  expect(facts).toEqual({ brand: "Visa", lastFour: "0119", entry: "chip", verification: "signature" });
  expect([isClear, droppedCount]).toEqual([false, 1]);
  expect(fields.get("9F26")).toBe("80E4775B5CB93C64");
  expect(fields.get("DF30")).toBe("01");
  const sealed = toHex(cryptogram?.bytes ?? new Uint8Array());
  expect(sealed).toContain("c568af7d7cef1eb672d3a6552688d49c");
  expect(sealed).toContain("62994900ab0008c001ed");
  expect(sealed).not.toContain("4761cccccccc0119");
  expect(sealed).not.toContain("554154");
});

test.each([
  ["tap", "contactless", "none"],
  ["swipe", "stripe", "unknown"],
] as const)(
  "an encrypted %s is %s with a cryptogram and the last four digits",
  (entry, shown, verification) => {
    const { facts, cryptogram, isClear } = read(cardData({ ...base, entry }, KEY_NUMBER, "encrypted"));
    expect(facts).toMatchObject({ lastFour: number.slice(-4), entry: shown, verification });
    expect([isClear, cryptogram === undefined]).toEqual([false, false]);
    expect(toHex(cryptogram?.bytes ?? new Uint8Array())).toContain(KEY_NUMBER.toLowerCase());
  },
);

test.each(["tap", "swipe"] as const)(
  "a readable %s has no cryptogram and no digit of the number",
  (entry) => {
    const card = read(cardData({ ...base, entry }, KEY_NUMBER, "clear"));
    expect(card).toMatchObject({ isClear: true, cryptogram: undefined, facts: { lastFour: "" } });
    expect(inspect(card, { depth: 9 })).not.toContain(number.slice(0, 8));
  },
);

/** The number in every way that a tag may hold it. */
const FORMS: readonly (readonly [string, Uint8Array])[] = [
  ["packed", fromHex(number)],
  ["packed with padding", fromHex(`${number}ffff`)],
  ["as track 2 equivalent", fromHex(`${number}d29122010000012345f`.padEnd(40, "f"))],
  ["as track 2", Buffer.from(`;${number}=29122010000012345?`)],
  ["as track 1", Buffer.from(`%B${number}^HOLDER/CARD^29122010000012345?`)],
];

test.each(FORMS)(
  "a number %s is clear under every tag of a number, however its length is written",
  (_, value) => {
    for (const tag of SEALED_TAGS.keys()) {
      for (const head of [0x81, 0xa1, 0xc1]) {
        const plain = encodeTlv(tag, value);
        const tagBytes = plain.length - value.length - 1;
        const data = Uint8Array.of(0xc3, ...plain.subarray(0, tagBytes), head, value.length, ...value);
        expect(read(data)).toMatchObject({ isClear: true, cryptogram: undefined });
      }
    }
  },
);

test("a number under a tag that is not its own never becomes a field or leaves with the cryptogram", () => {
  const sealed = [...encodeTlv(0x57, fromHex("c568af7d7cef1eb672d3a6552688d49c"))];
  for (const tag of [0x5f20, 0x9f7c, 0x50, 0x5f24, 0x99, 0xdfef4d, 0xdf8129]) {
    for (const [, value] of FORMS) {
      const card = read(Uint8Array.of(0xc3, ...sealed, ...encodeTlv(tag, value)));
      expect([card.droppedCount, card.fields.size]).toEqual([1, 0]);
      expect(toHex(card.cryptogram?.bytes ?? new Uint8Array())).not.toContain(toHex(value));
    }
  }
});

test("without both encryption bits a sealed value counts as clear", () => {
  const sealed = encodeTlv(0x57, fromHex("c568af7d7cef1eb672d3a6552688d49c"));
  for (const attribution of [0x01, 0x41, 0x81]) {
    expect(read(Uint8Array.of(attribution, ...sealed))).toMatchObject({
      isClear: true,
      cryptogram: undefined,
    });
  }
});

test("a failed transaction has its card error and nothing to decide about", () => {
  expect(read(failureData(0x26))).toMatchObject({ cardError: 0x26, cryptogram: undefined, isClear: false });
});

test("data without an attribution byte are refused with neo2/no_attribution, cut ones with neo2/tlv_cut", () => {
  expect(readCard(new Uint8Array())).toEqual({ ok: false, code: "neo2/no_attribution", offset: 0 });
  expect(readCard(fromHex("c3 9f02"))).toEqual({ ok: false, code: "neo2/tlv_cut", offset: 1 });
  expect(readCard(fromHex("c3 9c 01 00 e1 03 9f02 09"))).toEqual({
    ok: false,
    code: "neo2/tlv_cut",
    offset: 4,
  });
});

test.each([
  [0xc0, "chip"],
  [0xc1, "contactless"],
  [0xd1, "contactless"],
  [0xc8, "stripe"],
  [0xc9, "stripe"],
  [0xd0, "unknown"],
])("attribution %i is %s", (attribution, entry) => {
  expect(entryOf(attribution)).toBe(entry);
});

test.each([
  ["1f0300", "none"],
  ["5e0300", "signature"],
  ["420300", "pin"],
  ["010300", "pin"],
  ["3f0000", "unknown"],
])("the holder's verification %s is %s, and a phone's own way is said by the phone", (hex, verification) => {
  const value = encodeTlv(0x9f34, fromHex(hex));
  expect(read(Uint8Array.of(0xc1, ...value)).facts.verification).toBe(verification);
  const phone = encodeTlv(0xdfef7b, Uint8Array.of(1));
  expect(read(Uint8Array.of(0xc1, ...value, ...phone)).facts.verification).toBe("device");
});

test("a value longer than any allowed one is dropped", () => {
  const card = read(Uint8Array.of(0xc1, ...encodeTlv(0x9f10, new Uint8Array(33).fill(7))));
  expect([card.droppedCount, card.fields.size]).toEqual([1, 0]);
});

test("no tag is allowed and sealed at once, and names are those of the guide", () => {
  for (const tag of ALLOWED_TAGS.keys()) expect(SEALED_TAGS.has(tag)).toBe(false);
  expect([tagName(0x5a), tagName(0x9f02), tagName(0xdfee12)]).toEqual(["5A", "9F02", "DFEE12"]);
});

test("with a planted number in random data no field holds it, whole or packed (seed printed by fast-check)", () => {
  const tags = [...SEALED_TAGS.keys(), 0x5f20, 0x9f10, 0x9f7c, 0xe1, 0xffee01];
  fc.assert(
    fc.property(
      fc.nat(255),
      fc.array(fc.tuple(fc.constantFrom(...tags), fc.constantFrom(...FORMS.map(([, value]) => value)))),
      (attribution, values) => {
        const data = Uint8Array.of(
          attribution,
          ...values.flatMap(([tag, value]) => [...encodeTlv(tag, value)]),
        );
        const result = readCard(data);
        if (!result.ok) return;
        const text = inspect(result.value, { depth: 9 });
        expect(text).not.toContain(number);
        expect(toHex(result.value.cryptogram?.bytes ?? new Uint8Array())).not.toContain(number);
      },
    ),
  );
});
