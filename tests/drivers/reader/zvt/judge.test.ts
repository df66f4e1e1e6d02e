/** What ends mean: a table for money, a table for repeated receipts. */

import { expect, test } from "vitest";
import type { ReaderInquiryAnswer, ReaderRequest, ReaderResult } from "../../../../drivers/reader/reader.ts";
import { bmpField } from "../../../../drivers/reader/zvt/bmp.ts";
import { failureOf, judgeMoney, judgeRepeated } from "../../../../drivers/reader/zvt/judge.ts";
import type { CommandEnd, Course } from "../../../../drivers/reader/zvt/session.ts";
import type { StatusFacts } from "../../../../drivers/reader/zvt/status.ts";

const FACTS: StatusFacts = {
  result: 0,
  amountMinor: 1_340,
  currencyDigits: "0978",
  receipt: "0042",
  trace: "000017",
  originalTrace: "",
  terminal: "52500041",
  card: { brand: "Visa", lastFour: "1881", entry: "chip", verification: "pin" },
  authorisation: "A1",
  text: "",
  totals: undefined,
  uid: "",
};
const TAKEN: ReaderResult = {
  reference: "0042:000017",
  amountMinor: 1_340,
  currency: "EUR",
  card: FACTS.card,
  authorisation: "A1",
  serial: "52500041",
  isOffline: false,
};

const course = (part: Partial<Course> = {}): Course => ({
  facts: undefined,
  accepted: undefined,
  isRefused: false,
  isSlipRefused: false,
  ...part,
});
const completed = (part: Partial<Course> = {}, said?: number): CommandEnd => ({
  kind: "completed",
  fields: said === undefined ? [] : [bmpField("result", said)],
  status: undefined,
  ...course(part),
});
const aborted = (result: number, part: Partial<Course> = {}): CommandEnd => ({
  kind: "aborted",
  result,
  fields: [],
  ...course(part),
});
const facts = (part: Partial<StatusFacts>): StatusFacts => ({ ...FACTS, ...part });

test.each<[string, CommandEnd, string]>([
  ["taken, and completed", completed({ facts: FACTS, accepted: TAKEN }), "captured 0042:000017"],
  [
    "taken, and completed with a no",
    completed({ facts: FACTS, accepted: TAKEN }, 5),
    "unknown reader/unknown_result",
  ],
  [
    "taken, then a result that is a no",
    completed({ facts: facts({ result: 5 }), accepted: TAKEN }),
    "unknown reader/unknown_result",
  ],
  ["completed without a word", completed(), "unknown reader/unknown_result"],
  ["completed with a yes that nobody took", completed({ facts: FACTS }), "unknown reader/unknown_result"],
  ["refused, and yet completed", completed({ facts: FACTS, isRefused: true }), "unknown reader/protocol"],
  ["completed after a no", completed({ facts: facts({ result: 0x33 }) }), "declined reader/no_funds"],
  [
    "completed after an unknown code",
    completed({ facts: facts({ result: 0x8e }) }),
    "unknown reader/unknown_result",
  ],
  ["aborted", aborted(0x6c), "declined reader/cancelled"],
  [
    "aborted, the result knows better",
    aborted(5, { facts: facts({ result: 0x33 }) }),
    "declined reader/no_funds",
  ],
  ["aborted by an unknown code", aborted(0x8e), "unknown reader/unknown_result"],
  [
    "aborted, unknown, the result knows",
    aborted(0xff, { facts: facts({ result: 0x33 }) }),
    "declined reader/no_funds",
  ],
  [
    "aborted after it was taken",
    aborted(0x6c, { facts: FACTS, accepted: TAKEN }),
    "unknown reader/unknown_result",
  ],
  [
    "aborted after it was refused",
    aborted(0x6c, { facts: FACTS, isRefused: true }),
    "declined reader/refused_result",
  ],
  [
    "aborted after a slip was refused",
    aborted(0xcc, { isSlipRefused: true }),
    "declined reader/printer_not_ready",
  ],
  ["refused", { kind: "refused", result: 0xf0, isDoubled: false }, "declined reader/day_not_closed"],
  [
    "refused by an unknown code",
    { kind: "refused", result: 0x8e, isDoubled: false },
    "unknown reader/unknown_result",
  ],
  [
    "refused when it may be there twice",
    { kind: "refused", result: 0x9c, isDoubled: true },
    "unknown reader/unknown_result",
  ],
  ["doubt", { kind: "doubt", code: "reader/no_answer", hasLeft: true }, "unknown reader/no_answer"],
  ["nothing left", { kind: "doubt", code: "reader/link_lost", hasLeft: false }, "not_sent reader/link_lost"],
])("money: %s", (_, end, wanted) => {
  const judged = judgeMoney(end);
  expect(`${judged.kind} ${judged.kind === "captured" ? judged.reference : judged.code}`).toBe(wanted);
});

