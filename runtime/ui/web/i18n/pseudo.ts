/**
 * The pseudo-language en-XA: English with accents, longer by two fifths, between marks. It finds what
 * was not translated, what is cut off and what has no room, before a real language does.
 */
import type { Words } from "./en.ts";

const PLAIN = "aceinouACEINOU";
const ACCENTED = "åçéîñøûÅÇÉÎÑØÛ";
/** What a text grows by, in tenths of its length. */
const GROWTH_TENTHS = 4;
const FILLER = " ~lörem~ipsüm~dölör~sit~ämet";

/** A text in en-XA. */
export function pseudoText(text: string): string {
  const accented = Array.from(text, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter).join("");
  const extraCount = Math.ceil((text.length * GROWTH_TENTHS) / 10);
  const filler = FILLER.repeat(Math.ceil(extraCount / FILLER.length)).slice(0, extraCount);
  return `[${accented}${filler}]`;
}

/** All words of a language in en-XA. */
export function pseudoWords(words: Words): Words {
  return new Proxy(words, {
    get: (target, key) => {
      const word: unknown = Reflect.get(target, key);
      if (typeof word === "string") return pseudoText(word);
      if (typeof word !== "function") return word;
      return (...values: readonly unknown[]) => pseudoText(String(Reflect.apply(word, undefined, values)));
    },
  });
}
