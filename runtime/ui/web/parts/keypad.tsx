/**
 * Keys for digits, 1-2-3 on top as on phones and card terminals. Owns no number: it says which key was
 * tapped.
 */
import type { KeypadKey } from "../../amount.ts";
import { currencyFormat, words } from "../store.ts";
import { Icon } from "./icons.tsx";

/** What a key says when it is tapped. */
export type KeyName = KeypadKey | "next" | "ok";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** The keys of an amount in minor units; currencies without decimals have three zeros on one key. */
export function moneyKeys(): readonly KeypadKey[] {
  return [...DIGITS, currencyFormat.value.exponent === 2 ? "00" : "000", "0", "back"];
}

/** The keys of a count: the last goes on to the next one. */
export const COUNT_KEYS: readonly KeyName[] = [...DIGITS, "back", "0", "next"];

/** The keys of a PIN: the last sends it. */
export const PIN_KEYS: readonly KeyName[] = [...DIGITS, "back", "0", "ok"];

/** The keys; `disabledKeys` takes no taps. */
export function Keypad<K extends KeyName>(props: {
  readonly keys: readonly K[];
  readonly disabledKeys?: (key: K) => boolean;
  readonly onKey: (key: K) => void;
}) {
  const t = words.value;
  const spoken: Partial<Record<KeyName, string>> = { back: t.deleteDigit, next: t.countNext, ok: t.pinOk };
  return (
    <div class="keypad">
      {props.keys.map((key) => (
        <button
          key={key}
          type="button"
          class={key === "ok" || key === "next" ? "key key-end" : "key"}
          data-id={`key-${key}`}
          aria-label={spoken[key] ?? key}
          disabled={props.disabledKeys?.(key) ?? false}
          onClick={() => props.onKey(key)}
        >
          {key === "back" ? <Icon name="deleteDigit" size={28} /> : (spoken[key] ?? key)}
        </button>
      ))}
    </div>
  );
}
