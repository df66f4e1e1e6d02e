/**
 * The trade's refusal as a page reads it: its sentence in the page's language, and what the page may do
 * about it.
 */
import type { ClerkId } from "../../core/ids.ts";
import { PIN_TRIES_COUNT_MAX } from "../../core/limits.ts";
import { REFUSAL_WORDS } from "../../core/refusal.ts";
import type { Refusal, Refused } from "../../core/refusal.ts";
import type { State } from "../../core/state.ts";
import type { PairWord } from "../printer-pairing.ts";
import type { ScaleCode } from "../scale/desk.ts";
import { SCALE_WORDS } from "../scale/words.ts";
import { RIGHTS } from "./rights.ts";
import { PRINTER_WORDS } from "./printer-words.ts";
import { readerSentence } from "./reader-words.ts";
import type { Language, RefusalView } from "./wire.ts";

/** What was said no to, and how long nothing more is heard where that is known. */
export interface Said {
  readonly refusal: Refusal;
  readonly waitSeconds: number | null;
}

/** What a page is told of an answer of the trade: null when it was a yes. */
export function said(answer: { readonly ok: true } | Refused): Said | null {
  return answer.ok ? null : { refusal: answer.refusal, waitSeconds: null };
}

/** A refusal of the trade. `waitSeconds` is told of waits alone. */
export function refusalView(
  { refusal, waitSeconds }: Said,
  state: State,
  who: ClerkId | "",
  language: Language,
): RefusalView {
  const { code, about } = refusal;
  return {
    code,
    sentence: REFUSAL_WORDS[code][language],
    right: code === "clerk/right_missing" ? (RIGHTS.find((right) => right === about) ?? null) : null,
    waitSeconds: isAboutPin(code) && waitSeconds !== 0 ? waitSeconds : null,
    triesLeft: code === "clerk/pin_wrong" ? triesLeft(state, who) : null,
  };
}

function isAboutPin(code: Refusal["code"]): boolean {
  return code === "clerk/pin_wait" || code === "clerk/pin_wrong";
}

function triesLeft(state: State, who: ClerkId | ""): number | null {
  const tries = who === "" ? undefined : state.pins.get(who);
  return tries === undefined ? null : Math.max(0, PIN_TRIES_COUNT_MAX - tries.failureCount);
}

/** What a printer said when it was paired or tried. */
export function printerRefusal(code: Exclude<PairWord, "ok">, language: Language): RefusalView {
  const sentence = PRINTER_WORDS[code][language];
  return { code, sentence, right: null, waitSeconds: null, triesLeft: null };
}

/** Why the scale gave no weight. */
export function scaleRefusal(code: ScaleCode, language: Language): RefusalView {
  return { code, sentence: SCALE_WORDS[code][language], right: null, waitSeconds: null, triesLeft: null };
}

/** Why a card reader did not do what it was asked for. */
export function readerRefusal(code: string, language: Language): RefusalView {
  return { code, sentence: readerSentence(code, language), right: null, waitSeconds: null, triesLeft: null };
}
