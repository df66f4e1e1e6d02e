/** Message sequence ids: nothing without an offer, each side's own numbers, repetitions. */

import { expect, test } from "vitest";
import { zvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import type { ZvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import { bmpField } from "../../../../drivers/reader/zvt/bmp.ts";
import {
  SEQUENCE_START,
  hear,
  idOf,
  numberAnswer,
  numberCommand,
} from "../../../../drivers/reader/zvt/sequence.ts";
import type { SequenceState } from "../../../../drivers/reader/zvt/sequence.ts";
import { tlvItem } from "../../../../drivers/reader/zvt/tlv.ts";

const DONE = zvtMessage("done");
const PAY = zvtMessage("authorisation", [bmpField("amount", 5)]);

test("without an offer everything passes unchanged", () => {
  expect(numberCommand(SEQUENCE_START, PAY)).toEqual({ state: SEQUENCE_START, message: PAY });
  expect(numberAnswer(SEQUENCE_START, DONE, withId("000004"))).toEqual({
    state: SEQUENCE_START,
    message: DONE,
  });
  expect(hear(SEQUENCE_START, withId("000004"))).toEqual({ kind: "new", state: SEQUENCE_START });
});

test("commands are numbered from 000001, and 999999 is followed by 000001", () => {
  const first = numberCommand(offered(), PAY);
  expect(idOf(first.message)).toBe("000001");
  expect(first.message.fields).toContainEqual(bmpField("amount", 5));
  expect(idOf(numberCommand(first.state, PAY).message)).toBe("000002");
  const last = numberCommand({ ...offered(), nextId: 999_999 }, PAY);
  expect(idOf(last.message)).toBe("999999");
  expect(idOf(numberCommand(last.state, PAY).message)).toBe("000001");
});

test("an answer carries the number of what it answers, and a repetition gets the same answer", () => {
  const heard = hear(offered(), withId("000007"));
  if (heard.kind !== "new") throw new Error("The first one is new");
  expect(hear(heard.state, withId("000007"))).toEqual({ kind: "repeated", answer: undefined });
  const answered = numberAnswer(heard.state, DONE, withId("000007"));
  expect(idOf(answered.message)).toBe("000007");
  expect(hear(answered.state, withId("000007"))).toEqual({ kind: "repeated", answer: answered.message });
  expect(hear(answered.state, withId("000008")).kind).toBe("new");
});

test("a message without a number is new, each time", () => {
  expect(hear(offered(), PAY)).toEqual({ kind: "new", state: offered() });
});

test("answers of the terminal are never repetitions", () => {
  const state = { ...offered(), heardId: "000001" };
  expect(hear(state, zvtMessage("done", withId("000001").fields))).toEqual({ kind: "new", state });
});

function offered(): SequenceState {
  const heard = hear(SEQUENCE_START, zvtMessage("done", withId("000000").fields));
  if (heard.kind !== "new") throw new Error("An offer is new");
  return heard.state;
}

function withId(id: string): ZvtMessage {
  return zvtMessage("status_information", [bmpField("tlv", [tlvItem("message_id", id)])]);
}
