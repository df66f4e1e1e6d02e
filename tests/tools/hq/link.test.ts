/** One terminal's link without MQTT: what each message is answered with (L1 to L4 of link.ts). */
import { expect, test } from "vitest";
import { assert } from "../../../core/bug.ts";
import { encodeCbor } from "../../../protocol/cbor-encode.ts";
import { signCose } from "../../../protocol/cose.ts";
import { openMessage, sealMessage } from "../../../protocol/message.ts";
import type { LowItem, Message } from "../../../protocol/message.ts";
import { createVerifier } from "../../../protocol/sign.ts";
import { WRAPPINGS, wrap } from "../../../protocol/wrap.ts";
import type { Squeezer } from "../../../protocol/wrap.ts";
import { zstd } from "../../../runtime/adapters/zstd.ts";
import { Committer } from "../../../tools/hq/committer.ts";
import { keyName } from "../../../tools/hq/keys.ts";
import { TerminalLink } from "../../../tools/hq/link.ts";
import { createMemoryStore } from "../../../tools/hq/store/memory.ts";
import type { Store } from "../../../tools/hq/store/store.ts";
import { epochOf, linkOf, signerOf, STORE, TENANT, TestHistory } from "../../support/hq-history.ts";

const INCARNATION = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const SESSION = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1);
const hqSigner = signerOf("headquarters");
const kid = keyName(hqSigner.publicKey);

function verifierOf(name: string) {
  const result = createVerifier(signerOf(name).publicKey);
  assert(result.ok, "link: A test's key must be one");
  return result.value;
}

const NOTHING_LOW: readonly LowItem[] = [];

/** A link of terminal t1 over a store, with what it sent and raised. */
function linked(
  store: Store = createMemoryStore(INCARNATION),
  queueCountMax?: number,
  low: () => readonly LowItem[] = () => NOTHING_LOW,
  squeezer?: Squeezer,
) {
  const sent: Message[] = [];
  const alarms: string[] = [];
  const stored: string[] = [];
  const link = new TerminalLink(
    {
      store,
      committer: new Committer(store, queueCountMax),
      signer: hqSigner,
      kid,
      nowMs: () => 0,
      alarm: (code, terminal, detail) => alarms.push(`${code} ${terminal} ${detail}`),
      low,
      onStored: (batch) => stored.push(batch.epoch),
      feed: null,
      ...(squeezer === undefined ? {} : { squeezer }),
    },
    linkOf("t1"),
    verifierOf("t1"),
    (bytes) => {
      const opened = openMessage(bytes, linkOf("t1"), verifierOf("headquarters"));
      assert(opened.ok, "link: Headquarters must sign what it sends");
      sent.push(opened.value);
      return Promise.resolve();
    },
  );
  return { link, sent, alarms, stored, store };
}

function hello(changes: Partial<Extract<Message, { kind: "hello" }>> = {}): Uint8Array {
  const { terminal } = linkOf("t1");
  return sealMessage(
    {
      kind: "hello",
      tenant: TENANT,
      store: STORE,
      terminal,
      session: SESSION,
      incarnation: null,
      holds: [],
      ...changes,
    },
    linkOf("t1"),
    signerOf("t1"),
    kid,
  );
}

function history(fillerCount: number): TestHistory {
  const a = new TestHistory("t1", epochOf("a"));
  for (let count = 0; count < fillerCount; count += 1) a.filler();
  return a;
}

test("a hello is answered with the session, the incarnation and what is held, newest epoch first", async () => {
  const { link, sent, store } = linked();
  const a = history(1);
  const b = new TestHistory("t1", epochOf("b"), a.tip);
  await store.commit([a.arrival(), b.arrival()]);
  expect(await link.take(hello())).toBe("ok");
  expect(sent).toEqual([
    {
      kind: "hello",
      ...linkOf("t1"),
      store: STORE,
      session: SESSION,
      incarnation: INCARNATION,
      holds: [b.tip, a.tip],
    },
  ]);
});

test("a batch is acknowledged after its commit, with the tip of its epoch, and so is its resend", async () => {
  const { link, sent, stored } = linked();
  const a = history(3);
  await link.take(hello());
  await link.take(a.arrival(1, 2).body);
  await link.take(a.arrival().body);
  await link.take(a.arrival(1, 2).body);
  const { terminal } = linkOf("t1");
  const ack = { kind: "ack", session: SESSION, incarnation: INCARNATION, terminal };
  expect(sent.slice(1)).toMatchObject([
    { ...ack, position: { seq: 2 } },
    { position: a.tip },
    { position: a.tip },
  ]);
  expect(stored).toEqual([a.epoch, a.epoch]);
});

