/**
 * What each code means at a till: the shop's own examples first, then the table of forms, then the
 * promise that damage never makes one item into another.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { milli, minor, priceOf } from "../../../core/money.ts";
import { checkDigitFor, measureCheckDigitFor } from "../../../drivers/scanner/check-digit.ts";
import type { Frame, FrameEnd } from "../../../drivers/scanner/frame.ts";
import { FRAME_CONFIG, FRAME_START, frameBytes, frameSilence } from "../../../drivers/scanner/frame.ts";
import { READ_CONFIG, readFrame, readKeyed } from "../../../drivers/scanner/read.ts";
import type { Expected, ReadConfig } from "../../../drivers/scanner/read.ts";
import type { ScanResult } from "../../../drivers/scanner/result.ts";
import { bitFlips, truncations } from "../../support/damage.ts";
import { table } from "../../support/table.ts";
import { GS, SHOP, anyByteText, measurePattern, scanBytes } from "./scan-codes.ts";

const withCheck = (body: string): string => `${body}${checkDigitFor(body)}`;
const EAN = "6900350006025";
const WEIGHED = withCheck("211234500755");
const PRICED = withCheck(`2212345${measureCheckDigitFor("3012") ?? 0}3012`);

/** What a scanner that ends codes with CR gives for these bytes, and then a silence. */
function scan(bytes: Uint8Array, config: ReadConfig = SHOP): readonly ScanResult[] {
  const heard = frameBytes(FRAME_START, bytes, FRAME_CONFIG);
  const frames: readonly Frame[] = [...heard.frames, ...frameSilence(heard.state, FRAME_CONFIG).frames];
  return frames.map((frame) => readFrame(frame, config, "goods"));
}

test("a plain EAN-13 is one item that says nothing of quantity or price", () => {
  expect(scan(scanBytes(`${EAN}\r`))).toEqual([
    {
      kind: "item",
      name: { kind: "gtin", gtin: "06900350006025" },
      quantityMilli: undefined,
      priceMinor: undefined,
    },
  ]);
});

test("a weight code of 0.755 kg at 39.90 comes to 30.12", () => {
  const [result, ...others] = scan(scanBytes(`${WEIGHED}\r`));
  expect(others).toEqual([]);
  expect(result).toMatchObject({ kind: "item", name: { sku: "12345" }, quantityMilli: 755 });
  const quantityMilli = result?.kind === "item" ? (result.quantityMilli ?? 0) : 0;
  expect(priceOf(minor(3990), milli(quantityMilli))).toBe(3012);
});

test("a price code is one item with that price", () => {
  expect(scan(scanBytes(`${PRICED}\r`))).toMatchObject([
    { kind: "item", name: { sku: "12345" }, quantityMilli: undefined, priceMinor: 3012 },
  ]);
});

test("an unknown code is no item and one rejection with scan/unknown_code", () => {
  expect(scan(scanBytes("WHAT IS THIS\r"))).toEqual([{ kind: "rejected", code: "scan/unknown_code" }]);
});

