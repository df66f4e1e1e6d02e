/**
 * What every store does with headquarters' own journal and the files it names: written where it ends or
 * not at all, held beside the terminals', files in pieces. Part of the suite of hq-store.ts.
 */
import { expect, test } from "vitest";
import { HQ_WRITER } from "../../core/hq/events.ts";
import { BLOB_CHUNK_BYTES_MAX } from "../../protocol/limits.ts";
import { createAuthoring } from "../../tools/hq/authoring.ts";
import type { Authoring } from "../../tools/hq/authoring.ts";
import { HqJournal } from "../../tools/hq/journal/journal.ts";
import { keyName } from "../../tools/hq/keys.ts";
import { createProjection } from "../../tools/hq/project.ts";
import { projectAll } from "../../tools/hq/projector.ts";
import type { Store } from "../../tools/hq/store/store.ts";
import { linkOf, signerOf } from "../support/hq-history.ts";
import type { TestHistory } from "../support/hq-history.ts";

type SetUp = () => {
  readonly tenant: string;
  readonly store: Store;
  readonly history: (terminal: string, letter: string, parent?: TestHistory["tip"]) => TestHistory;
};

const signer = signerOf("headquarters");
const NOW_MS = 1_795_431_600_000;
const NAME = "ab".repeat(32);

function journalOf(store: Store, tenant: string): HqJournal {
  return new HqJournal({ tenant, store, signer, kid: keyName(signer.publicKey), nowMs: () => NOW_MS });
}

/** Registers the tests. */
export function testAuthor(title: (text: string) => string, setUp: SetUp): void {
  test(title("a journal is written on where it ends, and not where it ended before"), async () => {
    const { store, history } = setUp();
    const a = history("HQ", "a");
    expect(await store.append([a.arrival()], { ...a.tip, seq: 9 })).toBe("moved");
    expect(await store.append([a.arrival()], null)).toBe("stored");
    const { tip } = a;
    a.filler("one");
    const next = a.arrival(1);
    expect(await store.append([next], null)).toBe("moved");
    expect(await store.append([next], tip)).toBe("stored");
    expect(await store.append([next], tip)).toBe("moved");
    expect(await store.holds(linkOf("HQ", a.tenant), 5)).toEqual([a.tip]);
    expect(await store.alarms(a.tenant)).toEqual([]);
  });

  test(title("two processes that write at once both write, one behind the other"), async () => {
    const { store, tenant } = setUp();
    const [one, other] = [journalOf(store, tenant), journalOf(store, tenant)];
    const doorOf = (journal: HqJournal): Authoring =>
      createAuthoring({ tenant, store, journal, nowMs: () => NOW_MS });
    const [door, otherDoor] = [doorOf(one), doorOf(other)];
    const said = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? door : otherDoor).setPrices([{ sku: `s${index}`, unitPriceMinor: index }], null),
      ),
    );
    const versions = said.map((its) => (its.ok ? its.version : 0));
    expect([...versions].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await one.refresh();
    await other.refresh();
    expect([one.tip?.seq, other.tip]).toEqual([9, one.tip]);
    expect([...one.view.prices.keys()].sort()).toEqual([...other.view.prices.keys()].sort());
    expect((await store.epochs({ tenant, terminal: HQ_WRITER })).length).toBe(1);
  });

  test(
    title("a large publication is one transaction of several batches, and projects to nothing"),
    async () => {
      const { store, tenant } = setUp();
      const journal = journalOf(store, tenant);
      const authoring = createAuthoring({ tenant, store, journal, nowMs: () => NOW_MS });
      const prices = Array.from({ length: 900 }, (_, index) => ({
        sku: `${"茶".repeat(50)}${index}`,
        unitPriceMinor: index,
      }));
      expect(await authoring.setPrices(prices, null)).toMatchObject({ ok: true, version: 1 });
      const again = journalOf(store, tenant);
      await again.refresh();
      expect([again.tip, again.view.priceCount]).toEqual([journal.tip, 900]);
      await projectAll(store, tenant, createProjection());
      expect(await store.lagCount(tenant)).toBe(0);
      expect((await store.figures(tenant)).heldRecordCount).toBe(0);
    },
  );

  test(title("a file is held once and given in pieces"), async () => {
    const { store, tenant } = setUp();
    const bytes = Uint8Array.from({ length: BLOB_CHUNK_BYTES_MAX + 5 }, (_, index) => index % 251);
    await store.putBlob(tenant, NAME, bytes);
    await store.putBlob(tenant, NAME, bytes);
    const piece = (offset: number): Promise<Uint8Array> => store.blobPiece(tenant, NAME, offset);
    expect(Buffer.from(await piece(0)).equals(bytes.subarray(0, BLOB_CHUNK_BYTES_MAX))).toBe(true);
    expect([...(await piece(BLOB_CHUNK_BYTES_MAX))]).toEqual([...bytes.slice(BLOB_CHUNK_BYTES_MAX)]);
    expect([...(await piece(2 * BLOB_CHUNK_BYTES_MAX)), ...(await piece(7))]).toEqual([]);
    expect([...(await store.blobPiece(tenant, "cd".repeat(32), 0))]).toEqual([]);
    expect([await store.blobs(tenant), await store.blobs(`${tenant}x`)]).toEqual([[NAME], []]);
  });
}
