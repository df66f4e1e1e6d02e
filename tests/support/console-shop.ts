/**
 * A small shop's history for tests of the console: nine days of sales of two terminals, a return, a
 * shift with its Z, a second person's word, wrong PINs and a count of stock. The same every time.
 */
import { assert } from "../../core/bug.ts";
import { clerkId, drawerId, eventId } from "../../core/ids.ts";
import type { EventId } from "../../core/ids.ts";
import { isOrderEvent } from "../../core/evolve.ts";
import { milli, minor, ppm, ZERO } from "../../core/money.ts";
import { foldOrder } from "../../core/order/fold.ts";
import { frontierOf } from "../../core/order/sort.ts";
import type { RecordedOrderEvent } from "../../core/order/types.ts";
import { closingView } from "../../core/order/view.ts";
import { taxesOf } from "../../core/price/tax.ts";
import { emptyReport } from "../../core/shift/report.ts";
import { wallMs } from "../../core/time.ts";
import type { OrderKind } from "../../core/facts.ts";
import type { CardResult } from "../../core/tender/events.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { sha256 } from "../../protocol/hash.ts";
import { encodeRecord } from "../../protocol/record.ts";
import { createAuthoring } from "../../tools/hq/authoring.ts";
import type { Authoring } from "../../tools/hq/authoring.ts";
import type { ConsoleContext } from "../../tools/hq/console/context.ts";
import { dateOf } from "../../tools/hq/console/day.ts";
import { HqJournal } from "../../tools/hq/journal/journal.ts";
import { keyName } from "../../tools/hq/keys.ts";
import { createProjection } from "../../tools/hq/project.ts";
import { projectAll } from "../../tools/hq/projector.ts";
import { createMemoryStore } from "../../tools/hq/store/memory.ts";
import type { Store } from "../../tools/hq/store/store.ts";
import { epochOf, signerOf, TENANT, TestHistory } from "./hq-history.ts";

/** Thursday 2026-12-03, 15:20 in the shop, which is eight hours ahead of UTC. */
export const NOW_MS = Date.UTC(2026, 11, 3, 7, 20);
/** The shop's zone. */
export const ZONE_MINUTES = 480;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

interface Ware {
  readonly sku: string;
  readonly name: string;
  readonly priceMinor: number;
}

/** What the shop sells. The last one's name would be a formula in a spreadsheet. */
export const WARES: readonly [Ware, Ware, Ware, Ware] = [
  { sku: "tea", name: "Jasmine tea 茉莉花茶", priceMinor: 1800 },
  { sku: "latte", name: "Latte 拿铁", priceMinor: 2600 },
  { sku: "bun", name: "Red bean bun 豆沙包", priceMinor: 900 },
  { sku: "=cmd", name: "=1+2 special", priceMinor: 4250 },
];

class Till {
  readonly history: TestHistory;
  #receiptNumber = 1;

  constructor(name: string, letter: string) {
    this.history = new TestHistory(name, epochOf(letter));
  }

  id(offset = 0): EventId {
    const { terminal, epoch, tip } = this.history;
    return eventId({ terminal, epoch, seq: tip.seq + 1 + offset });
  }

  /** Appends these events as made at one instant by one clerk. */
  write(atMs: number, clerk: string, ...events: readonly Event[]): void {
    const records = this.#recorded(atMs, clerk, events).map((recorded) => encodeRecord(recorded));
    this.history.blockOf(records);
  }

