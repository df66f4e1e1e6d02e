/** Bytes cut into codes: the same in any chunks, bounded, and never a piece of a code for a code. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Frame, FrameConfig, FrameState } from "../../../drivers/scanner/frame.ts";
import {
  FRAME_CONFIG,
  FRAME_OPENED,
  FRAME_START,
  frameBytes,
  frameLost,
  frameSilence,
  partGlued,
  silenceDelayMs,
} from "../../../drivers/scanner/frame.ts";
import { table } from "../../support/table.ts";
import { GS, scanBytes } from "./scan-codes.ts";

const EAN = "6900350006025";
const OTHER = "6900350006032";

/** "~" is a silence, ESC noise, "^" FNC1; the told frames: text, or why not. */
function play(script: string, config: FrameConfig = FRAME_CONFIG): readonly string[] {
  let state: FrameState = FRAME_START;
  const frames: Frame[] = [];
  for (const piece of script.split(/(~)/)) {
    const bytes = piece
      .replaceAll("CR", "\r")
      .replaceAll("LF", "\n")
      .replaceAll("TAB", "\t")
      .replaceAll("ESC", "\u001b")
      .replaceAll("^", GS);
    const step = piece === "~" ? frameSilence(state, config) : frameBytes(state, scanBytes(bytes), config);
    state = step.state;
    frames.push(...step.frames);
  }
  return frames.map((frame) => (frame.kind === "code" ? `${frame.text} ${frame.endedBy}` : frame.code));
}

const rows = table(
  ["script", "frames"],
  `
  script                              | frames
  6900350006025CR                     | 6900350006025 terminator
  6900350006025LF                     | 6900350006025 terminator
  6900350006025CRLF6900350006032CRLF  | 6900350006025 terminator, 6900350006032 terminator
  CRLFCR~                             |
  ]C101123^10ACR                      | ]C101123^10A terminator
  690035~                             | scan/cut_off
  690035~0006025CR                    | scan/cut_off
  690035~00060~6900350006032CR        | scan/cut_off, 6900350006032 terminator
  690035~0006025CR6900350006032CR     | scan/cut_off
  690035~0006025CR~6900350006032CR    | scan/cut_off, 6900350006032 terminator
  69ESC00CR6900350006025CR            | scan/noise
  69ESC00CR~6900350006025CR           | scan/noise, 6900350006025 terminator
  6900350006025CRESC                  | 6900350006025 terminator, scan/noise
  6900350006025TAB                    | scan/noise
  ]E06900350006025]E06900350006032CR  | ]E06900350006025 next_code, ]E06900350006032 terminator
  ]E0690035]E06900350006032CR         | ]E0690035 next_code, ]E06900350006032 terminator
  ]E01]E02]E03CR                      | scan/glued
  ]C1011^10A]C1011CR                  | scan/glued
  ABC]E06900350006025CR               | scan/glued
  `,
);

test.each(rows)("$title", ({ script, frames }) => {
  expect(play(script).join(", ").replaceAll(GS, "^")).toBe(frames);
});

test("with Tab configured Tab ends a code, and a line end before the next means nothing", () => {
  const config = { ...FRAME_CONFIG, terminators: ["tab"] } as const;
  expect(play(`${EAN}TAB`, config)).toEqual([`${EAN} terminator`]);
  expect(play(`LF${EAN}TABCR${OTHER}TAB`, config)).toEqual([`${EAN} terminator`, `${OTHER} terminator`]);
  expect(play(`${EAN}CR`, config)).toEqual(["scan/noise"]);
});

test("without a terminator a silence ends a code", () => {
  const config = { ...FRAME_CONFIG, terminators: [] };
  expect(play(`${EAN}~${OTHER}~`, config)).toEqual([`${EAN} silence`, `${OTHER} silence`]);
});

test("a code of exactly the bound is taken, one more byte is scan/too_long", () => {
  const config = { ...FRAME_CONFIG, codeBytesMax: 13 };
  expect(play(`${EAN}CR`, config)).toEqual([`${EAN} terminator`]);
  expect(play(`${EAN}0CR~${EAN}CR`, config)).toEqual(["scan/too_long", `${EAN} terminator`]);
});

