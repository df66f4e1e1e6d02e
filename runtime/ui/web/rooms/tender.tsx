/**
 * Taking cash: what is due, the notes a customer is likely to give, and a keypad for the rest. A
 * part of the amount leaves the remainder to take.
 */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { afterKey, noteText, quickCash } from "../amount.ts";
import type { KeypadKey } from "../amount.ts";
import type { OrderView } from "../wire.ts";
import { leaveTender, takeCash } from "./actions.ts";
import { Frame, HeaderButton } from "./frame.tsx";
import { Icon } from "./icons.tsx";
import { currencyFormat, isSettled, money, order, welcome, words } from "./store.ts";

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

/** Cash for the current order. */
export function TenderScreen() {
  const current = order.value;
  const t = words.value;
  useEffect(() => forgetEntry, []);
  if (current === null) return null;
  const header = (
    <>
      <HeaderButton icon="back" id="back" label={t.back} onTap={leaveTender} />
      <h1 class="title">{t.cashTender}</h1>
    </>
  );
  return (
    <Frame name="tender" header={header} bar={<TakeBar current={current} />}>
      <Due current={current} />
      <Notes current={current} />
      <Keypad current={current} />
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
          {money(current.leftMinor)}
        </p>
        <p class="due-taken">{current.takenMinor > 0 && t.takenSoFar(money(current.takenMinor))}</p>
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

function Notes({ current }: { readonly current: OrderView }) {
  const { currency, exponent } = welcome.value ?? { currency: "", exponent: 2 };
  const t = words.value;
  return (
    <div class="notes">
      {quickCash(current.leftMinor, currency, exponent).map((amountMinor, index) => (
        <button
          key={amountMinor}
          type="button"
          class="note"
          data-id={`note-${amountMinor}`}
          disabled={!isSettled.value}
          onClick={() => takeCash(current.order, amountMinor)}
        >
          {index === 0 && <span class="note-word">{t.exact}</span>}
          <span>{noteText(amountMinor, currencyFormat.value)}</span>
        </button>
      ))}
    </div>
  );
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

function Keypad({ current }: { readonly current: OrderView }) {
  const zeros = currencyFormat.value.exponent === 0 ? "000" : "00";
  const keys: readonly KeypadKey[] = [...DIGITS, zeros, "0", "back"];
  return (
    <div class="keypad">
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          class="key"
          data-id={`key-${key}`}
          aria-label={key === "back" ? words.value.deleteDigit : key}
          onClick={() => {
            entry.value = {
              forWhat: whatIsPaid(current),
              minor: afterKey(enteredMinor(current), key),
            };
          }}
        >
          {key === "back" ? <Icon name="deleteDigit" size={28} /> : key}
        </button>
      ))}
    </div>
  );
}

function TakeBar({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const entered = enteredMinor(current);
  const left = current.leftMinor - entered;
  const label =
    entered === 0
      ? t.keyAmount
      : left > 0
        ? t.takePart(money(entered), money(left))
        : left < 0
          ? t.takeWithChange(money(entered), money(-left))
          : t.takeExact(money(entered));
  return (
    <button
      type="button"
      class="button primary"
      data-id="take"
      disabled={entered === 0 || !isSettled.value}
      onClick={() => takeCash(current.order, entered)}
    >
      {label}
    </button>
  );
}
