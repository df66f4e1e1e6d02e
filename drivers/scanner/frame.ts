/**
 * Bytes of a scanner on a serial or network line, cut into codes. Pure and resumable: the host turns
 * time into `frameSilence`, after as long a silence as `silenceDelayMs` asks for. Knows no meanings.
 *
 *   reading  --terminator--> a code --> reading
 *            --silence-----> a code when no terminator is configured, else cut off --> dropping
 *            --noise, or longer than the bound--> dropping
 *   dropping --silence-----> reading (and told as cut off, if nothing was told yet)
 *
 * F1  What belongs to a broken code is dropped with it: the second half is never taken for a code. So a
 *     fresh link begins dropping, since it may have been opened in the middle of a code.
 * F2  Bytes are never dropped in silence, and while dropping there is one rejection for each
 *     `codeBytesMax` bytes, not one for each line.
 */

import type { ScanRejection } from "./result.ts";

/** What ends a code. */
export type Terminator = "cr" | "lf" | "tab";

/** How a scanner is set up, and the bounds. */
export interface FrameConfig {
  /** None: a silence ends a code, and half a code can only be told by its check digit. */
  readonly terminators: readonly Terminator[];
  /** Silence inside a code after which it counts as ended or broken off. */
  readonly idleGapMs: number;
  /** Silence after which a line with a broken code is believed again. */
  readonly settleMs: number;
  /** Longest code; also how much is dropped for one rejection. */
  readonly codeBytesMax: number;
}

/** The usual set-up: CR, LF or both behind each code. */
export const FRAME_CONFIG: FrameConfig = {
  terminators: ["cr", "lf"],
  idleGapMs: 50,
  settleMs: 250,
  codeBytesMax: 4096,
};

/** One code as text (its AIM identifier in front, if sent), or why there is none. */
export type Frame =
  | { readonly kind: "code"; readonly text: string; readonly endedBy: FrameEnd }
  | { readonly kind: "rejected"; readonly code: ScanRejection };

/** "next_code": the next code's identifier stands where a terminator was due; its last digits may be missing. */
export type FrameEnd = "terminator" | "silence" | "next_code";

/** Where the line stands. */
export type FrameState =
  | { readonly kind: "reading"; readonly text: string }
  /** `isTold`: what is being dropped was rejected already. */
  | { readonly kind: "dropping"; readonly droppedBytes: number; readonly isTold: boolean };

/** A state and what was found on the way to it. */
export interface FrameStep {
  readonly state: FrameState;
  readonly frames: readonly Frame[];
}

/** A line at rest. */
export const FRAME_START: FrameState = { kind: "reading", text: "" };
/** A link that was opened just now (F1). */
export const FRAME_OPENED: FrameState = { kind: "dropping", droppedBytes: 0, isTold: false };

/** Codes that one line may hold when a terminator was lost; more are noise. */
const GLUED_CODES_MAX = 2;

const TERMINATOR_BYTES = { cr: 0x0d, lf: 0x0a, tab: 0x09 } as const;
/** FNC1 as scanners send it: the one control byte inside a code. */
const GROUP_SEPARATOR = 0x1d;

/** The next state after some bytes; total, and the same however they were cut into chunks. */
export function frameBytes(state: FrameState, bytes: Uint8Array, config: FrameConfig): FrameStep {
  const terminators = new Set<number>(config.terminators.map((name) => TERMINATOR_BYTES[name]));
  const frames: Frame[] = [];
  let current = state;
  for (const value of bytes) {
    const step = frameByte(current, value, terminators, config);
    current = step.state;
    frames.push(...step.frames);
  }
  return { state: current, frames };
}

function frameByte(
  state: FrameState,
  value: number,
  terminators: ReadonlySet<number>,
  config: FrameConfig,
): FrameStep {
  if (state.kind === "dropping") {
    const droppedBytes = state.droppedBytes + 1;
    if (droppedBytes >= config.codeBytesMax) return drop("scan/noise");
    return { state: { ...state, droppedBytes }, frames: [] };
  }
  if (terminators.has(value)) return endCode(state.text, "terminator");
  // The LF of a scanner that sends CRLF where only CR was configured, or the other way round.
  const isLineEnd = value === TERMINATOR_BYTES.cr || value === TERMINATOR_BYTES.lf;
  if (isLineEnd && state.text === "") return { state, frames: [] };
  const isOfCode = (value >= 0x20 && value <= 0x7e) || value === GROUP_SEPARATOR;
  if (!isOfCode) return drop("scan/noise");
  if (state.text.length >= config.codeBytesMax) return drop("scan/too_long");
  return { state: { kind: "reading", text: state.text + String.fromCharCode(value) }, frames: [] };
}

/** The line was silent for as long as `silenceDelayMs` said. */
export function frameSilence(state: FrameState, config: FrameConfig): FrameStep {
  if (state.kind === "dropping") return frameLost(state);
  if (state.text === "") return { state, frames: [] };
  return config.terminators.length === 0 ? endCode(state.text, "silence") : drop("scan/cut_off");
}

/** Nothing more will come of what was begun: it is cut off, and told once. */
export function frameLost(state: FrameState): FrameStep {
  const isUntold = state.kind === "reading" ? state.text !== "" : state.droppedBytes > 0 && !state.isTold;
  return { state: FRAME_START, frames: isUntold ? [{ kind: "rejected", code: "scan/cut_off" }] : [] };
}

/** The silence to wait for in this state, counted from the last byte; undefined when nothing is open. */
export function silenceDelayMs(state: FrameState, config: FrameConfig): number | undefined {
  if (state.kind === "dropping") return config.settleMs;
  return state.text === "" ? undefined : config.idleGapMs;
}

function drop(code: ScanRejection): FrameStep {
  return {
    state: { kind: "dropping", droppedBytes: 0, isTold: true },
    frames: [{ kind: "rejected", code }],
  };
}

function endCode(text: string, endedBy: FrameEnd): FrameStep {
  return { state: FRAME_START, frames: text === "" ? [] : partGlued(text, endedBy) };
}

const NEXT_AIM = /(?<=.)\](?=[A-Za-z][0-9])/;
const ONLY_DIGITS = /^(\][A-Za-z][0-9A-Za-z])?[0-9]+$/;

/**
 * Parts codes whose terminator was lost, at the identifier of the next. Only behind digits: in other
 * data the same characters may be content. Works on text, so that every way in shares it.
 */
export function partGlued(text: string, endedBy: FrameEnd): readonly Frame[] {
  const frames: Frame[] = [];
  let rest = text;
  for (let match = NEXT_AIM.exec(rest); match !== null; match = NEXT_AIM.exec(rest)) {
    const head = rest.slice(0, match.index);
    if (!ONLY_DIGITS.test(head) || frames.length + 1 >= GLUED_CODES_MAX) {
      return [{ kind: "rejected", code: "scan/glued" }];
    }
    frames.push({ kind: "code", text: head, endedBy: "next_code" });
    rest = rest.slice(match.index);
  }
  return [...frames, { kind: "code", text: rest, endedBy }];
}
