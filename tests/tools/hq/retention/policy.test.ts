/** A policy deletes, so every word of it is known or the whole of it is refused. */
import { expect, test } from "vitest";
import { KEEP_ALL, policyIn, readPolicy } from "../../../../tools/hq/retention/policy.ts";

test("what a policy does not say is kept for ever, and so is everything without one", () => {
  expect(policyIn("{}", "p")).toEqual(KEEP_ALL);
  expect(readPolicy("/nowhere/retention.json", false)).toEqual(KEEP_ALL);
  expect(() => readPolicy("/nowhere/retention.json", true)).toThrow("there is no policy");
});

test("a policy is read as it is written; a batch wants two backups where it does not say", () => {
  const text = '{"rawBatches":{"days":400},"houseEvents":{"days":90,"backups":3},"blobs":"named"}';
  expect(policyIn(text, "p")).toEqual({
    rawBatches: { days: 400, backups: 2 },
    houseEvents: { days: 90, backups: 3 },
    blobs: "named",
  });
});

test.each([
  ["[]", "must be an object"],
  ["{", "not JSON"],
  ['{"rawBatch":"for_ever"}', "knows no rawBatch"],
  ['{"rawBatches":{"days":29}}', "rawBatches.days must be a whole number from 30"],
  ['{"rawBatches":{"days":400,"backups":1}}', "rawBatches.backups must be a whole number from 2"],
  ['{"rawBatches":{"days":"400"}}', "rawBatches.days"],
  ['{"rawBatches":{}}', "rawBatches.days"],
  ['{"rawBatches":{"days":400,"months":1}}', "rawBatches must be"],
  ['{"houseEvents":"never"}', "houseEvents must be"],
  ['{"blobs":"all"}', "blobs must be"],
])("%s is refused: %s", (text, why) => {
  expect(() => policyIn(text, "p")).toThrow(why);
});
