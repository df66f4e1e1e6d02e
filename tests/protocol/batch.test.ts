/** Payloads of batches: what goes in comes out in the same blocks, and what does not chain is refused. */
import { expect, test } from "vitest";
import { decodeBatch, encodeBatch, sameBytes } from "../../protocol/batch.ts";
import type { Batch, BatchFaultCode } from "../../protocol/batch.ts";
import { decodeCbor } from "../../protocol/cbor-decode.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import type { CborValue } from "../../protocol/cbor-value.ts";
import { CHAIN_START, chainHash } from "../../protocol/hash.ts";
import { BATCH_BYTES_MAX, BLOCK_RECORDS_COUNT_MAX } from "../../protocol/limits.ts";
import { bitFlips, truncations } from "../support/damage.ts";
import { fromHex, toHex } from "../support/hex.ts";
import { blocksOf, SAMPLE_BATCH } from "../support/message-goldens.ts";

const payload = encodeBatch(SAMPLE_BATCH);
const decodedPayload = decodeCbor(payload);
if (!decodedPayload.ok || !Array.isArray(decodedPayload.value)) throw new Error("The sample does not decode");
const parts: readonly CborValue[] = decodedPayload.value;

test("a batch is read back with its blocks, their places and their hashes", () => {
  expect(decodeBatch(payload)).toEqual({ ok: true, value: SAMPLE_BATCH });
});

test("the chain is over the record bytes, block by block", () => {
  const [first, second] = SAMPLE_BATCH.blocks;
  if (first === undefined || second === undefined) throw new Error("There are not two blocks");
  expect([second.fromSeq, second.previousHash]).toEqual([first.fromSeq + 2, first.hash]);
  expect(second.hash).toEqual(
    chainHash(chainHash(first.previousHash, first.recordBytes), second.recordBytes),
  );
});

test.each([
  ["one record", [1]],
  ["more records than one block may hold", [512, 300]],
  ["many blocks of one record", Array.from({ length: 600 }, () => 1)],
])("a batch of %s is read back", (_, counts) => {
  const batch: Batch = { ...SAMPLE_BATCH, blocks: blocksOf(counts) };
  const decoded = decodeBatch(encodeBatch(batch));
  expect(decoded.ok && decoded.value.blocks.map((block) => block.recordCount)).toEqual(counts);
  expect(decoded.ok && decoded.value.blocks.at(-1)?.hash).toEqual(batch.blocks.at(-1)?.hash);
});

test("a payload that is cut anywhere is refused", () => {
  for (const cut of truncations(payload)) {
    const decoded = decodeBatch(cut);
    expect(decoded.ok ? "read" : decoded.code).toMatch(/^(cbor|batch)\/[a-z_]+$/);
  }
});

test("a payload with a flipped bit is refused or is another batch's own bytes", () => {
  const codes = new Set<string>();
  for (const flipped of bitFlips(payload)) {
    const decoded = decodeBatch(flipped);
    codes.add(decoded.ok ? "read" : decoded.code);
    if (decoded.ok) expect(toHex(encodeBatch(decoded.value))).toBe(toHex(flipped));
  }
  expect([...codes]).toEqual(expect.arrayContaining(["batch/chain", "batch/records", "batch/shape", "read"]));
});

const short = fromHex("00");
const rows: readonly (readonly [what: string, index: number, value: CborValue, code: BatchFaultCode])[] = [
  ["a tenant that is a number", 0, 1, "batch/shape"],
  ["a store that is missing", 1, null, "batch/shape"],
  ["a terminal that may not be one", 2, "a/b", "batch/shape"],
  ["an epoch of one byte", 3, short, "batch/shape"],
  ["an epoch as text", 3, "00112233445566ff", "batch/shape"],
  ["a first seq of 0", 4, 0, "batch/shape"],
  ["a first seq beyond the safe integers", 4, 2n ** 60n, "batch/shape"],
  ["a previous hash of one byte", 5, short, "batch/shape"],
  ["no last hash", 6, null, "batch/shape"],
  ["counts that are no list", 7, 2, "batch/shape"],
  ["no counts", 7, [], "batch/shape"],
  ["a count of 0", 7, [2, 0, 1], "batch/shape"],
  ["a negative count", 7, [4, -1], "batch/shape"],
  ["a count beyond a block's bound", 7, [BLOCK_RECORDS_COUNT_MAX + 1], "batch/shape"],
  ["a count that is text", 7, ["3"], "batch/shape"],
  ["records that are no bytes", 8, [], "batch/shape"],
  ["counts that say more than there is", 7, [2, 2], "batch/records"],
  ["counts that say less than there is", 7, [2], "batch/records"],
  ["records that are not CBOR", 8, fromHex("ff"), "batch/records"],
  ["no records", 8, new Uint8Array(0), "batch/records"],
  ["blocks cut elsewhere", 7, [1, 2], "batch/chain"],
  ["another hash before", 5, CHAIN_START, "batch/chain"],
  ["another hash behind", 6, CHAIN_START, "batch/chain"],
];

test.each(rows)("a batch with %s is refused with part %i as %o: %s", (_, index, value, code) => {
  const decoded = decodeBatch(encodeCbor(parts.with(index, value)));
  expect(decoded.ok ? "read" : decoded.code).toBe(code);
});

test.each([
  ["a part too few", encodeCbor(parts.slice(0, -1)), "batch/shape"],
  ["a part too many", encodeCbor([...parts, 0]), "batch/shape"],
  ["no list", encodeCbor("batch"), "batch/shape"],
  ["bytes beyond its bound", new Uint8Array(BATCH_BYTES_MAX + 1), "batch/too_long"],
  ["nothing in it", new Uint8Array(0), "cbor/truncated"],
  ["no block", encodeBatch({ ...SAMPLE_BATCH, blocks: [] }), "batch/shape"],
])("a batch with %s is refused", (_, bytes, code) => {
  const decoded = decodeBatch(bytes);
  expect(decoded.ok ? "read" : decoded.code).toBe(code);
});

test.each([
  ["", "", true],
  ["0102", "0102", true],
  ["0102", "0103", false],
  ["0102", "01", false],
])("whether %j and %j are the same bytes: %s", (a, b, expected) => {
  expect(sameBytes(fromHex(a), fromHex(b))).toBe(expected);
});
