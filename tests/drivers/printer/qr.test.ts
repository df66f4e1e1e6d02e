/**
 * QR codes against what any reader expects of them: sizes by length, the fixed patterns, format bits that
 * divide, and a code that was read by another program (zbar) when it was written down.
 */

import { expect, test } from "vitest";
import { qrMatrix, qrSize } from "../../../drivers/printer/qr.ts";
import type { QrMatrix } from "../../../drivers/printer/qr.ts";

const SIZES: readonly [byteCount: number, size: number | undefined][] = [
  [0, 21],
  [14, 21],
  [15, 25],
  [26, 25],
  [27, 29],
  [42, 29],
  [62, 33],
  [84, 37],
  [106, 41],
  [122, 45],
  [152, 49],
  [180, 53],
  [213, 57],
  [214, undefined],
];

test.each(SIZES)("%i bytes at level M take %s modules a side", (byteCount, size) => {
  expect(qrSize(byteCount)).toBe(size);
  expect(qrMatrix(new Uint8Array(byteCount))?.size).toBe(size);
});

test.each(SIZES.filter(([, size]) => size !== undefined))(
  "%i bytes: three finders, timing, the dark module, and format bits that are a codeword",
  (byteCount, size) => {
    const matrix = codeOf(Uint8Array.from({ length: byteCount }, (_, index) => (index * 37) % 256));
    const last = (size ?? 0) - 7;
    for (const [x, y] of [
      [0, 0],
      [last, 0],
      [0, last],
    ] as const) {
      const rows = Array.from({ length: 7 }, (_, dy) => rowOf(matrix, x, y + dy, 7));
      expect(rows).toEqual(["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"]);
    }
    for (let at = 8; at < last; at += 1) expect([at, isDark(matrix, at, 6)]).toEqual([at, at % 2 === 0]);
    expect(isDark(matrix, 8, matrix.size - 8)).toBe(true);
    const format = formatOf(matrix);
    // Level M is 00 in the first two bits; the rest divides by the generator of BCH(15,5).
    expect(format >> 13).toBe(0);
    expect(remainder(format, 15, 0x537)).toBe(0);
  },
);

// Read by zbarimg as "tillwright".
const TILLWRIGHT = `
  |####### ####  #######|
  |#     #  # #  #     #|
  |# ### # #   # # ### #|
  |# ### #  # ## # ### #|
  |# ### #  #  # # ### #|
  |#     # ##    #     #|
  |####### # # # #######|
  |          ##         |
  |# #   ## # ##  #  # #|
  |   #    # #  #  # # #|
  |## #######      # # #|
  |# #  #  ### ## # #   |
  |####  #      # # #  #|
  |        ####  # #####|
  |####### #  #### ### #|
  |#     #  # # #  ##  #|
  |# ### #    ##  ### # |
  |# ### #   #  # ####  |
  |# ### # #    ## #####|
  |#     #     #  ###   |
  |####### ##   ## #   #|
`;

test("a code that another program has read stays as it was", () => {
  const matrix = codeOf(new TextEncoder().encode("tillwright"));
  const rows = Array.from({ length: matrix.size }, (_, y) => rowOf(matrix, 0, y, matrix.size));
  expect(rows).toEqual(
    TILLWRIGHT.trim()
      .split("\n")
      .map((row) => row.trim().slice(1, -1)),
  );
});

function codeOf(bytes: Uint8Array): QrMatrix {
  return qrMatrix(bytes) ?? expect.fail("It does not fit");
}

function isDark(matrix: QrMatrix, x: number, y: number): boolean {
  return matrix.isDark[y * matrix.size + x] === true;
}

function rowOf(matrix: QrMatrix, x: number, y: number, count: number): string {
  return Array.from({ length: count }, (_, dx) => (isDark(matrix, x + dx, y) ? "#" : " ")).join("");
}

/** The fifteen bits beside the upper left finder, unmasked, the first bit highest. */
function formatOf(matrix: QrMatrix): number {
  const places = [
    ...[0, 1, 2, 3, 4, 5, 7, 8].map((x) => [x, 8] as const),
    ...[7, 5, 4, 3, 2, 1, 0].map((y) => [8, y] as const),
  ];
  return places.reduce((bits, [x, y]) => bits * 2 + (isDark(matrix, x, y) ? 1 : 0), 0) ^ 0x5412;
}

function remainder(value: number, bitCount: number, generator: number): number {
  const degree = 31 - Math.clz32(generator);
  let rest = value;
  for (let bit = bitCount - 1; bit >= degree; bit -= 1) {
    if (((rest >> bit) & 1) === 1) rest ^= generator << (bit - degree);
  }
  return rest;
}
