/** Records: golden bytes both ways, every damage, what is unknown and what is wrong, and cutting blocks. */
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import { terminalId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import type { CborValue } from "../../protocol/cbor-value.ts";
import { EVENT_ROWS, rowToWrite } from "../../protocol/event-table.ts";
import { RECORD_BYTES_MAX } from "../../protocol/limits.ts";
import { decodeRecord, decodeRecords, encodeRecord, splitRecords } from "../../protocol/record.ts";
import type { RecordFaultCode } from "../../protocol/record.ts";
import { bitFlips, truncations } from "../support/damage.ts";
import { EVENT_SAMPLES, eventGoldens, SAMPLE_ORIGIN } from "../support/event-goldens.ts";
import { goldenEntries, toHex } from "../support/hex.ts";
import { randomDay } from "../support/random-day.ts";

const goldenText = readFileSync(new URL("../golden/events.txt", import.meta.url), "utf8");
const goldens = goldenEntries(goldenText);

test("the golden file is what the samples are written as", () => {
  expect(eventGoldens()).toBe(goldenText);
});

test.each(goldens)("%s is read from its golden bytes and written to them", (name, bytes) => {
  const sample = EVENT_SAMPLES.find((its) => its.name === name);
  expect(decodeRecord(bytes, SAMPLE_ORIGIN)).toEqual({ ok: true, value: sample?.recorded });
  expect(sample && toHex(encodeRecord(sample.recorded))).toBe(toHex(bytes));
});

test.each(goldens)("%s cut anywhere is refused", (_, bytes) => {
  for (const cut of truncations(bytes)) {
    const decoded = decodeRecord(cut, SAMPLE_ORIGIN);
    expect(decoded.ok ? "read" : decoded.code).toMatch(/^(cbor\/|record\/shape)/);
  }
});

test.each(goldens)("%s with a flipped bit is refused or is another record's own bytes", (_, bytes) => {
  for (const flipped of bitFlips(bytes)) {
    const decoded = decodeRecord(flipped, SAMPLE_ORIGIN);
    if (decoded.ok) expect(toHex(encodeRecord(decoded.value))).toBe(toHex(flipped));
    else expect(decoded.code).toMatch(/^(cbor|record|event)\/[a-z_0-9]+$/);
  }
});

test("another writer's epoch and terminal are written out, its own are not", () => {
  const [, bytes] = goldens.find(([name]) => name === "check_thawed") ?? [];
  if (bytes === undefined) throw new Error("There is no golden");
  const elsewhere = decodeRecord(bytes, { ...SAMPLE_ORIGIN, terminal: terminalId("B") });
  const own = decodeRecord(bytes, SAMPLE_ORIGIN);
  expect(own.ok && own.value.event).toMatchObject({ order: "till-1/00112233445566ff/8" });
  expect(elsewhere.ok && elsewhere.value.event).toMatchObject({ order: "B/00112233445566ff/8" });
  const moved = own.ok ? encodeRecord({ ...own.value, terminal: terminalId("B") }) : bytes;
  expect(moved.length).toBe(bytes.length + 2 * (1 + 7 + 9));
});

const thawed: CborValue = [21, 1, 8, 18];
const rows: readonly (readonly [what: string, value: CborValue, code: RecordFaultCode | "read"])[] = [
  ["a record", [1, 0, 0, null, thawed], "read"],
  ["a record with a cause", [1, 0, 0, [0, 0, ""], thawed], "read"],
  ["the last instant of the year 9999", [1, 0, 253_402_300_799_999, null, thawed], "read"],
  ["no array", 1, "record/shape"],
  ["four items", [1, 0, 0, null], "record/shape"],
  ["six items", [1, 0, 0, null, thawed, 0], "record/shape"],
  ["seq 0", [0, 0, 0, null, thawed], "record/shape"],
  ["a seq beyond the safe integers", [2n ** 53n, 0, 0, null, thawed], "record/shape"],
  ["a negative Lamport time", [1, -1, 0, null, thawed], "record/shape"],
  ["a time before 1970", [1, 0, -1, null, thawed], "record/shape"],
  ["a time after the year 9999", [1, 0, 253_402_300_800_000, null, thawed], "record/shape"],
  ["a cause of two items", [1, 0, 0, [0, 0], thawed], "record/shape"],
  ["a cause with a clerk that is none", [1, 0, 0, [0, 0, "a b"], thawed], "record/shape"],
  ["a cause that is a number", [1, 0, 0, 7, thawed], "record/shape"],
  ["an event that is no array", [1, 0, 0, null, null], "record/shape"],
  ["an event without a version", [1, 0, 0, null, [21]], "record/shape"],
  ["an event whose type is text", [1, 0, 0, null, ["21", 1, 8, 18]], "record/shape"],
  ["an unknown type", [1, 0, 0, null, [999, 1, 8, 18]], "event/unknown"],
  ["an unknown version", [1, 0, 0, null, [21, 2, 8, 18]], "event/unknown"],
  ["a version 0", [1, 0, 0, null, [21, 0, 8, 18]], "event/unknown"],
  ["a field too few", [1, 0, 0, null, [21, 1, 8]], "event/fields"],
  ["a field too many", [1, 0, 0, null, [21, 1, 8, 18, 0]], "event/fields"],
  ["a field of another kind", [1, 0, 0, null, [21, 1, 8, "18"]], "event/fields"],
  [
    "a reference longer than it has to be",
    [1, 0, 0, null, [21, 1, 8, ["till-1", new Uint8Array(8), 18]]],
    "event/fields",
  ],
];

test.each(rows)("%s: %o gives %s", (_, value, code) => {
  const decoded = decodeRecord(encodeCbor(value), SAMPLE_ORIGIN);
  expect(decoded.ok ? "read" : decoded.code).toBe(code);
});

test("a record beyond its bound is refused with record/too_long before it is read", () => {
  expect(decodeRecord(new Uint8Array(RECORD_BYTES_MAX + 1), SAMPLE_ORIGIN)).toEqual({
    ok: false,
    code: "record/too_long",
    offset: 0,
  });
  expect(decodeRecord(new Uint8Array(RECORD_BYTES_MAX), SAMPLE_ORIGIN)).toMatchObject({
    code: "cbor/trailing_bytes",
  });
});

const [sample] = EVENT_SAMPLES;
const note = EVENT_SAMPLES.find(({ recorded }) => recorded.event.type === "note_set");

test.each([
  ["text beyond its bound", { ...note?.recorded.event, text: "x".repeat(201) }],
  ["a quantity of nothing", { ...eventOf("units_added"), quantityMilli: 0 }],
  ["an amount that is not whole", { ...eventOf("check_frozen"), dueMinor: minor(5) + 0.5 }],
  ["a lone surrogate", { ...note?.recorded.event, text: "\ud800" }],
  ["a hash of another length", { ...eventOf("check_closed"), viewHash: new Uint8Array(31) }],
  ["more tenders than are read", { ...eventOf("check_closed"), tenders: manyTenders() }],
])("an event with %s is a Bug and is never written", (_, event) => {
  if (sample === undefined) throw new Error("There is no sample");
  expect(() => encodeRecord({ ...sample.recorded, event: event as Event })).toThrow(Bug);
});

test.each([
  ["a seq of 0", { seq: 0 }],
  ["a Lamport time below 0", { lamport: -1 }],
  ["a time that no record carries", { at: 253_402_300_800_000 }],
  ["a tap below 0", { cause: { view: 1, n: -1, clerk: "" } }],
])("a record with %s is a Bug and is never written", (_, part) => {
  if (sample === undefined) throw new Error("There is no sample");
  expect(() => encodeRecord({ ...sample.recorded, ...part } as Recorded)).toThrow(Bug);
});

test("a record that outgrows its bound is a Bug", () => {
  const records = [new Uint8Array(RECORD_BYTES_MAX)];
  const event: Event = { type: "records_carried", ...SAMPLE_ORIGIN, records };
  if (sample === undefined) throw new Error("There is no sample");
  expect(() => encodeRecord({ ...sample.recorded, event })).toThrow(Bug);
});

function eventOf(type: Event["type"]): Event | undefined {
  return EVENT_SAMPLES.find(({ recorded }) => recorded.event.type === type)?.recorded.event;
}

function manyTenders(): readonly unknown[] {
  const closing = eventOf("check_closed");
  const tender = closing?.type === "check_closed" ? closing.tenders[0] : undefined;
  return Array.from({ length: 65 }, () => tender);
}

test("every record of a shop's days at random is read as it was and written to the same bytes", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      for (const recorded of randomDay(seed)) {
        const bytes = encodeRecord(recorded);
        const read = decodeRecord(bytes, recorded);
        expect(read).toEqual({ ok: true, value: recorded });
        if (read.ok) expect(toHex(encodeRecord(read.value))).toBe(toHex(bytes));
      }
    }),
    { numRuns: 100 },
  );
});

