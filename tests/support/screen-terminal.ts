/**
 * A terminal for the screen's tests, without disk, printer and headquarters: the real loop over a
 * journal in memory that a test may hold, release and break, and a status that it sets.
 */
import { clerkId, drawerId, epochId, terminalId } from "../../core/ids.ts";
import { ppm } from "../../core/money.ts";
import { emptyState } from "../../core/state.ts";
import { wallMs } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import type { Effect } from "../../core/effect.ts";
import type { Right } from "../../core/facts.ts";
import { sha256 } from "../../protocol/hash.ts";
import { readCatalogue } from "../../runtime/catalogue.ts";
import type { Catalogue } from "../../runtime/catalogue.ts";
import type { Clock } from "../../runtime/clock.ts";
import { Loop } from "../../runtime/loop.ts";
import type { LoopJournal } from "../../runtime/loop.ts";
import { JournalFault } from "../../runtime/store/fault.ts";
import type { ScreenOptions } from "../../runtime/ui/server.ts";
import type { StatusSource } from "../../runtime/ui/view.ts";
import type { LinkState, PrinterState } from "../../runtime/ui/wire.ts";

/** A small catalogue: coffee 18.00, cake 22.00, a free card, a wreath that is sold out. */
export const SMALL_CATALOGUE = JSON.stringify({
  categories: [
    { id: "drinks", nameEn: "Drinks", nameZh: "饮品" },
    { id: "other", nameEn: "Other", nameZh: "其他" },
  ],
  items: [
    { sku: "101", category: "drinks", nameEn: "Coffee", nameZh: "咖啡", priceMinor: 1800, taxPpm: 60_000 },
    { sku: "201", category: "other", nameEn: "Cake", nameZh: "蛋糕", priceMinor: 2200, taxPpm: 60_000 },
    { sku: "301", category: "other", nameEn: "Card", nameZh: "卡片", priceMinor: 0, taxPpm: 0 },
    {
      sku: "302",
      category: "other",
      nameEn: "Wreath",
      nameZh: "花环",
      priceMinor: 5000,
      taxPpm: 60_000,
      soldOut: true,
    },
  ],
});

/** A catalogue from its text; throws when the text is none. */
export function catalogueOf(json: string, language: "en" | "zh" = "en"): Catalogue {
  const read = readCatalogue(json, language);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

/** A journal in memory. `isHeld` keeps commits waiting until `release`; `fail` breaks it for good. */
export class MemoryJournal implements LoopJournal {
  headSeq = 0;
  durableSeq = 0;
  isHeld = false;
  state: LoopJournal["state"] = "ok";
  onDurable: () => void = () => undefined;
  readonly #waiting: { readonly resolve: () => void; readonly reject: (fault: JournalFault) => void }[] = [];

  room(): { readonly state: "ok" } {
    return { state: "ok" };
  }

  reserve(): number {
    return this.headSeq + 1;
  }

  append(records: readonly Uint8Array[]): void {
    this.headSeq += records.length;
  }

  kick(): void {
    if (!this.isHeld && this.state === "ok") this.#sync();
  }

  commit(): Promise<void> {
    if (this.state !== "ok") return Promise.reject(new JournalFault("journal/failed", "memory"));
    if (!this.isHeld) {
      this.#sync();
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Lets everything become durable, now and from here on. */
  release(): void {
    this.isHeld = false;
    this.#sync();
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  /** The disk fails: what waits never becomes durable. */
  fail(): void {
    this.state = "failed";
    for (const { reject } of this.#waiting.splice(0)) reject(new JournalFault("journal/failed", "memory"));
    this.onDurable();
  }

  #sync(): void {
    this.durableSeq = this.headSeq;
    this.onDurable();
  }
}

/** The status as a test sets it; the positions come from the journal. */
export class MemoryStatus implements StatusSource {
  ackedSeq = 0;
  link: LinkState = "up";
  printer: PrinterState = "ready";
  readonly #journal: MemoryJournal;
  readonly #listeners = new Set<() => void>();

  constructor(journal: MemoryJournal) {
    this.#journal = journal;
    journal.onDurable = () => this.tell();
  }

  get headSeq(): number {
    return this.#journal.headSeq;
  }

  get durableSeq(): number {
    return this.#journal.durableSeq;
  }

  get health(): "ok" | "failed" {
    return this.#journal.state === "failed" ? "failed" : "ok";
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says that something changed. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A clock that a test sets. */
export class SetClock implements Clock {
  nowMs: number;
  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }
  wall(): WallMs {
    return wallMs(this.nowMs);
  }
  monotonicMs(): number {
    return this.nowMs;
  }
}

const ALL_RIGHTS: readonly Right[] = [
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
];

/** Ana may do everything, 小李 only sell. */
export const SCREEN_STAFF = [
  { clerk: clerkId("ana"), name: "Ana", rights: ALL_RIGHTS },
  { clerk: clerkId("li"), name: "小李", rights: ["sell"] },
] as const;

/** What a terminal's screen needs, in memory. */
export interface MemoryTerminal {
  readonly loop: Loop;
  readonly journal: MemoryJournal;
  readonly status: MemoryStatus;
  readonly catalogue: Catalogue;
  readonly config: ScreenOptions["config"];
  readonly effects: Effect[];
}

/** A terminal at 2010-12-01 08:26 UTC or by `clock`; CNY, zone 0. Its first record is on disk. */
export async function memoryTerminal(
  options: {
    readonly catalogue?: Catalogue;
    readonly language?: "en" | "zh";
    readonly clock?: Clock;
    readonly execute?: (effect: Effect, loop: Loop) => void;
  } = {},
): Promise<MemoryTerminal> {
  const { catalogue = catalogueOf(SMALL_CATALOGUE), language = "en" } = options;
  const clock = options.clock ?? new SetClock(Date.UTC(2010, 11, 1, 8, 26));
  const journal = new MemoryJournal();
  const effects: Effect[] = [];
  const epoch = epochId("00000000000000a1");
  const loop: Loop = new Loop({
    state: emptyState(terminalId("till-1"), epoch),
    journal,
    context: {
      currency: "CNY",
      item: (sku) => catalogue.bySku.get(sku) ?? null,
      staff: (clerk) => SCREEN_STAFF.find((grant) => grant.clerk === clerk) ?? null,
      openItemTaxPpm: ppm(0),
      hasPin: () => false,
      drawers: [drawerId("1")],
      needsShift: false,
      cashRounding: null,
      wall: () => clock.wall(),
      zoneMinutes: 0,
      dayStartMinutes: 0,
      sha256: (text) => sha256(new TextEncoder().encode(text)),
    },
    clock,
    execute: (effect) => {
      effects.push(effect);
      options.execute?.(effect, loop);
    },
  });
  await loop.record([
    { type: "epoch_started", parent: null, opening: "new", detail: "", series: "a1", runtimeVersion: "test" },
  ]);
  const config = {
    shop: { name: "Corner Cafe", addressLines: [], footer: "" },
    currency: "CNY",
    zoneMinutes: 0,
    receiptLanguage: language,
    staff: SCREEN_STAFF,
  };
  return { loop, journal, status: new MemoryStatus(journal), catalogue, config, effects };
}
