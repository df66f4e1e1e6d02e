/**
 * A discount by a clerk, off a line or off the order: a rate of a few, or an amount keyed in, and why. The
 * trade asks for the right and for the house's limits when it is sent.
 */
import { useSignal } from "@preact/signals";

import type { LineId } from "../../../../core/ids.ts";
import { afterKey } from "../../amount.ts";
import { sendOnce } from "../actions.ts";
import { Choices } from "../parts/choices.tsx";
import { Button } from "../parts/frame.tsx";
import { Keypad, moneyKeys } from "../parts/keypad.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { isSettled, itemName, money, order, words } from "../store.ts";

/** Rates that a clerk gives, in percent. */
const PERCENTS = [5, 10, 15, 20, 30, 50, 100] as const;
const PPM_OF_PERCENT = 10_000;
const OWN = "own";

/** The rate or amount, the reason, and the button that gives it; `line` null is off the order. */
export function DiscountSheet({ line }: { readonly line: LineId | null }) {
  const t = words.value;
  const chosen = useSignal("");
  const amountMinor = useSignal(0);
  const reason = useSignal("");
  const current = order.value;
  if (current === null) return null;
  const isAmount = chosen.value === OWN;
  const isReady = reason.value !== "" && (isAmount ? amountMinor.value > 0 : chosen.value !== "");
  const what = current.lines.find((each) => each.line === line);
  const title = what === undefined ? t.discountOrder : t.discountFor(itemName(what.sku, what.name));
  const give = (): void =>
    sendOnce({
      type: "give_discount",
      order: current.order,
      line,
      ratePpm: isAmount ? null : Number(chosen.value) * PPM_OF_PERCENT,
      amountMinor: isAmount ? amountMinor.value : 0,
      reason: reason.value,
    });
  const foot = (
    <Button id="discount-confirm" tone="primary" isDisabled={!isReady || !isSettled.value} onTap={give}>
      {isAmount ? t.discountGive(money(amountMinor.value)) : t.discountGive(`${chosen.value} %`)}
    </Button>
  );
  return (
    <Sheet name="discount" title={title} foot={foot}>
      <Choices
        name="percent"
        label={t.discount}
        choices={[
          ...PERCENTS.map((percent) => ({ id: String(percent), label: `${percent} %` })),
          { id: OWN, label: t.amount },
        ]}
        chosen={chosen.value}
        onChoose={(id) => {
          chosen.value = id;
        }}
      />
      <Reasons
        list="discount"
        reason={reason.value}
        onReason={(text) => {
          reason.value = text;
        }}
      />
      {isAmount && (
        <>
          <p class="amount-line">
            <span class="field-label">{t.amount}</span>
            <span class="entry" data-id="entered">
              {money(amountMinor.value)}
            </span>
          </p>
          <Keypad
            keys={moneyKeys()}
            onKey={(key) => {
              amountMinor.value = afterKey(amountMinor.value, key);
            }}
          />
        </>
      )}
    </Sheet>
  );
}
