/**
 * What a scale of the Toledo 8217 family answers: frames of STX, a few letters and CR, and in echo mode
 * the bytes that it was sent. Pure and resumable at every byte; bounded, whatever comes.
 *
 *   02 WW.WWW [N] 0D    kilograms with 3 decimals, or WWW.WW with 2; N: less the tare
 *   02 3F status 0D     no weight, and why: one bit each
 *   02 45 0D            echo mode begins
 *
 * Y1  The byte behind "?" is the status whatever its value: over capacity alone is 02, as STX is.
 * Y2  A weight is whole grams made of digits; no fraction is ever held.
 */

/** Bits of the status byte. */
export const STATUS = {
  MOTION: 0x01,
  OVER: 0x02,
  UNDER_ZERO: 0x04,
  OUTSIDE_ZERO: 0x08,
  CENTRE_OF_ZERO: 0x10,
  NET: 0x20,
  BAD_COMMAND: 0x40,
} as const;

/** One answer. */
export type ScaleReply =
  | { readonly kind: "weight"; readonly weightGrams: number; readonly isNet: boolean }
  | { readonly kind: "status"; readonly bits: number }
  | { readonly kind: "echo_on" }
  /** A byte outside of frames: of an echo, or noise. */
  | { readonly kind: "loose"; readonly byte: number }
  /** A frame that says nothing known, or that was cut off. */
  | { readonly kind: "unclear"; readonly byteCount: number };

/** What has come of a frame; null between frames. */
export type ReplyState = { readonly text: string } | null;

/** No frame has begun. */
export const REPLY_START: ReplyState = null;

/** Letters of the longest frame, with room for a scale that says more. */
const FRAME_CHARS_MAX = 12;
const STX = 0x02;
const CR = 0x0d;
/** The line has 7 data bits. */
const SEVEN_BITS_MAX = 0x7f;
const WEIGHT = /^( {0,2}[0-9]{1,3})\.([0-9]{2,3})(N?)$/;
/** Digits, blanks and the point of a weight. */
const WEIGHT_CHARS = 6;
const KILOGRAM_DECIMALS_COUNT = 3;

/** Reads on. Answers in the order of their bytes. */
export function readReplies(
  state: ReplyState,
  bytes: Uint8Array,
): { readonly state: ReplyState; readonly replies: readonly ScaleReply[] } {
  const replies: ScaleReply[] = [];
  let next = state;
  for (const byte of bytes) next = takeByte(next, byte, replies);
  return { state: next, replies };
}

function takeByte(state: ReplyState, byte: number, replies: ScaleReply[]): ReplyState {
  if (state === null) {
    if (byte === STX) return { text: "" };
    replies.push({ kind: "loose", byte });
    return null;
  }
  const { text } = state;
  const unclear = (): void => void replies.push({ kind: "unclear", byteCount: text.length + 1 });
  if (byte > SEVEN_BITS_MAX) {
    unclear();
    return null;
  }
  // Y1
  if (text === "?") return { text: text + String.fromCharCode(byte) };
  if (byte === STX) {
    unclear();
    return { text: "" };
  }
  if (byte === CR) {
    replies.push(replyOf(text));
    return null;
  }
  if (text.length >= FRAME_CHARS_MAX) {
    unclear();
    return null;
  }
  return { text: text + String.fromCharCode(byte) };
}

function replyOf(text: string): ScaleReply {
  if (text === "E") return { kind: "echo_on" };
  if (text.length === 2 && text.startsWith("?")) return { kind: "status", bits: text.charCodeAt(1) };
  const weightGrams = gramsOf(text);
  if (weightGrams === null) return { kind: "unclear", byteCount: text.length + 2 };
  return { kind: "weight", weightGrams, isNet: text.endsWith("N") };
}

// Y2
function gramsOf(text: string): number | null {
  const found = WEIGHT.exec(text);
  const [, whole = "", decimals = "", net = ""] = found ?? [];
  if (found === null || text.length - net.length !== WEIGHT_CHARS) return null;
  return Number(whole.trimStart() + decimals.padEnd(KILOGRAM_DECIMALS_COUNT, "0"));
}
