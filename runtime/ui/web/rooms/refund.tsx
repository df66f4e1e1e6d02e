/**
 * Taking goods back against their receipt: everything that is left on it is chosen, steppers reduce it,
 * a reason is tapped, and the cash to give back stands on the button. The trade counts again.
 */
import { useSignal } from "@preact/signals";

import type { LineId } from "../../../../core/ids.ts";
import { milli, quantityText } from "../../../../core/money.ts";
import type { ClosingView, SoldLineView } from "../../panels.ts";
import { leftMilli, refundAmount } from "../../refund-amount.ts";
import { goTo, sendOnce } from "../actions.ts";
import { BackHeader, Button, Frame } from "../parts/frame.tsx";
import { Icon } from "../parts/icons.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { detail, isSettled, itemName, money, welcome, words } from "../store.ts";
import type { Room } from "../store.ts";

const ONE_MILLI = 1000;

/** The newest receipt of the order of the open panel. */
export function RefundRoom({ shown }: { readonly shown: Extract<Room, { room: "refund" }> }) {
  const content = detail.value?.order === shown.order ? detail.value.content : null;
  const closing = content?.closings.at(-1);
  const back = (): void => goTo({ room: "order", order: shown.order, from: shown.from });
  if (closing === undefined) {
    return (
      <Frame name="refund" header={<BackHeader title={words.value.refund} onBack={back} />}>
        <p class="hint" />
      </Frame>
    );
  }
  return <Refund key={closing.closing} closing={closing} onBack={back} />;
}

function Refund({ closing, onBack }: { readonly closing: ClosingView; readonly onBack: () => void }) {
  const t = words.value;
  const reason = useSignal("");
  const reduced = useSignal<ReadonlyMap<LineId, number>>(new Map());
  const chosenOf = (line: SoldLineView): number =>
    Math.min(reduced.value.get(line.line) ?? leftMilli(line), leftMilli(line));
  const chosen = new Map(closing.lines.map((line) => [line.line, chosenOf(line)]));
  const amountMinor = refundAmount(closing, chosen, welcome.value?.cashRounding ?? null);
  const lines = [...chosen]
    .filter(([, quantityMilli]) => quantityMilli > 0)
    .map(([line, quantityMilli]) => ({ line, quantityMilli }));
  const bar = (
    <Button
      id="refund-confirm"
      tone="primary"
      isDisabled={lines.length === 0 || reason.value === "" || !isSettled.value}
      onTap={() => sendOnce({ type: "refund", closing: closing.closing, lines, reason: reason.value })}
    >
      {lines.length === 0
        ? t.refundNothing
        : reason.value === ""
          ? t.reasonChoose
          : t.refundPay(money(amountMinor))}
    </Button>
  );
  return (
    <Frame
      name="refund"
      header={<BackHeader title={t.refundTitle(closing.receipt)} onBack={onBack} />}
      bar={bar}
    >
      <div class="scroll">
        <ul class="refund-lines">
          {closing.lines.map((line) => (
            <RefundLine
              key={line.line}
              line={line}
              chosenMilli={chosenOf(line)}
              onChoose={(quantityMilli) => {
                reduced.value = new Map([...reduced.value, [line.line, quantityMilli]]);
              }}
            />
          ))}
        </ul>
      </div>
      <section class="refund-foot">
        <p class="amount-line" aria-live="polite">
          <span class="field-label">{t.refundAmount}</span>
          <span class="entry" data-id="refund-amount">
            {money(amountMinor)}
          </span>
        </p>
        <Reasons
          list="refund"
          reason={reason.value}
          onReason={(text) => {
            reason.value = text;
          }}
        />
      </section>
    </Frame>
  );
}

function RefundLine(props: {
  readonly line: SoldLineView;
  readonly chosenMilli: number;
  readonly onChoose: (quantityMilli: number) => void;
}) {
  const { line, chosenMilli, onChoose } = props;
  const t = words.value;
  const name = itemName(line.sku, line.name);
  const leftNow = leftMilli(line);
  // Weighed goods come back whole or not at all: nobody splits 0.35 kg by taps.
  const stepMilli = leftNow % ONE_MILLI === 0 ? ONE_MILLI : leftNow;
  return (
    <li class="refund-line" data-chosen={chosenMilli > 0}>
      <span class="line-name">
        {name}
        <span class="line-each">{money(line.amountMinor)}</span>
        {leftNow === 0 && <span class="sold-returned">{t.returnedAll}</span>}
      </span>
      <span class="stepper">
        <button
          type="button"
          class="square"
          data-id="minus"
          aria-label={t.oneMinus(name)}
          disabled={chosenMilli === 0}
          onClick={() => onChoose(Math.max(0, chosenMilli - stepMilli))}
        >
          <Icon name="minus" />
        </button>
        <span class="refund-quantity" data-id="quantity">
          {t.refundOf(quantityText(milli(chosenMilli)), quantityText(milli(leftNow)))}
        </span>
        <button
          type="button"
          class="square"
          data-id="plus"
          aria-label={t.onePlus(name)}
          disabled={chosenMilli >= leftNow}
          onClick={() => onChoose(Math.min(leftNow, chosenMilli + stepMilli))}
        >
          <Icon name="plus" />
        </button>
      </span>
    </li>
  );
}
