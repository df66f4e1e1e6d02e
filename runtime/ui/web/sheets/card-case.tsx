/**
 * What a second person may say of a card that no reader can tell of: go on without it, it was charged,
 * it was not; or of money that a reader moved beside what was asked. Each with a reason, each by PIN.
 */
import { useSignal } from "@preact/signals";

import type { TenderId } from "../../../../core/ids.ts";
import type { CardView, ScreenCommand } from "../../wire.ts";
import { sendOnce } from "../actions.ts";
import { Choices } from "../parts/choices.tsx";
import { Button } from "../parts/frame.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { cards, isSettled, money, words } from "../store.ts";

type Choice = "charged" | "not_charged" | "go_on" | "taken_back" | "case_opened";

function choicesOf(card: CardView): readonly Choice[] {
  if (card.orphan !== null) return ["taken_back", "case_opened"];
  return card.isOverridden ? ["charged", "not_charged"] : ["charged", "not_charged", "go_on"];
}

function commandOf(card: CardView, choice: Choice, reason: string): ScreenCommand | null {
  const { order, tender, orphan } = card;
  switch (choice) {
    case "charged":
      return { type: "judge_tender", order, tender, as: "captured", reason };
    case "not_charged":
      return { type: "judge_tender", order, tender, as: "failed", reason };
    case "go_on":
      return { type: "override_tender", order, tender, reason };
    case "taken_back":
    case "case_opened":
      return orphan === null
        ? null
        : { type: "settle_orphan", order, tender, orphan: orphan.orphan, how: choice, reason };
  }
}

/** The choices about one tender. */
export function CardCaseSheet({ tender }: { readonly tender: TenderId }) {
  const t = words.value;
  const choice = useSignal<Choice | "">("");
  const reason = useSignal("");
  const card = cards.value.tenders.find((its) => its.tender === tender);
  if (card === undefined) return null;
  const act = (): void => {
    const command = choice.value === "" ? null : commandOf(card, choice.value, reason.value);
    if (command !== null) sendOnce(command);
  };
  const isReady = choice.value !== "" && reason.value !== "" && isSettled.value;
  return (
    <Sheet
      name="card-case"
      title={t.cardManager}
      foot={
        <Button id="card-case-confirm" tone="primary" isDisabled={!isReady} onTap={act}>
          {t.cardCaseConfirm}
        </Button>
      }
    >
      <p class="card-says">
        {money(Math.abs(card.orphan?.amountMinor ?? card.amountMinor))} · {card.sentence}
      </p>
      <Choices
        name="case"
        label={t.cardCaseWhat}
        choices={choicesOf(card).map((id) => ({ id, label: t[`cardCase_${id}`] }))}
        chosen={choice.value}
        onChoose={(id) => {
          choice.value = id;
        }}
      />
      <Reasons
        list="card"
        reason={reason.value}
        onReason={(text) => {
          reason.value = text;
        }}
      />
    </Sheet>
  );
}
