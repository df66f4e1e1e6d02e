/** The language that is longer than any. */
import { expect, test } from "vitest";

import { en } from "../../../../../runtime/ui/web/i18n/en.ts";
import { pseudoText, pseudoWords } from "../../../../../runtime/ui/web/i18n/pseudo.ts";

test("a text grows by two fifths, between marks", () => {
  for (const text of ["OK", "Today's orders", "x".repeat(100)]) {
    const longer = pseudoText(text);
    expect(longer).toMatch(/^\[.*\]$/);
    expect(longer.length - 2).toBeGreaterThanOrEqual(text.length * 1.4);
  }
});

test("every word of English has its longer form, with its values in it", () => {
  const words = pseudoWords(en);
  expect(words.back).toBe(pseudoText(en.back));
  expect(words.printZ(7)).toContain("7");
  expect(Object.keys(words)).toEqual(Object.keys(en));
});
