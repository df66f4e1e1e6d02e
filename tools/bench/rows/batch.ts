/**
 * B6: bytes of a sale on the wire in batches of a hundred events, signed, against JSON and gzip,
 * unsigned. What is sent is opened and compared first.
 */
import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Recorded } from "../../../core/types.ts";
import type { Block } from "../../../protocol/batch.ts";
import { CHAIN_START, chainHash, sha256 } from "../../../protocol/hash.ts";
import { openMessage, sealMessage } from "../../../protocol/message.ts";
import { decodeRecord, encodeRecord, splitRecords } from "../../../protocol/record.ts";
import { createSigner, createVerifier } from "../../../protocol/sign.ts";
import { median, mustEqual } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";
import { eventsOfSale, saleCommands } from "../sale/sale.ts";
import { EPOCH, TERMINAL, Till } from "../sale/shop.ts";

const LINES_COUNT = 6;
const BATCH_EVENTS_COUNT = 100;
const BATCHES_COUNT = 20;
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
  const pairs = Array.from({ length: BATCHES_COUNT }, (_, index) => {
    const part = records.slice(index * BATCH_EVENTS_COUNT, (index + 1) * BATCH_EVENTS_COUNT);
    const block = blockOf(part, previousHash);
    previousHash = block.hash;
    const batch = { ...LINK, store: "main", epoch: EPOCH, blocks: [block] };
    const sealed = sealMessage({ kind: "batch", batch }, LINK, signer, sha256(signer.publicKey).slice(0, 8));
    const opened = openMessage(sealed, LINK, key.value);
    if (!opened.ok || opened.value.kind !== "batch") throw new Error("bench: a batch arrives as it was sent");
    mustEqual("records", decoded(opened.value.batch.blocks), part);
    const json = gzipSync(JSON.stringify(part));
    return { ours: sealed.length, peer: json.length, squeezed: zstdCompressSync(sealed).length };
  });
  const perSale = eventsOfSale(LINES_COUNT) / BATCH_EVENTS_COUNT;
  const [ours, peer] = [median(pairs.map((p) => p.ours)), median(pairs.map((p) => p.peer))];
  const squeezed = median(pairs.map((p) => p.squeezed));
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
      note: `the same message through zstd: ${Math.round(squeezed * perSale)} bytes, ${(squeezed / peer).toFixed(2)} of the peer's`,
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
