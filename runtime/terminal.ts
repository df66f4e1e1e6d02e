/**
 * A terminal, composed: journal, loop, executors and uplink over the ports that are handed in. The
 * firmware binds the ports to the machine (main.ts), tools and tests to what they need.
 */
import type { Context } from "../core/context.ts";
import type { Epoch } from "../core/ids.ts";
import type { EpochStarted } from "../core/types.ts";
import type { PrintJob } from "../core/order/types.ts";
import { ppm } from "../core/money.ts";
import type { Printer } from "../drivers/printer/driver.ts";
import type { Signer, Verifier } from "../protocol/ed25519.ts";
import type { Position } from "../protocol/message.ts";
import { epochId } from "../core/ids.ts";
import { boot, seriesOf } from "./boot.ts";
import type { Bus } from "./bus.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Timers } from "../drivers/port/timers.ts";
import type { Clock, Rng } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Disk } from "./disk.ts";
import { createExecutors } from "./executors.ts";
import { Loop } from "./loop.ts";
import type { Journal } from "./store/journal.ts";
import { Uplink } from "./uplink/uplink.ts";
import type { LinkState, OutgoingJournal } from "./uplink/uplink.ts";

export interface TerminalParts {
  readonly config: Config;
  readonly catalogue: Catalogue;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly rng: Rng;
  readonly sha256: (text: string) => Uint8Array;
  readonly signer: Signer;
  readonly printer: Printer | null;
  /** Null for a terminal without headquarters. */
  readonly link: { readonly bus: Bus; readonly hqKey: Verifier } | null;
  readonly log: (code: string, detail: string) => void;
  readonly segmentBytes?: number;
  /** A journal of training: it has no headquarters, opens no drawer, and its paper says what it is. */
  readonly isTraining?: boolean;
}

/** Where the terminal stands, for its status strip. Seqs are of its own journal. */
export interface TerminalStatus {
  readonly headSeq: number;
  readonly durableSeq: number;
  /** 0 until headquarters said what it holds. */
  readonly ackedSeq: number;
  readonly link: LinkState | "none";
  /** "ok", "none", or the printer's last printer/… code. */
  readonly printer: string;
  readonly health: Loop["health"];
  /** This start found rot: segments were set aside, and what they held may be missing here. */
  readonly isDamaged: boolean;
}

export interface Terminal {
  readonly loop: Loop;
  status(): TerminalStatus;
  /** Calls back when the status may have changed: on durability, acks, link and printer. Returns how to stop that. */
  onStatus(listener: () => void): () => void;
  /** Stops the link, commits what waits and closes the journal. */
  close(): Promise<void>;
}

/** Opens the journal, records the start and begins to send. Resolves when the terminal can sell. */
export async function openTerminal(parts: TerminalParts): Promise<Terminal> {
  const { config, log } = parts;
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  let onDurable = tell;
  let isOpen = true;
  let printerWord = parts.printer === null ? "none" : "ok";

  const booted = await boot({
    disk: parts.disk,
    terminal: config.terminal,
    rng: parts.rng,
    checkpoint: () => loop.checkpoint(),
    onDurable: () => onDurable(),
    onFault: (fault) => {
      log(fault.code, fault.place);
      tell();
    },
    log,
    ...(parts.segmentBytes === undefined ? {} : { segmentBytes: parts.segmentBytes }),
  });
  const { journal, state, started } = booted;
  sayOpening(started, log);
  const execute = createExecutors({
    printer: parts.printer,
    shop: {
      ...config.shop,
      language: config.receiptLanguage,
      zoneMinutes: config.zoneMinutes,
      isTraining: parts.isTraining ?? false,
    },
    state,
    // What a device says after the end is not heard: its job stays pending, and the next start marks it.
    submit: (command) => void (isOpen ? loop.submit(command) : null),
    log,
    onPrinter: (word) => {
      printerWord = word;
      tell();
    },
  });
  const loop: Loop = new Loop({ state, journal, context: contextOf(parts), clock: parts.clock, execute });
  await loop.record(parts.isTraining === true ? [started, { type: "training_started" }] : [started]);
  await settleJobs(loop);

  const uplink =
    parts.link === null ? null : createUplink(parts, parts.link, outgoing(journal, booted.tips), loop, tell);
  onDurable = () => {
    uplink?.poke();
    tell();
  };
  uplink?.start();

  return {
    loop,
    status: () => ({
      headSeq: journal.head.seq,
      durableSeq: journal.durable?.seq ?? 0,
      ackedSeq: uplink?.acked?.seq ?? 0,
      link: uplink?.state ?? "none",
      printer: printerWord,
      health: loop.health,
      isDamaged: started.opening === "rot",
    }),
    onStatus: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      isOpen = false;
      uplink?.stop();
      parts.printer?.close();
      await journal.close();
    },
  };
}

function sayOpening({ opening, detail }: EpochStarted, log: TerminalParts["log"]): void {
  if (opening === "torn" || opening === "rot") log(`journal/${opening}`, detail);
}

function contextOf(parts: TerminalParts): Context {
  const { config, catalogue } = parts;
  return {
    currency: config.currency,
    item: (sku) => catalogue.bySku.get(sku) ?? null,
    staff: (clerk) => config.staff.find((grant) => grant.clerk === clerk) ?? null,
    hasPin: (clerk) => config.pins.has(clerk),
    openItemTaxPpm: ppm(config.openItemTaxPpm),
    drawers: config.drawers,
    needsShift: config.needsShift,
    cashRounding: config.cashRounding,
    wall: () => parts.clock.wall(),
    zoneMinutes: config.zoneMinutes,
    dayStartMinutes: config.dayStartMinutes,
    sha256: parts.sha256,
  };
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
}

function isPending(job: PrintJob): boolean {
  return job.outcome === "pending";
}

function createUplink(
  parts: TerminalParts,
  link: NonNullable<TerminalParts["link"]>,
  journal: OutgoingJournal,
  loop: Loop,
  onChange: () => void,
): Uplink {
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
    onChange,
    log: parts.log,
    onRolledBack: (detail) => {
      if (hasLostContinuity) return;
      hasLostContinuity = true;
      parts.log("history/rolled_back", detail);
      const series = seriesOf(loop.state.epoch);
      loop.record([{ type: "continuity_lost", series, detail }]).catch((cause: unknown) => {
        parts.log("journal/failed", cause instanceof Error ? cause.message : String(cause));
      });
    },
  });
}

/** The journal as the uplink reads it. `tips` are the epochs before this start. */
function outgoing(journal: Journal, tips: ReadonlyMap<Epoch, Position>): OutgoingJournal {
  return {
    get durableSeq() {
      return journal.durable?.seq ?? 0;
    },
    hashAt: (epoch, seq) => journal.hashAt(epoch, seq),
    lastOf: (epoch) => {
      const { durable } = journal;
      if (durable !== null && durable.epoch === epoch) return { ...durable, epoch };
      return tips.get(epoch) ?? null;
    },
    read: async (fromSeq, bytesMax) => {
      const blocks = await journal.read(fromSeq, bytesMax);
      return blocks.map((block) => ({
        epoch: epochId(block.epoch),
        fromSeq: block.firstSeq,
        recordCount: block.recordCount,
        recordBytes: block.recordBytes,
        previousHash: block.previousHash,
        hash: block.hash,
      }));
    },
  };
}
