/**
 * The words of the page in the language that was chosen; a place in braces is filled by its name. The
 * language is kept in this browser and nowhere else.
 */
import { computed, signal } from "@preact/signals";
import { en } from "./en.ts";
import type { Words } from "./en.ts";
import { zh } from "./zh.ts";

/** A key of the words. */
export type Word = keyof Words;
/** What the page can speak. */
export type Language = "en" | "zh";

const KEPT = "tillwright.console.language";

/** The language of the page; kept in this browser. */
export const language = signal<Language>(firstLanguage());
const words = computed<Words>(() => (language.value === "zh" ? zh : en));

function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "en" || kept === "zh") return kept;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

/** Goes over to the other language. */
export function switchLanguage(): void {
  language.value = language.value === "en" ? "zh" : "en";
  localStorage.setItem(KEPT, language.value);
}

/** The words of a key with its places filled. */
export function say(word: Word, places: Readonly<Record<string, string | number>> = {}): string {
  return words.value[word].replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(places[name] ?? ""));
}

/** The words of a code that a newer terminal may have made: the code itself where there are none. */
export function sayCode(prefix: string, code: string): string {
  const key = `${prefix}_${code}`;
  return isWord(key) ? words.value[key] : code;
}

function isWord(key: string): key is Word {
  return Object.hasOwn(en, key);
}