test("a failure of what moves no money is named, an end is none", () => {
  expect(failureOf(completed())).toBeUndefined();
  expect(failureOf(completed({ facts: facts({ result: 0x77 }) }))).toBe("reader/not_ready");
  expect(failureOf(aborted(0x8e))).toBe("reader/unknown_result");
  expect(failureOf({ kind: "refused", result: 0x83, isDoubled: false })).toBe("reader/unsupported");
  expect(failureOf({ kind: "doubt", code: "reader/closed", hasLeft: false })).toBe("reader/closed");
});

const REQUEST: ReaderRequest = {
  kind: "pay",
  ref: "t-1",
  amountMinor: 1_340,
  currency: "EUR",
  watermark: "0041:000016",
  original: "",
};
const REVERSE = { ...REQUEST, kind: "reverse", original: "0040:000015" } as const;

test.each<[string, CommandEnd, Partial<ReaderRequest>, ReaderInquiryAnswer["kind"]]>([
  ["newer and the same", completed({ facts: FACTS }), {}, "found"],
  ["newer, nothing known before", completed({ facts: FACTS }), { watermark: "" }, "found"],
  ["the one that was known", completed({ facts: FACTS }), { watermark: "0042:000017" }, "absent"],
  ["older than what was known", completed({ facts: FACTS }), { watermark: "0043:000018" }, "absent"],
  ["newer, another amount", completed({ facts: FACTS }), { amountMinor: 1 }, "other"],
  ["newer, another currency", completed({ facts: FACTS }), { currency: "CNY" }, "other"],
  ["newer, declined", completed({ facts: facts({ result: 0x33 }) }), {}, "absent"],
  ["newer, without a result", completed({ facts: facts({ result: undefined }) }), {}, "unanswerable"],
  ["without any number", completed({ facts: facts({ receipt: "", trace: "" }) }), {}, "unanswerable"],
  ["without an amount", completed({ facts: facts({ amountMinor: undefined }) }), {}, "unanswerable"],
  [
    "a reversal of what was not known",
    completed({ facts: facts({ trace: "000018", originalTrace: "000017" }) }),
    {},
    "absent",
  ],
  ["a reversal of something older", completed({ facts: facts({ originalTrace: "000009" }) }), {}, "other"],
  ["the reversal asked for", completed({ facts: facts({ originalTrace: "000015" }) }), REVERSE, "found"],
  [
    "a reversal of something else",
    completed({ facts: facts({ originalTrace: "000014" }) }),
    REVERSE,
    "other",
  ],
  ["nothing to repeat, nothing known", aborted(0x83), { watermark: "" }, "absent"],
  ["nothing to repeat, something known", aborted(0x83), {}, "unanswerable"],
  ["aborted for another reason", aborted(0x64), {}, "unreachable"],
  ["refused", { kind: "refused", result: 0x83, isDoubled: false }, {}, "unreachable"],
  ["doubt", { kind: "doubt", code: "reader/no_answer", hasLeft: true }, {}, "unreachable"],
])("repeated: %s", (_, end, part, wanted) => {
  const told = "facts" in end ? end.facts : undefined;
  const result = told?.amountMinor === undefined ? undefined : TAKEN;
  const inquiry = { request: { ...REQUEST, ...part }, serial: "52500041" };
  expect(judgeRepeated(end, inquiry, result, "52500041").kind).toBe(wanted);
});
