/** A bundle holds nobody's name and comes to what the journal comes to: totals, marks, problems at the same records. */
import { gunzipSync } from "node:zlib";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clerkId, epochId, terminalId } from "../../../core/ids.ts";
import { wallMs } from "../../../core/time.ts";
import { encodeCbor } from "../../../protocol/cbor-encode.ts";
import { encodeRecord } from "../../../protocol/record.ts";
import { sha256Text } from "../../../runtime/adapters/machine.ts";
import { openJournal } from "../../../runtime/store/journal.ts";
import { checkJournal } from "../../../tools/proof/replay/check.ts";
import { replayJournal } from "../../../tools/proof/replay/journal.ts";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";
import { archiveOf, filesIn } from "../../../tools/support/archive.ts";
import { makeBundle, readBundle, replayOfBundle } from "../../../tools/support/bundle.ts";
import { Redactor } from "../../../tools/support/redact.ts";
import { differencesOf, summaryOf } from "../../../tools/support/summary.ts";
import { diskOfGolden } from "../../support/journal-golden.ts";
import { openTill } from "../../support/terminal-harness.ts";

const KEY = new Uint8Array(32).fill(3);
const AT = "2026-11-22T12:00:00.000Z";

function bundleOf(disk: FakeDisk) {
  return makeBundle(disk, new Redactor(KEY), [], AT);
}

async function dayWithNames(): Promise<FakeDisk> {
  const disk = new FakeDisk();
  const till = await openTill(disk, 1);
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  for (let count = 0; count < 25; count += 1) await till.sell("tea", "bun");
  await till.add("tea", "bun");
  const order = till.order?.id;
  if (order === undefined) throw new Error("bundle: There must be an order");
  await till.must({ type: "set_note", order, line: null, text: "For Zoë Quimby, 13800138000" });
  await till.must({ type: "park_order", order, label: "Quimby family" });
  await till.sell("bun");
  await till.terminal.close();
  return disk;
}

test("names and notes are in the journal and not in its bundle; it comes to the same, and so does its replay", async () => {
  const disk = await dayWithNames();
  const { bytes, expected } = await bundleOf(disk);
  const open = gunzipSync(bytes);
  const journal = [...readBundle(bytes).blocks.flatMap(({ records }) => records)].map((record) =>
    typeof record === "string" ? record : Buffer.from(record).toString("latin1"),
  );
  for (const secret of ["Quimby", "13800138000", "boss", "The Boss", "Tea", "tea", "Bun"]) {
    expect(open.includes(secret), secret).toBe(false);
    expect(
      journal.some((record) => record.includes(secret)),
      secret,
    ).toBe(false);
  }
  expect(expected).toMatchObject({ closingCount: 26, problems: [], totals: { "GBP sale": { count: 26 } } });
  const bundle = readBundle(bytes);
  expect(differencesOf(expected, await summaryOf(replayOfBundle(bundle)))).toEqual([]);
  expect(differencesOf(bundle.expected, expected)).toEqual([]);
  expect(await checkJournal(replayOfBundle(bundle))).toEqual(await checkJournal(disk));
});

test("the hashes in a bundle are those of the original chain, block by block, and it says so", async () => {
  const disk = await dayWithNames();
  const { bytes } = await bundleOf(disk);
  const { blocks, files } = readBundle(bytes);
  for (const [index, { previousHash }] of blocks.entries()) {
    if (index > 0) expect(previousHash).toBe(blocks[index - 1]?.hash);
  }
  const manifest = JSON.parse(Buffer.from(files.get("manifest.json") ?? []).toString());
  expect(manifest).toMatchObject({
    format: "tillwright-support/1",
    chain: expect.stringContaining("those of the original blocks"),
  });
});

test.each(readdirSync("tests/golden/journal"))(
  "the golden journal %s reproduces from its bundle",
  async (name) => {
    const { disk } = await diskOfGolden(readFileSync(join("tests/golden/journal", name), "utf8"));
    const { bytes, expected } = await bundleOf(disk);
    expect(expected.recordCount).toBeGreaterThan(30);
    expect(differencesOf(expected, await summaryOf(replayOfBundle(readBundle(bytes))))).toEqual([]);
  },
);

test("a closing with a wrong view is wrong at the same record in the bundle, and the others stay right", async () => {
  const disk = new FakeDisk();
  let closingCount = 0;
  const sha256 = (text: string): Uint8Array => {
    closingCount += 1;
    return sha256Text(closingCount === 3 ? `${text} ` : text);
  };
  const till = await openTill(disk, 1, { sha256 });
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  for (let count = 0; count < 5; count += 1) await till.sell("tea");
  await till.terminal.close();
  const { bytes, expected } = await bundleOf(disk);
  expect(expected.problems).toEqual([expect.stringMatching(/^record \d+: its view is not/)]);
  expect((await checkJournal(replayOfBundle(readBundle(bytes)))).problems).toEqual(expected.problems);
});

test("a record that this build cannot read has the same code at the same seq in the bundle, and not its bytes", async () => {
  const disk = new FakeDisk();
  const [terminal, epoch] = [terminalId("till-1"), epochId("00000000000000aa")];
  const { journal } = await openJournal({
    disk,
    terminal,
    epoch,
    checkpoint: () => [],
    segmentBytes: 65_536,
  });
  const event = {
    type: "clerk_signed_on",
    clerk: clerkId("boss"),
    name: "Quimby",
    rights: ["sell"],
  } as const;
  const at = { terminal, epoch, seq: 1, lamport: 1, at: wallMs(0), cause: null };
  const future = encodeCbor([2, 2, 0, null, [999, 1, "Quimby of the future"]]);
  journal.append([encodeRecord({ ...at, event }), future, encodeCbor([3, 3, 0, null, [11, 77, "Quimby"]])]);
  await journal.close();
  const { bytes, expected } = await bundleOf(disk);
  expect(expected.unread).toEqual([
    { seq: 2, code: "event/unknown" },
    { seq: 3, code: "event/unknown" },
  ]);
  expect(gunzipSync(bytes).includes("Quimby")).toBe(false);
  const codes: string[] = [];
  await replayOfBundle(readBundle(bytes))(({ code }) => codes.push(code));
  const original: string[] = [];
  await replayJournal(disk, ({ code }) => original.push(code));
  expect(codes).toEqual(original);
});

test("a file that is not what its manifest says is refused: support/unreadable", async () => {
  const { bytes } = await bundleOf(await dayWithNames());
  const files = [...filesIn(bytes)].map(([path, its]) => ({ path, bytes: its }));
  const spoilt = files.map((file) =>
    file.path === "journal.jsonl" ? { ...file, bytes: file.bytes.subarray(0, 100) } : file,
  );
  expect(() => readBundle(archiveOf(spoilt))).toThrow("support/unreadable");
  expect(() => readBundle(archiveOf(files.slice(1)))).toThrow("support/unreadable");
  expect(() => readBundle(bytes.subarray(0, 500))).toThrow("support/unreadable");
});

test("a summary that differs is told by its fields", async () => {
  const summary = await summaryOf(replayOfBundle(readBundle((await bundleOf(await dayWithNames())).bytes)));
  expect(differencesOf(summary, { ...summary, marks: { overpaid: 1 }, lastSeq: 0 })).toEqual([
    "marks",
    "lastSeq",
  ]);
});
