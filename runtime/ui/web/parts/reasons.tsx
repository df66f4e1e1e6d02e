/**
 * Why something was done: a few words to tap, and room for others. The text that is chosen is what is
 * recorded, in the language of the screen.
 */
import { useSignal } from "@preact/signals";

import { REASON_TEXT_LENGTH_MAX } from "../../../../core/limits.ts";
import { words } from "../store.ts";
import { Choices } from "./choices.tsx";

/** What a reason may be asked for. */
export type ReasonList =
  | "void"
  | "no_sale"
  | "refund"
  | "pay_in"
  | "pay_out"
  | "drop"
  | "difference"
  | "discount"
  | "card";

const REASONS = {
  void: ["reason_mistake", "reason_left", "reason_unwanted", "reason_test"],
  no_sale: ["reason_help", "reason_check", "reason_mistake"],
  refund: ["reason_unwanted", "reason_damaged", "reason_wrongItem", "reason_late"],
  pay_in: ["reason_change", "reason_bank"],
  pay_out: ["reason_supplies", "reason_delivery", "reason_change"],
  drop: ["reason_safe", "reason_bank"],
  difference: ["reason_counted", "reason_wrongChange"],
  discount: ["reason_damaged", "reason_regular", "reason_priceSeen", "reason_waited"],
  card: ["reason_slipSeen", "reason_bankAsked", "reason_guestWaits"],
} as const satisfies Readonly<Record<ReasonList, readonly string[]>>;

const OWN = "own";

/** The chips of a list and the entry for another reason; says the text each time that it changes. */
export function Reasons(props: {
  readonly list: ReasonList;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}) {
  const t = words.value;
  const isOwn = useSignal(false);
  const choices = REASONS[props.list].map((key) => ({ id: key, label: t[key] }));
  const chosen = choices.find(({ label }) => label === props.reason)?.id ?? "";
  return (
    <>
      <Choices
        name="reason"
        label={t.reason}
        choices={[...choices, { id: OWN, label: t.reasonOwn }]}
        chosen={isOwn.value ? OWN : chosen}
        onChoose={(id) => {
          isOwn.value = id === OWN;
          props.onReason(id === OWN ? "" : t[id]);
        }}
      />
      {isOwn.value && (
        <input
          class="text-entry"
          data-id="reason-text"
          type="text"
          maxLength={REASON_TEXT_LENGTH_MAX}
          placeholder={t.reasonOwnHint}
          aria-label={t.reasonOwn}
          onInput={(event) => props.onReason(event.currentTarget.value.trim())}
        />
      )}
    </>
  );
}
