/**
 * Card tenders and readers as a screen shows them: what runs, what was said, and what nobody knows yet.
 *
 * V1 A tender is shown as the journal has it on disk; prompts of a reader are of this moment and say
 *    nothing about money.
 */
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import { liveTenders } from "../../core/tender/live.ts";
import type { CardTender } from "../../core/tender/types.ts";
import type { ReaderStation } from "../reader/desk.ts";
import { readerSentence } from "./reader-words.ts";
import type { CardsView, CardView, Language, ReaderView } from "./wire.ts";

/** What a screen may show of tenders: those of the check that is paid, and what is not known of others. */
export interface ShownCard {
  readonly card: CardTender;
  readonly label: string;
  readonly isCurrent: boolean;
}

/** The tenders of the order that the screen works on, and every other one of this terminal that is not known. */
export function shownCards(state: State): readonly ShownCard[] {
  const current = currentOrder(state);
  const check = current?.checks.find(({ status }) => status === "frozen") ?? null;
  const here = check?.cards ?? [];
  const shown = here.map((card) => ({ card, label: current?.label ?? "", isCurrent: true }));
  for (const card of liveTenders(state)) {
    if (here.some(({ id }) => id === card.id)) continue;
    shown.push({ card, label: state.orders.get(card.order)?.order.label ?? "", isCurrent: false });
  }
  return shown;
}

/** See the header. */
export function cardsView(
  cards: readonly ShownCard[],
  stations: readonly ReaderStation[],
  language: Language,
): CardsView {
  return {
    readers: stations.map((station) => readerView(station, language)),
    tenders: cards.map((shown) => cardView(shown, stations, language)),
  };
}

function readerView({ name, state }: ReaderStation, language: Language): ReaderView {
  const { link, problem, identity } = state;
  return {
    name,
    link,
    model: identity?.model ?? "",
    serial: identity?.serial ?? "",
    sentence: problem === null ? "" : readerSentence(problem, language),
  };
}

function cardView(
  { card, label, isCurrent }: ShownCard,
  stations: readonly ReaderStation[],
  language: Language,
): CardView {
  const station = stations.find(({ running }) => running === card.id);
  const orphan = card.orphans.find(({ isSettled }) => !isSettled);
  return {
    tender: card.id,
    order: card.order,
    label,
    isCurrent,
    reader: card.reader,
    kind: card.kind,
    amountMinor: card.amountMinor,
    status: card.status,
    isManual: card.isManual,
    isOverridden: card.isOverridden,
    card: card.result === null ? "" : `${card.result.brand} ${dots(card.result.lastFour)}`.trim(),
    sentence: card.code === "" ? "" : readerSentence(card.code, language),
    text: card.text,
    prompt: station?.prompt ?? null,
    isAtReader: station !== undefined,
    orphan:
      orphan === undefined
        ? null
        : { orphan: orphan.id, amountMinor: orphan.amountMinor, currency: orphan.currency },
  };
}

function dots(lastFour: string): string {
  return lastFour === "" ? "" : `···· ${lastFour}`;
}
