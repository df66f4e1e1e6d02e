/** Frames of a Toledo 8217 as bytes and back: each form, each split, each cut, each flipped bit. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readReplies, REPLY_START } from "../../../drivers/scale/reply.ts";
import type { ScaleReply } from "../../../drivers/scale/reply.ts";

const ROWS: readonly (readonly [hex: string, reply: ScaleReply])[] = [
  ["02 30 30 2e 37 35 35 0d", { kind: "weight", weightGrams: 755, isNet: false }],
  ["02 30 30 2e 30 30 30 0d", { kind: "weight", weightGrams: 0, isNet: false }],
  ["02 31 34 2e 39 39 39 4e 0d", { kind: "weight", weightGrams: 14_999, isNet: true }],
  ["02 31 32 33 2e 34 35 0d", { kind: "weight", weightGrams: 123_450, isNet: false }],
  ["02 20 30 2e 35 30 30 0d", { kind: "weight", weightGrams: 500, isNet: false }],
  ["02 3f 01 0d", { kind: "status", bits: 0x01 }],
  // Over capacity alone is STX, and motion with under and outside zero is CR.
  ["02 3f 02 0d", { kind: "status", bits: 0x02 }],
  ["02 3f 0d 0d", { kind: "status", bits: 0x0d }],
  ["02 3f 50 0d", { kind: "status", bits: 0x50 }],
  ["02 45 0d", { kind: "echo_on" }],
];

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.split(" "), (byte) => Number.parseInt(byte, 16));
const all = (bytes: Uint8Array): readonly ScaleReply[] => readReplies(REPLY_START, bytes).replies;

test.each(ROWS)("%s is %j", (hex, reply) => {
  expect(readReplies(REPLY_START, bytesOf(hex))).toEqual({ state: REPLY_START, replies: [reply] });
});

test("frames in a row are read alike at every split", () => {
  const stream = bytesOf(ROWS.map(([hex]) => hex).join(" "));
  for (let cut = 0; cut <= stream.length; cut += 1) {
    const first = readReplies(REPLY_START, stream.subarray(0, cut));
    const second = readReplies(first.state, stream.subarray(cut));
    expect([...first.replies, ...second.replies]).toEqual(ROWS.map(([, reply]) => reply));
  }
});

test.each([
  ["letters for digits", "02 30 30 2e 37 41 35 0d"],
  ["one decimal", "02 30 30 30 2e 37 0d"],
  ["no point", "02 30 30 37 35 35 30 0d"],
  ["below zero", "02 2d 30 2e 37 35 35 0d"],
  ["too short", "02 30 2e 37 35 35 0d"],
  ["nothing", "02 0d"],
  ["a question without a status", "02 3f 0d"],
  ["a byte of eight bits", "02 30 30 2e b7 35 35 0d"],
])("a weight with %s is none", (_, hex) => {
  expect(all(bytesOf(hex)).filter(({ kind }) => kind === "weight" || kind === "status")).toEqual([]);
});

test("a frame that was cut off by the next one is unclear, and the next one is read", () => {
  expect(all(bytesOf("02 30 30 2e 37 02 30 30 2e 31 32 33 0d"))).toEqual([
    { kind: "unclear", byteCount: 5 },
    { kind: "weight", weightGrams: 123, isNet: false },
  ]);
});

test("no cut of a frame is an answer", () => {
  for (const [hex] of ROWS) {
    const bytes = bytesOf(hex);
    for (let end = 0; end < bytes.length; end += 1) expect(all(bytes.subarray(0, end))).toEqual([]);
  }
});

test("a flipped bit gives another reply or none, and the frame after it is read once the line is whole", () => {
  const next: ScaleReply = { kind: "weight", weightGrams: 42, isNet: false };
  const behind = bytesOf("02 30 30 2e 30 34 32 0d 02 30 30 2e 30 34 32 0d");
  for (const [hex] of ROWS) {
    for (let bit = 0; bit < bytesOf(hex).length * 8; bit += 1) {
      const bytes = bytesOf(hex);
      const index = bit >> 3;
      bytes[index] = (bytes[index] ?? 0) ^ (1 << (bit & 7));
      expect(all(Uint8Array.of(...bytes, ...behind)).at(-1)).toEqual(next);
    }
  }
});

test("any bytes are read without end or growth, and every weight is whole grams", () => {
  const noise = fc.uint8Array({ maxLength: 200 });
  const frameLike = fc
    .array(fc.constantFrom(0x02, 0x0d, 0x3f, 0x2e, 0x4e, 0x20, 0x30, 0x37, 0x45, 0x82), { maxLength: 60 })
    .map((bytes) => Uint8Array.from(bytes));
  fc.assert(
    fc.property(fc.array(fc.oneof(noise, frameLike), { maxLength: 6 }), (chunks) => {
      let state = REPLY_START;
      for (const chunk of chunks) {
        const read = readReplies(state, chunk);
        state = read.state;
        expect(state === null || state.text.length <= 12).toBe(true);
        for (const reply of read.replies) {
          if (reply.kind !== "weight") continue;
          expect(Number.isSafeInteger(reply.weightGrams) && reply.weightGrams >= 0).toBe(true);
        }
      }
    }),
    { numRuns: 3000 },
  );
});
