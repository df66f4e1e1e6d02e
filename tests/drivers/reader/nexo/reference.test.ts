/**
 * The one-line reference of a transaction, both ways.
 */

import { expect, test } from "vitest";
import { referenceOf, transactionOf } from "../../../../drivers/reader/nexo/reference.ts";

test("a reference names its transaction both ways and has room for a real one", () => {
  const real = {
    transactionId: "oLkO001510323081009.9815103231020966",
    timeStamp: "2017-11-10T14:11:21.000Z",
  };
  expect(referenceOf(real)).toBe("oLkO001510323081009.9815103231020966@2017-11-10T14:11:21.000Z");
  expect(transactionOf(referenceOf(real))).toEqual(real);
});

test.each(["", "4711", "@2017", "4711@"])("%s names no transaction that could be reversed", (reference) => {
  expect(transactionOf(reference)).toBeUndefined();
});

test("what does not fit is left out, what does not print as well", () => {
  expect(referenceOf({ transactionId: "x".repeat(60), timeStamp: "2017-11-10" })).toBe("x".repeat(60));
  expect(referenceOf({ transactionId: "x".repeat(80), timeStamp: "" })).toBe("x".repeat(64));
  expect(referenceOf({ transactionId: "a b@c\n", timeStamp: "t" })).toBe("abc@t");
});
