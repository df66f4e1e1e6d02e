/**
 * A terminal for the screen's tests, without disk, printer and headquarters: the real loop over a
 * journal in memory that a test may hold, release and break, and a status that it sets.
 */
import { NO_TENDER_LIMITS } from "../../core/context.ts";
import type { CashRounding, Context } from "../../core/context.ts";
import { clerkId, drawerId, epochId, terminalId } from "../../core/ids.ts";
import type { ClerkId, DrawerId } from "../../core/ids.ts";
import { ppm } from "../../core/money.ts";
import { NO_PRICING } from "../../core/price/rules/source.ts";
import type { PricingSource } from "../../core/price/rules/source.ts";
import { emptyState } from "../../core/state.ts";
import { wallMs } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import type { Effect } from "../../core/effect.ts";
import type { ClerkGrant, Right } from "../../core/facts.ts";
import { CardDesk } from "../../runtime/reader/desk.ts";
import type { Reader } from "../../drivers/reader/reader.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Expected } from "../../drivers/scanner/read.ts";
import type { ScanResult } from "../../drivers/scanner/result.ts";
import { sha256 } from "../../protocol/hash.ts";
import { readCatalogue } from "../../runtime/catalogue.ts";
import type { Catalogue } from "../../runtime/catalogue.ts";
import type { Clock, Rng } from "../../runtime/clock.ts";
import type { PinHash } from "../../runtime/config.ts";
import { Loop } from "../../runtime/loop.ts";
import type { LoopJournal } from "../../runtime/loop.ts";
import type { PairWord } from "../../runtime/printer-pairing.ts";
import { ScanDesk } from "../../runtime/scan/desk.ts";
import { scanRules } from "../../runtime/scan/rules.ts";
import { PinGate } from "../../runtime/staff/pin-gate.ts";
import { JournalFault } from "../../runtime/store/fault.ts";
import type { PairedPrinter, SettingsPanel, StockAlert } from "../../runtime/ui/panels.ts";
import type { PrinterPort, ScalePort, ScannerPort, TrainingPort } from "../../runtime/ui/ports.ts";
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
  printerCode = "ok";
  isPaperLow = false;
  oldestUnsentAt: WallMs | null = null;
  lowItems: readonly StockAlert[] = [];
  readonly version = "test";
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
  "discount",
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
  readonly pins: PinGate;
  readonly training: MemoryTraining;
  readonly scans: ScanDesk;
  readonly cards: CardDesk;
  readonly scanner: MemoryScanner;
  readonly scale: ScalePort | null;
  readonly printer: MemoryPrinter;
  readonly rng: Rng;
  readonly catalogue: Catalogue;
  readonly pricing: PricingSource;
  readonly config: ScreenOptions["config"];
  readonly effects: Effect[];
  /** Everything that was logged. */
  readonly logged: string[];
}

/** How a terminal in memory differs from the usual one. */
export interface MemoryOptions {
  readonly catalogue?: Catalogue;
  readonly language?: "en" | "zh";
  readonly clock?: Clock;
  /** Without one, what waits goes on at once. */
  readonly timers?: Timers;
  readonly execute?: (effect: Effect, loop: Loop) => void;
  readonly readers?: ReadonlyMap<string, Reader>;
  readonly staff?: readonly ClerkGrant[];
  /** PINs by clerk; nobody has one where it is not said. */
  readonly pins?: Readonly<Record<string, string>>;
  readonly drawers?: readonly DrawerId[];
  readonly needsShift?: boolean;
  readonly armsReader?: boolean;
  readonly cashRounding?: CashRounding | null;
  /** Everything is plain where it is not said. */
  readonly pricing?: PricingSource;
  /** None where it is not said. */
  readonly scale?: ScalePort;
}

/** A terminal at 2010-12-01 08:26 UTC or by `clock`; CNY, zone 0. Its first record is on disk. */
export async function memoryTerminal(options: MemoryOptions = {}): Promise<MemoryTerminal> {
  const { catalogue = catalogueOf(SMALL_CATALOGUE), language = "en" } = options;
  const logged: string[] = [];
  const log = (code: string, detail: string): void => void logged.push(`${code} ${detail}`);
  const effects: Effect[] = [];
  let cards: CardDesk | null = null;
  const execute = (effect: Effect, loop: Loop): void => {
    if (effect.type === "ask_reader") void cards?.ask(effect.order, effect.tender);
    else options.execute?.(effect, loop);
  };
  const live = await memoryHouse("till-1", { ...options, execute }, log, effects);
  cards = new CardDesk({
    readers: options.readers ?? new Map(),
    state: live.loop.state,
    submit: (command) => live.loop.submit(command),
    timers: options.timers ?? AT_ONCE,
    printSlip: () => undefined,
    isPrinterReady: () => true,
    log,
    onChange: () => live.status.tell(),
  });
  return {
    ...live,
    cards,
    training: new MemoryTraining(() => memoryHouse("till-1-T", options, log, effects, true)),
    scans: new ScanDesk({ rules: scanRules(catalogue, "CNY"), catalogue, log }),
    scanner: new MemoryScanner(),
    scale: options.scale ?? null,
    printer: new MemoryPrinter(),
    rng: { bytes: (count) => new Uint8Array(count).fill(0xb5) },
    catalogue,
    pricing: options.pricing ?? NO_PRICING,
    config: {
      shop: { name: "Corner Cafe", addressLines: [], footer: "" },
      terminal: terminalId("till-1"),
      currency: "CNY",
      zoneMinutes: 0,
      receiptLanguage: language,
      staff: options.staff ?? SCREEN_STAFF,
      pins: pinsOf(options),
      drawers: options.drawers ?? [drawerId("1")],
      needsShift: options.needsShift ?? false,
      armsReader: options.armsReader ?? false,
      cashRounding: options.cashRounding ?? null,
    },
    effects,
    logged,
  };
}

