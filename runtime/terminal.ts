/**
 * A terminal, composed: journal, loop, executors and uplink over the ports that are handed in. The
 * firmware binds the ports to the machine (main.ts), tools and tests to what they need.
 */
import type { Command } from "../core/command.ts";
import type { Effect } from "../core/effect.ts";
import { slipBlocks } from "../core/receipt/slip.ts";
import { refuse } from "../core/refusal.ts";
import type { SlipLine } from "../core/tender/events.ts";
import type { State } from "../core/state.ts";
import type { EpochStarted } from "../core/types.ts";
import type { PrintJob } from "../core/order/types.ts";
import { NO_PRICING } from "../core/price/rules/source.ts";
import type { PricingSource } from "../core/price/rules/source.ts";
import type { ClockFlag } from "../core/staff/events.ts";
import type { WallMs } from "../core/time.ts";
import type { Printer, WatchedPrinter } from "../drivers/printer/driver.ts";
import type { Timers } from "../drivers/port/timers.ts";
import type { Reader } from "../drivers/reader/reader.ts";
import type { Signer, Verifier } from "../protocol/ed25519.ts";
import type { LowItem } from "../protocol/message.ts";
import type { Squeezer } from "../protocol/wrap.ts";
import { boot, RUNTIME_VERSION, seriesOf } from "./boot.ts";
import type { Booted, BootOptions } from "./boot.ts";
import type { Bus } from "./bus.ts";
import type { Catalogue } from "./catalogue.ts";
import { believedAt, CatalogueInForce } from "./catalogue-in-force.ts";
import { ClockWatch } from "./clock-watch.ts";
import type { Clock, Rng } from "./clock.ts";
import type { Config } from "./config.ts";
import { contextOf } from "./context-of.ts";
import { DiskFault } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { Downlink } from "./downlink/downlink.ts";
import { HouseFiles } from "./downlink/house-files.ts";
import { houseConfig } from "./downlink/house-config.ts";
import { Shelf } from "./downlink/shelf.ts";
import { createExecutors } from "./executors.ts";
import type { ExecutorOptions } from "./executors.ts";
import { causeWords } from "./log.ts";
import { Loop } from "./loop.ts";
import type { Answer } from "./loop.ts";
import { PricingInForce } from "./pricing-in-force.ts";
import { PaperStatus } from "./paper-status.ts";
import { CardDesk } from "./reader/desk.ts";
import { outgoing } from "./uplink/outgoing.ts";
import type { JournalFault } from "./store/fault.ts";
import { Uplink } from "./uplink/uplink.ts";
import type { LinkState, OutgoingJournal, UplinkOptions } from "./uplink/uplink.ts";

/** What a terminal is made of. */
export interface TerminalParts {
  readonly config: Config;
  readonly catalogue: Catalogue;
  /** The terminal's own pricing rules; left out where it has none. */
  readonly pricing?: PricingSource;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly rng: Rng;
  readonly sha256: (text: string) => Uint8Array;
  readonly signer: Signer;
  readonly printer: Printer | WatchedPrinter | null;
  /** Card readers by the name that tenders call them; absent or empty for a terminal without. */
  readonly readers?: ReadonlyMap<string, Reader>;
  /** Null for a terminal without headquarters. */
  readonly link: { readonly bus: Bus; readonly hqKey: Verifier; readonly squeezer?: Squeezer } | null;
  readonly log: (code: string, detail: string) => void;
  readonly segmentBytes?: number;
  /** A journal of training: it has no headquarters, opens no drawer, and its paper says what it is. */
  readonly isTraining?: boolean;
  /** Watches the clock on the wall, which cannot be right before `releasedAt`; absent where a tool tells the time. */
  readonly clockWatch?: { readonly releasedAt: WallMs } | null;
}

