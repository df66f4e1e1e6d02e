/** The names of enumerated cases, which are read back to play one of them again. */

import { expect, test } from "vitest";
import { ALL, caseOfWords, USUAL, wordsOf } from "../../../../../tools/sim/reader/enumerate/plan.ts";

test.for([
  "zvt/tcp first byte to_till 46 reader",
  "zvt-newer/serial second byte to_reader 0 till_power",
  "zvt-plain/tcp first disk 34 drop",
  "mute-on-ack/tcp second step 12 after_outputs",
])("the case of the words %s has these words", (words) => {
  const planned = caseOfWords(words);
  expect(planned === undefined ? "" : wordsOf(planned)).toBe(words);
});

test.for([
  "",
  "zvt/tcp",
  "cash/tcp first byte to_till 46 reader",
  "zvt/tcp third byte to_till 46 reader",
  "zvt/tcp first byte sideways 46 reader",
  "zvt/tcp first byte to_till many reader",
  "zvt/tcp first byte to_till 46 clerk",
  "zvt/tcp first disk 3 melted",
  "zvt/tcp first step 3 meanwhile",
])("%s names no case", (words) => {
  expect(caseOfWords(words)).toBe(undefined);
});

test("the usual dialogues have both promises over both links, and all are among all", () => {
  const rows = USUAL.map(({ row }) => row);
  expect(rows).toEqual(
    expect.arrayContaining(["zvt/tcp", "zvt/serial", "zvt-newer/tcp", "zvt-newer/serial"]),
  );
  for (const its of USUAL) expect(ALL).toContainEqual(its);
});
