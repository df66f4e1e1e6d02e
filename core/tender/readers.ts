/**
 * What this terminal's journal knows of each card reader, by the device's serial: its newest word, and
 * what it captured since it closed its day. Of own events only: a reader belongs to one terminal.
 */
import { READER_BRANDS_COUNT_MAX, READERS_KEPT_COUNT_MAX } from "../limits.ts";
import { sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import type { State } from "../state.ts";
import type { Recorded } from "../types.ts";
import type { OrderId, TenderId } from "../ids.ts";
import type { DayBrand, ReaderCarried, ReaderDayClosed, ReadersCarried } from "./events.ts";
import type { CardTender } from "./types.ts";

/** Folds an event of this terminal in, before its order is folded; updates `state.readers` in place. */
export function evolveReaders(state: State, recorded: Recorded): void {
  const { event } = recorded;
  switch (event.type) {
    case "tender_approved":
    case "orphan_found":
      change(state, event.result.serial, { reference: event.result.reference });
      break;
    case "tender_captured": {
      const card = event.request === null ? null : cardOf(state, event.order, event.request);
      if (card !== null) count(state, card, event.amountMinor);
      break;
    }
    case "reader_day_closed":
      change(state, event.serial, { count: 0, amountMinor: ZERO, brands: [] });
      keepReaderDay(state, { ...recorded, event });
      break;
    default:
      break;
  }
}

/** What is known of the device; nothing of one that was never used. */
export function readerKnown(state: Pick<State, "readers">, serial: string): ReaderCarried {
  return state.readers.get(serial) ?? { serial, reference: "", count: 0, amountMinor: ZERO, brands: [] };
}

function cardOf(state: State, order: OrderId, tender: TenderId): CardTender | null {
  const checks = state.orders.get(order)?.order.checks ?? [];
  return checks.flatMap(({ cards }) => cards).find(({ id }) => id === tender) ?? null;
}

function count(state: State, card: CardTender, amountMinor: Minor): void {
  const before = readerKnown(state, card.serial);
  change(state, card.serial, {
    count: before.count + 1,
    amountMinor: sumWithin([before.amountMinor, amountMinor]),
    brands: withCapture(before.brands, card, amountMinor),
  });
}

// What was wholly taken back stands no longer; a brand too many is counted with the last.
function withCapture(
  brands: readonly DayBrand[],
  { kind, result }: CardTender,
  amountMinor: Minor,
): readonly DayBrand[] {
  const brand = result?.brand ?? "";
  const found = brands.findIndex((its) => its.brand === brand);
  const index = found < 0 && brands.length >= READER_BRANDS_COUNT_MAX ? brands.length - 1 : found;
  const before = brands[index] ?? { brand, count: 0, amountMinor: ZERO, backCount: 0 };
  const isBack = kind === "reverse";
  const after: DayBrand = {
    brand: before.brand,
    count: Math.max(0, before.count + (isBack ? -1 : 1)),
    amountMinor: sumWithin([before.amountMinor, amountMinor]),
    backCount: before.backCount + (isBack ? 1 : 0),
  };
  return index < 0 ? [...brands, after] : brands.with(index, after);
}

/** Keeps the newest day close of its device: of a fold, or carried by a checkpoint. */
export function keepReaderDay(state: State, recorded: Recorded<ReaderDayClosed>): void {
  const { serial } = recorded.event;
  state.readerDays.delete(serial);
  state.readerDays.set(serial, recorded);
  const [oldest] = state.readerDays.keys();
  if (state.readerDays.size > READERS_KEPT_COUNT_MAX && oldest !== undefined) state.readerDays.delete(oldest);
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
