/**
 * Samples of headquarters' own journal, of what a terminal records of it, and of lines that are sold under
 * one of its versions.
 */
import type { Cause } from "../../core/facts.ts";
import { clerkId, epochId, eventId, terminalId } from "../../core/ids.ts";
import { milli, minor, ppm } from "../../core/money.ts";
import { wallMs } from "../../core/time.ts";
import type { Event } from "../../core/types.ts";

const epoch = epochId("00112233445566ff");
const hash = Uint8Array.from({ length: 32 }, (_, index) => index * 8);
const salt = new Uint8Array(16).fill(0x5a);
const anna = clerkId("anna");
const boss = clerkId("boss");
const MAX = Number.MAX_SAFE_INTEGER;
const NOON = wallMs(1_767_610_800_000);
/** The last millisecond of 9999. */
const LAST = wallMs(253_402_300_799_999);

/** In the order of their numbers. */
export const HQ_EVENTS: readonly (readonly [name: string, event: Event, cause?: Cause])[] = [
  [
    "line_added 3: at a price of headquarters",
    {
      type: "line_added",
      order: eventId({ terminal: terminalId("till-1"), epoch, seq: 8 }),
      sku: "2112345",
      name: "Ost",
      quantityMilli: milli(1000),
      unitPriceMinor: minor(3012),
      taxPpm: ppm(120_000),
      priceSource: "list",
      reason: "",
      checksSeenCount: 0,
      returnOf: null,
      priceVersion: 7,
      pricing: null,
    },
  ],
  [
    "hq_records_taken: a block of two",
    {
      type: "hq_records_taken",
      epoch,
      fromSeq: 70_000,
      hash,
      records: [Uint8Array.of(0x80), Uint8Array.of(0x81, 0x01)],
    },
  ],
  [
    "hq_carried: with all its lists",
    {
      type: "hq_carried",
      pricings: [],
      position: { epoch, seq: 70_001, hash },
      version: 9,
      catalogues: [{ version: 3, sha256: hash, byteCount: 33_554_432, startsAt: NOON }],
      prices: [
        { sku: "tea", unitPriceMinor: minor(260), startsAt: NOON, version: 8 },
        { sku: "tea", unitPriceMinor: minor(0), startsAt: LAST, version: MAX },
      ],
      staff: [
        {
          clerk: anna,
          grant: { clerk: anna, name: "Anna", rights: ["sell", "refund"] },
          pin: { salt, hash },
        },
        { clerk: boss, grant: null, pin: null },
      ],
      rules: {
        needsShift: false,
        cashRounding: { incrementMinor: minor(100), tie: "down" },
        dayStartMinutes: 1439,
      },
    },
  ],
  [
    "hq_carried: of a journal that only began",
    {
      type: "hq_carried",
      pricings: [],
      position: { epoch, seq: 1, hash },
      version: 0,
      catalogues: [],
      prices: [],
      staff: [],
      rules: { needsShift: null, cashRounding: null, dayStartMinutes: null },
    },
  ],
  [
    "catalogue_published",
    { type: "catalogue_published", version: 1, sha256: hash, byteCount: 10_485_760, startsAt: NOON },
  ],
  [
    "price_set",
    { type: "price_set", sku: "茶", unitPriceMinor: minor(100_000_000_000), startsAt: NOON, version: 2 },
  ],
  [
    "staff_set: with a PIN",
    { type: "staff_set", clerk: anna, name: "Anna", rights: ["sell", "training"], pin: { salt, hash } },
  ],
  ["staff_set: by name alone", { type: "staff_set", clerk: boss, name: "", rights: [], pin: null }],
  ["staff_removed", { type: "staff_removed", clerk: boss }],
  [
    "config_set: every rule",
    {
      type: "config_set",
      needsShift: true,
      cashRounding: { incrementMinor: minor(1), tie: "up" },
      dayStartMinutes: 0,
    },
  ],
  ["config_set: none", { type: "config_set", needsShift: null, cashRounding: null, dayStartMinutes: null }],
];
