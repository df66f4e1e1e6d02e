/**
 * `inspect journal`: one segment file of a journal: its header, every commit block with its records, and
 * why the reading ended: behind the last block everything is zero, or the reason and its byte.
 */
import { isEpoch, isTerminalId } from "../../../core/ids.ts";
import { CHAIN_START, chainHash } from "../../../protocol/hash.ts";
import { decodeBlock } from "../../../runtime/store/block.ts";
import { HEADER_COPIES, HEADER_READ_BYTES, readHeader } from "../../../runtime/store/segment.ts";
import type { SegmentHeader } from "../../../runtime/store/segment.ts";
import { jsonOf } from "./cose.ts";
import { hexOf, refused } from "./inspector.ts";
import type { Inspector, Json } from "./inspector.ts";
import { recordsJson } from "./records.ts";

/** The kind. */
export const journalInspector: Inspector = {
  name: "journal",
  summary: "a segment file of a journal: header, blocks, records, chain, and where it ends and why",
  options: {},
  input: "bytes",
  inspect: (bytes) => {
    const reading = readHeader(bytes.subarray(0, HEADER_READ_BYTES));
    if (reading.kind === "damaged")
      return refused(
        "segment/damaged",
        0,
        "Neither copy of the header can be read: this is no segment, or rot",
      );
    if (reading.kind === "unknown_format")
      return refused("segment/unknown_format", 0, "The segment was written by a newer release");
    const { header, damagedCopyCount } = reading;
    const { terminal, epoch } = header;
    if (!isTerminalId(terminal) || !isEpoch(epoch))
      return refused("segment/damaged", 0, "The header names no terminal or no epoch");
    const { blocks, end } = blocksOf(bytes, header, { terminal, epoch });
    return {
      ok: true,
      value: { kind: "journal", header: jsonOf(header), damagedCopyCount, blocks, end },
    };
  },
};

function blocksOf(
  bytes: Uint8Array,
  header: SegmentHeader,
  origin: Parameters<typeof recordsJson>[2],
): { readonly blocks: Json; readonly end: Json } {
  const blocks: Json[] = [];
  let offset = header.sectorBytes * HEADER_COPIES;
  let hash = header.parent?.hash ?? CHAIN_START;
  for (;;) {
    const rest = bytes.subarray(offset);
    if (rest.every((byte) => byte === 0)) return { blocks, end: { offset, reason: "zero" } };
    const block = decodeBlock(bytes, offset, header.sectorBytes);
    if (!block.ok) return { blocks, end: { offset: block.offset, reason: block.code } };
    const { firstSeq, recordCount, recordBytes, blockBytes, syncedToBytes } = block.value;
    const isChained = Buffer.compare(chainHash(hash, recordBytes), block.value.hash) === 0;
    blocks.push({
      offset,
      blockBytes,
      firstSeq,
      syncedToBytes,
      hash: hexOf(block.value.hash),
      isChained,
      records: recordsJson(recordBytes, recordCount, origin),
    });
    hash = block.value.hash;
    offset += blockBytes;
  }
}
