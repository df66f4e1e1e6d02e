/** Catalogue files on their way: resumed, checked, kept few, and never in the way of a sale. */
import { expect, test } from "vitest";
import { clerkId, terminalId } from "../../../core/ids.ts";
import { wallMs } from "../../../core/time.ts";
import { sha256 } from "../../../protocol/hash.ts";
import { hexOf } from "../../../tools/hq/authoring.ts";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";
import { catalogueFile, DownlinkWorld, must, NOON_MS, quiet } from "../../support/downlink-world.ts";

/** A file of several pieces: spaces behind the text are still that catalogue. */
function largeFile(teaMinor: number): Uint8Array {
  return catalogueFile(teaMinor, " ".repeat(200_000));
}

function isBlob(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes("tillwright/blob+cbor");
}

async function wholeFiles(disk: FakeDisk): Promise<readonly string[]> {
  return (await disk.list("blobs")).filter((name) => /^[0-9a-f]{64}$/.test(name));
}

test.each([
  // Pieces that are there are not asked for again; garbage is found by the hash, and all comes again.
  ["kept", "keep", 5],
  ["lost", "drop", 5],
  ["garbled", "torn", 10],
] as const)(
  "a file that breaks off comes whole after a power cut that has %s what was not synced",
  async (_, mode, piecesMax) => {
    const world = new DownlinkWorld();
    const seat = await world.open("t1");
    let pieceCount = 0;
    world.loses = (bytes) => isBlob(bytes) && (pieceCount += 1) > 2;
    await must(world.authoring.publishCatalogue(largeFile(260), null));
    await quiet();
    expect(seat.teaMinor).toBe(250);
    seat.cutOff();
    seat.bus.onPublish = () => {};
    const disk = seat.disk.crash(mode, 3);
    pieceCount = 0;
    world.loses = (bytes) => isBlob(bytes) && (pieceCount += 1) < 0;
    const again = await world.open("t1", disk);
    await world.pass(61_000);
    expect(again.teaMinor).toBe(260);
    expect(pieceCount).toBeLessThanOrEqual(piecesMax);
    expect(await wholeFiles(disk)).toHaveLength(1);
  },
);

test("a connection that breaks in the middle of a file goes on with the next piece", async () => {
  const world = new DownlinkWorld();
  const seat = await world.open("t1");
  let pieceCount = 0;
  world.loses = (bytes) => {
    if (isBlob(bytes) && (pieceCount += 1) === 3) seat.cutOff();
    return false;
  };
  await must(world.authoring.publishCatalogue(largeFile(260), null));
  await quiet();
  expect(seat.teaMinor).toBe(250);
  await seat.comeBack();
  expect([seat.teaMinor, pieceCount]).toEqual([260, 6]);
});

test("bytes that do not hash to their name are refused with downlink/wrong_hash and never sold from", async () => {
  const world = new DownlinkWorld();
  const file = largeFile(260);
  const name = hexOf(sha256(file));
  // Held under the name of another one.
  await world.store.putBlob("demo", name, largeFile(999));
  const seat = await world.open("t1");
  await must(world.authoring.publishCatalogue(file, null));
  await world.pass(0);
  expect(seat.logged).toContain("downlink/wrong_hash");
  expect(seat.teaMinor).toBe(250);
  expect(await wholeFiles(seat.disk)).toEqual([]);
  await seat.till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await seat.till.sell("tea");
});

test("a file that is no catalogue is refused with its reason, and what was in force stays", async () => {
  const world = new DownlinkWorld();
  const seat = await world.open("t1");
  await must(world.authoring.publishCatalogue(catalogueFile(260), null));
  await quiet();
  const junk = new TextEncoder().encode('{"items":[]}');
  await world.store.putBlob("demo", hexOf(sha256(junk)), junk);
  const startsAt = wallMs(world.nowMs);
  await world.journal.write(({ version }) => ({
    events: [
      {
        type: "catalogue_published",
        version: version + 1,
        sha256: sha256(junk),
        byteCount: junk.length,
        startsAt,
      },
    ],
  }));
  await world.pass(61_000);
  expect(seat.logged).toContain("catalogue/row");
  expect(seat.teaMinor).toBe(260);
});