  #recorded(atMs: number, clerk: string, events: readonly Event[]): readonly Recorded[] {
    const { terminal, epoch, tip } = this.history;
    return events.map((event, index) => {
      const seq = tip.seq + 1 + index;
      const cause =
        index === 0 ? { view: 1, n: seq, clerk: clerk === "" ? ("" as const) : clerkId(clerk) } : null;
      return { terminal, epoch, seq, lamport: seq, at: wallMs(atMs + index * 700), cause, event };
    });
  }

  /** A sale of one ware whose card is asked for; the names of its tender. */
  askCard(
    atMs: number,
    clerk: string,
    { sku, name, priceMinor }: Ware,
  ): { readonly order: EventId; readonly tender: EventId } {
    const [order, check, tender] = [this.id(), this.id(2), this.id(3)];
    const amountMinor = minor(priceMinor);
    const opening: readonly Event[] = [
      { type: "order_opened", kind: "sale", currency: "CNY", label: "", reason: "" },
      {
        ...{ type: "line_added", order, sku, name, quantityMilli: milli(1000), unitPriceMinor: amountMinor },
        ...{ taxPpm: ppm(60_000), priceSource: "list", reason: "", checksSeenCount: 0, returnOf: null },
        ...{ priceVersion: 0, pricing: null },
      },
    ];
    const frontier = frontierOf(this.#recorded(atMs, clerk, opening).filter(isOfOrder));
    this.write(
      atMs,
      clerk,
      ...opening,
      { type: "check_frozen", order, frontier, dueMinor: amountMinor, pricing: null },
      {
        ...{ type: "tender_requested", order, check, kind: "pay", reader: "counter", serial: "68001234" },
        ...{ amountMinor, watermark: "", original: null, originalReference: "", shift: null },
        clerk: clerkId(clerk),
      },
    );
    return { order, tender };
  }

  /** A whole sale or return of these wares, paid in cash. */
  sell(
    atMs: number,
    clerk: string,
    wares: readonly (readonly [Ware, number])[],
    more: { readonly kind?: OrderKind; readonly shift?: EventId | null; readonly label?: string } = {},
  ): EventId {
    const { kind = "sale", shift = null, label = "" } = more;
    const sign = kind === "sale" ? 1 : -1;
    const order = this.id();
    const opening: readonly Event[] = [
      { type: "order_opened", kind, currency: "CNY", label, reason: kind === "sale" ? "" : "cold" },
      ...wares.map(([ware, pieces]): Event => ({
        type: "line_added",
        order,
        sku: ware.sku,
        name: ware.name,
        quantityMilli: milli(pieces * 1000),
        unitPriceMinor: minor(ware.priceMinor),
        taxPpm: ppm(60_000),
        priceSource: "list",
        reason: "",
        checksSeenCount: 0,
        returnOf: null,
        priceVersion: 0,
        pricing: null,
      })),
    ];
    const events = this.#recorded(atMs, clerk, opening).filter(isOfOrder);
    const before = foldOrder(order, events);
    const totalMinor = minor(before.openTotalMinor * sign);
    const check = this.id(opening.length);
    const tender = this.id(opening.length + 1);
    const facts = {
      totalMinor,
      taxes: taxesOf(before.lines, sign),
      tenders: [{ tender, method: "cash" as const, amountMinor: totalMinor }],
      receipt: { series: "A", number: this.#receiptNumber },
      roundingMinor: ZERO,
    };
    this.#receiptNumber += 1;
    const viewHash = sha256(new TextEncoder().encode(closingView(before, before.lines, facts)));
    const money = { amountMinor: totalMinor, handedMinor: totalMinor, changeMinor: ZERO };
    this.write(
      atMs,
      clerk,
      ...opening,
      { type: "check_frozen", order, frontier: frontierOf(events), dueMinor: totalMinor, pricing: null },
      { type: "tender_captured", order, check, method: "cash", ...money, shift, request: null },
      { type: "check_closed", order, check, clerk: clerkId(clerk), ...facts, shift, viewHash },
    );
    return order;
  }
}

function isOfOrder(recorded: Recorded): recorded is RecordedOrderEvent {
  return isOrderEvent(recorded.event);
}

/** A store with the shop's history, and what a console needs beside it. */
export interface ConsoleShop {
  readonly store: Store;
  readonly context: ConsoleContext;
  /** A sale of this instant on T1, projected. */
  sellNow(): Promise<void>;
  /** What the console logged. */
  readonly lines: string[];
}

/** The shop, or one that has sold nothing. */
export async function consoleShop(
  options: {
    readonly isEmpty?: boolean;
    /** Headquarters writes its own journal, with a catalogue of the shop's wares in force. */
    readonly canAuthor?: boolean;
    /** With cards that were not plain. */
    readonly hasCards?: boolean;
    /** In memory where there is none. */
    readonly store?: Store;
  } = {},
): Promise<ConsoleShop> {
  const store = options.store ?? createMemoryStore(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  const lines: string[] = [];
  const context: ConsoleContext = {
    tenant: TENANT,
    store,
    zoneMinutes: ZONE_MINUTES,
    nowMs: () => NOW_MS,
    authoring: options.canAuthor === true ? await authoringOf(store) : null,
    holdings: () => [],
    log: (line) => lines.push(line),
  };
  const [first, second] = [new Till("T1", "a"), new Till("T2", "b")];
  const keep = async (): Promise<void> => {
    const arrivals = [first, second].map(({ history }) => ({
      ...history.arrival(),
      receivedAtMs: NOW_MS - 5000,
    }));
    await store.commit(arrivals);
    await projectAll(store, TENANT, createProjection());
  };
  if (options.isEmpty !== true) {
    sellWeeks(first, second);
    if (options.hasCards === true) cardCases(second);
    await keep();
    await store.countStock(TENANT, [
      { sku: "tea", countedMilli: 40_000, targetMilli: 60_000, thresholdPpm: 500_000 },
      { sku: "bun", countedMilli: 3000, targetMilli: 30_000, thresholdPpm: 500_000 },
    ]);
  }
  const sellNow = async (): Promise<void> => {
    first.sell(NOW_MS - 5000, "mei", [[WARES[0], 1]]);
    await keep();
  };
  return { store, context, lines, sellNow };
}

/** The door to headquarters' own journal. */
async function authoringOf(store: Store): Promise<Authoring> {
  const signer = signerOf("hq");
  const kid = keyName(signer.publicKey);
  const journal = new HqJournal({ tenant: TENANT, store, signer, kid, nowMs: () => NOW_MS });
  const authoring = createAuthoring({ tenant: TENANT, store, journal, nowMs: () => NOW_MS });
  const items = WARES.map(({ sku, name, priceMinor }) => ({
    sku,
    category: "all",
    nameEn: name,
    nameZh: name,
    priceMinor,
    taxPpm: 60_000,
  }));
  const file = { categories: [{ id: "all", nameEn: "All", nameZh: "全部" }], items };
  const said = await authoring.publishCatalogue(new TextEncoder().encode(JSON.stringify(file)), null);
  assert(said.ok, "console: The shop's catalogue must be one");
  return authoring;
}

/** Sales of nine days up to now, more of them around noon; and a day's other doings. */
function sellWeeks(first: Till, second: Till): void {
  const [tea, latte, bun, special] = WARES;
  const midnightMs = Date.UTC(2026, 11, 3) - ZONE_MINUTES * 60_000;
  for (let day = 8; day >= 0; day -= 1) {
    const dayMs = midnightMs - day * DAY_MS;
    const shift = openShift(first, dayMs + 7 * HOUR_MS);
    let [salesMinor, saleCount] = [0, 0];
    for (let hour = 8; hour < 20; hour += 1) {
      const times = hour >= 11 && hour <= 13 ? 3 : 1;
      for (let time = 0; time < times; time += 1) {
        const atMs = dayMs + hour * HOUR_MS + time * 900_000 + 240_000;
        if (atMs > NOW_MS - 60_000) continue;
        const pieces = ((hour + day + time) % 3) + 1;
        first.sell(
          atMs,
          "mei",
          [
            [tea, pieces],
            [bun, 1],
          ],
          { shift },
        );
        second.sell(atMs + 300_000, "ben", [[hour % 4 === 0 ? special : latte, pieces]]);
        salesMinor += tea.priceMinor * pieces + bun.priceMinor;
        saleCount += 1;
      }
    }
    if (day > 0) closeShift(first, shift, dayMs + 20 * HOUR_MS, { salesMinor, saleCount, day });
  }
  const doneMs = NOW_MS - HOUR_MS;
  second.sell(doneMs, "ben", [[latte, 1]], { kind: "return" });
  const override = { approver: clerkId("hua"), requester: clerkId("ben"), action: "void_order" } as const;
  second.write(doneMs + 60_000, "ben", {
    type: "override_granted",
    ...override,
    right: "void",
    order: null,
    amountMinor: minor(2600),
  });
  second.write(doneMs + 120_000, "ben", {
    type: "drawer_opened",
    shift: null,
    reason: "change for a customer",
  });
  second.write(doneMs + 150_000, "ben", { type: "item_availability_set", sku: "bun", isSoldOut: true });
  for (let tries = 0; tries < 10; tries += 1)
    second.write(doneMs + 180_000 + tries * 2000, "", {
      type: "pin_tried",
      clerk: clerkId("ben"),
      purpose: "sign_on",
    });
}

/** A card that nobody knows of, one that moved other money, one that was found out, and a day that differs. */
function cardCases(till: Till): void {
  const beginMs = NOW_MS - 20 * 60_000;
  const unknown = till.askCard(beginMs, "ben", WARES[1]);
  till.write(beginMs + 9000, "", {
    type: "tender_doubted",
    ...unknown,
    code: "reader/link_lost",
    isManual: true,
  });
  const orphaned = till.askCard(beginMs + 60_000, "ben", WARES[0]);
  till.write(beginMs + 69_000, "", {
    type: "orphan_found",
    ...orphaned,
    amountMinor: minor(1900),
    currency: "CNY",
    result: CARD_RESULT,
  });
  const found = till.askCard(beginMs + 120_000, "ben", WARES[2]);
  till.write(
    beginMs + 129_000,
    "",
    { type: "tender_doubted", ...found, code: "reader/no_answer", isManual: false },
    { type: "tender_declined", ...found, code: "tender/absent", text: "" },
  );
  till.write(beginMs + 180_000, "hua", {
    type: "reader_day_closed",
    ...{
      reader: "counter",
      serial: "68001234",
      totals: [{ brand: "Visa", count: 1, amountMinor: minor(1900) }],
    },
    journal: [],
    cases: [
      {
        ...{ kind: "orphan", brand: "Visa", readerCount: 1, journalCount: 0, amountMinor: minor(1900) },
        ...{ isAtReader: true, ...orphaned },
      },
      {
        ...{ kind: "unknown", brand: "", readerCount: 0, journalCount: 0, amountMinor: minor(2600) },
        ...{ isAtReader: false, ...unknown },
      },
    ],
    journalCount: 0,
    journalMinor: ZERO,
  });
}

const CARD_RESULT: CardResult = {
  reference: "0042:000117",
  authorisation: "A1",
  serial: "68001234",
  brand: "Visa",
  lastFour: "4242",
  entry: "contactless",
  verification: "none",
};

function openShift(till: Till, atMs: number): EventId {
  const shift = till.id();
  till.write(atMs, "hua", {
    type: "shift_opened",
    drawer: drawerId("1"),
    businessDate: dateOf(atMs, ZONE_MINUTES),
    currency: "CNY",
    floatMinor: minor(20_000),
  });
  return shift;
}

function closeShift(
  till: Till,
  shift: EventId,
  atMs: number,
  sold: { readonly salesMinor: number; readonly saleCount: number; readonly day: number },
): void {
  const opening = {
    drawer: drawerId("1"),
    businessDate: dateOf(atMs, ZONE_MINUTES),
    currency: "CNY",
    clerk: clerkId("hua"),
    openedAt: wallMs(atMs - 13 * HOUR_MS),
    floatMinor: minor(20_000),
  };
  // The day before yesterday's Z counted one sale less than is held.
  const isShort = sold.day === 2;
  const salesMinor = sold.salesMinor - (isShort ? 1800 : 0);
  till.write(atMs, "hua", {
    type: "shift_closed",
    shift,
    zNumber: 9 - sold.day,
    report: {
      ...emptyReport(opening),
      saleCount: sold.saleCount - (isShort ? 1 : 0),
      salesMinor: minor(salesMinor),
      cashInMinor: minor(salesMinor),
      methods: [{ method: "cash", count: sold.saleCount, amountMinor: minor(salesMinor) }],
      expectedMinor: minor(20_000 + salesMinor),
    },
    countedMinor: minor(20_000 + salesMinor - (isShort ? 50 : 0)),
    differenceMinor: minor(isShort ? -50 : 0),
    reason: isShort ? "a coin rolled away" : "",
  });
}
