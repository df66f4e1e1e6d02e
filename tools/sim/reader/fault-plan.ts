/**
 * What goes wrong between a till and a simulated reader, as data: faults of the line, counted by its
 * bytes, and faults of the reader's tongue, counted by its messages. One plan is one run's misfortune;
 * the same plan gives the same misfortune again.
 */

/** Which way bytes go. */
export type Direction = "to_reader" | "to_till";

/** One misfortune. Bytes are counted from the beginning of the plan over all connections. */
export type Fault =
  /** So many bytes pass; with the next one `dies` is gone, and that byte with it. */
  | {
      readonly kind: "cut";
      readonly direction: Direction;
      readonly afterBytes: number;
      readonly dies: "till" | "reader" | "link";
    }
  /** One bit of one byte is another. */
  | { readonly kind: "flip"; readonly direction: Direction; readonly byteIndex: number; readonly bit: number }
  /** The n-th single 06 (from 1) is lost, or late. */
  | { readonly kind: "drop_ack"; readonly direction: Direction; readonly ordinal: number }
  | {
      readonly kind: "delay_ack";
      readonly direction: Direction;
      readonly ordinal: number;
      readonly delayMs: number;
    }
  /** From there on the reader babbles: a frame that never ends. */
  | { readonly kind: "endless"; readonly afterBytes: number; readonly babbleBytes: number }
  /** The power of the reader goes with its n-th step (from 1): before what it then says, or after. */
  | { readonly kind: "power"; readonly step: number; readonly when: "before_outputs" | "after_outputs" }
  /** The n-th result of a business (from 1) comes twice, late, or says something else. */
  | { readonly kind: "result_twice"; readonly ordinal: number }
  | { readonly kind: "result_late"; readonly ordinal: number; readonly delayMs: number }
  | { readonly kind: "result_amount"; readonly ordinal: number; readonly amountMinor: number }
  | { readonly kind: "result_currency"; readonly ordinal: number; readonly currency: string }
  /** From the n-th message on another terminal answers. */
  | { readonly kind: "swap"; readonly ordinal: number; readonly terminalId: string };

const ACK = 0x06;
/** No message begins like this, and as a length it is too long for any. */
const BABBLE = 0xff;

/** The faults of one line. `now` passes bytes on, `later` passes them on after a pause. */
export interface LineFaults {
  /** What becomes of bytes on their way. Returns nothing more once a cut has come. */
  pass(direction: Direction, bytes: Uint8Array): Passage;
  /** Bytes that passed or would have passed, per direction. */
  readonly counts: Readonly<Record<Direction, number>>;
}

/** What arrives of some bytes, and who is gone after that. */
export interface Passage {
  readonly now: Uint8Array;
  readonly later: readonly { readonly bytes: Uint8Array; readonly delayMs: number }[];
  readonly dies: "till" | "reader" | "link" | null;
}

/** Applies the line's faults of a plan. */
export function lineFaults(plan: readonly Fault[]): LineFaults {
  const counts: Record<Direction, number> = { to_reader: 0, to_till: 0 };
  const ackCounts: Record<Direction, number> = { to_reader: 0, to_till: 0 };
  return {
    counts,
    pass: (direction, bytes) => {
      const start = counts[direction];
      counts[direction] = start + bytes.length;
      const cut = plan.find(
        (fault) =>
          fault.kind === "cut" &&
          fault.direction === direction &&
          fault.afterBytes >= start &&
          fault.afterBytes < start + bytes.length,
      );
      const passing = cut?.kind === "cut" ? bytes.slice(0, cut.afterBytes - start) : bytes.slice();
      const dies = cut?.kind === "cut" ? cut.dies : null;
      for (const fault of plan) damage(fault, direction, start, passing);
      if (bytes.length === 1 && bytes[0] === ACK) {
        ackCounts[direction] += 1;
        const late = acknowledgement(plan, direction, ackCounts[direction]);
        if (late !== undefined && dies === null) return { now: new Uint8Array(0), later: late, dies };
      }
      return { now: withBabble(plan, direction, start, passing), later: [], dies };
    },
  };
}

function damage(fault: Fault, direction: Direction, start: number, bytes: Uint8Array): void {
  if (fault.kind !== "flip" || fault.direction !== direction) return;
  const index = fault.byteIndex - start;
  const value = bytes[index];
  if (value !== undefined) bytes[index] = value ^ (1 << fault.bit);
}

function acknowledgement(
  plan: readonly Fault[],
  direction: Direction,
  ordinal: number,
): Passage["later"] | undefined {
  for (const fault of plan) {
    if (fault.kind !== "drop_ack" && fault.kind !== "delay_ack") continue;
    if (fault.direction !== direction || fault.ordinal !== ordinal) continue;
    return fault.kind === "drop_ack" ? [] : [{ bytes: Uint8Array.of(ACK), delayMs: fault.delayMs }];
  }
  return undefined;
}

function withBabble(
  plan: readonly Fault[],
  direction: Direction,
  start: number,
  bytes: Uint8Array,
): Uint8Array {
  const fault = plan.find((its) => its.kind === "endless");
  if (fault?.kind !== "endless" || direction !== "to_till") return bytes;
  if (fault.afterBytes < start || fault.afterBytes >= start + bytes.length) return bytes;
  const kept = bytes.subarray(0, fault.afterBytes - start);
  const babble = new Uint8Array(fault.babbleBytes).fill(BABBLE);
  return Uint8Array.of(...kept, ...babble);
}