const rows = table(
  ["text", "answer"],
  `
  text                                 | answer
  6900350006025                        | 06900350006025
  6900350006026                        | scan/check_digit
  690035000602                         | scan/check_digit
  69003500060256900350006032           | scan/unknown_code
  036000291452                         | 00036000291452
  96385074                             | 00000096385074
  10614141000415                       | 10614141000415
  0000000000000                        | scan/unknown_code
  12345                                | scan/unknown_code
  85123A                               | scan/unknown_code
  ]E06900350006025                     | 06900350006025
  ]E0036000291452                      | 00036000291452
  ]E096385074                          | scan/unknown_code
  ]E0100000000000000000                | scan/unknown_code
  ]E0690035000602A                     | scan/unknown_code
  ]E3690035000602512                   | 06900350006025
  ]E3690035000602512345                | 06900350006025
  ]E36900350006025                     | scan/unknown_code
  ]E112                                | scan/unknown_code
  ]E496385074                          | 00000096385074
  ]E46900350006025                     | scan/unknown_code
  ]E4ABCDEFGH                          | scan/unknown_code
  ]I110614141000415                    | 10614141000415
  ]I1036000291452                      | scan/unknown_code
  ]C06900350006025                     | 06900350006025
  ]C10109501101530003                  | 09501101530003
  ]C101095011015300033922199           | 09501101530003 199 minor
  ]e00199501101530006310300075539221990| 99501101530006 755 milli 1990 minor
  ]C195                                | scan/gs1_length
  ]C196                                | scan/gs1_length
  ]C10109501101530004                  | scan/check_digit
  ]C104                                | scan/gs1_unknown_ai
  ]C1106900350006025                   | scan/gs1_no_item
  ]d201095011015300031730022^10L       | scan/gs1_length
  ]d20109501101530003173002301         | scan/gs1_value
  ]Q310^                               | scan/gs1_length
  ]Q310é                               | scan/gs1_character
  ]Q301095011015300031010A^10B         | scan/gs1_repeated
  0109501101530003                     | 09501101530003
  010950110153000310AB                 | 09501101530003
  01095011015300033103000755           | 09501101530003 755 milli
  0109501101530003320300075510A^       | scan/measure_unit
  ^010950110153000310AB                | 09501101530003
  01995011015300063103000000           | scan/measure
  010950110153000339329781990          | scan/currency
  https://id.gs1.org/01/09501101530003 | 09501101530003
  https://shop.example/menu            | scan/link
  ]Q1HTTPS://A.EXAMPLE/01/6900350006025| 06900350006025
  100000000000000000                   | wechat
  ]Q1289999999999999999                | alipay
  ]C06212345678901234567               | unionpay
  hQVDUFYwMWETTwegAAADMw==             | emvco
  `,
);

test.each(rows)("$title", ({ text, answer }) => {
  expect(told(readFrame(code(text.replaceAll("^", GS)), SHOP, "goods"))).toBe(answer);
});

test("a wrong inner check digit is scan/measure_check", () => {
  const inner = ((measureCheckDigitFor("3012") ?? 0) + 1) % 10;
  const wrong = withCheck(`2212345${inner}3012`);
  expect(readFrame(code(wrong), SHOP, "goods")).toEqual({ kind: "rejected", code: "scan/measure_check" });
});

test("UPC-A with the number system 2 is a scale's code of 13 digits", () => {
  const config = { ...READ_CONFIG, measurePatterns: [measurePattern("02IIIIIPPPPPC")] };
  const twelve = withCheck("21234500755");
  for (const text of [twelve, `0${twelve}`, `]E0${twelve}`, `]E00${twelve}`]) {
    expect(readFrame(code(text), config, "goods")).toMatchObject({ name: { sku: "12345" }, priceMinor: 755 });
  }
});

test("a scanner that is to name symbologies and does not is scan/no_aim", () => {
  const config = { ...SHOP, aim: "required" } as const;
  expect(readFrame(code(EAN), config, "goods")).toEqual({ kind: "rejected", code: "scan/no_aim" });
  expect(readFrame(code(`]E0${EAN}`), config, "goods")).toMatchObject({ kind: "item" });
});

test("eight digits may be UPC-E where that is accepted; those that fit EAN-8 too are scan/ambiguous", () => {
  const config = { ...SHOP, upcE: "accepted" } as const;
  expect(told(readFrame(code("04252614"), config, "goods"))).toBe("00042100005264");
  expect(told(readFrame(code("96385074"), config, "goods"))).toBe("00000096385074");
  expect(told(readFrame(code("04252615"), config, "goods"))).toBe("scan/check_digit");
  expect(told(readFrame(code("00000000"), config, "goods"))).toBe("scan/unknown_code");
  const both = Array.from({ length: 500 }, (_, index) =>
    withCheck(`0${String(index).padStart(6, "0")}`),
  ).filter((digits) => told(readFrame(code(digits), config, "goods")) === "scan/ambiguous");
  expect(both.length).toBeGreaterThan(0);
  expect(told(readFrame(code(both[0] ?? ""), SHOP, "goods"))).toBe(`000000${both[0]}`);
});