test("a row of batches behind a gap is refused one by one and answered by one hello", async () => {
  const { link, sent } = linked();
  const a = history(9);
  await link.take(hello());
  for (const [from, to] of [
    [1, 2],
    [5, 6],
    [7, 8],
    [9, 10],
  ] as const)
    await link.take(a.arrival(from, to).body);
  expect(sent.slice(2)).toMatchObject([
    { kind: "refusal", session: SESSION, epoch: a.epoch, fromSeq: 5, reason: "gap" },
    { kind: "hello", session: SESSION, holds: [{ seq: 2 }] },
    { kind: "refusal", fromSeq: 7, reason: "gap" },
    { kind: "refusal", fromSeq: 9, reason: "gap" },
  ]);
  await link.take(a.arrival(3, 4).body);
  await link.take(a.arrival(7, 8).body);
  expect(sent.slice(6)).toMatchObject([
    { kind: "ack", position: { seq: 4 } },
    { kind: "refusal", fromSeq: 7, reason: "gap" },
    { kind: "hello", holds: [{ seq: 4 }] },
  ]);
});

test("a fork is refused with fork and not acknowledged", async () => {
  const { link, sent } = linked();
  const clone = new TestHistory("t1", epochOf("a"));
  clone.filler("another past");
  await link.take(hello());
  await link.take(history(1).arrival().body);
  await link.take(clone.arrival().body);
  expect(sent.at(-1)).toMatchObject({ kind: "refusal", fromSeq: 1, reason: "fork" });
});

test("a full queue is answered with busy", async () => {
  const { link, sent } = linked(createMemoryStore(INCARNATION), 0);
  await link.take(hello());
  expect(await link.take(history(0).arrival().body)).toBe("ok");
  expect(sent.at(-1)).toMatchObject({ kind: "refusal", fromSeq: 1, reason: "busy" });
});

test("a store that fails is the caller's to handle, and nothing is acknowledged", async () => {
  const broken: Store = Object.assign(Object.create(createMemoryStore(INCARNATION)), {
    commit: () => Promise.reject(new Error("down")),
    holds: () => Promise.resolve([]),
  });
  const { link, sent } = linked(broken);
  await link.take(hello());
  await expect(link.take(history(0).arrival().body)).rejects.toThrow("down");
  expect(sent).toHaveLength(1);
});

test("a batch before any hello closes the connection", async () => {
  const { link, sent, alarms } = linked();
  expect(await link.take(history(0).arrival().body)).toBe("close");
  expect([sent, alarms]).toEqual([[], ["link/no_hello t1 "]]);
});

test.each([
  ["another key", sealedBy("t2", "t1"), "link/signature t1 message/signature"],
  [
    "another terminal's name under the signature",
    sealedBy("t1", "t2"),
    "link/signature t1 message/signature",
  ],
  ["bytes that are no message", Uint8Array.of(1, 2, 3), "link/signature t1 cbor/trailing_bytes"],
  ["an empty message", new Uint8Array(0), "link/signature t1 cbor/truncated"],
  ["a message over its bound", new Uint8Array(65_537), "link/signature t1 message/too_long"],
])("%s closes the connection and is counted, not stored", async (_what, bytes, alarm) => {
  const { link, sent, alarms, store } = linked();
  await link.take(hello());
  expect(await link.take(bytes)).toBe("close");
  expect(alarms).toEqual([alarm]);
  expect(sent).toHaveLength(1);
  expect(await store.holds(linkOf("t1"), 64)).toEqual([]);
});

function sealedBy(key: string, name: string): Uint8Array {
  const { batch } = history(0).arrival();
  return sealMessage({ kind: "batch", batch }, linkOf(name), signerOf(key), kid);
}

