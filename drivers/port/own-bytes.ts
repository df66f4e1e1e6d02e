/**
 * Bytes that leave nothing behind when they are zeroed. A small typed array that owns its bytes lies on V8's heap, where a
 * collection moves it and leaves the old copy as it was; over an ArrayBuffer of its own it lies still. For
 * everything that may hold card data: receive buffers, frames, the parsers' own copies.
 */

/** So many zeros that never move. */
export function ownBytes(byteCount: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(byteCount));
}

/** A copy that never moves; whoever asked for it zeroes it. */
export function ownCopy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = ownBytes(bytes.length);
  copy.set(bytes);
  return copy;
}
