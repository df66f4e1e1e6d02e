/**
 * The messages between a terminal and headquarters, each a COSE_Sign1 whose content type says which one
 * it is and whose external data binds it to tenant and terminal; schema.cddl has their payloads.
 *
 * A hello says what its sender holds of the terminal's journal, newest epoch first; `session` is 8
 * random bytes that the terminal draws for a connection and headquarters repeats. An ack is
 * cumulative and means: these bytes are durable and their chain is valid. Headquarters' own journal
 * comes down in batches of the writer HQ; a held says how much of it the terminal holds for good, and
 * from headquarters where it ends. Files that it names travel in blobs. An offer says how batches may be
 * wrapped. Nothing else travels.
 */
import type { Epoch, TerminalId } from "../core/ids.ts";
import { isTerminalId } from "../core/ids.ts";
import { SKU_TEXT_LENGTH_MAX } from "../core/limits.ts";
import type { Parent } from "../core/facts.ts";
import { decodeBatch, encodeBatch } from "./batch.ts";
import type { Batch, BatchFaultCode } from "./batch.ts";
import { decodeCbor } from "./cbor-decode.ts";
import { encodeCbor } from "./cbor-encode.ts";
import type { CborFaultCode, CborValue } from "./cbor-value.ts";
import { readCose, signCose, verifyCose } from "./cose.ts";
import type { CoseFaultCode } from "./cose.ts";
import type { Signer, Verifier } from "./ed25519.ts";
import { bytesOfEpoch, epochOfBytes } from "./field.ts";
import { HASH_BYTES } from "./hash.ts";
import {
  BATCH_BYTES_MAX,
  BLOB_BYTES_MAX,
  BLOB_CHUNK_BYTES_MAX,
  HELLO_HOLDS_COUNT_MAX,
  MESSAGE_BYTES_MAX,
  NOTICE_ITEMS_COUNT_MAX,
  OFFER_WRAPPINGS_COUNT_MAX,
  WRAPPING_NUMBER_MAX,
} from "./limits.ts";

/** A position in a terminal's journal: the last record held of an epoch and the chain's hash behind it. */
export type Position = Parent;

/** What its sender holds of a terminal's journal; opens a session. */
export interface Hello {
  readonly kind: "hello";
  readonly tenant: string;
  readonly store: string;
  readonly terminal: TerminalId;
  readonly session: Uint8Array;
  /** Headquarters' store, null from a terminal. It changes when the store was restored from a backup. */
  readonly incarnation: Uint8Array | null;
  /** Newest epoch first. */
  readonly holds: readonly Position[];
}
/** Records on their way to headquarters. */
export interface BatchMessage {
  readonly kind: "batch";
  readonly batch: Batch;
}
/** Headquarters holds everything up to `position`, durably and with a valid chain. */
export interface Ack {
  readonly kind: "ack";
  readonly session: Uint8Array;
  readonly incarnation: Uint8Array;
  readonly terminal: TerminalId;
  readonly position: Position;
}
/**
 * Why headquarters did not take a batch. "gap": what comes before it is missing, send from what the
 * next hello holds. "fork": another hash is held at this position; both histories are kept for a
 * person to look at. "busy": try later.
 */
export type RefusalReason = "gap" | "fork" | "busy";
/** A batch that was not taken, named by its first record. */
export interface BatchRefusal {
  readonly kind: "refusal";
  readonly session: Uint8Array;
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly fromSeq: number;
  readonly reason: RefusalReason;
}
/** An item that runs low at headquarters, in thousandths. A level below 0 was sold without being there. */
export interface LowItem {
  readonly sku: string;
  readonly levelMilli: number;
  readonly targetMilli: number;
}
/** What headquarters wants shown on the terminal. The newest stands; nothing of it is recorded. */
export interface Notice {
  readonly kind: "notice";
  readonly session: Uint8Array;
  /** By sku, at most NOTICE_ITEMS_COUNT_MAX. */
  readonly low: readonly LowItem[];
}
/**
 * From a terminal: it holds headquarters' journal durably up to here, and takes what follows. From
 * headquarters: its journal ends here. Null where there is nothing.
 */
