/** Where waiting records will stand. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { paddedBlockBytes } from "../../../runtime/store/block.ts";
import { BLOCK_BYTES_MAX, BLOCK_RECORDS_MAX } from "../../../runtime/store/limits.ts";
import { Plan, type PlannedBlock } from "../../../runtime/store/plan.ts";

const SECTOR = 512;

function plan(segmentBytes = 8192, nextSeq = 1): Plan {
  const made = new Plan(SECTOR, nextSeq);
  made.begin(segmentBytes);
  return made;
}

test("nothing fits before a segment has begun", () => {
  expect(new Plan(SECTOR, 1).fits(1)).toBe(false);
});

test("appends that wait share a block, and a block that was taken takes no more", () => {
  const made = plan();
  expect(made.add([new Uint8Array(10), new Uint8Array(5)])).toEqual({ firstSeq: 1, lastSeq: 2 });
  expect(made.add([new Uint8Array(7)])).toEqual({ firstSeq: 3, lastSeq: 3 });
  expect(made.take()).toMatchObject({ begins: true, offset: 1024, firstSeq: 1, recordBytes: 22 });
  expect(made.add([new Uint8Array(1)])).toEqual({ firstSeq: 4, lastSeq: 4 });
  expect(made.take()).toMatchObject({ begins: false, offset: 1536, firstSeq: 4, recordBytes: 1 });
  expect(made.take()).toBe(null);
});

test("a new segment begins a new block, behind what still waits for the old one", () => {
  const made = plan(4096, 5);
  made.add([new Uint8Array(10)]);
  made.begin(8192);
  made.add([new Uint8Array(10)]);
  expect(made.take()).toMatchObject({ begins: true, offset: 1024, firstSeq: 5 });
  expect(made.take()).toMatchObject({ begins: true, offset: 1024, firstSeq: 6 });
});

test("records that do not fit are a Bug", () => {
  expect(() => plan(2048).add([new Uint8Array(2000)])).toThrow(/^journal: /);
});

test("whatever is appended and taken, blocks lie side by side in the segment, within their bounds, and seqs have no gap", () => {
  const step = fc.oneof(
    fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 4 }),
    fc.constant("take" as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const made = plan(32_768);
      const blocks: PlannedBlock[] = [];
      let seq = 0;
      for (const each of steps) {
        const bytes = each === "take" ? 0 : each.reduce((sum, size) => sum + size, 0);
        if (each === "take") blocks.push(...[made.take()].filter((block) => block !== null));
        else if (made.fits(bytes)) {
          expect(made.add(each.map((size) => new Uint8Array(size)))).toEqual({
            firstSeq: seq + 1,
            lastSeq: (seq += each.length),
          });
        }
      }
      for (let block = made.take(); block !== null; block = made.take()) blocks.push(block);
      let [offset, next] = [2 * SECTOR, 1];
      for (const block of blocks) {
        expect(block).toMatchObject({ offset, firstSeq: next });
        expect(block.recordBytes).toBeLessThanOrEqual(BLOCK_BYTES_MAX);
        expect(block.records.length).toBeLessThanOrEqual(BLOCK_RECORDS_MAX);
        offset += paddedBlockBytes(block.recordBytes, SECTOR);
        next += block.records.length;
      }
      expect(offset).toBeLessThanOrEqual(32_768);
      expect(next).toBe(seq + 1);
    }),
  );
});
