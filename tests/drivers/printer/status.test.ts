/**
 * Status bytes as printers send them: which problem they tell, and how the kinds are told apart in one
 * stream.
 */

import { expect, test } from "vitest";
import {
  STATUS_READER_START,
  isPaperLow,
  readStatusByte,
  statusProblem,
} from "../../../drivers/printer/status.ts";
import type { StatusAnswers } from "../../../drivers/printer/status.ts";
import { fromHex } from "../../support/hex.ts";
import { table } from "../../support/table.ts";

const problems = table(
  ["what", "answers", "problem", "low"],
  `
  what                             | answers     | problem             | low
  nothing wrong                    | 12 12 12 12 |                     | no
  roll nearly used up              | 12 12 12 1e |                     | yes
  paper out                        | 1a 32 12 7e | printer/paper_out   | yes
  cover open                       | 1a 16 12 12 | printer/cover_open  | no
  cover open and so no paper seen  | 1a 36 12 7e | printer/cover_open  | yes
  cutter jammed                    | 1a 52 1a 12 | printer/error       | no
  unrecoverable                    | 1a 52 32 12 | printer/error       | no
  head too hot                     | 1a 52 52 12 | printer/error       | no
  offline, feed button held        | 1a 1a 12 12 | printer/offline     | no
  drawer open                      | 16 12 12 12 |                     | no
  `,
);

test.each(problems)("$what", ({ answers, problem, low }) => {
  const [first = 0, second = 0, third = 0, fourth = 0] = fromHex(answers);
  const all: StatusAnswers = [first, second, third, fourth];
  expect(statusProblem(all) ?? "").toBe(problem);
  expect(isPaperLow(fourth)).toBe(low === "yes");
});

const streams = table(
  ["bytes", "kinds"],
  `
  bytes          | kinds
  12             | realtime
  7e             | realtime
  00             | marker
  0f             | marker
  10 00 00 00 00 | partial partial partial automatic marker
  14 00 12       | partial partial realtime              // a quad that was cut off does not swallow the answer
  ff 80 00       | garbage garbage marker
  90             | garbage
  `,
);

test.each(streams)("$bytes reads as $kinds", ({ bytes, kinds }) => {
  let reader = STATUS_READER_START;
  const read: string[] = [];
  for (const value of fromHex(bytes)) {
    const [next, reply] = readStatusByte(reader, value);
    reader = next;
    read.push(reply.kind);
    expect(reply.value).toBe(value);
  }
  expect(read.join(" ")).toBe(kinds);
});
