/**
 * Counting the drawer blind, note by note and coin by coin: the row that is lit takes the digits, and
 * nothing here says what is expected.
 */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { DENOMINATION_COUNT_MAX } from "../../../../core/limits.ts";
import { noteText } from "../../amount.ts";
import { goTo, sendOnce } from "../actions.ts";
import { BackHeader, Button, Frame } from "../parts/frame.tsx";
import { COUNT_KEYS, Keypad } from "../parts/keypad.tsx";
import type { KeyName } from "../parts/keypad.tsx";
import { currencyFormat, isSettled, money, shiftPanel, words } from "../store.ts";
import type { Room } from "../store.ts";

interface Count {
  readonly shift: string;
  readonly row: number;
  readonly counts: ReadonlyMap<number, number>;
}

/** What was counted so far: kept while the screen is locked or another room is looked at. */
const count = signal<Count>({ shift: "", row: 0, counts: new Map() });

/** The count of a shift's drawer. */
export function CountRoom({ shown }: { readonly shown: Extract<Room, { room: "count" }> }) {
  const t = words.value;
  const values = shiftPanel.value?.denominationsMinor ?? [];
  const lit = useRef<HTMLButtonElement>(null);
  const now =
    count.value.shift === shown.shift ? count.value : { shift: shown.shift, row: 0, counts: new Map() };
  useEffect(() => lit.current?.scrollIntoView({ block: "nearest" }), [now.row]);
  const totalMinor = values.reduce((total, value) => total + value * (now.counts.get(value) ?? 0), 0);
  const finish = (): void => {
    const denominations = values
      .map((valueMinor) => ({ valueMinor, count: now.counts.get(valueMinor) ?? 0 }))
      .filter((each) => each.count > 0);
    sendOnce({ type: "count_drawer", shift: shown.shift, denominations });
    count.value = { shift: "", row: 0, counts: new Map() };
  };
  return (
    <Frame
      name="count"
      header={<BackHeader title={t.countDrawer} onBack={() => goTo({ room: "shift" })} />}
      bar={
        <Button id="count-done" tone="primary" isDisabled={!isSettled.value} onTap={finish}>
          {t.countDone(money(totalMinor))}
        </Button>
      }
    >
      <p class="card-hint count-hint">{t.countHint}</p>
      <div class="scroll count-rows">
        {values.map((valueMinor, row) => (
          <button
            key={valueMinor}
            ref={row === now.row ? lit : null}
            type="button"
            class="count-row"
            data-id={`denomination-${valueMinor}`}
            aria-pressed={row === now.row}
            onClick={() => {
              count.value = { ...now, row };
            }}
          >
            <span class="count-value">{noteText(valueMinor, currencyFormat.value)}</span>
            <span class="count-pieces">{t.pieces(now.counts.get(valueMinor) ?? 0)}</span>
            <span class="count-amount">{money(valueMinor * (now.counts.get(valueMinor) ?? 0))}</span>
          </button>
        ))}
      </div>
      <Keypad
        keys={COUNT_KEYS}
        onKey={(key) => {
          count.value = afterCountKey(now, values, key);
        }}
      />
    </Frame>
  );
}

function afterCountKey(now: Count, values: readonly number[], key: KeyName): Count {
  if (key === "next") return { ...now, row: values.length === 0 ? 0 : (now.row + 1) % values.length };
  const value = values[now.row];
  if (value === undefined) return now;
  const before = now.counts.get(value) ?? 0;
  const after = key === "back" ? Math.floor(before / 10) : before * 10 + Number(key);
  if (after > DENOMINATION_COUNT_MAX) return now;
  return { ...now, counts: new Map([...now.counts, [value, after]]) };
}
