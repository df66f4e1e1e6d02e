/**
 * One signed message of each kind with fixed keys, and the text of tests/golden/messages.txt: Ed25519
 * signatures are deterministic, so the bytes are the same on every machine and for ever.
 */
import type { Batch, Block } from "../../protocol/batch.ts";
import { epochId, terminalId } from "../../core/ids.ts";
import { wallMs } from "../../core/time.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { CHAIN_START, chainHash } from "../../protocol/hash.ts";
import { sealMessage } from "../../protocol/message.ts";
import type { Link, Message } from "../../protocol/message.ts";
import { encodeRecord } from "../../protocol/record.ts";
import { createSigner } from "../../protocol/sign.ts";
import { fromHex, toHex } from "./hex.ts";

/** The key of the samples: RFC 8032 section 7.1, test 1. */
export const SAMPLE_SIGNER = createSigner(
  fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
);
export const SAMPLE_KID = fromHex("6b31");
export const SAMPLE_LINK: Link = { tenant: "cafe", terminal: terminalId("till-1") };

const epoch = epochId("00112233445566ff");
const olderEpoch = epochId("ffffffffffffffff");
const session = fromHex("0102030405060708");
const incarnation = fromHex("a0a1a2a3a4a5a6a7");
const hash = Uint8Array.from({ length: 32 }, (_, index) => index * 8);

/** Concatenated records of these events from `fromSeq` on. */
export function recordBytesOf(events: readonly Event[], fromSeq: number): Uint8Array {
  const records = events.map((event, index): Uint8Array => {
    const seq = fromSeq + index;
    const recorded: Recorded = {
      terminal: SAMPLE_LINK.terminal,
      epoch,
      seq,
      lamport: seq,
      at: wallMs(1_291_191_960_000),
      cause: null,
      event,
    };
    return encodeRecord(recorded);
  });
  return new Uint8Array(Buffer.concat(records));
}

/** Blocks of so many sales without a label, chained from `previousHash` (the start of a chain if none is named). */
export function blocksOf(
  recordCounts: readonly number[],
  fromSeq = 1,
  previousHash: Uint8Array = CHAIN_START,
): readonly Block[] {
  const sale: Event = { type: "order_opened", kind: "sale", currency: "SEK", label: "", reason: "" };
  let seq = fromSeq;
  let previous = previousHash;
  return recordCounts.map((recordCount): Block => {
    const recordBytes = recordBytesOf(
      Array.from({ length: recordCount }, () => sale),
      seq,
    );
    const block = {
      fromSeq: seq,
      recordCount,
      recordBytes,
      previousHash: previous,
      hash: chainHash(previous, recordBytes),
    };
    seq += recordCount;
    previous = block.hash;
    return block;
  });
}

/** A batch of two blocks. */
export const SAMPLE_BATCH: Batch = {
  tenant: "cafe",
  store: "harbour",
  terminal: SAMPLE_LINK.terminal,
  epoch,
  blocks: blocksOf([2, 1], 7, hash),
};

const names = { tenant: "cafe", store: "harbour", terminal: SAMPLE_LINK.terminal };

/** A message with what it shows. */
export interface MessageSample {
  readonly name: string;
  readonly message: Message;
}

/** Every kind of message. */
export const MESSAGE_SAMPLES: readonly MessageSample[] = [
  {
    name: "hello: of a terminal without a record",
    message: { kind: "hello", ...names, session, incarnation: null, holds: [] },
  },
  {
    name: "hello: of headquarters",
    message: {
      kind: "hello",
      ...names,
      session,
      incarnation,
      holds: [
        { epoch, seq: 4_294_967_296, hash },
        { epoch: olderEpoch, seq: 1, hash: CHAIN_START },
      ],
    },
  },
  { name: "batch", message: { kind: "batch", batch: SAMPLE_BATCH } },
  {
    name: "ack",
    message: {
      kind: "ack",
      session,
      incarnation,
      terminal: SAMPLE_LINK.terminal,
      position: { epoch, seq: 9, hash },
    },
  },
  ...(["gap", "fork", "busy"] as const).map((reason): MessageSample => ({
    name: `refusal: ${reason}`,
    message: { kind: "refusal", session, terminal: SAMPLE_LINK.terminal, epoch, fromSeq: 7, reason },
  })),
  { name: "notice: nothing runs low", message: { kind: "notice", session, low: [] } },
  {
    name: "notice: two items run low, one was sold without being there",
    message: {
      kind: "notice",
      session,
      low: [
        { sku: "bun", levelMilli: -2000, targetMilli: 40_000 },
        { sku: "茶", levelMilli: 755, targetMilli: 4_294_967_296 },
      ],
    },
  },
  { name: "held: nothing", message: { kind: "held", session, position: null } },
  { name: "held", message: { kind: "held", session, position: { epoch, seq: 70_000, hash } } },
  { name: "blob_want", message: { kind: "blob_want", session, sha256: hash, offset: 49_152 } },
  {
    name: "blob",
    message: { kind: "blob", session, sha256: hash, offset: 49_152, bytes: fromHex("7b22697465") },
  },
  { name: "blob: nothing", message: { kind: "blob", session, sha256: hash, offset: 0, bytes: fromHex("") } },
  { name: "offer: nothing", message: { kind: "offer", session, wrappings: [] } },
  { name: "offer", message: { kind: "offer", session, wrappings: [1, 23] } },
];

/** A sample as it travels. */
export function sealed(message: Message): Uint8Array {
  return sealMessage(message, SAMPLE_LINK, SAMPLE_SIGNER, SAMPLE_KID);
}

/** The text of tests/golden/messages.txt. */
export function messageGoldens(): string {
  return MESSAGE_SAMPLES.map(({ name, message }) => `# ${name}\n${toHex(sealed(message))}\n`).join("");
}