/** Days of these seeds are always the same, so that none of them misses a row by chance. */
const DAYS_WALKED_MAX = 500;

test("days at random write every row that decide can say", () => {
  // What decide never says by itself: the runtime's own records, and headquarters'.
  const others = new Set([
    "checkpoint_opened",
    "day_carried",
    "readers_carried",
    "records_carried",
    "continuity_lost",
    "training_started",
    "hq_records_taken",
    "hq_carried",
    "catalogue_published",
    "price_set",
    "staff_set",
    "staff_removed",
    "config_set",
    "pricing_published",
  ]);
  const expected = EVENT_ROWS.filter((row) => !others.has(row.type)).map(
    (row) => `${row.type} ${row.version}`,
  );
  const seen = new Set<string>();
  for (let seed = 1; seed <= DAYS_WALKED_MAX && seen.size < expected.length; seed += 1)
    for (const recorded of randomDay(seed)) {
      const row = `${recorded.event.type} ${rowToWrite(recorded.event)?.version}`;
      if (expected.includes(row)) seen.add(row);
    }
  expect([...seen].sort()).toEqual(expected.sort());
});

const laterForms = EVENT_SAMPLES.flatMap(({ name, recorded: { event } }) =>
  EVENT_ROWS.filter((row) => row.type === event.type && row.version > (rowToWrite(event)?.version ?? 0)).map(
    (row) => [name, row.version, row.write(event, SAMPLE_ORIGIN)] as const,
  ),
);

