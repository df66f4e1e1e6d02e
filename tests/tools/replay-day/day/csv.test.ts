/** The strict CSV reader: what a file may look like, and what is refused with which code and place. */
import { expect, test } from "vitest";
import { readCsv } from "../../../../tools/replay-day/day/csv.ts";

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const READABLE: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
  [
    "LF at the end of rows",
    "a,b\nc,d\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "CRLF at the end of rows",
    "a,b\r\nc,d\r\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "no line end behind the last row",
    "a,b\nc,d",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ["a byte order mark in front", "\uFEFFa\n", [["a"]]],
  ["a comma in quotes", '"a,b",c\n', [["a,b", "c"]]],
  ["a doubled quote in quotes", '"7"" SINGLE"\n', [['7" SINGLE']]],
  ["line ends in quotes", '"a\r\nb\nc",d\n', [["a\r\nb\nc", "d"]]],
  [
    "empty fields",
    ",\n,,",
    [
      ["", ""],
      ["", "", ""],
    ],
  ],
  ["empty quotes", '"",x\n', [["", "x"]]],
  ["a comma at the end of the file", "a,", [["a", ""]]],
  ["an empty row in the middle", "a\n\nb\n", [["a"], [""], ["b"]]],
  ["letters beyond ASCII", "Voucher £20,茶\n", [["Voucher £20", "茶"]]],
];

test.each(READABLE)("a file with %s is read", (_, text, rows) => {
  expect(readCsv(bytesOf(text))).toEqual({ ok: true, rows });
});

const REFUSED: readonly (readonly [string, string, string, number])[] = [
  ["nothing in it", "", "csv/empty", 0],
  ["a byte order mark and nothing else", "\uFEFF", "csv/empty", 0],
  ["a quote inside an unquoted field", 'a\nb"c,d\n', "csv/quote", 2],
  ["text behind a closing quote", 'a\n"b"c\n', "csv/quote", 2],
  ["a quote that is never closed", 'a\nb\n"c,d\ne\n', "csv/quote", 3],
  ["a quote that is reopened and never closed", '"a""', "csv/quote", 1],
  ["a carriage return alone", "a\rb\n", "csv/control", 1],
  ["a carriage return behind quotes", '"a"\rb\n', "csv/control", 1],
  ["a NUL", "a\n\u0000b\n", "csv/control", 2],
  ["a tab", "a\tb\n", "csv/control", 1],
];

test.each(REFUSED)("a file with %s is refused", (_, text, code, rowNumber) => {
  expect(readCsv(bytesOf(text))).toMatchObject({ ok: false, code, rowNumber });
});

const MISCODED: readonly (readonly [string, readonly number[], string])[] = [
  ["Latin-1", [0x61, 0x0a, 0xa3, 0x32], "Byte 0xa3 at offset 2 (line 2)"],
  ["UTF-16", [0xff, 0xfe, 0x61, 0x00], "Byte 0xff at offset 0 (line 1)"],
  ["a cut sequence", [0x61, 0xc2], "at offset 1 (line 1)"],
  ["an overlong form", [0xc0, 0xaf], "at offset 0 (line 1)"],
  ["a surrogate", [0xed, 0xa0, 0x80], "at offset 0 (line 1)"],
];

test.each(MISCODED)("%s is refused with csv/encoding and its byte", (_, bytes, place) => {
  const read = readCsv(Uint8Array.from(bytes));
  expect(read).toMatchObject({ ok: false, code: "csv/encoding" });
  expect(read).toHaveProperty("message", expect.stringContaining(place));
});
