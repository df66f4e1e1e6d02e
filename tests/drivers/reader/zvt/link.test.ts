/** The serial link as a machine: acknowledgements, repetitions, duplicates, and both speaking at once. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromHex, toHex } from "../../../../drivers/reader/zvt/bytes.ts";
import { encodeSerialBlock } from "../../../../drivers/reader/zvt/frame-serial.ts";
import { BLOCK_SENDS_MAX, LINK_START, stepLink } from "../../../../drivers/reader/zvt/link.ts";
import type { LinkEvent, LinkState } from "../../../../drivers/reader/zvt/link.ts";

const COMMAND = fromHex("06 01 00");
const ABORT = fromHex("06 B0 00");
const YES = fromHex("80 00 00");
const RESULT = fromHex("04 0F 02 27 00");
const OTHER = fromHex("06 0F 00");

const send = (apdu: Uint8Array, isAnswer = false): LinkEvent => ({ kind: "send", apdu, isAnswer });
const heard = (apdu: Uint8Array, isAnswer = false): LinkEvent => ({ kind: "apdu", apdu, isAnswer });
const ACK: LinkEvent = { kind: "ack" };
const NAK: LinkEvent = { kind: "nak" };
const T2: LinkEvent = { kind: "t2" };

test("a command leaves at once and arrives with its acknowledgement", () => {
  expect(play([send(COMMAND), ACK])).toEqual(["write 060100", "arm", "disarm", "arrived"]);
});

test("a block leaves three times at most, after NAK as after silence", () => {
  expect(BLOCK_SENDS_MAX).toBe(3);
  for (const event of [NAK, T2]) {
    const says = play([send(COMMAND), event, event, event]);
    expect(says.filter((word) => word === "write 060100")).toHaveLength(3);
    expect(says.slice(-2)).toEqual(["disarm", "failed"]);
  }
});

test("a block that was repeated after silence may be there twice; after NAK it is not", () => {
  expect(play([send(COMMAND), T2, ACK]).at(-1)).toBe("arrived doubled");
  expect(play([send(COMMAND), NAK, ACK]).at(-1)).toBe("arrived");
});

test("an answer stands for the acknowledgement of the command", () => {
  expect(play([send(COMMAND), heard(YES, true)])).toEqual([
    "write 060100",
    "arm",
    "write 06",
    "disarm",
    "arrived",
    "deliver",
  ]);
});

test("what the terminal says next stands for the acknowledgement of our answer", () => {
  const says = play([heard(RESULT), send(YES, true), heard(OTHER), send(YES, true), ACK]);
  expect(says.filter((word) => word === "deliver")).toHaveLength(2);
  expect(says).not.toContain("count duplicate");
});

test("the same again before our answer is acknowledged is a repetition: answered again, not delivered", () => {
  expect(play([heard(RESULT), send(YES, true), heard(RESULT)])).toEqual([
    "write 06",
    "deliver",
    "write 800000",
    "arm",
    "write 06",
    "count duplicate",
    "write 800000",
    "arm",
  ]);
});

test("the same again while the answer is still owed is acknowledged alone", () => {
  expect(play([heard(RESULT), heard(RESULT)])).toEqual([
    "write 06",
    "deliver",
    "write 06",
    "count duplicate",
  ]);
});

test("the same again after our answer was acknowledged is a new one", () => {
  const says = play([heard(RESULT), send(YES, true), ACK, heard(RESULT)]);
  expect(says.filter((word) => word === "deliver")).toHaveLength(2);
});

test("when both speak at once, theirs is answered first and ours leaves again", () => {
  expect(play([send(COMMAND), heard(RESULT), send(YES, true), ACK, ACK])).toEqual([
    "write 060100",
    "arm",
    "write 06",
    "disarm",
    "count collision",
    "deliver",
    "write 800000",
    "arm",
    "disarm",
    "write 060100",
    "arm",
    "disarm",
    "arrived doubled",
  ]);
});

test("an answer to a command that waits behind a collision takes it off the line", () => {
  const says = play([send(COMMAND), heard(RESULT), heard(YES, true), send(YES, true), ACK]);
  expect(says.filter((word) => word === "write 060100")).toHaveLength(1);
  expect(says).toContain("arrived");
});

test("a command waits while an answer is owed", () => {
  const says = play([heard(RESULT), send(ABORT)]);
  expect(says).not.toContain("write 06B000");
  expect(play([heard(RESULT), send(ABORT), send(YES, true), ACK]).slice(-2)).toEqual(["write 06B000", "arm"]);
});

test("what will not be answered does not hold up what follows", () => {
  expect(play([heard(RESULT), send(COMMAND), { kind: "leave" }]).slice(-2)).toEqual(["write 060100", "arm"]);
});

test("a bad block is answered with NAK, an acknowledgement of nothing is counted", () => {
  expect(play([{ kind: "bad_block" }])).toEqual(["write 15"]);
  expect(play([ACK])).toEqual(["count stray_ack"]);
  expect(play([NAK])).toEqual(["count nak"]);
});

test("whatever happens in whatever order, no block leaves more than three times in a row and the end is reached", () => {
  const event = fc.constantFrom(
    send(COMMAND),
    send(YES, true),
    ACK,
    NAK,
    T2,
    heard(RESULT),
    heard(OTHER),
    heard(YES, true),
    { kind: "bad_block" } as const,
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const says = play([...events, T2, T2, T2, T2]);
      const commands = says.filter((word) => word === "write 060100").length;
      const asked = events.filter((its) => its.kind === "send" && !its.isAnswer).length;
      expect(commands).toBeLessThanOrEqual(asked * BLOCK_SENDS_MAX);
    }),
    { numRuns: 5_000 },
  );
});

function play(events: readonly LinkEvent[]): readonly string[] {
  const says: string[] = [];
  let state: LinkState = LINK_START;
  for (const event of events) {
    const step = stepLink(state, event);
    state = step.state;
    for (const effect of step.effects) {
      if (effect.kind === "write") says.push(`write ${nameOf(effect.bytes)}`);
      else if (effect.kind === "count") says.push(`count ${effect.what}`);
      else if (effect.kind === "arrived") says.push(effect.isDoubled ? "arrived doubled" : "arrived");
      else says.push(effect.kind.replace("_t2", ""));
    }
  }
  return says;
}

function nameOf(bytes: Uint8Array): string {
  const known = [COMMAND, ABORT, YES].find((apdu) => toHex(encodeSerialBlock(apdu)) === toHex(bytes));
  return toHex(known ?? bytes);
}
