/**
 * Samples of what card tenders record: each event with everything it can say, and the edges of its
 * fields' ranges.
 */
import { clerkId, epochId, eventId, terminalId } from "../../core/ids.ts";
import type { EventId } from "../../core/ids.ts";
import {
  CARD_REFERENCE_LENGTH_MAX,
  CARD_TEXT_LENGTH_MAX,
  CARD_WORD_LENGTH_MAX,
  READER_NAME_LENGTH_MAX,
  SLIP_LINE_LENGTH_MAX,
} from "../../core/limits.ts";
import { minor, ZERO } from "../../core/money.ts";
import type { CardResult } from "../../core/tender/events.ts";
import type { Event } from "../../core/types.ts";

const terminal = terminalId("till-1");
const epoch = epochId("00112233445566ff");

function own(seq: number): EventId {
  return eventId({ terminal, epoch, seq });
}

const result: CardResult = {
  reference: "0042:000117",
  authorisation: "A12345",
  serial: "68001234",
  brand: "girocard",
  lastFour: "1234",
  entry: "contactless",
  verification: "pin",
};

const bare: CardResult = {
  reference: "x".repeat(CARD_REFERENCE_LENGTH_MAX),
  authorisation: "",
  serial: "y".repeat(CARD_WORD_LENGTH_MAX),
  brand: "",
  lastFour: "",
  entry: "unknown",
  verification: "unknown",
};

const names = { order: own(8), tender: own(19) } as const;

/** Titles and events; the first of a type is its plain one. */
export const CARD_EVENTS: readonly (readonly [string, Event])[] = [
  [
    "tender_captured: by a card",
    {
      type: "tender_captured",
      order: own(8),
      check: own(18),
      method: "card",
      amountMinor: minor(1340),
      handedMinor: minor(1340),
      changeMinor: ZERO,
      shift: own(3),
      request: own(19),
    },
  ],
  [
    "tender_requested",
    {
      type: "tender_requested",
      order: own(8),
      check: own(18),
      kind: "pay",
      reader: "counter",
      serial: "68001234",
      amountMinor: minor(1340),
      watermark: "",
      original: null,
      originalReference: "",
      clerk: clerkId("anna"),
      shift: null,
    },
  ],
  [
    "tender_requested: to give back",
    {
      type: "tender_requested",
      order: own(8),
      check: own(18),
      kind: "reverse",
      reader: "r".repeat(READER_NAME_LENGTH_MAX),
      serial: "68001234",
      amountMinor: minor(-1340),
      watermark: "0042:000117",
      original: own(19),
      originalReference: "0042:000117",
      clerk: clerkId("boss"),
      shift: own(3),
    },
  ],
  ["tender_approved", { type: "tender_approved", ...names, result, isOffline: false, isRecovered: false }],
  [
    "tender_approved: with little said",
    { type: "tender_approved", ...names, result: bare, isOffline: true, isRecovered: true },
  ],
  [
    "tender_declined",
    { type: "tender_declined", ...names, code: "reader/declined", text: "Limit überschritten" },
  ],
  [
    "tender_declined: in many words",
    { type: "tender_declined", ...names, code: "tender/absent", text: "z".repeat(CARD_TEXT_LENGTH_MAX) },
  ],
  ["tender_doubted", { type: "tender_doubted", ...names, code: "reader/link_lost", isManual: false }],
  [
    "tender_doubted: for a person",
    { type: "tender_doubted", ...names, code: "tender/manual", isManual: true },
  ],
  ["tender_reversed", { type: "tender_reversed", ...names, code: "tender/reversed_by_reader" }],
  ["tender_overridden", { type: "tender_overridden", ...names, reason: "客人等候" }],
  ["tender_judged", { type: "tender_judged", ...names, as: "captured", reason: "acquirer asked" }],
  ["tender_judged: failed", { type: "tender_judged", ...names, as: "failed", reason: "x" }],
  ["orphan_found", { type: "orphan_found", ...names, amountMinor: minor(999), currency: "EUR", result }],
  [
    "orphan_settled",
    { type: "orphan_settled", ...names, orphan: own(22), how: "case_opened", reason: "told the acquirer" },
  ],
  [
    "orphan_settled: by the reader",
    { type: "orphan_settled", ...names, orphan: own(22), how: "taken_back", reason: "reader/refused_result" },
  ],
  [
    "slip_received",
    {
      type: "slip_received",
      ...names,
      copy: "customer",
      lines: [
        { text: "K-U-N-D-E-N-B-E-L-E-G", isBold: true, isCentred: true },
        { text: "", isBold: false, isCentred: false },
        { text: "w".repeat(SLIP_LINE_LENGTH_MAX), isBold: false, isCentred: false },
      ],
    },
  ],
  ["slip_received: of nothing", { type: "slip_received", ...names, copy: "admin", lines: [] }],
  ["tender_forwarded", { type: "tender_forwarded", ...names, as: "captured", code: "" }],
  [
    "tender_forwarded: refused",
    { type: "tender_forwarded", ...names, as: "declined", code: "reader/declined" },
  ],
  [
    "units_returned: to a card and in cash",
    {
      type: "units_returned",
      order: own(8),
      closing: own(20),
      by: own(30),
      lines: [],
      money: null,
      tenders: [
        { tender: own(19), amountMinor: minor(1340) },
        { tender: own(17), amountMinor: minor(1) },
      ],
    },
  ],
  [
    "reader_day_closed",
    {
      type: "reader_day_closed",
      reader: "counter",
      serial: "68001234",
      totals: [
        { brand: "girocard", count: 12, amountMinor: minor(45_600) },
        { brand: "Visa", count: 1, amountMinor: minor(-1340) },
      ],
      journal: [
        { brand: "girocard", count: 12, amountMinor: minor(45_600), backCount: 1 },
        { brand: "VISA", count: 1, amountMinor: minor(-1340), backCount: 0 },
      ],
      cases: [
        {
          kind: "reader_more",
          brand: "girocard",
          readerCount: 13,
          journalCount: 12,
          amountMinor: minor(150),
          isAtReader: true,
          order: null,
          tender: null,
        },
        {
          kind: "unknown",
          brand: "",
          readerCount: 0,
          journalCount: 0,
          amountMinor: minor(-1),
          isAtReader: false,
          order: own(8),
          tender: own(17),
        },
      ],
      journalCount: 13,
      journalMinor: minor(44_260),
    },
  ],
  [
    "readers_carried",
    {
      type: "readers_carried",
      readers: [
        { serial: "68001234", reference: "0042:000117", count: 13, amountMinor: minor(44_260), brands: [] },
      ],
    },
  ],
];
