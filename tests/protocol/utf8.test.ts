/** UTF-8 by hand against the platform's own, which the pure folders cannot use. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readUtf8, utf8Length, writeUtf8 } from "../../protocol/utf8.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function platformRead(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

function expectAsPlatform(bytes: Uint8Array): void {
  const read = readUtf8(bytes, 0, bytes.length);
  expect(typeof read === "string" ? read : undefined).toBe(platformRead(bytes));
}

test("every code point is written and read as the platform does", () => {
  for (let first = 0; first < 0x11_0000; first += 0x800) {
    if (first >= 0xd800 && first < 0xe000) continue;
    const text = String.fromCodePoint(...Array.from({ length: 0x800 }, (_, index) => first + index));
    const bytes = new Uint8Array(4 * 0x800);
    const end = writeUtf8(text, bytes, 0);
    expect(end).toBe(utf8Length(text));
    expect(Buffer.compare(bytes.subarray(0, end), Buffer.from(text, "utf8"))).toBe(0);
    expect(readUtf8(bytes, 0, end)).toBe(text);
  }
});

test("every sequence of two bytes, and of three and four at the edges, is judged as the platform does", () => {
  const edges = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
  const tails = edges.flatMap((second) => edges.map((third) => [second, third]));
  for (let lead = 0x80; lead <= 0xff; lead += 1) {
    for (let second = 0; second <= 0xff; second += 1) expectAsPlatform(Uint8Array.of(lead, second));
    for (const tail of tails) expectAsPlatform(Uint8Array.of(lead, ...tail));
    if (lead < 0xe0) continue;
    for (const tail of tails) for (const last of edges) expectAsPlatform(Uint8Array.of(lead, ...tail, last));
  }
});

test("damaged text is judged as the platform does, and the offset names the first bad byte", () => {
  const damagedText = fc.tuple(fc.string({ unit: "binary" }), fc.nat(), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(damagedText, ([text, place, byte]) => {
      const bytes = new Uint8Array(Buffer.from(text, "utf8"));
      if (bytes.length > 0) bytes[place % bytes.length] = byte;
      expectAsPlatform(bytes);
      const read = readUtf8(bytes, 0, bytes.length);
      if (typeof read === "string") return;
      expect(platformRead(bytes.subarray(0, read))).toBeDefined();
      for (let more = 1; more <= 4 && read + more <= bytes.length; more += 1) {
        expect(platformRead(bytes.subarray(0, read + more))).toBeUndefined();
      }
    }),
    { numRuns: 2000 },
  );
});

test("a lone surrogate has no length", () => {
  for (const text of [
    "\ud800",
    "\udfff",
    "a\ud800b",
    "\udc00\ud800",
    "\ud800\ud800",
    "\ud800\ue000",
    "\ud800\ud800\udc00",
  ]) {
    expect(utf8Length(text)).toBe(-1);
  }
});