/** Where the terminal stands, for its status strip and its health page. Seqs are of its own journal. */
export interface TerminalStatus {
  readonly headSeq: number;
  readonly durableSeq: number;
  /** 0 until headquarters said what it holds. */
  readonly ackedSeq: number;
  /** When the oldest record that headquarters lacks was written; null when it lacks none, or there is none. */
  readonly oldestUnsentAt: WallMs | null;
  readonly link: LinkState | "none";
  /** "ok", "none", "untried" before it was ever asked, or the last printer/… code. */
  readonly printer: string;
  readonly isPaperLow: boolean;
  readonly health: Loop["health"];
  /** This start found rot, or the link met some since: what it held may be missing here, and the next start sets it aside. */
  readonly isDamaged: boolean;
  /** Why the clock on the wall is not believed. */
  readonly clockFlag: ClockFlag | "none";
  readonly isTraining: boolean;
  /** Items that run low, as headquarters said last. */
  readonly lowItems: readonly LowItem[];
  /** The release that runs. */
  readonly version: string;
}

/** A terminal that sells. */
export interface Terminal {
  readonly loop: Loop;
  /** What is sold at this moment: the own file, and what headquarters published over it. */
  readonly catalogue: Catalogue;
  /** The pricing rules at this moment, and those of orders that are under way. */
  readonly pricing: PricingSource;
  /** The configuration at this moment: the own file, and what headquarters has said over it. */
  readonly config: Config;
  /** Its card readers. */
  readonly cards: CardDesk;
  status(): TerminalStatus;
  /** Calls back when the status may have changed: on durability, acks, link and printer. Returns how to stop that. */
  onStatus(listener: () => void): () => void;
  /** Stops the link, commits what waits and closes the journal. */
  close(): Promise<void>;
}

/** Opens the journal, records the start and begins to send. Resolves when the terminal can sell. */
export async function openTerminal(parts: TerminalParts): Promise<Terminal> {
  const { tell, onStatus } = listening();
  let onDurable = tell;
  let watch: ClockWatch | null = null;
  const booted = await bootOf(parts, {
    checkpoint: () => loop.checkpoint(),
    onDurable: () => onDurable(),
    onFault: tell,
  });
  const { journal, state, started } = booted;
  sayOpening(started, parts.log);
  const paper = new PaperStatus(parts.printer, tell);
  const { shelf, files } = await openFiles(parts, state);
  const { catalogue, pricing } = soldBy(parts, state, files);
  const config = houseConfig(parts.config, state);
  const loop: Loop = new Loop({
    state,
    journal,
    context: contextOf({ ...parts, config, catalogue, pricing, serialOf: (name) => cards.serialOf(name) }),
    clock: parts.clock,
    execute: executorsOf(
      parts,
      state,
      (its) => submit(its),
      paper,
      (...ids) => cards.ask(...ids),
    ),
    onRecorded: ({ seq, at }) => booted.times.note(seq, at),
    beforeCommand: () => watch?.look(),
  });
  // What a device says after the end is not heard: its job stays pending, and the next start marks it.
  let isOpen = true;
  const submit = (command: Command): void => void (isOpen ? loop.submit(command) : null);
  await loop.record(parts.isTraining === true ? [started, { type: "training_started" }] : [started]);
  watch = watchOf(parts, state, submit);
  await settleJobs(loop);
  const cards = cardDeskOf(parts, state, paper, (its) => (isOpen ? loop.submit(its) : CLOSED), tell);
  await cards.start();

  const news = newsOf(parts, started, tell);
  const uplink = createUplink(parts, outgoing(journal, booted.tips, news.onRot), loop, {
    onChange: tell,
    onNotice: news.onNotice,
    downlink: downlinkOf(parts, loop, shelf, files, tell),
  });
  onDurable = () => {
    uplink?.poke();
    tell();
  };
  uplink?.start();

  return {
    loop,
    catalogue,
    pricing,
    config,
    cards,
    status: () => ({ ...statusNow(booted, loop, uplink, paper), ...news.words() }),
    onStatus,
    close: async () => {
      isOpen = false;
      watch?.stop();
      cards.close();
      uplink?.stop();
      parts.printer?.close();
      await journal.close();
    },
  };
}

