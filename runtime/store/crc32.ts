/**
 * CRC-32 (IEEE 802.3, reflected polynomial 0xEDB88320), eight bytes a step. It guards disk framing
 * against rot and torn writes; it proves nothing about who wrote the bytes (the hash chain does).
 * Our own because only adapters may import node:zlib, whose crc32 it equals.
 */

const POLYNOMIAL = 0xedb88320;
const STEP_BYTES = 8;

/** TABLES[k * 256 + b]: the CRC of byte b followed by k zero bytes. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(STEP_BYTES * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
    tables[byte] = crc;
  }
  for (let index = 256; index < tables.length; index += 1) {
    const shorter = tables[index - 256] ?? 0;
    tables[index] = (shorter >>> 8) ^ (tables[shorter & 255] ?? 0);
  }
  return tables;
}

/** CRC-32 of `bytes`, 0 to 2^32-1. `previous` is the CRC of the bytes before them: crc32(b, crc32(a)) is that of a and b joined. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  const t = TABLES;
  const wholeBytes = bytes.length - (bytes.length % STEP_BYTES);
  let crc = ~previous;
  let at = 0;
  // Indices below are masked or in range, so `?? 0` never applies; it only satisfies the type.
  for (; at < wholeBytes; at += STEP_BYTES) {
    const low = crc ^ word(bytes, at);
    const high = word(bytes, at + 4);
    crc =
      (t[1792 + (low & 255)] ?? 0) ^
      (t[1536 + ((low >>> 8) & 255)] ?? 0) ^
      (t[1280 + ((low >>> 16) & 255)] ?? 0) ^
      (t[1024 + (low >>> 24)] ?? 0) ^
      (t[768 + (high & 255)] ?? 0) ^
      (t[512 + ((high >>> 8) & 255)] ?? 0) ^
      (t[256 + ((high >>> 16) & 255)] ?? 0) ^
      (t[high >>> 24] ?? 0);
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (t[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0);
  return ~crc >>> 0;
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}