/** A loop over a journal in memory, with its status and its PIN gate. */
interface MemoryHouse {
  readonly loop: Loop;
  readonly journal: MemoryJournal;
  readonly status: MemoryStatus;
  readonly pins: PinGate;
}

async function memoryHouse(
  name: string,
  options: MemoryOptions,
  log: (code: string, detail: string) => void,
  effects: Effect[],
  isTraining = false,
): Promise<MemoryHouse> {
  const clock = options.clock ?? new SetClock(Date.UTC(2010, 11, 1, 8, 26));
  const journal = new MemoryJournal();
  const loop: Loop = new Loop({
    state: emptyState(terminalId(name), epochId("00000000000000a1")),
    journal,
    context: contextOf(options, clock, isTraining),
    clock,
    execute: (effect) => {
      effects.push(effect);
      options.execute?.(effect, loop);
    },
  });
  await loop.record([
    { type: "epoch_started", parent: null, opening: "new", detail: "", series: "a1", runtimeVersion: "test" },
    ...(isTraining ? [{ type: "training_started" } as const] : []),
  ]);
  const known = options.pins ?? {};
  // In place of scrypt: the hash of a PIN is its text. Training lets every PIN through.
  const hasher = {
    matches: (pin: string, kept: PinHash | null): Promise<boolean> =>
      Promise.resolve(isTraining || (kept !== null && new TextDecoder().decode(kept.hash) === pin)),
  };
  const timers = options.timers ?? AT_ONCE;
  const pins = new PinGate({ loop, pins: pinsOf({ pins: known }), hasher, clock, timers, log });
  return { loop, journal, status: new MemoryStatus(journal), pins };
}

const AT_ONCE: Timers = {
  after: (_delayMs, run) => {
    queueMicrotask(run);
    return () => undefined;
  },
};

function contextOf(options: MemoryOptions, clock: Clock, isTraining: boolean): Context {
  const { catalogue = catalogueOf(SMALL_CATALOGUE), staff = SCREEN_STAFF } = options;
  return {
    currency: "CNY",
    item: (sku) => catalogue.bySku.get(sku) ?? null,
    staff: (clerk) => staff.find((grant) => grant.clerk === clerk) ?? null,
    openItemTaxPpm: ppm(0),
    hasPin: (clerk) => !isTraining && pinsOf(options).has(clerk),
    drawers: options.drawers ?? [drawerId("1")],
    needsShift: options.needsShift ?? false,
    cashRounding: options.cashRounding ?? null,
    limits: NO_TENDER_LIMITS,
    offlineCards: null,
    serialOf: (reader) => options.readers?.get(reader)?.state().identity?.serial ?? null,
    pricing: options.pricing ?? NO_PRICING,
    wall: () => clock.wall(),
    zoneMinutes: 0,
    dayStartMinutes: 0,
    sha256: (text) => sha256(new TextEncoder().encode(text)),
  };
}

function pinsOf({ pins = {} }: Pick<MemoryOptions, "pins">): ReadonlyMap<ClerkId, PinHash> {
  return new Map(
    Object.entries(pins).map(([clerk, pin]) => [
      clerkId(clerk),
      { salt: new Uint8Array(16), hash: new TextEncoder().encode(pin) },
    ]),
  );
}

/** Training in memory. What was trained is forgotten when it is left. */
export class MemoryTraining implements TrainingPort {
  room: MemoryHouse | null = null;
  readonly #open: () => Promise<MemoryHouse>;
  readonly #listeners = new Set<() => void>();

  constructor(open: () => Promise<MemoryHouse>) {
    this.#open = open;
  }

  async enter(): Promise<{ readonly ok: true }> {
    this.room ??= await this.#open();
    this.#tell();
    return { ok: true };
  }

  async leave(): Promise<void> {
    this.room = null;
    this.#tell();
    await Promise.resolve();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A scanner whose codes come from the test. */
export class MemoryScanner implements ScannerPort {
  scan: (result: ScanResult) => void = () => undefined;
  expected: Expected = "goods";

  onScan(listener: (result: ScanResult) => void): void {
    this.scan = listener;
  }

  expect(expected: Expected): void {
    this.expected = expected;
  }
}

/** A printer that is paired with anything, and says of itself what the test tells it to. */
export class MemoryPrinter implements PrinterPort {
  word: PairWord = "ok";
  paired: PairedPrinter | null = null;
  testCount = 0;

  pair(paired: PairedPrinter): Promise<PairWord> {
    if (this.word === "ok") this.paired = paired;
    return Promise.resolve(this.word);
  }

  testPrint(): Promise<PairWord> {
    this.testCount += 1;
    return Promise.resolve(this.word);
  }

  settings(): Promise<SettingsPanel> {
    return Promise.resolve({ printer: this.paired, models: ["generic-80"], serialPaths: ["/dev/ttyUSB0"] });
  }
}
