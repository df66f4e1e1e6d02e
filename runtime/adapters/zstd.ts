/**
 * zstd by node:zlib, as protocol/wrap.ts wants it. Loaded by the first message that is squeezed: a start
 * needs none. What a frame claims to hold is bounded before memory is taken for it.
 */
import type * as NodeZlib from "node:zlib";
import type { Squeezer } from "../../protocol/wrap.ts";

/** Beyond it another level costs more time than it saves bytes of a message. */
const LEVEL = 6;
/** As far as a frame looks back: the longest message, and what its reader holds in memory. */
const WINDOW_LOG = 17;

/** Level and window are those of the uplink's messages. */
export const zstd: Squeezer = {
  squeeze: (plain, dictionary) => {
    const { zstdCompressSync, constants } = zlib();
    const { ZSTD_c_compressionLevel: level, ZSTD_c_windowLog: windowLog } = constants;
    const params = { [level]: LEVEL, [windowLog]: WINDOW_LOG };
    return plainBytes(zstdCompressSync(plain, { params, pledgedSrcSize: plain.length, dictionary }));
  },
  open: (frame, dictionary, bytesMax) => {
    const { zstdDecompressSync, constants } = zlib();
    try {
      const opened = zstdDecompressSync(frame, {
        params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG },
        maxOutputLength: bytesMax,
        dictionary,
      });
      return plainBytes(opened);
    } catch (cause) {
      // A frame is its sender's; anything that is wrong with it is said by the null.
      if (cause instanceof Error) return null;
      throw cause;
    }
  },
};

/** The same bytes without a Buffer's ways: its slices share memory. */
function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function zlib(): typeof NodeZlib {
  return process.getBuiltinModule("node:zlib");
}
