/** Character sets, control characters, and card numbers in texts. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ZVT_CHARSET, decodeText, encodeText, maskCardNumbers } from "../../../../drivers/reader/zvt/text.ts";

test("every character of code page 437 comes back", () => {
  const bytes = Uint8Array.from({ length: 224 }, (_, index) => index + 0x20).filter(
    (value) => value !== 0x7f,
  );
  const text = decodeText(bytes.slice());
  expect(text).toHaveLength(223);
  expect(encodeText(text)).toEqual(bytes);
});

test("umlauts come from each set, and unknown characters go out as question marks", () => {
  expect(decodeText(Uint8Array.of(0x84, 0x94, 0x81, 0xe1))).toBe("äöüß");
  expect(decodeText(Uint8Array.of(0xe4, 0xdf), ZVT_CHARSET.latin1)).toBe("äß");
  expect(decodeText(encodeText("中 ä", ZVT_CHARSET.utf8), ZVT_CHARSET.utf8)).toBe("中 ä");
  expect([...encodeText("中")]).toEqual([0x3f]);
});

test("control characters and what follows a NUL are gone", () => {
  expect(decodeText(Uint8Array.of(0x41, 0x0a, 0x1b, 0x42, 0x00, 0x43))).toBe("AB");
});

test.each([
  ["4012888888881881", "************1881"],
  ["4012 8888 8888 1881", "**** **** **** 1881"],
  ["4012-8888-8888-1881", "****-****-****-1881"],
  ["PAN4012888888881881.", "PAN************1881."],
  ["378282246310005", "***********0005"],
  // Two numbers run together.
  ["40128888888818814012888888881881", "************1881************1881"],
  ["0001 4012 8888 8888 1881 17", "0001 **** **** **** 1881 17"],
])("%s is shown as %s", (text, shown) => {
  expect(decodeText(new TextEncoder().encode(text))).toBe(shown);
});

test.each(["4012888888881882", "1234567890128", "22.11.2026 16:40", "0000 1234 0017", "************1881"])(
  "%s stays",
  (text) => {
    expect(decodeText(new TextEncoder().encode(text))).toBe(text);
  },
);

test("no card number survives, whatever stands around it", () => {
  const around = fc.string({ unit: fc.constantFrom("0", "4", "9", " ", "-", "x"), maxLength: 12 });
  const digits = fc.stringMatching(/^\d{4,9}$/);
  fc.assert(
    fc.property(
      fc.oneof(
        around.map((text) => `${text} `),
        digits,
      ),
      fc.oneof(
        around.map((text) => `.${text}`),
        digits,
      ),
      (before, after) => {
        const bytes = new TextEncoder().encode(`${before}4012888888881881${after}`);
        maskCardNumbers(bytes);
        expect(new TextDecoder().decode(bytes)).not.toContain("401288888888");
      },
    ),
  );
});

test.each(["4111\u00011111\r11111111", "41111111\n11111111", "4111 1111 1111\u0007 1111"])(
  "a card number that control characters keep apart is masked as well: %j",
  (text) => {
    expect(decodeText(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toMatch(/^[* ]+1111$/);
  },
);