export interface Held {
  readonly kind: "held";
  readonly session: Uint8Array;
  readonly position: Position | null;
}
/** A terminal asks for a file from this byte on. */
export interface BlobWant {
  readonly kind: "blob_want";
  readonly session: Uint8Array;
  /** Names the file, 32 bytes. */
  readonly sha256: Uint8Array;
  readonly offset: number;
}
/** A piece of a file; empty where headquarters has nothing from there on. */
export interface BlobPiece {
  readonly kind: "blob";
  readonly session: Uint8Array;
  readonly sha256: Uint8Array;
  readonly offset: number;
  /** At most BLOB_CHUNK_BYTES_MAX. */
  readonly bytes: Uint8Array;
}
/** From headquarters, before its hello: the wrappings (wrap.ts) in which it takes batches in this session. */
export interface Offer {
  readonly kind: "offer";
  readonly session: Uint8Array;
  /** At most OFFER_WRAPPINGS_COUNT_MAX; the terminal passes over numbers that it does not know. */
  readonly wrappings: readonly number[];
}
/** Everything that travels on a link. */
export type Message =
  | Hello
  | BatchMessage
  | Ack
  | BatchRefusal
  | Notice
  | Held
  | BlobWant
  | BlobPiece
  | Offer;

/** Bytes of a session and of an incarnation. */
export const NONCE_BYTES = 8;

const CONTENT_TYPE = {
  hello: "tillwright/hello+cbor",
  batch: "tillwright/batch+cbor",
  ack: "tillwright/ack+cbor",
  refusal: "tillwright/refusal+cbor",
  notice: "tillwright/notice+cbor",
  held: "tillwright/held+cbor",
  blob_want: "tillwright/blob-want+cbor",
  blob: "tillwright/blob+cbor",
  offer: "tillwright/offer+cbor",
} as const satisfies Record<Message["kind"], string>;

const REASONS: readonly RefusalReason[] = ["gap", "fork", "busy"];

/** Why bytes are not a message of this link. */
export type MessageFaultCode =
  | CoseFaultCode
  | CborFaultCode
  | BatchFaultCode
  /** Longer than its kind may be. */
  | "message/too_long"
  /** A content type that names none of them. */
  | "message/kind_unknown"
  /** Not of its kind's shape. */
  | "message/shape"
  /** The signature is not by the key that belongs to this link, or not for this tenant and terminal. */
  | "message/signature";

/** A message, or the first reason against it. */
export type MessageResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: MessageFaultCode; readonly offset: number };

/** Whose link a message is on; both names are under the signature. */
export interface Link {
  readonly tenant: string;
  readonly terminal: TerminalId;
}

function externalAad(link: Link): Uint8Array {
  return encodeCbor(["tillwright/1", link.tenant, link.terminal]);
}

/** The signed bytes of a message. `kid` names the key for people and logs; the link decides which key counts. */
export function sealMessage(message: Message, link: Link, signer: Signer, kid: Uint8Array): Uint8Array {
  return signCose({
    signer,
    kid,
    contentType: CONTENT_TYPE[message.kind],
    externalAad: externalAad(link),
    payload: payloadOf(message),
  });
}

function payloadOf(message: Message): Uint8Array {
  switch (message.kind) {
    case "hello":
      return encodeCbor([
        message.tenant,
        message.store,
        message.terminal,
        message.session,
        message.incarnation,
        message.holds.map(({ epoch, seq, hash }) => [bytesOfEpoch(epoch), seq, hash]),
      ]);
    case "batch":
      return encodeBatch(message.batch);
    case "ack": {
      const { epoch, seq, hash } = message.position;
      return encodeCbor([
        message.session,
        message.incarnation,
        message.terminal,
        bytesOfEpoch(epoch),
        seq,
        hash,
      ]);
    }
    case "refusal":
      return encodeCbor([
        message.session,
        message.terminal,
        bytesOfEpoch(message.epoch),
        message.fromSeq,
        REASONS.indexOf(message.reason),
      ]);
    case "notice":
      return encodeCbor([
        message.session,
        message.low.map(({ sku, levelMilli, targetMilli }) => [sku, levelMilli, targetMilli]),
      ]);
    case "held": {
      const { session, position } = message;
      const its = position === null ? null : [bytesOfEpoch(position.epoch), position.seq, position.hash];
      return encodeCbor([session, its]);
    }
    case "blob_want":
      return encodeCbor([message.session, message.sha256, message.offset]);
    case "blob":
      return encodeCbor([message.session, message.sha256, message.offset, message.bytes]);
    case "offer":
      return encodeCbor([message.session, message.wrappings]);
  }
}