test("the shop's own numbers with letters are items where that is accepted", () => {
  const config = { ...SHOP, letteredSkus: "accepted" } as const;
  expect(told(readFrame(code("85123A"), config, "goods"))).toBe("85123A");
  expect(told(readFrame(code("]C085123A"), config, "goods"))).toBe("85123A");
  expect(told(readFrame(code("12345"), config, "goods"))).toBe("scan/unknown_code");
  expect(told(readFrame(code("HAS SPACE"), config, "goods"))).toBe("scan/unknown_code");
  expect(told(readFrame(code("A".repeat(65)), config, "goods"))).toBe("scan/unknown_code");
});

test("digits that fit a scale's code and a payment code are scan/ambiguous for goods and a payment code for a tender", () => {
  const config = { ...READ_CONFIG, measurePatterns: [measurePattern("2.IIIIIWWWWWPPPPPC")] };
  const both = withCheck("25123450075503012");
  expect(told(readFrame(code(both), config, "goods"))).toBe("scan/ambiguous");
  expect(told(readFrame(code(both), config, "tender"))).toBe("alipay");
  const goods = withCheck("21123450075503012");
  expect(told(readFrame(code(goods), config, "goods"))).toBe("12345 755 milli 3012 minor");
  const classes = READ_CONFIG.walletClasses;
  const twice = {
    ...config,
    walletClasses: [...classes, { ...classes[0], scheme: "alipay" } as (typeof classes)[0]],
  };
  expect(told(readFrame(code("100000000000000000"), twice, "tender"))).toBe("scan/ambiguous");
});

test("a payment code's digits are nowhere in the answer", () => {
  for (const text of ["134567890123456789", "]Q1281234567890123456", "6212345678901234567"]) {
    const digits = text.replace(/^\]../, "");
    for (const expected of ["goods", "tender"] as const) {
      const answer = JSON.stringify(readFrame(code(text), SHOP, expected));
      expect(answer).toContain("payment_code");
      for (let index = 0; index + 4 <= digits.length; index += 1) {
        expect(answer).not.toContain(digits.slice(index, index + 4));
      }
    }
  }
});

test("a code that the next one follows is taken only when its length shows that it is whole", () => {
  const rest = `]E0${EAN}`;
  const glued = table(
    ["text", "answers"],
    `
    text               | answers
    ]E06900350006032   | 06900350006032, 06900350006025
    ]E0690035000603    | scan/cut_off, 06900350006025
    ]E0036000291452    | scan/cut_off, 06900350006025
    ]E496385074        | 00000096385074, 06900350006025
    ]I110614141000415  | 10614141000415, 06900350006025
    6900350006032      | scan/cut_off, 06900350006025
    ]C06900350006032   | scan/cut_off, 06900350006025
    ABC                | scan/glued
    `,
  );
  for (const { text, answers } of glued) {
    expect(readKeyed(`${text}${rest}`, SHOP, "goods").map(told).join(", ")).toBe(answers);
  }
});

test("what the screen sends is bounded and refused when no keyboard types it", () => {
  expect(readKeyed("1".repeat(4097), SHOP, "goods")).toEqual([{ kind: "rejected", code: "scan/too_long" }]);
  expect(readKeyed("é", SHOP, "goods")).toEqual([{ kind: "rejected", code: "scan/noise" }]);
  expect(readKeyed("", SHOP, "goods")).toEqual([{ kind: "rejected", code: "scan/noise" }]);
  expect(readKeyed(EAN, SHOP, "goods")).toMatchObject([{ kind: "item" }]);
});

const goldens = [
  `${EAN}\r`,
  `]E0${EAN}\r`,
  "]E496385074\r",
  `]E0${WEIGHED}\r`,
  `]E0${PRICED}\r`,
  "]I110614141000415\r",
  "]C10199501101530006\r",
  `]E0${EAN}]E0${WEIGHED}\r`,
];

test.each(goldens)("every truncation of %j gives no item but those that were whole", (golden) => {
  const whole = scan(scanBytes(golden)).map(told);
  for (const bytes of truncations(scanBytes(golden))) {
    const items = scan(bytes).filter(({ kind }) => kind === "item");
    for (const item of items) expect(whole).toContain(told(item));
    expect(scan(bytes).filter(({ kind }) => kind === "item").length).toBeLessThanOrEqual(whole.length);
  }
});

