/** The words of the screen in its languages. That no key is missing is proven by the compiler. */
import { expect, test } from "vitest";

import { en } from "../../../../runtime/ui/web/i18n/en.ts";
import type { Words } from "../../../../runtime/ui/web/i18n/en.ts";
import { zh } from "../../../../runtime/ui/web/i18n/zh.ts";

/** Every text of a language; functions are called with stand-ins. */
function texts(words: Words): readonly (readonly [string, string])[] {
  return Object.entries(words).map(([key, word]) => {
    if (typeof word === "string") return [key, word];
    const call: (...values: never[]) => string = word;
    return [key, Reflect.apply(call, undefined, [2, 3])];
  });
}

test.each([...texts(en), ...texts(zh)])("%s is not empty and holds no stand-in: %s", (_key, text) => {
  expect(text.trim()).not.toBe("");
  expect(text).not.toMatch(/undefined|null|NaN|\{|\}/);
});

test("counts agree in English", () => {
  expect([en.items(0), en.items(1), en.items(2)]).toEqual(["0 items", "1 item", "2 items"]);
});
