/**
 * The draft of pricing rules: one document's text, kept in this browser until it is published, and small
 * changes to it. Nothing here judges it: headquarters reads every text with the core that terminals use.
 */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { RulesAnswer, RulesCheck } from "../../api-rules.ts";
import { tell } from "../ask.ts";
import type { Failure } from "../ask.ts";
import { house } from "../format.ts";

/** An object of the document. */
export type Json = Readonly<Record<string, unknown>>;
/** The lists that the page edits by forms. */
export type Section = "promotions" | "priceLists" | "taxes";

/** Asked this long after the last key. */
const CHECK_AFTER_MS = 250;

/** The text of the draft; null until what is in force is known. */
export const draft = signal<string | null>(null);

function keyOf(): string {
  return `tillwright.console.rules.${house.value?.tenant ?? ""}`;
}

/** What stands, as a draft begins from it. */
export function standing({ inForce, currency }: RulesAnswer): string {
  // Before the first sale nobody knows the currency: it is asked for.
  const text = inForce?.text ?? JSON.stringify(currency === "" ? {} : { currency });
  return pretty(text);
}

/** Begins with what this browser kept, or with what is in force. */
export function openDraft(answer: RulesAnswer): void {
  if (draft.value === null) draft.value = localStorage.getItem(keyOf()) ?? standing(answer);
}

/** Another text. */
export function setDraft(text: string): void {
  draft.value = text;
  localStorage.setItem(keyOf(), text);
}

/** Forgets the draft: what is in force is the next one. */
export function discardDraft(answer: RulesAnswer): void {
  localStorage.removeItem(keyOf());
  draft.value = standing(answer);
}

/** The document with every field in its own line; a text that is none as it is. */
export function pretty(text: string): string {
  const document = objectIn(text);
  return document === null ? text : JSON.stringify(document, null, 2);
}

/** The object that a text is, or null. */
export function objectIn(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The entries of a list; none where there is no such list. */
export function listIn(document: Json | null, name: string): readonly Json[] {
  const list = document?.[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** A list with one entry replaced, added behind the others, or taken out (null). */
export function putEntry(section: Section, index: number, entry: Json | null): void {
  const document = objectIn(draft.value ?? "") ?? {};
  const list = listIn(document, section);
  const next =
    entry === null
      ? list.filter((_, place) => place !== index)
      : index < list.length
        ? list.map((each, place) => (place === index ? entry : each))
        : [...list, entry];
  setDraft(JSON.stringify({ ...document, [section]: next }, null, 2));
}

/** An entry with one field changed; undefined takes it out. */
export function withField(entry: Json, name: string, value: unknown): Json {
  const { [name]: _before, ...rest } = entry;
  return value === undefined ? rest : { ...rest, [name]: value };
}

/** A text; empty where there is none. */
export function textOf(entry: Json, name: string): string {
  const value = entry[name];
  return typeof value === "string" ? value : "";
}

/** A number, or null. */
export function numberOf(entry: Json, name: string): number | null {
  const value = entry[name];
  return typeof value === "number" ? value : null;
}

/** Names of a list. */
export function namesOf(entry: Json, name: string): readonly string[] {
  const value = entry[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** The currency that the draft is in. */
export function currencyOf(): string {
  return textOf(objectIn(draft.value ?? "") ?? {}, "currency");
}

/** What headquarters says of the draft; null until it was asked. */
export function useCheck(): { readonly check: RulesCheck | null; readonly failure: Failure | null } {
  const [state, setState] = useState<{
    readonly check: RulesCheck | null;
    readonly failure: Failure | null;
  }>({ check: null, failure: null });
  const text = draft.value;
  useEffect(() => {
    if (text === null) return undefined;
    let isOld = false;
    const timer = setTimeout(() => {
      void tell<RulesCheck>("/api/rules-check", { text }).then((said) => {
        if (isOld) return;
        setState(said.ok ? { check: said.value, failure: null } : { check: null, failure: said.failure });
      });
    }, CHECK_AFTER_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [text]);
  return state;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
