/** The index of durable blocks: finding a block by its seqs, whatever segments lie around it. */
import { expect, test } from "vitest";
import { BlockIndex } from "../../../runtime/store/reader.ts";

const EPOCHS = ["00000000000000aa", "00000000000000bb", "00000000000000cc"] as const;

/** An index of segments that hold blocks with so many records each. */
function indexOf(
  segments: readonly (readonly [epochIndex: number, recordCounts: readonly number[]])[],
): BlockIndex {
  const index = new BlockIndex();
  let firstSeq = 1;
  segments.forEach(([epochIndex, recordCounts], number) => {
    const epoch = EPOCHS[epochIndex] ?? EPOCHS[0];
    index.begin({ path: `segment ${number}`, epoch, sectorBytes: 512, parentHash: new Uint8Array(32) });
    recordCounts.forEach((recordCount, block) => {
      index.add({ offset: 1024 + block * 512, blockBytes: 512, firstSeq, recordCount, recordBytes: 100 });
      firstSeq += recordCount;
    });
  });
  return index;
}

function found(index: BlockIndex, epochIndex: number, seq: number): string | null {
  return index.endingWith(EPOCHS[epochIndex] ?? "", seq)?.segment.path ?? null;
}

test("a block is found by the epoch and the seq with which it ends, and by no other", () => {
  const index = indexOf([
    [0, [2, 3]],
    [1, [4]],
  ]);
  expect([2, 5, 9].map((seq) => found(index, seq === 9 ? 1 : 0, seq))).toEqual([
    "segment 0",
    "segment 0",
    "segment 1",
  ]);
  expect([found(index, 0, 1), found(index, 0, 4), found(index, 1, 5), found(index, 1, 10)]).toEqual(
    Array.from({ length: 4 }, () => null),
  );
});

// A power cut in the first write of a new segment leaves its file behind without a block.
test("segments without a block hide no block of another one, wherever they stand", () => {
  const filled = [
    [0, [2, 3]],
    [0, [1]],
    [1, [4]],
    [2, [1, 1]],
  ] as const;
  for (let emptyAt = 0; emptyAt <= filled.length; emptyAt += 1) {
    const index = indexOf([...filled.slice(0, emptyAt), [0, []], [1, []], ...filled.slice(emptyAt)]);
    const ends = [2, 5, 6].map((seq) => found(index, 0, seq));
    expect([...ends, found(index, 1, 10), found(index, 2, 11), found(index, 2, 12)]).not.toContain(null);
    expect(index.run(1, 1000)).toMatchObject({ first: 0, count: 2 });
    expect(index.run(13, 1000)).toBe(null);
  }
});