test.each(goldens)("every flipped bit of %j gives the same items or a rejection", (golden) => {
  const whole = scan(scanBytes(golden)).map(told);
  for (const bytes of bitFlips(scanBytes(golden))) {
    const results = scan(bytes);
    expect(results.length).toBeGreaterThan(0);
    for (const result of results.filter(({ kind }) => kind === "item")) expect(whole).toContain(told(result));
  }
});

test("any frame gets one answer, whatever it holds and whatever the set-up", () => {
  const piece = fc.constantFrom(
    "]E0",
    "]C1",
    "]Q3",
    "01",
    "10",
    "3103",
    EAN,
    WEIGHED,
    GS,
    "https://a/",
    "62",
    "A",
  );
  const text = fc.oneof(
    anyByteText(40),
    fc.stringMatching(/^[0-9]{0,30}$/),
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
  );
  const config = fc.record({
    aim: fc.constantFrom("required", "optional"),
    upcE: fc.constantFrom("accepted", "refused"),
    letteredSkus: fc.constantFrom("accepted", "refused"),
  });
  const ends = fc.constantFrom<FrameEnd>("terminator", "silence", "next_code");
  fc.assert(
    fc.property(
      text,
      config,
      ends,
      fc.constantFrom<Expected>("goods", "tender"),
      (data, wish, endedBy, expected) => {
        const result = readFrame({ kind: "code", text: data, endedBy }, { ...SHOP, ...wish }, expected);
        if (result.kind === "item") {
          expect(result.name.kind === "gtin" ? /^[0-9]{14}$/ : /^[\x21-\x7e]{1,64}$/).toSatisfy(
            (form: RegExp) => form.test(result.name.kind === "gtin" ? result.name.gtin : result.name.sku),
          );
          expect(
            [result.quantityMilli ?? 1, result.priceMinor ?? 1].every(
              (n) => Number.isSafeInteger(n) && n > 0,
            ),
          ).toBe(true);
        } else {
          expect(["payment_code", "rejected"]).toContain(result.kind);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("any bytes with any silences give at most one item for each terminator and glued code", () => {
  const piece = fc.oneof(
    fc.constantFrom(`${EAN}\r`, `]E0${EAN}`, `${WEIGHED}\r`, "\r", "~", EAN.slice(0, 6), "]E0"),
    fc.string({ unit: "binary-ascii", maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join("");
      const ends = text.split(/[\r\n]/).length - 1;
      const items = scan(scanBytes(text)).filter(({ kind }) => kind === "item");
      expect(items.length).toBeLessThanOrEqual(2 * ends);
      for (const item of items) expect(["06900350006025", "12345 755 milli"]).toContain(told(item));
    }),
    { numRuns: 200 },
  );
});

function code(text: string): Frame {
  return { kind: "code", text, endedBy: "terminator" };
}

function told(result: ScanResult): string {
  if (result.kind === "rejected") return result.code;
  if (result.kind === "payment_code") return result.scheme;
  if (result.kind === "own_code") return `own ${result.text}`;
  const { name, quantityMilli, priceMinor } = result;
  return [
    name.kind === "gtin" ? name.gtin : name.sku,
    ...(quantityMilli === undefined ? [] : [`${quantityMilli} milli`]),
    ...(priceMinor === undefined ? [] : [`${priceMinor} minor`]),
  ].join(" ");
}

test("a code of the till's own is handed on whole, and half of one is no code", () => {
  const config = { ...SHOP, isOwnCode: (text: string) => /^OWN:[0-9a-f]{8}$/.test(text) };
  expect(told(readFrame(code("OWN:0123abcd"), config, "goods"))).toBe("own OWN:0123abcd");
  expect(told(readFrame(code("]Q1OWN:0123abcd"), config, "tender"))).toBe("own OWN:0123abcd");
  expect(told(readFrame(code("OWN:0123abc"), config, "goods"))).toBe("scan/unknown_code");
  expect(told(readFrame(code("OWN:0123abcd"), SHOP, "goods"))).toBe("scan/unknown_code");
});
