/** Histories that are whole, and every way in which one is not. */
import { expect, test } from "vitest";
import type { Store } from "../../../../tools/hq/store/store.ts";
import { createVerifier } from "../../../../protocol/sign.ts";
import type { Verifier } from "../../../../protocol/ed25519.ts";
import type { Link } from "../../../../protocol/message.ts";
import { checkChains } from "../../../../tools/hq/doctor/chain.ts";
import { createMemoryStore } from "../../../../tools/hq/store/memory.ts";
import { epochOf, linkOf, signerOf, TENANT, TestHistory } from "../../../support/hq-history.ts";

const t1 = linkOf("t1").terminal;

function keyOf(name: string): (link: Link) => Promise<Verifier | null> {
  const key = createVerifier(signerOf(name).publicKey);
  return () => Promise.resolve(key.ok ? key.value : null);
}

async function held() {
  const store = createMemoryStore(new Uint8Array(8));
  const a = new TestHistory("t1", epochOf("a"));
  for (let count = 0; count < 30; count += 1) a.sale();
  const b = new TestHistory("t1", epochOf("b"), a.tip);
  b.sale();
  const cut = a.blocks[10]?.fromSeq ?? 2;
  await store.commit([a.arrival(1, cut - 1), a.arrival(cut), b.arrival()]);
  return { store, a, b, cut };
}

type Held = Pick<Store, "epochs" | "batchesAfter">;

test("a whole history over two epochs is whole, every record read", async () => {
  const { store, a, b } = await held();
  const recordCount = a.records.length + b.records.length;
  expect(await checkChains(store, TENANT, [t1], keyOf("t1"), true)).toEqual({
    recordCount,
    readCount: recordCount,
    retiredCount: 0,
    problems: [],
  });
});

test("a sample reads head and tail of a long epoch, and all when asked to", async () => {
  const store = createMemoryStore(new Uint8Array(8));
  const a = new TestHistory("t1", epochOf("a"));
  for (let count = 0; count < 4000; count += 1) a.filler();
  for (let from = 1; from <= a.tip.seq; from += 50)
    await store.commit([a.arrival(from, Math.min(a.tip.seq, from + 49))]);
  const sample = await checkChains(store, TENANT, [t1], keyOf("t1"), false);
  expect(sample.problems).toEqual([]);
  expect(sample.readCount).toBeGreaterThan(2000);
  const deep = await checkChains(store, TENANT, [t1], keyOf("t1"), true);
  expect(deep).toMatchObject({ recordCount: a.tip.seq, readCount: a.tip.seq, problems: [] });
});

test.each<[string, (store: Held, a: TestHistory, b: TestHistory) => Held, RegExp]>([
  [
    "a batch that is gone from the middle",
    (store) => without(store, (_seq, index) => index !== 1),
    /record \d+: (?:follows|the records up to here)/,
  ],
  [
    "a flipped byte",
    (store) => ({
      epochs: (link) => store.epochs(link),
      batchesAfter: async (writer, seq, countMax) =>
        (await store.batchesAfter(writer, seq, countMax)).map((body) => {
          const copy = body.slice();
          copy[200] = (copy[200] ?? 0) ^ 1;
          return copy;
        }),
    }),
    /a batch cannot be believed: message\/signature/,
  ],
  [
    "a tip with another hash",
    (store) => ({
      epochs: async (link) =>
        (await store.epochs(link)).map((its) => ({ ...its, tip: { ...its.tip, hash: new Uint8Array(32) } })),
      batchesAfter: (writer, seq, countMax) => store.batchesAfter(writer, seq, countMax),
    }),
    /its hash is not the one that was acknowledged/,
  ],
  [
    "an end that is missing",
    (store) => ({
      epochs: async (link) =>
        (await store.epochs(link)).map((its) => ({ ...its, tip: { ...its.tip, seq: its.tip.seq + 5 } })),
      batchesAfter: (writer, seq, countMax) => store.batchesAfter(writer, seq, countMax),
    }),
    /the records up to here are not held/,
  ],
])("%s is a problem with its place", async (_name, spoil, words) => {
  const { store, a, b } = await held();
  const { problems } = await checkChains(spoil(store, a, b), TENANT, [t1], keyOf("t1"), true);
  expect(problems.join("\n")).toMatch(words);
  expect(problems[0]).toMatch(/^t1 epoch [0-9a-f]{16} record/);
});

test("a key that is missing or another's proves nothing", async () => {
  const { store } = await held();
  const none = await checkChains(store, TENANT, [t1], () => Promise.resolve(null), true);
  expect(none.problems).toEqual(["t1: its key is not registered"]);
  const other = await checkChains(store, TENANT, [t1], keyOf("t2"), true);
  expect(other.problems[0]).toContain("message/signature");
});

test("batches that retention took from the head are counted, and the chain goes on behind them", async () => {
  const { store, cut, a, b } = await held();
  const retired = without(store, (_seq, index) => index !== 0, epochOf("a"));
  const checked = await checkChains(retired, TENANT, [t1], keyOf("t1"), true);
  expect(checked).toMatchObject({ retiredCount: cut - 1, problems: [] });
  expect(checked.readCount).toBe(a.records.length + b.records.length - cut + 1);
});

/** The store without some of the batches of an epoch, by their place in it. */
function without(store: Held, keeps: (seq: number, index: number) => boolean, only = epochOf("a")): Held {
  return {
    epochs: (link) => store.epochs(link),
    batchesAfter: async (writer, seq, countMax) => {
      const bodies = await store.batchesAfter(writer, seq, countMax);
      if (writer.epoch !== only) return bodies;
      const all = await store.batchesAfter(writer, 0, 1000);
      return bodies.filter((body) =>
        keeps(
          seq,
          all.findIndex((its) => Buffer.compare(its, body) === 0),
        ),
      );
    },
  };
}
