/** What becomes of a batch of headquarters' journal, against what is held of it. */
import { expect, test } from "vitest";
import type { Batch, Block } from "../../../protocol/batch.ts";
import { HQ_BLOCK_BYTES_MAX } from "../../../protocol/limits.ts";
import type { Position } from "../../../protocol/message.ts";
import { placeBatch } from "../../../runtime/downlink/place.ts";
import { epochOf, TestHistory } from "../../support/hq-history.ts";

/** Epoch a of four blocks (records 1 to 4), and epoch b that goes on from record 4, or from record 2. */
const a = new TestHistory("HQ", epochOf("a"));
for (const text of ["two", "three", "four"]) a.filler(text);
const b = new TestHistory("HQ", epochOf("b"), a.tip);
b.filler("six");
const other = new TestHistory("HQ", epochOf("c"), at(a, 2));
other.filler("four again");
const alien = new TestHistory("HQ", epochOf("a"));
for (const text of ["2", "3", "4", "5", "6"]) alien.filler(text);

/** The position behind record `seq`; each block is one record. */
function at(history: TestHistory, seq: number): Position {
  const block = history.blocks.find((its) => its.fromSeq === seq);
  if (block === undefined) throw new Error(`There is no record ${seq}`);
  return { epoch: history.epoch, seq, hash: block.hash };
}

function batch(history: TestHistory, fromSeq: number, toSeq: number): Batch {
  const blocks = history.blocks.filter((its) => its.fromSeq >= fromSeq && its.fromSeq <= toSeq);
  return { tenant: "demo", store: "hq", terminal: history.terminal, epoch: history.epoch, blocks };
}

function placed(held: Position | null, its: Batch): string {
  const place = placeBatch(held, its);
  if (place.kind === "take") return `take ${place.blocks.map(({ fromSeq }) => fromSeq).join(" ")}`;
  return place.kind === "refused" ? place.code : place.kind;
}

test.each([
  ["the first batch of all", null, batch(a, 1, 2), "take 1 2"],
  ["a later batch before the first", null, batch(a, 2, 3), "gap"],
  ["the next batch", at(a, 2), batch(a, 3, 4), "take 3 4"],
  ["a batch that overlaps", at(a, 2), batch(a, 1, 4), "take 3 4"],
  ["a batch that came before", at(a, 3), batch(a, 1, 3), "known"],
  ["a batch behind a gap", at(a, 1), batch(a, 3, 4), "gap"],
  ["the next epoch", at(a, 4), batch(b, 5, 6), "take 5 6"],
  ["the next epoch behind a gap", at(a, 3), batch(b, 5, 6), "gap"],
  ["the epoch before", at(b, 6), batch(a, 1, 4), "elsewhere"],
  ["an epoch that goes on from an older record", at(a, 4), batch(other, 3, 4), "elsewhere"],
  ["an epoch that goes on where another one stands", at(alien, 2), batch(other, 3, 4), "elsewhere"],
  ["a history that begins anew", at(b, 6), batch(new TestHistory("HQ", epochOf("d")), 1, 1), "elsewhere"],
  ["another history's next record under one epoch", at(a, 4), batch(alien, 5, 6), "downlink/chain"],
  ["a block that begins inside what is held", { ...at(a, 2), seq: 1 }, batch(alien, 2, 2), "downlink/chain"],
] as const)("%s is answered with its place", (_, held, its, expected) => {
  expect(placed(held, its)).toBe(expected);
});

test("a block that is no record here is refused with downlink/block_too_long", () => {
  const [block] = a.blocks;
  const long = { ...block, recordBytes: new Uint8Array(HQ_BLOCK_BYTES_MAX + 1) } as Block;
  expect(placed(null, { ...batch(a, 1, 1), blocks: [long] })).toBe("downlink/block_too_long");
  const many = { ...block, recordCount: 257 } as Block;
  expect(placed(null, { ...batch(a, 1, 1), blocks: [many] })).toBe("downlink/block_too_long");
});
