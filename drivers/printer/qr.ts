/**
 * QR codes for printers that cannot draw them: byte mode, level M, versions 1 to 10. Pure. ISO/IEC 18004;
 * numbers in comments are its clauses.
 */

/** Dark modules, row by row; a square without its quiet zone. */
export interface QrMatrix {
  readonly size: number;
  readonly isDark: readonly boolean[];
}

/** For each version at level M: data codewords of its blocks, and error codewords of each (7.5.1). */
const VERSIONS: readonly { readonly blocks: readonly number[]; readonly errorCount: number }[] = [
  { blocks: [16], errorCount: 10 },
  { blocks: [28], errorCount: 16 },
  { blocks: [44], errorCount: 26 },
  { blocks: [32, 32], errorCount: 18 },
  { blocks: [43, 43], errorCount: 24 },
  { blocks: [27, 27, 27, 27], errorCount: 16 },
  { blocks: [31, 31, 31, 31], errorCount: 18 },
  { blocks: [38, 38, 39, 39], errorCount: 22 },
  { blocks: [36, 36, 36, 37, 37], errorCount: 22 },
  { blocks: [43, 43, 43, 43, 44], errorCount: 26 },
];
/** Centres of alignment patterns (annex E). */
const ALIGNMENTS: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
const MASK_COUNT = 8;

/** Side of the code in modules, or undefined when the bytes do not fit version 10. */
export function qrSize(byteCount: number): number | undefined {
  const version = versionFor(byteCount);
  return version === undefined ? undefined : 17 + 4 * version;
}

/** The code for these bytes, or undefined when they do not fit. */
export function qrMatrix(bytes: Uint8Array): QrMatrix | undefined {
  const version = versionFor(bytes.length);
  if (version === undefined) return undefined;
  const bits = interleave(dataCodewords(bytes, version), version);
  let best: QrMatrix | undefined;
  let bestPenalty = Infinity;
  for (let mask = 0; mask < MASK_COUNT; mask += 1) {
    const candidate = draw(bits, version, mask);
    const its = penalty(candidate);
    if (its < bestPenalty) [best, bestPenalty] = [candidate, its];
  }
  return best;
}

function versionFor(byteCount: number): number | undefined {
  const index = VERSIONS.findIndex(({ blocks }, its) => {
    const headBits = 4 + (its + 1 < 10 ? 8 : 16);
    return blocks.reduce((sum, count) => sum + count, 0) * 8 >= headBits + byteCount * 8;
  });
  return index < 0 ? undefined : index + 1;
}

