/**
 * A refund whose card did not take its money back: why, and what may be done about it. Asking the reader
 * again needs nobody; cash in the card's place needs a second person.
 */
import type { OrderView } from "../../wire.ts";
import { leaveTender, sendOnce } from "../actions.ts";
import { CardFailure } from "../parts/cards.tsx";
import { BackHeader, Button, Frame } from "../parts/frame.tsx";
import { isSettled, money, words } from "../store.ts";

/** The room of a return that waits to be paid back. */
export function GiveBackRoom({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const goOn = (inCash: boolean): void => sendOnce({ type: "continue_refund", order: current.order, inCash });
  return (
    <Frame
      name="give-back"
      header={<BackHeader title={t.cardBackTitle} onBack={leaveTender} />}
      bar={
        <Button id="refund-again" tone="primary" isDisabled={!isSettled.value} onTap={() => goOn(false)}>
          {t.cardAgain}
        </Button>
      }
    >
      <section class="card-wait">
        <p class="due-label">{t.cardLeftToGiveBack}</p>
        <p class="big" data-id="give-back-left">
          {money(current.leftMinor)}
        </p>
        <CardFailure />
        <div class="card-ways">
          <Button id="refund-in-cash" tone="secondary" isDisabled={!isSettled.value} onTap={() => goOn(true)}>
            {t.cardInCash}
          </Button>
        </div>
      </section>
    </Frame>
  );
}
