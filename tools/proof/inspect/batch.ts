/**
 * `inspect batch`: a batch as it travels (signed) or its payload alone: its blocks, their chain, and
 * every record in them.
 */
import { decodeBatch } from "../../../protocol/batch.ts";
import { readCose } from "../../../protocol/cose.ts";
import { SIGNATURE_OPTIONS, verdictOf } from "./cose.ts";
import { hexOf, refused } from "./inspector.ts";
import type { Inspector } from "./inspector.ts";
import { recordsJson } from "./records.ts";

const COSE_FIRST_BYTE = 0xd2;

/** The kind. */
export const batchInspector: Inspector = {
  name: "batch",
  summary: "a signed batch, or its payload: chain, blocks, records, and whether the signature is right",
  options: SIGNATURE_OPTIONS,
  input: "bytes",
  inspect: (bytes, options) => {
    const isSigned = bytes[0] === COSE_FIRST_BYTE;
    const cose = isSigned ? readCose(bytes) : null;
    if (cose !== null && !cose.ok) return refused(cose.code, cose.offset, "Not a COSE_Sign1 of this profile");
    const verdict = cose === null ? null : verdictOf(cose.value, options);
    if (typeof verdict === "object" && verdict !== null) return verdict;
    const batch = decodeBatch(cose === null ? bytes : cose.value.payload);
    if (!batch.ok) return refused(batch.code, batch.offset, "Not a batch");
    const { tenant, store, terminal, epoch, blocks } = batch.value;
    const [first] = blocks;
    const last = blocks.at(-1);
    return {
      ok: true,
      value: {
        kind: "batch",
        isSigned,
        verified: verdict,
        tenant,
        store,
        terminal,
        epoch,
        fromSeq: first?.fromSeq ?? 0,
        toSeq: last === undefined ? 0 : last.fromSeq + last.recordCount - 1,
        previousHash: first === undefined ? null : hexOf(first.previousHash),
        lastHash: last === undefined ? null : hexOf(last.hash),
        blocks: blocks.map((block) => ({
          fromSeq: block.fromSeq,
          hash: hexOf(block.hash),
          records: recordsJson(block.recordBytes, block.recordCount, { terminal, epoch }),
        })),
      },
    };
  },
};
