/**
 * What a GBK printer is given for a text: known bytes, substitutes, and the promise that no text becomes
 * a control byte (G1) and that columns are bytes (G2).
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { encodeGbk, printable } from "../../../drivers/printer/gbk.ts";
import { columnsOf } from "../../../drivers/printer/width.ts";
import { toHex } from "../../support/hex.ts";
import { table } from "../../support/table.ts";

const bytes = table(
  ["text", "hex"],
  `
  text   | hex
  Tea 2  | 5465612032
  茶     | b2e8
  ¥5     | a3a435        // the yen sign of Latin-1
  ￥5    | a3a435
  £5     | a1ea35
  €5     | 45555235      // EUR: code page 936 has it as the single byte 80, which not every printer knows
  （热） | a3a8c8c8a3a9
  —…·    | a1aaa1ada1a4
  é      | 65
  `,
);

test.each(bytes)("$text is $hex", ({ text, hex }) => {
  expect(toHex(encodeGbk(printable(text)))).toBe(hex);
});

const shown: readonly [what: string, text: string, printed: string][] = [
  ["accents on Latin letters fall away", "Crème brûlée, jalapeño, Łódź", "Creme brulee, jalapeno, Lodz"],
  ["a decomposed accent falls away", "Cafe\u0301", "Cafe"],
  ["typographic marks become plain", "Joe’s 10–12 −3", "Joe's 10-12 -3"],
  ["control characters become spaces", "a\u0000b\u001b@c\u009bd\u007fe", "a b @c d e"],
  ["line and paragraph separators become spaces", "a\r\nb\u2028c", "a  b c"],
  ["no-break and full-width spaces become spaces", "a\u00a0b\u3000c", "a b  c"],
  ["an emoji is one question mark, however it is composed", "👨‍👩‍👧‍👦!👍🏽!🇨🇳!", "?!?!?!"],
  ["a keycap is its digit", "1️⃣", "1"],
  ["a script that GBK does not have becomes question marks", "שלום", "????"],
  ["direction marks vanish", "a\u202eb\u2066c\ufeff", "abc"],
  ["a lone surrogate is a question mark", "a\ud800b", "a?b"],
  ["private use and four-byte characters are question marks", "\ue000𠀀", "??"],
  ["Greek, Cyrillic and Japanese that GBK has stay", "Ωжカ①", "Ωжカ①"],
  ["compatibility letters become what they stand for", "ﬁ™½", "fiTM1/2"],
];

test.each(shown)("%s", (_what, text, printed) => {
  expect(printable(text)).toBe(printed);
});

test("whatever the text: no control byte, columns equal bytes, and twice is once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const clean = printable(text);
      const encoded = encodeGbk(clean);
      expect(encoded.filter((byte) => byte < 0x20 || byte === 0x7f)).toHaveLength(0);
      expect(columnsOf(clean)).toBe(encoded.length);
      expect(printable(clean)).toBe(clean);
    }),
    { numRuns: 500 },
  );
});

test("every code point of the basic plane gives one byte, or two of the GBK ranges", () => {
  for (let code = 0; code <= 0xffff; code += 1) {
    const encoded = encodeGbk(String.fromCharCode(code));
    const [lead = 0, trail = 0] = encoded;
    const isPair = encoded.length === 2 && lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail <= 0xfe;
    const isSingle = encoded.length === 1 && lead >= 0x20 && lead <= 0x7e;
    if (!isPair && !isSingle) expect.fail(`U+${code.toString(16)} gives ${toHex(encoded)}`);
  }
});

test("what is encoded reads back as the same text", () => {
  const text = printable("合计 TOTAL ￥1,399.60（含税）外滩黄昏");
  expect(new TextDecoder("gbk").decode(encodeGbk(text))).toBe(text);
});
