/**
 * Random bytes that are not random: SHA-256 over a seed and a counter. For runs that must write the
 * same bytes twice; never for keys.
 */
import type { Rng } from "../../runtime/clock.ts";
import { sha256Text } from "../../runtime/adapters/machine.ts";

/** A source of bytes that depends on `seed` and on how often it was asked, and on nothing else. */
export function seededRng(seed: string): Rng {
  let drawCount = 0;
  return {
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      for (let offset = 0; offset < count; offset += 32) {
        drawCount += 1;
        bytes.set(sha256Text(`${seed}/${drawCount}`).subarray(0, count - offset), offset);
      }
      return bytes;
    },
  };
}
