/** The table of events against schema.cddl, its numbers, and every sample against both. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeCbor } from "../../protocol/cbor-decode.ts";
import type { CborValue } from "../../protocol/cbor-value.ts";
import { EVENT_NUMBER } from "../../protocol/event-number.ts";
import { EVENT_ROWS, rowToRead, rowToWrite } from "../../protocol/event-table.ts";
import { UNREAD } from "../../protocol/field.ts";
import { encodeRecord, eventRules } from "../../protocol/record.ts";
import { Cddl } from "../support/cddl.ts";
import { EVENT_SAMPLES, SAMPLE_ORIGIN } from "../support/event-goldens.ts";

const schemaText = readFileSync(new URL("../../protocol/schema.cddl", import.meta.url), "utf8");
const schema = new Cddl(schemaText);

test("the schema's event rules are those of the table, in its order", () => {
  const names = new Set(eventRules().map((rule) => rule.split(" ")[0]));
  const lines = schemaText.split("\n").filter((line) => names.has(line.split(" ")[0]));
  expect(lines).toEqual(eventRules());
});

test("the schema's choice of events names every rule of the table", () => {
  const [, choice = ""] = /^event = ([^;]*?)\n\n/m.exec(schemaText) ?? [];
  expect(choice.split("/").map((name) => name.trim())).toEqual(
    eventRules().map((rule) => rule.split(" ")[0]),
  );
});

test("every rule that the schema names is there", () => {
  expect(schema.missing).toEqual([]);
});

test.each(EVENT_SAMPLES)("$name is a record by the schema", ({ recorded }) => {
  const decoded = decodeCbor(encodeRecord(recorded));
  expect(decoded.ok && schema.matches("record", decoded.value)).toBe(true);
});

test("there is a sample of every event", () => {
  const sampled = new Set(EVENT_SAMPLES.map(({ recorded }) => recorded.event.type));
  expect([...sampled].sort()).toEqual(Object.keys(EVENT_NUMBER).sort());
});

test("every version of every event is written by a sample", () => {
  const written = EVENT_SAMPLES.map(({ recorded }) => rowToWrite(recorded.event));
  expect(EVENT_ROWS.filter((row) => !written.includes(row))).toEqual([]);
});

test("numbers and versions name one row each, and versions rise in the table", () => {
  const keys = EVENT_ROWS.map((row) => `${row.number}.${row.version}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const row of EVENT_ROWS) {
    expect(rowToRead(row.number, row.version)).toBe(row);
    expect(row.number).toBe(EVENT_NUMBER[row.type]);
  }
  const typesTwice = EVENT_ROWS.filter((row) => row.version > 1).map((row) => row.type);
  for (const type of typesTwice) {
    const versions = EVENT_ROWS.filter((row) => row.type === type).map((row) => row.version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  }
  expect([rowToRead(99, 1), rowToRead(1, 2)]).toEqual([undefined, undefined]);
  // However they are looked up, no other pair of numbers is a row.
  const known = new Set(EVENT_ROWS.map((row) => `${row.number}.${row.version}`));
  for (let number = 0; number < 100; number += 1) {
    for (let version = 0; version < 300; version += 1)
      expect(rowToRead(number, version) !== undefined).toBe(known.has(`${number}.${version}`));
  }
});

// The wire for ever: a number that changes here would make old journals say something else.
test("the numbers of the events are those of the releases so far", () => {
  expect(EVENT_NUMBER).toEqual({
    epoch_started: 1,
    checkpoint_opened: 2,
    records_carried: 3,
    clerk_signed_on: 4,
    continuity_lost: 5,
    day_carried: 6,
    clerk_signed_off: 7,
    pin_tried: 8,
    pin_passed: 9,
    order_opened: 10,
    line_added: 11,
    units_added: 12,
    units_removed: 13,
    note_set: 14,
    order_voided: 15,
    order_parked: 16,
    order_recalled: 17,
    edit_undone: 18,
    check_frozen: 20,
    check_thawed: 21,
    tender_captured: 22,
    check_closed: 23,
    cash_rounded: 24,
    return_linked: 25,
    units_returned: 26,
    tender_requested: 27,
    tender_approved: 28,
    tender_declined: 29,
    receipt_copied: 30,
    print_finished: 31,
    slip_received: 32,
    tender_doubted: 33,
    tender_reversed: 34,
    tender_overridden: 35,
    tender_judged: 36,
    orphan_found: 37,
    orphan_settled: 38,
    tender_forwarded: 39,
    shift_opened: 40,
    shift_joined: 41,
    cash_moved: 42,
    drawer_opened: 43,
    drawer_counted: 44,
    shift_reported: 45,
    shift_closed: 46,
    report_copied: 47,
    report_finished: 48,
    clerk_unlocked: 50,
    override_granted: 51,
    item_availability_set: 52,
    training_started: 53,
    clock_flagged: 54,
    clock_trusted: 55,
    reader_day_closed: 56,
    readers_carried: 57,
    hq_records_taken: 60,
    hq_carried: 61,
    catalogue_published: 62,
    price_set: 63,
    staff_set: 64,
    staff_removed: 65,
    config_set: 66,
    pricing_published: 67,
    discount_given: 70,
    coupon_entered: 71,
    adjustment_withdrawn: 72,
    tip_set: 73,
    guests_set: 74,
    tier_set: 75,
    tax_treatment_set: 76,
    order_rounding_set: 77,
  });
});

test.each(EVENT_SAMPLES)(
  "$name with a field too few, one too many or one of another kind is not read",
  ({ recorded }) => {
    const row = rowToWrite(recorded.event);
    const values = row?.write(recorded.event, SAMPLE_ORIGIN);
    if (row === undefined || !Array.isArray(values)) throw new Error("There is no row");
    const items: readonly CborValue[] = values;
    expect(row.read(items, SAMPLE_ORIGIN)).toEqual(recorded.event);
    expect(row.read(items.slice(0, -1), SAMPLE_ORIGIN)).toBe(UNREAD);
    expect(row.read([...items, 0], SAMPLE_ORIGIN)).toBe(UNREAD);
    for (let index = 2; index < items.length; index += 1) {
      expect(row.read(items.with(index, true), SAMPLE_ORIGIN), `field ${index}`).toBe(UNREAD);
      expect(row.read(items.with(index, 2n ** 60n), SAMPLE_ORIGIN), `field ${index}`).toBe(UNREAD);
    }
  },
);

test("a row writes nothing of another event", () => {
  const [first] = EVENT_SAMPLES;
  if (first === undefined) throw new Error("There is no sample");
  expect(rowToRead(EVENT_NUMBER.check_thawed, 1)?.write(first.recorded.event, SAMPLE_ORIGIN)).toBeNull();
});