/** The message in `bytes` if this key signed it for this link: size, then signature, then meaning. */
export function openMessage(bytes: Uint8Array, link: Link, verifier: Verifier): MessageResult<Message> {
  if (bytes.length > BATCH_BYTES_MAX) return { ok: false, code: "message/too_long", offset: 0 };
  const cose = readCose(bytes);
  if (!cose.ok) return { ok: false, code: cose.code, offset: cose.offset };
  if (!verifyCose(cose.value, verifier, externalAad(link))) {
    return { ok: false, code: "message/signature", offset: 0 };
  }
  const { contentType, payload } = cose.value;
  if (contentType === CONTENT_TYPE.batch) {
    const batch = decodeBatch(payload);
    if (!batch.ok) return batch;
    return { ok: true, value: { kind: "batch", batch: batch.value } };
  }
  const isBlob = contentType === CONTENT_TYPE.blob;
  if (!isBlob && payload.length > MESSAGE_BYTES_MAX)
    return { ok: false, code: "message/too_long", offset: 0 };
  const decoded = decodeCbor(payload);
  if (!decoded.ok) return { ok: false, code: decoded.code, offset: decoded.offset };
  const read = readerOf(contentType);
  if (read === null) return { ok: false, code: "message/kind_unknown", offset: 0 };
  const message = Array.isArray(decoded.value) ? read(decoded.value) : null;
  return message === null ? { ok: false, code: "message/shape", offset: 0 } : { ok: true, value: message };
}

function readerOf(contentType: string): ((values: readonly CborValue[]) => Message | null) | null {
  switch (contentType) {
    case CONTENT_TYPE.hello:
      return readHello;
    case CONTENT_TYPE.ack:
      return readAck;
    case CONTENT_TYPE.refusal:
      return readRefusal;
    case CONTENT_TYPE.notice:
      return readNotice;
    case CONTENT_TYPE.held:
      return readHeld;
    case CONTENT_TYPE.blob_want:
      return readBlobWant;
    case CONTENT_TYPE.blob:
      return readBlob;
    case CONTENT_TYPE.offer:
      return readOffer;
    default:
      return null;
  }
}

function readHello(values: readonly CborValue[]): Hello | null {
  const [tenant, store, terminal, session, incarnation, holds] = values;
  if (values.length !== 6 || typeof tenant !== "string" || typeof store !== "string") return null;
  if (!isTerminal(terminal) || !isNonce(session)) return null;
  if (incarnation !== null && !isNonce(incarnation)) return null;
  if (!Array.isArray(holds) || holds.length > HELLO_HOLDS_COUNT_MAX) return null;
  const items: readonly CborValue[] = holds;
  const positions: Position[] = [];
  for (const item of items) {
    const position = Array.isArray(item) ? readPosition(item) : null;
    if (position === null) return null;
    positions.push(position);
  }
  return { kind: "hello", tenant, store, terminal, session, incarnation, holds: positions };
}

function readAck(values: readonly CborValue[]): Ack | null {
  const [session, incarnation, terminal, ...position] = values;
  if (!isNonce(session) || !isNonce(incarnation) || !isTerminal(terminal)) return null;
  const read = readPosition(position);
  return read === null ? null : { kind: "ack", session, incarnation, terminal, position: read };
}

