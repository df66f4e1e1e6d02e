/** Secrets planted in every field that takes them, of every event there is: none comes out, and what a fold lives of stays. */
import { expect, test } from "vitest";
import { Bug } from "../../../core/bug.ts";
import { HQ_WRITER } from "../../../core/hq/events.ts";
import { clerkId, epochId } from "../../../core/ids.ts";
import { wallMs } from "../../../core/time.ts";
import type { Event, Recorded } from "../../../core/types.ts";
import { decodeRecord, encodeRecord } from "../../../protocol/record.ts";
import { Redactor } from "../../../tools/support/redact.ts";
import { EVENT_SAMPLES, SAMPLE_ORIGIN } from "../../support/event-goldens.ts";

const KEY = new Uint8Array(32).fill(9);
/** Free text, a code, digits: whichever a field takes. */
const PLANTS = ["Zoë Quimby 13800138000", "Quimby_77", "48151623"];
const FIXED = /^(?:terminal|epoch|type)$|(?:^|\.)(?:terminal|epoch|type)$/;

function leavesOf(value: unknown, path = ""): readonly string[] {
  if (typeof value === "string" || value instanceof Uint8Array) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, its]) => leavesOf(its, path === "" ? key : `${path}.${key}`));
}

/** The record with `plant` at this leaf, or null where its field does not take it. */
function planted(recorded: Recorded, path: string, plant: string): Recorded | null {
  const copy: Recorded = structuredClone(recorded);
  const steps = path.split(".");
  let at: unknown = copy;
  for (const step of steps.slice(0, -1)) at = Reflect.get(Object(at), step);
  const last = steps.at(-1) ?? "";
  const old: unknown = Reflect.get(Object(at), last);
  const bytes = Uint8Array.from({ length: old instanceof Uint8Array ? old.length : 0 }, () => 0xa5);
  Reflect.set(Object(at), last, old instanceof Uint8Array ? bytes : plant);
  try {
    encodeRecord(copy);
    return copy;
  } catch (error) {
    if (error instanceof Bug) return null;
    throw error;
  }
}

function shows(bytes: Uint8Array, plant: string): boolean {
  const all = Buffer.from(bytes);
  return [Buffer.from(plant), Buffer.from(plant, "utf16le")].some((form) => all.includes(form));
}

test("a secret planted in any text of any event is not in the redacted record, in whatever field it fits", () => {
  const redactor = new Redactor(KEY);
  let plantedCount = 0;
  for (const { name, recorded } of EVENT_SAMPLES) {
    for (const path of leavesOf({ cause: recorded.cause, event: recorded.event })) {
      if (FIXED.test(path)) continue;
      for (const plant of PLANTS) {
        const spoilt = planted(recorded, path, plant);
        if (spoilt === null) continue;
        plantedCount += 1;
        const bytes = redactor.record(spoilt);
        expect(shows(bytes, plant), `${name}: ${path}`).toBe(false);
        expect(decodeRecord(bytes, SAMPLE_ORIGIN).ok, `${name}: ${path}`).toBe(true);
      }
    }
  }
  expect(plantedCount).toBeGreaterThan(300);
});

test("salt and hash of a PIN are zeros, also inside what headquarters said", () => {
  const pin = { salt: new Uint8Array(16).fill(0xa5), hash: new Uint8Array(32).fill(0xa5) };
  const staff: Event = {
    type: "staff_set",
    clerk: clerkId("Quimby"),
    name: "Zoë Quimby",
    rights: ["sell"],
    pin,
  };
  const epoch = epochId("0000000000000001");
  const inner = encodeRecord({
    terminal: HQ_WRITER,
    epoch,
    seq: 1,
    lamport: 1,
    at: wallMs(5),
    cause: null,
    event: staff,
  });
  const taken: Recorded = {
    ...SAMPLE_ORIGIN,
    seq: 9,
    lamport: 9,
    at: wallMs(6),
    cause: null,
    event: {
      type: "hq_records_taken",
      epoch,
      fromSeq: 1,
      hash: new Uint8Array(32).fill(7),
      records: [inner, Uint8Array.of(0xff)],
    },
  };
  const bytes = new Redactor(KEY).record(taken);
  expect(Buffer.from(bytes).includes(Buffer.alloc(4, 0xa5))).toBe(false);
  expect(shows(bytes, "Quimby")).toBe(false);
  const read = decodeRecord(bytes, SAMPLE_ORIGIN);
  if (!read.ok || read.value.event.type !== "hq_records_taken") return expect.fail("It must be read");
  const [first, second] = read.value.event.records;
  expect(decodeRecord(first ?? bytes, { terminal: HQ_WRITER, epoch })).toMatchObject({
    ok: true,
    value: { at: 5, event: { type: "staff_set", rights: ["sell"], pin: { salt: new Uint8Array(16) } } },
  });
  expect(decodeRecord(second ?? bytes, { terminal: HQ_WRITER, epoch })).toMatchObject({
    code: "event/unknown",
  });
});

test("equal texts stay equal, others differ, and another bundle has other words", () => {
  const [one, other] = [new Redactor(KEY), new Redactor(new Uint8Array(32))];
  expect(one.word("ann")).toBe(one.word("ann"));
  expect(one.word("ann")).not.toBe(one.word("bob"));
  expect(one.word("ann")).not.toBe(other.word("ann"));
  expect([one.word(""), one.word("ann").length]).toEqual(["", 9]);
});

test("amounts, times, places, references and the trade's own words stay in every event", () => {
  const redactor = new Redactor(KEY);
  const plain = (value: unknown): unknown => {
    if (typeof value === "string" || value instanceof Uint8Array) return null;
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, its]) => [key, plain(its)]));
  };
  for (const { name, recorded } of EVENT_SAMPLES) {
    const read = decodeRecord(redactor.record(recorded), SAMPLE_ORIGIN);
    if (!read.ok) return expect.fail(name);
    expect(plain(read.value), name).toEqual(plain(recorded));
    expect(read.value.event.type).toBe(recorded.event.type);
    if ("order" in recorded.event) expect(read.value.event).toMatchObject({ order: recorded.event.order });
  }
});
