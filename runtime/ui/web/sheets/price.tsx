/**
 * What changes an order's price beside its lines: a discount, a coupon, a tip by preset, guests, a
 * member's tier, the house's rounding. Each is sent at once and shown by the rows that come back.
 */
import { useRef } from "preact/hooks";

import { COUPON_CODE_LENGTH_MAX, TIER_TEXT_LENGTH_MAX } from "../../../../core/limits.ts";
import type { OrderView } from "../../wire.ts";
import { openSheet, sendOnce } from "../actions.ts";
import { Choices } from "../parts/choices.tsx";
import { Button } from "../parts/frame.tsx";
import { PriceRows } from "../parts/price-rows.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { isSettled, money, order, words } from "../store.ts";

const NO_TIP = "none";
const PPM_OF_PERCENT = 10_000;

/** The whole sheet. */
export function PriceSheet() {
  const t = words.value;
  const current = order.value;
  if (current === null || current.phase !== "open") return null;
  return (
    <Sheet
      name="price"
      title={t.priceTitle}
      foot={
        <Button id="price-done" tone="primary" onTap={() => openSheet({ kind: "cart" })}>
          {t.understood}
        </Button>
      }
    >
      <div class="menu">
        <button
          type="button"
          class="button secondary"
          data-id="discount"
          onClick={() => openSheet({ kind: "discount", line: null })}
        >
          {t.discountOrder}
        </button>
        {current.pricing?.canRound === true && <RoundButton current={current} />}
      </div>
      <Entry
        id="coupon"
        label={t.coupon}
        lengthMax={COUPON_CODE_LENGTH_MAX}
        onText={(code) => sendOnce({ type: "enter_coupon", order: current.order, code })}
      />
      <Entry
        id="tier"
        label={t.memberTier}
        lengthMax={TIER_TEXT_LENGTH_MAX}
        onText={(tier) => sendOnce({ type: "set_tier", order: current.order, tier })}
      />
      <Entry
        id="guests"
        label={t.guests}
        lengthMax={4}
        onText={(text) => {
          if (/^[0-9]+$/.test(text))
            sendOnce({ type: "set_guests", order: current.order, guestCount: Number(text) });
        }}
      />
      <Tips current={current} />
      <PriceRows current={current} />
    </Sheet>
  );
}

function RoundButton({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const isRounded = current.pricing?.isRounded === true;
  return (
    <button
      type="button"
      class="button secondary"
      data-id="round"
      aria-pressed={isRounded}
      disabled={!isSettled.value}
      onClick={() => sendOnce({ type: "round_order", order: current.order, isGiven: !isRounded })}
    >
      {isRounded ? t.roundBack : t.roundOrder}
    </button>
  );
}

function Entry(props: {
  readonly id: string;
  readonly label: string;
  readonly lengthMax: number;
  readonly onText: (text: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const t = words.value;
  const enter = (): void => {
    const text = input.current?.value.trim() ?? "";
    if (text === "") return;
    props.onText(text);
    if (input.current !== null) input.current.value = "";
  };
  return (
    <div class="price-entry">
      <input
        ref={input}
        class="text-entry"
        data-id={`${props.id}-text`}
        type="text"
        maxLength={props.lengthMax}
        placeholder={props.label}
        aria-label={props.label}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === "Enter") enter();
        }}
      />
      <button
        type="button"
        class="button secondary"
        data-id={`${props.id}-enter`}
        disabled={!isSettled.value}
        onClick={enter}
      >
        {t.enter}
      </button>
    </div>
  );
}

function Tips({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const presets = current.pricing?.tipPresets ?? [];
  if (presets.length === 0) return null;
  const tipMinor = current.pricing?.rows.find(({ kind }) => kind === "tip")?.amountMinor ?? 0;
  const chosen = presets.find(({ amountMinor }) => amountMinor === tipMinor)?.ratePpm;
  return (
    <Choices
      name="tip"
      label={t.price_tip}
      choices={[
        { id: NO_TIP, label: t.noTip },
        ...presets.map(({ ratePpm, amountMinor }) => ({
          id: String(ratePpm),
          label: `${ratePpm / PPM_OF_PERCENT} % · ${money(amountMinor)}`,
        })),
      ]}
      chosen={tipMinor === 0 ? NO_TIP : String(chosen ?? "")}
      onChoose={(id) =>
        sendOnce({
          type: "set_tip",
          order: current.order,
          ratePpm: id === NO_TIP ? null : Number(id),
          amountMinor: 0,
        })
      }
    />
  );
}
