/** Where damage counts as damage: a header stands twice, and an older image brings a copy back. */
import { expect, test } from "vitest";
import { encodeHeader, segmentPath } from "../../../../runtime/store/segment.ts";
import { placesOf } from "../../../../tools/sim/world/injector.ts";
import { SECTOR_BYTES, SimFs } from "../../../../tools/sim/world/sim-fs.ts";

const EPOCH = "00000000000000a1";
const PATH = segmentPath(1, EPOCH);
const SEGMENT = `${EPOCH}/1`;

function segment(): SimFs {
  const fs = new SimFs();
  fs.makeDirectory("journal");
  const header = encodeHeader({
    terminal: "t1",
    epoch: EPOCH,
    segmentNumber: 1,
    sectorBytes: SECTOR_BYTES,
    segmentBytes: 8 * SECTOR_BYTES,
    firstSeq: 1,
    parent: null,
    lost: false,
    markCounter: 0,
  });
  const inode = fs.create(PATH);
  fs.write(PATH, inode, 0, header);
  fs.sync(inode);
  return fs;
}

function hit(fs: SimFs, offset: number): readonly string[] {
  fs.flip(PATH, offset, 1);
  return placesOf(fs, PATH, [offset]).map((place) => `${place.segment} ${place.offset}`);
}

test("one copy of a header that is hit leaves the segment readable, both leave it headless", () => {
  const fs = segment();
  expect(hit(fs, 100)).toEqual([`${SEGMENT} 100`]);
  expect(hit(fs, SECTOR_BYTES + 100)).toEqual([`${SEGMENT} ${SECTOR_BYTES + 100}`, `${SEGMENT} headless`]);
});

test("an older image brings a copy of the header back: only the other one counts then", () => {
  const fs = segment();
  const image = fs.image();
  hit(fs, 100);
  fs.restore(image);
  expect(hit(fs, SECTOR_BYTES + 100)).toEqual([`${SEGMENT} ${SECTOR_BYTES + 100}`]);
});

test("a lost file is named by its segment, and the commit mark is no part of the journal", () => {
  const fs = segment();
  expect(placesOf(fs, PATH, ["lost"])).toEqual([{ segment: SEGMENT, offset: "lost" }]);
  expect(placesOf(fs, "mark/commit.mrk", [0])).toEqual([]);
});
