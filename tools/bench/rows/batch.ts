/**
 * B6: bytes of a sale on the wire in batches of a hundred events, signed and wrapped as the uplink does,
 * against JSON and gzip, unsigned. What is sent is opened and compared first.
 */
import { gzipSync } from "node:zlib";
import type { Recorded } from "../../../core/types.ts";
import type { Block } from "../../../protocol/batch.ts";
import { CHAIN_START, chainHash, sha256 } from "../../../protocol/hash.ts";
import { openMessage, sealMessage } from "../../../protocol/message.ts";
import { decodeRecord, encodeRecord, splitRecords } from "../../../protocol/record.ts";
import { createSigner, createVerifier } from "../../../protocol/sign.ts";
import { BATCH_BYTES_MAX } from "../../../protocol/limits.ts";
import { unwrap, wrap, WRAPPINGS } from "../../../protocol/wrap.ts";
import { zstd } from "../../../runtime/adapters/zstd.ts";
import { median, mustEqual } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";
import { eventsOfSale, saleCommands } from "../sale/sale.ts";
import { EPOCH, TERMINAL, Till } from "../sale/shop.ts";

const LINES_COUNT = 6;
const BATCH_EVENTS_COUNT = 100;
const BATCHES_COUNT = 20;
/** Bytes of one batch. */
interface Sizes {
  readonly ours: number;
  readonly peer: number;
  /** Before it is wrapped. */
  readonly signed: number;
}

const LINK = { tenant: "bench", terminal: TERMINAL };

/** The row. Throws when what was sent is not what arrives. */
export function benchBatch(): readonly BenchRow[] {
  const records: Recorded[] = [];
  const till = new Till((recorded) => records.push(recorded));
  for (let ordinal = 0; records.length < BATCH_EVENTS_COUNT * (BATCHES_COUNT + 1); ordinal += 1) {
    for (const command of saleCommands(till.state, ordinal, LINES_COUNT)) till.tap(command);
  }
  const seed = sha256(new TextEncoder().encode("bench"));
  const signer = createSigner(seed);
  const key = createVerifier(signer.publicKey);
  if (!key.ok) throw new Error(`bench: ${key.code}`);
  let previousHash = CHAIN_START;
  const measured = (part: readonly Recorded[]): Sizes => {
    const block = blockOf(part, previousHash);
    previousHash = block.hash;
    const batch = { ...LINK, store: "main", epoch: EPOCH, blocks: [block] };
    const signed = sealMessage({ kind: "batch", batch }, LINK, signer, sha256(signer.publicKey).slice(0, 8));
    const sent = wrap(signed, WRAPPINGS, zstd);
    const received = unwrap(sent, zstd, BATCH_BYTES_MAX);
    const opened = received === null ? null : openMessage(received, LINK, key.value);
    if (opened?.ok !== true || opened.value.kind !== "batch")
      throw new Error("bench: a batch arrives as it was sent");
    mustEqual("records", decoded(opened.value.batch.blocks), part);
    return { ours: sent.length, peer: gzipSync(JSON.stringify(part)).length, signed: signed.length };
  };
  const parts = (count: number): readonly (readonly Recorded[])[] =>
    Array.from({ length: BATCHES_COUNT }, (_, index) => records.slice(index * count, (index + 1) * count));
  const pairs = parts(BATCH_EVENTS_COUNT).map(measured);
  const alone = median(
    parts(eventsOfSale(LINES_COUNT))
      .map(measured)
      .map(({ ours, peer }) => ours / peer),
  );
  const perSale = eventsOfSale(LINES_COUNT) / BATCH_EVENTS_COUNT;
  const [ours, peer] = [median(pairs.map((p) => p.ours)), median(pairs.map((p) => p.peer))];
  const signed = median(pairs.map((p) => p.signed));
  return [
    rowOf({
      id: "B6",
      what: "bytes of a sale in a batch of 100 events, signed",
      ours: ours * perSale,
      peer: peer * perSale,
      peerName: "JSON + gzip, unsigned",
      ratio: median(pairs.map((pair) => pair.ours / pair.peer)),
      judged: "ratio",
      better: "less",
      reach: 0.75,
      dream: 0.55,
      unit: "bytes",
      note: `as it is signed, before zstd: ${Math.round(signed * perSale)} bytes; a sale sent alone: ${alone.toFixed(2)} of the peer's`,
    }),
  ];
}

function blockOf(part: readonly Recorded[], previousHash: Uint8Array): Block {
  const encoded = part.map(encodeRecord);
  const recordBytes = new Uint8Array(Buffer.concat(encoded));
  return {
    fromSeq: part[0]?.seq ?? 1,
    recordCount: part.length,
    recordBytes,
    previousHash,
    hash: chainHash(previousHash, recordBytes),
  };
}

function decoded(blocks: readonly Block[]): readonly Recorded[] {
  return blocks.flatMap(({ recordBytes, recordCount }) => {
    const split = splitRecords(recordBytes, recordCount);
    if (!split.ok) throw new Error(`bench: ${split.code}`);
    return split.value.flatMap((bytes) => {
      const read = decodeRecord(bytes, { terminal: TERMINAL, epoch: EPOCH });
      return read.ok ? [read.value] : [];
    });
  });
}
