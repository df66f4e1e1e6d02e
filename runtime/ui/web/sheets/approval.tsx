/**
 * A second person lends a right for one action: what it is and how much it moves stands on top, then
 * who agrees, then that person's PIN.
 */
import { useSignal } from "@preact/signals";

import { refundAmount } from "../../refund-amount.ts";
import type { ScreenCommand } from "../../wire.ts";
import { enterPin } from "../actions.ts";
import { Choices } from "../parts/choices.tsx";
import { PinPad } from "../parts/pin-pad.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { forgetPin } from "../pin.ts";
import { approvers, clerkName, detail, money, order, shiftPanel, welcome, words } from "../store.ts";
import type { ApprovalAsk } from "../store.ts";

/** Who agrees to `ask`, and their PIN. */
export function ApprovalSheet({ ask }: { readonly ask: ApprovalAsk }) {
  const t = words.value;
  const people = approvers(ask.right);
  const who = useSignal(people.length === 1 ? (people[0]?.clerk ?? "") : "");
  const chosen = people.find(({ clerk }) => clerk === who.value);
  const amountMinor = amountOf(ask.command);
  return (
    <Sheet name="approval" title={t.approvalTitle}>
      <div class="approval-what" data-id="approval-what">
        <span>{t[`right_${ask.right}`]}</span>
        {amountMinor !== null && <span class="approval-amount">{money(amountMinor)}</span>}
      </div>
      <p class="field-label">{chosen === undefined ? t.approvalWho : t.pinFor(clerkName(chosen.clerk))}</p>
      <Choices
        name="approver"
        label={t.approvalWho}
        choices={people.map(({ clerk, name }) => ({ id: clerk, label: name }))}
        chosen={chosen?.clerk ?? ""}
        onChoose={(id) => {
          forgetPin();
          who.value = id;
        }}
      />
      {chosen !== undefined && (
        <PinPad onPin={(pin) => enterPin(chosen.clerk, pin, "approve", ask.command)} />
      )}
    </Sheet>
  );
}

/** The money that a command moves, as this page knows it; null where it moves none. */
function amountOf(command: ScreenCommand): number | null {
  switch (command.type) {
    case "refund": {
      const closing = detail.value?.content?.closings.find((each) => each.closing === command.closing);
      if (closing === undefined) return null;
      const chosen = new Map(command.lines.map(({ line, quantityMilli }) => [line, quantityMilli]));
      return refundAmount(closing, chosen, welcome.value?.cashRounding ?? null);
    }
    case "void_order":
      return order.value?.order === command.order ? order.value.totalMinor : null;
    case "pay_out_cash":
      return order.value?.order === command.order ? order.value.cashLeftMinor : null;
    case "add_open_item":
      return command.unitPriceMinor;
    case "move_cash":
      return command.amountMinor;
    case "open_shift":
      return command.floatMinor;
    case "close_shift":
      return (
        shiftPanel.value?.open.find(({ shift }) => shift === command.shift)?.counted?.differenceMinor ?? null
      );
    default:
      return null;
  }
}
