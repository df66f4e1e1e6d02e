/**
 * What the virtual printer says about itself: its condition as named facts, and the bytes for them as
 * the ESC/POS reference lists them under DLE EOT and GS r.
 */

/** The condition of the device; a test or the page sets it. */
export interface PrinterCondition {
  readonly paper: "enough" | "near_end" | "out";
  readonly cover: "closed" | "open";
  readonly cutter: "working" | "jammed";
}

/** Nothing wrong. */
export const GOOD_CONDITION: PrinterCondition = { paper: "enough", cover: "closed", cutter: "working" };

/** True when nothing is printed: the printer keeps what comes and waits. */
export function isOffline(condition: PrinterCondition): boolean {
  return condition.paper === "out" || condition.cover === "open" || condition.cutter === "jammed";
}

/** Answer to DLE EOT n, n from 1 to 4; any other n has no answer. */
export function realtimeStatus(condition: PrinterCondition, query: number): number | undefined {
  const { paper, cover, cutter } = condition;
  switch (query) {
    case 1:
      return 0x12 | (isOffline(condition) ? 0x08 : 0);
    case 2:
      return (
        0x12 | (cover === "open" ? 0x04 : 0) | (paper === "out" ? 0x20 : 0) | (cutter === "jammed" ? 0x40 : 0)
      );
    case 3:
      return 0x12 | (cutter === "jammed" ? 0x08 : 0);
    case 4:
      return 0x12 | (paper === "enough" ? 0 : 0x0c) | (paper === "out" ? 0x60 : 0);
    default:
      return undefined;
  }
}

/** Answer to GS r 1: the paper sensors. */
export function paperSensorStatus(condition: PrinterCondition): number {
  return (condition.paper === "enough" ? 0 : 0x03) | (condition.paper === "out" ? 0x0c : 0);
}

/** The quad of automatic status back (GS a). */
export function automaticStatus({ paper, cover, cutter }: PrinterCondition): Uint8Array {
  const isOff = isOffline({ paper, cover, cutter });
  return Uint8Array.of(
    0x10 | (isOff ? 0x08 : 0) | (cover === "open" ? 0x20 : 0),
    cutter === "jammed" ? 0x08 : 0,
    (paper === "enough" ? 0 : 0x03) | (paper === "out" ? 0x0c : 0),
    0,
  );
}
