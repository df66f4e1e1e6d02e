/** What a plan of misfortunes does to bytes on their way. */

import { expect, test } from "vitest";
import { lineFaults } from "../../../../tools/sim/reader/fault-plan.ts";
import type { Direction, Fault } from "../../../../tools/sim/reader/fault-plan.ts";

/** Sends chunks one way; gives what arrives, and who died with which chunk. */
function passed(
  plan: readonly Fault[],
  direction: Direction,
  chunks: readonly (readonly number[])[],
): unknown {
  const faults = lineFaults(plan);
  return chunks.map((chunk) => {
    const { now, later, dies } = faults.pass(direction, Uint8Array.from(chunk));
    const late = later.map(({ bytes, delayMs }) => [...bytes, `+${delayMs}`]);
    return [...now, ...late.flat(), ...(dies === null ? [] : [dies])];
  });
}

const ROWS: readonly (readonly [string, Fault, readonly unknown[]])[] = [
  [
    "a cut lets so many bytes pass",
    { kind: "cut", direction: "to_till", afterBytes: 3, dies: "link" },
    [[1, 2], [6], ["link"]],
  ],
  [
    "a cut at none lets nothing pass",
    { kind: "cut", direction: "to_till", afterBytes: 0, dies: "reader" },
    [["reader"], [6], [4, 5, 6]],
  ],
  [
    "a cut inside a chunk",
    { kind: "cut", direction: "to_till", afterBytes: 4, dies: "till" },
    [[1, 2], [6], [4, "till"]],
  ],
  [
    "a cut of the other way does nothing",
    { kind: "cut", direction: "to_reader", afterBytes: 3, dies: "link" },
    [[1, 2], [6], [4, 5, 6]],
  ],
  [
    "a bit is another",
    { kind: "flip", direction: "to_till", byteIndex: 4, bit: 7 },
    [[1, 2], [6], [4, 133, 6]],
  ],
  [
    "the first single 06 is lost",
    { kind: "drop_ack", direction: "to_till", ordinal: 1 },
    [[1, 2], [], [4, 5, 6]],
  ],
  [
    "the first single 06 is late",
    { kind: "delay_ack", direction: "to_till", ordinal: 1, delayMs: 9 },
    [
      [1, 2],
      [6, "+9"],
      [4, 5, 6],
    ],
  ],
  [
    "a frame never ends",
    { kind: "endless", afterBytes: 1, babbleBytes: 3 },
    [[1, 255, 255, 255], [6], [4, 5, 6]],
  ],
];

test.for(ROWS)("%s", ([, fault, expected]) => {
  expect(passed([fault], "to_till", [[1, 2], [6], [4, 5, 6]])).toEqual(expected);
});

test("what passes is a copy: who sent it may use its bytes again", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const { now } = lineFaults([]).pass("to_till", bytes);
  bytes.fill(0);
  expect([...now]).toEqual([1, 2, 3]);
});