test.each([
  ["of a kind that only a newer build knows", signed("tillwright/later+cbor", encodeCbor([1]))],
  ["of another shape", signed("tillwright/hello+cbor", encodeCbor([1]))],
  ["that is a batch of another terminal", sealMessageOf("t2", TENANT, STORE)],
  ["that is a batch of another tenant", sealMessageOf("t1", "other", STORE)],
  ["whose store is no name", sealMessageOf("t1", TENANT, "a/\0")],
])("a well-signed message %s is dropped with link/unreadable and the link goes on", async (_what, bytes) => {
  const { link, sent, alarms } = linked();
  await link.take(hello());
  expect(await link.take(bytes)).toBe("ok");
  expect(alarms.map((alarm) => alarm.split(" ")[0])).toEqual(["link/unreadable"]);
  await link.take(history(0).arrival().body);
  expect(sent.at(-1)).toMatchObject({ kind: "ack", position: { seq: 1 } });
});

function signed(contentType: string, payload: Uint8Array): Uint8Array {
  const externalAad = encodeCbor(["tillwright/1", TENANT, "t1"]);
  return signCose({ signer: signerOf("t1"), kid, contentType, externalAad, payload });
}

function sealMessageOf(name: string, tenant: string, store: string): Uint8Array {
  const { batch } = new TestHistory(name, epochOf("a"), null, tenant).arrival();
  return sealMessage({ kind: "batch", batch: { ...batch, store } }, linkOf("t1"), signerOf("t1"), kid);
}

test("a batch whose chain is broken is dropped with link/unreadable", async () => {
  const { link, alarms, store } = linked();
  await link.take(hello());
  const { batch } = history(2).arrival();
  const blocks = batch.blocks.map((block) => ({ ...block, hash: new Uint8Array(32) }));
  const broken = { kind: "batch", batch: { ...batch, blocks } } as const;
  await link.take(sealMessage(broken, linkOf("t1"), signerOf("t1"), kid));
  expect(alarms).toEqual(["link/unreadable t1 batch/chain"]);
  expect(await store.holds(linkOf("t1"), 64)).toEqual([]);
});

test("what runs low is said after a hello and with the next ack after it changed, and not again", async () => {
  const bun: LowItem = { sku: "bun", levelMilli: 1000, targetMilli: 9000 };
  let low: readonly LowItem[] = [bun];
  const { link, sent } = linked(undefined, undefined, () => low);
  const kinds = () => sent.splice(0).map((message) => message.kind);
  await link.take(hello());
  expect(sent.at(-1)).toMatchObject({ kind: "notice", low: [bun] });
  expect(kinds()).toEqual(["hello", "notice"]);
  const history = new TestHistory("t1", epochOf("a"));
  history.sale();
  await link.take(history.arrival(1, 1).body);
  expect(kinds()).toEqual(["ack"]);
  low = [];
  await link.take(history.arrival().body);
  expect(kinds()).toEqual(["ack", "notice"]);
  await link.take(hello());
  expect(kinds()).toEqual(["hello"]);
});

test("what can be opened is offered before the hello, and a wrapped batch is stored as it was signed (L7)", async () => {
  const { link, sent, store, alarms } = linked(undefined, undefined, undefined, zstd);
  const a = history(3);
  await link.take(hello());
  expect(sent.map(({ kind }) => kind)).toEqual(["offer", "hello"]);
  expect(sent[0]).toEqual({ kind: "offer", session: SESSION, wrappings: WRAPPINGS });
  const { body } = a.arrival();
  const wrapped = wrap(body, WRAPPINGS, zstd);
  expect(wrapped.length).toBeLessThan(body.length);
  expect(await link.take(wrapped)).toBe("ok");
  expect(sent.at(-1)).toMatchObject({ kind: "ack", position: a.tip });
  // The same batch as an older terminal sends it.
  expect(await link.take(body)).toBe("ok");
  expect(await store.holds(linkOf("t1"), 9)).toEqual([a.tip]);
  expect(alarms).toEqual([]);
});

test("a frame that is broken, or holds more than a message may, closes the connection", async () => {
  const { link, alarms } = linked(undefined, undefined, undefined, zstd);
  await link.take(hello());
  const wrapped = wrap(history(3).arrival().body, WRAPPINGS, zstd);
  expect(await link.take(wrapped.subarray(0, -1))).toBe("close");
  expect(await link.take(wrap(new Uint8Array(5_000_000), WRAPPINGS, zstd))).toBe("close");
  expect(alarms).toEqual(["link/signature t1 wrap/frame", "link/signature t1 wrap/frame"]);
});
