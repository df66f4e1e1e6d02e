/** What headquarters said, as a list for people: one entry a publication, and the version at a place of it. */
import { expect, test } from "vitest";
import { HQ_WRITER } from "../../../../core/hq/events.ts";
import { SOLD_OUT_COUNT_MAX } from "../../../../core/limits.ts";
import { minor } from "../../../../core/money.ts";
import { wallMs } from "../../../../core/time.ts";
import type { Event, Recorded } from "../../../../core/types.ts";
import { addSaid, noteAvailability, SAID_COUNT_MAX, versionAt } from "../../../../tools/hq/journal/said.ts";
import type { AvailabilitySaid, Said } from "../../../../tools/hq/journal/said.ts";
import { epochOf } from "../../../support/hq-history.ts";

const record = (seq: number, event: Event, atMs = seq * 1000): Recorded => ({
  terminal: HQ_WRITER,
  epoch: epochOf("a"),
  seq,
  lamport: seq,
  at: wallMs(atMs),
  cause: null,
  event,
});
const price = (sku: string, version: number): Event => ({
  type: "price_set",
  sku,
  unitPriceMinor: minor(100),
  startsAt: wallMs(9000),
  version,
});
const listOf = (records: readonly Recorded[]): readonly Said[] =>
  records.reduce(addSaid, [] as readonly Said[]);

test("prices of one publication are one entry, and those of the next are another", () => {
  const said = listOf([
    record(1, price("tea", 1), 5),
    record(2, price("bun", 1), 5),
    record(3, price("tea", 2), 6),
  ]);
  expect(said).toEqual([
    {
      type: "price_set",
      fromSeq: 1,
      seq: 2,
      atMs: 5,
      version: 1,
      startsAtMs: 9000,
      subjects: ["tea", "bun"],
      count: 2,
    },
    {
      type: "price_set",
      fromSeq: 3,
      seq: 3,
      atMs: 6,
      version: 2,
      startsAtMs: 9000,
      subjects: ["tea"],
      count: 1,
    },
  ]);
});

test("a start of the journal says nothing to people", () => {
  const started = record(1, {
    type: "epoch_started",
    parent: null,
    opening: "new",
    detail: "",
    series: "",
    runtimeVersion: "0.2.0",
  });
  expect(addSaid([], started)).toEqual([]);
});

test("the version at a place is the newest before it, and words without a version leave it", () => {
  const said = listOf([
    record(1, price("tea", 1)),
    record(2, { type: "config_set", needsShift: true, cashRounding: null, dayStartMinutes: null }),
    record(3, price("tea", 2)),
  ]);
  expect([0, 1, 2, 3, 9].map((seq) => versionAt(said, seq))).toEqual([0, 1, 1, 2, 2]);
});

test("only the newest entries are kept, and what was before them is not guessed", () => {
  const records = Array.from({ length: SAID_COUNT_MAX + 5 }, (_none, index) =>
    record(index + 1, price("tea", index + 1)),
  );
  const said = listOf(records);
  expect(said.length).toBe(SAID_COUNT_MAX);
  expect(versionAt(said, 3)).toBe(null);
  expect(versionAt(said, SAID_COUNT_MAX)).toBe(SAID_COUNT_MAX);
});

test("the newest word about an item stands, and no more items are kept than a terminal keeps", () => {
  const said = new Map<string, AvailabilitySaid>();
  for (let seq = 1; seq <= SOLD_OUT_COUNT_MAX + 1; seq += 1)
    noteAvailability(said, record(seq, { type: "item_availability_set", sku: `i${seq}`, isSoldOut: true }));
  noteAvailability(said, record(9e6, { type: "item_availability_set", sku: "i2", isSoldOut: false }, 7));
  expect(said.size).toBe(SOLD_OUT_COUNT_MAX);
  expect(said.has("i1")).toBe(false);
  expect(said.get("i2")).toEqual({ isSoldOut: false, atMs: 7 });
});