function readRefusal(values: readonly CborValue[]): BatchRefusal | null {
  const [session, terminal, epochBytes, fromSeq, reasonIndex] = values;
  if (values.length !== 5 || !isNonce(session) || !isTerminal(terminal) || !isSeq(fromSeq)) return null;
  const epoch = epochBytes instanceof Uint8Array ? epochOfBytes(epochBytes) : null;
  const reason = typeof reasonIndex === "number" ? REASONS[reasonIndex] : undefined;
  if (epoch === null || reason === undefined) return null;
  return { kind: "refusal", session, terminal, epoch, fromSeq, reason };
}

function readNotice(values: readonly CborValue[]): Notice | null {
  const [session, items] = values;
  if (values.length !== 2 || !isNonce(session)) return null;
  if (!Array.isArray(items) || items.length > NOTICE_ITEMS_COUNT_MAX) return null;
  const rows: readonly CborValue[] = items;
  const low: LowItem[] = [];
  for (const row of rows) {
    const item = Array.isArray(row) ? readLowItem(row) : null;
    if (item === null) return null;
    low.push(item);
  }
  return { kind: "notice", session, low };
}

function readLowItem(values: readonly CborValue[]): LowItem | null {
  const [sku, levelMilli, targetMilli] = values;
  if (values.length !== 3 || typeof sku !== "string" || sku.length > SKU_TEXT_LENGTH_MAX) return null;
  if (typeof levelMilli !== "number" || typeof targetMilli !== "number" || targetMilli < 0) return null;
  return { sku, levelMilli, targetMilli };
}

function readHeld(values: readonly CborValue[]): Held | null {
  const [session, held] = values;
  if (values.length !== 2 || !isNonce(session)) return null;
  if (held === null) return { kind: "held", session, position: null };
  const position = Array.isArray(held) ? readPosition(held) : null;
  return position === null ? null : { kind: "held", session, position };
}

function readBlobWant(values: readonly CborValue[]): BlobWant | null {
  const [session, sha256, offset] = values;
  if (values.length !== 3 || !isNonce(session) || !isHash(sha256) || !isOffset(offset)) return null;
  return { kind: "blob_want", session, sha256, offset };
}

function readBlob(values: readonly CborValue[]): BlobPiece | null {
  const [session, sha256, offset, bytes] = values;
  if (values.length !== 4 || !isNonce(session) || !isHash(sha256) || !isOffset(offset)) return null;
  if (!(bytes instanceof Uint8Array) || bytes.length > BLOB_CHUNK_BYTES_MAX) return null;
  return { kind: "blob", session, sha256, offset, bytes };
}

function readOffer(values: readonly CborValue[]): Offer | null {
  const [session, wrappings] = values;
  if (values.length !== 2 || !isNonce(session)) return null;
  if (!Array.isArray(wrappings) || wrappings.length > OFFER_WRAPPINGS_COUNT_MAX) return null;
  const numbers: readonly CborValue[] = wrappings;
  return numbers.every(isWrapping) ? { kind: "offer", session, wrappings: numbers } : null;
}

function isWrapping(value: CborValue): value is number {
  return typeof value === "number" && value >= 1 && value <= WRAPPING_NUMBER_MAX;
}

function isHash(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === HASH_BYTES;
}

function isOffset(value: CborValue | undefined): value is number {
  return typeof value === "number" && value >= 0 && value <= BLOB_BYTES_MAX;
}

function readPosition(values: readonly CborValue[]): Position | null {
  const [epochBytes, seq, hash] = values;
  if (values.length !== 3 || !isSeq(seq)) return null;
  if (!isHash(hash)) return null;
  const epoch = epochBytes instanceof Uint8Array ? epochOfBytes(epochBytes) : null;
  return epoch === null ? null : { epoch, seq, hash };
}

function isTerminal(value: CborValue | undefined): value is TerminalId {
  return typeof value === "string" && isTerminalId(value);
}

function isNonce(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === NONCE_BYTES;
}

function isSeq(value: CborValue | undefined): value is number {
  return typeof value === "number" && value >= 1;
}
