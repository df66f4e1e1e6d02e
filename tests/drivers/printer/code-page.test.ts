/**
 * The single-byte pages: against the platform's decoders where it has the page, against the printed
 * charts elsewhere; and that no text gets out of its column.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CODE_PAGE_NAMES, encodeInPage, printableInPage } from "../../../drivers/printer/code-page.ts";
import { toHex } from "../../support/hex.ts";
import { table } from "../../support/table.ts";

const PLATFORM = [
  ["cp866", "ibm866"],
  ["cp1250", "windows-1250"],
  ["cp1251", "windows-1251"],
  ["cp1252", "windows-1252"],
] as const;

test.each(PLATFORM)("%s encodes what the platform's %s decodes", (page, label) => {
  let agreeCount = 0;
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    const character = new TextDecoder(label).decode(Uint8Array.of(byte));
    const [encoded] = encodeInPage(character, page);
    // C1 controls and the soft hyphen print nothing.
    if (/^[\p{Cc}\p{Cf}]$/u.test(character)) expect(encoded === 0x20 || encoded === 0x3f).toBe(true);
    else {
      expect([character, encoded]).toEqual([character, byte]);
      agreeCount += 1;
    }
  }
  expect(agreeCount).toBeGreaterThan(115);
});

// Places read off the charts of the printers' manuals.
const rows = table(
  ["page", "text", "hex"],
  `
  page   | text      | hex
  cp437  | Café £5   | 4361668220 9c35
  cp437  | ÇñßÉÄÜ    | 80a4e1908e9a
  cp437  | ½°±│█     | abf8f1b3db
  cp850  | Ø×ÁÀÐı    | 9d9eb5b7d1d5
  cp858  | €Øß       | d59de1
  cp852  | Łódź ČŠŽ  | 9da264ab20ace6a6
  cp866  | Ёлка      | f0abaaa0
  cp1252 | €’–é      | 809296e9
  cp1250 | Łódź      | a3f3649f
  cp1251 | Ёлка      | a8ebeae0
  `,
);

test.each(rows)("$page: $text", ({ page, text, hex }) => {
  const name = CODE_PAGE_NAMES.find((its) => its === page) ?? expect.fail(`No page ${page}`);
  expect(printableInPage(text, name)).toBe(text);
  expect(toHex(encodeInPage(text, name))).toBe(hex.replaceAll(" ", ""));
});

const plain = table(
  ["page", "text", "shown"],
  `
  page   | text            | shown
  cp437  | 5 € – ’s        | 5 EUR - 's
  cp866  | £5 ¥5 Café      | GBP5 Y5 Cafe
  cp866  | «Ёлка»          | "Ёлка"
  cp858  | 谢谢 ok         | ?? ok
  cp858  | Łódź ﬁn ＡＢ    | Lódz fin AB
  cp1252 | 👩‍🍳☕️            | ??
  `,
);

test.each(plain)("$page shows $text as $shown", ({ page, text, shown }) => {
  const name = CODE_PAGE_NAMES.find((its) => its === page) ?? expect.fail(`No page ${page}`);
  expect(printableInPage(text, name)).toBe(shown);
});

test("whatever the text, printable characters are one byte each and no control byte gets through", () => {
  const texts = fc.string({ unit: "binary", maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.constantFrom(...CODE_PAGE_NAMES), (text, page) => {
      const shown = printableInPage(text, page);
      expect(printableInPage(shown, page)).toBe(shown);
      const bytes = encodeInPage(shown, page);
      expect(bytes).toHaveLength(Array.from(shown).length);
      expect(bytes.every((byte) => byte >= 0x20 && byte !== 0x7f)).toBe(true);
      expect(encodeInPage(text, page).every((byte) => byte >= 0x20 && byte !== 0x7f)).toBe(true);
    }),
  );
});
