/** Element strings: rows of data and elements, and rows of what is wrong with them. "^" stands for FNC1. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkDigitFor } from "../../../drivers/scanner/check-digit.ts";
import {
  GS1_ELEMENTS_COUNT_MAX,
  gs1RowOf,
  problemOf,
  readElementString,
} from "../../../drivers/scanner/gs1.ts";
import { GS1_TABLE } from "../../../drivers/scanner/gs1-table.ts";
import { table } from "../../support/table.ts";
import { GS, anyByteText } from "./scan-codes.ts";

const withSeparators = (text: string): string => text.replaceAll("^", GS);

const good = table(
  ["data", "elements"],
  `
  data                                       | elements
  0109501101530003                           | 01=09501101530003
  ^0109501101530003                          | 01=09501101530003
  0109501101530003^                          | 01=09501101530003
  0109501101530003^17250200                  | 01=09501101530003 17=250200
  01095011015300031725022810AB-123^21X1      | 01=09501101530003 17=250228 10=AB-123 21=X1
  019950110153000631030007553922199          | 01=99501101530006 3103=000755 3922=199
  30500^0109501101530003                     | 30=500 01=09501101530003
  0109501101530003393215612345               | 01=09501101530003 3932=15612345
  70032601312359^10L1                        | 7003=2601312359 10=L1
  7007260131260201                           | 7007=260131260201
  8008260131121059                           | 8008=260131121059
  80082601311210                             | 8008=2601311210
  800826013112                               | 8008=26013112
  800309501101530003ABC                      | 8003=09501101530003ABC
  01095011015300030109501101530003           | 01=09501101530003
  `,
);

test.each(good)("$title", ({ data, elements }) => {
  const read = readElementString(withSeparators(data));
  const told = read.ok ? read.value.map(({ ai, value }) => `${ai}=${value}`).join(" ") : read.code;
  expect(told).toBe(elements);
});

const bad = table(
  ["data", "code", "offset"],
  `
  data                                | code                | offset
  ^                                   | scan/gs1_length     | 1
  0109501101530004                    | scan/check_digit    | 2
  010950110153000                     | scan/gs1_length     | 2
  01095011015300^03                   | scan/gs1_length     | 2
  0109501101530003X                   | scan/gs1_unknown_ai | 16
  010950110153000304                  | scan/gs1_unknown_ai | 16
  0109501101530003^^10A               | scan/gs1_unknown_ai | 17
  010950110153000A                    | scan/gs1_character  | 2
  17250229                            | scan/gs1_value      | 2
  17251301                            | scan/gs1_value      | 2
  10                                  | scan/gs1_length     | 2
  10A B                               | scan/gs1_character  | 2
  10A]C1                              | scan/gs1_character  | 2
  10123456789012345678901             | scan/gs1_length     | 2
  43211^43210                         | scan/gs1_repeated   | 10
  43212                               | scan/gs1_value      | 4
  10A^10B                             | scan/gs1_repeated   | 6
  7003260131240010L1                  | scan/gs1_value      | 4
  8003195011015300030ABC              | scan/gs1_value      | 4
  800100010000000011                  | scan/gs1_value      | 4
  `,
);

test.each(bad)("$title", ({ data, code, offset }) => {
  expect(readElementString(withSeparators(data))).toEqual({ ok: false, code, offset: Number(offset) });
});

test("nothing is refused with scan/gs1_length", () => {
  expect(readElementString("")).toEqual({ ok: false, code: "scan/gs1_length", offset: 0 });
});

test("more elements than any label has are refused with scan/gs1_length", () => {
  const internal = ["90", "91", "92", "93", "94", "95", "96", "97", "98", "99"];
  const measures = GS1_TABLE.filter(([first]) => /^3[1-6]/.test(first)).map(([first]) => first);
  const ais = [...internal, ...measures].slice(0, GS1_ELEMENTS_COUNT_MAX + 1);
  const data = (count: number): string =>
    ais
      .slice(0, count)
      .map((ai) => `${ai}${ai.length === 2 ? "1" : "000001"}${GS}`)
      .join("");
  expect(readElementString(data(GS1_ELEMENTS_COUNT_MAX))).toMatchObject({ ok: true });
  expect(readElementString(data(GS1_ELEMENTS_COUNT_MAX + 1))).toMatchObject({ code: "scan/gs1_length" });
});

test("every row of the table is reached by its identifiers, and no identifier begins another", () => {
  const ais = GS1_TABLE.flatMap(([first, last]) => [first, last]);
  for (const ai of ais) {
    expect(gs1RowOf(ai)?.[0]).toBeDefined();
    expect(ais.filter((other) => other !== ai && other.startsWith(ai))).toEqual([]);
  }
  expect(gs1RowOf("04")).toBeUndefined();
  expect(problemOf({ ai: "04", value: "1" })).toBe("scan/gs1_unknown_ai");
});

test("elements written one after the other are read back", () => {
  const body = fc.stringMatching(/^[0-9]{13}$/);
  const lot = fc.stringMatching(/^[A-Z0-9_/.-]{1,20}$/);
  const weight = fc.stringMatching(/^[0-9]{6}$/);
  fc.assert(
    fc.property(body, lot, weight, (digits, batchText, grams) => {
      const gtin = `${digits}${checkDigitFor(digits)}`;
      const elements = [
        { ai: "01", value: gtin },
        { ai: "10", value: batchText },
        { ai: "3103", value: grams },
      ];
      expect(readElementString(`01${gtin}10${batchText}${GS}3103${grams}`)).toEqual({
        ok: true,
        value: elements,
      });
      expect(readElementString(`01${gtin}3103${grams}10${batchText}`)).toMatchObject({ ok: true });
    }),
  );
});

test("any text is read or refused, and what is read is good", () => {
  const piece = fc.constantFrom("01", "10", "3103", "17", "09501101530003", GS, "250228", "A", "]", "é", "0");
  const text = fc.oneof(
    anyByteText(40),
    fc.array(piece).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(text, (data) => {
      const read = readElementString(data);
      for (const element of read.ok ? read.value : []) expect(problemOf(element)).toBeUndefined();
    }),
  );
});
