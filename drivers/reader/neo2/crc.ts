/**
 * The check of every NEO 2 frame: CRC-16/CCITT-FALSE over all bytes from the header on (polynomial 1021,
 * start FFFF, nothing reflected, nothing added; guide 80139403 §3.4). Where its two bytes stand in which
 * order is frame.ts's business.
 */

const POLYNOMIAL = 0x1021;
const START = 0xffff;
const TABLE = Uint16Array.from({ length: 256 }, (_, value) => {
  let sum = value << 8;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum & 0x8000) === 0 ? sum << 1 : (sum << 1) ^ POLYNOMIAL;
  return sum;
});

/** The check of these bytes, 0 to FFFF. */
export function crc16(bytes: Uint8Array): number {
  let sum = START;
  for (const value of bytes) sum = ((sum << 8) & 0xffff) ^ (TABLE[(sum >>> 8) ^ value] ?? 0);
  return sum;
}