// One event has one encoding: what an older version can say is said in that one.
test.each(laterForms)("%s in version %i is refused with event/fields", (_, __, event) => {
  const decoded = decodeRecord(encodeCbor([1, 0, 0, null, event]), SAMPLE_ORIGIN);
  expect(decoded).toEqual({ ok: false, code: "event/fields", offset: 0 });
});

test("every event with several versions is among those that are written in a later one", () => {
  const types = EVENT_ROWS.filter((row) => row.version > 1).map((row) => row.number);
  expect(new Set(laterForms.map(([, , event]) => Array.isArray(event) && event[0]))).toEqual(new Set(types));
});

test("the records of a block are cut where they were joined", () => {
  const records = EVENT_SAMPLES.map(({ recorded }) => encodeRecord(recorded));
  fc.assert(
    fc.property(fc.subarray([...records], { minLength: 1 }), (each) => {
      const joined = new Uint8Array(Buffer.concat(each));
      const cut = splitRecords(joined, each.length);
      expect(cut.ok && cut.value.map(toHex)).toEqual(each.map(toHex));
      const origin = SAMPLE_ORIGIN;
      expect(decodeRecords(joined, each.length, origin)).toEqual({
        ok: true,
        value: each.map((bytes) => decodeRecord(bytes, origin)),
      });
      expect(splitRecords(joined, each.length + 1)).toMatchObject({ ok: false, code: "record/shape" });
      expect(splitRecords(joined, each.length - 1)).toMatchObject({ ok: false, code: "cbor/too_many_items" });
      expect(splitRecords(joined.subarray(0, -1), each.length)).toMatchObject({ ok: false });
    }),
    { numRuns: 20 },
  );
});

test("more records than one block may hold are cut too, for a batch joins blocks", () => {
  const bytes = new Uint8Array(2000).fill(0x80);
  const cut = splitRecords(bytes, 2000);
  expect(cut.ok && cut.value.length).toBe(2000);
});
