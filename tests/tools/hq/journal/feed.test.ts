/** Headquarters' journal on its way to one terminal: F1 to F3 of feed.ts, without a network. */
import { expect, test } from "vitest";
import { terminalId } from "../../../../core/ids.ts";
import { BLOB_CHUNK_BYTES_MAX, WINDOW_BATCHES_COUNT_MAX } from "../../../../protocol/limits.ts";
import type { Message, Position } from "../../../../protocol/message.ts";
import { createAuthoring } from "../../../../tools/hq/authoring.ts";
import { Feed, TerminalFeed } from "../../../../tools/hq/journal/feed.ts";
import { HqJournal } from "../../../../tools/hq/journal/journal.ts";
import { keyName } from "../../../../tools/hq/keys.ts";
import { createMemoryStore } from "../../../../tools/hq/store/memory.ts";
import { must, quiet } from "../../../support/downlink-world.ts";
import { signerOf } from "../../../support/hq-history.ts";

const NOW_MS = 1_795_431_600_000;
const SESSION = new Uint8Array(8).fill(5);
const signer = signerOf("headquarters");

/** A feed with so many publications, each too large to share a batch with its neighbours. */
async function opened(count: number) {
  const store = createMemoryStore(new Uint8Array(8).fill(1));
  const nowMs = (): number => NOW_MS;
  const journal = new HqJournal({ tenant: "demo", store, signer, kid: keyName(signer.publicKey), nowMs });
  const authoring = createAuthoring({ tenant: "demo", store, journal, nowMs });
  for (let index = 0; index < count; index += 1) {
    const prices = Array.from({ length: 300 }, (_, item) => ({
      sku: `${"茶".repeat(40)}${item}`,
      unitPriceMinor: index,
    }));
    // Each ends the prices of the one before it.
    await must(authoring.setPrices(prices, null));
    await must(authoring.publishCatalogue(new TextEncoder().encode(EMPTY), null));
  }
  const sent: Message[] = [];
  const feed = new Feed("demo", journal, store, nowMs);
  const way = new TerminalFeed(
    feed,
    terminalId("t1"),
    (message) => {
      sent.push(message);
      return Promise.resolve();
    },
    (error) => {
      throw error;
    },
  );
  const ends = (): readonly Position[] =>
    sent.flatMap((message) => {
      const last = message.kind === "batch" ? message.batch.blocks.at(-1) : undefined;
      if (message.kind !== "batch" || last === undefined) return [];
      return [{ epoch: message.batch.epoch, seq: last.fromSeq + last.recordCount - 1, hash: last.hash }];
    });
  const held = (position: Position | null): Promise<void> =>
    way.take({ kind: "held", session: SESSION, position });
  return { journal, authoring, feed, way, sent, ends, held };
}

const EMPTY = '{"categories":[],"items":[]}';

test("at most a window of batches is beyond what the terminal holds, and the end is told at the end", async () => {
  const { held, ends, sent, journal } = await opened(12);
  await held(null);
  expect(ends()).toHaveLength(WINDOW_BATCHES_COUNT_MAX);
  let known = 0;
  for (let next = ends()[known]; next !== undefined; next = ends()[known]) {
    known += 1;
    await held(next);
    expect(ends().length).toBeLessThanOrEqual(known + WINDOW_BATCHES_COUNT_MAX);
  }
  expect(ends().at(-1)).toEqual(journal.tip);
  expect(new Set(ends().map(({ seq }) => seq)).size).toBe(ends().length);
  expect(sent.at(-1)).toEqual({ kind: "held", session: SESSION, position: journal.tip });
});

test("a terminal that says the same position again is sent what follows again", async () => {
  const { held, ends } = await opened(2);
  await held(null);
  const all = ends().length;
  const [first = null] = ends();
  await held(first);
  expect(ends()).toHaveLength(all);
  await held(first);
  expect(ends()).toHaveLength(2 * all - 1);
});

test("what is published later is pushed to who asked, and to nobody before", async () => {
  const { held, ends, sent, authoring, feed } = await opened(0);
  await must(authoring.setPrices([{ sku: "tea", unitPriceMinor: 1 }], null));
  await quiet(5);
  expect(sent).toEqual([]);
  await held(null);
  expect(ends().map(({ seq }) => seq)).toEqual([2]);
  await must(authoring.setPrices([{ sku: "tea", unitPriceMinor: 2 }], null));
  await quiet(5);
  expect(ends().map(({ seq }) => seq)).toEqual([2, 3]);
  expect(feed.holdings()).toEqual([{ terminal: "t1", position: null, atMs: NOW_MS, isFetching: false }]);
});

test("a piece that is not held, and one from the middle of a piece, come empty", async () => {
  const { way, sent, journal } = await opened(1);
  const [published] = journal.view.catalogues;
  if (published === undefined) throw new Error("There must be a catalogue");
  const { sha256 } = published;
  const want = { kind: "blob_want", session: SESSION, sha256, offset: 0 } as const;
  await way.piece(want);
  await way.piece({ ...want, offset: 7 });
  await way.piece({ ...want, sha256: new Uint8Array(32) });
  const lengths = sent.map((message) => (message.kind === "blob" ? message.bytes.length : -1));
  expect(lengths).toEqual([EMPTY.length, 0, 0]);
});

test("a terminal that lacks the end of a file is said to be fetching it, until it was given the last piece", async () => {
  const { way, held, feed, authoring, journal } = await opened(0);
  const items = Array.from({ length: 2000 }, (_, index) => ({
    ...{ sku: `item-${index}`, category: "all", nameEn: `Item ${index}`, nameZh: `Item ${index}` },
    ...{ priceMinor: 100, taxPpm: 0 },
  }));
  const file = { categories: [{ id: "all", nameEn: "All", nameZh: "All" }], items };
  await must(authoring.publishCatalogue(new TextEncoder().encode(JSON.stringify(file)), null));
  await held(journal.tip);
  const [published] = journal.view.catalogues;
  if (published === undefined) throw new Error("There must be a catalogue");
  const { sha256, byteCount } = published;
  expect(byteCount).toBeGreaterThan(2 * BLOB_CHUNK_BYTES_MAX);
  const isFetching = async (offset: number): Promise<boolean | undefined> => {
    await way.piece({ kind: "blob_want", session: SESSION, sha256, offset });
    return feed.holdings()[0]?.isFetching;
  };
  expect(await isFetching(0)).toBe(true);
  expect(await isFetching(BLOB_CHUNK_BYTES_MAX)).toBe(true);
  const last = Math.floor((byteCount - 1) / BLOB_CHUNK_BYTES_MAX) * BLOB_CHUNK_BYTES_MAX;
  expect(await isFetching(last)).toBe(false);
});
