/**
 * What this terminal's journal knows of each card reader, by the device's serial: its newest word, and
 * what it captured since it closed its day. Of own events only: a reader belongs to one terminal.
 */
import { READERS_KEPT_COUNT_MAX } from "../limits.ts";
import { sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import type { State } from "../state.ts";
import type { Recorded } from "../types.ts";
import type { OrderId, TenderId } from "../ids.ts";
import type { ReaderCarried, ReadersCarried } from "./events.ts";

/** Folds an event of this terminal in, before its order is folded; updates `state.readers` in place. */
export function evolveReaders(state: State, { event }: Recorded): void {
  switch (event.type) {
    case "tender_approved":
    case "orphan_found":
      change(state, event.result.serial, { reference: event.result.reference });
      break;
    case "tender_captured": {
      const serial = event.request === null ? null : serialOf(state, event.order, event.request);
      if (serial !== null) count(state, serial, event.amountMinor);
      break;
    }
    case "reader_day_closed":
      change(state, event.serial, { count: 0, amountMinor: ZERO });
      break;
    default:
      break;
  }
}

/** What is known of the device; nothing of one that was never used. */
export function readerKnown(state: Pick<State, "readers">, serial: string): ReaderCarried {
  return state.readers.get(serial) ?? { serial, reference: "", count: 0, amountMinor: ZERO };
}

function serialOf(state: State, order: OrderId, tender: TenderId): string | null {
  const checks = state.orders.get(order)?.order.checks ?? [];
  return checks.flatMap(({ cards }) => cards).find(({ id }) => id === tender)?.serial ?? null;
}

function count(state: State, serial: string, amountMinor: Minor): void {
  const before = readerKnown(state, serial);
  change(state, serial, {
    count: before.count + 1,
    amountMinor: sumWithin([before.amountMinor, amountMinor]),
  });
}

function change(state: State, serial: string, to: Partial<ReaderCarried>): void {
  const known = readerKnown(state, serial);
  state.readers.delete(serial);
  state.readers.set(serial, { ...known, ...to });
  const [oldest] = state.readers.keys();
  if (state.readers.size > READERS_KEPT_COUNT_MAX && oldest !== undefined) state.readers.delete(oldest);
}

/** What a checkpoint carries of readers; nothing where none was ever used. */
export function readersCarried(state: Pick<State, "readers">): readonly ReadersCarried[] {
  return state.readers.size === 0 ? [] : [{ type: "readers_carried", readers: [...state.readers.values()] }];
}

/** Takes up what a checkpoint carries, where a fold begins with it. */
export function restoreReaders(state: State, carried: ReadersCarried): void {
  for (const reader of carried.readers) state.readers.set(reader.serial, reader);
}
