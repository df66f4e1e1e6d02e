/**
 * A6: the seeds of the keys are planted secrets. They appear in no message, no log line and no
 * record, in none of the forms in which bytes are written down.
 */
import type { Checker } from "../cast.ts";
import { forms } from "../secret-forms.ts";

/** See the header. */
export const noSecrets: Checker = {
  name: "no_secrets",
  laws: ["A6"],
  shows: [],
  promise: "no key is seen in messages, logs or the journal, raw, in hex or in base64",
  watch: (world) => {
    let raw: readonly Buffer[] = [];
    let texts: readonly string[] = [];
    const prepare = (): void => {
      if (raw.length > 0) return;
      const seeds = [world.hqKeys.seed, ...world.tills.map((till) => till.keys.seed)];
      raw = seeds.map((seed) => Buffer.from(seed));
      texts = seeds.flatMap(forms);
    };
    const isIn = (bytes: Uint8Array): boolean => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      return raw.some((seed) => buffer.includes(seed));
    };
    return {
      travelled: (terminal, direction, bytes) => {
        prepare();
        if (isIn(bytes)) world.violate("no_secrets", terminal, `a key travelled ${direction}`);
      },
      logged: (actor, line) => {
        prepare();
        if (texts.some((text) => line.includes(text))) world.violate("no_secrets", actor, "a key was logged");
      },
      inTheEnd: () => {
        prepare();
        for (const till of world.tills) {
          const isWritten = till.memory.lineage.some((block) => isIn(block.recordBytes));
          if (isWritten) world.violate("no_secrets", till.name, "a key is in the journal");
        }
      },
    };
  },
};