/** 7.4: mode, count, bytes, terminator, padding. */
function dataCodewords(bytes: Uint8Array, version: number): readonly number[] {
  const capacity = (VERSIONS[version - 1]?.blocks ?? []).reduce((sum, count) => sum + count, 0);
  const bits: number[] = [];
  const put = (value: number, bitCount: number): void => {
    for (let shift = bitCount - 1; shift >= 0; shift -= 1) bits.push((value >> shift) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, capacity * 8 - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  const words: number[] = [];
  for (let start = 0; start < bits.length; start += 8) {
    words.push(bits.slice(start, start + 8).reduce((value, bit) => value * 2 + bit, 0));
  }
  for (let pad = 0xec; words.length < capacity; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** 7.6: blocks with their error codewords, one codeword of each in turn, as bits. */
function interleave(words: readonly number[], version: number): readonly number[] {
  const { blocks, errorCount } = VERSIONS[version - 1] ?? { blocks: [], errorCount: 0 };
  let start = 0;
  const parts = blocks.map((count) => {
    const data = words.slice(start, start + count);
    start += count;
    return { data, error: errorWords(data, errorCount) };
  });
  const result: number[] = [];
  const longest = Math.max(...blocks);
  for (let index = 0; index < longest; index += 1) {
    for (const { data } of parts) if (index < data.length) result.push(data[index] ?? 0);
  }
  for (let index = 0; index < errorCount; index += 1) {
    for (const { error } of parts) result.push(error[index] ?? 0);
  }
  return result.flatMap((word) => Array.from({ length: 8 }, (_, bit) => (word >> (7 - bit)) & 1));
}

/** Multiplication in the field of 256 elements over 11D. */
function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if (((right >> bit) & 1) === 1) product ^= left;
  }
  return product;
}

/** Remainder of the data after division by the generator of that degree (annex A). */
function errorWords(data: readonly number[], degree: number): readonly number[] {
  let generator = [1];
  let root = 1;
  for (let index = 0; index < degree; index += 1) {
    const factor = root;
    const raised = [...generator, 0];
    generator = raised.map((value, at) => value ^ multiply(generator[at - 1] ?? 0, factor));
    root = multiply(root, 2);
  }
  let rest = Array.from({ length: degree }, () => 0);
  for (const word of data) {
    const factor = word ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((value, at) => value ^ multiply(generator[at + 1] ?? 0, factor));
  }
  return rest;
}

type Cell = boolean | undefined;

function draw(bits: readonly number[], version: number, mask: number): QrMatrix {
  const size = 17 + 4 * version;
  const cells: Cell[] = Array.from({ length: size * size }, () => undefined);
  const set = (x: number, y: number, isDark: boolean): void => {
    if (x >= 0 && y >= 0 && x < size && y < size) cells[y * size + x] = isDark;
  };
  drawFunctions(set, size, version);
  drawFormat(set, size, mask);
  if (version >= 7) drawVersion(set, size, version);
  placeBits(cells, size, bits, mask);
  return { size, isDark: cells.map((cell) => cell === true) };
}

type Set = (x: number, y: number, isDark: boolean) => void;

/** 6.3: timing, finders with their separators, alignment. */
function drawFunctions(set: Set, size: number, version: number): void {
  for (let at = 0; at < size; at += 1) {
    set(at, 6, at % 2 === 0);
    set(6, at, at % 2 === 0);
  }
  const centres = ALIGNMENTS[version - 1] ?? [];
  const last = centres.at(-1) ?? 0;
  for (const x of centres) {
    for (const y of centres) {
      const isCorner = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
      if (!isCorner) drawRings(set, x, y, 2);
    }
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    drawRings(set, x, y, 4);
  }
}

/** Rings around a centre: dark but for the second from the inside of a finder and its separator. */
function drawRings(set: Set, centreX: number, centreY: number, radius: number): void {
  for (let dy = -radius; dy <= radius; dy += 1) {
    for (let dx = -radius; dx <= radius; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      set(centreX + dx, centreY + dy, radius === 2 ? ring !== 1 : ring !== 2 && ring !== 4);
    }
  }
}

/** 7.9: level M is 00; BCH(15,5), masked; twice, and the dark module. */
function drawFormat(set: Set, size: number, mask: number): void {
  let rest = mask;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const isDark = (bit: number): boolean => ((bits >> bit) & 1) === 1;
  for (let bit = 0; bit <= 5; bit += 1) set(8, bit, isDark(bit));
  set(8, 7, isDark(6));
  set(8, 8, isDark(7));
  set(7, 8, isDark(8));
  for (let bit = 9; bit < 15; bit += 1) set(14 - bit, 8, isDark(bit));
  for (let bit = 0; bit < 8; bit += 1) set(size - 1 - bit, 8, isDark(bit));
  for (let bit = 8; bit < 15; bit += 1) set(8, size - 15 + bit, isDark(bit));
  set(8, size - 8, true);
}

/** 7.10: BCH(18,6), twice. */
function drawVersion(set: Set, size: number, version: number): void {
  let rest = version;
  for (let step = 0; step < 12; step += 1) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let bit = 0; bit < 18; bit += 1) {
    const isDark = ((bits >> bit) & 1) === 1;
    const [far, near] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
    set(far, near, isDark);
    set(near, far, isDark);
  }
}

/** 7.7.3: two columns at a time, from the right, up and down in turn, around what is drawn already. */
function placeBits(cells: Cell[], size: number, bits: readonly number[], mask: number): void {
  let bitIndex = 0;
  let isUpward = true;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = isUpward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (cells[y * size + x] !== undefined) continue;
        const bit = bits[bitIndex] ?? 0;
        bitIndex += 1;
        cells[y * size + x] = (bit === 1) !== isMasked(x, y, mask);
      }
    }
    isUpward = !isUpward;
  }
}

/** 7.8.2. */
function isMasked(x: number, y: number, mask: number): boolean {
  switch (mask) {
    case 0:
      return (x + y) % 2 === 0;
    case 1:
      return y % 2 === 0;
    case 2:
      return x % 3 === 0;
    case 3:
      return (x + y) % 3 === 0;
    case 4:
      return (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0;
    case 5:
      return ((x * y) % 2) + ((x * y) % 3) === 0;
    case 6:
      return (((x * y) % 2) + ((x * y) % 3)) % 2 === 0;
    default:
      return (((x + y) % 2) + ((x * y) % 3)) % 2 === 0;
  }
}

/** 7.8.3 without its third rule: runs, squares of two, and how far from half the dark ones are. */
function penalty({ size, isDark }: QrMatrix): number {
  const at = (x: number, y: number): boolean => isDark[y * size + x] === true;
  let sum = 0;
  for (let line = 0; line < size; line += 1) {
    sum += runPenalty(size, (along) => at(along, line)) + runPenalty(size, (along) => at(line, along));
  }
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      const first = at(x, y);
      if (first === at(x - 1, y) && first === at(x, y - 1) && first === at(x - 1, y - 1)) sum += 3;
    }
  }
  const darkCount = isDark.filter(Boolean).length;
  return sum + Math.floor(Math.abs((darkCount * 20) / (size * size) - 10)) * 10;
}

function runPenalty(size: number, at: (along: number) => boolean): number {
  let sum = 0;
  let runCount = 1;
  for (let along = 1; along <= size; along += 1) {
    if (along < size && at(along) === at(along - 1)) runCount += 1;
    else {
      if (runCount >= 5) sum += runCount - 2;
      runCount = 1;
    }
  }
  return sum;
}
