/**
 * Everything that the terminal says when something went otherwise: the trade's refusals, the scanner's,
 * the wire's and the page's own messages. Each says what happened, what is safe and what to do.
 */
import { expect, test } from "vitest";

import { REFUSAL_WORDS } from "../../../../../core/refusal.ts";
import { SCAN_WORDS } from "../../../../../runtime/scan/words.ts";
import { PAGE_FAULT_WORDS } from "../../../../../runtime/ui/words.ts";
import { MESSAGES } from "../../../../../runtime/ui/web/i18n/messages.ts";

interface Said {
  readonly en: string;
  readonly zh: string;
}

const CATALOGUE: readonly (readonly [string, Said])[] = [
  ...Object.entries(REFUSAL_WORDS),
  ...Object.entries(SCAN_WORDS),
  ...Object.entries(PAGE_FAULT_WORDS),
  ...Object.entries(MESSAGES),
];

/** Messages that a catalogue of a till's day has at least. */
const CATALOGUE_COUNT_MIN = 60;

test("the catalogue has at least 60 messages under codes of their own, most with a sentence of their own", () => {
  expect(new Set(CATALOGUE.map(([code]) => code)).size).toBeGreaterThanOrEqual(CATALOGUE_COUNT_MIN);
  expect(new Set(CATALOGUE.map(([, { en }]) => en)).size).toBeGreaterThanOrEqual(CATALOGUE_COUNT_MIN);
});

test.each(CATALOGUE)(
  "%s says what happened, what is safe and what to do in both languages",
  (_code, said) => {
    const english = said.en.split(/(?<=[.!]) /);
    expect(english.length).toBeGreaterThanOrEqual(3);
    for (const sentence of english) expect(sentence).toMatch(/^[A-Z].*[.]$/);
    expect(said.zh.split(/[。，；](?=.)/).length).toBeGreaterThanOrEqual(3);
    expect(said.zh).toMatch(/。$/);
    expect(said.zh).not.toMatch(/[,;?!]/);
    expect(`${said.en}${said.zh}`).not.toMatch(/\berror\b|exception|undefined|null/i);
  },
);
