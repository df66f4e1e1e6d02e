/**
 * Taking money: readers for cards, what is due, the notes a customer is likely to give, and a keypad for the rest. A
 * part of the amount leaves the remainder to take.
 */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { afterKey, noteText, quickCash } from "../../amount.ts";
import type { OrderView } from "../../wire.ts";
import { leaveTender, takeCash } from "../actions.ts";
import { ArmedReader, CardFailure, ReaderButtons, TakenCards } from "../parts/cards.tsx";
import { BackHeader, Button, Frame } from "../parts/frame.tsx";
import { Keypad, moneyKeys } from "../parts/keypad.tsx";
import {
  armedCard,
  cards,
  currencyFormat,
  isSettled,
  liveCard,
  money,
  order,
  welcome,
  words,
} from "../store.ts";
import { CardRoom } from "./card.tsx";
import { GiveBackRoom } from "./give-back.tsx";

/** What was keyed in, and for which amount: another amount to pay begins with an empty entry. */
const entry = signal({ forWhat: "", minor: 0 });

function forgetEntry(): void {
  entry.value = { forWhat: "", minor: 0 };
}

function whatIsPaid(current: OrderView): string {
  return `${current.order} ${current.leftMinor}`;
}

function enteredMinor(current: OrderView): number {
  return entry.value.forWhat === whatIsPaid(current) ? entry.value.minor : 0;
}

/** Readers and notes that stand in one row. */
const NOTES_ROW_COUNT = 4;

/** Money for the current order. */
export function TenderRoom() {
  const current = order.value;
  const t = words.value;
  useEffect(() => forgetEntry, []);
  if (current === null) return null;
  const card = liveCard.value;
  if (card !== null && armedCard.value === null) return <CardRoom card={card} />;
  if (current.kind === "return") return <GiveBackRoom current={current} />;
  return (
    <Frame
      name="tender"
      header={
        <BackHeader
          title={cards.value.readers.length === 0 ? t.cashTender : t.tenderTitle}
          onBack={leaveTender}
        />
      }
      bar={<TakeBar current={current} />}
    >
      <Due current={current} />
      <ArmedReader />
      <CardFailure />
      <TakenCards />
      <Notes current={current} />
      <Keypad
        keys={moneyKeys()}
        onKey={(key) => {
          entry.value = {
            forWhat: whatIsPaid(current),
            minor: afterKey(enteredMinor(current), key),
          };
        }}
      />
    </Frame>
  );
}

function Due({ current }: { readonly current: OrderView }) {
  const t = words.value;
  return (
    <section class="due" aria-live="polite">
      <div>
        <p class="due-label">{current.takenMinor > 0 ? t.leftToPay : t.due}</p>
        <p class="big" data-id="due">
          {money(current.cashLeftMinor)}
        </p>
        <p class="due-taken">{takenText(current)}</p>
      </div>
      <div class="due-handed" data-empty={enteredMinor(current) === 0}>
        <p class="due-label">{t.handed}</p>
        <p class="entry" data-id="entered">
          {money(enteredMinor(current))}
        </p>
      </div>
    </section>
  );
}

function takenText(current: OrderView): string {
  const t = words.value;
  if (current.takenMinor > 0) return t.takenSoFar(money(current.takenMinor));
  const roundedMinor = current.cashLeftMinor - current.leftMinor;
  return roundedMinor === 0 ? "" : `${t.rounding} ${money(roundedMinor)}`;
}

function Notes({ current }: { readonly current: OrderView }) {
  const { currency, exponent } = welcome.value ?? { currency: "", exponent: 2 };
  const t = words.value;
  const noteCount = Math.max(1, NOTES_ROW_COUNT - cards.value.readers.length);
  return (
    <div class="notes">
      <ReaderButtons current={current} enteredMinor={enteredMinor(current)} />
      {quickCash(current.cashLeftMinor, currency, exponent)
        .slice(0, noteCount)
        .map((amountMinor, index) => (
          <button
            key={amountMinor}
            type="button"
            class="note"
            data-id={`note-${amountMinor}`}
            disabled={!isSettled.value}
            onClick={() => takeCash(current, amountMinor)}
          >
            {index === 0 && <span class="note-word">{t.exact}</span>}
            <span>{noteText(amountMinor, currencyFormat.value)}</span>
          </button>
        ))}
    </div>
  );
}

function TakeBar({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const entered = enteredMinor(current);
  const left = current.cashLeftMinor - entered;
  const label =
    entered === 0
      ? t.keyAmount
      : left > 0
        ? t.takePart(money(entered), money(left))
        : left < 0
          ? t.takeWithChange(money(entered), money(-left))
          : t.takeExact(money(entered));
  return (
    <Button
      id="take"
      tone="primary"
      isDisabled={entered === 0 || !isSettled.value}
      onTap={() => takeCash(current, entered)}
    >
      {label}
    </Button>
  );
}
