/**
 * A scanner that pretends to be a keyboard: tells its keys from a person's by their times. A pure
 * function over key events for the screen: no import, no clock, no document. The screen asks it on each
 * keydown, keeps `taken` keys from the focused input, and sends a code's text to the runtime.
 *
 *   quiet --a key after a pause--> burst --keys in quick succession, Enter or Tab--> a code
 *                                  burst --a key that is late--> typing, or cut off --> dropping
 *
 * W1  A code begins after a pause, has `codeCharsMin` characters with no gap over `gapMs`, and ends with
 *     Enter or Tab. Nothing else is ever a code; no person types like that.
 * W2  Once keys were taken for a scan they are never given back as typing: the scan is cut off instead,
 *     and what follows without a pause is dropped with it.
 */

/** Times and bounds. */
export interface WedgeConfig {
  /** Longest gap between two keys of a scan. */
  readonly gapMs: number;
  /** Pause before a scan begins, and after a broken one before the next is believed. */
  readonly pauseMs: number;
  readonly codeCharsMin: number;
  readonly codeCharsMax: number;
  /** Characters that reach the focused input before a burst counts as a scan. */
  readonly passedCharsMax: number;
}

/** What common scanners and screens do. */
export const WEDGE_CONFIG: WedgeConfig = {
  gapMs: 35,
  pauseMs: 100,
  codeCharsMin: 6,
  codeCharsMax: 4096,
  passedCharsMax: 2,
};

/** One keydown: `key` as the browser names it (see `wedgeKey`), `atMs` the event's own time stamp. */
export interface WedgeKey {
  readonly key: string;
  readonly atMs: number;
}

/** Where the keyboard stands; `lastAtMs` of the last key that counted. */
export type WedgeState =
  | { readonly kind: "quiet" }
  /** `isClean`: there was a pause before it (W1). */
  | { readonly kind: "burst"; readonly text: string; readonly isClean: boolean; readonly lastAtMs: number }
  | { readonly kind: "dropping"; readonly lastAtMs: number };

/** What the screen is to do. `isTaken`: prevent the key's default and stop it. */
export type WedgeVerdict =
  | { readonly kind: "none"; readonly isTaken: boolean }
  /** `passedCount` characters of it are in the focused input and are to be removed. */
  | { readonly kind: "code"; readonly isTaken: true; readonly text: string; readonly passedCount: number }
  | { readonly kind: "rejected"; readonly isTaken: boolean; readonly code: "scan/cut_off" | "scan/too_long" };

/** A state and a verdict. */
export interface WedgeStep {
  readonly state: WedgeState;
  readonly verdict: WedgeVerdict;
}

/** Nothing was pressed yet. */
export const WEDGE_START: WedgeState = { kind: "quiet" };

const LET_GO: WedgeVerdict = { kind: "none", isTaken: false };
const TAKE: WedgeVerdict = { kind: "none", isTaken: true };
const CUT_OFF: WedgeVerdict = { kind: "rejected", isTaken: false, code: "scan/cut_off" };

/** Keys that go with others and say nothing themselves. */
const MODIFIERS: ReadonlySet<string> = new Set([
  "Shift",
  "Control",
  "Alt",
  "AltGraph",
  "Meta",
  "CapsLock",
  "NumLock",
]);

/** The next state. Total: unknown keys end a burst. */
export function stepWedge(state: WedgeState, event: WedgeKey, config: WedgeConfig): WedgeStep {
  const { key, atMs } = event;
  if (MODIFIERS.has(key)) return { state, verdict: LET_GO };
  const isEnd = key === "Enter" || key === "Tab";
  const isCharacter = key.length === 1 && key >= " " && key <= "~";
  if (state.kind === "dropping" && atMs - state.lastAtMs < config.pauseMs) {
    return { state: { kind: "dropping", lastAtMs: atMs }, verdict: TAKE };
  }
  if (state.kind !== "burst") return begin(key, atMs, true, isCharacter);
  const isLate = atMs - state.lastAtMs > config.gapMs;
  if (isLate) return late(state, event, config, isCharacter);
  if (isEnd) return end(state, config, atMs);
  if (!isCharacter) return leave(state, config, atMs);
  return extend(state, event, config);
}

