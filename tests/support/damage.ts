/** Every small damage that a codec must see: cut at each byte, one bit changed at each place. */

/** All proper prefixes, the empty one included. */
export function* truncations(bytes: Uint8Array): Generator<Uint8Array> {
  for (let end = 0; end < bytes.length; end += 1) yield bytes.slice(0, end);
}

/** All copies with exactly one bit changed, in the order of bytes, lowest bit first. */
export function* bitFlips(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bitIndex = 0; bitIndex < 8 * bytes.length; bitIndex += 1) {
    const flipped = bytes.slice();
    flipped[bitIndex >> 3] = (flipped[bitIndex >> 3] ?? 0) ^ (1 << (bitIndex & 7));
    yield flipped;
  }
}
