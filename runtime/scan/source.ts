/**
 * The scanner of a terminal as the screen's server knows it: results of codes, one at a time, and
 * whether the scanner can be heard. Bound to a machine by adapters/bind.ts; a keyboard scanner is not
 * here, because its codes come from the page.
 */
import type { Scanner, ScannerCounters, ScannerListeners } from "../../drivers/scanner/driver.ts";
import type { Expected } from "../../drivers/scanner/read.ts";
import type { ScanResult } from "../../drivers/scanner/result.ts";

/** A scanner that is listened to for as long as the terminal runs. */
export interface ScanSource {
  /** Calls `listener` for each code, whole or not. One listener; what came before it was set is dropped. */
  onScan(listener: (result: ScanResult) => void): void;
  /** Whether a payment code is waited for; "goods" at first. */
  expect(expected: Expected): void;
  /** "ok", or why it cannot be heard: a port/… code; "connecting" before either is known. */
  word(): string;
  /** Calls `listener` when `word` may have changed. One listener. */
  onWord(listener: () => void): void;
  counters(): ScannerCounters;
  /** No listener is called afterwards. May be called twice. */
  close(): void;
}

/** Listens to the scanner that `start` makes. Changes of its link are logged, codes never. */
export function openScanSource(
  start: (listeners: ScannerListeners) => Scanner,
  log: (code: string, detail: string) => void,
): ScanSource {
  let word = "connecting";
  let onScan: (result: ScanResult) => void = () => {};
  let onWord = (): void => {};
  const scanner = start({
    onScan: (result) => onScan(result),
    onLink: (link) => {
      const next = link.kind === "up" ? "ok" : link.code;
      // A scanner that stays away is tried again and again, and said once.
      if (next === word) return;
      word = next;
      log("scanner/link", word);
      onWord();
    },
  });
  return {
    onScan: (listener) => {
      onScan = listener;
    },
    expect: (expected) => scanner.expect(expected),
    word: () => word,
    onWord: (listener) => {
      onWord = listener;
    },
    counters: () => scanner.counters(),
    close: () => scanner.close(),
  };
}