/** The screen's own timer: nothing came for `pauseMs` after the last key. */
export function wedgeSilence(state: WedgeState, config: WedgeConfig): WedgeStep {
  const isBroken = state.kind === "burst" && isScan(state.text, config);
  return { state: WEDGE_START, verdict: isBroken ? CUT_OFF : LET_GO };
}

function begin(key: string, atMs: number, isClean: boolean, isCharacter: boolean): WedgeStep {
  if (!isCharacter) return { state: WEDGE_START, verdict: LET_GO };
  return { state: { kind: "burst", text: key, isClean, lastAtMs: atMs }, verdict: LET_GO };
}

type Burst = WedgeState & { readonly kind: "burst" };

function extend(state: Burst, { key, atMs }: WedgeKey, config: WedgeConfig): WedgeStep {
  const text = state.text + key;
  if (text.length > config.codeCharsMax) {
    const verdict: WedgeVerdict = { kind: "rejected", isTaken: true, code: "scan/too_long" };
    return { state: { kind: "dropping", lastAtMs: atMs }, verdict };
  }
  const verdict = isScan(text, config) ? TAKE : LET_GO;
  return { state: { ...state, text, lastAtMs: atMs }, verdict };
}

/** Enter or Tab right behind the last character. */
function end(state: Burst, config: WedgeConfig, atMs: number): WedgeStep {
  const { text, isClean } = state;
  if (!isScan(text, config)) return { state: WEDGE_START, verdict: LET_GO };
  if (text.length < config.codeCharsMin || !isClean) {
    return { state: { kind: "dropping", lastAtMs: atMs }, verdict: { ...CUT_OFF, isTaken: true } };
  }
  const passedCount = Math.min(config.passedCharsMax, text.length);
  return { state: WEDGE_START, verdict: { kind: "code", isTaken: true, text, passedCount } };
}

/** The gap was too long for a scan: after a pause something new begins, otherwise W2. */
function late(state: Burst, { key, atMs }: WedgeKey, config: WedgeConfig, isCharacter: boolean): WedgeStep {
  const isPause = atMs - state.lastAtMs >= config.pauseMs;
  if (!isScan(state.text, config)) return begin(key, atMs, isPause, isCharacter);
  if (!isPause)
    return { state: { kind: "dropping", lastAtMs: atMs }, verdict: { ...CUT_OFF, isTaken: true } };
  return { state: begin(key, atMs, true, isCharacter).state, verdict: CUT_OFF };
}

/** A key that no scanner sends in the middle of a code: an arrow, Escape, Backspace. */
function leave(state: Burst, config: WedgeConfig, atMs: number): WedgeStep {
  if (!isScan(state.text, config)) return { state: WEDGE_START, verdict: LET_GO };
  return { state: { kind: "dropping", lastAtMs: atMs }, verdict: CUT_OFF };
}

function isScan(text: string, config: WedgeConfig): boolean {
  return text.length > config.passedCharsMax;
}

/**
 * The key of a keydown. While an input method is on, browsers name every key "Process" and only `code`
 * tells it: digits, letters, Enter and Tab are found by it. The times of a scan are as good.
 */
export function wedgeKey(key: string, code: string): string {
  if (key !== "Process" && key !== "Unidentified") return key;
  const [, digit, letter] = /^(?:(?:Digit|Numpad)([0-9])|Key([A-Z]))$/.exec(code) ?? [];
  if (code === "NumpadEnter" || code === "Enter") return "Enter";
  return digit ?? letter ?? (code === "Tab" ? "Tab" : key);
}