/** Who hears of a change of the status. */
function listening(): { readonly tell: () => void; readonly onStatus: Terminal["onStatus"] } {
  const listeners = new Set<() => void>();
  return {
    tell: () => listeners.forEach((listener) => listener()),
    onStatus: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** To a reader that still speaks after the end: its request is asked about at the next start. */
const CLOSED: Promise<Answer> = Promise.resolve(refuse("journal/failed"));

function cardDeskOf(
  parts: TerminalParts,
  state: State,
  paper: PaperStatus,
  submit: (command: Command) => Promise<Answer>,
  onChange: () => void,
): CardDesk {
  const { readers = new Map(), timers, printer, log } = parts;
  const isPrinterReady = (): boolean => printer !== null && (paper.word === "ok" || paper.word === "untried");
  let slipCount = 0;
  const printSlip = (lines: readonly SlipLine[]): void => {
    slipCount += 1;
    void printer?.print(`reader-slip:${slipCount}`, slipBlocks({ lines }, state.isTraining));
  };
  return new CardDesk({ readers, state, submit, timers, printSlip, isPrinterReady, log, onChange });
}

/** What is sold, and at which prices, at each moment: the own files, and what headquarters published over them. */
function soldBy(
  parts: TerminalParts,
  state: State,
  { catalogues, pricings }: HouseFiles,
): { readonly catalogue: CatalogueInForce; readonly pricing: PricingInForce } {
  const wall = (): WallMs => parts.clock.wall();
  const own = parts.pricing ?? plainPricing(parts.config);
  return {
    catalogue: new CatalogueInForce(parts.catalogue, state, catalogues, wall),
    pricing: new PricingInForce(own, state, pricings, wall),
  };
}

function plainPricing({ store, zoneMinutes }: Config): PricingSource {
  return { ...NO_PRICING, place: { store, channel: "counter", zoneMinutes } };
}

/** The files of headquarters that are on the disk, as far as they are wanted. A disk that does not say leaves the own file in force. */
async function openFiles(
  parts: TerminalParts,
  state: State,
): Promise<{ readonly shelf: Shelf; readonly files: HouseFiles }> {
  const { disk, config, clock, log } = parts;
  const shelf = new Shelf(disk);
  const files = new HouseFiles({
    shelf,
    language: config.receiptLanguage,
    currency: config.currency,
    log,
  });
  if (state.hq.position === null) return { shelf, files };
  try {
    await shelf.open();
    await files.open();
    await files.load(
      state,
      believedAt(state, () => clock.wall()),
    );
  } catch (fault) {
    if (!(fault instanceof DiskFault)) throw fault;
    log("downlink/files_unread", fault.code);
  }
  return { shelf, files };
}

function downlinkOf(
  parts: TerminalParts,
  loop: Loop,
  shelf: Shelf,
  files: HouseFiles,
  onChange: () => void,
): Downlink {
  const { timers, clock, log } = parts;
  const { tenant } = parts.config;
  return new Downlink({
    tenant,
    loop,
    shelf,
    files,
    timers,
    wall: () => clock.wall(),
    onChange,
    log,
  });
}

type JournalCallbacks = Pick<BootOptions, "checkpoint" | "onDurable"> & { readonly onFault: () => void };

function bootOf(parts: TerminalParts, callbacks: JournalCallbacks): Promise<Booted> {
  return boot({
    ...callbacks,
    disk: parts.disk,
    terminal: parts.config.terminal,
    rng: parts.rng,
    onFault: (fault) => {
      parts.log(fault.code, fault.place);
      callbacks.onFault();
    },
    log: parts.log,
    isTraining: parts.isTraining ?? false,
    ...(parts.segmentBytes === undefined ? {} : { segmentBytes: parts.segmentBytes }),
  });
}

function executorsOf(
  parts: TerminalParts,
  state: State,
  submit: (command: Command) => void,
  paper: PaperStatus,
  askReader: ExecutorOptions["askReader"],
): (effect: Effect) => void {
  const { config } = parts;
  return createExecutors({
    printer: parts.printer,
    shop: {
      ...config.shop,
      language: config.receiptLanguage,
      zoneMinutes: config.zoneMinutes,
      isTraining: parts.isTraining ?? false,
    },
    state,
    askReader,
    submit,
    log: parts.log,
    onPrinter: (word) => paper.hear(word),
  });
}

function watchOf(parts: TerminalParts, state: State, submit: (command: Command) => void): ClockWatch | null {
  if (parts.clockWatch === undefined || parts.clockWatch === null) return null;
  const { clock, timers, clockWatch } = parts;
  return new ClockWatch({ state, clock, timers, releasedAt: clockWatch.releasedAt, submit });
}

function statusNow(
  { journal, state, times }: Booted,
  loop: Loop,
  uplink: Uplink | null,
  paper: PaperStatus,
): Omit<TerminalStatus, "lowItems" | "isDamaged"> {
  const headSeq = journal.head.seq;
  const ackedSeq = uplink?.acked?.seq ?? 0;
  return {
    headSeq,
    durableSeq: journal.durable?.seq ?? 0,
    ackedSeq,
    oldestUnsentAt: uplink === null || ackedSeq >= headSeq ? null : times.timeOf(ackedSeq + 1),
    link: uplink?.state ?? "none",
    printer: paper.word,
    isPaperLow: paper.isLow,
    health: loop.health,
    clockFlag: state.clockFlag,
    isTraining: state.isTraining,
    version: RUNTIME_VERSION,
  };
}

/** What the link brings besides acknowledgements: what runs low, and rot that it met. */
function newsOf(parts: TerminalParts, started: EpochStarted, tell: () => void) {
  let lowItems: readonly LowItem[] = [];
  let isDamaged = started.opening === "rot";
  return {
    words: () => ({ lowItems, isDamaged }),
    onNotice: (low: readonly LowItem[]): void => {
      lowItems = low;
      tell();
    },
    onRot: (fault: JournalFault): void => {
      if (!isDamaged) parts.log(fault.code, fault.place);
      isDamaged = true;
      tell();
    },
  };
}

function sayOpening({ opening, detail }: EpochStarted, log: TerminalParts["log"]): void {
  if (opening === "torn" || opening === "rot") log(`journal/${opening}`, detail);
}

// Whether paper came out before the power went is not known: it is marked, and a clerk decides on a copy.
async function settleJobs(loop: Loop): Promise<void> {
  const { terminal, orders } = loop.state;
  const pending = [...orders.values()].flatMap(({ order }) =>
    order.owner === terminal
      ? order.jobs.filter(isPending).map((job) => ({ order: order.id, job: job.id }))
      : [],
  );
  for (const { order, job } of pending) {
    await loop.submit({
      type: "finish_print",
      order,
      job,
      outcome: "unknown",
      code: "printer/restarted",
      mark: "none",
    });
  }
  for (const job of [...loop.state.reportJobs]) {
    await loop.submit({
      type: "finish_report",
      job,
      outcome: "unknown",
      code: "printer/restarted",
      mark: "none",
    });
  }
}

function isPending(job: PrintJob): boolean {
  return job.outcome === "pending";
}

function createUplink(
  parts: TerminalParts,
  journal: OutgoingJournal,
  loop: Loop,
  told: Pick<UplinkOptions, "onChange" | "onNotice" | "downlink">,
): Uplink | null {
  const { link } = parts;
  if (link === null) return null;
  const { tenant, store, terminal } = parts.config;
  let hasLostContinuity = false;
  return new Uplink({
    tenant,
    store,
    terminal,
    signer: parts.signer,
    hqKey: link.hqKey,
    journal,
    bus: link.bus,
    timers: parts.timers,
    rng: parts.rng,
    ...(link.squeezer === undefined ? {} : { squeezer: link.squeezer }),
    ...told,
    log: parts.log,
    isSeriesOf: (epoch) => seriesOf(epoch) === loop.state.receiptSeries,
    onRolledBack: (detail) => {
      if (hasLostContinuity) return;
      hasLostContinuity = true;
      parts.log("history/rolled_back", detail);
      const series = seriesOf(loop.state.epoch);
      loop.record([{ type: "continuity_lost", series, detail }]).catch((cause: unknown) => {
        parts.log("journal/failed", causeWords(cause));
      });
    },
  });
}
