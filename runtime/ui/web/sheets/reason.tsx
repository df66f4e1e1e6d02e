/**
 * Why an order is cancelled, or the drawer opened without a sale. A reason is chosen first; its button
 * then does it.
 */
import { useSignal } from "@preact/signals";

import { sendOnce } from "../actions.ts";
import { Button } from "../parts/frame.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { isSettled, order, words } from "../store.ts";
import type { ReasonAsk } from "../store.ts";

/** The reasons of `ask` and the button that does it. */
export function ReasonSheet({ ask }: { readonly ask: ReasonAsk }) {
  const t = words.value;
  const reason = useSignal("");
  const current = order.value;
  const isVoid = ask === "void";
  const act = (): void => {
    if (!isVoid) sendOnce({ type: "open_drawer", reason: reason.value });
    else if (current !== null) sendOnce({ type: "void_order", order: current.order, reason: reason.value });
  };
  const foot = (
    <Button
      id="reason-confirm"
      tone={isVoid ? "danger" : "primary"}
      isDisabled={reason.value === "" || !isSettled.value}
      onTap={act}
    >
      {reason.value === "" ? t.reasonChoose : isVoid ? t.cancelConfirm : t.noSale}
    </Button>
  );
  return (
    <Sheet name="reason" title={isVoid ? t.cancelOrder : t.noSale} foot={foot}>
      <Reasons
        list={ask}
        reason={reason.value}
        onReason={(text) => {
          reason.value = text;
        }}
      />
    </Sheet>
  );
}
