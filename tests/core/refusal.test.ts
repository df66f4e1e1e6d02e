/** Every refusal has a sentence in both languages that says what happened, what is safe and what to do. */
import { expect, test } from "vitest";
import { refuse, REFUSAL_WORDS } from "../../core/refusal.ts";

test.each(Object.entries(REFUSAL_WORDS))(
  "%s says in three parts what happened, what is safe and what to do, in English and Chinese",
  (_, { en, zh }) => {
    expect(en.split(/(?<=\.) /)).toHaveLength(3);
    expect(zh.split(/[。，](?=.)/).length).toBeGreaterThanOrEqual(3);
    expect(zh).toMatch(/^[^,.]+。$/);
    expect(zh).not.toMatch(/[A-Za-z]/);
    expect(en).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
  },
);

test("no two codes share a sentence", () => {
  const sentences = Object.values(REFUSAL_WORDS).flatMap(({ en, zh }) => [en, zh]);
  expect(new Set(sentences).size).toBe(sentences.length);
});

test("a refusal carries its code and what it is about", () => {
  expect(refuse("item/unknown", "wine")).toEqual({
    ok: false,
    refusal: { code: "item/unknown", about: "wine" },
  });
  expect(refuse("order/empty").refusal.about).toBe("");
});
