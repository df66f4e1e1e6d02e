/**
 * Pictures in dots: from modules, made to fit the paper, cut into slices for GS v 0. Pure.
 * R1  No slice is longer than what may be sent ahead of its marker.
 * R2  No byte of a picture is 10 (DLE, E1 in escpos.ts): a lone dot in its place becomes two.
 */

/** Black dots, row by row, 8 a byte, the highest bit left; each row begins a byte. */
export interface Raster {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly dots: Uint8Array;
}

/** Rows of one slice: 3.4 kB at 80 mm, so that a lost link loses little. */
export const SLICE_ROWS_MAX = 48;

const DLE = 0x10;
const TWO_DOTS = 0x18;

/** A raster of so many dots, asked for each of them. */
export function rasterOf(
  widthDots: number,
  heightDots: number,
  isBlack: (x: number, y: number) => boolean,
): Raster {
  const rowBytes = Math.ceil(widthDots / 8);
  const dots = new Uint8Array(rowBytes * heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      const index = y * rowBytes + (x >> 3);
      if (isBlack(x, y)) dots[index] = (dots[index] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthDots, heightDots, dots };
}

/** The same picture no wider than that, smaller in both directions if need be. Missing dots are white. */
export function fitRaster(raster: Raster, widthDotsMax: number): Raster {
  const scale = Math.max(1, raster.widthDots / widthDotsMax);
  const rowBytes = Math.ceil(raster.widthDots / 8);
  const isBlack = (x: number, y: number): boolean =>
    ((raster.dots[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
  return rasterOf(Math.floor(raster.widthDots / scale), Math.floor(raster.heightDots / scale), (x, y) =>
    isBlack(Math.floor(x * scale), Math.floor(y * scale)),
  );
}

/** Slices from top to bottom (R1, R2). */
export function sliceRaster({ widthDots, heightDots, dots }: Raster): readonly Raster[] {
  const rowBytes = Math.ceil(widthDots / 8);
  const slices: Raster[] = [];
  for (let row = 0; row < heightDots; row += SLICE_ROWS_MAX) {
    const rowCount = Math.min(SLICE_ROWS_MAX, heightDots - row);
    const its = dots
      .slice(row * rowBytes, (row + rowCount) * rowBytes)
      .map((byte) => (byte === DLE ? TWO_DOTS : byte));
    slices.push({ widthDots, heightDots: rowCount, dots: its });
  }
  return slices;
}
