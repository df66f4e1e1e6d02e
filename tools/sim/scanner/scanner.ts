/**
 * A simulated scanner: what it puts on the line for a list of codes, with the ways real ones fail. Pure;
 * the same seed gives the same bytes and pauses. Digits are the caller's, nothing is checked.
 */

/** What may go wrong with one code. */
export type ScanFault =
  | "none"
  /** The terminator is lost, so the next code is glued to it. */
  | "glue"
  /** A pause in the middle, longer than the reader's patience. */
  | "split"
  /** Only the first half comes. */
  | "half"
  /** Only the second half comes. */
  | "tail"
  /** Wrong speed: bytes of any value instead of the code. */
  | "noise"
  /** One bit of the code is another. */
  | "flip";

/** All of them. */
export const SCAN_FAULTS: readonly ScanFault[] = ["none", "glue", "split", "half", "tail", "noise", "flip"];

/** How the scanner is set up. */
export interface ScannerSetup {
  /** Put in front of each code, such as "]E0"; "" for none. */
  readonly aim: string;
  /** Put behind each code. */
  readonly terminator: string;
  /** A pause between two codes, and one inside a split code. */
  readonly pauseMs: number;
  readonly splitMs: number;
  readonly noiseBytes: number;
}

/** The usual set-up of a serial scanner, with identifiers on. */
export const SCANNER_SETUP: ScannerSetup = {
  aim: "]E0",
  terminator: "\r",
  pauseMs: 400,
  splitMs: 120,
  noiseBytes: 10_240,
};

/** Bytes that leave together, and how long the line is silent before them. */
export interface LineChunk {
  readonly afterMs: number;
  readonly bytes: Uint8Array;
}

/** One code to be scanned. */
export interface PlannedScan {
  readonly text: string;
  readonly fault: ScanFault;
}

/** What is put on the line. `random` gives numbers from 0 up to, not including, its argument. */
export function lineOf(
  scans: readonly PlannedScan[],
  setup: ScannerSetup,
  random: (below: number) => number,
): readonly LineChunk[] {
  let isGlued = false;
  return scans.flatMap((scan) => {
    const afterMs = isGlued ? 0 : setup.pauseMs;
    isGlued = scan.fault === "glue";
    return chunksOf(scan, afterMs, setup, random);
  });
}

function chunksOf(
  { text, fault }: PlannedScan,
  afterMs: number,
  { aim, terminator, splitMs, noiseBytes }: ScannerSetup,
  random: (below: number) => number,
): readonly LineChunk[] {
  const code = bytesOf(aim + text);
  const end = bytesOf(terminator);
  const whole = Uint8Array.of(...code, ...end);
  const cut = 1 + random(Math.max(1, code.length - 1));
  switch (fault) {
    case "none":
      return [{ afterMs, bytes: whole }];
    case "glue":
      return [{ afterMs, bytes: code }];
    case "split":
      return [
        { afterMs, bytes: whole.slice(0, cut) },
        { afterMs: splitMs, bytes: whole.slice(cut) },
      ];
    case "half":
      return [{ afterMs, bytes: whole.slice(0, cut) }];
    case "tail":
      return [{ afterMs, bytes: whole.slice(cut) }];
    case "noise":
      return [{ afterMs, bytes: Uint8Array.from({ length: noiseBytes }, () => random(256)) }];
    case "flip": {
      const index = random(code.length);
      return [{ afterMs, bytes: whole.with(index, (whole[index] ?? 0) ^ (1 << random(8))) }];
    }
  }
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
