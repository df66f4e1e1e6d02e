/**
 * Cash without a sale: a pay-in, a pay-out, a drop with its reason, or the float of a new shift. The
 * amount comes in from the right, in minor units.
 */
import { useSignal } from "@preact/signals";

import { drawerId } from "../../../../core/ids.ts";
import { afterKey } from "../../amount.ts";
import { sendOnce } from "../actions.ts";
import { Button } from "../parts/frame.tsx";
import { Keypad, moneyKeys } from "../parts/keypad.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { isSettled, money, words } from "../store.ts";
import type { AmountAsk } from "../store.ts";

/** The amount of `ask`; `drawer` is the one that a shift is opened for. */
export function AmountSheet({ ask, drawer }: { readonly ask: AmountAsk; readonly drawer: string }) {
  const t = words.value;
  const amountMinor = useSignal(0);
  const reason = useSignal("");
  const titles = { float: t.shiftOpenFor(drawer), pay_in: t.payIn, pay_out: t.payOutCash, drop: t.drop };
  const isReady = ask === "float" || (amountMinor.value > 0 && reason.value !== "");
  const act = (): void => {
    if (ask === "float")
      sendOnce({ type: "open_shift", drawer: drawerId(drawer), floatMinor: amountMinor.value });
    else sendOnce({ type: "move_cash", kind: ask, amountMinor: amountMinor.value, reason: reason.value });
  };
  const foot = (
    <Button id="amount-confirm" tone="primary" isDisabled={!isReady || !isSettled.value} onTap={act}>
      {titles[ask]} {money(amountMinor.value)}
    </Button>
  );
  return (
    <Sheet name="amount" title={titles[ask]} foot={foot}>
      {ask !== "float" && (
        <Reasons
          list={ask}
          reason={reason.value}
          onReason={(text) => {
            reason.value = text;
          }}
        />
      )}
      <p class="amount-line">
        <span class="field-label">{ask === "float" ? t.float : t.amount}</span>
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
    </Sheet>
  );
}
