/** Stored value: the orders of use of ARITHMETIC section 9, and what comes back. */
import { expect, test } from "vitest";
import { minor } from "../../../../core/money.ts";
import { drawStored, returnStored } from "../../../../core/price/cart/stored-value.ts";
import type { StoredBucket } from "../../../../core/price/cart/stored-value.ts";

const bucket = (id: string, balance: number, startsAtDays = 0, expiresAtDays = 0): StoredBucket => ({
  id,
  kind: id.startsWith("b") ? "bonus" : "principal",
  balanceMinor: minor(balance),
  startsAtDays,
  expiresAtDays,
});

const BUCKETS = [
  bucket("p", 100_000),
  bucket("b1", 15_000, 2, 30),
  bucket("b2", 4000, 1, 30),
  bucket("b3", 1000, 9, 10),
];

test.each([
  ["principal_first", 9000, [9000, 0, 0, 0]],
  ["principal_first", 100_500, [100_000, 0, 0, 500]],
  // Within bonus the earliest expiry first, then the earliest start.
  ["bonus_first", 4500, [0, 0, 3500, 1000]],
  ["proportional", 9000, [7500, 0, 500, 1000]],
  ["ticked", 100_500, [100_000, 500, 0, 0]],
] as const)("%s of %d draws %j", (order, amount, drawn) => {
  expect(drawStored(minor(amount), BUCKETS, order)).toEqual(drawn);
});

test("proportional: 90.00 from 1000.00 and 200.00 in proportion are 75.00 and 15.00", () => {
  const two = [bucket("p", 100_000), bucket("b", 20_000)];
  expect(drawStored(minor(9000), two, "proportional")).toEqual([7500, 1500]);
});

test("more than all buckets hold is not drawn", () => {
  expect(drawStored(minor(120_001), BUCKETS, "bonus_first")).toBeNull();
});

test("what comes back goes where it came from, the later expiry first", () => {
  const drawn = [500, 300, 200, 1000].map(minor);
  expect(returnStored(minor(600), BUCKETS, drawn)).toEqual([0, 300, 200, 100]);
  expect(returnStored(minor(2000), BUCKETS, drawn)).toEqual(drawn);
});
