/**
 * One record of every event and of its edge values (those of a shop's day in event-samples-day.ts), and
 * the text of tests/golden/events.txt: a name and the record's bytes. What stands there once was in a
 * journal and is read for ever.
 */
import type { EventId } from "../../core/ids.ts";
import { clerkId, epochId, eventId, terminalId } from "../../core/ids.ts";
import { milli, minor, ppm, ZERO } from "../../core/money.ts";
import { wallMs } from "../../core/time.ts";
import type { Cause } from "../../core/facts.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { encodeRecord } from "../../protocol/record.ts";
import { CARD_EVENTS } from "./event-samples-card.ts";
import { DAY_EVENTS } from "./event-samples-day.ts";
import { HQ_EVENTS } from "./event-samples-hq.ts";
import { PRICING_EVENTS } from "./event-samples-pricing.ts";
import { toHex } from "./hex.ts";

/** A record with what it shows. */
export interface EventSample {
  readonly name: string;
  readonly recorded: Recorded;
}

const terminal = terminalId("till-1");
const epoch = epochId("00112233445566ff");
const olderEpoch = epochId("ffffffffffffffff");
const anna = clerkId("anna");
const hash = Uint8Array.from({ length: 32 }, (_, index) => index * 8);
const MAX = Number.MAX_SAFE_INTEGER;

/** Who wrote the samples. */
export const SAMPLE_ORIGIN = { terminal, epoch };

function own(seq: number): EventId {
  return eventId({ terminal, epoch, seq });
}

const earlier = eventId({ terminal, epoch: olderEpoch, seq: 5 });
const elsewhere = eventId({
  terminal: terminalId("Kassa_2"),
  epoch: epochId("0000000000000001"),
  seq: 70_000,
});

