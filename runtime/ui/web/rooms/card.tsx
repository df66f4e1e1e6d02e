/**
 * A card under way: what the holder should do now, the amount and the time it takes. Cancel is offered
 * as long as the reader's protocol has a way back. What nobody knows stays in amber until somebody does.
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import type { CardView } from "../../wire.ts";
import { cancelCard, checkCard, leaveUnknown, openSheet } from "../actions.ts";
import { Button, Frame } from "../parts/frame.tsx";
import { instead } from "../instead.ts";
import { Icon } from "../parts/icons.tsx";
import { money, words } from "../store.ts";

const SECOND_MS = 1000;

/** The room of a tender that is not final. */
export function CardRoom({ card }: { readonly card: CardView }) {
  const t = words.value;
  const isAtWork = card.isAtReader || card.status === "requested" || card.status === "approved";
  return (
    <Frame
      name="card"
      header={
        <h1 class="title">
          <span class="title-text">{card.kind === "pay" ? t.cardTitle : t.cardBackTitle}</span>
        </h1>
      }
      bar={isAtWork ? <CancelBar card={card} /> : <UnknownBar card={card} />}
    >
      {isAtWork ? <AtReader card={card} /> : <NotKnown card={card} />}
    </Frame>
  );
}

function AtReader({ card }: { readonly card: CardView }) {
  const t = words.value;
  const step = card.prompt?.step ?? "connecting";
  return (
    <section class="card-wait" data-id="card-wait" data-step={step} aria-live="polite">
      <p class="big" data-id="card-amount">
        {money(Math.abs(card.amountMinor))}
      </p>
      <Icon name="card" size={72} />
      <p class="card-step">{card.status === "approved" ? t.cardStep_processing : t[`cardStep_${step}`]}</p>
      <p class="card-text">{instead.value === null ? (card.prompt?.text ?? "") : t.cardEnding}</p>
      <Elapsed key={card.tender} />
    </section>
  );
}

/** Seconds since this tender came to the screen: people see that something is going on. */
function Elapsed() {
  const seconds = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => {
      seconds.value += 1;
    }, SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return <p class="due-label">{words.value.seconds(seconds.value)}</p>;
}

function CancelBar({ card }: { readonly card: CardView }) {
  const t = words.value;
  const canCancel = card.prompt?.canCancel ?? card.status === "requested";
  return (
    <Button id="card-cancel" tone="secondary" isDisabled={!canCancel} onTap={() => cancelCard(card)}>
      {canCancel ? t.cardCancel : t.cardNoCancel}
    </Button>
  );
}

function NotKnown({ card }: { readonly card: CardView }) {
  const t = words.value;
  const isOrphan = card.orphan !== null;
  return (
    <section class="card-unknown" data-id="card-unknown" aria-live="assertive">
      <Icon name="warning" size={56} />
      <p class="card-unknown-head">{isOrphan ? t.cardOrphan : t.cardUnknown}</p>
      <p class="big" data-id="card-amount">
        {money(Math.abs(card.orphan?.amountMinor ?? card.amountMinor))}
      </p>
      <p class="card-says">{card.sentence}</p>
      {card.text !== "" && <p class="card-text">{card.text}</p>}
      {!isOrphan && <UnknownWays card={card} />}
    </section>
  );
}

/** What else may be done than to ask the reader again: above the bar, so that the bar has one action. */
function UnknownWays({ card }: { readonly card: CardView }) {
  const t = words.value;
  return (
    <div class="card-ways">
      <Button id="card-next" tone="secondary" onTap={() => leaveUnknown(card)}>
        {t.cardNext}
      </Button>
      <Button id="card-manager" tone="secondary" onTap={() => callManager(card)}>
        {t.cardManager}
      </Button>
    </div>
  );
}

function callManager({ tender }: CardView): void {
  openSheet({ kind: "card_case", tender });
}

function UnknownBar({ card }: { readonly card: CardView }) {
  const t = words.value;
  return card.orphan === null ? (
    <Button id="card-check" tone="primary" onTap={() => checkCard(card)}>
      {t.cardCheck}
    </Button>
  ) : (
    <Button id="card-manager" tone="primary" onTap={() => callManager(card)}>
      {t.cardManager}
    </Button>
  );
}
