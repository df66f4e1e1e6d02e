/**
 * What the screen's server asks of the rest of the runtime, as ports: the terminal that sells and the
 * one that trains, PINs, scans, the printer. main.ts binds them.
 */
import type { ClerkId, TenderId } from "../../core/ids.ts";
import type { Refused } from "../../core/refusal.ts";
import type { State } from "../../core/state.ts";
import type { PinPurpose } from "../../core/staff/events.ts";
import type { Expected } from "../../drivers/scanner/read.ts";
import type { ReaderDayEnd } from "../../drivers/reader/reader.ts";
import type { ScanResult } from "../../drivers/scanner/result.ts";
import type { Loop } from "../loop.ts";
import type { ReaderStation } from "../reader/desk.ts";
import type { PairWord } from "../printer-pairing.ts";
import type { ScaleStation } from "../scale/desk.ts";
import type { Scanned } from "../scan/resolve.ts";
import type { PinAnswer } from "../staff/pin-gate.ts";
import type { PairedPrinter, SettingsPanel } from "./panels.ts";
import type { StatusSource } from "./view.ts";

/** The PIN gate (runtime/staff/pin-gate.ts): the one place that looks at a PIN. */
export interface PinPort {
  check(clerk: ClerkId, pin: string, purpose: PinPurpose): Promise<PinAnswer>;
}

/** A terminal that a screen works on: the one that sells, or the one that trains. */
export interface House {
  readonly loop: Loop;
  readonly status: StatusSource;
  readonly pins: PinPort;
}

/** The mode of training (runtime/training.ts). Who may change it is asked before. */
export interface TrainingPort {
  /** What is trained on; null while the terminal sells. */
  readonly room: House | null;
  enter(): Promise<{ readonly ok: true } | Refused>;
  leave(): Promise<void>;
  /** Calls `listener` when training began or ended. Returns how to stop that. */
  onChange(listener: () => void): () => void;
}

/** Gives a scan its meaning (runtime/scan/desk.ts). */
export interface ScanPort {
  ofText(text: string, expected: Expected, state: State): Scanned;
  ofResult(result: ScanResult, state: State): Scanned;
}

/** The terminal's own scanner (runtime/scan/source.ts). */
export interface ScannerPort {
  onScan(listener: (result: ScanResult) => void): void;
  expect(expected: Expected): void;
}

/** The terminal's scale (runtime/scale/desk.ts). */
export type ScalePort = Pick<ScaleStation, "face" | "weigh" | "order" | "onChange">;

/** Pairing and trying the printer (runtime/printer-pairing.ts). */
export interface PrinterPort {
  pair(paired: PairedPrinter): Promise<PairWord>;
  testPrint(): Promise<PairWord>;
  settings(): Promise<SettingsPanel>;
}

/** The terminal's card readers (runtime/reader/desk.ts). Training has none: its cards are refused. */
export interface CardPort {
  stations(): readonly ReaderStation[];
  /** The device that is connected under this name, or null. */
  serialOf(name: string): string | null;
  cancel(tender: TenderId): void;
  check(tender: TenderId): void;
  closeDay(name: string): Promise<ReaderDayEnd>;
}
