/**
 * What a simulated ZVT terminal notes in its memory about reversals and bookings. Memory alone: nothing is
 * said and nobody is asked here.
 */

import { numberAfter } from "./memory.ts";
import type { ToReverse, Turnover } from "./memory.ts";
import { momentOf } from "./results.ts";
import type { Turn } from "./turn.ts";

/** A business that the till does not have leaves the turnovers, and is to be taken back (N2). */
export function toBeReversed(turn: Turn, hostRef: string, reason: string): void {
  const { memory } = turn.state;
  turn.remember({
    toReverse: [...memory.toReverse, { hostRef, reason, isAsked: false }],
    turnovers: memory.turnovers.flatMap((its) => {
      if (its.hostRef !== hostRef) return [its];
      return turn.behaviour.repeatsReversals ? [{ ...its, isOver: true }] : [];
    }),
  });
}

/** A reversal with a receipt of its own, and what it reversed is over. */
export function noteReversal(turn: Turn, its: ToReverse): void {
  const { memory } = turn.state;
  const original = memory.turnovers.find((turnover) => turnover.hostRef === its.hostRef);
  if (original === undefined) return;
  const reversal: Turnover = {
    ...original,
    kind: "reversal",
    hostRef: `${its.hostRef}R`,
    receipt: memory.nextReceipt,
    trace: memory.nextTrace,
    originalTrace: original.trace,
    ...momentOf(turn.nowMs),
    isOver: false,
  };
  turn.remember({
    nextReceipt: numberAfter(memory.nextReceipt),
    nextTrace: memory.nextTrace + 1,
    turnovers: [
      ...memory.turnovers.map((turnover) =>
        turnover === original ? { ...original, isOver: true } : turnover,
      ),
      reversal,
    ],
  });
}

/** A booked reservation: it is over, and what was booked stands. */
export function noteBooking(turn: Turn, reservation: Turnover, amountMinor: number): Turnover {
  const { memory } = turn.state;
  const booking: Turnover = {
    ...reservation,
    kind: "booking",
    amountMinor,
    receipt: memory.nextReceipt,
    trace: memory.nextTrace,
    originalTrace: reservation.trace,
    ...momentOf(turn.nowMs),
  };
  turn.remember({
    nextReceipt: numberAfter(memory.nextReceipt),
    nextTrace: memory.nextTrace + 1,
    turnovers: [
      ...memory.turnovers.map((its) => (its === reservation ? { ...its, isOver: true } : its)),
      booking,
    ],
  });
  return booking;
}