test("a disk without room leaves a file where it is; sales go on, and it comes when there is room", async () => {
  const world = new DownlinkWorld();
  const disk = new FakeDisk();
  const seat = await world.open("t1", disk);
  const { till } = seat;
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  disk.limit(3 * 1024 * 1024);
  await must(world.authoring.publishCatalogue(largeFile(260), null));
  await world.pass(0);
  expect(seat.logged).toContain("downlink/no_room");
  await till.sell("tea");
  expect(till.terminal.loop.health).toBe("ok");
  disk.limit(Infinity);
  await world.pass(61_000);
  expect(seat.teaMinor).toBe(260);
});

test("a disk that fails in the middle of a file is tried again; sales go on", async () => {
  const world = new DownlinkWorld();
  const disk = new FakeDisk();
  const seat = await world.open("t1", disk);
  const { till } = seat;
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  let pieceCount = 0;
  world.loses = (bytes) => {
    if (isBlob(bytes) && (pieceCount += 1) === 2) disk.failAt(disk.callCount + 2, "disk/full");
    return false;
  };
  await must(world.authoring.publishCatalogue(largeFile(260), null));
  await world.pass(0);
  expect(seat.logged).toContain("downlink/not_stored");
  await till.sell("tea");
  await world.pass(61_000);
  expect(seat.teaMinor).toBe(260);
});

test("a file that rotted on the disk is fetched again", async () => {
  const world = new DownlinkWorld();
  const disk = new FakeDisk();
  const seat = await world.open("t1", disk);
  await must(world.authoring.publishCatalogue(catalogueFile(260), null));
  await world.pass(0);
  await seat.till.terminal.close();
  seat.bus.onPublish = () => {};
  const [name = ""] = await wholeFiles(disk);
  const file = await disk.open(`blobs/${name}`, "existing");
  await file.write(20, Uint8Array.of(0));
  await file.close();
  const again = await world.open("t1", disk);
  await world.pass(61_000);
  expect(again.teaMinor).toBe(260);
});

test("a catalogue for noon comes before noon and is in force from noon on; a clock that is not believed keeps what is in force", async () => {
  const world = new DownlinkWorld();
  const [seat, flagged] = [await world.open("t1"), await world.open("t2")];
  const { version } = await must(world.authoring.publishCatalogue(catalogueFile(300), NOON_MS));
  await world.pass(0);
  expect([seat.teaMinor, await wholeFiles(seat.disk)]).toMatchObject([250, { length: 1 }]);
  await flagged.till.terminal.loop.submit({ type: "flag_clock", flag: "jumped", byMs: 1 });
  await world.pass(NOON_MS - world.nowMs - 1);
  expect([seat.teaMinor, flagged.teaMinor]).toEqual([250, 250]);
  await world.pass(1);
  expect([seat.teaMinor, flagged.teaMinor]).toEqual([300, 250]);
  expect(seat.till.terminal.catalogue.bySku.get("bun")?.priceVersion).toBe(version);
  await flagged.till.terminal.loop.submit({ type: "trust_clock" });
  expect(flagged.teaMinor).toBe(300);
});

test("no more than three files are kept", async () => {
  const world = new DownlinkWorld();
  const seat = await world.open("t1");
  for (const teaMinor of [260, 270, 280, 290, 300]) {
    await must(world.authoring.publishCatalogue(catalogueFile(teaMinor), null));
    await world.pass(1000);
    expect(seat.teaMinor).toBe(teaMinor);
    expect((await wholeFiles(seat.disk)).length).toBeLessThanOrEqual(3);
  }
  await must(world.authoring.publishCatalogue(catalogueFile(310), NOON_MS));
  await world.pass(1000);
  expect(await wholeFiles(seat.disk)).toHaveLength(3);
  expect(seat.till.state.terminal).toBe(terminalId("t1"));
});
