/**
 * Laying the order aside, with a name or a table to find it by; without one the order is found by its
 * amount and its time.
 */
import { useRef } from "preact/hooks";

import { NAME_TEXT_LENGTH_MAX } from "../../../../core/limits.ts";
import { sendOnce } from "../actions.ts";
import { Button } from "../parts/frame.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { isSettled, order, words } from "../store.ts";

/** The label, which may stay empty, and the button. */
export function ParkSheet() {
  const t = words.value;
  const input = useRef<HTMLInputElement>(null);
  const current = order.value;
  if (current === null) return null;
  const park = (): void =>
    sendOnce({ type: "park_order", order: current.order, label: (input.current?.value ?? "").trim() });
  const foot = (
    <Button id="park-confirm" tone="primary" icon="pause" isDisabled={!isSettled.value} onTap={park}>
      {t.park}
    </Button>
  );
  return (
    <Sheet name="park" title={t.parkOrder} foot={foot}>
      <label class="field-label" for="park-label">
        {t.parkLabel}
      </label>
      <input
        ref={input}
        id="park-label"
        class="text-entry"
        data-id="park-label"
        type="text"
        maxLength={NAME_TEXT_LENGTH_MAX}
        defaultValue={current.label}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === "Enter") park();
        }}
      />
    </Sheet>
  );
}