const events: readonly (readonly [name: string, event: Event, cause?: Cause])[] = [
  [
    "epoch_started: the first of a terminal",
    { type: "epoch_started", parent: null, opening: "new", detail: "", series: "1", runtimeVersion: "0.1.0" },
  ],
  [
    "epoch_started: after a torn tail",
    {
      type: "epoch_started",
      parent: { epoch: olderEpoch, seq: 41, hash },
      opening: "torn",
      detail: "the last block ends after 12 of 512 bytes",
      series: "2",
      runtimeVersion: "0.1.0",
    },
  ],
  [
    "checkpoint_opened: with all its lists",
    {
      type: "checkpoint_opened",
      series: "2",
      nextReceiptNumber: 128,
      lamport: 4_294_967_296,
      clerks: [
        { clerk: anna, name: "安娜", rights: ["sell", "open_price", "void", "blind_return", "reprint"] },
        { clerk: clerkId("b"), name: "", rights: [] },
      ],
      views: [
        { view: 7, n: 300 },
        { view: 0, n: 0 },
      ],
      carriedCount: 1,
    },
  ],
  [
    "checkpoint_opened: of nothing",
    {
      type: "checkpoint_opened",
      series: "",
      nextReceiptNumber: 1,
      lamport: 0,
      clerks: [],
      views: [],
      carriedCount: 0,
    },
  ],
  [
    "records_carried",
    {
      type: "records_carried",
      terminal,
      epoch: olderEpoch,
      records: [Uint8Array.of(0x80), Uint8Array.of(0x81, 0x01)],
    },
  ],
  [
    "clerk_signed_on",
    { type: "clerk_signed_on", clerk: anna, name: "Anna", rights: ["sell", "void"] },
    { view: 3, n: 1, clerk: "" },
  ],
  ["continuity_lost", { type: "continuity_lost", series: "3", detail: "another history went on from here" }],
  [
    "order_opened: a sale",
    { type: "order_opened", kind: "sale", currency: "SEK", label: "", reason: "" },
    { view: 3, n: 2, clerk: anna },
  ],
  [
    "order_opened: a return",
    { type: "order_opened", kind: "return", currency: "CNY", label: "桌 4", reason: "商品损坏" },
    { view: MAX, n: MAX, clerk: clerkId("x".repeat(16)) },
  ],
  [
    "line_added: from the catalogue, of the order in the record before",
    {
      type: "line_added",
      order: own(8),
      sku: "7310070770000",
      name: "Kaffe, mörkrost 450 g",
      quantityMilli: milli(1000),
      unitPriceMinor: minor(6995),
      taxPpm: ppm(120_000),
      priceSource: "list",
      reason: "",
      checksSeenCount: 0,
      returnOf: null,
      priceVersion: 0,
      pricing: null,
    },
  ],
  [
    "line_added: by hand, of an order of another terminal",
    {
      type: "line_added",
      order: elsewhere,
      sku: "",
      name: "",
      quantityMilli: milli(1),
      unitPriceMinor: minor(0),
      taxPpm: ppm(0),
      priceSource: "open",
      reason: "no label",
      checksSeenCount: 2,
      returnOf: null,
      priceVersion: 0,
      pricing: null,
    },
  ],
  [
    "line_added: the largest numbers",
    {
      type: "line_added",
      order: earlier,
      sku: "gold",
      name: "Gold",
      quantityMilli: milli(MAX),
      unitPriceMinor: minor(MAX),
      taxPpm: ppm(MAX),
      priceSource: "list",
      reason: "",
      checksSeenCount: MAX,
      returnOf: null,
      priceVersion: 0,
      pricing: null,
    },
  ],
  [
    "units_added",
    { type: "units_added", order: own(8), line: own(9), quantityMilli: milli(755), checksSeenCount: 1 },
  ],
  [
    "units_removed",
    { type: "units_removed", order: own(8), line: elsewhere, quantityMilli: milli(2000), reason: "mistake" },
  ],
  ["note_set: of a line", { type: "note_set", order: own(8), line: own(9), text: "no sugar 🫖" }],
  ["note_set: of the order, taken away", { type: "note_set", order: earlier, line: null, text: "" }],
  [
    "order_voided",
    { type: "order_voided", order: own(8), frontier: [{ terminal, epoch, seq: 9 }], reason: "guest left" },
  ],
  [
    "check_frozen: three writers",
    {
      type: "check_frozen",
      pricing: null,
      order: own(8),
      frontier: [
        { terminal: terminalId("Kassa_2"), epoch: epochId("0000000000000001"), seq: 70_000 },
        { terminal, epoch, seq: 24 },
        { terminal, epoch: olderEpoch, seq: 5 },
      ],
      dueMinor: minor(6995),
    },
  ],
  [
    "check_frozen: to pay out, the lowest amount",
    { type: "check_frozen", order: own(8), frontier: [], dueMinor: minor(-MAX), pricing: null },
  ],
  ["check_thawed", { type: "check_thawed", order: own(8), check: own(18) }],
  [
    "tender_captured: with change",
    {
      type: "tender_captured",
      order: own(8),
      check: own(18),
      method: "cash",
      amountMinor: minor(6995),
      handedMinor: minor(10_000),
      changeMinor: minor(3005),
      shift: null,
      request: null,
    },
  ],
  [
    "tender_captured: paid out",
    {
      type: "tender_captured",
      order: earlier,
      check: own(18),
      method: "cash",
      amountMinor: minor(-256),
      handedMinor: minor(-256),
      changeMinor: minor(0),
      shift: null,
      request: null,
    },
  ],
  [
    "check_closed: two rates, two tenders",
    {
      type: "check_closed",
      order: own(8),
      check: own(18),
      clerk: anna,
      totalMinor: minor(6995),
      taxes: [
        { ratePpm: ppm(120_000), netMinor: minor(6245), taxMinor: minor(749) },
        { ratePpm: ppm(250_000), netMinor: minor(1), taxMinor: minor(0) },
      ],
      tenders: [
        { tender: own(21), method: "cash", amountMinor: minor(5000) },
        { tender: own(24), method: "cash", amountMinor: minor(1995) },
      ],
      receipt: { series: "2", number: 127 },
      viewHash: hash,
      roundingMinor: ZERO,
      shift: null,
    },
  ],
  [
    "check_closed: of nothing",
    {
      type: "check_closed",
      order: own(8),
      check: own(18),
      clerk: anna,
      totalMinor: minor(0),
      taxes: [],
      tenders: [],
      receipt: { series: "", number: 1 },
      viewHash: new Uint8Array(32),
      roundingMinor: ZERO,
      shift: null,
    },
  ],
  ["receipt_copied", { type: "receipt_copied", order: own(8), closing: own(23), copyNumber: 1 }],
  [
    "print_finished: failed",
    {
      type: "print_finished",
      order: own(8),
      job: own(23),
      outcome: "failed",
      code: "printer/paper_out",
      mark: "none",
    },
  ],
  [
    "print_finished: printed",
    { type: "print_finished", order: own(8), job: elsewhere, outcome: "printed", code: "", mark: "none" },
  ],
];

/** Every event with a record around it. */
export const EVENT_SAMPLES: readonly EventSample[] = [
  ...events,
  ...DAY_EVENTS,
  ...HQ_EVENTS,
  ...PRICING_EVENTS,
  ...CARD_EVENTS,
].map(([name, event, cause], index) => ({
  name,
  recorded: {
    terminal,
    epoch,
    seq: index + 1,
    lamport: index === 0 ? 0 : 1000 + index,
    at: wallMs(1_291_191_960_000 + index * 1000),
    cause: cause ?? null,
    event,
  },
}));

/** The text of tests/golden/events.txt. */
export function eventGoldens(): string {
  return EVENT_SAMPLES.map(({ name, recorded }) => `# ${name}\n${toHex(encodeRecord(recorded))}\n`).join("");
}