test("a link that opens in the middle of a code tells it as cut off, once, and reads the next", () => {
  const half = frameBytes(FRAME_OPENED, scanBytes(`0006025\r`), FRAME_CONFIG);
  expect(half.frames).toEqual([]);
  const quiet = frameSilence(half.state, FRAME_CONFIG);
  expect(quiet.frames).toEqual([{ kind: "rejected", code: "scan/cut_off" }]);
  expect(frameBytes(quiet.state, scanBytes(`${EAN}\r`), FRAME_CONFIG).frames).toHaveLength(1);
  expect(frameSilence(FRAME_OPENED, FRAME_CONFIG)).toEqual({ state: FRAME_START, frames: [] });
});

test("a lost link cuts off what was begun and nothing else", () => {
  const begun = frameBytes(FRAME_START, scanBytes("690"), FRAME_CONFIG).state;
  expect(frameLost(begun).frames).toEqual([{ kind: "rejected", code: "scan/cut_off" }]);
  expect(frameLost(FRAME_START).frames).toEqual([]);
  const dropping = frameBytes(FRAME_START, Uint8Array.of(0), FRAME_CONFIG).state;
  expect(frameLost(dropping).frames).toEqual([]);
});

test("a silence is waited for only while something is open", () => {
  const begun = frameBytes(FRAME_START, scanBytes("6"), FRAME_CONFIG).state;
  const { idleGapMs, settleMs } = FRAME_CONFIG;
  expect([FRAME_START, begun, FRAME_OPENED].map((state) => silenceDelayMs(state, FRAME_CONFIG))).toEqual([
    undefined,
    idleGapMs,
    settleMs,
  ]);
});

test("codes come out the same however they are cut into chunks", () => {
  const text = fc.array(fc.constantFrom(EAN, "\r", "\n", "]E0", "]C1", GS, "\u0000", "A"), { maxLength: 20 });
  fc.assert(
    fc.property(text, fc.array(fc.nat({ max: 9 })), (pieces, sizes) => {
      const bytes = scanBytes(pieces.join(""));
      const whole = frameBytes(FRAME_START, bytes, FRAME_CONFIG);
      let state: FrameState = FRAME_START;
      const frames: Frame[] = [];
      let from = 0;
      for (const size of [...sizes, bytes.length]) {
        const step = frameBytes(state, bytes.subarray(from, from + size), FRAME_CONFIG);
        from += size;
        state = step.state;
        frames.push(...step.frames);
      }
      expect({ state, frames }).toEqual(whole);
    }),
  );
});

test("ten kilobytes of noise give at most one rejection for each bound, and no code", () => {
  const noise = fc.uint8Array({ minLength: 10_000, maxLength: 10_000 });
  const config = { ...FRAME_CONFIG, codeBytesMax: 1024 };
  fc.assert(
    fc.property(noise, (bytes) => {
      const begun = frameBytes(FRAME_START, Uint8Array.of(0xff), config);
      const { state, frames } = frameBytes(begun.state, bytes, config);
      expect([...begun.frames, ...frames].every(({ kind }) => kind === "rejected")).toBe(true);
      expect(frames.length).toBeLessThanOrEqual(bytes.length / config.codeBytesMax);
      expect(state.kind).toBe("dropping");
    }),
    { numRuns: 20 },
  );
});

test("a silence anywhere in a code gives one rejection and no code", () => {
  for (let index = 1; index < EAN.length + 1; index += 1) {
    expect(play(`${EAN.slice(0, index)}~${EAN.slice(index)}CR`)).toEqual(["scan/cut_off"]);
  }
});

test("glued codes are at most two", () => {
  expect(partGlued("]E01]E02", "terminator")).toHaveLength(2);
  expect(partGlued("]E01]E02]E03", "terminator")).toEqual([{ kind: "rejected", code: "scan/glued" }]);
});
